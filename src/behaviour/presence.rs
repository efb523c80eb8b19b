//! Leaving for good or for a time, and joining.

use super::draft::{Act, Desk};
use super::failure::Outcome;
use super::natives::{Effects, Natives};
use super::person::Me;
use crate::ids::ProductId;

/// Registers `me.leaves(at)` and `me.joins(at)`.
pub(super) fn register(natives: &mut Natives<'_>) {
    natives.method("leaves", Effects::ACTS, |desk: &mut Desk, _: Me, at: i64| moves(desk, Act::Leaves, at));
    natives.method("joins", Effects::ACTS, |desk: &mut Desk, _: Me, at: i64| moves(desk, Act::Joins, at));
}

/// It is about no product.
fn moves(desk: &mut Desk, act: Act, at: i64) -> Outcome<()> {
    let number = desk.put(ProductId(0), at, None)?;
    desk.draft.sessions[number].act = act;
    Ok(())
}
