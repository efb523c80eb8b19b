//! Outcomes in, a forecast out.

use std::ops::Range;

use super::Assumptions;
use super::bought;
use super::estimate::{counts, money, quantile_place, tokens, wilson};
use super::model::*;
use super::months::of_product;
use super::parts::{MonthBurn, Share};
use super::replicate::Replicated;
use crate::calendar::{Day, Weekday};
use crate::ids::TeamId;
use crate::meter::{Denial, Grant};
use crate::scenario::{Line, Money, Pack, Scenario};
use crate::simulate::{Avoidable, Days, Outcome, PackOutcome, Part, Table};
use crate::tokens::Tokens;

/// What the outcomes of a scenario's replications say. There is at least one outcome.
pub fn forecast(scenario: &Scenario, replicated: &Replicated, card: RunCard) -> Forecast {
    let outcomes = &replicated.outcomes[..];
    let days = Days::of(scenario);
    let (holdings, lines) = (scenario.holdings(), scenario.lines().collect::<Vec<_>>());
    let view = |name: &str, teams: Range<usize>, refused: Range<usize>| {
        View { scenario, outcomes, holdings: &holdings, lines: &lines, days: &days, teams, refused }.team(name)
    };
    let teams = scenario.teams.iter().enumerate();
    let count = scenario.teams.len();
    let mut all = view("all teams", 0..count, 0..count + 1);
    all.packs.clear();
    all.bought.clear();
    let products = shares(
        scenario,
        scenario.products.iter().map(|product| (product.name.as_str(), 0)),
        outcomes,
        |outcome| &outcome.products,
        |product| of_product(outcomes, &days, product),
    );
    Forecast {
        card,
        precision: replicated.precision,
        currency: if scenario.prices.tokens.is_empty() { String::new() } else { scenario.currency.clone() },
        all,
        teams: teams
            .map(|(place, team)| {
                let forecast = view(&team.name, place..place + 1, place..place + 1);
                TeamForecast { plan: team.plan.clone(), ..forecast }
            })
            .collect(),
        buyers: bought::buyers(scenario, &lines, outcomes),
        groups: shares(
            scenario,
            scenario.groups.iter().map(|group| (group.name.as_str(), group.users.len() as u32)),
            outcomes,
            |outcome| &outcome.groups,
            |_| Vec::new(),
        ),
        assumptions: Assumptions::of(scenario, products.iter().map(|product| product.name.as_str())),
        products,
        users: replicated.users.largest(scenario),
        uncertainty: None,
    }
}

/// The largest first; what burned nothing, and was refused nothing, is left out.
fn shares<'a>(
    scenario: &Scenario,
    names: impl Iterator<Item = (&'a str, u32)>,
    outcomes: &[Outcome],
    parts: impl Fn(&Outcome) -> &Vec<Part>,
    months: impl Fn(usize) -> Vec<MonthBurn>,
) -> Vec<Share> {
    let share = |(place, (name, users)): (usize, (&str, u32))| {
        let part = || outcomes.iter().map(|outcome| parts(outcome)[place]);
        Share {
            name: name.to_owned(),
            users,
            burn: tokens(part().map(|part| part.burned)),
            cost: scenario.prices.tokens.first().map(|_| money(part().map(|part| part.cost))),
            denials: counts(part().map(|part| part.denials)),
            avoidable: tokens(part().map(|part| part.avoidable)),
            months: months(place),
        }
    };
    let counts = |share: &Share| share.burn.mean > 0.0 || share.denials.mean > 0.0;
    let mut shares: Vec<Share> = names.enumerate().map(share).filter(counts).collect();
    shares.sort_by(|one, other| other.burn.mean.total_cmp(&one.burn.mean));
    shares
}

/// Some of the teams, as one.
pub(super) struct View<'a> {
    pub scenario: &'a Scenario,
    pub outcomes: &'a [Outcome],
    /// The rows of `Outcome::packs`.
    pub holdings: &'a [(usize, TeamId)],
    /// The rows of `Outcome::bought`.
    pub lines: &'a [Line],
    pub days: &'a Days,
    pub teams: Range<usize>,
    /// Rows of denials: the teams', and for all teams together that of users in none.
    pub refused: Range<usize>,
}

