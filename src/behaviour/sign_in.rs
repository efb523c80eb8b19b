//! How a session is signed in: without a connection, or under another identity.

use std::rc::Rc;

use rhai::{Engine, ImmutableString};

use super::draft::Desk;
use super::person::{Session, register_detail};

/// Registers what a session says of its sign-in.
pub(super) fn register(engine: &mut Engine, desk: &Rc<Desk>) {
    let own = desk.clone();
    engine.register_fn("offline", move |session: &mut Session| {
        own.draft.borrow_mut().sessions[session.0].offline = true;
        session.clone()
    });
    register_detail(engine, desk, "identity", |session, name: ImmutableString| session.identity = Some(name));
}
