//! What is left and what comes after, in; alerts out.

use super::model::{Alert, Alerts, Ending, Known, StockOutAhead, TeamState};
use crate::calendar::Day;
use crate::forecast::{Estimate, RunCard, Sample, wilson};
use crate::ids::TeamId;
use crate::scenario::Scenario;
use crate::simulate::{Days, Outcome};
use crate::time::Instant;
use crate::tokens::Tokens;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// The day.
    pub as_of: Day,
    /// How it is known what is left on it.
    pub known: Known,
    /// Packs are looked at that end within so many days.
    pub within: i32,
    /// A balance is low at this share of what was bought, or less.
    pub low: f64,
    /// From an order to its arrival, in days.
    pub lead_time: i32,
    /// The share of replications that may not run out before an order arrives.
    pub service_level: f64,
}

/// A scenario's replications before and after the day.
#[derive(Clone, Copy, Debug)]
pub struct Ahead<'a> {
    /// The scenario; it begins on the day or before, and ends after it.
    pub scenario: &'a Scenario,
    /// Its replications up to the day before; none where it begins on the day.
    pub before: &'a [Outcome],
    /// Its replications to its end.
    pub outcomes: &'a [Outcome],
}

/// What each team should be told. There is at least one replication.
pub fn alerts(card: RunCard, question: &Question, ahead: Ahead) -> Alerts {
    let view = View {
        question,
        scenario: ahead.scenario,
        outcomes: ahead.outcomes,
        before: ahead.before,
        days: Days::of(ahead.scenario),
        holdings: ahead.scenario.holdings(),
    };
    let teams: Vec<TeamState> = (0..ahead.scenario.teams.len()).map(|team| view.team(team)).collect();
    let has_prices = !ahead.scenario.prices.tokens.is_empty();
    Alerts {
        card,
        as_of: question.as_of.to_string(),
        known: question.known,
        until: ahead.scenario.last_day.to_string(),
        within_days: question.within,
        low: question.low,
        lead_time_days: question.lead_time,
        service_level: question.service_level,
        currency: if has_prices { ahead.scenario.currency.clone() } else { String::new() },
        alerts: worst_first(&teams),
        teams,
    }
}

fn worst_first(teams: &[TeamState]) -> Vec<Alert> {
    let mut out: Vec<_> = teams.iter().filter(|team| team.stock_out.order_by.is_some()).collect();
    out.sort_by(|one, other| one.stock_out.order_by.cmp(&other.stock_out.order_by));
    let mut low: Vec<_> = teams.iter().filter(|team| team.low).collect();
    let share = |team: &TeamState| team.balance.p50 / team.bought.p50;
    low.sort_by(|one, other| share(one).total_cmp(&share(other)));
    let mut ending: Vec<_> =
        teams.iter().flat_map(|team| team.ending.iter().map(move |ending| (&team.team, ending))).collect();
    ending.sort_by(|(_, one), (_, other)| other.wasted.mean.total_cmp(&one.wasted.mean));
    let out = out.into_iter().map(|team| Alert::StockOut { team: team.team.clone(), ahead: team.stock_out.clone() });
    let low = low.into_iter().map(|team| Alert::Low {
        team: team.team.clone(),
        balance: team.balance.p50,
        bought: team.bought.p50,
    });
    let ending = ending.into_iter().map(|(team, ending)| Alert::Ending { team: team.clone(), ending: ending.clone() });
    out.chain(low).chain(ending).collect()
}

struct View<'a> {
    question: &'a Question,
    scenario: &'a Scenario,
    outcomes: &'a [Outcome],
    before: &'a [Outcome],
    days: Days,
    /// The rows of `Outcome::packs`.
    holdings: Vec<(usize, TeamId)>,
}

