//! What a scenario's purchases come to through the core.

use super::demand::{Burned, Demand};
use super::draws::Draws;
use crate::diagnostic::Diagnostic;
use crate::forecast::{self, Forecast, RunCard, forecast, replicate};
use crate::ids::TeamId;
use crate::scenario::Purchase;
use crate::simulate::{self, Inputs, Outcome};

/// Replications of which more than failures are told: each takes memory until all have ended.
const TOLD: u32 = 5_000;
/// Those beyond are simulated so many at a time.
const CHUNK: u32 = 500;

/// A scenario with purchases, simulated.
#[derive(Clone, Debug)]
pub struct Verified {
    /// How many replications.
    pub replications: u32,
    /// What they burned; short are those with a stock-out in one of the planned teams.
    pub burned: Burned,
    /// What the replications came to, the first 5,000 where there are more.
    pub forecast: Forecast,
}

impl Verified {
    /// How many replications have a stock-out in one of the planned teams.
    pub fn failed(&self) -> usize {
        self.burned.short.len()
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
    let mut burned = Burned { as_demand: Demand::new(&inputs.scenario), short: Vec::new() };
    let mut see = |first: u32, outcomes: &[Outcome]| {
        outcomes.iter().for_each(|outcome| burned.as_demand.add(outcome));
        burned.short.extend((first..).zip(outcomes).filter(|(_, one)| runs_out(one, teams)).map(|(number, _)| number));
    };
    let told = draws.replications.min(TOLD);
    let watch = forecast::Watch { expected: &|_| {}, done };
    let replicated = replicate(&inputs, draws.run(0, told), None, &watch)?;
    see(0, &replicated.outcomes);
    let setup = inputs.scenario.setup();
    for first in (told..draws.replications).step_by(CHUNK as usize) {
        let run = draws.run(first, CHUNK.min(draws.replications - first));
        see(first, &simulate::run(&inputs.scenario, &setup, &inputs.library, run, |_, _| done())?);
    }
    let card = RunCard::new(&inputs.scenario, &inputs.library.sources(), draws.seed, told);
    let forecast = forecast(&inputs.scenario, &replicated, card);
    Ok(Verified { replications: draws.replications, burned, forecast })
}

fn runs_out(outcome: &Outcome, teams: &[TeamId]) -> bool {
    teams.iter().any(|team| outcome.shortages.row(team.index()).iter().any(|denials| *denials > 0))
}
