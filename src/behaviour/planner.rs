//! Plans people's days, one call for each user and day.

use super::compile::Hook;
use super::draft::{Desk, Draft};
use super::engine::for_days;
use super::failure::place_of_function;
use super::knowledge::{knowledge, names};
use super::library::{Binding, Library, Script};
use super::limits;
use super::lots::Lots;
use super::names::Names;
use super::noted::{Author, Note};
use super::place::Place;
use super::planned::{Call, Denial, Origin, Planned, Reaction};
use super::redraw::Redraw;
use super::streams::Drawer;
use super::troupe::Troupe;
use crate::calendar::{Day, Zone};
use crate::diagnostic::{Diagnostic, Draws};
use crate::ids::{DeviceId, UserId, VersionId};
use crate::scenario::{Group, Scenario};
use crate::time::{Instant, Span};

/// The scripts of a library, compiled for one thread.
///
/// The ids of devices and versions are numbered in the order in which this planner met them in a replication: they
/// tell a user's devices apart, and mean nothing to another planner.
pub struct Planner<'a> {
    scenario: &'a Scenario,
    seed: u64,
    troupe: Troupe<'a>,
    redraw: Redraw<'a>,
    /// By group.
    casting: Vec<Option<Casting>>,
    /// By user.
    keys: Vec<u64>,
    /// By user: the group.
    groups: Vec<u32>,
    /// Whether anybody may leave, or go home, while something is open.
    anybody_leaves: bool,
    /// What the day at hand is planned on.
    desk: Box<Desk>,
    devices: Names,
    versions: Names,
    /// What scripts noted.
    noted: Vec<Note>,
}

/// Who of the troupe plays a group.
#[derive(Clone, Copy)]
struct Casting {
    member: usize,
    may_leave: bool,
    reacts: bool,
}

impl Casting {
    fn leaves(self) -> bool {
        self.may_leave || self.reacts
    }
}

