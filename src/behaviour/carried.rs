//! What people carry from day to day: the state that their script declares.

use std::ops::Range;
use std::rc::Rc;

use rhai::{Dynamic, Engine};

use super::draft::Desk;
use super::failure::{Outcome, fail, plain_type};
use super::limits;
use super::person::Me;
use crate::diagnostic::Diagnostic;

/// The states of all users, one after the other.
#[derive(Default)]
pub(super) struct Carried {
    initial: Vec<Dynamic>,
    values: Vec<Dynamic>,
    /// As they were before the latest day was planned, of those on whose next day a denial may bear.
    before: Vec<Dynamic>,
    /// Whether any was set since the call of a script began.
    pub changed: bool,
    /// By user: whose values are whose.
    of: Vec<Range<usize>>,
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
        self.before.extend_from_slice(&self.initial[self.before.len()..]);
    }

    /// Everybody begins anew.
    pub fn reset(&mut self) {
        self.values.clone_from(&self.initial);
    }

    /// Notes what a user carries before a day is planned.
    pub fn note(&mut self, user: usize) {
        let own = self.of[user].clone();
        self.before[own.clone()].clone_from_slice(&self.values[own]);
    }

    /// Goes back to before that day; a second time, to after it.
    pub fn turn_back(&mut self, user: usize) {
        let own = self.of[user].clone();
        self.before[own.clone()].swap_with_slice(&mut self.values[own]);
    }

    /// What a user carries.
    pub fn of(&self, user: usize) -> &[Dynamic] {
        &self.values[self.of[user].clone()]
    }

    fn of_mut(&mut self, user: usize) -> &mut [Dynamic] {
        self.changed = true;
        &mut self.values[self.of[user].clone()]
    }
}

/// Registers `me.NAME = value` for a state, by the index of its name in [`super::draft::Role::states`].
pub(super) fn register_state(engine: &mut Engine, desk: &Rc<Desk>, name: &str, index: usize) {
    let (own, name) = (desk.clone(), name.to_owned());
    engine.register_set(name.clone(), move |_: &mut Me, value: Dynamic| -> Outcome<()> {
        let draft = own.draft.borrow();
        let Some(place) = own.roles[draft.group].states[index] else {
            return fail(Diagnostic::new(format!("this script declares no state `{name}`")));
        };
        let mut carried = own.carried.borrow_mut();
        let state = &mut carried.of_mut(draft.user)[place];
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
