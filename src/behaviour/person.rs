//! `me`: the person's parameters, and what they do with products.

use std::rc::Rc;

use rhai::ImmutableString;

use super::draft::{Desk, Sketch};
use super::failure::{Outcome, fail};
use super::natives::{Effects, Natives, Shared};
use crate::diagnostic::Diagnostic;

/// `me` in a script; who that is, the desk knows.
#[derive(Clone, Copy)]
pub(super) struct Me;

/// A session that a script has just planned: its number on the desk.
#[derive(Clone, Copy, Default)]
pub(super) struct Session(pub usize);

/// Registers what `me` can do, and where.
pub(super) fn register(natives: &mut Natives<'_>) {
    natives.engine.register_type_with_name::<Me>("`me`").register_type_with_name::<Session>("a session");
    natives.method("uses", Effects::ACTS, |desk: &mut Desk, _: Me, product: ImmutableString, from: i64, until: i64| {
        desk.add(&product, from, Some(until)).map(Session)
    });
    natives.method("leaves_open", Effects::ACTS, |desk: &mut Desk, _: Me, product: ImmutableString, from: i64| {
        desk.add(&product, from, None).map(Session)
    });
    natives.method("is_in", Effects::ACTS, |desk: &mut Desk, _: Me, zone: ImmutableString| {
        desk.draft.clock = desk.clock(&zone)?;
        Ok(())
    });
    natives.method("idle", Effects::ACTS, |desk: &mut Desk, session: Session, from: i64, until: i64| {
        desk.idle(session.0, from, until).map(|()| session)
    });
    detail(natives, "on", |session, device| session.device = Some(device));
    detail(natives, "version", |session, version| session.version = Some(version));
}

/// Registers a detail of a session, a text or a whole number; spaces around it say nothing, as in a session log.
pub(super) fn detail(natives: &mut Natives<'_>, name: &'static str, set: fn(&mut Sketch, ImmutableString)) {
    natives.method(name, Effects::ACTS, move |desk: &mut Desk, session: Session, text: ImmutableString| {
        let is_visible = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        let is_trimmed = is_visible(text.as_bytes().first()) && is_visible(text.as_bytes().last());
        let trimmed = if is_trimmed || text.trim() == text { text } else { text.trim().into() };
        set(&mut desk.draft.sessions[session.0], trimmed);
        Ok(session)
    });
    natives.method(name, Effects::ACTS, move |desk: &mut Desk, session: Session, number: i64| {
        set(&mut desk.draft.sessions[session.0], number.to_string().into());
        Ok(session)
    });
}

/// Registers `me.NAME` for a parameter or a state, by the index of its name in [`super::draft::Role`].
pub(super) fn register_name(engine: &mut rhai::Engine, desk: &Shared, name: &str, index: usize) {
    let (own, unknown) = (Rc::clone(desk), format!("this script declares no parameter or state `{name}`"));
    engine.register_get(name, move |_: &mut Me| -> Outcome<rhai::Dynamic> {
        let desk = own.borrow();
        let role = &desk.roles[desk.draft.group];
        match (&role.parameters[index], role.states[index]) {
            (Some(value), _) => Ok(value.clone()),
            (None, Some(place)) => Ok(desk.carried.get(desk.draft.user, place).clone()),
            (None, None) => fail(Diagnostic::new(&unknown)),
        }
    });
}
