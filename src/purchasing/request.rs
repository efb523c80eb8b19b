//! What a planner asks, and the answer.

use super::aim::{Aim, budget};
use super::answer::{Asked, answer};
use super::draws::{Draws, replications};
use super::model::{PurchasePlan, Question};
use super::solve::{Watch, as_it_is, planned};
use crate::diagnostic::Diagnostic;
use crate::scenario::{OrderDates, Scenario};
use crate::simulate::Inputs;

/// What is asked of a scenario.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// Which of the questions.
    pub question: Question,
    /// How many replications plan, and as many verify; as many as the service level needs, where `None`.
    pub replications: Option<u32>,
    /// What the seeds of all draws are mixed from.
    pub seed: u64,
    /// How many replications run at a time.
    pub threads: usize,
}

/// Plans the purchases of a scenario as its `plan` settings say.
///
/// An error is that of a script, or says why there can't be an answer: the service level is nearer to 1 than the replications can tell, or
/// something is needed and nothing can be ordered within the horizon.
pub fn plan(inputs: &Inputs, request: Request, watch: &Watch<'_>) -> Result<PurchasePlan, Box<Diagnostic>> {
    check(&inputs.scenario, request.question)?;
    let level = service_level(&inputs.scenario);
    let replications = match (request.question, request.replications) {
        // No service level is asked for that they would have to tell.
        (Question::Budget, Some(asked)) => asked,
        (_, asked) => replications(level, asked, inputs.scenario.users.len())?,
    };
    let draws = Draws { seed: request.seed, replications, threads: request.threads };
    let aim = match (request.question, budget(&inputs.scenario)) {
        (Question::Own, _) => None,
        (Question::Budget, Some(budget)) => Some(Aim::Best(budget)),
        (_, budget) => Some(Aim::Cheapest(budget)),
    };
    let solved = match aim {
        None => as_it_is(inputs, draws, watch)?,
        Some(aim) => planned(inputs, &aim, level, draws, watch)?,
    };
    Ok(answer(inputs, Asked { question: request.question, level, draws }, &solved))
}

/// Whether there is anything to plan.
fn check(scenario: &Scenario, question: Question) -> Result<(), Diagnostic> {
    if scenario.teams.is_empty() {
        return Err(Diagnostic::new("there is no team to plan for").help("list it under `teams`"));
    }
    if question != Question::Own && !scenario.plan.budget.is_empty() && scenario.prices.tokens.is_empty() {
        let error = Diagnostic::new("a budget needs prices");
        return Err(error.expected("what tokens cost, under `prices.tokens` of the scenario"));
    }
    Ok(())
}

/// Something is needed, and nothing can be ordered.
pub fn nothing_arrives(scenario: &Scenario) -> Diagnostic {
    let lead_time = scenario.plan.lead_time;
    let (first, last) = (scenario.first_day.plus(-lead_time), scenario.last_day.plus(-lead_time));
    let error = Diagnostic::new("no order can arrive within the horizon");
    let error =
        error.expected(format!("order dates from {first} to {last}, as an order takes {lead_time} days to arrive"));
    match scenario.plan.order_dates {
        OrderDates::MonthStarts => {
            error.help("orders are placed on the first of a month; `--order-dates any_day` allows each day")
        }
        OrderDates::AnyDay | OrderDates::On(_) => error,
    }
}

/// The asked service level in millionths: the plan's, or else the forecast's.
pub fn service_level(scenario: &Scenario) -> i64 {
    scenario.plan.service_level.unwrap_or_else(|| (scenario.forecast.service_level * 1e6).round() as i64)
}
