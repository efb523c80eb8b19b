//! What the replications of one variant came to, number by number, so that two variants can be compared replication by
//! replication: under common random numbers their difference is sharper than either.

use super::build::View;
use super::estimate::{estimate, wilson};
use super::model::{Chance, Estimate, FigureForecast, Mean};
use super::order::quantiles;
use crate::meter::Denial;
use crate::scenario::{Line, Money, Pack, Scenario};
use crate::simulate::{Bought, Days, Outcome, PackOutcome, Part};
use crate::tokens::Tokens;

/// One number per replication, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    values: Vec<i64>,
    unit: u32,
}

impl Sample {
    /// Of tokens.
    pub fn of_tokens(values: impl Iterator<Item = Tokens>) -> Self {
        Sample { values: values.map(Tokens::millionths).collect(), unit: 1_000_000 }
    }

    /// Money in the currency's unit, one amount per replication.
    pub fn of_money(values: impl Iterator<Item = Money>) -> Self {
        Sample { values: values.map(|money| money.0).collect(), unit: 1_000_000 }
    }

    /// Counts, one per replication.
    pub fn of_counts(values: impl Iterator<Item = u32>) -> Self {
        Sample { values: values.map(i64::from).collect(), unit: 1 }
    }

    /// The number of a replication, as an exact decimal.
    pub fn exact(&self, place: usize) -> String {
        let whole = 1_000_000 / i64::from(self.unit);
        Tokens::from_millionths(self.values[place] * whole).to_string()
    }

    /// The numbers, in the order of the replications: tokens and money in millionths.
    pub fn values(&self) -> &[i64] {
        &self.values
    }

    /// How many replications there are.
    pub fn count(&self) -> usize {
        self.values.len()
    }

    /// The numbers of the replications, in their order.
    pub fn numbers(&self) -> impl Iterator<Item = f64> {
        self.values.iter().map(|value| *value as f64 / f64::from(self.unit))
    }

    /// The mean with its interval, and quantiles.
    pub fn estimate(&self) -> Estimate {
        estimate(self.values.clone(), f64::from(self.unit))
    }

    fn forecast(&self, figure: &str) -> FigureForecast {
        let Estimate { mean, half_width, .. } = self.estimate();
        let quantiles = quantiles(self.values.clone(), f64::from(self.unit));
        FigureForecast { figure: figure.to_owned(), mean, half_width, quantiles }
    }

    /// The smallest number with at least this share of the replications at or under it; the share is taken to the ninth
    /// decimal.
    pub fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.values.clone();
        sorted.sort_unstable();
        let billionths = (share * 1e9).round() as u128;
        let place = (billionths * sorted.len() as u128).div_ceil(1_000_000_000).max(1) as usize - 1;
        sorted[place] as f64 / f64::from(self.unit)
    }

    /// How much more than another, over the replications that both have: the mean of the differences, with its own interval.
    pub fn more_than(&self, other: &Sample) -> Mean {
        let differences = self.values.iter().zip(&other.values).map(|(one, other)| one - other);
        let Estimate { mean, half_width, .. } = estimate(differences.collect(), f64::from(self.unit));
        Mean { mean, half_width }
    }
}

/// What a variant's replications came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// All teams together.
    pub all: Figures,
    /// Each team, by name.
    pub teams: Vec<(String, Figures)>,
    /// Each group of users.
    pub groups: Vec<(String, Figures)>,
    /// Each product.
    pub products: Vec<(String, Figures)>,
}

/// Figures of all teams, of one, of a group or of a product; of these two only burn, its cost and what was avoidable are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Tokens burned.
    pub burn: Sample,
    /// What these cost at the unit price of the packs that paid; `None` where no prices are given.
    pub burn_cost: Option<Sample>,
    /// Of them, avoidable.
    pub avoidable: Sample,
    /// What only teams have.
    pub team: Option<TeamFigures>,
}

