//! Idle time (T7): a renewal that falls due while a session is idle waits until it is used again.

use super::sessions::Session;
use super::{Grant, Journal, Meter, SessionId};
use crate::time::{Instant, Span};

/// Charges pause after so long without meaningful use.
const PAUSE: Span = Span::from_seconds(15 * 60);

impl Session {
    /// Whether charges pause.
    pub(super) fn is_paused(&self, now: Instant) -> bool {
        self.idle_since.is_some_and(|since| since + PAUSE <= now)
    }
}

impl Meter {
    /// A session is idle from here on, and the add-ins that came along with it.
    pub(super) fn idle(&mut self, id: SessionId) {
        let Some(session) = self.sessions.get_mut(id).filter(|session| session.idle_aware) else { return };
        session.idle_since = Some(self.now);
        let mut add_in = self.add_in_after(id, None);
        while let Some(next) = add_in {
            self.idle(next);
            add_in = self.add_in_after(id, Some(next));
        }
    }

    /// A session is used again, and the add-ins that came along with it.
    pub(super) fn resume(&mut self, id: SessionId) {
        let Some(session) = self.sessions.get_mut(id) else { return };
        if session.idle_since.take().is_none() {
            return;
        }
        self.timers.add_resumption(self.now, id);
        let mut add_in = self.add_in_after(id, None);
        while let Some(next) = add_in {
            self.resume(next);
            add_in = self.add_in_after(id, Some(next));
        }
    }

    /// The next of the add-ins that came along with a session, in the order in which they load.
    fn add_in_after(&self, id: SessionId, last: Option<SessionId>) -> Option<SessionId> {
        let pair = self.pairs.get(self.sessions.get(id)?.pair);
        let loads = &self.roster.products[pair.product.index()].loads;
        let pairs = loads.iter().filter_map(|add_in| self.pairs.find(pair.user, *add_in));
        let mut along = pairs
            .flat_map(|pair| self.sessions.of(self.pairs.get(pair).sessions))
            .filter(|(_, session)| session.with_host && session.host == Some(id))
            .map(|(add_in, _)| add_in);
        match last {
            None => along.next(),
            Some(last) => along.skip_while(|add_in| *add_in != last).nth(1),
        }
    }

    /// Where a session is used again and no window runs, one starts.
    pub(super) fn renew_resumed(&mut self, journal: &mut Journal) {
        let Some(id) = self.timers.take_resumption() else { return };
        let Some(session) = self.sessions.get(id).copied() else { return };
        if self.running(session.pair).is_some() {
            return;
        }
        self.check_covers(session.pair, None);
        if self.payers(session.pair).any(|(payer, _)| payer == id) {
            self.renew(session.pair, id, &session, Grant::ResumedAfterIdle, self.now, journal);
        }
    }
}
