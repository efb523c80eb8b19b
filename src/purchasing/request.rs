//! What a planner asks, and the answer.

use super::aim::{Aim, budget};
use super::answer::{Asked, answer};
use super::draws::{Draws, replications};
use super::model::{PurchasePlan, Question};
use super::solve::{Watch, as_it_is, planned};
use crate::diagnostic::Diagnostic;
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
/// nothing can be ordered within the horizon.
pub fn plan(inputs: &Inputs, request: Request, watch: &Watch<'_>) -> Result<PurchasePlan, Box<Diagnostic>> {
    let level = service_level(inputs);
    let replications = replications(level, request.replications)?;
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

/// The asked service level in millionths: the plan's, or else the forecast's.
fn service_level(inputs: &Inputs) -> i64 {
    let scenario = &inputs.scenario;
    scenario.plan.service_level.unwrap_or_else(|| (scenario.forecast.service_level * 1e6).round() as i64)
}
