//! Leaving for good or for a time, and joining.

use super::draft::{Act, Desk};
use super::natives::{Effects, Natives};
use super::person::Me;

/// Registers `me.leaves(at)` and `me.joins(at)`.
pub(super) fn register(natives: &mut Natives<'_>) {
    natives.method("leaves", Effects::ACTS, |desk: &mut Desk, _: Me, at: i64| desk.moves(Act::Leaves, at));
    natives.method("joins", Effects::ACTS, |desk: &mut Desk, _: Me, at: i64| desk.moves(Act::Joins, at));
}
