use std::fmt;

use super::company::Company;
use super::evaluate::evaluate;
use super::price::Cost;
use super::problem::{Problem, Purchase, Service};

/// What to buy when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// By team, in the order of the problems: what is bought, ascending by date.
    pub purchases: Vec<Vec<Purchase>>,
    /// Of all teams.
    pub cost: Cost,
    /// The runs in which some team has a stock-out, ascending.
    pub failed: Vec<usize>,
}

/// Why there is no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPlan {
    /// Too many runs have a stock-out whatever is bought: before the first arrival, mostly.
    OutOfReach {
        /// Runs with a stock-out in any case.
        doomed: usize,
        /// Runs that may have one.
        may_fail: usize,
    },
    /// No purchases that serve are within the budget.
    TooDear,
}

impl fmt::Display for NoPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoPlan::OutOfReach { doomed, may_fail } => {
                write!(f, "in {doomed} runs tokens run out whatever is bought, and in {may_fail} they may")
            }
            NoPlan::TooDear => write!(f, "the budget is too small, or comes too late"),
        }
    }
}

/// The cheapest purchases with which the runs without a stock-out in any team are at least the service level's share: interest on payments
/// counts, what is left at the end doesn't. Of plans that cost the same, the one that holds tokens for the fewest days.
///
/// The problems are teams with the same runs: run 3 of one goes with run 3 of the others, and a run in which one team has a stock-out may as
/// well have one in all.
///
/// For the runs that it serves a plan is the cheapest there is, as long as no purchase ends within the horizon, or there is one run. Which
/// runs it serves is searched: exhaustively where that takes seconds, else by dropping the dearest one after the other and then swapping, and
/// from there by making two orders otherwise, or one at another date, in up to 20,000 plans or for some seconds. So where some may fail, a plan
/// may cost a little more than the cheapest.
pub fn cheapest(problems: &[Problem], service: Service) -> Result<Plan, NoPlan> {
    of_failures(problems, may_fail(problems, service))
}

/// The same, where so many of the runs may have a stock-out.
pub(super) fn of_failures(problems: &[Problem], may_fail: usize) -> Result<Plan, NoPlan> {
    let company = Company::new(problems, may_fail);
    let doomed = company.lost();
    let limit = may_fail.checked_sub(doomed).ok_or(NoPlan::OutOfReach { doomed, may_fail })?;
    let solution = company.solve(limit).expect("without a budget, all is affordable");
    Ok(Plan::judged(problems, company.purchases(&solution.orders)))
}

/// In how many of the runs tokens may run out.
pub(super) fn may_fail(problems: &[Problem], service: Service) -> usize {
    service.may_fail(problems.first().map_or(0, |problem| problem.demand.runs()))
}

impl Plan {
    /// These purchases, judged lot by lot in every run.
    pub fn judged(problems: &[Problem], purchases: Vec<Vec<Purchase>>) -> Plan {
        let judged = problems.iter().zip(&purchases).map(|(problem, purchases)| evaluate(problem, purchases));
        let (mut cost, mut failed) = (Cost::default(), Vec::new());
        for evaluation in judged {
            cost = cost + evaluation.cost;
            failed.extend(evaluation.failed());
        }
        failed.sort_unstable();
        failed.dedup();
        Plan { purchases, cost, failed }
    }
}
