//! Leaving for good or for a time, and joining.

use std::rc::Rc;

use rhai::Engine;

use super::draft::{Act, Desk};
use super::failure::Outcome;
use super::person::Me;

/// Registers `me.leaves(at)` and `me.joins(at)`.
pub(super) fn register(engine: &mut Engine, desk: &Rc<Desk>) {
    for (name, act) in [("leaves", Act::Leaves), ("joins", Act::Joins)] {
        let own = desk.clone();
        engine.register_fn(name, move |_: &mut Me, at: i64| -> Outcome<()> { own.moves(act, at) });
    }
}
