//! The rules of Flex: one pure door, [`Meter::apply`]. Events go in, decisions with their reasons come out as data.
//!
//! The meter has no clock, no random numbers and no files: every instant is handed in, and the same events give the
//! same journal, bit for bit. What becomes due by itself (packs that end, grace decisions, renewals, covers that
//! lapse) it does on the way to the next event, in the order that [`Phase`] defines.
//!
//! `open` checks and grants opens, `close` ends sessions, `charge` holds, posts and voids, `renew` decides what is still open
//! when a window or a cover ends, `idle` delays that, `result` charges cloud services, `administration` changes who may open what
//! at which rate. Rule numbers (T1, P6, E14, …) are those of rules.md.

mod administration;
mod charge;
mod choice;
mod close;
mod decisions;
mod event;
mod idle;
mod journal;
mod lists;
mod open;
mod pairs;
mod phase;
mod renew;
mod result;
mod roster;
mod rules;
mod sessions;
mod timers;

pub use decisions::Decisions;
pub use event::{Administration, Event, Open, Order};
pub use journal::{Cause, Decision, Denial, Entry, Grant, Journal, Mail, MailKind, PackChange, Short, Verdict, Window};
pub use lists::{ListId, ProductLists};
pub use phase::{Moment, Phase};
pub use result::JobId;
pub use roster::{Access, Cover, Membership, ProductTerms, Roster, TeamTerms, UserTerms};
pub use rules::{LapseWhileOpen, RenewalShortfall, Rules, SecondDevice, TeamChoice};
pub use sessions::SessionId;

use crate::ledger::{Ledger, NewPack, Posting};
use crate::time::{Instant, Span};
use crate::tokens::Tokens;
use pairs::{PairId, Pairs, Running};
use result::Jobs;
use sessions::Sessions;
use timers::{Due, Timers};

/// The metering core: who has what open, which windows run, what the packs hold.
#[derive(Clone, Debug)]
pub struct Meter {
    /// As administration has made it.
    roster: Roster,
    /// As it was at the start.
    initial: Roster,
    /// Whether administration has happened since.
    altered: bool,
    rules: Rules,
    seed: u64,
    ledger: Ledger,
    pairs: Pairs,
    sessions: Sessions,
    timers: Timers,
    jobs: Jobs,
    /// Windows that ended before they were decided: only a chain of sessions, each closed in time, as long as a window. By pair,
    /// then by age.
    overdue: Vec<(PairId, Running)>,
    /// By product: whether it is the host of an add-in.
    hosts: Vec<bool>,
    now: Instant,
    decisions: u64,
    windows: u64,
}

/// What an event began that later ones name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    /// A product was opened.
    Session(SessionId),
    /// Results were ordered that may be given back.
    Job(JobId),
}

impl Started {
    /// The session that an open began.
    pub const fn session(self) -> Option<SessionId> {
        match self {
            Started::Session(session) => Some(session),
            Started::Job(_) => None,
        }
    }

    /// The job that an order began.
    pub const fn job(self) -> Option<JobId> {
        match self {
            Started::Session(_) => None,
            Started::Job(job) => Some(job),
        }
    }
}

impl Meter {
    /// A meter without packs. `seed` is used by `team_choice: random` alone.
    pub fn new(roster: Roster, rules: Rules, seed: u64) -> Self {
        let mut hosts = vec![false; roster.products.len()];
        for host in roster.products.iter().filter_map(|product| product.host) {
            hosts[host.index()] = true;
        }
        Meter {
            rules,
            seed,
            ledger: Ledger::new(roster.teams.len()),
            pairs: Pairs::new(roster.users.len()),
            sessions: Sessions::default(),
            timers: Timers::new(&roster.covers),
            jobs: Jobs::default(),
            overdue: Vec::new(),
            hosts,
            now: Instant::MIN,
            decisions: 0,
            windows: 0,
            initial: roster.clone(),
            altered: false,
            roster,
        }
    }

    /// Back to the start, with another seed, keeping the memory: a warm run allocates nothing here.
    pub fn reset(&mut self, seed: u64) {
        self.seed = seed;
        if std::mem::take(&mut self.altered) {
            self.roster.restore(&self.initial);
        }
        self.ledger.clear();
        self.pairs.clear();
        self.sessions.clear();
        self.timers.clear();
        self.jobs.clear();
        self.overdue.clear();
        self.now = Instant::MIN;
        self.decisions = 0;
        self.windows = 0;
    }

    /// The packs.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Applies one event, after all that is due before it; says what an open or an order began, where it was granted.
    ///
    /// Events come in the order of their [`Moment`]s. The close of a session of no length may follow its open at once.
    pub fn apply(&mut self, at: Instant, event: Event, journal: &mut Journal) -> Option<Started> {
        debug_assert!(at >= self.now, "events come in order");
        self.run_until((at, event.phase()), journal);
        self.now = at;
        match event {
            Event::Pack(pack) => self.enter(pack, journal),
            Event::Administration(what) => self.administer(what, journal),
            Event::Close(session) => self.close(session, journal),
            Event::Idle(session) => self.idle(session),
            Event::Resume(session) => self.resume(session),
            Event::Open(open) => return self.open(open, journal).map(Started::Session),
            Event::GiveBack(job) => self.give_back(job, journal),
            Event::Order(order) => return self.order(order, journal).map(Started::Job),
        }
        None
    }

    /// Does all that is due up to and including an instant.
    pub fn advance(&mut self, until: Instant, journal: &mut Journal) {
        self.run_until((until + Span::from_seconds(1), Phase::Expiry), journal);
        self.now = self.now.max(until);
    }

    fn run_until(&mut self, limit: Moment, journal: &mut Journal) {
        while let Some((at, due)) = self.timers.next(limit) {
            self.now = self.now.max(at);
            match due {
                Due::Expiry => self.expire(journal),
                Due::Grace => self.grace_is_over(journal),
                Due::WindowEnd => self.window_ends(journal),
                Due::Lapse => self.cover_lapses(journal),
                Due::Resumption => self.renew_resumed(journal),
            }
        }
    }

    fn enter(&mut self, pack: NewPack, journal: &mut Journal) {
        self.ledger.enter(pack, &mut change(self.now, journal));
        self.timers.set_expiry(self.ledger.next_expiry());
    }

    fn expire(&mut self, journal: &mut Journal) {
        self.ledger.expire_next(&mut change(self.now, journal));
        self.timers.set_expiry(self.ledger.next_expiry());
    }

    fn rate(&self, product: crate::ids::ProductId) -> Option<Tokens> {
        self.roster.products[product.index()].rate
    }
}

/// Writes postings that have no cause but the time into the journal.
fn change(now: Instant, journal: &mut Journal) -> impl FnMut(Posting) {
    move |posting| journal.entries.push(Entry::Pack(PackChange { at: now, posted: now, posting, cause: None }))
}
