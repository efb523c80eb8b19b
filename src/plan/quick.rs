//! What the cheapest orders cost, nearly: for comparing many courses of needs.

use super::course::{Course, HELD, Market, NEVER, Rank};

/// The rank of the cheapest orders of those that are made only when nothing is left over, each for a whole number of dates (Wagner and
/// Whitin 1958). Orders at a price's start that overshoot count as if what they have beyond were lost, so it may be too dear, never too cheap.
pub(super) fn rank(market: &Market, course: &Course) -> Rank {
    let stages = &market.stages;
    let mut best = vec![NEVER; stages.len() + 1];
    best[0] = 0;
    for (place, stage) in stages.iter().enumerate() {
        if best[place] >= NEVER {
            continue;
        }
        let covered = if place == 0 { 0 } else { course.needs[place - 1] };
        let mut held = 0;
        for (last, until) in stages.iter().enumerate().skip(place) {
            let need = course.needs[last];
            held += until.days;
            if need > covered && need > course.reach[place] {
                break;
            }
            let (_, cost) = stage.tariff.at_least(course.steps(need - covered));
            if best[place] / HELD + cost > stage.allowance {
                break;
            }
            let rank = best[place] + cost * HELD + held * i128::from(need);
            best[last + 1] = best[last + 1].min(rank);
        }
    }
    best[stages.len()]
}
