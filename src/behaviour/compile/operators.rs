//! Operators, as Rhai's engine has them built in: whole numbers that overflow are an error, fractions that differ by less
//! than the last bit are equal.

use rhai::{Expr, FnCallExpr, ImmutableString, Position};

use super::compiler::{Compiler, Compiles, Refusal, slow};
use super::machine::{Machine, Stop};
use super::value::{Code, Eval, Type};
use crate::behaviour::failure;
use crate::behaviour::limits;

/// An operator of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    And,
    Or,
    Xor,
}

impl Operator {
    /// The operator of a symbol.
    pub fn of(symbol: &str) -> Option<Operator> {
        Some(match symbol {
            "+" => Operator::Add,
            "-" => Operator::Subtract,
            "*" => Operator::Multiply,
            "/" => Operator::Divide,
            "%" => Operator::Modulo,
            "==" => Operator::Equal,
            "!=" => Operator::NotEqual,
            "<" => Operator::Less,
            "<=" => Operator::LessEqual,
            ">" => Operator::Greater,
            ">=" => Operator::GreaterEqual,
            "&" => Operator::And,
            "|" => Operator::Or,
            "^" => Operator::Xor,
            _ => return None,
        })
    }

    const fn compares(self) -> bool {
        use Operator::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
        matches!(self, Equal | NotEqual | Less | LessEqual | Greater | GreaterEqual)
    }
}

impl Compiler<'_> {
    /// An operator with its operands, where the call is one.
    pub fn operator(&mut self, call: &FnCallExpr, position: Position) -> Compiles<Code> {
        match (&call.args[..], call.name.as_str()) {
            ([operand], "!") => {
                let operand = self.condition(operand)?;
                Ok(Code::Bool(Eval::run(move |machine| Ok(!operand.get(machine)?))))
            }
            ([operand], "-") => self.negated(operand, position),
            ([left, right], symbol) => {
                let Some(operator) = Operator::of(symbol) else {
                    return slow(format!("the operator `{symbol}`"), position);
                };
                let (left, right) = (self.value(left)?, self.value(right)?);
                binary(operator, left, right, symbol, position)
            }
            (_, symbol) => slow(format!("the operator `{symbol}`"), position),
        }
    }

    fn negated(&mut self, operand: &Expr, position: Position) -> Compiles<Code> {
        match self.value(operand)? {
            Code::Int(Eval::Const(number)) if number != i64::MIN => Ok(Code::Int(Eval::Const(-number))),
            Code::Float(Eval::Const(number)) => Ok(Code::Float(Eval::Const(-number))),
            Code::Int(number) => Ok(Code::Int(Eval::run(move |machine| {
                number.get(machine)?.checked_neg().ok_or_else(|| machine.trap())
            }))),
            Code::Float(number) => Ok(Code::Float(Eval::run(move |machine| Ok(-number.get(machine)?)))),
            other => slow(format!("`-` before {}", failure::plain_type(other.gives().name())), position),
        }
    }
}

/// The code of an operator between two values.
pub(super) fn binary(operator: Operator, left: Code, right: Code, symbol: &str, position: Position) -> Compiles<Code> {
    let types = (left.gives(), right.gives());
    match (left, right) {
        (Code::Int(left), Code::Int(right)) => Ok(whole(operator, left, right)),
        (Code::Float(left), Code::Float(right)) => fractions(operator, left, right, position),
        (Code::Int(left), Code::Float(right)) => fractions(operator, widened(left), right, position),
        (Code::Float(left), Code::Int(right)) => fractions(operator, left, widened(right), position),
        (Code::Text(left), Code::Text(right)) => texts(operator, left, right, position),
        (Code::Bool(left), Code::Bool(right)) => truths(operator, left, right, position),
        _ if types.0 == Type::Any || types.1 == Type::Any => {
            slow(format!("`{symbol}` of a value whose type is known only when the script runs"), position)
        }
        (left, right) if plain(types.0) && plain(types.1) && operator.compares() => {
            // Values of different kinds are never equal, nor less or greater.
            let (left, right) = (left.for_effect(), right.for_effect());
            Ok(Code::Bool(Eval::run(move |machine| {
                left(machine)?;
                right(machine)?;
                Ok(operator == Operator::NotEqual)
            })))
        }
        _ if plain(types.0) && plain(types.1) => {
            let signature = format!("{symbol} ({}, {})", types.0.name(), types.1.name());
            Err(Refusal::Wrong(failure::not_found(&signature), position))
        }
        _ => slow(format!("`{symbol}` of such values"), position),
    }
}

