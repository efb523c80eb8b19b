use super::avoidable::Suspects;
use super::outcome::Tally;
use super::{Days, Outcome};
use crate::behaviour::{Library, Planned, Planner, Until};
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::ids::{IdentityId, ProductId, UserId};
use crate::keys::mix;
use crate::ledger::PostingKind;
use crate::meter::{Cause, Entry, Meter, Open, PackChange};
use crate::queue::{Opened, Queue};
use crate::scenario::{Scenario, Setup};
use crate::time::{Instant, Span};
use crate::usage_log::{Logged, Use, idle_within};

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
    /// By user: sessions that are open until the same product is opened next.
    left_open: Vec<Vec<LeftOpen>>,
    suspects: Suspects,
}

#[derive(Clone, Copy)]
struct LeftOpen {
    product: ProductId,
    opened: Opened,
    /// Its place in the trace.
    traced: usize,
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
            left_open: vec![Vec::new(); scenario.users.len()],
            suspects: Suspects::new(scenario.users.len()),
        }
    }

    /// The planner, which knows the names of devices and versions.
    pub fn planner(&self) -> &Planner<'a> {
        &self.planner
    }

    /// Simulates the horizon once; a script that fails fails the replication.
    pub fn run(&mut self, number: u32, mut trace: Option<&mut Trace>) -> Result<Outcome, Box<Diagnostic>> {
        self.queue.reset(team_seed(self.seed, number));
        self.planned.clear();
        self.left_open.iter_mut().for_each(Vec::clear);
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
                if self.is_there(&planned) {
                    self.open(&planned, &mut tally, &mut trace);
                }
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
            && self.scenario.users[planned.user.index()].is_there(planned.opened)
    }

    /// Everybody plans the same civil day, before it begins anywhere.
    fn plan(&mut self, number: u32, day: Day) -> Result<(), Box<Diagnostic>> {
        for user in (0..self.scenario.users.len()).map(UserId::from_index) {
            self.planner.plan(number, user, day, &mut self.planned)?;
        }
        self.planned.sort_by_key(|planned| planned.opened);
        Ok(())
    }

    fn open(&mut self, planned: &Planned, tally: &mut Tally<'_>, trace: &mut Option<&mut Trace>) {
        let at = planned.opened;
        // Renewals up to here find what was left open still open.
        self.queue.advance(at - Span::from_seconds(1));
        self.read(tally, trace);
        self.suspects.opened(planned.user, planned.product, at, |suspect| tally.avoided(suspect));
        self.close_what_was_left_open(planned, trace);
        let closed = match planned.closed {
            Until::At(closed) => Some(closed),
            Until::NextOpen => None,
        };
        let open = Open {
            user: planned.user,
            product: planned.product,
            device: planned.device,
            version: planned.version,
            identity: IdentityId(0),
            online: true,
            supported: true,
            idle_aware: self.scenario.idle_aware(planned.product, self.planner.version_name(planned.version)),
        };
        let idle = idle_within(at, closed, planned.idle.clone());
        let opened = self.queue.open(at, open, closed, &idle);
        let traced = trace.as_mut().map_or(0, |trace| {
            let closed = closed.filter(|closed| *closed < self.scenario.end);
            trace.sessions.push(Logged { opened: at, open, what: Use::Session { closed, idle } });
            trace.sessions.len() - 1
        });
        if let (Until::NextOpen, Some(opened)) = (planned.closed, opened) {
            self.left_open[planned.user.index()].push(LeftOpen { product: planned.product, opened, traced });
        }
        self.read(tally, trace);
    }

    fn close_what_was_left_open(&mut self, planned: &Planned, trace: &mut Option<&mut Trace>) {
        let left_open = &mut self.left_open[planned.user.index()];
        for left in left_open.iter().filter(|left| left.product == planned.product) {
            self.queue.close(planned.opened, left.opened);
            if let Some(trace) = trace {
                trace.sessions[left.traced].close(planned.opened);
            }
        }
        left_open.retain(|left| left.product != planned.product);
    }

    fn close_day(&mut self, place: usize, tally: &mut Tally<'_>, trace: &mut Option<&mut Trace>) {
        self.queue.advance(self.days.end(place) - Span::from_seconds(1));
        self.read(tally, trace);
        tally.close_day(place, self.queue.ledger());
    }

    /// Whether what pays for a charge was left open.
    fn is_left_open(&self, cause: &Cause) -> bool {
        self.left_open[cause.user.index()].iter().any(|left| Some(left.opened.session) == cause.session)
    }

    fn read(&mut self, tally: &mut Tally<'_>, trace: &mut Option<&mut Trace>) {
        tally.read(&self.queue.journal.entries);
        for entry in &self.queue.journal.entries {
            if let Entry::Pack(PackChange { at, posting, cause: Some(cause), .. }) = entry
                && posting.kind == PostingKind::Burn
            {
                let left_open = self.is_left_open(cause);
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

/// What `team_choice: random` draws from in one replication.
pub fn team_seed(seed: u64, replication: u32) -> u64 {
    mix(&[seed, u64::from(replication)])
}
