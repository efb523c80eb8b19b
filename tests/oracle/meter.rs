//! The oracle: a second meter, slow and obvious. At each instant at which anything can happen it goes through the phases of
//! rules.md one by one, and finds what is due by looking at everything.

use std::collections::BTreeMap;

use crate::case::{DAY, Event, IdleAwareness, Instant, Log, Row, Scenario, Tokens, What};
use crate::civil::next_year;
use crate::packs::{Bought, Packs, Share};
use crate::roster::Roster;
use crate::tables::{Decision, Tables};

pub struct Meter<'a> {
    pub scenario: &'a Scenario,
    pub log: &'a Log,
    pub now: Instant,
    pub end: Instant,
    pub packs: Packs,
    pub roster: Roster,
    pub rates: Vec<Option<Tokens>>,
    /// All that were ever opened, in that order.
    pub sessions: Vec<Session>,
    /// All that were ever started, in that order.
    pub windows: Vec<Window>,
    /// The devices on which a user tried a product.
    pub devices: BTreeMap<(usize, usize), Vec<String>>,
    pub decisions: Vec<Decision>,
    pub results: Vec<Paid>,
}

pub struct Session {
    pub user: usize,
    pub row: Row,
    /// The session that it closes with, of an add-in.
    pub host: Option<usize>,
    /// Whether it came along with its host.
    pub loaded: bool,
    /// Whether its cover ended inside a window that wasn't settled.
    pub lapsed: bool,
    pub is_open: bool,
    pub pays: Pays,
    /// Its own decision.
    pub decision: usize,
}

/// What a session was, when it was last asked to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pays {
    Tokens,
    /// A subscription or trial.
    Cover,
    /// Nothing until it is asked again: its cover lapsed (`next_open` of E7).
    Waits,
    /// Not again before it closes: a free add-in, or left open unpaid (P7).
    Never,
}

pub struct Window {
    pub user: usize,
    pub product: usize,
    pub start: Instant,
    pub team: usize,
    pub shares: Vec<Share>,
    /// The session whose grace decides.
    pub payer: usize,
    /// The decision that carries the charge.
    pub decision: usize,
    pub state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// On hold until this instant (T6a).
    Settles(Instant),
    Posted,
    Voided,
    Ended,
}

/// A result that was paid.
pub struct Paid {
    pub row: usize,
    pub rate: Tokens,
    pub shares: Vec<Share>,
}

impl<'a> Meter<'a> {
    /// Meters a log.
    pub fn run(scenario: &'a Scenario, log: &'a Log) -> Tables {
        let begins = scenario.begins();
        let last = log.rows.iter().map(Row::last).max();
        let mut meter = Meter {
            scenario,
            log,
            now: begins,
            end: log.until.or(last).unwrap_or(begins),
            packs: Packs::default(),
            roster: Roster::new(scenario),
            rates: scenario.products.iter().map(|product| product.rate).collect(),
            sessions: Vec::new(),
            windows: Vec::new(),
            devices: BTreeMap::new(),
            decisions: Vec::new(),
            results: Vec::new(),
        };
        let mut at = Some(begins);
        while let Some(now) = at.filter(|at| *at <= meter.end) {
            meter.now = now;
            meter.instant();
            meter.packs.check();
            at = meter.next();
        }
        meter.leave_undecided();
        Tables::new(scenario, &meter.decisions, &meter.packs.rows, &meter.roster.mails)
    }

    /// All that happens at this instant, in the order of rules.md.
    fn instant(&mut self) {
        self.packs.expire(self.now);
        self.administer();
        self.close_due();
        self.settle_due();
        self.end_windows();
        self.lapse_covers();
        self.resume();
        self.open_due();
        self.give_back_due();
        self.charge_results();
    }

    /// The next instant at which anything may happen.
    fn next(&self) -> Option<Instant> {
        let mut at: Vec<Instant> = Vec::new();
        at.extend(self.packs.bought.iter().map(|bought| bought.ends));
        at.extend(self.administration().iter().map(|(at, ..)| *at));
        for row in &self.log.rows {
            at.extend([Some(row.opened), row.closed, row.failed].into_iter().flatten());
            at.extend(row.idle.iter().map(|(_, end)| *end));
        }
        for window in &self.windows {
            at.push(window.start + DAY);
            if let State::Settles(settles) = window.state {
                at.push(settles);
            }
        }
        let covers = self.roster.users.iter().flat_map(|user| &user.covers);
        at.extend(covers.map(|cover| self.scenario.until(cover.until)));
        at.into_iter().filter(|at| *at > self.now).min()
    }

