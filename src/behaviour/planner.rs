//! Plans people's days, one call for each user and day.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, CallFnOptions, Dynamic, Engine, ImmutableString, Scope};

use super::carried::register_state;
use super::compile::{Compiled, Fallback, Machine, Memory, Program, compile};
use super::declare::Declared;
use super::draft::{Act, Desk, Knowledge, Sketch};
use super::engine::for_days;
use super::failure::{place_of_function, raised};
use super::kinds::Value;
use super::library::{Binding, Interpreter, Library, Script};
use super::limits;
use super::natives::{Shared, Table};
use super::person::{Me, register_name};
use super::planned::{Details, Planned, Results, Until, What};
use super::streams::Drawer;
use super::today::Today;
use crate::calendar::{Clock, Day};
use crate::diagnostic::{Diagnostic, Source};
use crate::ids::{DeviceId, UserId, VersionId};
use crate::keys::name_key;
use crate::scenario::{Group, Scenario};

/// The scripts of a library, compiled for one thread.
///
/// The ids of devices and versions are numbered in the order in which this planner met them: they tell a user's devices
/// apart, and mean nothing to another planner.
pub struct Planner<'a> {
    scenario: &'a Scenario,
    seed: u64,
    engine: Rc<OnceCell<Engine>>,
    /// By group.
    casting: Vec<Option<Casting<'a>>>,
    /// By user.
    keys: Vec<u64>,
    /// Here while compiled code runs, and with Rhai's engine while that does.
    desk: Box<Desk>,
    shared: Shared,
    /// The variables of compiled code.
    memory: Memory,
    devices: Names,
    versions: Names,
    /// What the compiler says of the scripts: what it left to Rhai's engine, and mistakes.
    notes: Vec<Diagnostic>,
    mistakes: Vec<Diagnostic>,
}