impl View<'_> {
    fn team(&self, team: usize) -> TeamState {
        let of_team = |of: fn(&Self, usize, usize) -> Tokens| {
            let own: Vec<usize> =
                (0..self.holdings.len()).filter(|row| self.holdings[*row].1.index() == team).collect();
            self.states().map(|state| own.iter().map(|row| of(self, state, *row)).sum()).collect::<Vec<Tokens>>()
        };
        let (left, bought) = (of_team(Self::left), of_team(Self::bought));
        let (balance, bought) = (estimate(&left), estimate(&bought));
        TeamState {
            team: self.scenario.teams[team].name.clone(),
            low: is_low(balance.p50, bought.p50, self.question.low),
            balance,
            bought,
            stock_out: self.stock_out(team),
            ending: self.ending(team),
        }
    }

    /// What may be left on the day: one for each replication before it, or the one that is known.
    fn states(&self) -> std::ops::Range<usize> {
        0..self.before.len().max(1)
    }

    /// What is left at a row of the holdings.
    fn left(&self, state: usize, row: usize) -> Tokens {
        let place = self.holdings[row].0;
        let before = self.before.get(state);
        let Some(pack) = self.scenario.packs.get(place) else {
            return before.map_or(Tokens::ZERO, |before| before.packs[row].left);
        };
        match before.filter(|_| pack.enters < self.at()) {
            _ if !self.has_entered(place) => Tokens::ZERO,
            Some(before) => before.packs[row].left,
            // The rows begin with the packs, each in its own team.
            None if row == place => pack.left,
            None => Tokens::ZERO,
        }
    }

    /// The first instant of the day.
    fn at(&self) -> Instant {
        self.scenario.zone.start_of(self.question.as_of)
    }

    /// The size of a pack that hasn't ended, where its holder is: the team with something left of it, or else its own.
    fn bought(&self, state: usize, row: usize) -> Tokens {
        let (place, team) = self.holdings[row];
        let Some(pack) = self.scenario.packs.get(place) else {
            let line = place - self.scenario.packs.len();
            let arrived = |before: &Outcome| before.bought[line].tokens - before.bought[line].outstanding;
            return self.before.get(state).map_or(Tokens::ZERO, arrived);
        };
        let rows = || (0..self.holdings.len()).filter(|row| self.holdings[*row].0 == place);
        let holder = rows().find(|row| !self.left(state, *row).is_zero());
        let is_holder = holder.map_or(team == pack.team, |holder| holder == row);
        if self.has_entered(place) && is_holder { pack.size } else { Tokens::ZERO }
    }

    /// Whether a pack can be used on the day.
    fn has_entered(&self, place: usize) -> bool {
        let (pack, at) = (&self.scenario.packs[place], self.at());
        pack.enters <= at && at < pack.ends
    }

    /// The packs that end soon and of which the team holds something.
    fn ending(&self, team: usize) -> Vec<Ending> {
        let last = self.scenario.zone.start_of(self.question.as_of.plus(self.question.within));
        let soon = |place: usize| self.has_entered(place) && self.scenario.packs[place].ends <= last;
        let rows = (0..self.holdings.len()).filter(|row| self.holdings[*row].1.index() == team);
        let rows = rows.filter(|row| self.holdings[*row].0 < self.scenario.packs.len() && soon(self.holdings[*row].0));
        let mut ending: Vec<Ending> = rows.filter_map(|row| self.end_of(row)).collect();
        ending.sort_by(|one, other| one.ends.cmp(&other.ends));
        ending
    }

    /// What becomes of what is left at a row; `None` where nothing is.
    fn end_of(&self, row: usize) -> Option<Ending> {
        let left = estimate(&self.states().map(|state| self.left(state, row)).collect::<Vec<_>>());
        let (place, pack) = (self.holdings[row].0, &self.scenario.packs[self.holdings[row].0]);
        // Wherever it may be moved until then.
        let rows: Vec<usize> = (0..self.holdings.len()).filter(|row| self.holdings[*row].0 == place).collect();
        let expired = |outcome: &Outcome| rows.iter().map(|row| outcome.packs[*row].expired).sum::<Tokens>();
        let wasted = estimate(&self.outcomes.iter().map(expired).collect::<Vec<_>>());
        let each = self.scenario.unit_price(place).map(|each| each.0 as f64 / 1e6);
        (left.mean > 0.0).then(|| Ending {
            pack: pack.id.clone(),
            ends: self.scenario.zone.day_of(pack.ends).to_string(),
            left,
            wasted,
            wasted_money: each.map(|each| each * wasted.mean),
        })
    }

    fn stock_out(&self, team: usize) -> StockOutAhead {
        let Question { as_of, lead_time, service_level, .. } = *self.question;
        let from = (as_of.number() - self.scenario.first_day.number()) as usize;
        let first = |outcome: &Outcome| {
            let shortages = outcome.shortages.row(team);
            (from..self.days.count()).find(|day| shortages[*day] > 0)
        };
        let mut out: Vec<usize> = self.outcomes.iter().filter_map(first).collect();
        out.sort_unstable();
        let all = self.outcomes.len();
        let (chance_low, chance_high) = wilson(out.len() as u32, all as u32);
        let by = |percent: usize| out.get((percent * all).div_ceil(100) - 1).map(|day| self.days.day(*day).to_string());
        // The tokens must be there as the day begins on which one run too many runs out.
        let order_by = out.get(allowed(service_level, all)).map(|day| self.days.day(*day).plus(-lead_time));
        let arrival = self.scenario.zone.start_of(as_of.plus(lead_time));
        let before_arrival = out.iter().filter(|day| self.days.start(**day) < arrival).count();
        StockOutAhead {
            chance: out.len() as f64 / all as f64,
            chance_low,
            chance_high,
            day_p10: by(10),
            day_p50: by(50),
            order_by: order_by.map(|day| day.to_string()),
            days_late: order_by.map_or(0, |day| (as_of.number() - day.number()).max(0)),
            before_arrival: before_arrival as f64 / all as f64,
        }
    }
}

/// Whether a balance is at a share of what was bought, or less (rules.md U11); all are counted in tokens. Never where nothing was
/// bought.
pub fn is_low(balance: f64, bought: f64, share: f64) -> bool {
    bought > 0.0 && millionths(balance) <= share_of(bought, share)
}

/// How many of so many replications may run out.
fn allowed(service_level: f64, replications: usize) -> usize {
    let billionths = 1_000_000_000 - (service_level * 1e9).round() as u64;
    (billionths * replications as u64 / 1_000_000_000) as usize
}

fn estimate(tokens: &[Tokens]) -> Estimate {
    Sample::of_tokens(tokens.iter().copied()).estimate()
}

fn millionths(tokens: f64) -> i128 {
    (tokens * 1e6).round() as i128
}

/// A share of an amount, in whole millionths.
fn share_of(tokens: f64, share: f64) -> i128 {
    millionths(tokens) * (share * 1e9).round() as i128 / 1_000_000_000
}
