use super::avoidable::Suspect;
use super::{Avoidable, Days, Usage, Used};
use crate::behaviour::Order;
use crate::ids::{PackId, TeamId, UserId};
use crate::ledger::PostingKind;
use crate::meter::{Decision, Denial, Entry, Grant, PackChange, Verdict};
use crate::queue::Origin;
use crate::scenario::{Money, Scenario, Setup};
use crate::tokens::Tokens;

/// What one replication came to: sums of the journal, nothing estimated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// By team and day: tokens of the windows that start on the day (rules.md T9).
    pub burn: Table<Tokens>,
    /// By team and day: what is left and on hold when the day ends.
    pub balance: Table<Tokens>,
    /// By team and day: denials for want of tokens.
    pub shortages: Table<u32>,
    /// By team and month, and by product and month.
    pub months: Months,
    /// By team and reason (in the order of [`Denial::ALL`]): denials; the last row is that of users in no team.
    pub denials: Table<u32>,
    /// By team and reason (in the order of [`Grant::ALL`]): tokens burned.
    pub reasons: Table<Tokens>,
    /// By place in `Scenario::holdings`: each pack, or line of what buyers ordered, in each team that may hold some of it.
    pub packs: Vec<PackOutcome>,
    /// By place in `Scenario::lines`: what was ordered.
    pub bought: Vec<Bought>,
    /// By group of users: burned, and how much of it was avoidable.
    pub groups: Vec<Part>,
    /// By product: the same.
    pub products: Vec<Part>,
}

impl Outcome {
    /// The memory that it takes, in bytes, but for what is the same for all.
    pub fn bytes(&self) -> usize {
        let days = self.burn.bytes() + self.balance.bytes() + self.shortages.bytes();
        let Months { cost, expired, denials, avoidable, products } = &self.months;
        let months = cost.bytes() + expired.bytes() + denials.bytes() + avoidable.bytes() + products.bytes();
        let parts = size_of_val(&*self.groups) + size_of_val(&*self.products);
        let packs = size_of_val(&*self.packs) + size_of_val(&*self.bought);
        size_of::<Outcome>() + days + months + self.denials.bytes() + self.reasons.bytes() + parts + packs
    }
}

/// What is told by month only, in the order of the horizon's months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Months {
    /// By team: what the burned tokens cost, at the unit price of the packs that paid; 0 without prices.
    pub cost: Table<Money>,
    /// By team: tokens that expired.
    pub expired: Table<Tokens>,
    /// By team: denials, for whatever reason; the last row is that of users in no team.
    pub denials: Table<u32>,
    /// By team: avoidable tokens of windows that start in the month.
    pub avoidable: Table<Tokens>,
    /// By product: tokens burned.
    pub products: Table<Tokens>,
}

/// What became of a pack in a team.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PackOutcome {
    /// Charged.
    pub burned: Tokens,
    /// Lost at its end.
    pub expired: Tokens,
    /// Left when the horizon ends.
    pub left: Tokens,
    /// Charged though it was avoidable, in the order of [`Avoidable::ALL`].
    pub avoidable: [Tokens; Avoidable::ALL.len()],
}

/// What a buyer ordered for a team at one price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bought {
    /// How many orders.
    pub orders: u32,
    /// Their tokens.
    pub tokens: Tokens,
    /// Of them, those that the horizon ended before they arrived.
    pub outstanding: Tokens,
}

/// A part of the burn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Charged.
    pub burned: Tokens,
    /// What that cost, at the unit price of the packs that paid; 0 without prices.
    pub cost: Money,
    /// Of the tokens, avoidable.
    pub avoidable: Tokens,
    /// Opens, renewals and results refused.
    pub denials: u32,
}

impl Part {
    fn add(&mut self, used: &Used) {
        self.burned += used.burned;
        self.cost += used.cost;
        self.avoidable += used.avoidable;
        self.denials += used.denials;
    }
}

/// Numbers by team, or product, and by something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<T> {
    columns: usize,
    cells: Vec<T>,
}

impl<T: Copy + Default> Table<T> {
    fn new(rows: usize, columns: usize) -> Self {
        Table { columns, cells: vec![T::default(); rows * columns] }
    }