impl<'a> Planner<'a> {
    /// A planner of a scenario's people, whose draws hang on the seed.
    pub fn new(library: &'a Library, scenario: &'a Scenario, seed: u64) -> Planner<'a> {
        let names = names(library);
        let bindings: Vec<Option<&Binding>> = scenario.groups.iter().map(|group| binding(library, group)).collect();
        let knowledge = bindings.iter().map(|binding| knowledge(library, *binding, &names)).collect();
        let mut members = 0..;
        let casting = bindings.iter().map(|binding| {
            let Script { may_leave, reacts, .. } = library.scripts[(*binding)?.script];
            Some(Casting { member: members.next()?, may_leave, reacts })
        });
        let casting: Vec<Option<Casting>> = casting.collect();
        Planner {
            scenario,
            seed,
            anybody_leaves: casting.iter().flatten().any(|casting| casting.leaves()),
            casting,
            redraw: Redraw::new(
                library,
                (0..).zip(&bindings).filter_map(|(group, binding)| Some((group, (*binding)?))),
            ),
            troupe: Troupe::new(library, &bindings.into_iter().flatten().collect::<Vec<_>>(), for_days),
            keys: scenario.users.iter().map(|user| user.key).collect(),
            groups: scenario.users.iter().map(|user| user.group).collect(),
            desk: Box::new(Desk::new(scenario, &library.names.products, knowledge)),
            devices: Names::default(),
            versions: Names::default(),
            noted: Vec::new(),
        }
    }

    /// What the compiler left to Rhai's engine, and why: each place once.
    pub fn notes(&self) -> &[Diagnostic] {
        &self.troupe.notes
    }

    /// What can't go well in the scripts, whatever is drawn.
    pub fn mistakes(&self) -> &[Diagnostic] {
        &self.troupe.mistakes
    }

    /// Says where the values of uncertain parameters come from, rather than from the seed.
    pub fn set_lots(&mut self, lots: Lots) {
        self.redraw.lots = lots;
    }

    /// Draws what is uncertain for a replication. Before this is first called, everything has its median.
    pub fn draw(&mut self, replication: u32) {
        self.redraw.draw(self.seed, replication, &mut self.desk, &mut self.troupe);
    }

    /// A replication begins: nobody carries anything from another, and no device or version is known.
    pub fn reset(&mut self) {
        self.desk.carried.reset();
        self.devices.clear();
        self.versions.clear();
    }

    /// Says whether what scripts note is kept, to be taken.
    pub fn keep_notes(&mut self, keep: bool) {
        self.desk.draft.notes.are_kept = keep;
    }

    /// Takes what scripts have noted.
    pub fn take_notes(&mut self) -> Vec<Note> {
        std::mem::take(&mut self.noted)
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
        let outcome = self.call(group, None).and_then(|()| self.take(user, origin, Instant::MIN, sessions));
        let outcome = outcome.map_err(|problem| self.in_hook(problem, group, Hook::Day));
        // Days before the start are planned because they may reach into the horizon elsewhere; what is carried begins with it.
        if day < self.scenario.first_day {
            self.desk.carried.begin_with(user.index());
        }
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
        let outcome = self.call(group, Some((denial, call))).and_then(|()| {
            if origin.attempt >= limits::ATTEMPTS && !self.desk.draft.sessions.is_empty() {
                return Err(never_gives_up());
            }
            let origin = Origin { plan: call.plan, attempt: origin.attempt + 1, ..origin };
            self.take(user, origin, at + Span::from_seconds(1), sessions)
        });
        let outcome = outcome.map_err(|problem| self.in_hook(problem, group, Hook::Denied));
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
        self.casting(user).is_some_and(|casting| casting.reacts)
    }

    /// Whether a user may leave, or go home, while something is open.
    pub fn may_leave(&self, user: UserId) -> bool {
        self.anybody_leaves && self.casting(user).is_some_and(Casting::leaves)
    }

    fn casting(&self, user: UserId) -> Option<Casting> {
        self.casting[self.groups[user.index()] as usize]
    }

    /// Puts a user's day on the desk; gives the user's group.
    #[inline]
    fn begin(&mut self, replication: u32, user: UserId, day: Day) -> usize {
        let group = self.groups[user.index()] as usize;
        let drawer = Drawer { seed: self.seed, replication, user: self.keys[user.index()] };
        self.desk.begin(user.index(), drawer, group, day);
        group
    }

    /// Calls a hook of a group's script, for what lies on the desk.
    #[inline]
    fn call(&mut self, group: usize, denial: Option<(&Denial, Call)>) -> Result<(), Diagnostic> {
        let Some(Casting { member, .. }) = self.casting[group] else { return Ok(()) };
        self.desk.carried.begin();
        let hook = if denial.is_some() { Hook::Denied } else { Hook::Day };
        self.troupe.call(&mut self.desk, member, hook, |desk| {
            let Draft { user, drawer, day, .. } = desk.draft;
            desk.begin(user, drawer, group, day);
            desk.carried.begin_again(user);
            if let Some((denial, call)) = denial {
                desk.go_on(denial, call);
            }
        })
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
    #[inline]
    fn take(
        &mut self,
        user: UserId,
        origin: Origin,
        earliest: Instant,
        sessions: &mut Vec<Planned>,
    ) -> Result<(), Diagnostic> {
        self.desk.take_notes(Author::User(user), &mut self.noted);
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

    /// A problem of what a hook planned, which has no place yet.
    fn in_hook(&self, problem: Diagnostic, group: usize, hook: Hook) -> Diagnostic {
        match &self.casting[group] {
            Some(casting) if problem.place.is_none() => {
                problem.at(&place_of_function(self.troupe.source(casting.member), hook.name()))
            }
            _ => problem,
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

fn never_gives_up() -> Diagnostic {
    let problem = Diagnostic::new(format!("denied {} times in a row, and tried again", limits::ATTEMPTS));
    problem.help("give up at some time: `if denial.attempt > 3 { return; }`")
}

fn binding<'a>(library: &'a Library, group: &Group) -> Option<&'a Binding> {
    group.behaviour.as_ref().and_then(|_| library.bindings.get(&group.name))
}