    /// What is administered and when: packs on hand, purchases, invitations that are accepted, events, each in the order
    /// of writing.
    fn administration(&self) -> Vec<(Instant, Administration<'a>)> {
        let (scenario, begins) = (self.scenario, self.scenario.begins());
        let mut all = Vec::new();
        for (product, spec) in scenario.products.iter().enumerate() {
            all.extend(spec.released.map(|at| (scenario.from(at), Administration::Available(product, true))));
            all.extend(spec.withdrawn.map(|at| (scenario.from(at), Administration::Available(product, false))));
        }
        for (team, spec) in scenario.teams.iter().enumerate() {
            all.extend((0..spec.packs.len()).map(|pack| (begins, Administration::OnHand(team, pack))));
        }
        let purchases = scenario.purchases.iter().enumerate();
        all.extend(purchases.map(|(place, purchase)| (scenario.from(purchase.on), Administration::Purchase(place))));
        let (mut accepted, mut events) = (Vec::new(), Vec::new());
        for (place, event) in scenario.events.iter().enumerate() {
            let at = scenario.from(event.on);
            events.push((at, Administration::Event(place, event)));
            match event.what {
                What::Invite { accepts_after: Some(0), .. } => events.push((at, Administration::Accept(place, event))),
                What::Invite { accepts_after: Some(after), .. } => {
                    accepted.push((at + after, Administration::Accept(place, event)));
                }
                _ => {}
            }
        }
        all.extend(accepted.into_iter().chain(events));
        all.sort_by_key(|(at, _)| *at);
        all
    }

    fn administer(&mut self) {
        if self.now == self.scenario.begins() {
            self.set_availability();
        }
        for (at, what) in self.administration() {
            if at == self.now {
                self.administer_one(what);
            }
        }
    }

    /// What is there at the start (S3): a product whose first release is an event, and that has no day in `released`, isn't.
    fn set_availability(&mut self) {
        for (product, spec) in self.scenario.products.iter().enumerate() {
            let begins = self.scenario.begins();
            let mut events: Vec<&Event> = self.scenario.events.iter().collect();
            events.sort_by_key(|event| self.scenario.from(event.on));
            let first = events.iter().find_map(|event| match event.what {
                What::Release(which) if which == product => Some(true),
                What::Withdraw(which) if which == product => Some(false),
                _ => None,
            });
            let released = spec.released.map_or(first != Some(true), |at| self.scenario.from(at) <= begins);
            let withdrawn = spec.withdrawn.is_some_and(|at| self.scenario.from(at) <= begins);
            self.roster.available[product] = released && !withdrawn;
        }
    }

    fn administer_one(&mut self, what: Administration) {
        let (scenario, now) = (self.scenario, self.now);
        match what {
            Administration::Available(product, there) => self.roster.available[product] = there,
            Administration::OnHand(team, pack) => {
                let spec = &scenario.teams[team].packs[pack];
                let ends = scenario.zone.start_of(next_year(spec.bought));
                let bought = Bought { id: spec.id.clone(), size: spec.size, day: spec.bought, ends, expired: false };
                self.packs.enter("opening", bought, team, spec.left, now);
            }
            Administration::Purchase(place) => {
                let spec = &scenario.purchases[place];
                let day = scenario.zone.day_of(now);
                let ends = scenario.zone.start_of(next_year(day));
                let bought = Bought { id: spec.id.clone(), size: spec.tokens, day, ends, expired: false };
                self.packs.enter("purchase", bought, spec.team, spec.tokens, now);
            }
            Administration::Event(place, event) => self.happen(place, &event.what),
            Administration::Accept(place, event) => {
                if let What::Invite { who, .. } = &event.what {
                    self.roster.accept(now, &who.user, place);
                }
            }
        }
    }

    fn happen(&mut self, place: usize, what: &What) {
        let now = self.now;
        match what {
            What::Move { pack, to } => {
                if let Some(pack) = self.packs.bought.iter().position(|bought| bought.id == *pack) {
                    self.packs.move_pack(pack, *to, now);
                }
            }
            What::Merge { team, into } => {
                self.packs.merge(*team, *into, now);
                self.roster.merge(*team, *into);
                let running = self.windows.iter_mut().filter(|window| window.team == *team && window.runs_at(now));
                running.for_each(|window| window.team = *into);
            }
            What::Rate { product, tokens } => self.rates[*product] = Some(*tokens),
            What::Release(product) => self.roster.available[*product] = true,
            What::Withdraw(product) => self.roster.available[*product] = false,
            What::Invite { who, .. } => self.roster.invite(now, who, place),
            What::Assign(who) => self.roster.assign(now, who),
            What::Import { team, users, access } => self.roster.import(users, *team, access),
            What::Unassign { user, team } => self.roster.unassign(user, *team),
            What::Clear { user, team, access } => self.roster.clear(user, *team, access),
            What::DefaultAccess { team, access } => self.roster.set_default_access(*team, access),
            What::GuestDefaults { team, serve } => self.roster.set_guest_defaults(*team, *serve),
            What::Leave(who) => self.roster.leave(who),
            What::Join(who) => self.roster.join(who),
        }
    }

