use std::collections::BTreeMap;
use std::io;
use std::rc::Rc;

use super::charge::{Found, charge};
use super::history::{Pair, Stay, Story};
use super::line::Line;
use super::missing::Lack;
use super::{Answer, Asked, Count, Explanation, GivenBack, Ordered, Refusal, What};
use crate::ids::{ProductId, UserId};
use crate::ledger::PostingKind;
use crate::meter::{
    Choice, Decision, Decisions, Denial, Ended, EndedBy, Entry, Grant, PackChange, Roster, SessionId, Short, Verdict,
    Window,
};
use crate::replay::{Listener, Said, TableNames};
use crate::tokens::Tokens;
use crate::usage_log::{Logged, Use};

type Key = (UserId, ProductId);

/// Reads what the meter says, and keeps what was asked for.
pub(super) struct Follower<'a> {
    names: TableNames<'a>,
    asked: &'a Asked,
    waiting: Decisions,
    line: Line,
    pairs: BTreeMap<Key, Pair>,
    /// By number: windows that are asked for.
    stories: BTreeMap<u64, Story>,
    /// By number: windows that may still be voided.
    held: BTreeMap<u64, Key>,
    /// By number: decisions that are asked for, or may be.
    found: BTreeMap<u64, Found>,
    /// About the next decision.
    shorts: Vec<Short>,
    choices: Vec<Choice>,
    burned: Tokens,
    denials: BTreeMap<Denial, u64>,
    free: BTreeMap<Grant, u64>,
}

impl Listener for Follower<'_> {
    fn hear(&mut self, said: &Said<'_>) -> io::Result<()> {
        self.read(said);
        Ok(())
    }
}

impl<'a> Follower<'a> {
    pub(super) fn new(names: TableNames<'a>, asked: &'a Asked) -> Self {
        Follower {
            names,
            asked,
            waiting: Decisions::default(),
            line: Line::default(),
            pairs: BTreeMap::new(),
            stories: BTreeMap::new(),
            held: BTreeMap::new(),
            found: BTreeMap::new(),
            shorts: Vec::new(),
            choices: Vec::new(),
            burned: Tokens::ZERO,
            denials: BTreeMap::new(),
            free: BTreeMap::new(),
        }
    }

    fn read(&mut self, said: &Said<'_>) {
        for entry in said.entries {
            self.waiting.read(entry);
            match *entry {
                Entry::Decision(decision) => self.decision(&decision, said),
                Entry::Pack(change) => self.change(&change),
                Entry::Short(short) => self.shorts.push(short),
                Entry::Choice(choice) => self.choices.push(choice),
                Entry::Ended(ended) => self.ended(&ended),
                Entry::Voided { window } => self.voided(window),
                Entry::Posted { window, .. } => drop(self.held.remove(&window)),
                Entry::Free { .. } | Entry::Mail(_) => {}
            }
        }
        self.settle();
    }

    pub(super) fn finish(mut self) -> Answer {
        self.waiting.finish();
        self.settle();
        let decisions: Vec<Explanation> = self.found.values().map(|found| self.explained(found)).collect();
        let charges = || {
            decisions.iter().filter_map(|decision| match &decision.what {
                What::Charged(charge) => Some(charge),
                _ => None,
            })
        };
        let given_back: Tokens = charges().flat_map(|charge| &charge.given_back).map(|back| back.tokens).sum();
        let answer = Answer {
            charges: charges().count(),
            burned: self.burned,
            explained: charges().map(|charge| charge.tokens).sum::<Tokens>() - given_back,
            denials: self.denials.iter().map(|(reason, count)| Count { reason: *reason, count: *count }).collect(),
            free: self.free.iter().map(|(reason, count)| Count { reason: *reason, count: *count }).collect(),
            decisions,
        };
        assert_eq!(answer.burned, answer.explained, "every burned token is explained by a decision");
        answer
    }

    fn decision(&mut self, decision: &Decision, said: &Said<'_>) {
        let (shorts, choices) = (std::mem::take(&mut self.shorts), std::mem::take(&mut self.choices));
        let (key, names) = ((decision.user, decision.product), self.names);
        if !self.asked.tracks(key.0, key.1, names.scenario) {
            return;
        }
        let opened = said.row.and_then(|(row, session)| self.opened(decision, row, session?));
        let pair = self.pairs.entry(key).or_default();
        pair.close_until(decision.at);
        let lack = Lack { names, decision, roster: said.roster, pair, shorts: &shorts };
        let missing = match decision.verdict {
            Verdict::Denied(denial) if self.asked.may_be(decision) => Some(lack.missing(denial)),
            _ => None,
        };
        if decision.renews.is_none() && decision.asked != Grant::Result {
            pair.try_device(decision.device);
        }
        let stay = opened.clone().or_else(|| decision.renews.and_then(|session| pair.stay(session).cloned()));
        pair.open.extend(opened.clone());
        pair.note_covers(decision, stay.as_deref());
        if let Some(window) = decision.window {
            self.window(decision, window, opened, stay.clone());
        }
        if self.asked.may_be(decision) {
            let mut found = Found { stay, choices, missing, ..Found::new(*decision) };
            if let (Verdict::Granted(Grant::Result), Some(team)) = (decision.verdict, decision.team) {
                found.line = self.line.of(team, decision.at, &names);
                found.ordered = said.row.and_then(|(row, _)| ordered(row, said.roster));
            }
            self.found.insert(decision.number, found);
        }
    }

