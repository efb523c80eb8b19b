//! `me`: the person's parameters, and what they do with products.

use std::rc::Rc;

use rhai::{Dynamic, Engine, ImmutableString};

use super::draft::{Desk, Sketch};
use super::failure::{Outcome, fail};
use crate::diagnostic::Diagnostic;

/// `me` in a script; who that is, the desk knows.
#[derive(Clone)]
pub(super) struct Me;

/// A session that a script has just planned: its number on the desk.
#[derive(Clone)]
pub(super) struct Session(pub usize);

/// Registers what `me` can do, and where.
pub(super) fn register(engine: &mut Engine, desk: &Rc<Desk>) {
    engine.register_type_with_name::<Me>("`me`").register_type_with_name::<Session>("a session");
    let own = desk.clone();
    engine.register_fn("uses", move |_: &mut Me, product: ImmutableString, from: i64, until: i64| {
        own.add(&product, from, Some(until)).map(Session)
    });
    let own = desk.clone();
    engine.register_fn("leaves_open", move |_: &mut Me, product: ImmutableString, from: i64| {
        own.add(&product, from, None).map(Session)
    });
    let own = desk.clone();
    engine.register_fn("is_in", move |_: &mut Me, zone: ImmutableString| -> Outcome<()> {
        let clock = own.clock(&zone)?;
        own.draft.borrow_mut().clock = clock;
        Ok(())
    });
    let own = desk.clone();
    engine.register_fn("idle", move |session: &mut Session, from: i64, until: i64| -> Outcome<Session> {
        own.idle(session.0, from, until).map(|()| session.clone())
    });
    register_detail(engine, desk, "on", |session, device| session.device = Some(device));
    register_detail(engine, desk, "version", |session, version| session.version = Some(version));
}

/// Registers a detail of a session, a text or a whole number; spaces around it say nothing, as in a session log.
pub(super) fn register_detail(engine: &mut Engine, desk: &Rc<Desk>, name: &str, set: fn(&mut Sketch, ImmutableString)) {
    let own = desk.clone();
    let detail = move |session: &Session, text: ImmutableString| {
        let trimmed = if text.trim() == text { text } else { text.trim().into() };
        set(&mut own.draft.borrow_mut().sessions[session.0], trimmed);
        session.clone()
    };
    let number = detail.clone();
    engine.register_fn(name, move |session: &mut Session, text: ImmutableString| detail(session, text));
    engine.register_fn(name, move |session: &mut Session, value: i64| number(session, value.to_string().into()));
}

/// Registers `me.NAME` for a parameter or a state, by the index of its name in [`super::draft::Role`].
pub(super) fn register_name(engine: &mut Engine, desk: &Rc<Desk>, name: &str, index: usize) {
    let (own, unknown) = (desk.clone(), format!("this script declares no parameter or state `{name}`"));
    engine.register_get(name, move |_: &mut Me| -> Outcome<Dynamic> {
        let draft = own.draft.borrow();
        let role = &own.roles[draft.group];
        match (&role.parameters[index], role.states[index]) {
            (Some(value), _) => Ok(value.clone()),
            (None, Some(place)) => Ok(own.carried.borrow().of(draft.user)[place].clone()),
            (None, None) => fail(Diagnostic::new(&unknown)),
        }
    });
}
