//! Loops. Each round takes its steps off, so that none goes on for ever.

use std::ops::{Range, RangeInclusive};

use rhai::{ASTFlags, Expr, FlowControl, ImmutableString, Position};

use super::compiler::{Compiler, Compiles, slow};
use super::machine::{Leave, Machine, Stop};
use super::value::{Code, Eval, Run, Type};

/// What Rhai's engine counts for a round of a loop beside what is in it.
const STEPS_A_ROUND: i64 = 2;

/// The ends of a range that is written out, and whether the last is part of it; the optimiser makes one value of ends that never
/// change.
pub(super) fn range_of(expr: &Expr) -> Option<(Expr, Expr, bool)> {
    let whole = |number: &i64, place: &Position| Expr::IntegerConstant(*number, *place);
    match expr {
        Expr::FnCall(call, _) => match (call.name.as_str(), &call.args[..]) {
            ("..", [from, until]) => Some((from.clone(), until.clone(), false)),
            ("..=", [from, until]) => Some((from.clone(), until.clone(), true)),
            _ => None,
        },
        Expr::DynamicConstant(value, place) => {
            if let Some(range) = value.read_lock::<Range<i64>>() {
                return Some((whole(&range.start, place), whole(&range.end, place), false));
            }
            let range = value.read_lock::<RangeInclusive<i64>>()?;
            Some((whole(range.start(), place), whole(range.end(), place), true))
        }
        _ => None,
    }
}

/// Whether the loop goes on after a round.
#[inline(always)]
fn goes_on(machine: &mut Machine<'_>, round: Result<(), Stop>) -> Result<bool, Stop> {
    match round {
        Ok(()) => Ok(true),
        Err(Stop) if machine.leave == Leave::Continue => Ok(true),
        Err(Stop) if machine.leave == Leave::Break => Ok(false),
        Err(Stop) => Err(Stop),
    }
}

impl Compiler<'_> {
    /// What is repeated, with the steps of a round.
    fn round(&mut self, inner: impl FnOnce(&mut Self) -> Compiles<Run<()>>) -> Compiles<(Run<()>, i64)> {
        let (run, steps, effects) = self.apart(|apart| apart.scoped(inner))?;
        self.does(effects);
        Ok((run, steps + STEPS_A_ROUND))
    }

    fn body_of(&mut self, flow: &FlowControl) -> Compiles<Run<()>> {
        Ok(self.block(flow.body.statements(), false)?.for_effect())
    }

    pub fn while_loop(&mut self, flow: &FlowControl) -> Compiles<Code> {
        let forever = matches!(flow.expr, Expr::Unit(_));
        let mut condition = Eval::Const(true);
        let (body, steps) = self.round(|inner| {
            if !forever {
                condition = inner.condition(&flow.expr)?;
            }
            inner.body_of(flow)
        })?;
        Ok(Code::Unit(Eval::run(move |machine| {
            loop {
                machine.burn(steps)?;
                if !condition.get(machine)? {
                    return Ok(());
                }
                let round = body(machine);
                if !goes_on(machine, round)? {
                    return Ok(());
                }
            }
        })))
    }

    pub fn do_loop(&mut self, flow: &FlowControl, flags: ASTFlags) -> Compiles<Code> {
        let until = flags.contains(ASTFlags::NEGATED);
        let mut condition = Eval::Const(true);
        let (body, steps) = self.round(|inner| {
            let body = inner.body_of(flow)?;
            condition = inner.condition(&flow.expr)?;
            Ok(body)
        })?;
        Ok(Code::Unit(Eval::run(move |machine| {
            loop {
                machine.burn(steps)?;
                match body(machine) {
                    // `continue` goes on without asking the condition.
                    Err(Stop) if machine.leave == Leave::Continue => continue,
                    round => {
                        if !goes_on(machine, round)? {
                            return Ok(());
                        }
                    }
                }
                if condition.get(machine)? == until {
                    return Ok(());
                }
            }
        })))
    }

    pub fn for_loop(
        &mut self,
        name: &ImmutableString,
        counter: Option<&ImmutableString>,
        flow: &FlowControl,
        position: Position,
    ) -> Compiles<Code> {
        if let Some((from, until, inclusive)) = range_of(&flow.expr) {
            return self.over_range((from, until, inclusive), name, counter, flow, position);
        }
        let (list, item) = match self.value(&flow.expr)? {
            Code::List(list, item) => (list, item),
            _ => return slow("`for` over other than a list or a range", flow.expr.start_position()),
        };
        let mut places = (0, 0);
        let (body, steps) = self.round(|inner| {
            places.0 = match counter {
                Some(counter) => inner.declare(counter, Type::Int, false)?,
                None => 0,
            };
            places.1 = inner.declare(name, item.held(), false)?;
            inner.body_of(flow)
        })?;
        let (counts, (counter, slot)) = (counter.is_some(), places);
        let set = item.setter();
        Ok(Code::Unit(Eval::run(move |machine| {
            let list = list.get(machine)?;
            for (index, value) in list.0.iter().enumerate() {
                machine.burn(steps)?;
                if counts {
                    machine.memory.ints[counter] = index as i64;
                }
                set(machine, slot, value)?;
                let round = body(machine);
                if !goes_on(machine, round)? {
                    break;
                }
            }
            Ok(())
        })))
    }

    fn over_range(
        &mut self,
        (from, until, inclusive): (Expr, Expr, bool),
        name: &ImmutableString,
        counter: Option<&ImmutableString>,
        flow: &FlowControl,
        position: Position,
    ) -> Compiles<Code> {
        let (Code::Int(from), Code::Int(until)) = (self.value(&from)?, self.value(&until)?) else {
            return slow("`for` over a range of other than whole numbers", position);
        };
        let mut places = (0, 0);
        let (body, steps) = self.round(|inner| {
            places.0 = match counter {
                Some(counter) => inner.declare(counter, Type::Int, false)?,
                None => 0,
            };
            places.1 = inner.declare(name, Type::Int, false)?;
            inner.body_of(flow)
        })?;
        let (counts, (counter, slot)) = (counter.is_some(), places);
        Ok(Code::Unit(Eval::run(move |machine| {
            let (from, until) = (from.get(machine)?, until.get(machine)?);
            let rounds =
                if inclusive { i128::from(until) - i128::from(from) + 1 } else { i128::from(until) - i128::from(from) };
            let mut round = 0;
            while i128::from(round) < rounds {
                machine.burn(steps)?;
                if counts {
                    machine.memory.ints[counter] = round;
                }
                machine.memory.ints[slot] = from.wrapping_add(round);
                let done = body(machine);
                if !goes_on(machine, done)? {
                    break;
                }
                round += 1;
            }
            Ok(())
        })))
    }
}
