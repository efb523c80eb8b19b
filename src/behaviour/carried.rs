//! What people carry from day to day: the state that their script declares.

use std::ops::Range;
use std::rc::Rc;

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
    /// As they were before the latest day was planned, of those on whose next day a denial may bear.
    before: Vec<Dynamic>,
    /// What one user carried when the call at hand began, where anything was set since.
    begun: Vec<Dynamic>,
    /// Whether any was set since.
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

    /// A user begins anew.
    pub fn begin_with(&mut self, user: usize) {
        let own = self.of[user].clone();
        self.values[own.clone()].clone_from_slice(&self.initial[own]);
    }

    /// A call of a script begins.
    pub fn begin(&mut self) {
        self.changed = false;
    }

    /// The call begins again.
    pub fn begin_again(&mut self, user: usize) {
        if std::mem::take(&mut self.changed) {
            self.values[self.of[user].clone()].clone_from_slice(&self.begun);
        }
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

    /// What a user carries in a place.
    pub fn get(&self, user: usize, place: usize) -> &Dynamic {
        &self.values[self.of[user].start + place]
    }

    /// Sets what a user carries in a place, called `name`.
    pub fn set(&mut self, user: usize, place: usize, name: &str, value: Dynamic) -> Outcome<()> {
        let own = self.of[user].clone();
        let state = &self.values[own.start + place];
        if state.type_id() != value.type_id() {
            let (is, given) = (plain_type(state.type_name()), plain_type(value.type_name()));
            return fail(Diagnostic::new(format!("`me.{name}` can't become {given}")).expected(is));
        }
        if value.as_immutable_string_ref().is_ok_and(|text| text.len() > limits::STATE_TEXT) {
            let long = Diagnostic::new(format!("the text is too long for `me.{name}`"));
            return fail(long.expected(format!("at most {} bytes", limits::STATE_TEXT)));
        }
        if !self.changed {
            self.changed = true;
            self.begun.clear();
            self.begun.extend_from_slice(&self.values[own.clone()]);
        }
        self.values[own.start + place] = value;
        Ok(())
    }
}

/// Registers `me.NAME = value` for a state, by the index of its name in [`super::draft::Role::states`].
pub(super) fn register_state(engine: &mut Engine, desk: &Shared, name: &str, index: usize) {
    let (own, name) = (Rc::clone(desk), name.to_owned());
    engine.register_set(name.clone(), move |_: &mut Me, value: Dynamic| -> Outcome<()> {
        let desk = &mut **own.borrow_mut();
        let user = desk.draft.user;
        match desk.roles[desk.draft.group].states[index] {
            Some(place) => desk.carried.set(user, place, &name, value),
            // The engine writes a parameter back of which only an item was read.
            None if desk.roles[desk.draft.group].parameters[index].is_some() => Ok(()),
            None => fail(Diagnostic::new(format!("this script declares no state `{name}`"))),
        }
    });
}
