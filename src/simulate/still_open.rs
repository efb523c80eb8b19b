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
pub(super) struct OpenSessions {
    users: Vec<Vec<StillOpen>>,
    /// Whether there has been one: most scripts' users close all at a time that is known.
    any: bool,
}

impl OpenSessions {
    pub(super) fn new(users: usize) -> Self {
        OpenSessions { users: vec![Vec::new(); users], any: false }
    }

    pub(super) fn clear(&mut self) {
        self.users.iter_mut().for_each(Vec::clear);
        self.any = false;
    }

    /// Notes a session that opens at an instant.
    pub(super) fn note(&mut self, user: UserId, at: Instant, session: StillOpen) {
        self.any = true;
        let sessions = &mut self.users[user.index()];
        sessions.retain(|session| !session.is_over(at));
        sessions.push(session);
    }

    /// The user opens a product: those that were left open until then.
    pub(super) fn take_left_open(&mut self, user: UserId, product: ProductId) -> impl Iterator<Item = StillOpen> {
        let sessions = self.any.then(|| &mut self.users[user.index()]).into_iter();
        sessions.flat_map(move |sessions| {
            sessions.extract_if(.., move |left| left.product == product && left.until == Until::NextOpen)
        })
    }

    /// The user closes all that is open.
    pub(super) fn take_all(&mut self, user: UserId, at: Instant) -> impl Iterator<Item = StillOpen> {
        self.users[user.index()].drain(..).filter(move |session| !session.is_over(at))
    }

    /// The session of a user's that the meter names.
    pub(super) fn find(&self, user: UserId, session: SessionId) -> Option<&StillOpen> {
        self.users[user.index()].iter().find(|open| open.opened.session == session)
    }

    /// Whether a session was left open.
    pub(super) fn is_left_open(&self, user: UserId, session: Option<SessionId>) -> bool {
        let left_open = |open: &StillOpen| open.until == Until::NextOpen && Some(open.opened.session) == session;
        self.any && self.users[user.index()].iter().any(left_open)
    }
}
