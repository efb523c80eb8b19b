use std::collections::BTreeMap;

use super::{Charge, Refused, Session, Spoken};
use crate::ids::UserId;
use crate::ledger::PostingKind;
use crate::meter::{Decision, Decisions, Ended, Entry, PackChange, SessionId, Verdict};
use crate::scenario::Scenario;
use crate::simulate::Trace;
use crate::tokens::Tokens;
use crate::usage_log::Use;

/// A user's sessions, with the decisions about each.
pub(super) fn sessions(scenario: &Scenario, names: Spoken<'_>, trace: &Trace, user: UserId) -> Vec<Session> {
    let mut following = Following {
        scenario,
        trace,
        user,
        sessions: Vec::new(),
        begun: 0,
        of: BTreeMap::new(),
        given_back: BTreeMap::new(),
    };
    following.take_up(names);
    let mut decisions = Decisions::default();
    let mut settled = Vec::new();
    for entry in &trace.entries {
        following.read(entry);
        decisions.read(entry);
        settled.extend(std::iter::from_fn(|| decisions.next_settled()));
    }
    decisions.finish();
    settled.extend(std::iter::from_fn(|| decisions.next_settled()));
    settled.iter().for_each(|decision| following.settle(decision));
    following.sessions.into_iter().map(|(_, session)| session).collect()
}

struct Following<'a> {
    scenario: &'a Scenario,
    trace: &'a Trace,
    user: UserId,
    /// With their places in the trace.
    sessions: Vec<(usize, Session)>,
    /// How many of them have been decided about.
    begun: usize,
    /// By the number of a decision: the place of its session.
    of: BTreeMap<u64, usize>,
    /// By the number of a decision: what was given back.
    given_back: BTreeMap<u64, Tokens>,
}

impl Following<'_> {
    fn take_up(&mut self, names: Spoken<'_>) {
        for (place, logged) in self.trace.sessions.iter().enumerate() {
            let (open, intent) = (&logged.open, &self.trace.intents[place]);
            if open.user != self.user {
                continue;
            }
            let session = Session {
                product: self.scenario.products[open.product.index()].name.clone(),
                version: names.planner.version_name(open.version).to_owned(),
                device: self.scenario.pseudonyms.device(names.planner.device_name(open.device)).into_owned(),
                zone: intent.zone.name().to_owned(),
                opened: logged.opened,
                closed: logged.what.closed(),
                left_open: intent.left_open,
                ended_by: None,
                idle: logged.what.idle().to_vec(),
                offline: !open.online,
                identity: names.identities.name(open.identity.0).to_owned(),
                attempt: intent.attempt,
                results: match logged.what {
                    Use::Results { quantity, .. } => Some(quantity),
                    Use::Session { .. } => None,
                },
                granted: None,
                charges: Vec::new(),
                denials: Vec::new(),
            };
            self.sessions.push((place, session));
        }
    }

    fn read(&mut self, entry: &Entry) {
        match entry {
            Entry::Decision(decision) if decision.user == self.user => self.decision(decision),
            Entry::Ended(ended) if ended.user == self.user => self.ended(ended),
            Entry::Pack(PackChange { posting, cause: Some(cause), .. }) if posting.kind == PostingKind::Refund => {
                *self.given_back.entry(cause.decision).or_default() += posting.tokens;
            }
            _ => {}
        }
    }

    /// Opens are decided in their order, each followed by those of the add-ins that come along.
    fn decision(&mut self, decision: &Decision) {
        let place = match decision.renews {
            Some(session) => self.place(session),
            None if self.is_next(decision) => {
                self.begun += 1;
                Some(self.begun - 1)
            }
            None => self.begun.checked_sub(1),
        };
        if let Some(place) = place {
            self.of.insert(decision.number, place);
        }
    }

    fn is_next(&self, decision: &Decision) -> bool {
        self.sessions.get(self.begun).is_some_and(|(place, _)| {
            let logged = &self.trace.sessions[*place];
            (logged.opened, logged.open.product) == (decision.at, decision.product)
        })
    }

    fn place(&self, session: SessionId) -> Option<usize> {
        self.sessions[..self.begun].iter().rposition(|(place, _)| self.trace.intents[*place].session == Some(session))
    }

    fn ended(&mut self, ended: &Ended) {
        let Some(place) = self.place(ended.session) else { return };
        let session = &mut self.sessions[place].1;
        // An add-in that came along may end before its host.
        if self.scenario.products[ended.product.index()].name == session.product {
            session.closed = Some(ended.at);
            session.ended_by = Some(ended.by);
        }
    }

    fn settle(&mut self, decision: &Decision) {
        let Some(place) = self.of.get(&decision.number) else { return };
        let product = self.scenario.products[decision.product.index()].name.clone();
        let session = &mut self.sessions[*place].1;
        let opens = decision.renews.is_none() && product == session.product;
        match decision.verdict {
            Verdict::Denied(reason) => {
                session.denials.push(Refused { at: decision.at, product, reason });
                if opens {
                    session.closed = None;
                }
            }
            Verdict::Granted(reason) | Verdict::Undecided(reason) => {
                if opens {
                    session.granted = Some(reason);
                }
                if decision.is_charge() {
                    let start = decision.window.map_or(decision.at, |window| window.start);
                    let end = decision.window.map(|window| window.end);
                    let avoided = self.trace.avoided.iter().filter(|avoided| {
                        (avoided.user, avoided.product, avoided.start) == (decision.user, decision.product, start)
                    });
                    let avoidable: Tokens = avoided.map(|avoided| avoided.tokens).sum();
                    let given_back = self.given_back.get(&decision.number).copied().unwrap_or_default();
                    let tokens = decision.tokens - given_back;
                    session.charges.push(Charge { start, end, product, reason, tokens, given_back, avoidable });
                }
            }
        }
    }
}
