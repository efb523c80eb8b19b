//! Plans people's days, one call for each user and day.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, CallFnOptions, Dynamic, Engine, Scope};

use super::carried::register_state;
use super::compile::{Compiled, Fallback, Machine, Memory, Program, State, compile};
use super::denial::Refused;
use super::draft::{Desk, Draft};
use super::engine::for_days;
use super::failure::{place_of_function, raised};
use super::knowledge::{dynamic, knowledge, names};
use super::library::{Binding, Interpreter, Library, Script};
use super::limits;
use super::names::Names;
use super::natives::{Shared, Table};
use super::person::{Me, register_name};
use super::place::Place;
use super::planned::{Call, Denial, Origin, Planned, Reaction};
use super::streams::Drawer;
use super::today::Today;
use crate::calendar::{Day, Zone};
use crate::diagnostic::{Diagnostic, Draws, Source};
use crate::ids::{DeviceId, UserId, VersionId};
use crate::keys::name_key;
use crate::scenario::{Group, Scenario};
use crate::time::{Instant, Span};

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
            desk: Box::new(Desk::new(scenario, &library.names.products, knowledge)),
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
        let Script { source, declared, may_leave, reacts } = &library.scripts[binding.script];
        let names = declared.parameters.iter().map(|parameter| parameter.name.clone());
        let given: BTreeMap<String, Dynamic> = names.zip(binding.values.iter().map(dynamic)).collect();
        let states = declared.states.iter().enumerate();
        let states = states.map(|(place, state)| (state.name.clone(), State::new(place, &dynamic(&state.initial))));
        let Compiled { mut hooks, notes, mistakes } =
            compile(fallback, source, table, &given, &states.collect(), &mut self.memory);
        add_new(&mut self.notes, notes);
        add_new(&mut self.mistakes, mistakes);
        let mut hook = |name| hooks.remove(&(name, 2)).filter(|_| library.interpreter == Interpreter::Compiled);
        let (day, denied) = (hook("day"), hook("denied"));
        Casting { source, ast: fallback.ast.clone(), day, denied, may_leave: *may_leave, reacts: *reacts }
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
        let group = self.begin(replication, user, day);
        let Some(casting) = &self.casting[group] else { return Ok(()) };
        if casting.reacts {
            self.desk.carried.note(user.index());
        }
        let origin = Origin::of_day(day, 0);
        let outcome = self.call(group, Hook::Day).and_then(|()| self.take(user, origin, Instant::MIN, sessions));
        outcome.map_err(|problem| Box::new(self.told(problem, replication, user, day)))
    }

    /// Adds what a user plans after a denial, nothing of it before a second has passed; for whom [`Planner::reacts`].
    ///
    /// With `turns_back`, what the user carries is again as it was before the latest day was planned: that day has to be planned
    /// again where the reaction [carries on](Reaction::carries_on) something.
    pub fn denied(
        &mut self,
        replication: u32,
        denial: &Denial,
        call: Call,
        turns_back: bool,
        sessions: &mut Vec<Planned>,
    ) -> Result<Reaction, Box<Diagnostic>> {
        let Denial { user, origin, at, .. } = *denial;
        let group = self.begin(replication, user, origin.day);
        self.desk.go_on(denial, call);
        if turns_back {
            self.desk.carried.turn_back(user.index());
        }
        let outcome = self.call(group, Hook::Denied(denial, call)).and_then(|()| {
            if origin.attempt >= limits::ATTEMPTS && !self.desk.draft.sessions.is_empty() {
                return Err(self.never_gives_up(group));
            }
            let origin = Origin { plan: call.plan, attempt: origin.attempt + 1, ..origin };
            self.take(user, origin, at + Span::from_seconds(1), sessions)
        });
        outcome.map_err(|problem| Box::new(self.told(problem, replication, user, origin.day)))?;
        let changed = self.desk.carried.changed;
        if turns_back && !changed {
            self.desk.carried.turn_back(user.index());
        }
        Ok(Reaction { goes_home: self.desk.draft.goes_home, carries_on: turns_back && changed })
    }

    /// Whether anybody's script says what they do after a denial.
    pub fn anybody_reacts(&self) -> bool {
        self.casting.iter().flatten().any(|casting| casting.reacts)
    }

    /// Whether a user's script says what they do after a denial.
    pub fn reacts(&self, user: UserId) -> bool {
        let group = self.scenario.users[user.index()].group as usize;
        self.casting[group].as_ref().is_some_and(|casting| casting.reacts)
    }

    /// Whether a user may leave, or go home, while something is open.
    pub fn may_leave(&self, user: UserId) -> bool {
        let group = self.scenario.users[user.index()].group as usize;
        self.casting[group].as_ref().is_some_and(|casting| casting.may_leave || casting.reacts)
    }

    /// Puts a user's day on the desk; gives the user's group.
    fn begin(&mut self, replication: u32, user: UserId, day: Day) -> usize {
        let group = self.scenario.users[user.index()].group as usize;
        let drawer = Drawer { seed: self.seed, replication, user: self.keys[user.index()] };
        self.desk.begin(user.index(), drawer, group, day);
        group
    }

    /// Calls a hook of a group's script, for what lies on the desk.
    fn call(&mut self, group: usize, hook: Hook<'_>) -> Result<(), Diagnostic> {
        let Some(casting) = &self.casting[group] else { return Ok(()) };
        let program = match hook {
            Hook::Day => &casting.day,
            Hook::Denied(..) => &casting.denied,
        };
        let Draft { user, drawer, day, .. } = self.desk.draft;
        self.desk.carried.begin(user);
        if let Some(program) = program {
            let mut machine = Machine::new(&mut self.desk, &mut self.memory, limits::STEPS as i64);
            if program.run(&mut machine).is_ok() {
                return Ok(());
            }
            self.desk.begin(user, drawer, group, day);
            self.desk.carried.begin_again(user);
            if let Hook::Denied(denial, call) = hook {
                self.desk.go_on(denial, call);
            }
        }
        let about = match hook {
            Hook::Day => ("day", Dynamic::from(Today)),
            Hook::Denied(..) => ("denied", Dynamic::from(Refused)),
        };
        self.interpret(group, about)
    }

    /// Has Rhai's engine call a hook.
    fn interpret(&mut self, group: usize, (hook, about): (&str, Dynamic)) -> Result<(), Diagnostic> {
        let (Some(casting), Some(engine)) = (&self.casting[group], self.engine.get()) else { return Ok(()) };
        std::mem::swap(&mut self.desk, &mut *self.shared.borrow_mut());
        let options = CallFnOptions::new().eval_ast(false);
        let arguments = (Dynamic::from(Me), about);
        let called = engine.call_fn_with_options::<Dynamic>(options, &mut Scope::new(), &casting.ast, hook, arguments);
        std::mem::swap(&mut self.desk, &mut *self.shared.borrow_mut());
        let source = casting.source;
        called.map(drop).map_err(|error| raised(*error, source, || place_of_function(source, hook)))
    }

    /// The name of a device; empty for id 0, the unnamed one.
    pub fn device_name(&self, device: DeviceId) -> &str {
        self.devices.name(device.index())
    }

    /// By whose clock something was planned.
    pub fn zone(&self, planned: &Planned) -> Zone {
        self.desk.draft.clocks[usize::from(planned.origin.clock)].zone()
    }

    /// The name of a version; empty for id 0, the unnamed one.
    pub fn version_name(&self, version: VersionId) -> &str {
        self.versions.name(version.index())
    }

    /// Turns the sessions on the desk into planned ones, none before an instant.
    fn take(
        &mut self,
        user: UserId,
        origin: Origin,
        earliest: Instant,
        sessions: &mut Vec<Planned>,
    ) -> Result<(), Diagnostic> {
        let draft = &self.desk.draft;
        for sketch in draft.sessions.iter().filter(|sketch| !sketch.is_nothing()) {
            let device = DeviceId::from_index(self.devices.index(&sketch.device)?);
            let version = VersionId::from_index(self.versions.index(&sketch.version)?);
            let place = Place { clock: &draft.clocks[sketch.clock], day: origin.day, earliest };
            let (opened, what, details) = (place.instant(sketch.from), place.what(sketch), place.details(sketch));
            let origin = Origin { clock: sketch.clock as u16, ..origin };
            sessions.push(Planned { user, product: sketch.product, device, version, opened, what, origin, details });
        }
        Ok(())
    }

    fn never_gives_up(&self, group: usize) -> Diagnostic {
        let problem = Diagnostic::new(format!("denied {} times in a row, and tried again", limits::ATTEMPTS));
        let problem = problem.help("give up at some time: `if denial.attempt > 3 { return; }`");
        match &self.casting[group] {
            Some(casting) => problem.at(&place_of_function(casting.source, "denied")),
            None => problem,
        }
    }

    /// Adds whose day it was, and how to have it again.
    fn told(&self, mut problem: Diagnostic, replication: u32, user: UserId, day: Day) -> Diagnostic {
        let (name, seed) = (&self.scenario.users[user.index()].name, self.seed);
        problem.message += &format!(" ({name} on {day}, seed {seed}, replication {replication})");
        problem.draws = Some(Box::new(Draws { seed, replication, again: None }));
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
    /// `denied`, likewise.
    denied: Option<Program>,
    may_leave: bool,
    reacts: bool,
}

/// A function of a script that is called, with what it is about.
#[derive(Clone, Copy)]
enum Hook<'d> {
    Day,
    Denied(&'d Denial, Call),
}

fn add_new(all: &mut Vec<Diagnostic>, more: Vec<Diagnostic>) {
    for diagnostic in more {
        if !all.contains(&diagnostic) {
            all.push(diagnostic);
        }
    }
}
