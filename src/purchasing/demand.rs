//! What people burn when tokens never run out, day by day: what a plan is made for.

use super::draws::Draws;
use super::holders::Holders;
use crate::diagnostic::Diagnostic;
use crate::plan;
use crate::scenario::{Purchase, Scenario};
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

/// What replications burned whose tokens may have run out.
#[derive(Clone, Debug)]
pub struct Burned {
    /// As if they hadn't.
    pub as_demand: Demand,
    /// The numbers of the replications in which they did, ascending.
    pub short: Vec<u32>,
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
    let endless = endless(inputs, purchases);
    let mut demand = Demand::new(&endless.scenario);
    let setup = endless.scenario.setup();
    for first in (0..draws.replications).step_by(CHUNK as usize) {
        let run = draws.run(first, CHUNK.min(draws.replications - first));
        for outcome in simulate::run(&endless.scenario, &setup, &endless.library, run, |_, _| done())? {
            demand.add(&outcome);
        }
    }
    Ok(demand)
}

/// The same of replications that are known with tokens that may run out: where nobody was refused for want of them, what was burned is
/// the demand; only the others, by their numbers, are simulated. Not where what is bought shifts demand between teams, nor where packs
/// change hands.
pub fn completed(
    inputs: &Inputs,
    purchases: &[Purchase],
    draws: Draws,
    burned: &Burned,
    done: &(dyn Fn() + Sync),
) -> Result<Demand, Box<Diagnostic>> {
    let endless = endless(inputs, purchases);
    let setup = endless.scenario.setup();
    let mut demand = burned.as_demand.clone();
    for number in &burned.short {
        let outcomes =
            simulate::run(&endless.scenario, &setup, &endless.library, draws.run(*number, 1), |_, _| done())?;
        for (team, known) in demand.teams.iter_mut().enumerate() {
            outcomes.iter().for_each(|outcome| known.replace(*number as usize, &days(outcome, team)));
        }
    }
    Ok(demand)
}

fn endless(inputs: &Inputs, purchases: &[Purchase]) -> Inputs {
    let mut scenario = inputs.scenario.clone();
    scenario.add_purchases(purchases);
    Inputs { scenario: scenario.with_endless_tokens(), library: inputs.library.clone() }
}

impl Demand {
    /// Of a scenario, as yet without replications.
    pub(super) fn new(scenario: &Scenario) -> Demand {
        let days = Days::of(scenario).count();
        Demand { teams: vec![plan::Demand::new(days); scenario.teams.len()], holders: Holders::of(scenario) }
    }

    /// Adds a replication's burn.
    pub(super) fn add(&mut self, outcome: &Outcome) {
        self.teams.iter_mut().enumerate().for_each(|(team, demand)| demand.push(&days(outcome, team)));
        self.holders.see(outcome);
    }
}

/// A team's burn by day. What is given back of earlier days is there for the days that follow.
fn days(outcome: &Outcome, team: usize) -> Vec<Tokens> {
    let mut given_back = Tokens::ZERO;
    let days = outcome.burn.row(team).iter().map(|burned| {
        let net = *burned - given_back;
        given_back = (-net).max(Tokens::ZERO);
        net.max(Tokens::ZERO)
    });
    days.collect()
}
