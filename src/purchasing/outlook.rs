//! What becomes of a team: under the plan, as the verification found it, and without, as the demand says.

use super::model::{TeamPlan, Without};
use super::numbers::number;
use crate::forecast::TeamForecast;
use crate::plan::{self, Problem, Service, evaluate};
use crate::scenario::Scenario;
use crate::tokens::Tokens;

/// Some teams with what is bought for them.
#[derive(Clone, Copy)]
pub(super) struct Outlook<'a> {
    pub(super) scenario: &'a Scenario,
    /// The asked service level, in millionths.
    pub(super) level: i64,
    pub(super) problems: &'a [Problem],
    pub(super) bought: &'a [Vec<plan::Purchase>],
}

/// How a run ends without a plan: the first day that some team can't get through, and what all lack.
#[derive(Clone, Copy, Debug, Default)]
struct End {
    stock_out: Option<u32>,
    short: Tokens,
}

impl Outlook<'_> {
    /// The teams as one, of which the verification found this.
    pub(super) fn of(&self, forecast: &TeamForecast) -> TeamPlan {
        TeamPlan {
            team: forecast.team.clone(),
            stock_out: forecast.stock_out.clone(),
            without_plan: self.without(),
            missing: self.missing(),
            burn: forecast.burn,
            expired: forecast.expired,
            expired_money: forecast.expired_money,
            left: forecast.left,
            left_ends: self.left_ends().map(|day| self.day(day)),
            reorder: None,
            packs: Vec::new(),
            days: Vec::new(),
        }
    }

    /// Only the team at a place.
    pub(super) fn only(&self, place: usize) -> Self {
        Outlook { problems: &self.problems[place..place + 1], bought: &self.bought[place..place + 1], ..*self }
    }

    fn without(&self) -> Without {
        let ends = self.ends();
        let mut days: Vec<u32> = ends.iter().filter_map(|end| end.stock_out).collect();
        days.sort_unstable();
        let by = |percent: usize| {
            (!days.is_empty()).then(|| self.day(days[(percent * days.len()).div_ceil(100).max(1) - 1]))
        };
        let mut short: Vec<Tokens> = ends.iter().map(|end| end.short).collect();
        short.sort_unstable();
        let kept = short.len() - Service::from_millionths(self.level).may_fail(short.len());
        Without {
            chance: days.len() as f64 / ends.len() as f64,
            day_p10: by(10),
            day_p50: by(50),
            missing: number(short[kept.max(1) - 1]),
        }
    }

    fn missing(&self) -> f64 {
        let fates = self.problems.iter().zip(self.bought).flat_map(|(problem, bought)| evaluate(problem, bought).fates);
        let runs = self.problems.first().map_or(1, |problem| problem.demand.runs());
        number(fates.map(|fate| fate.short).sum()) / runs as f64
    }

    /// By run.
    fn ends(&self) -> Vec<End> {
        let runs = self.problems.first().map_or(0, |problem| problem.demand.runs());
        let mut ends = vec![End::default(); runs];
        for problem in self.problems {
            for (end, fate) in ends.iter_mut().zip(evaluate(problem, &[]).fates) {
                end.stock_out = [end.stock_out, fate.stock_out].into_iter().flatten().min();
                end.short += fate.short;
            }
        }
        ends
    }

    /// The first day after the horizon on which some of what is left is dead.
    fn left_ends(&self) -> Option<u32> {
        let of_team = |(problem, bought): (&Problem, &Vec<plan::Purchase>)| {
            let lots: Vec<_> =
                problem.lots.iter().copied().chain(bought.iter().map(|purchase| problem.lot(*purchase))).collect();
            let left = evaluate(problem, bought).left;
            let last = problem.demand.days() as u32;
            lots.into_iter()
                .zip(left)
                .filter(|(lot, left)| lot.ends >= last && *left > Tokens::ZERO)
                .map(|(lot, _)| lot.ends)
                .min()
        };
        self.problems.iter().zip(self.bought).filter_map(of_team).min()
    }

    fn day(&self, place: u32) -> String {
        self.scenario.first_day.plus(place as i32).to_string()
    }
}
