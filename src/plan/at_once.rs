use super::cheapest::{NoPlan, Plan, cheapest};
use super::problem::{Problem, Service};

/// What is done without planning by who wants to be bothered once: one purchase a team at its first date, of the size that reaches the
/// service level at the least cost.
pub fn buy_all_at_once(problems: &[Problem], service: Service) -> Result<Plan, NoPlan> {
    cheapest(&problems.iter().map(Problem::at_first_date).collect::<Vec<_>>(), service)
}
