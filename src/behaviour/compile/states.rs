//! What people carry from day to day, in compiled code: `me.NAME` and `me.NAME = value`.

use std::collections::BTreeMap;

use rhai::{Dynamic, Expr, OpAssignment};

use super::compiler::{Compiler, Compiles, slow};
use super::item::{Item, each_item};
use super::operators::{Operator, binary};
use super::value::{Code, Eval, Type, Value};
use crate::behaviour::natives::Effects;

/// The states of a script by name.
pub(in crate::behaviour) type States = BTreeMap<String, State>;

/// A state: its place among its script's, and its type.
#[derive(Clone, Copy, Debug)]
pub(in crate::behaviour) struct State {
    place: usize,
    of: Item,
}

impl State {
    pub fn new(place: usize, initial: &Dynamic) -> State {
        State { place, of: Item::of_all(std::slice::from_ref(initial)) }
    }

    /// The code that reads it.
    pub(super) fn read(self) -> Code {
        let place = self.place;
        each_item!(self.of, T => T::code(Eval::run(move |machine| {
            let value = T::item(machine.desk.carried.get(machine.desk.draft.user, place));
            value.ok_or_else(|| machine.trap())
        })))
    }
}

impl Compiler<'_> {
    /// The state that an assignment sets, where it sets one.
    pub(super) fn state<'e>(&self, target: &'e Expr) -> Compiles<Option<(&'e str, State)>> {
        let Expr::Dot(chain, ..) = target else { return Ok(None) };
        let (Expr::Variable(me, _, position), Expr::Property(property, _)) = (&chain.lhs, &chain.rhs) else {
            return Ok(None);
        };
        if self.variable(&me.1, *position)?.0 != Type::Me {
            return Ok(None);
        }
        let name = property.2.as_str();
        Ok(self.states.get(name).map(|state| (name, *state)))
    }

    pub(super) fn state_assignment(
        &mut self,
        operation: &OpAssignment,
        name: &str,
        state: State,
        value: &Expr,
    ) -> Compiles<Code> {
        let (value, steps, effects) = self.apart(|apart| apart.value(value))?;
        // What it is set to comes first, and must not set it meanwhile.
        if operation.is_op_assignment() && effects.acts {
            return slow("such a change of a state", operation.position());
        }
        self.does(effects.and(Effects::ACTS).and(Effects::ASSIGNS));
        self.steps += steps;
        self.node();
        self.node();
        let value = match operation.get_op_assignment_info() {
            None => value,
            Some((.., symbol)) => match Operator::of(symbol) {
                Some(operator) => binary(operator, state.read(), value, symbol, operation.position())?,
                None => return slow(format!("the operator `{symbol}=`"), operation.position()),
            },
        };
        let (value, name) = (value.packed(), name.to_owned());
        Ok(Code::Unit(Eval::run(move |machine| {
            let value = value.get(machine)?;
            let user = machine.desk.draft.user;
            machine.desk.carried.set(user, state.place, &name, value).map_err(|_| machine.trap())
        })))
    }
}