impl<'a> Planner<'a> {
    /// A planner of a scenario's people, whose draws hang on the seed.
    pub fn new(library: &'a Library, scenario: &'a Scenario, seed: u64) -> Planner<'a> {
        let names = names(library);
        let bindings: Vec<Option<&Binding>> = scenario.groups.iter().map(|group| binding(library, group)).collect();
        let knowledge = bindings.iter().map(|binding| knowledge(library, *binding, &names)).collect();
        let shared: Shared = Rc::new(RefCell::new(Box::new(Desk::empty())));
        let (mut engine, table) = for_days(&shared);
        for (index, name) in names.iter().enumerate() {
            register_name(&mut engine, &shared, name, index);
            register_state(&mut engine, &shared, name, index);
        }
        let mut planner = Planner {
            scenario,
            seed,
            engine: Rc::default(),
            casting: Vec::with_capacity(bindings.len()),
            keys: scenario.users.iter().map(|user| name_key(&user.name)).collect(),
            desk: Box::new(Desk::new(scenario, &library.products, knowledge)),
            shared,
            memory: Memory::default(),
            devices: Names::default(),
            versions: Names::default(),
            notes: Vec::new(),
            mistakes: Vec::new(),
        };
        let steps = Rc::new(Cell::new(0));
        let is_used = Rc::new(Cell::new(false));
        for binding in bindings {
            let casting = binding.map(|binding| {
                let source = &library.scripts[binding.script].source;
                let ast = engine.compile(&source.text).expect("a script in the library compiles");
                let fallback = Fallback {
                    engine: planner.engine.clone(),
                    shared: planner.shared.clone(),
                    ast: Rc::new(ast.clone_functions_only()),
                    steps: steps.clone(),
                    is_used: is_used.clone(),
                };
                planner.cast(library, binding, &table, &fallback)
            });
            planner.casting.push(casting);
        }
        if is_used.get() {
            engine.on_progress(move |count| {
                steps.set(count);
                None
            });
        }
        planner.engine.set(engine).unwrap_or_else(|_| unreachable!("it is set once"));
        planner
    }

    /// Compiles the script of a group with its values.
    fn cast(&mut self, library: &'a Library, binding: &Binding, table: &Table, fallback: &Fallback) -> Casting<'a> {
        let Script { source, declared, may_leave } = &library.scripts[binding.script];
        let names = declared.parameters.iter().map(|parameter| parameter.name.clone());
        let given: BTreeMap<String, Dynamic> = names.zip(binding.values.iter().map(dynamic)).collect();
        let states: Vec<(String, Dynamic)> =
            declared.states.iter().map(|state| (state.name.clone(), dynamic(&state.initial))).collect();
        let Compiled { mut hooks, notes, mistakes } =
            compile(fallback, source, table, &given, &states, &mut self.memory);
        add_new(&mut self.notes, notes);
        add_new(&mut self.mistakes, mistakes);
        let day = hooks.remove(&("day", 2)).filter(|_| library.interpreter == Interpreter::Compiled);
        Casting { source, ast: fallback.ast.clone(), day, may_leave: *may_leave }
    }

    /// What the compiler left to Rhai's engine, and why: each place once.
    pub fn notes(&self) -> &[Diagnostic] {
        &self.notes
    }

    /// What can't go well in the scripts, whatever is drawn.
    pub fn mistakes(&self) -> &[Diagnostic] {
        &self.mistakes
    }

    /// A replication begins: nobody carries anything from another.
    pub fn reset(&mut self) {
        self.desk.carried.reset();
    }

    /// Adds the sessions that a user plans on a local day, in the order of planning; none for a user without a
    /// behaviour.
    pub fn plan(
        &mut self,
        replication: u32,
        user: UserId,
        day: Day,
        sessions: &mut Vec<Planned>,
    ) -> Result<(), Box<Diagnostic>> {
        let group = self.scenario.users[user.index()].group as usize;
        let Some(casting) = &self.casting[group] else { return Ok(()) };
        let drawer = Drawer { seed: self.seed, replication, user: self.keys[user.index()] };
        self.desk.begin(user.index(), drawer, group, day);
        let mut done = false;
        if let Some(program) = &casting.day {
            self.desk.carried.keep(user.index());
            let mut machine = Machine::new(&mut self.desk, &mut self.memory, limits::STEPS as i64);
            done = program.run(&mut machine).is_ok();
            if !done {
                self.desk.carried.restore(user.index());
                self.desk.begin(user.index(), drawer, group, day);
            }
        }
        let outcome = if done { Ok(()) } else { self.interpret(group) };
        outcome
            .and_then(|()| self.take(user, day, sessions))
            .map_err(|problem| Box::new(self.told(problem, replication, user, day)))
    }

    /// Has Rhai's engine plan the day.
    fn interpret(&mut self, group: usize) -> Result<(), Diagnostic> {
        let (Some(casting), Some(engine)) = (&self.casting[group], self.engine.get()) else { return Ok(()) };
        std::mem::swap(&mut self.desk, &mut *self.shared.borrow_mut());
        let options = CallFnOptions::new().eval_ast(false);
        let arguments = (Dynamic::from(Me), Dynamic::from(Today));
        let called = engine.call_fn_with_options::<Dynamic>(options, &mut Scope::new(), &casting.ast, "day", arguments);
        std::mem::swap(&mut self.desk, &mut *self.shared.borrow_mut());
        let source = casting.source;
        called.map(drop).map_err(|error| raised(*error, source, || place_of_function(source, "day")))
    }

    /// Whether a user may leave while something is open.
    pub fn may_leave(&self, user: UserId) -> bool {
        let group = self.scenario.users[user.index()].group as usize;
        self.casting[group].as_ref().is_some_and(|casting| casting.may_leave)
    }

    /// The name of a device; empty for id 0, the unnamed one.
    pub fn device_name(&self, device: DeviceId) -> &str {
        self.devices.name(device.index())
    }

    /// The name of a version; empty for id 0, the unnamed one.
    pub fn version_name(&self, version: VersionId) -> &str {
        self.versions.name(version.index())
    }

    /// Turns the sessions on the desk into planned ones.
    fn take(&mut self, user: UserId, day: Day, sessions: &mut Vec<Planned>) -> Result<(), Diagnostic> {
        let draft = &self.desk.draft;
        for sketch in draft.sessions.iter().filter(|sketch| !sketch.is_nothing()) {
            let device = DeviceId::from_index(self.devices.index(&sketch.device)?);
            let version = VersionId::from_index(self.versions.index(&sketch.version)?);
            let clock = &draft.clocks[sketch.clock];
            let (opened, what) = (clock.instant(day, sketch.from), what(sketch, clock, day));
            let details = details(sketch, clock, day);
            sessions.push(Planned { user, product: sketch.product, device, version, opened, what, details });
        }
        Ok(())
    }

    /// Adds whose day it was, and how to have it again.
    fn told(&self, mut problem: Diagnostic, replication: u32, user: UserId, day: Day) -> Diagnostic {
        let (name, seed) = (&self.scenario.users[user.index()].name, self.seed);
        problem.message += &format!(" ({name} on {day}, seed {seed}, replication {replication})");
        problem
    }
}

