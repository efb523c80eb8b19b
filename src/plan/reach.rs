//! What can't be helped: demand that no order can meet, as none has come yet, or the last one has ended.

use super::problem::{Demand, Lot, Problem};
use super::stock::Stock;
use crate::tokens::Tokens;

/// The runs that fail even if everything is bought at every date, ascending.
pub(super) fn doomed(problem: &Problem) -> Vec<usize> {
    let mut stock = everything(problem);
    let runs = problem.demand.each().enumerate();
    runs.filter(|(_, run)| !stock.lasts(run)).map(|(run, _)| run).collect()
}

/// The same problem without the demand that can't be met even if everything is bought at every date.
pub fn within_reach(problem: &Problem) -> Problem {
    let mut stock = everything(problem);
    let mut demand = Demand::new(problem.demand.days());
    for run in problem.demand.each() {
        let mut met = run.to_vec();
        stock.run(run, |day, short| met[day] -= short);
        demand.push(&met);
    }
    Problem { demand, ..problem.clone() }
}

/// The spans in which no order is there, and in some run something is missing even if everything is bought at every date: the first day and
/// the last of each, ascending.
pub fn out_of_reach(problem: &Problem) -> Vec<(u32, u32)> {
    let mut stock = everything(problem);
    let mut missing = vec![false; problem.demand.days()];
    for run in problem.demand.each() {
        stock.run(run, |day, short| missing[day] |= short > Tokens::ZERO);
    }
    let is_served = |day: &u32| problem.dates.iter().any(|date| date.arrives <= *day && *day < date.ends);
    let days: Vec<u32> = (0..missing.len() as u32).filter(|day| !is_served(day)).collect();
    let spans = days.chunk_by(|day, next| day + 1 == *next);
    let spans = spans.filter(|span| span.iter().any(|day| missing[*day as usize]));
    spans.map(|span| (span[0], span[span.len() - 1])).collect()
}

/// What there is, and more than any run needs at every date.
fn everything(problem: &Problem) -> Stock {
    let needed = |run: &[Tokens]| run.iter().copied().sum::<Tokens>();
    let most = problem.demand.each().map(needed).max().unwrap_or(Tokens::ZERO);
    let bought = problem.dates.iter().map(|date| Lot { enters: date.arrives, ends: date.ends, tokens: most });
    Stock::new(problem.lots.iter().copied().chain(bought))
}
