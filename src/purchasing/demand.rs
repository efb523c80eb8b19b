//! What people burn when tokens never run out, day by day: what a plan is made for.

use super::draws::Draws;
use super::holders::Holders;
use crate::diagnostic::Diagnostic;
use crate::plan;
use crate::scenario::Purchase;
use crate::simulate::{self, Days, Inputs, Outcome};
use crate::tokens::Tokens;

/// Replications whose outcomes are kept at a time.
const CHUNK: u32 = 500;

/// What is needed, and what is there.
#[derive(Clone, Debug)]
pub struct Demand {
    /// By `TeamId`: what its people burn.
    pub teams: Vec<plan::Demand>,
    /// Who holds which pack of the scenario, and with how much left.
    pub holders: Holders,
}

/// Simulates the demand of each team with purchases besides those that the scenario has: whoever is in several teams
/// is paid for by the one that would pay then. Nobody buys on the way. `done` is told of each replication.
///
/// An error is that of a script.
pub fn demand(
    inputs: &Inputs,
    purchases: &[Purchase],
    draws: Draws,
    done: &(dyn Fn() + Sync),
) -> Result<Demand, Box<Diagnostic>> {
    let mut scenario = inputs.scenario.clone();
    scenario.add_purchases(purchases);
    let endless = Inputs { scenario: scenario.with_endless_tokens(), library: inputs.library.clone() };
    let days = Days::of(&endless.scenario).count();
    let mut teams = vec![plan::Demand::new(days); endless.scenario.teams.len()];
    let mut holders = Holders::of(&endless.scenario);
    let setup = endless.scenario.setup();
    for first in (0..draws.replications).step_by(CHUNK as usize) {
        let run = draws.run(first, CHUNK.min(draws.replications - first));
        for outcome in simulate::run(&endless.scenario, &setup, &endless.library, run, |_, _| done())? {
            teams.iter_mut().enumerate().for_each(|(team, demand)| add(demand, &outcome, team));
            holders.see(&outcome);
        }
    }
    Ok(Demand { teams, holders })
}

/// Adds a replication's burn. What is given back of earlier days is there for the days that follow.
fn add(demand: &mut plan::Demand, outcome: &Outcome, team: usize) {
    let mut given_back = Tokens::ZERO;
    let days = outcome.burn.row(team).iter().map(|burned| {
        let net = *burned - given_back;
        given_back = (-net).max(Tokens::ZERO);
        net.max(Tokens::ZERO)
    });
    demand.push(&days.collect::<Vec<_>>());
}