/// Figures that only teams have.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamFigures {
    /// 1 for a replication that ran out of tokens, 0 for one that didn't.
    pub stock_out: Sample,
    /// Tokens that expired unused.
    pub waste: Sample,
    /// What these cost at the unit price of their packs; `None` where no prices are given.
    pub waste_cost: Option<Sample>,
    /// Denials, for whatever reason.
    pub denials: Sample,
    /// Tokens left when the horizon ends.
    pub left: Sample,
    /// Tokens bought in the horizon, as planned or by buyers, whether they arrive in it or not.
    pub bought: Sample,
    /// Money for what is bought in the horizon; `None` where no prices are given.
    pub cost: Option<Sample>,
}

impl Figures {
    /// Each by the name that results have for it; `None` for money where no prices are given.
    pub fn named(&self) -> Vec<(&'static str, Option<&Sample>)> {
        let mut named = vec![
            ("burn", Some(&self.burn)),
            ("burn_cost", self.burn_cost.as_ref()),
            ("avoidable", Some(&self.avoidable)),
        ];
        if let Some(team) = &self.team {
            named.extend([
                ("waste", Some(&team.waste)),
                ("denials", Some(&team.denials)),
                ("stock_out", Some(&team.stock_out)),
                ("left", Some(&team.left)),
                ("bought", Some(&team.bought)),
                ("bought_cost", team.cost.as_ref()),
                ("waste_cost", team.waste_cost.as_ref()),
            ]);
        }
        named
    }

    /// What can be said of each. A stock-out has a chance, and no quantiles worth telling.
    pub(super) fn forecasts(&self) -> Vec<FigureForecast> {
        let told = self.named().into_iter().filter(|(name, _)| *name != "stock_out");
        told.filter_map(|(name, sample)| Some(sample?.forecast(name))).collect()
    }
}

impl TeamFigures {
    /// The chance of a stock-out.
    pub fn chance(&self) -> Chance {
        Chance::of(self.stock_out.values.iter().sum::<i64>() as u32, self.stock_out.values.len() as u32)
    }
}

impl Chance {
    /// Of what was seen `hits` times in `count` replications; there is at least one.
    pub fn of(hits: u32, count: u32) -> Chance {
        let (low, high) = wilson(hits, count);
        Chance { chance: f64::from(hits) / f64::from(count), low, high }
    }
}

/// What the outcomes of a scenario's replications say. There is at least one outcome.
pub fn findings(scenario: &Scenario, outcomes: &[Outcome]) -> Findings {
    let (days, holdings) = (Days::of(scenario), scenario.holdings());
    let lines: Vec<_> = scenario.lines().collect();
    let teams = scenario.teams.len();
    let figures = |teams: std::ops::Range<usize>, refused: std::ops::Range<usize>| {
        View { scenario, outcomes, holdings: &holdings, lines: &lines, days: &days, teams, refused }.figures()
    };
    let named = |name: &String, figures: Figures| (name.clone(), figures);
    let of_teams = scenario.teams.iter().enumerate();
    let of_groups = scenario.groups.iter().enumerate();
    let of_products = scenario.products.iter().enumerate();
    Findings {
        all: figures(0..teams, 0..teams + 1),
        teams: of_teams.map(|(at, team)| named(&team.name, figures(at..at + 1, at..at + 1))).collect(),
        groups: of_groups
            .map(|(at, group)| named(&group.name, part(scenario, outcomes, |outcome| outcome.groups[at])))
            .collect(),
        products: of_products
            .map(|(at, product)| named(&product.name, part(scenario, outcomes, |outcome| outcome.products[at])))
            .collect(),
    }
}

fn part(scenario: &Scenario, outcomes: &[Outcome], part: impl Fn(&Outcome) -> Part) -> Figures {
    let has_prices = !scenario.prices.tokens.is_empty();
    Figures {
        burn: Sample::of_tokens(outcomes.iter().map(|outcome| part(outcome).burned)),
        burn_cost: has_prices.then(|| Sample::of_money(outcomes.iter().map(|outcome| part(outcome).cost))),
        avoidable: Sample::of_tokens(outcomes.iter().map(|outcome| part(outcome).avoidable)),
        team: None,
    }
}

