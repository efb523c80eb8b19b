//! What a scenario's purchases come to through the core.

use super::draws::Draws;
use crate::diagnostic::Diagnostic;
use crate::forecast::{self, Forecast, RunCard, forecast, replicate};
use crate::ids::TeamId;
use crate::scenario::Purchase;
use crate::simulate::{Inputs, Outcome};

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
    let mut inputs = inputs.clone();
    inputs.scenario.add_purchases(purchases);
    let watch = forecast::Watch { expected: &|_| {}, done };
    let replicated = replicate(&inputs, draws.run(0, draws.replications), None, &watch)?;
    let failed = replicated.outcomes.iter().filter(|outcome| runs_out(outcome, teams)).count() as u32;
    let card = RunCard::new(&inputs.scenario, &inputs.library.sources(), draws.seed, draws.replications);
    let forecast = forecast(&inputs.scenario, &replicated, card);
    Ok(Verified { replications: draws.replications, failed, forecast })
}

fn runs_out(outcome: &Outcome, teams: &[TeamId]) -> bool {
    teams.iter().any(|team| outcome.shortages.row(team.index()).iter().any(|denials| *denials > 0))
}
