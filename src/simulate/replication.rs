use std::ops::Range;

use super::agenda::Agenda;
use super::apart::Apart;
use super::avoidable::{Suspect, Suspects};
use super::buying::Buying;
use super::denials::denials;
use super::outcome::Tally;
use super::reactions::Reactions;
use super::still_open::OpenSessions;
use super::trace::Trace;
use super::{Days, Outcome, Usage};
use crate::behaviour::{Denial, Library, Lots, Planned, Planner};
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::ids::UserId;
use crate::keys::mix;
use crate::ledger::PostingKind;
use crate::meter::{Entry, Meter, PackChange};
use crate::queue::Queue;
use crate::scenario::{Names, Scenario, Setup};
use crate::time::{Instant, Span};

/// One thread's replications, one after the other in the same memory.
pub struct Replication<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) setup: &'a Setup,
    pub(super) days: &'a Days,
    pub(super) seed: u64,
    pub(super) planner: Planner<'a>,
    pub(super) buying: Buying<'a>,
    pub(super) queue: Queue<'a>,
    pub(super) agenda: Agenda,
    pub(super) open: OpenSessions,
    /// Whether everybody is there all the time, unless they leave by their script.
    nobody_is_away: bool,
    /// By user: whether they have left.
    pub(super) gone: Vec<bool>,
    /// Where anybody reacts to denials.
    pub(super) reactions: Option<Reactions>,
    /// The number of the replication.
    pub(super) number: u32,
    /// The day planned last.
    pub(super) today: Day,
    /// The place of the first day of the horizon that isn't over.
    pub(super) day_place: usize,
    pub(super) identities: Names,
    pub(super) suspects: Suspects,
    /// What is planned for the instant that it has come to.
    at_once: Vec<Planned>,
    pub(super) apart: Apart,
    usage: Usage,
}

/// When a civil day begins in the zone furthest ahead of UTC.
pub(super) fn begins_somewhere(day: Day) -> Instant {
    Instant::from_seconds(i64::from(day.number()) * Span::DAY.seconds()) - Span::from_seconds(14 * 3600)
}

impl<'a> Replication<'a> {
    /// Compiles the scripts and sets the meter up.
    pub fn new(scenario: &'a Scenario, setup: &'a Setup, library: &'a Library, days: &'a Days, seed: u64) -> Self {
        let meter = Meter::new(setup.roster.clone(), scenario.rules.clone(), seed);
        let planner = Planner::new(library, scenario, seed);
        Replication {
            scenario,
            setup,
            days,
            seed,
            reactions: planner.anybody_reacts().then(|| Reactions::new(scenario.users.len())),
            planner,
            buying: Buying::new(scenario, library, days, seed),
            queue: Queue::new(meter, &setup.timeline),
            number: 0,
            today: scenario.first_day,
            day_place: 0,
            agenda: Agenda::default(),
            open: OpenSessions::new(scenario.users.len()),
            nobody_is_away: scenario.users.iter().all(|user| user.away.is_empty()),
            gone: vec![false; scenario.users.len()],
            identities: setup.identities.clone(),
            suspects: Suspects::new(scenario.users.len()),
            at_once: Vec::new(),
            apart: Apart::new(scenario),
            usage: Usage::new(scenario.users.len()),
        }
    }

