//! What can't be helped: demand before the first order can arrive, beyond what is there.

use crate::plan::{Demand, Lot, Problem};
use crate::tokens::Tokens;

/// The same problem without the demand that no order can meet, as it comes before the first arrival and the lots don't cover it.
pub(super) fn within_reach(problem: &Problem) -> Problem {
    let first = problem.dates.first().map_or(u32::MAX, |date| date.arrives);
    let mut lots = problem.lots.clone();
    lots.sort_by_key(|lot| (lot.ends, lot.enters));
    let mut demand = Demand::new(problem.demand.days());
    for run in problem.demand.each() {
        let mut lots = lots.clone();
        let met = (0..).zip(run).map(|(day, needed)| if day < first { burn(&mut lots, day, *needed) } else { *needed });
        demand.push(&met.collect::<Vec<_>>());
    }
    Problem { demand, ..problem.clone() }
}

/// Burns what lots have on a day; how much that is.
fn burn(lots: &mut [Lot], day: u32, needed: Tokens) -> Tokens {
    let mut missing = needed;
    for lot in lots.iter_mut().filter(|lot| lot.enters <= day && day < lot.ends) {
        let burned = missing.min(lot.tokens);
        lot.tokens -= burned;
        missing -= burned;
    }
    needed - missing
}