    /// The numbers of a row.
    pub fn row(&self, row: usize) -> &[T] {
        &self.cells[row * self.columns..(row + 1) * self.columns]
    }

    fn bytes(&self) -> usize {
        size_of_val(&*self.cells)
    }

    /// All the numbers, row by row.
    pub fn cells(&self) -> &[T] {
        &self.cells
    }

    fn at(&mut self, team: TeamId, column: usize) -> &mut T {
        self.cell(team.index(), column)
    }

    fn cell(&mut self, row: usize, column: usize) -> &mut T {
        &mut self.cells[row * self.columns + column]
    }
}

/// Adds up a journal.
pub(super) struct Tally<'a> {
    scenario: &'a Scenario,
    setup: &'a Setup,
    days: &'a Days,
    outcome: Outcome,
    usage: &'a mut Usage,
    /// The decision that was charged last.
    charged: Option<u64>,
    /// By `PackId`: its place among the scenario's packs, or after these that of its line.
    places: Vec<usize>,
    /// How many denials for want of tokens there were.
    refused: u32,
}

impl<'a> Tally<'a> {
    pub(super) fn new(scenario: &'a Scenario, setup: &'a Setup, days: &'a Days, usage: &'a mut Usage) -> Self {
        usage.clear();
        let teams = scenario.teams.len();
        let outcome = Outcome {
            burn: Table::new(teams, days.count()),
            balance: Table::new(teams, days.count()),
            shortages: Table::new(teams, days.count()),
            months: Months {
                cost: Table::new(teams, days.months()),
                expired: Table::new(teams, days.months()),
                denials: Table::new(teams + 1, days.months()),
                avoidable: Table::new(teams, days.months()),
                products: Table::new(scenario.products.len(), days.months()),
            },
            denials: Table::new(teams + 1, Denial::ALL.len()),
            reasons: Table::new(teams, Grant::ALL.len()),
            packs: vec![PackOutcome::default(); setup.holdings.len()],
            bought: vec![Bought::default(); scenario.lines().count()],
            groups: vec![Part::default(); scenario.groups.len()],
            products: vec![Part::default(); scenario.products.len()],
        };
        Tally { scenario, setup, days, outcome, usage, charged: None, places: Vec::new(), refused: 0 }
    }

    /// Packs have been entered since this was last called: `place` says where each of those that come from a buyer is counted.
    pub(super) fn enter(&mut self, origins: &[Origin], place: impl Fn(u32) -> usize) {
        let new = origins[self.places.len()..].iter().map(|origin| match origin {
            Origin::Planned(number) => self.setup.packs[*number as usize],
            Origin::Bought(number) => place(*number),
        });
        self.places.extend(new);
    }

    /// A team's burn by day, as far as it is known.
    pub(super) fn burned(&self, team: TeamId) -> &[Tokens] {
        self.outcome.burn.row(team.index())
    }

    /// Counts what was ordered.
    pub(super) fn ordered(&mut self, orders: &[Order]) {
        for Order { buyer, team, tokens, arrives, .. } in orders {
            let bought = &mut self.outcome.bought[self.scenario.line(*buyer, *team, *tokens)];
            bought.orders += 1;
            bought.tokens += *tokens;
            if *arrives >= self.scenario.end {
                bought.outstanding += *tokens;
            }
        }
    }

    pub(super) fn read(&mut self, entries: &[Entry]) {
        for entry in entries {
            match entry {
                Entry::Decision(decision) => self.decision(decision),
                Entry::Pack(change) => self.change(change),
                _ => {}
            }
        }
    }

    /// How many denials for want of tokens there were.
    pub(super) fn refused(&self) -> u32 {
        self.refused
    }

    pub(super) fn finish(mut self) -> Outcome {
        for team in (0..self.scenario.teams.len()).map(TeamId::from_index) {
            let mut balance = Tokens::ZERO;
            for day in 0..self.days.count() {
                balance += *self.outcome.balance.at(team, day);
                *self.outcome.balance.at(team, day) = balance;
            }
        }
        self.usage.settle();
        for (user, group) in self.setup.groups.iter().enumerate() {
            for used in self.usage.of(UserId::from_index(user)) {
                self.outcome.groups[*group as usize].add(used);
                self.outcome.products[used.product.index()].add(used);
            }
        }
        self.outcome
    }

