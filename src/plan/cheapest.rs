use std::fmt;

use super::course::Market;
use super::drop::{Effort, Side, choose};
use super::evaluate::evaluate;
use super::exact;
use super::needs::Needs;
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
    /// In so many runs tokens run out whatever is bought (before the first arrival, mostly), and so many may.
    OutOfReach {
        /// Runs with a stock-out in any case.
        doomed: usize,
        /// Runs that may have one.
        may_fail: usize,
    },
}

impl fmt::Display for NoPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoPlan::OutOfReach { doomed, may_fail } => {
                write!(f, "in {doomed} runs tokens run out whatever is bought, and in {may_fail} they may")
            }
        }
    }
}

/// The cheapest purchases with which the runs without a stock-out in any team are at least the service level's share.
///
/// The problems are teams with the same runs: run 3 of one goes with run 3 of the others.
pub fn cheapest(problems: &[Problem], service: Service) -> Result<Plan, NoPlan> {
    let runs = problems.first().map_or(0, |problem| problem.demand.runs());
    let may_fail = service.may_fail(runs);
    let mut sides: Vec<Side> =
        problems.iter().map(|problem| Side { needs: Needs::new(problem), market: Market::new(problem) }).collect();
    let mut doomed: Vec<usize> = sides.iter().flat_map(|side| side.needs.doomed.iter().copied()).collect();
    doomed.sort_unstable();
    doomed.dedup();
    if doomed.len() > may_fail {
        return Err(NoPlan::OutOfReach { doomed: doomed.len(), may_fail });
    }
    let kept: Vec<u32> = (0..runs).filter(|run| doomed.binary_search(run).is_err()).map(|run| run as u32).collect();
    let limit = may_fail - doomed.len();
    sides.iter_mut().for_each(|side| side.needs.rank(&kept, limit));
    let effort = Effort { width: 1, stride: 1, exact: false };
    let choice = choose(&sides, limit, effort).pop().expect("a search has a start");
    let purchases = problems.iter().zip(&sides).map(|(problem, side)| {
        let course = side.course(&choice.dropped);
        let (orders, _) = exact::cheapest(&side.market, &course).expect("runs that can be saved are");
        let orders = orders.into_iter().enumerate().filter(|(_, steps)| *steps > 0);
        orders.map(|(date, steps)| Purchase { date, tokens: problem.tokens(steps) }).collect()
    });
    Ok(Plan::judged(problems, purchases.collect()))
}

impl Plan {
    /// These purchases, judged.
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
