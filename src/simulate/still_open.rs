use crate::behaviour::{Origin, Until};
use crate::ids::{ProductId, UserId};
use crate::meter::SessionId;
use crate::queue::Opened;
use crate::time::Instant;

/// A session that its user may yet close otherwise than at a time that is known.
#[derive(Clone, Copy)]
pub(super) struct StillOpen {
    pub product: ProductId,
    pub opened: Opened,
    pub until: Until,
    pub origin: Origin,
    /// Its place in the trace.
    pub traced: usize,
}

impl StillOpen {
    /// Whether it has been closed before an instant, as was planned.
    fn is_over(&self, at: Instant) -> bool {
        matches!(self.until, Until::At(closed) if closed < at)
    }
}

/// By user: sessions that are open until the same product is opened next, and those of users who may leave.
pub(super) struct OpenSessions(Vec<Vec<StillOpen>>);

impl OpenSessions {
    pub(super) fn new(users: usize) -> Self {
        OpenSessions(vec![Vec::new(); users])
    }

    pub(super) fn clear(&mut self) {
        self.0.iter_mut().for_each(Vec::clear);
    }

    /// Notes a session that opens at an instant.
    pub(super) fn note(&mut self, user: UserId, at: Instant, session: StillOpen) {
        let sessions = &mut self.0[user.index()];
        sessions.retain(|session| !session.is_over(at));
        sessions.push(session);
    }

    /// The user opens a product: those that were left open until then.
    pub(super) fn take_left_open(&mut self, user: UserId, product: ProductId) -> impl Iterator<Item = StillOpen> {
        self.0[user.index()].extract_if(.., move |left| left.product == product && left.until == Until::NextOpen)
    }

    /// The user closes all that is open.
    pub(super) fn take_all(&mut self, user: UserId, at: Instant) -> impl Iterator<Item = StillOpen> {
        self.0[user.index()].drain(..).filter(move |session| !session.is_over(at))
    }

    /// The session of a user's that the meter names.
    pub(super) fn find(&self, user: UserId, session: SessionId) -> Option<&StillOpen> {
        self.0[user.index()].iter().find(|open| open.opened.session == session)
    }

    /// Whether a session was left open.
    pub(super) fn is_left_open(&self, user: UserId, session: Option<SessionId>) -> bool {
        let mut sessions = self.0[user.index()].iter();
        sessions.any(|open| open.until == Until::NextOpen && Some(open.opened.session) == session)
    }
}