    /// A denial for want of tokens is counted for the first team that could have paid, any other for the first of its user's
    /// teams; those of users in no team at the time stand behind the teams'.
    fn decision(&mut self, decision: &Decision) {
        let Verdict::Denied(denial) = decision.verdict else { return };
        self.usage.add(decision.user, Used { denials: 1, ..Used::nothing(decision.product) });
        let day = self.days.place(decision.at);
        let team = match denial {
            Denial::NotAssigned => None,
            _ => decision.team.or_else(|| self.scenario.first_team(decision.user)),
        };
        let team = team.unwrap_or(TeamId::from_index(self.scenario.teams.len()));
        *self.outcome.denials.at(team, denial as usize) += 1;
        *self.outcome.months.denials.at(team, self.days.month(day)) += 1;
        if denial.for_want_of_tokens() {
            *self.outcome.shortages.at(team, day) += 1;
            self.refused += 1;
        }
    }

    fn change(&mut self, change: &PackChange) {
        let tokens = -change.posting.tokens;
        let place = self.places[change.posting.pack.index()];
        let written = self.scenario.packs.get(place);
        let dead_before = written.is_some_and(|pack| pack.ends <= self.scenario.start);
        let cost = self.scenario.unit_price(place).map_or(Money(0), |each| each.for_tokens(tokens));
        let (team, day) = (change.posting.team, self.days.place(change.at));
        let month = self.days.month(day);
        self.pack(change.posting.pack, team).left += change.posting.tokens;
        // The change of the balance: `finish` adds them up.
        *self.outcome.balance.at(team, self.days.place(change.posted)) += change.posting.tokens;
        match change.posting.kind {
            // What is given back counts against the burn of the day on which it is.
            PostingKind::Burn | PostingKind::Refund => {
                self.pack(change.posting.pack, team).burned += tokens;
                *self.outcome.burn.at(team, day) += tokens;
                *self.outcome.months.cost.at(team, month) += cost;
            }
            // What ended before the horizon isn't wasted in it.
            PostingKind::Expire if dead_before => {}
            PostingKind::Expire => {
                self.pack(change.posting.pack, team).expired += tokens;
                *self.outcome.months.expired.at(team, month) += tokens;
            }
            PostingKind::Opening | PostingKind::Purchase | PostingKind::MoveOut | PostingKind::MoveIn => {}
        }
        let Some(cause) = change.cause.filter(|_| change.posting.kind != PostingKind::Expire) else { return };
        *self.outcome.reasons.at(team, cause.reason as usize) += tokens;
        *self.outcome.months.products.cell(cause.product.index(), month) += tokens;
        // A charge may be posted to several packs.
        let is_first =
            change.posting.kind == PostingKind::Burn && self.charged.replace(cause.decision) != Some(cause.decision);
        let used = Used { charges: is_first.into(), burned: tokens, cost, ..Used::nothing(cause.product) };
        self.usage.add(cause.user, used);
    }

    /// A charge turned out avoidable.
    pub(super) fn avoided(&mut self, suspect: &Suspect) {
        self.pack(suspect.pack, suspect.team).avoidable[suspect.why as usize] += suspect.tokens;
        let month = self.days.month(self.days.place(suspect.avoided().start));
        *self.outcome.months.avoidable.at(suspect.team, month) += suspect.tokens;
        self.usage.add(suspect.user, Used { avoidable: suspect.tokens, ..Used::nothing(suspect.product) });
    }

    fn pack(&mut self, pack: PackId, team: TeamId) -> &mut PackOutcome {
        let place = self.places[pack.index()];
        let (own, moved) = self.setup.holdings.split_at(self.setup.bought);
        let holding = if own[place].1 == team {
            place
        } else {
            own.len() + moved.partition_point(|holding| *holding < (place, team))
        };
        &mut self.outcome.packs[holding]
    }
}
