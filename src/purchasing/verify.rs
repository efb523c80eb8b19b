//! What a scenario's purchases come to through the core.

use super::draws::Draws;
use crate::diagnostic::Diagnostic;
use crate::forecast::{Forecast, RunCard, forecast};
use crate::ids::TeamId;
use crate::scenario::{Purchase, Scenario};
use crate::simulate::{self, Inputs, Outcome, Run};

/// A scenario with purchases, simulated.
#[derive(Clone, Debug)]
pub struct Verified {
    /// How many replications.
    pub replications: u32,
    /// How many of them have a stock-out in one of the planned teams.
    pub failed: u32,
    /// What the replications came to.
    pub forecast: Forecast,
}

impl Verified {
    /// The share of the replications without a stock-out, in millionths, rounded down.
    pub fn service(&self) -> i64 {
        i64::from(self.replications - self.failed) * 1_000_000 / i64::from(self.replications)
    }
}

/// Simulates a scenario with purchases besides those that it has. `done` is told of each replication.
///
/// An error is that of a script.
pub fn verify(
    inputs: &Inputs,
    purchases: &[Purchase],
    teams: &[TeamId],
    draws: Draws,
    done: &(dyn Fn() + Sync),
) -> Result<Verified, Box<Diagnostic>> {
    let mut scenario: Scenario = inputs.scenario.clone();
    scenario.add_purchases(purchases);
    let Draws { seed, replications, threads } = draws;
    let run = Run { first: 0, replications, seed, threads };
    let outcomes = simulate::run(&scenario, &scenario.setup(), &inputs.library, run, |_, _| done())?;
    let failed = outcomes.iter().filter(|outcome| runs_out(outcome, teams)).count() as u32;
    let card = RunCard::new(&scenario, &inputs.library.sources(), seed, replications);
    Ok(Verified { replications, failed, forecast: forecast(&scenario, &outcomes, card) })
}

fn runs_out(outcome: &Outcome, teams: &[TeamId]) -> bool {
    teams.iter().any(|team| outcome.shortages.row(team.index()).iter().any(|denials| *denials > 0))
}
