//! The state of a compilation, and expressions.

use std::collections::BTreeMap;
use std::rc::Rc;

use rhai::{Dynamic, Expr, ImmutableString, Position, Stmt};

use super::given::Given;
use super::item::{Item, List};
use super::machine::{Machine, Stop};
use super::program::Fallback;
use super::states::States;
use super::switch::Cases;
use super::value::{Code, Eval, Run, Sizes, Type, Value, each_code};
use crate::behaviour::limits;
use crate::behaviour::natives::{Effects, Table};
use crate::diagnostic::Diagnostic;

/// Why code isn't compiled.
pub(super) enum Refusal {
    /// It is beyond the compiled part of the language.
    Slow(String, Position),
    /// It can't go well, whatever the run.
    Wrong(Diagnostic, Position),
}

pub(super) type Compiles<T> = Result<T, Refusal>;

/// Refuses with a note.
pub(super) fn slow<T>(what: impl Into<String>, position: Position) -> Compiles<T> {
    Err(Refusal::Slow(what.into(), position))
}

/// Steps that Rhai's engine counts for a node of the syntax tree, at the most.
const STEPS_A_NODE: i64 = 5;

/// A variable in scope.
#[derive(Clone)]
struct Variable {
    name: ImmutableString,
    of: Type,
    slot: usize,
    constant: bool,
}

/// A function of the script.
pub(super) struct Source {
    pub parameters: Vec<ImmutableString>,
    pub body: Vec<Stmt>,
}

/// A function, compiled for certain types of arguments.
pub(super) struct Function {
    pub parameters: Vec<(Type, usize)>,
    pub body: Run<()>,
    /// Where it leaves its result.
    pub result: (Type, usize),
    pub steps: i64,
    pub effects: Effects,
}

pub(super) struct Compiler<'a> {
    pub functions: &'a BTreeMap<(String, usize), Source>,
    pub table: &'a Table,
    /// The values of the script's parameters.
    pub given: &'a Given<'a>,
    /// The places and types of its states.
    pub states: &'a States,
    pub cases: &'a Cases,
    pub fallback: &'a Fallback,
    /// Functions that stay with Rhai's engine, and why.
    pub slow: BTreeMap<(String, usize), (String, Position)>,
    pub compiled: BTreeMap<(String, Vec<String>), Rc<Function>>,
    pub sizes: Sizes,
    scope: Vec<Variable>,
    /// Of the piece of code at hand.
    pub steps: i64,
    pub effects: Effects,
    /// Where the function at hand leaves its value, where one is wanted.
    pub returns: Option<(Type, usize)>,
    /// What its `return`s give.
    pub learnt: Type,
}

