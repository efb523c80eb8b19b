//! Scripts made ready to be called: compiled as far as that goes, with Rhai's engine behind.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use rhai::{CallFnOptions, Dynamic, Engine, Scope};

use super::carried::register_state;
use super::compile::{Compiled, Fallback, Given, Hook, Machine, Memory, Program, State, compile};
use super::draft::Desk;
use super::failure::{place_of_function, raised};
use super::kinds::Value;
use super::knowledge::{dynamic, names};
use super::library::{Binding, Interpreter, Library, Script};
use super::limits;
use super::natives::{Shared, Table};
use super::person::register_name;
use crate::diagnostic::{Diagnostic, Source};

/// The scripts of those who are called one after the other, each with the values of whom it is for.
pub(super) struct Troupe<'a> {
    members: Vec<Member<'a>>,
    /// What compiled code may call.
    table: Table,
    interpreter: Interpreter,
    engine: Rc<OnceCell<Engine>>,
    /// Where the desk lies while Rhai's engine runs.
    shared: Shared,
    /// The variables of compiled code.
    memory: Memory,
    /// What the compiler left to Rhai's engine, and why: each place once.
    pub notes: Vec<Diagnostic>,
    /// What can't go well in the scripts, whatever is drawn.
    pub mistakes: Vec<Diagnostic>,
}

struct Member<'a> {
    script: &'a Script,
    fallback: Fallback,
    /// By hook: those that compiled code runs.
    hooks: [Option<Program>; Hook::ALL.len()],
}

impl<'a> Troupe<'a> {
    /// Those of some bindings, in an engine that knows their words.
    pub fn new(library: &'a Library, bindings: &[&Binding], words: fn(&Shared) -> (Engine, Table)) -> Troupe<'a> {
        let shared: Shared = Rc::new(RefCell::new(Box::new(Desk::empty())));
        let (mut engine, table) = words(&shared);
        for (index, name) in names(library).iter().enumerate() {
            register_name(&mut engine, &shared, name, index);
            register_state(&mut engine, &shared, name, index);
        }
        let mut troupe = Troupe {
            members: Vec::new(),
            table,
            interpreter: library.interpreter,
            engine: Rc::default(),
            shared,
            memory: Memory::default(),
            notes: Vec::new(),
            mistakes: Vec::new(),
        };
        let (steps, is_used) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(false)));
        for binding in bindings {
            let ast = engine.compile(&library.scripts[binding.script].source.text);
            let fallback = Fallback {
                engine: troupe.engine.clone(),
                shared: troupe.shared.clone(),
                ast: Rc::new(ast.expect("a script in the library compiles").clone_functions_only()),
                steps: steps.clone(),
                is_used: is_used.clone(),
            };
            troupe.join(&library.scripts[binding.script], &binding.values, fallback);
        }
        // Other values of what is uncertain may need the engine where these don't.
        if is_used.get() || bindings.iter().any(|binding| !binding.unknowns.is_empty()) {
            engine.on_progress(move |count| {
                steps.set(count);
                None
            });
        }
        troupe.engine.set(engine).unwrap_or_else(|_| unreachable!("it is set once"));
        troupe
    }

    fn join(&mut self, script: &'a Script, values: &[Value], fallback: Fallback) {
        let Compiled { hooks, notes, mistakes } = self.compiled(script, values, &fallback);
        self.members.push(Member { script, fallback, hooks });
        for (all, more) in [(&mut self.notes, notes), (&mut self.mistakes, mistakes)] {
            let new: Vec<Diagnostic> = more.into_iter().filter(|diagnostic| !all.contains(diagnostic)).collect();
            all.extend(new);
        }
    }

    fn compiled(&mut self, script: &Script, values: &[Value], fallback: &Fallback) -> Compiled {
        let Script { source, declared, .. } = script;
        let names = declared.parameters.iter().map(|parameter| &*parameter.name);
        let given: Given = names.zip(values).collect();
        let states = declared.states.iter().enumerate();
        let states = states.map(|(place, state)| (state.name.clone(), State::new(place, &dynamic(&state.initial))));
        let mut done = compile(fallback, source, &self.table, &given, &states.collect(), &mut self.memory);
        if self.interpreter == Interpreter::Rhai {
            done.hooks = [const { None }; Hook::ALL.len()];
        }
        done
    }

    /// Has a member play with other values of the parameters: what is compiled has them built in.
    pub fn recast(&mut self, member: usize, values: &[Value]) {
        if self.interpreter == Interpreter::Rhai {
            return;
        }
        let Member { script, fallback, .. } = &self.members[member];
        let (script, fallback) = (*script, fallback.clone());
        self.members[member].hooks = self.compiled(script, values, &fallback).hooks;
    }

    /// A member's script.
    pub fn source(&self, member: usize) -> &'a Arc<Source> {
        &self.members[member].script.source
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Calls a hook for what lies on the desk. Where compiled code stops, `anew` puts the desk as it was, and Rhai's engine makes
    /// the call.
    pub fn call(
        &mut self,
        desk: &mut Box<Desk>,
        member: usize,
        hook: Hook,
        anew: impl FnOnce(&mut Desk),
    ) -> Result<(), Diagnostic> {
        let Member { script, fallback, hooks } = &self.members[member];
        if let Some(program) = &hooks[hook as usize] {
            let mut machine = Machine::new(desk, &mut self.memory, limits::STEPS as i64);
            if program.run(&mut machine).is_ok() {
                return Ok(());
            }
            anew(desk);
        }
        let Some(engine) = self.engine.get() else { return Ok(()) };
        std::mem::swap(desk, &mut *self.shared.borrow_mut());
        let options = CallFnOptions::new().eval_ast(false);
        let (source, ast) = (&script.source, &fallback.ast);
        let (name, arguments) = (hook.name(), hook.arguments());
        let called = engine.call_fn_with_options::<Dynamic>(options, &mut Scope::new(), ast, name, arguments);
        std::mem::swap(desk, &mut *self.shared.borrow_mut());
        called.map(drop).map_err(|error| raised(*error, source, || place_of_function(source, name)))
    }
}