    /// The same, with the values of uncertain parameters from elsewhere than the seed.
    pub fn with(mut self, lots: Lots) -> Self {
        self.planner.set_lots(lots);
        self.buying.set_lots(lots);
        self
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
    pub fn run(&mut self, number: u32, trace: Option<&mut Trace>) -> Result<Outcome, Box<Diagnostic>> {
        let mut usage = std::mem::take(&mut self.usage);
        let apart = if trace.is_none() { self.play_apart(number, &mut usage) } else { None };
        let outcome = apart.map_or_else(|| self.play(number, &mut usage, trace), Ok);
        self.usage = usage;
        outcome
    }

    /// What each user used in the replication that was run last.
    pub fn usage(&self) -> &Usage {
        &self.usage
    }

    /// In the order of the clock.
    fn play(
        &mut self,
        number: u32,
        usage: &mut Usage,
        mut trace: Option<&mut Trace>,
    ) -> Result<Outcome, Box<Diagnostic>> {
        self.reset(number, trace.is_some());
        let mut tally = Tally::new(self.scenario, self.setup, self.days, usage);
        self.start_day(&mut tally, &mut trace)?;
        for day in self.scenario.days_somewhere() {
            self.live_day(day, 0..self.scenario.users.len(), &mut tally, &mut trace)?;
        }
        self.finish(tally, trace)
    }

    /// Some users plan a civil day, and live until the next one begins somewhere.
    pub(super) fn live_day(
        &mut self,
        day: Day,
        users: Range<usize>,
        tally: &mut Tally<'_>,
        trace: &mut Option<&mut Trace>,
    ) -> Result<(), Box<Diagnostic>> {
        self.plan(day, users)?;
        if let Some(trace) = trace {
            trace.notes.append(&mut self.planner.take_notes());
        }
        self.live(begins_somewhere(day.plus(1)), tally, trace)
    }

    pub(super) fn finish(
        &mut self,
        mut tally: Tally<'_>,
        mut trace: Option<&mut Trace>,
    ) -> Result<Outcome, Box<Diagnostic>> {
        self.live(Instant::MAX, &mut tally, &mut trace)?;
        tally.ordered(self.buying.orders());
        if let Some(trace) = &mut trace {
            trace.orders.extend_from_slice(self.buying.orders());
            trace.finish(self.scenario);
        }
        self.suspects.finish(self.scenario.end, |suspect| avoided(suspect, &mut tally, &mut trace));
        Ok(tally.finish())
    }

    pub(super) fn reset(&mut self, number: u32, is_traced: bool) {
        (self.number, self.day_place) = (number, 0);
        self.queue.reset(team_seed(self.seed, number));
        self.planner.reset();
        self.planner.draw(number);
        self.planner.keep_notes(is_traced);
        self.buying.begin(number, is_traced);
        self.identities.clone_from(&self.setup.identities);
        self.agenda.clear();
        self.apart.clear();
        self.open.clear();
        self.gone.fill(false);
        self.suspects.clear();
        if let Some(reactions) = &mut self.reactions {
            reactions.clear();
        }
    }

    /// Does all that is planned, and ends the days of the horizon, before an instant.
    fn live(
        &mut self,
        limit: Instant,
        tally: &mut Tally<'_>,
        trace: &mut Option<&mut Trace>,
    ) -> Result<(), Box<Diagnostic>> {
        loop {
            let day_end = self.days.ends().get(self.day_place).copied().unwrap_or(Instant::MAX);
            let next = self.agenda.next().min(day_end);
            if next >= limit {
                return Ok(());
            }
            // Who is denied a renewal before it may plan what comes first.
            if next <= self.scenario.end && self.pass(next, tally, trace)? {
                continue;
            }
            if next == day_end {
                self.day_place += 1;
                self.start_day(tally, trace)?;
            } else {
                self.do_all_of(next, tally, trace)?;
            }
        }
    }

    /// Does all that is planned for an instant before which there is nothing.
    fn do_all_of(
        &mut self,
        at: Instant,
        tally: &mut Tally<'_>,
        trace: &mut Option<&mut Trace>,
    ) -> Result<(), Box<Diagnostic>> {
        let (queue, suspects) = (&self.queue, &self.suspects);
        let mut at_once = std::mem::take(&mut self.at_once);
        let foresee = |planned: &Planned| {
            queue.foresee_open(planned.user, planned.product);
            suspects.foresee(planned.user);
        };
        while let Some(planned) = self.agenda.take(at, foresee) {
            at_once.push(planned);
        }
        let outcome = self.act(&at_once, tally, trace);
        at_once.clear();
        self.at_once = at_once;
        outcome
    }

    /// Buyers look at the market as a day of the horizon begins.
    fn start_day(&mut self, tally: &mut Tally<'_>, trace: &mut Option<&mut Trace>) -> Result<(), Box<Diagnostic>> {
        if self.buying.is_idle() || self.day_place == self.days.count() {
            return Ok(());
        }
        self.queue.begin_at(self.days.start(self.day_place));
        self.hear(None, tally, trace)?;
        self.buying.day(self.number, self.day_place, &mut self.queue, tally)?;
        if let Some(trace) = trace {
            trace.notes.append(&mut self.buying.take_notes());
        }
        Ok(())
    }

    /// Whether the session opens within the horizon, and while its user is there: who has left, or hasn't joined yet, opens nothing.
    pub(super) fn is_there(&self, planned: &Planned) -> bool {
        (self.scenario.start..self.scenario.end).contains(&planned.opened)
            && !self.gone[planned.user.index()]
            && (self.nobody_is_away || self.scenario.users[planned.user.index()].is_there(planned.opened))
    }

    /// All of some users plan the same civil day, before it begins anywhere.
    fn plan(&mut self, day: Day, users: Range<usize>) -> Result<(), Box<Diagnostic>> {
        self.today = day;
        let mut planned = Vec::new();
        for user in users.map(UserId::from_index) {
            self.planner.plan(self.number, user, day, &mut planned)?;
            self.agenda.add(&mut planned);
        }
        Ok(())
    }

    /// Does all that happens by itself before an instant, or until somebody has reacted to it: whether anybody has.
    pub(super) fn pass(
        &mut self,
        at: Instant,
        tally: &mut Tally<'_>,
        trace: &mut Option<&mut Trace>,
    ) -> Result<bool, Box<Diagnostic>> {
        while self.reactions.is_some() && self.queue.next_due() < at {
            self.queue.advance(self.queue.next_due());
            if self.hear(None, tally, trace)? {
                return Ok(true);
            }
        }
        self.queue.advance(at - Span::from_seconds(1));
        self.hear(None, tally, trace)
    }

    /// Hears what the meter said, and reacts to denials, `planned` being what was asked: whether anybody has reacted.
    pub(super) fn hear(
        &mut self,
        planned: Option<&Planned>,
        tally: &mut Tally<'_>,
        trace: &mut Option<&mut Trace>,
    ) -> Result<bool, Box<Diagnostic>> {
        self.read(tally, trace);
        let denials = match self.reactions {
            Some(_) => denials(&self.queue.journal.entries, planned, &self.open),
            None => Vec::new(),
        };
        self.queue.journal.clear();
        let mut reacted = false;
        for denial in denials {
            if self.planner.reacts(denial.user) {
                self.react(&denial, trace)?;
                reacted = true;
            }
        }
        Ok(reacted)
    }

    /// Has a user's script say what follows a denial.
    fn react(&mut self, denial: &Denial, trace: &mut Option<&mut Trace>) -> Result<(), Box<Diagnostic>> {
        let (user, day, today) = (denial.user, denial.origin.day, self.today);
        let Some(reactions) = &mut self.reactions else { return Ok(()) };
        let call = reactions.deny(user, day);
        // A later day that has been planned, and hasn't begun, hangs on what the user carries from here.
        let turns_back = day < today && !reactions.has_begun(user, today);
        let mut plans = Vec::new();
        let reaction = self.planner.denied(self.number, denial, call, turns_back, &mut plans)?;
        reactions.planned(user, day, plans.len());
        if reaction.goes_home {
            reactions.drop_before(user, day, call.plan);
        }
        if reaction.carries_on {
            if let Some(trace) = trace.as_deref_mut() {
                trace.drop_notes(user, today);
            }
            let (plan, place) = (reactions.plan_again(user, today), plans.len());
            self.planner.plan(self.number, user, today, &mut plans)?;
            plans[place..].iter_mut().for_each(|planned| planned.origin.plan = plan);
        }
        if let Some(trace) = trace {
            trace.notes.append(&mut self.planner.take_notes());
        }
        self.agenda.add(&mut plans);
        if reaction.goes_home {
            self.close_all(user, denial.at + Span::from_seconds(1), trace);
        }
        Ok(())
    }

    fn read(&mut self, tally: &mut Tally<'_>, trace: &mut Option<&mut Trace>) {
        tally.enter(self.queue.origins(), |number| self.buying.place(number));
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
    }
}

/// A charge turned out avoidable.
pub(super) fn avoided(suspect: &Suspect, tally: &mut Tally<'_>, trace: &mut Option<&mut Trace>) {
    tally.avoided(suspect);
    if let Some(trace) = trace {
        trace.avoided.push(suspect.avoided());
    }
}

/// What `team_choice: random` draws from in one replication.
pub fn team_seed(seed: u64, replication: u32) -> u64 {
    mix(&[seed, u64::from(replication)])
}