impl<'a> Compiler<'a> {
    pub fn new(
        functions: &'a BTreeMap<(String, usize), Source>,
        table: &'a Table,
        (given, states): (&'a Given<'a>, &'a States),
        cases: &'a Cases,
        fallback: &'a Fallback,
    ) -> Self {
        Compiler {
            functions,
            table,
            given,
            states,
            cases,
            fallback,
            slow: BTreeMap::new(),
            compiled: BTreeMap::new(),
            sizes: Sizes::default(),
            scope: Vec::new(),
            steps: 0,
            effects: Effects::NONE,
            returns: None,
            learnt: Type::Never,
        }
    }

    /// Compiles with a scope of its own; gives the steps and effects too, and doesn't count them for what is around.
    pub fn apart<T>(&mut self, inner: impl FnOnce(&mut Self) -> Compiles<T>) -> Compiles<(T, i64, Effects)> {
        let steps = std::mem::take(&mut self.steps);
        let effects = std::mem::take(&mut self.effects);
        let result = inner(self);
        let (inner_steps, inner_effects) = (self.steps, self.effects);
        (self.steps, self.effects) = (steps, effects);
        Ok((result?, inner_steps, inner_effects))
    }

    /// Compiles in a scope of its own.
    pub fn scoped<T>(&mut self, inner: impl FnOnce(&mut Self) -> Compiles<T>) -> Compiles<T> {
        let depth = self.scope.len();
        let result = inner(self);
        self.scope.truncate(depth);
        result
    }

    /// Compiles with nothing in scope.
    pub fn outside<T>(&mut self, inner: impl FnOnce(&mut Self) -> Compiles<T>) -> Compiles<T> {
        let scope = std::mem::take(&mut self.scope);
        let result = inner(self);
        self.scope = scope;
        result
    }

    /// A variable in scope; Rhai's engine allows so many at one time.
    pub fn declare(&mut self, name: &ImmutableString, of: Type, constant: bool) -> Compiles<usize> {
        if self.scope.len() >= limits::VARIABLES {
            return slow("so many variables", Position::NONE);
        }
        let slot = self.sizes.one_more(of);
        self.scope.push(Variable { name: name.clone(), of, slot, constant });
        Ok(slot)
    }

    /// The type and place of a variable; whether it never changes.
    pub fn variable(&self, name: &str, position: Position) -> Compiles<(Type, usize, bool)> {
        match self.scope.iter().rev().find(|variable| variable.name == name) {
            Some(variable) => Ok((variable.of, variable.slot, variable.constant)),
            None => slow(format!("`{name}` isn't a variable of this function"), position),
        }
    }

    pub fn node(&mut self) {
        self.steps += STEPS_A_NODE;
    }

    pub fn does(&mut self, effects: Effects) {
        self.effects = self.effects.and(effects);
    }

    /// The code of an expression that gives a value.
    pub fn value(&mut self, expr: &Expr) -> Compiles<Code> {
        match self.expression(expr)? {
            Code::Never(_) => slow("leaving in the middle of an expression", expr.position()),
            code => Ok(code),
        }
    }

    /// The code of a condition.
    pub fn condition(&mut self, expr: &Expr) -> Compiles<Eval<bool>> {
        let code = self.value(expr)?;
        let gives = code.gives();
        bool::of(code).ok_or_else(|| {
            let wrong = Diagnostic::new(format!("this is {}", crate::behaviour::failure::plain_type(gives.name())));
            Refusal::Wrong(wrong.expected("true or false"), expr.start_position())
        })
    }

    pub fn expression(&mut self, expr: &Expr) -> Compiles<Code> {
        self.node();
        match expr {
            Expr::BoolConstant(value, _) => Ok(Code::Bool(Eval::Const(*value))),
            Expr::IntegerConstant(value, _) => Ok(Code::Int(Eval::Const(*value))),
            Expr::FloatConstant(value, _) => Ok(Code::Float(Eval::Const(**value))),
            Expr::StringConstant(value, _) => Ok(Code::Text(Eval::Const(value.clone()))),
            Expr::Unit(_) => Ok(Code::Unit(Eval::Const(()))),
            Expr::DynamicConstant(value, position) => constant(value, *position),
            Expr::Variable(variable, _, position) => {
                let (of, slot, _) = self.variable(&variable.1, *position)?;
                Ok(Code::local(of, slot))
            }
            Expr::InterpolatedString(parts, _) => self.interpolated(parts),
            Expr::Array(items, _) => self.list(items),
            Expr::And(operands, _) => self.logical(operands, false),
            Expr::Or(operands, _) => self.logical(operands, true),
            Expr::FnCall(call, position) => self.call(call, *position),
            Expr::Dot(..) | Expr::Index(..) => self.chain(expr),
            Expr::Stmt(block) => self.scoped(|inner| inner.block(block.statements(), true)),
            Expr::CharConstant(_, position) => slow("a single character", *position),
            Expr::Coalesce(_, position) => slow("`??`", *position),
            Expr::ThisPtr(position) => slow("`this`", *position),
            other => slow("this kind of expression", other.position()),
        }
    }

    /// Operands of `||` (where `decides` is true) or `&&`.
    fn logical(&mut self, operands: &[Expr], decides: bool) -> Compiles<Code> {
        let operands: Vec<Eval<bool>> =
            operands.iter().map(|operand| self.condition(operand)).collect::<Compiles<_>>()?;
        Ok(Code::Bool(joined(operands, decides)))
    }

    fn interpolated(&mut self, parts: &[Expr]) -> Compiles<Code> {
        let mut codes: Vec<Eval<Dynamic>> = Vec::with_capacity(parts.len());
        for part in parts {
            let code = self.value(part)?;
            match code.gives() {
                Type::Bool | Type::Int | Type::Float | Type::Text => codes.push(code.packed()),
                _ => {
                    return slow(
                        "a text with a value in it that isn't a number, a text, true or false",
                        part.position(),
                    );
                }
            }
        }
        Ok(Code::Text(Eval::run(move |machine| {
            use std::fmt::Write;
            let mut text = String::new();
            for code in &codes {
                let part = code.get(machine)?;
                write!(text, "{part}").map_err(|_| machine.trap())?;
            }
            if text.len() > limits::TEXT { Err(machine.trap()) } else { Ok(text.into()) }
        })))
    }

    fn list(&mut self, items: &[Expr]) -> Compiles<Code> {
        let codes: Vec<Code> = items.iter().map(|item| self.value(item)).collect::<Compiles<_>>()?;
        let mut types = codes.iter().map(|code| Item::of(code.gives()));
        let first = types.next().unwrap_or(Item::Any);
        let item = if types.all(|other| other == first) { first } else { Item::Any };
        let codes: Vec<Eval<Dynamic>> = codes.into_iter().map(Code::packed).collect();
        Ok(Code::List(
            Eval::run(move |machine| {
                let list = codes.iter().map(|code| code.get(machine)).collect::<Result<rhai::Array, Stop>>()?;
                if limits::is_too_large(&list) { Err(machine.trap()) } else { Ok(List(Rc::new(list))) }
            }),
            item,
        ))
    }
}

/// Operands one after the other, up to the first that `decides`. Two and three, which are most, need no loop.
fn joined(operands: Vec<Eval<bool>>, decides: bool) -> Eval<bool> {
    let operands = match <[Eval<bool>; 2]>::try_from(operands) {
        Ok([first, second]) => {
            return Eval::run(move |machine| {
                Ok(if first.get(machine)? == decides { decides } else { second.get(machine)? })
            });
        }
        Err(operands) => operands,
    };
    match <[Eval<bool>; 3]>::try_from(operands) {
        Ok([first, second, third]) => Eval::run(move |machine| {
            Ok(if first.get(machine)? == decides || second.get(machine)? == decides {
                decides
            } else {
                third.get(machine)?
            })
        }),
        Err(operands) => Eval::run(move |machine| {
            for operand in &operands {
                if operand.get(machine)? == decides {
                    return Ok(decides);
                }
            }
            Ok(!decides)
        }),
    }
}

/// The code of a constant.
pub(super) fn constant(value: &Dynamic, position: Position) -> Compiles<Code> {
    Ok(match () {
        () if value.is_unit() => Code::Unit(Eval::Const(())),
        () if value.is_bool() => Code::Bool(Eval::Const(value.clone().cast())),
        () if value.is_int() => Code::Int(Eval::Const(value.clone().cast())),
        () if value.is_float() => Code::Float(Eval::Const(value.clone().cast())),
        () if value.is_string() => Code::Text(Eval::Const(value.clone().cast())),
        () if value.is_array() => {
            let list: rhai::Array = value.clone().cast();
            let item = Item::of_all(&list);
            Code::List(Eval::Const(List(Rc::new(list))), item)
        }
        () => return slow("a constant of an unusual kind", position),
    })
}

/// The code that sets a variable of the type that the code gives.
pub(super) fn store(code: Code, slot: usize) -> Run<()> {
    fn set<T: Value>(eval: Eval<T>, slot: usize) -> Run<()> {
        match eval {
            Eval::Const(value) => Box::new(move |machine| {
                T::slots(machine)[slot] = value.clone();
                Ok(())
            }),
            Eval::Run(run) => Box::new(move |machine: &mut Machine<'_>| {
                let value = run(machine)?;
                T::slots(machine)[slot] = value;
                Ok(())
            }),
            eval @ Eval::Local(_) => Box::new(move |machine: &mut Machine<'_>| {
                let value = eval.get(machine)?;
                T::slots(machine)[slot] = value;
                Ok(())
            }),
        }
    }
    match code {
        Code::Never(run) => run,
        Code::Unit(eval) => Code::Unit(eval).for_effect(),
        code => each_code!(code, eval => set(eval, slot)),
    }
}

/// The type of what is of one type or of another.
pub(super) fn unified(one: Type, other: Type) -> Type {
    match (one, other) {
        (Type::Never, of) | (of, Type::Never) => of,
        (one, other) if one == other => one,
        (Type::List(_), Type::List(_)) => Type::List(Item::Any),
        _ => Type::Any,
    }
}

/// Code that gives a value as one of a type that it unifies to.
pub(super) fn fitted(code: Code, wanted: Type) -> Code {
    match (wanted, code) {
        (Type::Any, code) => Code::Any(code.packed()),
        (Type::List(Item::Any), Code::List(list, _)) => Code::List(list, Item::Any),
        (wanted, Code::Never(run)) => Code::never(run, wanted),
        (_, code) => code,
    }
}
