//! What is bought for a mix: the cheapest plan for its demand.

use crate::diagnostic::Diagnostic;
use crate::plan::{Cost, Problem, Service, evaluate};
use crate::purchasing::{Draws, cheapest, demand, planned_teams, problem, purchase, service_level};
use crate::scenario::{Purchase, Scenario};
use crate::simulate::{Inputs, Run};

/// What is bought, and for what.
#[derive(Clone, Debug)]
pub(super) struct Supply {
    /// In the order of days.
    pub purchases: Vec<Purchase>,
    pub cost: Cost,
    /// Whether the tokens last in as many of the replications as the service level asks.
    pub lasts: bool,
    /// By team, then by replication: what the packs on hand don't meet, in millionths.
    pub needs: Vec<Vec<i64>>,
}

impl Supply {
    /// In how many replications the packs on hand don't suffice.
    pub fn short(&self) -> usize {
        let replications = self.needs.first().map_or(0, Vec::len);
        (0..replications).filter(|place| self.needs.iter().any(|needs| needs[*place] > 0)).count()
    }
}

/// Plans the purchases of a scenario so that its tokens run out in as few of the replications as may be, or as few more as must.
pub(super) fn supply(
    inputs: &Inputs,
    run: Run,
    may_fail: usize,
    done: &(dyn Fn() + Sync),
) -> Result<Supply, Box<Diagnostic>> {
    let scenario = &inputs.scenario;
    let draws = Draws { seed: run.seed, replications: run.replications, threads: run.threads };
    let (demand, teams) = (demand(inputs, &[], draws, done)?, planned_teams(scenario));
    let problems: Vec<Problem> = teams.iter().map(|team| problem(scenario, *team, &demand)).collect();
    let mut needs = vec![vec![0; run.replications as usize]; scenario.teams.len()];
    for (team, problem) in teams.iter().zip(&problems) {
        needs[team.index()] = evaluate(problem, &[]).fates.iter().map(|fate| fate.short.millionths()).collect();
    }
    let plan = cheapest(&problems, may_fail);
    let mut purchases: Vec<Purchase> = Vec::new();
    for ((team, problem), bought) in teams.iter().zip(&problems).zip(&plan.purchases) {
        purchases.extend(bought.iter().map(|planned| purchase(scenario, *team, problem, *planned)));
    }
    purchases.sort_unstable();
    let level = Service::from_millionths(service_level(scenario));
    let lasts = plan.failed.len() <= level.may_fail(run.replications as usize);
    Ok(Supply { purchases, cost: plan.cost, lasts, needs })
}

/// In how many of the replications the tokens may run out: one standard error fewer than the level allows, as the plan is made for these
/// replications and judged by others.
pub(super) fn may_fail(scenario: &Scenario, replications: u32) -> usize {
    let may_fail = Service::from_millionths(service_level(scenario)).may_fail(replications as usize);
    may_fail - may_fail.isqrt()
}
