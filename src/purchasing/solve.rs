//! From demand to a plan that holds: planned on some draws, verified through the core on others, and planned with more caution until it
//! holds.

use super::aim::{Aim, Made};
use super::circles::{Circle, circles};
use super::demand::{completed, demand};
use super::draws::Draws;
use super::problem::{order_days, planned_teams, problem, purchase};
use super::request::nothing_arrives;
use super::verify::{Verified, verify};
use crate::diagnostic::Diagnostic;
use crate::ids::TeamId;
use crate::plan::{Plan, Problem, Service};
use crate::scenario::{EventKind, Purchase, Scenario};
use crate::simulate::Inputs;

/// Plans that are verified at most before the last one is shown as it is.
const ROUNDS: u32 = 6;

/// What is told of the work: each stage with its number of replications as it begins, and each of these as it ends.
pub struct Watch<'a> {
    /// A stage begins.
    pub begins: &'a dyn Fn(Stage, u32),
    /// A replication ends; called from any thread.
    pub done: &'a (dyn Fn() + Sync),
}

/// A part of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Demand is simulated.
    Demand,
    /// A plan for teams that share people is tried on the runs that it was made for.
    Trial,
    /// A plan is verified, of this number from 1 on.
    Verification(u32),
    /// The demand of the runs that verified the plan is simulated, as far as the verification didn't show it: the other ways are judged
    /// on it.
    Ways,
}

/// A plan with what it rests on.
#[derive(Clone, Debug)]
pub(super) struct Solved {
    /// The planned teams.
    pub(super) teams: Vec<TeamId>,
    /// Their problems.
    pub(super) problems: Vec<Problem>,
    /// The same with the demand of the runs that verified the plan; none where nothing was planned.
    pub(super) fresh: Vec<Problem>,
    /// What is bought for each.
    pub(super) made: Made,
    /// The same in the scenario's terms.
    pub(super) purchases: Vec<Purchase>,
    /// What it came to.
    pub(super) verified: Verified,
    /// The draws of the demand, and of the last verification.
    pub(super) draws: [Draws; 2],
    /// How many plans were verified.
    pub(super) rounds: u32,
    /// The planned teams that share people.
    pub(super) circles: Vec<Circle>,
    /// Whether they are planned for at their common teams.
    pub(super) is_joined: bool,
}

/// The work on one question.
pub(super) struct Work<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) teams: Vec<TeamId>,
    pub(super) circles: Vec<Circle>,
    pub(super) draws: Draws,
    pub(super) watch: &'a Watch<'a>,
}

/// A plan, and the problems with the demand as it is under that plan.
pub(super) struct Fitted {
    pub(super) problems: Vec<Problem>,
    pub(super) made: Made,
    pub(super) is_joined: bool,
}

/// A plan that holds at a service level, in millionths, where one can be made to. Nobody else buys.
pub(super) fn planned(
    inputs: &Inputs,
    aim: &Aim,
    level: i64,
    draws: Draws,
    watch: &Watch<'_>,
) -> Result<Solved, Box<Diagnostic>> {
    let bare = Inputs { scenario: Scenario { buyers: Vec::new(), ..inputs.scenario.clone() }, ..inputs.clone() };
    let work = Work::new(&bare, draws, watch);
    let may_fail = Service::from_millionths(level).may_fail(draws.replications as usize);
    let mut problems = work.problems(&[], Stage::Demand, draws.of_demand())?;
    if order_days(&bare.scenario).is_empty() {
        let nothing = Plan::judged(&problems, vec![Vec::new(); problems.len()]);
        if nothing.failed.len() > may_fail {
            return Err(Box::new(nothing_arrives(&bare.scenario)));
        }
    }
    // One standard error fewer than may fail: the plan is fitted to these runs, and has to hold in others.
    let mut spare = may_fail.isqrt();
    for round in 0.. {
        let fitted = match work.circles.is_empty() {
            true => {
                Fitted { made: aim.make(&problems, may_fail - spare), problems: problems.clone(), is_joined: false }
            }
            false => work.shared(aim, &mut problems, may_fail - spare)?,
        };
        let mut solved = work.verified(fitted, round)?;
        let short = solved.verified.failed().saturating_sub(may_fail);
        if short == 0 {
            // Where people are shared, others may have paid.
            solved.made.doomed = None;
        }
        let can_be_better = matches!(aim, Aim::Cheapest(_)) && !solved.made.is_bound();
        if short == 0 || !can_be_better || spare == may_fail || round + 1 == ROUNDS {
            return Ok(Solved { fresh: work.fresh(&solved)?, ..solved });
        }
        spare = (spare + short).min(may_fail);
    }
    unreachable!("the rounds end")
}