fn binding<'a>(library: &'a Library, group: &Group) -> Option<&'a Binding> {
    group.behaviour.as_ref().and_then(|_| library.bindings.get(&group.name))
}

/// The script of a group with the group's values.
struct Casting<'a> {
    source: &'a Arc<Source>,
    ast: Rc<AST>,
    /// `day`, where it could be compiled.
    day: Option<Program>,
    may_leave: bool,
}

fn add_new(all: &mut Vec<Diagnostic>, more: Vec<Diagnostic>) {
    for diagnostic in more {
        if !all.contains(&diagnostic) {
            all.push(diagnostic);
        }
    }
}

/// Each name of a parameter or state once, over all scripts.
fn names(library: &Library) -> Vec<&str> {
    let declared = library.scripts.iter().map(|script| &script.declared);
    let mut names: Vec<&str> = declared.flat_map(Declared::names).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What a group knows and carries, by the indices of `names`.
fn knowledge(library: &Library, binding: Option<&Binding>, names: &[&str]) -> Knowledge {
    let (mut parameters, mut states) = (vec![None; names.len()], vec![None; names.len()]);
    let Some(Binding { script, values: given }) = binding else {
        return Knowledge { parameters, states, initial: Vec::new() };
    };
    let declared = &library.scripts[*script].declared;
    let index = |name: &str| names.binary_search(&name).expect("every name has an index");
    for (parameter, value) in declared.parameters.iter().zip(given) {
        parameters[index(&parameter.name)] = Some(dynamic(value));
    }
    for (place, state) in declared.states.iter().enumerate() {
        states[index(&state.name)] = Some(place);
    }
    let initial = declared.states.iter().map(|state| dynamic(&state.initial)).collect();
    Knowledge { parameters, states, initial }
}

fn dynamic(value: &Value) -> Dynamic {
    match value {
        Value::Bool(yes) => Dynamic::from(*yes),
        Value::Integer(number) => Dynamic::from(*number),
        Value::Number(number) => Dynamic::from(*number),
        Value::Text(text) => Dynamic::from(ImmutableString::from(text)),
        Value::List(texts) => texts.iter().map(|text| Dynamic::from(ImmutableString::from(text))).collect(),
    }
}

/// What a sketch means; a clock change can't put a close before its open.
fn what(sketch: &Sketch, clock: &Clock, day: Day) -> What {
    match (sketch.act, sketch.until) {
        (Act::Opens, Some(until)) => {
            What::Session(Until::At(clock.instant(day, until).max(clock.instant(day, sketch.from))))
        }
        (Act::Opens, None) => What::Session(Until::NextOpen),
        (Act::Orders, _) => What::Results,
        (Act::Leaves, _) => What::Leaves,
        (Act::Joins, _) => What::Joins,
    }
}

fn details(sketch: &Sketch, clock: &Clock, day: Day) -> Option<Box<Details>> {
    let Sketch { act, idle, offline, identity, quantity, failed, .. } = sketch;
    if *act != Act::Orders && idle.is_empty() && !offline && identity.is_none() {
        return None;
    }
    let instant = |seconds: &i64| clock.instant(day, *seconds);
    let ordered = instant(&sketch.from);
    Some(Box::new(Details {
        idle: idle.iter().map(|(from, until)| (instant(from), instant(until))).collect(),
        offline: *offline,
        identity: identity.as_ref().map(ToString::to_string),
        results: Results {
            quantity: *quantity,
            failed: failed.as_ref().map(|(at, quantity)| (instant(at).max(ordered), *quantity)),
        },
    }))
}

/// Names in the order in which they were met, after the unnamed one.
#[derive(Default)]
struct Names(Vec<ImmutableString>);

impl Names {
    fn index(&mut self, name: &Option<ImmutableString>) -> Result<usize, Diagnostic> {
        let Some(name) = name.as_ref().filter(|name| !name.is_empty()) else { return Ok(0) };
        if let Some(index) = self.0.iter().position(|known| known == name) {
            return Ok(index + 1);
        }
        if self.0.len() == limits::NAMES {
            let problem = format!("more than {} different devices or versions", limits::NAMES);
            return Err(Diagnostic::new(problem).help("name a device after what it is, not after the day"));
        }
        self.0.push(name.clone());
        Ok(self.0.len())
    }

    fn name(&self, index: usize) -> &str {
        index.checked_sub(1).map_or("", |index| &self.0[index])
    }
}
