//! Plans for teams that share people.

use super::aim::Aim;
use super::solve::{Fitted, Stage, Work};
use super::verify::verify;
use crate::diagnostic::Diagnostic;
use crate::plan::{Plan, Problem};

/// Plans that are looked at until one fits the demand that it brings about.
const ATTEMPTS: u32 = 10;
/// Of them, those that are made anew; the others add to the one before.
const ANEW: u32 = 2;
/// Plans that are tried for common teams.
const TRIALS: u32 = 3;

impl Work<'_> {
    /// A plan in which common teams buy for all who may draw on them, where there is one for everybody who is shared and that holds; else one in which each team buys what it needs then,
    /// and `problems` become those of that one.
    pub(super) fn shared(
        &self,
        aim: &Aim,
        problems: &mut Vec<Problem>,
        may_fail: usize,
    ) -> Result<Fitted, Box<Diagnostic>> {
        if matches!(aim, Aim::Cheapest(_)) && self.circles.iter().all(|circle| circle.common.is_some()) {
            let joined = self.joined(problems.clone());
            let mut limit = may_fail;
            for _ in 0..TRIALS {
                let fitted = Fitted { made: aim.make(&joined, limit), problems: joined.clone(), is_joined: true };
                if fitted.made.is_bound() {
                    break;
                }
                let failed = self.tried(&fitted)?;
                if failed <= may_fail {
                    return Ok(fitted);
                }
                limit = limit.saturating_sub(failed - may_fail);
            }
        }
        let apart = self.settled(aim, problems.clone(), may_fail)?;
        problems.clone_from(&apart.problems);
        Ok(apart)
    }

    /// The problems with those of circles at their common teams.
    pub(super) fn joined(&self, problems: Vec<Problem>) -> Vec<Problem> {
        self.circles.iter().fold(problems, |problems, circle| circle.joined(problems))
    }

    /// In how many of the runs that a plan was made for tokens run out, through the core.
    fn tried(&self, fitted: &Fitted) -> Result<usize, Box<Diagnostic>> {
        let draws = self.draws.of_demand();
        (self.watch.begins)(Stage::Trial, draws.replications);
        let bought = self.purchases(&fitted.problems, &fitted.made.plan);
        Ok(verify(self.inputs, &bought, &self.teams, draws, self.watch.done)?.failed())
    }

    /// A plan, and the problems with the demand as it is under that plan: what is bought may shift it between teams. Where plans made
    /// anew don't fit the demand that they bring about, more is bought where it lacks, until it does.
    fn settled(&self, aim: &Aim, mut problems: Vec<Problem>, may_fail: usize) -> Result<Fitted, Box<Diagnostic>> {
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
        Ok(Fitted { problems, made, is_joined: false })
    }
}