/// How often replications are simulated at least until there is an answer: demand, again where what is bought shifts it or a plan for
/// shared people is tried, the verification, and the demand of the same runs, where the verification doesn't show it.
pub fn stages(scenario: &Scenario) -> u32 {
    match (&circles(scenario, &planned_teams(scenario))[..], hands_over(scenario)) {
        ([], false) => 2,
        ([], true) => 3,
        _ => 4,
    }
}

/// The scenario's own purchases and buyers, as they stand.
pub(super) fn as_it_is(inputs: &Inputs, draws: Draws, watch: &Watch<'_>) -> Result<Solved, Box<Diagnostic>> {
    // Nothing is planned, so nothing has to be settled between teams.
    let work = Work { circles: Vec::new(), ..Work::new(inputs, draws, watch) };
    let problems = work.problems(&[], Stage::Demand, draws.of_demand())?;
    let plan = Plan::judged(&problems, vec![Vec::new(); problems.len()]);
    let service = Service::from_millionths(0);
    let made = Made { plan, service, doomed: None, too_dear: false, unbounded: None };
    work.verified(Fitted { problems, made, is_joined: false }, 0)
}

impl<'a> Work<'a> {
    fn new(inputs: &'a Inputs, draws: Draws, watch: &'a Watch<'a>) -> Self {
        let teams = planned_teams(&inputs.scenario);
        Work { inputs, circles: circles(&inputs.scenario, &teams), teams, draws, watch }
    }

    /// What the teams need, with purchases besides those of the scenario.
    pub(super) fn problems(
        &self,
        bought: &[Purchase],
        stage: Stage,
        draws: Draws,
    ) -> Result<Vec<Problem>, Box<Diagnostic>> {
        (self.watch.begins)(stage, draws.replications);
        let demand = demand(self.inputs, bought, draws, self.watch.done)?;
        Ok(self.teams.iter().map(|team| problem(&self.inputs.scenario, *team, &demand)).collect())
    }

    /// The problems with the demand of the runs that verified a plan.
    fn fresh(&self, solved: &Solved) -> Result<Vec<Problem>, Box<Diagnostic>> {
        let (bought, draws, burned) = (&solved.purchases, solved.draws[1], &solved.verified.burned);
        if !self.circles.is_empty() || hands_over(&self.inputs.scenario) {
            let problems = self.problems(bought, Stage::Ways, draws)?;
            return Ok(if solved.is_joined { self.joined(problems) } else { problems });
        }
        (self.watch.begins)(Stage::Ways, burned.short.len() as u32);
        let demand = completed(self.inputs, bought, draws, burned, self.watch.done)?;
        Ok(self.teams.iter().map(|team| problem(&self.inputs.scenario, *team, &demand)).collect())
    }

    fn verified(&self, fitted: Fitted, round: u32) -> Result<Solved, Box<Diagnostic>> {
        let Fitted { problems, made, is_joined } = fitted;
        let purchases = self.purchases(&problems, &made.plan);
        let fresh = self.draws.of_verification(round);
        (self.watch.begins)(Stage::Verification(round + 1), fresh.replications);
        let verified = verify(self.inputs, &purchases, &self.teams, fresh, self.watch.done)?;
        let draws = [self.draws.of_demand(), fresh];
        Ok(Solved {
            teams: self.teams.clone(),
            problems,
            fresh: Vec::new(),
            made,
            purchases,
            verified,
            draws,
            rounds: round + 1,
            circles: self.circles.clone(),
            is_joined,
        })
    }

    /// A plan in the scenario's terms.
    pub(super) fn purchases(&self, problems: &[Problem], plan: &Plan) -> Vec<Purchase> {
        let of_teams = self.teams.iter().zip(problems).zip(&plan.purchases);
        let bought = of_teams.flat_map(|((team, problem), bought)| {
            bought.iter().map(|planned| purchase(&self.inputs.scenario, *team, problem, *planned))
        });
        let mut bought: Vec<Purchase> = bought.collect();
        bought.sort_unstable();
        bought
    }
}

/// Whether packs go from one team to another.
fn hands_over(scenario: &Scenario) -> bool {
    scenario.events.iter().any(|event| matches!(event.what, EventKind::Move { .. } | EventKind::Merge { .. }))
}
