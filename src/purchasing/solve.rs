//! From demand to a plan that holds: planned on some draws, verified through the core on others, and planned with more caution until it
//! holds.

use super::aim::{Aim, Made};
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

/// Plans that are looked at until one fits the demand that it brings about.
const ATTEMPTS: u32 = 10;
/// Of them, those that are made anew; the others add to the one before.
const ANEW: u32 = 2;

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
    /// Whether people of the planned teams may draw on several teams.
    pub(super) is_shared: bool,
}

/// The work on one question.
struct Work<'a> {
    inputs: &'a Inputs,
    teams: Vec<TeamId>,
    draws: Draws,
    watch: &'a Watch<'a>,
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
    let work = Work { inputs: &bare, teams: planned_teams(&bare.scenario), draws, watch };
    let may_fail = Service::from_millionths(level).may_fail(draws.replications as usize);
    let is_shared = shares_teams(&bare.scenario, &work.teams);
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
        let (problems_then, made) = match is_shared {
            true => work.settled(aim, problems, may_fail - spare)?,
            false => (problems.clone(), aim.make(&problems, may_fail - spare)),
        };
        let solved = Solved { is_shared, ..work.verified(problems_then, made, round)? };
        let short = solved.verified.failed().saturating_sub(may_fail);
        let can_be_better = matches!(aim, Aim::Cheapest(_)) && !solved.made.is_bound();
        if short == 0 || !can_be_better || spare == may_fail || round + 1 == ROUNDS {
            return Ok(Solved { fresh: work.fresh(&solved)?, ..solved });
        }
        spare = (spare + short).min(may_fail);
        problems = solved.problems;
    }
    unreachable!("the rounds end")
}

/// How often replications are simulated at least until there is an answer: demand, again where what is bought shifts it, the
/// verification, and the demand of the same runs, where the verification doesn't show it.
pub fn stages(scenario: &Scenario) -> u32 {
    match (shares_teams(scenario, &planned_teams(scenario)), hands_over(scenario)) {
        (true, _) => 4,
        (false, true) => 3,
        (false, false) => 2,
    }
}

/// The scenario's own purchases and buyers, as they stand.
pub(super) fn as_it_is(inputs: &Inputs, draws: Draws, watch: &Watch<'_>) -> Result<Solved, Box<Diagnostic>> {
    let work = Work { inputs, teams: planned_teams(&inputs.scenario), draws, watch };
    let problems = work.problems(&[], Stage::Demand, draws.of_demand())?;
    let plan = Plan::judged(&problems, vec![Vec::new(); problems.len()]);
    let service = Service::from_millionths(0);
    work.verified(problems, Made { plan, service, doomed: None, too_dear: false, unbounded: None }, 0)
}

impl Work<'_> {
    /// What the teams need, with purchases besides those of the scenario.
    fn problems(&self, bought: &[Purchase], stage: Stage, draws: Draws) -> Result<Vec<Problem>, Box<Diagnostic>> {
        (self.watch.begins)(stage, draws.replications);
        let demand = demand(self.inputs, bought, draws, self.watch.done)?;
        Ok(self.teams.iter().map(|team| problem(&self.inputs.scenario, *team, &demand)).collect())
    }

    /// The problems with the demand of the runs that verified a plan.
    fn fresh(&self, solved: &Solved) -> Result<Vec<Problem>, Box<Diagnostic>> {
        let (bought, draws, burned) = (&solved.purchases, solved.draws[1], &solved.verified.burned);
        if solved.is_shared || hands_over(&self.inputs.scenario) {
            return self.problems(bought, Stage::Ways, draws);
        }
        (self.watch.begins)(Stage::Ways, burned.short.len() as u32);
        let demand = completed(self.inputs, bought, draws, burned, self.watch.done)?;
        Ok(self.teams.iter().map(|team| problem(&self.inputs.scenario, *team, &demand)).collect())
    }

    /// A plan, and the problems with the demand as it is under that plan: what is bought may shift it between teams. Where plans made
    /// anew don't fit the demand that they bring about, more is bought where it lacks, until it does.
    fn settled(
        &self,
        aim: &Aim,
        mut problems: Vec<Problem>,
        may_fail: usize,
    ) -> Result<(Vec<Problem>, Made), Box<Diagnostic>> {
        let mut made = aim.make(&problems, may_fail);
        for attempt in 0..ATTEMPTS {
            let bought = self.purchases(&problems, &made.plan);
            problems = self.problems(&bought, Stage::Demand, self.draws.of_demand())?;
            made.plan = Plan::judged(&problems, made.plan.purchases);
            if made.plan.failed.len() <= may_fail || made.is_bound() {
                break;
            }
            made =
                if attempt < ANEW { aim.make(&problems, may_fail) } else { aim.add(&problems, &made.plan, may_fail) };
        }
        Ok((problems, made))
    }

    fn verified(&self, problems: Vec<Problem>, made: Made, round: u32) -> Result<Solved, Box<Diagnostic>> {
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
            is_shared: false,
        })
    }

    /// A plan in the scenario's terms.
    fn purchases(&self, problems: &[Problem], plan: &Plan) -> Vec<Purchase> {
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

/// Whether anybody may be paid for by several teams, of which one is planned: then what is bought shifts the demand.
fn shares_teams(scenario: &Scenario, planned: &[TeamId]) -> bool {
    let of_user = |user: &crate::scenario::User| user.memberships.iter().map(|member| member.team).collect();
    let mut teams: Vec<Vec<TeamId>> = scenario.users.iter().map(of_user).collect();
    for event in &scenario.events {
        if let EventKind::Invite { user, member, .. } | EventKind::Assign { user, member, .. } = &event.what {
            teams[user.index()].push(member.team);
        }
    }
    let is_shared = |teams: &Vec<TeamId>| {
        teams.iter().any(|team| *team != teams[0]) && teams.iter().any(|team| planned.contains(team))
    };
    teams.iter().any(is_shared)
}
