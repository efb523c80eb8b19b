//! Closes: a close names its session, so that a stale one can't end another's.

use super::journal::{Ended, EndedBy, Entry};
use super::{Journal, Meter, SessionId};
use crate::ids::{ProductId, UserId};

impl Meter {
    /// Ends a session, unless it has ended; the add-ins that belong to it close with it (X2).
    pub(super) fn close(&mut self, id: SessionId, journal: &mut Journal) {
        let Some(session) = self.sessions.get(id).copied() else { return };
        let pair = self.pairs.get_mut(session.pair);
        let (user, product) = (pair.user, pair.product);
        self.sessions.close(id, &mut pair.sessions);
        self.closed_in_time(session.pair, id, journal);
        if self.hosts[product.index()] {
            while let Some(add_in) = self.add_in_session(user, product, id) {
                self.close(add_in, journal);
            }
        }
    }

    /// Ends a session whose user didn't close it.
    pub(super) fn end(&mut self, id: SessionId, by: EndedBy, journal: &mut Journal) {
        let Some(session) = self.sessions.get(id) else { return };
        let pair = self.pairs.get(session.pair);
        let (user, product, session) = (pair.user, pair.product, self.opened_by_user(id));
        journal.entries.push(Entry::Ended(Ended { at: self.now, user, product, session, by }));
        self.close(id, journal);
    }

    fn add_in_session(&self, user: UserId, host: ProductId, session: SessionId) -> Option<SessionId> {
        let pairs = self.pairs.of(user).map(|pair| self.pairs.get(pair));
        let add_ins = pairs.filter(|pair| self.roster.products[pair.product.index()].host == Some(host));
        let sessions = add_ins.flat_map(|pair| self.sessions.of(pair.sessions));
        let of_host = sessions.filter(|(_, add_in)| add_in.host == Some(session));
        // They close in the order in which they were opened.
        of_host.min_by_key(|(_, add_in)| (add_in.opened, add_in.decision)).map(|(id, _)| id)
    }
}