    /// An open still undecided at the end stands as `within_grace`.
    fn leave_undecided(&mut self) {
        for window in 0..self.windows.len() {
            if matches!(self.windows[window].state, State::Settles(_)) {
                self.undo(window);
            }
        }
    }

    /// There is no such window: what it charged or covered was within the grace.
    pub fn undo(&mut self, window: usize) {
        let of_window = |decision: &&mut Decision| decision.window.is_some_and(|(number, _)| number == window);
        self.decisions.iter_mut().filter(of_window).for_each(Decision::undo);
    }

    pub fn running(&self, user: usize, product: usize) -> Option<usize> {
        let of_pair = |window: &Window| (window.user, window.product) == (user, product);
        self.windows.iter().position(|window| of_pair(window) && window.runs_at(self.now))
    }

    /// The sessions of a user and a product that are open, in the order of their opens.
    pub fn open_sessions(&self, user: usize, product: usize) -> Vec<usize> {
        let of_pair = |session: &Session| session.is_open && (session.user, session.row.product) == (user, product);
        (0..self.sessions.len()).filter(|place| of_pair(&self.sessions[*place])).collect()
    }

    /// The subscription or trial that holds now for a sign-in (E6).
    pub fn cover(&self, user: usize, product: usize, identity: &str) -> Option<&'static str> {
        let user = &self.roster.users[user];
        let sign_in = if identity.is_empty() { &user.name } else { identity };
        let holds = |trial: bool| {
            user.covers.iter().any(|cover| {
                cover.trial == trial
                    && cover.product == product
                    && cover.identity.as_ref().unwrap_or(&user.name) == sign_in
                    && self.scenario.from(cover.from) <= self.now
                    && self.now < self.scenario.until(cover.until)
            })
        };
        if holds(false) { Some("subscription") } else { holds(true).then_some("trial") }
    }

    /// T7: whether a session has been idle for 15 minutes or more, and is.
    pub fn is_idle(&self, session: usize) -> bool {
        self.idle_spans(session).iter().any(|(start, end)| start + 900 <= self.now && self.now < *end)
    }

    /// The idle spans that count (T7): those within the session, of a version that supports it; overlapping ones are one.
    pub fn idle_spans(&self, session: usize) -> Vec<(Instant, Instant)> {
        let Session { row, host, loaded, .. } = &self.sessions[session];
        if let (Some(host), true) = (host, loaded) {
            // An add-in that came along with its host is idle with it.
            return self.idle_spans(*host);
        }
        let aware = match &self.scenario.rules.idle {
            IdleAwareness::Off => false,
            IdleAwareness::On => true,
            IdleAwareness::Some(map) => map.iter().any(|(product, versions)| {
                *product == row.product && versions.as_ref().is_none_or(|versions| versions.contains(&row.version))
            }),
        };
        let closed = row.closed.unwrap_or(Instant::MAX);
        let clip = |(start, end): &(Instant, Instant)| ((*start).max(row.opened), (*end).min(closed));
        let mut spans: Vec<_> = row.idle.iter().map(clip).filter(|(start, end)| aware && start < end).collect();
        spans.sort_unstable();
        let mut merged: Vec<(Instant, Instant)> = Vec::new();
        for (start, end) in spans {
            match merged.last_mut() {
                Some(last) if start < last.1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        merged
    }
}

impl Session {
    /// The reason of its open's charge.
    pub fn charged_as(&self) -> &'static str {
        match (self.lapsed, self.loaded) {
            (true, _) => "lapsed_while_open",
            (false, true) => "add_in_with_host",
            (false, false) => "new_window",
        }
    }
}

impl Window {
    /// Half-open (T8).
    pub fn runs_at(&self, at: Instant) -> bool {
        !matches!(self.state, State::Voided | State::Ended) && self.start <= at && at < self.start + DAY
    }
}

enum Administration<'a> {
    Available(usize, bool),
    OnHand(usize, usize),
    Purchase(usize),
    Event(usize, &'a Event),
    Accept(usize, &'a Event),
}
