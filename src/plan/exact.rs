//! The cheapest orders for a course of needs, exactly: dynamic programming over dates and every number of steps.

use std::collections::VecDeque;
use std::ops::Range;

use super::course::{Course, HELD, Market, NEVER, Orders, Rank, Stage};
use super::price::Band;

/// As many states of all dates together as are looked at; with more, purchases come in larger steps.
pub(super) const STATES: i64 = 16_000_000;

/// By how much the steps have to be larger.
pub(super) fn factor(course: &Course) -> i64 {
    if course.parts > 1 {
        return 1;
    }
    (course.total() * course.needs.len() as i64 + STATES - 1) / STATES
}

/// The cheapest orders, in steps, or in larger ones where there are too many.
pub(super) fn orders(market: &Market, course: &Course) -> Option<Orders> {
    let factor = factor(course);
    if factor <= 1 {
        return cheapest(market, course).map(|(orders, _)| orders);
    }
    let (orders, _) = cheapest(&market.coarse(factor), &course.coarse(factor))?;
    Some(orders.into_iter().map(|steps| steps * factor).collect())
}

/// The cheapest orders that meet the needs, and their rank; of one rank, those that order late and little. `None` where an order ends
/// before the next one can follow.
///
/// The state is how much of the demand is covered, in parts of a step. An order of a band adds a number of steps in its range at one unit price, so the best
/// state to come from is a minimum over a sliding window. No order covers more than its reach or all that is ever needed: what it has
/// beyond is for nothing, so there the cheapest order of at least so much counts.
pub(super) fn cheapest(market: &Market, course: &Course) -> Option<(Orders, Rank)> {
    let total = course.total().max(0) as usize;
    let mut ranks = vec![NEVER; total + 1];
    ranks[0] = 0;
    let mut from = Vec::with_capacity(market.stages.len() * (total + 1));
    let mut covered = 0;
    for (place, stage) in market.stages.iter().enumerate() {
        let reach = course.reach[place].min(total as i64) as usize;
        let (next, came) = advance(stage, &ranks, covered..reach, course);
        ranks = next;
        from.extend(came);
        covered = course.needs[place] as usize;
        settle(stage, &mut ranks, covered);
    }
    (ranks[total] < NEVER).then(|| (trace(market, course, &from, total), ranks[total]))
}

/// The ranks after one date's order, and the state that each came from, which is none before the range.
fn advance(stage: &Stage, ranks: &[Rank], states: Range<usize>, course: &Course) -> (Vec<Rank>, Vec<u32>) {
    let mut next = ranks.to_vec();
    let mut came: Vec<u32> = (0..ranks.len() as u32).collect();
    for band in &stage.tariff.bands {
        for rest in 0..course.parts as usize {
            slide(
                band,
                stage.tariff.order * HELD,
                ranks,
                (&states, course.parts as usize, rest),
                |state, rank, from| {
                    if rank < next[state] {
                        (next[state], came[state]) = (rank, from as u32);
                    }
                },
            );
        }
    }
    let last = stage.tariff.bands.last().map_or(0, |band| band.from as usize);
    let start = if course.parts == 1 { states.start.max(states.end.saturating_sub(last)) } else { states.start };
    for (state, rank) in ranks.iter().enumerate().take(states.end).skip(start) {
        let (_, cost) = stage.tariff.at_least(course.steps((states.end - state) as i64));
        let rank = rank + cost * HELD;
        if rank < next[states.end] {
            (next[states.end], came[states.end]) = (rank, state as u32);
        }
    }
    (next, came)
}

/// Tells, for every `parts`th state that an order of this band leads to, the best rank and the state that it comes from.
fn slide(
    band: &Band,
    order: Rank,
    ranks: &[Rank],
    (states, parts, rest): (&Range<usize>, usize, usize),
    mut tell: impl FnMut(usize, Rank, usize),
) {
    let each = band.each * HELD;
    let worth = |state: usize| ranks[state] - each * (state / parts) as i128;
    let least = band.from as usize * parts;
    let most = usize::try_from(band.to).unwrap_or(usize::MAX).saturating_mul(parts);
    let mut window: VecDeque<usize> = VecDeque::new();
    for state in (states.start + least + rest..=states.end).step_by(parts) {
        let entering = state - least;
        if ranks[entering] < NEVER {
            while window.back().is_some_and(|last| worth(*last) > worth(entering)) {
                window.pop_back();
            }
            window.push_back(entering);
        }
        while window.front().is_some_and(|first| state - first > most) {
            window.pop_front();
        }
        if let Some(best) = window.front() {
            tell(state, worth(*best) + each * (state / parts) as i128 + order, *best);
        }
    }
}

/// Rules out what doesn't meet the need or isn't affordable, and counts what is held until the next date.
fn settle(stage: &Stage, ranks: &mut [Rank], need: usize) {
    for (state, rank) in ranks.iter_mut().enumerate() {
        if state < need || *rank >= NEVER || *rank / HELD > stage.allowance {
            *rank = NEVER;
        } else {
            *rank += stage.days * state as i128;
        }
    }
}

fn trace(market: &Market, course: &Course, from: &[u32], total: usize) -> Orders {
    let mut orders = vec![0; market.stages.len()];
    let mut state = total;
    for (place, stage) in market.stages.iter().enumerate().rev() {
        let before = from[place * (total + 1) + state] as usize;
        let covers = course.steps((state - before) as i64);
        let overshoots = state as i64 == course.reach[place].min(total as i64);
        orders[place] = if overshoots { stage.tariff.at_least(covers).0 } else { covers };
        state = before;
    }
    orders
}