impl View<'_> {
    fn team(&self, name: &str) -> TeamForecast {
        let weekdays = self.weekday_means();
        TeamForecast {
            team: name.to_owned(),
            plan: None,
            stock_out: self.stock_out(),
            figures: self.figures().forecasts(),
            burn: self.over(0..self.days.count(), |outcome| &outcome.burn),
            months: self.months(&weekdays),
            left: self.on_day(self.days.count() - 1, |outcome| &outcome.balance),
            expired: self.over_packs(|pack| pack.expired),
            expired_money: self.money(|pack| pack.expired),
            bought: self.bought(),
            packs: self.packs().map(|(place, pack)| self.pack(place, pack)).collect(),
            denials: self.denials(),
            reasons: self.reasons(),
            avoidable: Avoidable::ALL.iter().map(|why| self.avoidable(*why)).collect(),
            days: (0..self.days.count()).map(|day| self.day(day, &weekdays)).collect(),
        }
    }

    /// In each replication, the sum over the teams of something by team and column.
    pub(super) fn sum<T: Copy + Default + std::iter::Sum>(
        &self,
        columns: Range<usize>,
        table: impl Fn(&Outcome) -> &Table<T>,
    ) -> impl Iterator<Item = T> {
        self.outcomes.iter().map(move |outcome| {
            let rows = self.teams.clone().map(|team| &table(outcome).row(team)[columns.clone()]);
            rows.map(|row| row.iter().copied().sum()).sum()
        })
    }

    /// In each replication, what the burned tokens cost; `None` without prices.
    pub(super) fn burn_cost(&self) -> Option<impl Iterator<Item = Money>> {
        self.scenario.prices.tokens.first()?;
        Some(self.sum(0..self.days.months(), |outcome| &outcome.months.cost))
    }

    pub(super) fn over(&self, columns: Range<usize>, table: impl Fn(&Outcome) -> &Table<Tokens>) -> Estimate {
        tokens(self.sum(columns, table))
    }

    pub(super) fn on_day(&self, day: usize, table: impl Fn(&Outcome) -> &Table<Tokens>) -> Estimate {
        self.over(day..day + 1, table)
    }

    /// The packs bought for the teams.
    pub(super) fn packs(&self) -> impl Iterator<Item = (usize, &Pack)> {
        self.scenario.packs.iter().enumerate().filter(|(_, pack)| self.teams.contains(&pack.team.index()))
    }

    /// What the teams may hold: the places of holdings and what each token of them costs.
    pub(super) fn held(&self) -> impl Iterator<Item = (usize, Option<Money>)> {
        let held = self.holdings.iter().enumerate().filter(|(_, (_, team))| self.teams.contains(&team.index()));
        held.map(|(place, (pack, _))| (place, self.each(*pack)))
    }

    /// What each token of a pack, or of a line of what buyers order, costs; `None` without prices.
    fn each(&self, place: usize) -> Option<Money> {
        self.scenario.unit_price(place)
    }

    /// An estimate of a part of some holdings together.
    fn holding(&self, holds: impl Fn(usize) -> bool, part: impl Fn(&PackOutcome) -> Tokens) -> Estimate {
        let held: Vec<usize> = (0..self.holdings.len()).filter(|place| holds(self.holdings[*place].0)).collect();
        tokens(self.outcomes.iter().map(|outcome| held.iter().map(|place| part(&outcome.packs[*place])).sum()))
    }

    /// What each buyer bought for the teams.
    fn bought(&self) -> Vec<BoughtForecast> {
        let buyers = self.scenario.buyers.iter().enumerate().map(|(buyer, named)| {
            let own = |line: &Line| line.buyer == buyer && self.teams.contains(&line.team.index());
            let packs = self.scenario.packs.len();
            let holds = |place: usize| place >= packs && own(&self.lines[place - packs]);
            let arrived = |outcome: &Outcome| {
                let bought = self.lines.iter().zip(&outcome.bought).filter(|(line, _)| own(line));
                bought.map(|(_, bought)| bought.tokens - bought.outstanding).sum()
            };
            BoughtForecast {
                buyer: named.name.clone(),
                arrived: tokens(self.outcomes.iter().map(arrived)),
                burned: self.holding(holds, |pack| pack.burned),
                expired: self.holding(holds, |pack| pack.expired),
            }
        });
        buyers.filter(|bought| bought.arrived.mean > 0.0).collect()
    }

    fn over_packs(&self, part: impl Fn(&PackOutcome) -> Tokens) -> Estimate {
        tokens(self.sum_over_packs(part))
    }

    /// In each replication, the sum over what the teams may hold.
    pub(super) fn sum_over_packs(&self, part: impl Fn(&PackOutcome) -> Tokens) -> impl Iterator<Item = Tokens> {
        let sum = move |outcome: &Outcome| self.held().map(|(place, _)| part(&outcome.packs[place])).sum();
        self.outcomes.iter().map(sum)
    }

    /// The mean worth of a part of each pack, at what its tokens cost.
    fn money(&self, part: impl Fn(&PackOutcome) -> Tokens) -> Option<f64> {
        self.scenario.prices.tokens.first()?;
        let worth = |(place, each): (usize, Option<Money>)| {
            let each = each?.0 as f64 / 1e6;
            Some(each * tokens(self.outcomes.iter().map(|outcome| part(&outcome.packs[place]))).mean)
        };
        self.held().map(worth).sum()
    }

    fn stock_out(&self) -> StockOut {
        let first = |outcome: &Outcome| {
            let out = |day: &usize| self.teams.clone().any(|team| outcome.shortages.row(team)[*day] > 0);
            (0..self.days.count()).find(out)
        };
        let mut days: Vec<usize> = self.outcomes.iter().filter_map(first).collect();
        days.sort_unstable();
        let (count, all) = (days.len() as u32, self.outcomes.len() as u32);
        let (chance_low, chance_high) = wilson(count, all);
        let by =
            |percent| (!days.is_empty()).then(|| self.days.day(days[quantile_place(percent, days.len())]).to_string());
        let (day_p10, day_p50, day_p90) = (by(10), by(50), by(90));
        let days = days.chunk_by(|one, other| one == other);
        StockOut {
            replications: count,
            chance: f64::from(count) / f64::from(all),
            chance_low,
            chance_high,
            day_p10,
            day_p50,
            day_p90,
            days: days
                .map(|same| StockOutDay { day: self.days.day(same[0]).to_string(), replications: same.len() as u32 })
                .collect(),
        }
    }

    /// Mean burn of each weekday over the horizon: the plain forecast that a simulation has to be worth more than.
    fn weekday_means(&self) -> [f64; 7] {
        let mut sums = [(0.0, 0u32); 7];
        for day in 0..self.days.count() {
            let (sum, count) = &mut sums[self.days.day(day).weekday() as usize];
            *sum += self.on_day(day, |outcome| &outcome.burn).mean;
            *count += 1;
        }
        sums.map(|(sum, count)| if count == 0 { 0.0 } else { sum / f64::from(count) })
    }

    pub(super) fn weekday(&self, place: usize) -> Weekday {
        self.days.day(place).weekday()
    }

    fn pack(&self, place: usize, pack: &Pack) -> PackForecast {
        let part = |part: fn(&PackOutcome) -> Tokens| self.holding(|held| held == place, part);
        let number = |tokens: Tokens| tokens.millionths() as f64 / 1e6;
        PackForecast {
            id: pack.id.clone(),
            enters: (!pack.on_hand).then(|| pack.bought.to_string()),
            ends: self.day_of_end(pack).to_string(),
            size: number(pack.size),
            left_at_entry: number(pack.left),
            burned: part(|pack| pack.burned),
            expired: part(|pack| pack.expired),
        }
    }

    fn day_of_end(&self, pack: &Pack) -> Day {
        self.scenario.zone.day_of(pack.ends)
    }

    fn denials(&self) -> Vec<DenialForecast> {
        let count = |outcome: &Outcome, place: usize| -> u32 {
            self.refused.clone().map(|row| outcome.denials.row(row)[place]).sum()
        };
        let denials = Denial::ALL.iter().enumerate().map(|(place, denial)| DenialForecast {
            reason: denial.word().to_owned(),
            count: counts(self.outcomes.iter().map(|outcome| count(outcome, place))),
        });
        denials.filter(|denial| denial.count.mean > 0.0).collect()
    }

    fn reasons(&self) -> Vec<ReasonForecast> {
        let reasons = Grant::ALL.iter().enumerate().map(|(place, grant)| ReasonForecast {
            reason: grant.word().to_owned(),
            tokens: self.over(place..place + 1, |outcome| &outcome.reasons),
        });
        reasons.filter(|reason| reason.tokens.mean > 0.0).collect()
    }

    fn avoidable(&self, why: Avoidable) -> AvoidableForecast {
        let cause = match why {
            Avoidable::LeftOpen => "left_open",
            Avoidable::CameAlong => "came_along",
        };
        AvoidableForecast {
            cause: cause.to_owned(),
            tokens: self.over_packs(|pack| pack.avoidable[why as usize]),
            money: self.money(|pack| pack.avoidable[why as usize]),
        }
    }

    fn day(&self, place: usize, weekdays: &[f64; 7]) -> DayForecast {
        let out = self.sum(place..place + 1, |outcome| &outcome.shortages).filter(|denials: &u32| *denials > 0);
        DayForecast {
            day: self.days.day(place).to_string(),
            burn: self.on_day(place, |outcome| &outcome.burn),
            balance: self.on_day(place, |outcome| &outcome.balance),
            out_of_tokens: out.count() as f64 / self.outcomes.len() as f64,
            weekday_mean: weekdays[self.weekday(place) as usize],
        }
    }
}
