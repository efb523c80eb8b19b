//! From a script to its hooks, compiled.

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, ASTNode, CallFnOptions, Dynamic, Engine, Expr, Position, Scope, Stmt};

use super::compiler::{Compiler, Function, Refusal, Source};
use super::given::Given;
use super::machine::{Machine, Stop};
use super::states::States;
use super::switch::Cases;
use super::value::{Memory, Type};
use crate::behaviour::denial::Refused;
use crate::behaviour::engine;
use crate::behaviour::failure::place;
use crate::behaviour::limits;
use crate::behaviour::natives::{Shared, Table};
use crate::behaviour::person::Me;
use crate::behaviour::today::Today;
use crate::diagnostic::{Diagnostic, Source as Text};

/// How compiled code calls what stays with Rhai's engine.
#[derive(Clone)]
pub(in crate::behaviour) struct Fallback {
    pub engine: Rc<OnceCell<Engine>>,
    pub shared: Shared,
    pub ast: Rc<AST>,
    /// The steps that the engine has counted in the call at hand.
    pub steps: Rc<Cell<u64>>,
    /// Whether any code calls it.
    pub is_used: Rc<Cell<bool>>,
}

impl Fallback {
    pub(super) fn used(&self) {
        self.is_used.set(true);
    }

    /// The desk goes to the engine, and comes back.
    pub(super) fn call(&self, machine: &mut Machine<'_>, name: &str, mut args: Vec<Dynamic>) -> Result<Dynamic, Stop> {
        let Some(engine) = self.engine.get() else { return Err(machine.trap()) };
        std::mem::swap(machine.desk, &mut *self.shared.borrow_mut());
        let options = CallFnOptions::new().eval_ast(false);
        self.steps.set(0);
        let result =
            engine.call_fn_with_options::<Dynamic>(options, &mut Scope::new(), &self.ast, name, Args(&mut args));
        std::mem::swap(machine.desk, &mut *self.shared.borrow_mut());
        machine.burn(self.steps.get() as i64)?;
        result.map_err(|_| machine.trap())
    }
}

/// Arguments that are at hand.
struct Args<'a>(&'a mut Vec<Dynamic>);

impl rhai::FuncArgs for Args<'_> {
    fn parse<C: Extend<Dynamic>>(self, args: &mut C) {
        args.extend(self.0.drain(..));
    }
}

/// What became of a script.
pub(in crate::behaviour) struct Compiled {
    /// By hook: those that could be compiled.
    pub hooks: [Option<Program>; Hook::ALL.len()],
    /// What stays with Rhai's engine, and why.
    pub notes: Vec<Diagnostic>,
    /// What can't go well.
    pub mistakes: Vec<Diagnostic>,
}

/// A hook that compiled code runs.
pub(in crate::behaviour) struct Program(Rc<Function>);

impl Program {
    /// Runs it; where it stops, the engine is to run the hook anew.
    pub fn run(&self, machine: &mut Machine<'_>) -> Result<(), Stop> {
        machine.burn(self.0.steps)?;
        match (self.0.body)(machine) {
            Err(Stop) if machine.returned() => Ok(()),
            done => done,
        }
    }
}

/// A function that flexcast calls, with `me` and with what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::behaviour) enum Hook {
    Day,
    Denied,
    Buy,
}

impl Hook {
    pub const ALL: [Hook; 3] = [Hook::Day, Hook::Denied, Hook::Buy];

    pub fn name(self) -> &'static str {
        match self {
            Hook::Day => "day",
            Hook::Denied => "denied",
            Hook::Buy => "buy",
        }
    }

    /// What it is called with, as Rhai's engine has it.
    pub fn arguments(self) -> (Dynamic, Dynamic) {
        let about = match self {
            Hook::Day | Hook::Buy => Dynamic::from(Today),
            Hook::Denied => Dynamic::from(Refused),
        };
        (Dynamic::from(Me), about)
    }

    fn types(self) -> [Type; 2] {
        match self {
            Hook::Day | Hook::Buy => [Type::Me, Type::Today],
            Hook::Denied => [Type::Me, Type::Denial],
        }
    }
}

