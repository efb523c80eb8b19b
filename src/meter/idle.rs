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
    pub(super) fn idle(&mut self, id: SessionId) {
        if let Some(session) = self.sessions.get_mut(id).filter(|session| session.idle_aware) {
            session.idle_since = Some(self.now);
        }
    }

    pub(super) fn resume(&mut self, id: SessionId) {
        if let Some(session) = self.sessions.get_mut(id)
            && session.idle_since.take().is_some()
        {
            self.timers.add_resumption(self.now, id);
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
            self.renew(session.pair, id, &session, Grant::ResumedAfterIdle, journal);
        }
    }
}
