//! Plans people's days, one call for each user and day.

use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, CallFnOptions, Dynamic, Engine, ImmutableString, Scope};

use super::carried::register_state;
use super::declare::Declared;
use super::denial::Refusal;
use super::draft::{Act, Desk, Knowledge, Sketch};
use super::engine::for_days;
use super::failure::{place_of_function, raised};
use super::kinds::Value;
use super::library::{Binding, Library, Script};
use super::limits;
use super::person::{Me, register_name};
use super::planned::{Call, Denial, Details, Origin, Planned, Reaction, Results, Until, What};
use super::streams::Drawer;
use super::today::Today;
use crate::calendar::{Clock, Day};
use crate::diagnostic::{Diagnostic, Source};
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
    engine: Engine,
    /// By group.
    casting: Vec<Option<Casting<'a>>>,
    /// By user.
    keys: Vec<u64>,
    desk: Rc<Desk>,
    scope: Scope<'static>,
    devices: Names,
    versions: Names,
}

impl<'a> Planner<'a> {
    /// A planner of a scenario's people, whose draws hang on the seed.
    pub fn new(library: &'a Library, scenario: &'a Scenario, seed: u64) -> Planner<'a> {
        let names = names(library);
        let bindings: Vec<Option<&Binding>> = scenario.groups.iter().map(|group| binding(library, group)).collect();
        let knowledge = bindings.iter().map(|binding| knowledge(library, *binding, &names)).collect();
        let desk = Rc::new(Desk::new(scenario, &library.products, knowledge));
        let mut engine = for_days(&desk);
        for (index, name) in names.iter().enumerate() {
            register_name(&mut engine, &desk, name, index);
            register_state(&mut engine, &desk, name, index);
        }
        let scripts = bindings.iter().map(|binding| binding.map(|binding| Casting::new(library, binding, &engine)));
        Planner {
            scenario,
            seed,
            casting: scripts.collect(),
            keys: scenario.users.iter().map(|user| name_key(&user.name)).collect(),
            engine,
            desk,
            scope: Scope::new(),
            devices: Names::default(),
            versions: Names::default(),
        }
    }

    /// A replication begins: nobody carries anything from another.
    pub fn reset(&mut self) {
        self.desk.carried.borrow_mut().reset();
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
            self.desk.carried.borrow_mut().note(user.index());
        }
        let outcome = self.call(group, "day", Dynamic::from(Today));
        let origin = Origin { day, plan: 0, attempt: 1, clock: 0 };
        let outcome = outcome.and_then(|()| self.take(user, origin, Instant::MIN, sessions));
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
            self.desk.carried.borrow_mut().turn_back(user.index());
        }
        let outcome = self.call(group, "denied", Dynamic::from(Refusal)).and_then(|()| {
            if origin.attempt >= limits::ATTEMPTS && !self.desk.draft.borrow().sessions.is_empty() {
                return Err(self.never_gives_up(group));
            }
            let origin = Origin { plan: call.plan, attempt: origin.attempt + 1, ..origin };
            self.take(user, origin, at + Span::from_seconds(1), sessions)
        });
        outcome.map_err(|problem| Box::new(self.told(problem, replication, user, origin.day)))?;
        let mut carried = self.desk.carried.borrow_mut();
        if turns_back && !carried.changed {
            carried.turn_back(user.index());
        }
        Ok(Reaction { goes_home: self.desk.draft.borrow().goes_home, carries_on: turns_back && carried.changed })
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

    /// The name of a device; empty for id 0, the unnamed one.
    pub fn device_name(&self, device: DeviceId) -> &str {
        self.devices.name(device.index())
    }

    /// The name of a version; empty for id 0, the unnamed one.
    pub fn version_name(&self, version: VersionId) -> &str {
        self.versions.name(version.index())
    }

    /// Puts a user's day on the desk; gives the user's group.
    fn begin(&self, replication: u32, user: UserId, day: Day) -> usize {
        let group = self.scenario.users[user.index()].group as usize;
        let drawer = Drawer { seed: self.seed, replication, user: self.keys[user.index()] };
        self.desk.begin(user.index(), drawer, group, day);
        group
    }

    /// Calls a hook of a group's script.
    fn call(&mut self, group: usize, hook: &str, about: Dynamic) -> Result<(), Diagnostic> {
        let Some(casting) = &self.casting[group] else { return Ok(()) };
        let options = CallFnOptions::new().eval_ast(false);
        let arguments = (Dynamic::from(Me), about);
        let (scope, source) = (&mut self.scope, casting.source);
        let called = self.engine.call_fn_with_options::<Dynamic>(options, scope, &casting.ast, hook, arguments);
        called.map(drop).map_err(|error| raised(*error, source, || place_of_function(source, hook)))
    }

    /// Turns the sessions on the desk into planned ones, none before an instant.
    fn take(
        &mut self,
        user: UserId,
        origin: Origin,
        earliest: Instant,
        sessions: &mut Vec<Planned>,
    ) -> Result<(), Diagnostic> {
        let draft = self.desk.draft.borrow();
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
        problem
    }
}

fn binding<'a>(library: &'a Library, group: &Group) -> Option<&'a Binding> {
    group.behaviour.as_ref().and_then(|_| library.bindings.get(&group.name))
}

/// The script of a group, compiled with the group's values.
struct Casting<'a> {
    source: &'a Arc<Source>,
    ast: AST,
    may_leave: bool,
    reacts: bool,
}

impl<'a> Casting<'a> {
    fn new(library: &'a Library, binding: &Binding, engine: &Engine) -> Casting<'a> {
        let Script { source, may_leave, reacts, .. } = &library.scripts[binding.script];
        let ast = engine.compile(&source.text).expect("a script in the library compiles");
        Casting { source, ast: ast.clone_functions_only(), may_leave: *may_leave, reacts: *reacts }
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

/// Where the times of a sketch belong.
struct Place<'a> {
    clock: &'a Clock,
    day: Day,
    earliest: Instant,
}

impl Place<'_> {
    fn instant(&self, seconds: i64) -> Instant {
        self.clock.instant(self.day, seconds).max(self.earliest)
    }

    /// What a sketch means; a clock change can't put a close before its open.
    fn what(&self, sketch: &Sketch) -> What {
        match (sketch.act, sketch.until) {
            (Act::Opens, Some(until)) => What::Session(Until::At(self.instant(until).max(self.instant(sketch.from)))),
            (Act::Opens, None) => What::Session(Until::NextOpen),
            (Act::Orders, _) => What::Results,
            (Act::Leaves, _) => What::Leaves,
            (Act::Joins, _) => What::Joins,
        }
    }

    fn details(&self, sketch: &Sketch) -> Option<Box<Details>> {
        let Sketch { act, idle, offline, identity, quantity, failed, .. } = sketch;
        if *act != Act::Orders && idle.is_empty() && !offline && identity.is_none() {
            return None;
        }
        let ordered = self.instant(sketch.from);
        Some(Box::new(Details {
            idle: idle.iter().map(|(from, until)| (self.instant(*from), self.instant(*until))).collect(),
            offline: *offline,
            identity: identity.as_ref().map(ToString::to_string),
            results: Results {
                quantity: *quantity,
                failed: failed.map(|(at, quantity)| (self.instant(at).max(ordered), quantity)),
            },
        }))
    }
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
