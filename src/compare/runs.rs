//! What replications came to, one exact number each.

use super::figure::Figure;
use super::model::{Kind, Made};
use crate::meter::Denial;
use crate::scenario::{Change, Scenario};
use crate::simulate::{Days, Outcome, PackOutcome};
use crate::tokens::Tokens;

/// What is compared: a scenario's replications, run now or stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// What it is called.
    pub name: String,
    /// Where it comes from.
    pub kind: Kind,
    /// What a variant changes.
    pub changes: Vec<Change>,
    /// What made it.
    pub made: Made,
    /// The currency of all money; empty where no prices are given.
    pub currency: String,
    /// The numbers of the replications, ascending.
    pub numbers: Vec<u32>,
    /// All teams together.
    pub all: Runs,
    /// Each team.
    pub teams: Vec<(String, Runs)>,
}

/// By figure, in the order of [`Figure::ALL`]: one number for each replication, tokens and money in millionths; `None` where it
/// isn't known, as money without prices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runs(pub [Option<Vec<i64>>; Figure::ALL.len()]);

impl Runs {
    /// The numbers of a figure.
    pub fn of(&self, figure: Figure) -> Option<&[i64]> {
        self.0[figure as usize].as_deref()
    }
}

/// A million million of the currency's unit.
const MOST: i64 = 1_000_000_000_000 * 1_000_000;

impl Subject {
    /// A scenario's replications from 0 on.
    pub fn of(name: &str, kind: Kind, scenario: &Scenario, seed: u64, outcomes: &[Outcome]) -> Self {
        let count = scenario.teams.len();
        let reader = Reader { scenario, outcomes, holdings: scenario.holdings() };
        let teams = scenario.teams.iter().enumerate();
        Subject {
            name: name.to_owned(),
            kind,
            changes: scenario.changes.clone(),
            made: Made::of(scenario, seed, outcomes.len() as u32),
            currency: if scenario.prices.tokens.is_empty() { String::new() } else { scenario.currency.clone() },
            numbers: (0..outcomes.len() as u32).collect(),
            all: reader.runs(|_| true, 0..count + 1),
            teams: teams.map(|(at, team)| (team.name.clone(), reader.runs(|of| of == at, at..at + 1))).collect(),
        }
    }
}

struct Reader<'a> {
    scenario: &'a Scenario,
    outcomes: &'a [Outcome],
    holdings: Vec<(usize, crate::ids::TeamId)>,
}

impl Reader<'_> {
    /// Of some teams; `refused` are their rows of denials.
    fn runs(&self, teams: impl Fn(usize) -> bool, refused: std::ops::Range<usize>) -> Runs {
        let own: Vec<usize> = (0..self.scenario.teams.len()).filter(|team| teams(*team)).collect();
        let held: Vec<usize> =
            (0..self.holdings.len()).filter(|place| teams(self.holdings[*place].1.index())).collect();
        let days = Days::of(self.scenario).count();
        let each = |number: &dyn Fn(&Outcome) -> i64| Some(self.outcomes.iter().map(number).collect::<Vec<i64>>());
        let packs = |outcome: &Outcome, part: fn(&PackOutcome) -> Tokens| {
            held.iter().map(|place| part(&outcome.packs[*place]).millionths()).sum::<i64>()
        };
        let burn = |outcome: &Outcome| {
            own.iter().flat_map(|team| outcome.burn.row(*team)).copied().sum::<Tokens>().millionths()
        };
        let out = |outcome: &Outcome| {
            own.iter().any(|team| outcome.shortages.row(*team)[..days].iter().any(|count| *count > 0)).into()
        };
        let denials = |outcome: &Outcome| {
            let rows = refused.clone().map(|row| outcome.denials.row(row)[..Denial::ALL.len()].iter().sum::<u32>());
            rows.map(i64::from).sum::<i64>()
        };
        let avoidable = |pack: &PackOutcome| pack.avoidable.iter().copied().sum();
        Runs([
            each(&burn),
            each(&|outcome| packs(outcome, avoidable)),
            each(&|outcome| packs(outcome, |pack| pack.expired)),
            each(&out),
            each(&denials),
            self.worth(&held, |pack| pack.burned),
            self.worth(&held, |pack| pack.expired),
            self.cost(&teams),
        ])
    }

    /// What a part of the holdings is worth, at what their tokens cost.
    fn worth(&self, held: &[usize], part: fn(&PackOutcome) -> Tokens) -> Option<Vec<i64>> {
        let prices = held.iter().map(|place| Some((*place, self.each(self.holdings[*place].0)?)));
        let prices: Vec<(usize, i64)> = prices.collect::<Option<_>>()?;
        self.scenario.prices.tokens.first()?;
        let worth = |outcome: &Outcome| {
            let worths = prices.iter().map(|(place, each)| money(*each, part(&outcome.packs[*place])));
            worths.sum::<i64>()
        };
        Some(self.outcomes.iter().map(worth).collect())
    }

    /// What each token of a pack, or of a line of what buyers order, costs.
    fn each(&self, place: usize) -> Option<i64> {
        let prices = &self.scenario.prices;
        let each = match self.scenario.packs.get(place) {
            Some(pack) => prices.each(pack.size),
            None => {
                let line = self.scenario.lines().nth(place - self.scenario.packs.len())?;
                prices.tokens.get(line.tier).map(|tier| tier.each)
            }
        };
        each.map(|each| each.0)
    }

    /// What is bought, as planned or by buyers.
    fn cost(&self, teams: &impl Fn(usize) -> bool) -> Option<Vec<i64>> {
        let prices = &self.scenario.prices;
        prices.tokens.first()?;
        let planned = self.scenario.packs.iter().filter(|pack| !pack.on_hand && teams(pack.team.index()));
        let planned: i64 = planned.map(|pack| Some(money(prices.each(pack.size)?.0, pack.size))).sum::<Option<_>>()?;
        let lines: Vec<_> = self.scenario.lines().collect();
        let ordered = |outcome: &Outcome| {
            let own = lines.iter().zip(&outcome.bought).filter(|(line, _)| teams(line.team.index()));
            own.map(|(line, ordered)| money(prices.tokens[line.tier].each.0, ordered.tokens)).sum::<i64>()
        };
        Some(self.outcomes.iter().map(|outcome| planned + ordered(outcome)).collect())
    }
}

/// What tokens cost, in millionths of the currency's unit, up to a million million of it.
fn money(each: i64, tokens: Tokens) -> i64 {
    let cost = i128::from(each) * i128::from(tokens.millionths()) / 1_000_000;
    i64::try_from(cost).unwrap_or(i64::MAX).min(MOST)
}
