//! What people carry from day to day: the state that their script declares.

use std::ops::Range;

use rhai::{Dynamic, Engine};

use super::failure::{Outcome, fail, plain_type};
use super::limits;
use super::natives::Shared;
use super::person::Me;
use crate::diagnostic::Diagnostic;

/// The states of all users, one after the other.
#[derive(Default)]
pub(super) struct Carried {
    initial: Vec<Dynamic>,
    values: Vec<Dynamic>,
    /// By user: whose values are whose.
    of: Vec<Range<usize>>,
    /// What a user carried before a day that may have to be planned anew.
    kept: Vec<Dynamic>,
}

impl Carried {
    /// Adds users of one group, who all begin with the same.
    pub fn add(&mut self, users: usize, initial: &[Dynamic]) {
        for _ in 0..users {
            let start = self.initial.len();
            self.initial.extend_from_slice(initial);
            self.of.push(start..self.initial.len());
        }
        self.values.extend_from_slice(&self.initial[self.values.len()..]);
    }

    /// Everybody begins anew.
    pub fn reset(&mut self) {
        self.values.clone_from(&self.initial);
    }

    /// Keeps what a user carries, to be restored.
    pub fn keep(&mut self, user: usize) {
        self.kept.clear();
        self.kept.extend_from_slice(&self.values[self.of[user].clone()]);
    }

    /// A user carries again what was kept.
    pub fn restore(&mut self, user: usize) {
        self.values[self.of[user].clone()].clone_from_slice(&self.kept);
    }

    /// What a user carries.
    pub fn of(&self, user: usize) -> &[Dynamic] {
        &self.values[self.of[user].clone()]
    }

    pub fn of_mut(&mut self, user: usize) -> &mut [Dynamic] {
        &mut self.values[self.of[user].clone()]
    }
}

/// Registers `me.NAME = value` for a state, by the index of its name in [`super::draft::Role::states`].
pub(super) fn register_state(engine: &mut Engine, shared: &Shared, name: &str, index: usize) {
    let (own, name) = (shared.clone(), name.to_owned());
    engine.register_set(name.clone(), move |_: &mut Me, value: Dynamic| -> Outcome<()> {
        let desk = &mut **own.borrow_mut();
        let Some(place) = desk.roles[desk.draft.group].states[index] else {
            return fail(Diagnostic::new(format!("this script declares no state `{name}`")));
        };
        let state = &mut desk.carried.of_mut(desk.draft.user)[place];
        if state.type_id() != value.type_id() {
            let (is, given) = (plain_type(state.type_name()), plain_type(value.type_name()));
            return fail(Diagnostic::new(format!("`me.{name}` can't become {given}")).expected(is));
        }
        if value.as_immutable_string_ref().is_ok_and(|text| text.len() > limits::STATE_TEXT) {
            let long = Diagnostic::new(format!("the text is too long for `me.{name}`"));
            return fail(long.expected(format!("at most {} bytes", limits::STATE_TEXT)));
        }
        *state = value;
        Ok(())
    });
}
