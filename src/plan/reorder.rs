use super::problem::{Demand, Service};
use crate::tokens::Tokens;

/// When to order, from a day on: as soon as no more than the point is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reorder {
    /// The day, 0 being the first of the horizon.
    pub day: u32,
    /// What lasts until the order arrives, in the service level's share of the runs.
    pub point: Tokens,
    /// The mean demand until then, to the millionth below.
    pub mean: Tokens,
}

impl Reorder {
    /// What the point has beyond the mean demand; negative at service levels so low that less than the mean is enough.
    pub fn safety_stock(&self) -> Tokens {
        self.point - self.mean
    }
}

/// The reorder point of each day whose `span` lies within the horizon: the lead time, and the time until the balance is looked at again, in
/// days. Of a span longer than the horizon, that of the first day for the horizon. The greatest is the point for the whole horizon.
pub fn reorder(demand: &Demand, span: usize, service: Service) -> Vec<Reorder> {
    let runs = demand.runs();
    let span = span.min(demand.days());
    if runs == 0 {
        return Vec::new();
    }
    let mut sums: Vec<Tokens> = demand.each().map(|run| run[..span].iter().copied().sum()).collect();
    let mut points = Vec::with_capacity(demand.days() - span + 1);
    for day in 0..=demand.days() - span {
        if day > 0 {
            for (sum, run) in sums.iter_mut().zip(demand.each()) {
                *sum = *sum + run[day + span - 1] - run[day - 1];
            }
        }
        points.push(point(day as u32, sums.clone(), service));
    }
    points
}

fn point(day: u32, mut sums: Vec<Tokens>, service: Service) -> Reorder {
    let runs = sums.len();
    let all: i128 = sums.iter().map(|sum| i128::from(sum.millionths())).sum();
    let exceed = service.may_fail(runs).min(runs - 1);
    let (_, point, _) = sums.select_nth_unstable_by(exceed, |a, b| b.cmp(a));
    Reorder { day, point: *point, mean: Tokens::from_millionths((all / runs as i128) as i64) }
}