/// Compiles the hooks of a script with a group's values; grows the memory to what they need.
pub(in crate::behaviour) fn compile(
    fallback: &Fallback,
    source: &Arc<Text>,
    table: &Table,
    given: &Given<'_>,
    states: &States,
    memory: &mut Memory,
) -> Compiled {
    let ast = fallback.ast.clone();
    let functions = functions(&ast);
    let mut done = Compiled { hooks: [const { None }; Hook::ALL.len()], notes: Vec::new(), mistakes: Vec::new() };
    if let Some((name, position)) = too_deep(&functions) {
        let what = format!("`{name}` calls itself, or functions call each other very deep");
        done.notes.push(kept("the whole script", &what, position, source));
        return done;
    }
    let cases = if has_switch(&ast) { Cases::of(&source.text, &engine::plain()) } else { Cases::default() };
    let mut compiler = Compiler::new(&functions, table, (given, states), &cases, fallback);
    for hook in Hook::ALL {
        let key = (hook.name().to_owned(), hook.types().len());
        if !functions.contains_key(&key) {
            continue;
        }
        match compiler.body(&key, &hook.types(), None) {
            Ok((function, _)) => {
                done.hooks[hook as usize] = Some(Program(Rc::new(function)));
            }
            Err(Refusal::Slow(what, position)) => {
                done.notes.push(kept(&format!("`{}`", hook.name()), &what, position, source));
            }
            Err(Refusal::Wrong(mistake, position)) => done.mistakes.push(mistake.at(&place(source, position))),
        }
    }
    let slow = compiler.slow.iter();
    done.notes.extend(slow.map(|((name, _), (what, position))| kept(&format!("`{name}`"), what, *position, source)));
    memory.grow(compiler.sizes);
    done
}

fn kept(what: &str, why: &str, position: Position, source: &Arc<Text>) -> Diagnostic {
    let note = Diagnostic::new(format!("{what} is left to Rhai's interpreter, which is slower, because of {why}"));
    note.at(&place(source, position))
}

/// The functions of a script. Their bodies can only be had by walking a tree that has no other function.
fn functions(ast: &AST) -> BTreeMap<(String, usize), Source> {
    let functions = ast.iter_fn_def().map(|function| {
        let (name, parameters) = (function.name.clone(), function.params.to_vec());
        let count = parameters.len();
        let mut own = ast.clone_functions_only();
        own.retain_functions(|_, _, other, takes| *other == *name && takes == count);
        let mut body = Vec::new();
        own.walk(&mut |path: &[ASTNode]| {
            if let [ASTNode::Stmt(statement)] = path {
                body.push((*statement).clone());
            }
            true
        });
        ((name.to_string(), count), Source { parameters, body })
    });
    functions.collect()
}

fn has_switch(ast: &AST) -> bool {
    !ast.walk(&mut |path| !matches!(path.last(), Some(ASTNode::Stmt(Stmt::Switch(..)))))
}

/// A function that calls itself on some way, or from which calls go too deep: how deep they may go, the engine counts.
fn too_deep(functions: &BTreeMap<(String, usize), Source>) -> Option<(String, Position)> {
    let calls: BTreeMap<&(String, usize), BTreeSet<(String, usize)>> =
        functions.iter().map(|(key, function)| (key, calls(function))).collect();
    for key in functions.keys() {
        let mut reached: BTreeSet<&(String, usize)> = BTreeSet::from([key]);
        for _ in 0..limits::CALL_DEPTH {
            let next = reached.iter().flat_map(|from| &calls[*from]);
            reached = next.filter_map(|to| functions.get_key_value(to).map(|(key, _)| key)).collect();
        }
        if !reached.is_empty() {
            let start = functions[key].body.first().map_or(Position::NONE, |statement| statement.position());
            return Some((key.0.clone(), start));
        }
    }
    None
}

/// What a function calls by name, whatever that is.
fn calls(function: &Source) -> BTreeSet<(String, usize)> {
    let mut calls = BTreeSet::new();
    for statement in &function.body {
        statement.walk(&mut Vec::new(), &mut |path| {
            let call = match path.last() {
                Some(ASTNode::Expr(Expr::FnCall(call, _) | Expr::MethodCall(call, _))) => Some(call),
                Some(ASTNode::Stmt(Stmt::FnCall(call, _))) => Some(call),
                _ => None,
            };
            calls.extend(call.map(|call| (call.name.to_string(), call.args.len())));
            true
        });
    }
    calls
}
