use super::avoidable::Suspects;
use super::outcome::Tally;
use super::still_open::{OpenSessions, StillOpen};
use super::{Days, Outcome};
use crate::behaviour::{Library, Planned, Planner, Results, Until, What};
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::ids::UserId;
use crate::keys::mix;
use crate::ledger::PostingKind;
use crate::meter::{Entry, Meter, Open, PackChange};
use crate::queue::Queue;
use crate::scenario::{Names, Scenario, Setup, identity};
use crate::time::{Instant, Span};
use crate::usage_log::{Failed, Logged, Use, idle_within};

/// One thread's replications, one after the other in the same memory.
pub struct Replication<'a> {
    scenario: &'a Scenario,
    setup: &'a Setup,
    days: &'a Days,
    seed: u64,
    planner: Planner<'a>,
    queue: Queue<'a>,
    /// Planned and not opened yet.
    planned: Vec<Planned>,
    open: OpenSessions,
    /// By user: whether they have left.
    gone: Vec<bool>,
    identities: Names,
    suspects: Suspects,
}

/// All that one replication did: the sessions it opened, as a log would hold them, and what the meter said.
#[derive(Debug, Default)]
pub struct Trace {
    /// In the order of opening; without a close where the session was still open at the end, or never granted.
    pub sessions: Vec<Logged>,
    /// In the order of the core.
    pub entries: Vec<Entry>,
}

/// The zone furthest ahead of UTC: there a civil day begins so long before it does in UTC.
const FURTHEST_AHEAD: Span = Span::from_seconds(14 * 3600);

impl<'a> Replication<'a> {
    /// Compiles the scripts and sets the meter up.
    pub fn new(scenario: &'a Scenario, setup: &'a Setup, library: &'a Library, days: &'a Days, seed: u64) -> Self {
        let meter = Meter::new(setup.roster.clone(), scenario.rules.clone(), seed);
        Replication {
            scenario,
            setup,
            days,
            seed,
            planner: Planner::new(library, scenario, seed),
            queue: Queue::new(meter, &setup.timeline),
            planned: Vec::new(),
            open: OpenSessions::new(scenario.users.len()),
            gone: vec![false; scenario.users.len()],
            identities: setup.identities.clone(),
            suspects: Suspects::new(scenario.users.len()),
        }
    }