impl View<'_> {
    pub(super) fn figures(&self) -> Figures {
        let days = 0..self.days.count();
        let packs = |part: &dyn Fn(&PackOutcome) -> Tokens| Sample::of_tokens(self.sum_over_packs(part));
        let out = self.sum(days.clone(), |outcome| &outcome.shortages).map(|denials: u32| u32::from(denials > 0));
        let denials = self.outcomes.iter().map(|outcome| {
            let of_row = |row| (0..Denial::ALL.len()).map(move |reason| outcome.denials.row(row)[reason]);
            self.refused.clone().flat_map(of_row).sum()
        });
        Figures {
            burn: Sample::of_tokens(self.sum(days.clone(), |outcome| &outcome.burn)),
            burn_cost: self.burn_cost().map(Sample::of_money),
            avoidable: packs(&|pack| pack.avoidable.iter().copied().sum()),
            team: Some(TeamFigures {
                stock_out: Sample::of_counts(out),
                waste: packs(&|pack| pack.expired),
                waste_cost: self.waste_cost(),
                denials: Sample::of_counts(denials),
                left: Sample::of_tokens(self.sum(days.end - 1..days.end, |outcome| &outcome.balance)),
                bought: self.bought_tokens(),
                cost: self.cost(),
            }),
        }
    }

    fn waste_cost(&self) -> Option<Sample> {
        let prices = self.held().map(|(place, each)| Some((place, each?)));
        let prices: Vec<(usize, Money)> = prices.collect::<Option<_>>()?;
        self.scenario.prices.tokens.first()?;
        let cost = |outcome: &Outcome| {
            prices.iter().map(|(place, each)| each.for_tokens(outcome.packs[*place].expired)).sum::<Money>()
        };
        Some(Sample::of_money(self.outcomes.iter().map(cost)))
    }

    /// What is planned to be bought in the horizon.
    fn planned(&self) -> impl Iterator<Item = &Pack> {
        let bought = |pack: &&Pack| !pack.on_hand && pack.enters < self.scenario.end;
        self.packs().map(|(_, pack)| pack).filter(bought)
    }

    /// What buyers order for the teams in a replication: the line and what was ordered on it.
    fn ordered<'a>(&'a self, outcome: &'a Outcome) -> impl Iterator<Item = (&'a Line, &'a Bought)> {
        let lines = self.lines.iter().zip(&outcome.bought);
        lines.filter(|(line, _)| self.teams.contains(&line.team.index()))
    }

    fn bought_tokens(&self) -> Sample {
        let planned: Tokens = self.planned().map(|pack| pack.size).sum();
        let ordered = |outcome| self.ordered(outcome).map(|(_, ordered)| ordered.tokens).sum::<Tokens>();
        Sample::of_tokens(self.outcomes.iter().map(|outcome| planned + ordered(outcome)))
    }

    /// What is bought, as planned or by buyers.
    fn cost(&self) -> Option<Sample> {
        let prices = &self.scenario.prices;
        prices.tokens.first()?;
        let planned = self.planned().map(|pack| Some(prices.each(pack.size)?.for_tokens(pack.size)));
        let planned = planned.sum::<Option<Money>>()?;
        let ordered = |outcome| {
            let costs =
                self.ordered(outcome).map(|(line, ordered)| prices.tokens[line.tier].each.for_tokens(ordered.tokens));
            costs.sum::<Money>()
        };
        Some(Sample::of_money(self.outcomes.iter().map(|outcome| [planned, ordered(outcome)].into_iter().sum())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_and_differences_are_those_of_the_replications() {
        let sample = |values: &[i64]| Sample { values: values.to_vec(), unit: 1 };
        let hundred = sample(&(1..=100).rev().collect::<Vec<_>>());
        let quantiles = [0.0, 0.001, 0.01, 0.5, 0.9, 0.905, 1.0].map(|share| hundred.quantile(share));
        assert_eq!(quantiles, [1.0, 1.0, 1.0, 50.0, 90.0, 91.0, 100.0]);
        let more = sample(&[11, 22, 33]).more_than(&sample(&[1, 2, 3, 4]));
        assert_eq!(more.mean, 20.0);
        assert_eq!(sample(&[5, 6]).more_than(&sample(&[3, 4])), Mean { mean: 2.0, half_width: Some(0.0) });
        assert_eq!(sample(&[5]).more_than(&sample(&[3])), Mean { mean: 2.0, half_width: None });
    }
}