const fn plain(of: Type) -> bool {
    matches!(of, Type::Bool | Type::Int | Type::Float | Type::Text)
}

fn widened(number: Eval<i64>) -> Eval<f64> {
    match number {
        Eval::Const(number) => Eval::Const(number as f64),
        number => Eval::run(move |machine| Ok(number.get(machine)? as f64)),
    }
}

/// A closure over two operands; with a constant on the right, one operand less to ask for.
fn with<A: super::Value, B: super::Value, R: 'static>(
    left: Eval<A>,
    right: Eval<B>,
    compute: impl Fn(&mut Machine<'_>, A, B) -> Result<R, Stop> + 'static,
) -> Eval<R> {
    let run: super::value::Run<R> = match (left, right) {
        (Eval::Local(left), Eval::Const(right)) => Box::new(move |machine: &mut Machine<'_>| {
            let left = A::slots(machine)[left].clone();
            compute(machine, left, right.clone())
        }),
        (Eval::Local(left), Eval::Local(right)) => Box::new(move |machine: &mut Machine<'_>| {
            let left = A::slots(machine)[left].clone();
            let right = B::slots(machine)[right].clone();
            compute(machine, left, right)
        }),
        (left, right) => Box::new(move |machine: &mut Machine<'_>| {
            let left = left.get(machine)?;
            let right = right.get(machine)?;
            compute(machine, left, right)
        }),
    };
    Eval::Run(run)
}

fn whole(operator: Operator, left: Eval<i64>, right: Eval<i64>) -> Code {
    type Checked = fn(i64, i64) -> Option<i64>;
    let number = |compute: Checked, left: Eval<i64>, right: Eval<i64>| match (&left, &right) {
        (Eval::Const(a), Eval::Const(b)) if compute(*a, *b).is_some() => {
            Code::Int(Eval::Const(compute(*a, *b).unwrap_or_default()))
        }
        _ => Code::Int(with(left, right, move |machine, a, b| compute(a, b).ok_or_else(|| machine.trap()))),
    };
    match operator {
        Operator::Add => Code::Int(with(left, right, |machine, a, b| a.checked_add(b).ok_or_else(|| machine.trap()))),
        Operator::Subtract => {
            Code::Int(with(left, right, |machine, a, b| a.checked_sub(b).ok_or_else(|| machine.trap())))
        }
        Operator::Multiply => number(i64::checked_mul, left, right),
        Operator::Divide => number(i64::checked_div, left, right),
        Operator::Modulo => number(i64::checked_rem, left, right),
        Operator::And => number(|a, b| Some(a & b), left, right),
        Operator::Or => number(|a, b| Some(a | b), left, right),
        Operator::Xor => number(|a, b| Some(a ^ b), left, right),
        Operator::Equal => Code::Bool(with(left, right, |_, a, b| Ok(a == b))),
        Operator::NotEqual => Code::Bool(with(left, right, |_, a, b| Ok(a != b))),
        Operator::Less => Code::Bool(with(left, right, |_, a, b| Ok(a < b))),
        Operator::LessEqual => Code::Bool(with(left, right, |_, a, b| Ok(a <= b))),
        Operator::Greater => Code::Bool(with(left, right, |_, a, b| Ok(a > b))),
        Operator::GreaterEqual => Code::Bool(with(left, right, |_, a, b| Ok(a >= b))),
    }
}

