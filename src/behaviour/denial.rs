//! `denied(me, denial)`: what was refused, and going home.

use std::rc::Rc;

use rhai::{Engine, ImmutableString, Variant};

use super::draft::Desk;
use super::failure::{Outcome, fail};
use super::person::Me;
use crate::diagnostic::Diagnostic;

/// `denial` in a script; which one that is, the desk knows.
#[derive(Clone)]
pub(super) struct Refusal;

/// What a script can learn of a denial; times are seconds after 00:00 of the day for which it was planned.
pub(super) struct Facts {
    pub product: ImmutableString,
    pub reason: ImmutableString,
    pub time: i64,
    pub closes: i64,
    pub attempt: i64,
}

/// Registers the properties of `denial`, and `me.goes_home()`.
pub(super) fn register(engine: &mut Engine, desk: &Rc<Desk>) {
    engine.register_type_with_name::<Refusal>("`denial`");
    property(engine, desk, "product", |facts| facts.product.clone());
    property(engine, desk, "reason", |facts| facts.reason.clone());
    property(engine, desk, "time", |facts| facts.time);
    property(engine, desk, "closes", |facts| facts.closes);
    property(engine, desk, "attempt", |facts| facts.attempt);
    let own = desk.clone();
    engine.register_fn("goes_home", move |_: &mut Me| -> Outcome<()> {
        let draft = &mut *own.draft.borrow_mut();
        if draft.denial.is_none() {
            let nothing = Diagnostic::new("nothing of this day has been opened yet");
            return fail(nothing.expected("`me.goes_home()` inside `denied`; `return` ends `day`"));
        }
        draft.goes_home = true;
        Ok(())
    });
}

fn property<T: Variant + Clone>(engine: &mut Engine, desk: &Rc<Desk>, name: &str, read: fn(&Facts) -> T) {
    let own = desk.clone();
    engine.register_get(name, move |_: &mut Refusal| -> Outcome<T> {
        match &own.draft.borrow().denial {
            Some(facts) => Ok(read(facts)),
            None => fail(Diagnostic::new("nothing was denied")),
        }
    });
}
