//! One user's sessions and charges, while the meter speaks.

use super::model::{Person, PersonCharge, PersonSession};
use crate::calendar::rfc3339;
use crate::ids::{ProductId, UserId};
use crate::meter::{Decision, Ended, Entry, SessionId, Verdict};
use crate::replay::{Said, TableNames};
use crate::usage_log::{Logged, Use};

pub(super) struct Following<'a> {
    names: TableNames<'a>,
    user: UserId,
    /// By the place of a session: which it is, where it was granted.
    ids: Vec<Option<SessionId>>,
    person: Person,
}

impl<'a> Following<'a> {
    pub(super) fn new(names: TableNames<'a>, user: UserId) -> Self {
        let person = Person { user: names.user(user.index()).to_owned(), ..Person::default() };
        Following { names, user, ids: Vec::new(), person }
    }

    pub(super) fn hear(&mut self, said: &Said<'_>) {
        if let Some((logged, session)) = said.row.filter(|(logged, _)| logged.open.user == self.user) {
            let denied = said.opening().and_then(|decision| match decision.verdict {
                Verdict::Denied(denied) => Some(denied.word().to_owned()),
                Verdict::Granted(_) | Verdict::Undecided(_) => None,
            });
            self.opened(logged, session, denied);
        }
        for entry in said.entries {
            match entry {
                Entry::Ended(ended) if ended.user == self.user => self.ended(ended),
                _ => {}
            }
        }
    }

    fn opened(&mut self, logged: &Logged, session: Option<SessionId>, denied: Option<String>) {
        let Use::Session { closed, .. } = &logged.what else { return };
        self.ids.push(session);
        self.person.sessions.push(PersonSession {
            product: self.product(logged.open.product),
            opened: rfc3339(logged.opened),
            closed: closed.filter(|_| denied.is_none()).map(rfc3339),
            denied,
        });
    }

    /// The meter may end a session before its user does; an add-in that came along may end before its host.
    fn ended(&mut self, ended: &Ended) {
        let product = self.product(ended.product);
        let place = self.ids.iter().rposition(|id| *id == Some(ended.session));
        if let Some(session) = place.map(|place| &mut self.person.sessions[place])
            && session.product == product
        {
            session.closed = Some(rfc3339(ended.at));
        }
    }

    /// What settled may be a charge.
    pub(super) fn settle(&mut self, decision: &Decision) {
        if decision.user != self.user || !decision.is_charge() {
            return;
        }
        self.person.charges.push(PersonCharge {
            product: self.product(decision.product),
            start: rfc3339(decision.window.map_or(decision.at, |window| window.start)),
            end: decision.window.map(|window| rfc3339(window.end)),
            tokens: decision.tokens,
        });
    }

    pub(super) fn finish(mut self) -> Person {
        self.person.charges.sort_by(|one, other| one.start.cmp(&other.start));
        self.person
    }

    fn product(&self, product: ProductId) -> String {
        self.names.scenario.products[product.index()].name.clone()
    }
}
