//! What is asked of the mathematics: the cheapest plan for a service level, within a budget where there is one, or the best for a budget.

use std::collections::BTreeMap;

use crate::plan::{self, Budget, Cost, NoPlan, Plan, Problem, Purchase, Service};
use crate::scenario::{Money, Scenario};
use crate::tokens::Tokens;

/// What a plan is to reach.
#[derive(Clone, Debug)]
pub(super) enum Aim {
    /// The least cost at the asked service level.
    Cheapest(Option<Budget>),
    /// The best service for the money.
    Best(Budget),
}

/// A plan that the mathematics gave.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) plan: Plan,
    /// The service level that it was made for.
    pub(super) service: Service,
    /// How many runs run out whatever is bought, where they are more than may.
    pub(super) doomed: Option<usize>,
    /// Whether the budget is too small for the service level.
    pub(super) too_dear: bool,
    /// What the service level costs without a budget, where this is the best for one.
    pub(super) unbounded: Option<Cost>,
}

impl Made {
    /// Whether something keeps it from the service level that more caution can't mend.
    pub(super) fn is_bound(&self) -> bool {
        self.doomed.is_some() || self.is_for_a_budget()
    }

    /// Whether it is the best for a budget, and no plan for a service level.
    pub(super) fn is_for_a_budget(&self) -> bool {
        self.unbounded.is_some() || self.too_dear
    }
}

impl Aim {
    /// The plan with what it lacks.
    pub(super) fn add(&self, problems: &[Problem], plan: &Plan, may_fail: usize) -> Made {
        let with = problems.iter().zip(&plan.purchases).map(|(problem, bought)| {
            let bought = bought.iter().map(|purchase| problem.lot(*purchase));
            Problem { lots: problem.lots.iter().copied().chain(bought).collect(), ..problem.clone() }
        });
        let more = self.make(&with.collect::<Vec<_>>(), may_fail);
        let together = plan.purchases.iter().zip(&more.plan.purchases).map(|(bought, more)| joined(bought, more));
        Made { plan: Plan::judged(problems, together.collect()), ..more }
    }

    /// The plan in which at most so many runs fail, as far as that can be.
    pub(super) fn make(&self, problems: &[Problem], may_fail: usize) -> Made {
        let runs = problems.first().map_or(0, |problem| problem.demand.runs());
        let service = level(runs, may_fail);
        match self {
            Aim::Best(budget) => best(problems, budget, service, false),
            Aim::Cheapest(budget) => {
                let solve = |problems: &[Problem], service| match budget {
                    Some(budget) => plan::cheapest_within(problems, service, budget),
                    None => plan::cheapest(problems, service),
                };
                let made = |plan, doomed| Made { plan, service, doomed, too_dear: false, unbounded: None };
                let doomed = match solve(problems, service) {
                    Ok(plan) => return made(plan, None),
                    Err(NoPlan::TooDear) => {
                        return best(problems, budget.as_ref().expect("it is too small"), service, true);
                    }
                    Err(NoPlan::OutOfReach { doomed, .. }) => doomed,
                };
                // What is within reach is still planned for as was asked.
                let within: Vec<Problem> = problems.iter().map(plan::within_reach).collect();
                match solve(&within, service).or_else(|_| solve(&within, level(runs, doomed))) {
                    Ok(plan) => made(Plan::judged(problems, plan.purchases), Some(doomed)),
                    Err(_) => made(Plan::judged(problems, vec![Vec::new(); problems.len()]), Some(doomed)),
                }
            }
        }
    }
}

/// The cheapest plan in which at most so many runs fail, as far as that can be; there is no budget.
pub fn cheapest(problems: &[Problem], may_fail: usize) -> Plan {
    Aim::Cheapest(None).make(problems, may_fail).plan
}

fn best(problems: &[Problem], budget: &Budget, asked: Service, too_dear: bool) -> Made {
    let plan = plan::best_for_budget(problems, budget);
    let runs = problems.first().map_or(0, |problem| problem.demand.runs());
    let unbounded = plan::cheapest(problems, asked).ok().map(|plan| plan.cost);
    Made { service: level(runs, plan.failed.len()), plan, doomed: None, too_dear, unbounded }
}

/// Purchases of one date as one.
fn joined(bought: &[Purchase], more: &[Purchase]) -> Vec<Purchase> {
    let mut by_date: BTreeMap<usize, Tokens> = BTreeMap::new();
    for purchase in bought.iter().chain(more) {
        *by_date.entry(purchase.date).or_default() += purchase.tokens;
    }
    by_date.into_iter().map(|(date, tokens)| Purchase { date, tokens }).collect()
}

/// The service level at which so many of so many runs may fail.
pub(super) fn level(runs: usize, may_fail: usize) -> Service {
    let kept = runs.saturating_sub(may_fail) as i64;
    Service::from_millionths(kept * 1_000_000 / runs.max(1) as i64)
}

/// The budget of a scenario's plan, by the days of the horizon.
pub(super) fn budget(scenario: &Scenario) -> Option<Budget> {
    let parts = &scenario.plan.budget;
    let day = |from: Option<crate::calendar::Day>| {
        from.map_or(0, |day| (day.number() - scenario.first_day.number()).max(0) as u32)
    };
    let releases: Vec<(u32, Money)> = parts.iter().map(|part| (day(part.from), part.amount)).collect();
    (!releases.is_empty()).then_some(Budget { releases })
}