fn fractions(operator: Operator, left: Eval<f64>, right: Eval<f64>, position: Position) -> Compiles<Code> {
    Ok(match operator {
        Operator::Add => Code::Float(with(left, right, |_, a, b| Ok(a + b))),
        Operator::Subtract => Code::Float(with(left, right, |_, a, b| Ok(a - b))),
        Operator::Multiply => Code::Float(with(left, right, |_, a, b| Ok(a * b))),
        Operator::Divide => Code::Float(with(left, right, |_, a, b| Ok(a / b))),
        Operator::Modulo => Code::Float(with(left, right, |_, a, b| Ok(a % b))),
        Operator::Equal => compared(left, right, true, |a, b, size| (a - b).abs() / size <= f64::EPSILON),
        Operator::NotEqual => compared(left, right, false, |a, b, size| (a - b).abs() / size > f64::EPSILON),
        Operator::Greater => compared(left, right, false, |a, b, size| (a - b) / size > f64::EPSILON),
        Operator::GreaterEqual => compared(left, right, true, |a, b, size| (a - b) / size > -f64::EPSILON),
        Operator::Less => compared(left, right, false, |a, b, size| (b - a) / size > f64::EPSILON),
        Operator::LessEqual => compared(left, right, true, |a, b, size| (b - a) / size > -f64::EPSILON),
        Operator::And | Operator::Or | Operator::Xor => return slow("bits of fractions", position),
    })
}

/// A comparison that measures differences by the size of the numbers, as Rhai's engine does; where that comes out as nothing,
/// the numbers count as equal.
fn compared(left: Eval<f64>, right: Eval<f64>, equal: bool, compare: fn(f64, f64, f64) -> bool) -> Code {
    Code::Bool(with(left, right, move |_, a: f64, b: f64| {
        let size = if a * b == 0.0 { 1.0 } else { a.abs().max(b.abs()) };
        Ok(if size == 0.0 { equal } else { compare(a, b, size) })
    }))
}

fn texts(
    operator: Operator,
    left: Eval<ImmutableString>,
    right: Eval<ImmutableString>,
    position: Position,
) -> Compiles<Code> {
    Ok(match operator {
        Operator::Add => Code::Text(with(left, right, |machine, a: ImmutableString, b: ImmutableString| {
            if a.len() + b.len() > limits::TEXT { Err(machine.trap()) } else { Ok(a + b) }
        })),
        Operator::Equal => Code::Bool(with(left, right, |_, a, b| Ok(a == b))),
        Operator::NotEqual => Code::Bool(with(left, right, |_, a, b| Ok(a != b))),
        Operator::Less => Code::Bool(with(left, right, |_, a, b| Ok(a < b))),
        Operator::LessEqual => Code::Bool(with(left, right, |_, a, b| Ok(a <= b))),
        Operator::Greater => Code::Bool(with(left, right, |_, a, b| Ok(a > b))),
        Operator::GreaterEqual => Code::Bool(with(left, right, |_, a, b| Ok(a >= b))),
        _ => return slow("this operator between texts", position),
    })
}

fn truths(operator: Operator, left: Eval<bool>, right: Eval<bool>, position: Position) -> Compiles<Code> {
    Ok(Code::Bool(match operator {
        Operator::Equal => with(left, right, |_, a, b| Ok(a == b)),
        Operator::NotEqual => with(left, right, |_, a, b| Ok(a != b)),
        Operator::And => with(left, right, |_, a, b| Ok(a & b)),
        Operator::Or => with(left, right, |_, a, b| Ok(a | b)),
        Operator::Xor => with(left, right, |_, a, b| Ok(a ^ b)),
        _ => return slow("this operator between truth values", position),
    }))
}
