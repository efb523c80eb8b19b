use super::cheapest::{NoPlan, Plan, cheapest};
use super::problem::{Problem, Service};

/// What is done without planning by who wants to be bothered once: one purchase a team at its first date, of the size that reaches the
/// service level at the least cost.
pub fn buy_all_at_once(problems: &[Problem], service: Service) -> Result<Plan, NoPlan> {
    let first =
        |problem: &Problem| Problem { dates: problem.dates.iter().take(1).copied().collect(), ..problem.clone() };
    cheapest(&problems.iter().map(first).collect::<Vec<_>>(), service)
}