    /// The session that an open begins: opens can only be the row's.
    fn opened(&self, decision: &Decision, row: &Logged, session: SessionId) -> Option<Rc<Stay>> {
        if decision.renews.is_some() || matches!(decision.verdict, Verdict::Denied(_)) {
            return None;
        }
        let host = self.names.scenario.products[decision.product.index()].add_in_of;
        let host = host.and_then(|host| self.pairs.get(&(decision.user, host)));
        let on_device = |stay: &&Rc<Stay>| stay.device == decision.device && stay.is_open_after(decision.at);
        Some(Rc::new(Stay {
            session,
            device: decision.device,
            opened: decision.at,
            closed: row.what.closed(),
            idle: row.what.idle().to_vec(),
            ended: None.into(),
            host: host.and_then(|pair| pair.open.iter().rfind(on_device)).cloned(),
            with_host: decision.product != row.open.product,
            covered: false.into(),
        }))
    }

    fn window(&mut self, decision: &Decision, window: Window, opened: Option<Rc<Stay>>, stay: Option<Rc<Stay>>) {
        let key = (decision.user, decision.product);
        let pair = self.pairs.entry(key).or_default();
        let before = pair.window;
        if !pair.begin(window) {
            if let Some(story) = self.stories.get_mut(&window.number) {
                story.stays.extend(opened);
            }
            return;
        }
        if matches!(decision.verdict, Verdict::Undecided(_)) {
            self.held.insert(window.number, key);
        }
        if self.asked.names(key.0, key.1) && self.asked.on_day(window.start) {
            let line = self.line.of(window.team, decision.at, &self.names);
            let signed_out = pair.signed_out == Some(decision.at);
            let story = Story { window, before, line, signed_out, begun_by: stay, stays: pair.open.clone() };
            self.stories.insert(window.number, story);
        }
    }

    fn voided(&mut self, window: u64) {
        self.stories.remove(&window);
        if let Some(pair) = self.held.remove(&window).and_then(|key| self.pairs.get_mut(&key)) {
            pair.void(window);
        }
    }

    fn ended(&mut self, ended: &Ended) {
        let Some(pair) = self.pairs.get_mut(&(ended.user, ended.product)) else { return };
        if let Some(stay) = pair.stay(ended.session) {
            stay.ended.set(Some((ended.at, ended.by)));
        }
        if ended.by == EndedBy::OtherDevice {
            pair.signed_out = Some(ended.at);
        }
    }

    fn change(&mut self, change: &PackChange) {
        let posting = &change.posting;
        self.line.read(posting);
        let Some(cause) = change.cause else { return };
        let found = self.found.get_mut(&cause.decision);
        match posting.kind {
            PostingKind::Burn if self.asked.names(cause.user, cause.product) && self.asked.on_day(change.at) => {
                self.burned += -posting.tokens;
                if let Some(found) = found {
                    found.payer = cause.session;
                    found.pay(posting.pack, -posting.tokens);
                }
            }
            PostingKind::Refund if found.is_some() => {
                self.burned -= posting.tokens;
                let pack = self.names.pack(posting.pack).id.clone();
                let back = GivenBack { time: change.posted, pack, tokens: posting.tokens, expired: false };
                found.into_iter().for_each(|found| found.given_back.push(back.clone()));
            }
            PostingKind::Expire => {
                if let Some(back) = found.and_then(|found| found.given_back.last_mut()) {
                    back.expired = true;
                }
            }
            _ => {}
        }
    }

    fn settle(&mut self) {
        while let Some(decision) = self.waiting.next_settled() {
            if self.found.contains_key(&decision.number) && !self.keep(decision) {
                self.found.remove(&decision.number);
            }
        }
    }

    /// Whether a decision, as it turned out, was asked for and is to be shown.
    fn keep(&mut self, decision: Decision) -> bool {
        let charged = decision.is_charge();
        let belongs_to = decision.window.filter(|_| charged).map_or(decision.at, |window| window.start);
        if !self.asked.on_day(belongs_to) {
            return false;
        }
        self.found.entry(decision.number).and_modify(|found| found.decision = decision);
        match decision.verdict {
            Verdict::Denied(denial) => *self.denials.entry(denial).or_default() += 1,
            Verdict::Granted(grant) | Verdict::Undecided(grant) if !charged => {
                *self.free.entry(grant).or_default() += 1;
                return self.asked.free;
            }
            _ => {}
        }
        true
    }

    fn explained(&self, found: &Found) -> Explanation {
        let (decision, names) = (&found.decision, &self.names);
        let story = decision.window.and_then(|window| self.stories.get(&window.number));
        let what = match decision.verdict {
            Verdict::Denied(reason) => What::Denied(Refusal {
                reason,
                asked: decision.asked,
                session: found.stay.as_ref().map(|stay| stay.shown()),
                missing: found.missing.clone().expect("a denial that is asked for is looked into at once"),
            }),
            Verdict::Granted(reason) | Verdict::Undecided(reason) if decision.is_charge() => {
                What::Charged(Box::new(charge(found, story, reason, names)))
            }
            Verdict::Granted(reason) | Verdict::Undecided(reason) => {
                What::Free { reason, until: decision.window.map(|window| window.end) }
            }
        };
        Explanation {
            number: decision.number,
            time: decision.at,
            user: names.user(decision.user.index()).to_owned(),
            product: names.product(decision.product).to_owned(),
            version: names.versions.name(decision.version.0).to_owned(),
            device: names.devices.name(decision.device.0).to_owned(),
            what,
        }
    }
}

fn ordered(row: &Logged, roster: &Roster) -> Option<Ordered> {
    let rate = roster.products[row.open.product.index()].rate?;
    match row.what {
        Use::Results { quantity, .. } => Some(Ordered { quantity, rate }),
        Use::Session { .. } => None,
    }
}