    /// The planner, which knows the names of devices and versions.
    pub fn planner(&self) -> &Planner<'a> {
        &self.planner
    }

    /// The names of sign-ins.
    pub fn identities(&self) -> &Names {
        &self.identities
    }

    /// Simulates the horizon once; a script that fails fails the replication.
    pub fn run(&mut self, number: u32, mut trace: Option<&mut Trace>) -> Result<Outcome, Box<Diagnostic>> {
        self.queue.reset(team_seed(self.seed, number));
        self.planner.reset();
        self.planned.clear();
        self.open.clear();
        self.gone.fill(false);
        self.suspects.clear();
        let mut tally = Tally::new(self.scenario, self.setup, self.days);
        let mut day_place = 0;
        for day in self.scenario.days_somewhere() {
            self.plan(number, day)?;
            let next_day = Instant::from_seconds(i64::from(day.number() + 1) * Span::DAY.seconds()) - FURTHEST_AHEAD;
            let ready = self.planned.partition_point(|planned| planned.opened < next_day);
            for place in 0..ready {
                let planned = self.planned[place].clone();
                while day_place < self.days.count() && planned.opened >= self.days.end(day_place) {
                    self.close_day(day_place, &mut tally, &mut trace);
                    day_place += 1;
                }
                self.act(&planned, &mut tally, &mut trace);
            }
            self.planned.drain(..ready);
        }
        for place in day_place..self.days.count() {
            self.close_day(place, &mut tally, &mut trace);
        }
        self.suspects.finish(self.scenario.end, |suspect| tally.avoided(suspect));
        Ok(tally.finish())
    }

    /// Whether the session opens within the horizon, and while its user is there: who has left, or hasn't joined yet, opens nothing.
    fn is_there(&self, planned: &Planned) -> bool {
        (self.scenario.start..self.scenario.end).contains(&planned.opened)
            && !self.gone[planned.user.index()]
            && self.scenario.users[planned.user.index()].is_there(planned.opened)
    }

    /// Everybody plans the same civil day, before it begins anywhere.
    fn plan(&mut self, number: u32, day: Day) -> Result<(), Box<Diagnostic>> {
        for user in (0..self.scenario.users.len()).map(UserId::from_index) {
            self.planner.plan(number, user, day, &mut self.planned)?;
        }
        self.planned.sort_by_key(Planned::place);
        Ok(())
    }

    fn act(&mut self, planned: &Planned, tally: &mut Tally<'_>, trace: &mut Option<&mut Trace>) {
        match planned.what {
            What::Session(until) if self.is_there(planned) => self.open(planned, until, tally, trace),
            What::Results if self.is_there(planned) => self.order(planned, tally, trace),
            What::Session(_) | What::Results => {}
            What::Leaves if planned.opened < self.scenario.end => {
                self.leave(planned.user, planned.opened, tally, trace);
            }
            What::Leaves => {}
            What::Joins => self.gone[planned.user.index()] = false,
        }
    }

    fn open(&mut self, planned: &Planned, until: Until, tally: &mut Tally<'_>, trace: &mut Option<&mut Trace>) {
        let at = planned.opened;
        // Renewals up to here find what was left open still open.
        self.pass(at, tally, trace);
        self.suspects.opened(planned.user, planned.product, at, |suspect| tally.avoided(suspect));
        for left in self.open.take_left_open(planned.user, planned.product) {
            close(&mut self.queue, at, left, trace);
        }
        let closed = match until {
            Until::At(closed) => Some(closed),
            Until::NextOpen => None,
        };
        let open = self.request(planned);
        let idle = idle_within(at, closed, planned.idle().to_vec());
        let opened = self.queue.open(at, open, closed, &idle);
        let traced = trace.as_mut().map_or(0, |trace| {
            let closed = closed.filter(|closed| *closed < self.scenario.end);
            trace.add(Logged { opened: at, open, what: Use::Session { closed, idle } })
        });
        if let Some(opened) = opened
            && (until == Until::NextOpen || self.planner.may_leave(planned.user))
        {
            self.open.note(planned.user, at, StillOpen { product: planned.product, opened, until, traced });
        }
        self.read(tally, trace);
    }

    fn order(&mut self, planned: &Planned, tally: &mut Tally<'_>, trace: &mut Option<&mut Trace>) {
        let Some(Results { quantity, failed }) = planned.details.as_ref().map(|details| details.results) else {
            return;
        };
        let (opened, open) = (planned.opened, self.request(planned));
        self.queue.order(opened, open, quantity, failed);
        if let Some(trace) = trace {
            let failed = failed.filter(|failed| failed.0 < self.scenario.end);
            let failed = failed.map(|(at, quantity)| Failed { at, quantity });
            trace.add(Logged { opened, open, what: Use::Results { quantity, failed } });
        }
        self.read(tally, trace);
    }

    /// What the meter is asked.
    fn request(&mut self, planned: &Planned) -> Open {
        let details = planned.details.as_deref();
        let name = details.and_then(|details| details.identity.as_deref());
        let user = &self.scenario.users[planned.user.index()].name;
        Open {
            user: planned.user,
            product: planned.product,
            device: planned.device,
            version: planned.version,
            identity: identity(&mut self.identities, name, user),
            online: !details.is_some_and(|details| details.offline),
            supported: true,
            idle_aware: self.scenario.idle_aware(planned.product, self.planner.version_name(planned.version)),
        }
    }

    /// From here on the user opens nothing, and what is open is closed.
    fn leave(&mut self, user: UserId, at: Instant, tally: &mut Tally<'_>, trace: &mut Option<&mut Trace>) {
        self.gone[user.index()] = true;
        self.pass(at, tally, trace);
        for session in self.open.take_all(user, at) {
            close(&mut self.queue, at, session, trace);
        }
    }

    /// Does all that comes before an instant.
    fn pass(&mut self, at: Instant, tally: &mut Tally<'_>, trace: &mut Option<&mut Trace>) {
        self.queue.advance(at - Span::from_seconds(1));
        self.read(tally, trace);
    }

    fn close_day(&mut self, place: usize, tally: &mut Tally<'_>, trace: &mut Option<&mut Trace>) {
        self.pass(self.days.end(place), tally, trace);
        tally.close_day(place, self.queue.ledger());
    }

    fn read(&mut self, tally: &mut Tally<'_>, trace: &mut Option<&mut Trace>) {
        tally.read(&self.queue.journal.entries);
        for entry in &self.queue.journal.entries {
            if let Entry::Pack(PackChange { at, posting, cause: Some(cause), .. }) = entry
                && posting.kind == PostingKind::Burn
            {
                let left_open = self.open.is_left_open(cause.user, cause.session);
                let host = self.scenario.products[cause.product.index()].add_in_of;
                self.suspects.charged(cause, host, *at, posting, left_open);
            }
        }
        if let Some(trace) = trace {
            trace.entries.extend_from_slice(&self.queue.journal.entries);
        }
        self.queue.journal.clear();
    }
}

/// Closes a session otherwise than was planned.
fn close(queue: &mut Queue<'_>, at: Instant, session: StillOpen, trace: &mut Option<&mut Trace>) {
    queue.close(at, session.opened);
    if let Some(trace) = trace {
        trace.sessions[session.traced].close(at);
    }
}

impl Trace {
    /// Adds a session or an order; gives its place.
    fn add(&mut self, logged: Logged) -> usize {
        self.sessions.push(logged);
        self.sessions.len() - 1
    }
}

/// What `team_choice: random` draws from in one replication.
pub fn team_seed(seed: u64, replication: u32) -> u64 {
    mix(&[seed, u64::from(replication)])
}
