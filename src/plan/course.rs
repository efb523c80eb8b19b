//! The decisions of one team for one course of needs: what both solvers solve.

use super::price::Tariff;
use super::problem::Problem;

/// What can be bought when.
pub(super) struct Market {
    pub(super) stages: Vec<Stage>,
}

/// One date to buy at.
#[derive(Clone)]
pub(super) struct Stage {
    pub(super) tariff: Tariff,
    /// Days until the next arrival: of plans with one cost, the one that holds tokens for the fewest days is best.
    pub(super) days: i128,
    /// The most that may have been paid by then.
    pub(super) allowance: i128,
}

/// By date, in parts of a step: what has to be bought until then, and what of the demand an order can reach before it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Course {
    /// Parts of a step: 1 where orders need not be cut at their ends.
    pub(super) parts: i64,
    pub(super) needs: Vec<i64>,
    pub(super) reach: Vec<i64>,
}

/// Steps bought at each date.
pub(super) type Orders = Vec<i64>;

/// The rank of a plan: its weighed cost first, then the step-days held.
pub(super) type Rank = i128;

/// Weighed costs stand above step-days.
pub(super) const HELD: i128 = 1 << 40;
/// More than anything costs.
pub(super) const NEVER: Rank = i128::MAX / 4;

impl Market {
    pub(super) fn new(problem: &Problem) -> Market {
        let end = problem.demand.days() as i128;
        let next = problem.dates.iter().skip(1).map(|date| i128::from(date.arrives)).chain([end]);
        let stages = problem.dates.iter().zip(next).map(|(date, next)| Stage {
            tariff: problem.tariff(date),
            days: (next - i128::from(date.arrives)).max(0),
            allowance: NEVER,
        });
        Market { stages: stages.collect() }
    }

    /// The same with less to pay, by date.
    pub(super) fn within(&self, allowances: &[i128]) -> Market {
        let stage = |(stage, allowance): (&Stage, &i128)| Stage { allowance: *allowance, ..stage.clone() };
        Market { stages: self.stages.iter().zip(allowances).map(stage).collect() }
    }

    /// The rank of orders as they are; [`NEVER`] where they aren't affordable.
    pub(super) fn rank(&self, orders: &[i64]) -> Rank {
        let (mut bought, mut paid, mut held) = (0, 0, 0);
        for (stage, steps) in self.stages.iter().zip(orders) {
            bought += steps;
            paid += stage.tariff.of(*steps);
            held += stage.days * i128::from(bought);
            if paid > stage.allowance {
                return NEVER;
            }
        }
        paid * HELD + held
    }

    /// The same in larger steps.
    pub(super) fn coarse(&self, factor: i64) -> Market {
        let coarse = |stage: &Stage| Stage { tariff: stage.tariff.coarse(factor), ..*stage };
        Market { stages: self.stages.iter().map(coarse).collect() }
    }
}

impl Course {
    /// The same in larger steps.
    pub(super) fn coarse(&self, factor: i64) -> Course {
        let up = |need: i64| need.div_euclid(factor) + i64::from(need % factor > 0);
        let reach = self
            .reach
            .iter()
            .zip(&self.needs)
            .map(|(reach, need)| if reach >= need { (reach / factor).max(up(*need)) } else { reach / factor });
        Course { parts: 1, reach: reach.collect(), needs: self.needs.iter().map(|need| up(*need)).collect() }
    }

    /// The steps that cover so many parts.
    pub(super) fn steps(&self, parts: i64) -> i64 {
        parts.div_euclid(self.parts) + i64::from(parts % self.parts > 0)
    }

    /// What has to be bought in all.
    pub(super) fn total(&self) -> i64 {
        self.needs.last().copied().unwrap_or(0)
    }
}
