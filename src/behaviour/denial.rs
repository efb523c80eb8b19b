//! `denied(me, denial)`: what was refused, and going home.

use rhai::ImmutableString;

use super::draft::Desk;
use super::failure::{Outcome, fail};
use super::natives::{Effects, Natives};
use super::person::Me;
use crate::diagnostic::Diagnostic;

/// Why anything may be denied: the words of rules.md.
pub const REASONS: [&str; 11] = [
    "balance_zero",
    "balance_low",
    "all_packs_expired",
    "offline",
    "in_use_elsewhere",
    "device_limit",
    "version_not_supported",
    "not_assigned",
    "invitation_pending",
    "invitation_lapsed",
    "product_not_allowed",
];

/// `denial` in a script; which one that is, the desk knows.
#[derive(Clone, Copy)]
pub(super) struct Refused;

/// What a script can learn of a denial; times are seconds after 00:00 of the day for which it was planned.
pub(super) struct Facts {
    pub product: ImmutableString,
    pub reason: ImmutableString,
    pub time: i64,
    pub closes: i64,
    pub attempt: i64,
}

/// Registers the properties of `denial`, and `me.goes_home()`.
pub(super) fn register(natives: &mut Natives<'_>) {
    natives.engine.register_type_with_name::<Refused>("`denial`");
    natives.property("product", |desk: &mut Desk, _: Refused| desk.facts().map(|facts| facts.product.clone()));
    natives.property("reason", |desk: &mut Desk, _: Refused| desk.facts().map(|facts| facts.reason.clone()));
    natives.property("time", |desk: &mut Desk, _: Refused| desk.facts().map(|facts| facts.time));
    natives.property("closes", |desk: &mut Desk, _: Refused| desk.facts().map(|facts| facts.closes));
    natives.property("attempt", |desk: &mut Desk, _: Refused| desk.facts().map(|facts| facts.attempt));
    natives.method("goes_home", Effects::ACTS, |desk: &mut Desk, _: Me| {
        desk.facts()?;
        desk.draft.goes_home = true;
        Ok(())
    });
}

impl Desk {
    fn facts(&self) -> Outcome<&Facts> {
        match &self.draft.denial {
            Some(facts) => Ok(facts),
            None => fail(Diagnostic::new("nothing was denied").expected("this inside `denied`; `return` ends `day`")),
        }
    }
}
