//! What replications came to, one exact number each.

use super::model::{Kind, Made};
use crate::forecast::{self, Figure, Findings, findings};
use crate::scenario::{Change, Scenario};
use crate::simulate::Outcome;

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
    /// Of a team, or all of them.
    pub fn of_team(of: &forecast::Figures) -> Self {
        Runs(Figure::ALL.map(|figure| figure.sample(of).map(|sample| sample.values().to_vec())))
    }

    /// The numbers of a figure.
    pub fn of(&self, figure: Figure) -> Option<&[i64]> {
        self.0[figure as usize].as_deref()
    }
}

impl Subject {
    /// A scenario's replications from 0 on.
    pub fn of(name: &str, kind: Kind, scenario: &Scenario, seed: u64, outcomes: &[Outcome]) -> Self {
        let Findings { all, teams, .. } = findings(scenario, outcomes);
        Subject {
            name: name.to_owned(),
            kind,
            changes: scenario.changes.clone(),
            made: Made::of(scenario, seed, outcomes.len() as u32),
            currency: if scenario.prices.tokens.is_empty() { String::new() } else { scenario.currency.clone() },
            numbers: (0..outcomes.len() as u32).collect(),
            all: Runs::of_team(&all),
            teams: teams.iter().map(|(team, figures)| (team.clone(), Runs::of_team(figures))).collect(),
        }
    }
}
