//! How a session is signed in: without a connection, or under another identity.

use super::draft::Desk;
use super::natives::{Effects, Natives};
use super::person::{Session, detail};

/// Registers what a session says of its sign-in.
pub(super) fn register(natives: &mut Natives<'_>) {
    natives.method("offline", Effects::ACTS, |desk: &mut Desk, session: Session| {
        desk.draft.sessions[session.0].extra().offline = true;
        Ok(session)
    });
    detail(natives, "identity", |session, name| session.extra().identity = Some(name));
}
