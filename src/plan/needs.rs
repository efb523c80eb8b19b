//! What must have been bought by when.

use std::cmp::Reverse;

use super::course::Course;
use super::exact;
use super::problem::{Lot, Problem};
use super::stock::Stock;
use crate::tokens::Tokens;

/// How many of the ends of purchases within the horizon are looked at as places where the rest of the horizon begins anew. With more, plans
/// are mended where they turn out short.
const ENDS: usize = 24;

/// What each run needs beside its lots, summed up to the days that matter: those of arrivals and of ends of purchases.
///
/// Where no purchase ends within the horizon, a run has no stock-out if and only if before each arrival at least so much was bought. Where
/// some do, what is bought between an end and an arrival must besides cover all that is needed between these two, as everything before may
/// have expired.
pub(super) struct Needs {
    knots: usize,
    cells: Vec<Tokens>,
    /// By date: the knot of the next arrival, and that of its purchases' end.
    until: Vec<usize>,
    end: Vec<Option<usize>>,
    /// Stretches between knots, ascending by where they end.
    spans: Vec<(Option<usize>, usize)>,
    /// As many parts of a step are told apart; see [`Course`].
    pub(super) parts: i64,
    /// By span: the runs that need most in it, the neediest first, as many as can come to the fore.
    ranked: Vec<Vec<u32>>,
}

impl Needs {
    /// Of the runs that are `kept`; at most `depth` of them will be dropped.
    pub(super) fn new(problem: &Problem, kept: &[u32], depth: usize) -> Needs {
        let days = problem.demand.days();
        let next = problem.dates.iter().skip(1).map(|date| (date.arrives as usize).min(days)).chain([days]);
        let next: Vec<usize> = next.take(problem.dates.len()).collect();
        let ends: Vec<usize> = problem.dates.iter().map(|date| date.ends as usize).collect();
        let mut knots: Vec<usize> =
            next.iter().copied().chain(ends.iter().copied().filter(|end| *end < days)).collect();
        knots.sort_unstable();
        knots.dedup();
        let place = |day: usize| knots.binary_search(&day).ok();
        let end: Vec<Option<usize>> = ends.iter().map(|end| place(*end).filter(|_| *end < days)).collect();
        let mut needs = Needs {
            knots: knots.len(),
            cells: cells(problem, &problem.lots, &knots),
            until: next.iter().map(|day| place(*day).expect("it is a knot")).collect(),
            spans: spans(knots.len(), &end),
            end,
            parts: 1,
            ranked: Vec::new(),
        };
        needs.parts = needs.finest(problem);
        needs.ranked = needs.spans.iter().map(|span| needs.rank(*span, kept, depth)).collect();
        needs
    }

    /// Where purchases end, every part of a step that what is needed is a multiple of; unless that is too fine to be solved.
    fn finest(&self, problem: &Problem) -> i64 {
        if self.decide() {
            return 1;
        }
        let step = Tokens::whole(problem.step).millionths();
        let part = self.cells.iter().fold(step, |part, need| greatest_common_divisor(part, need.millionths()));
        let most = self.cells.iter().copied().max().unwrap_or(Tokens::ZERO);
        let states = problem.parts_up(most, step / part).saturating_mul(problem.dates.len() as i64);
        if states <= exact::STATES { step / part } else { 1 }
    }

    fn at(&self, run: u32, knot: usize) -> Tokens {
        self.cells[run as usize * self.knots + knot]
    }

    fn within(&self, run: u32, (from, to): (Option<usize>, usize)) -> Tokens {
        self.at(run, to) - from.map_or(Tokens::ZERO, |from| self.at(run, from))
    }

    fn rank(&self, span: (Option<usize>, usize), kept: &[u32], depth: usize) -> Vec<u32> {
        let key = |run: &u32| (Reverse(self.within(*run, span)), *run);
        let mut runs = kept.to_vec();
        if depth + 1 < runs.len() {
            runs.select_nth_unstable_by_key(depth, key);
            runs.truncate(depth + 1);
        }
        runs.sort_unstable_by_key(key);
        runs
    }

    /// What the runs need together that aren't dropped, at least; exactly so where no purchase ends within the horizon, and for a single run.
    pub(super) fn course(&self, problem: &Problem, dropped: &[bool]) -> Course {
        let mut sums = vec![Tokens::ZERO; self.knots];
        for (span, ranked) in self.spans.iter().zip(&self.ranked) {
            let Some(run) = ranked.iter().find(|run| !dropped[**run as usize]) else { continue };
            let before = span.0.map_or(Tokens::ZERO, |from| sums[from]);
            sums[span.1] = sums[span.1].max(before + self.within(*run, *span));
        }
        let needs: Vec<i64> = self.until.iter().map(|knot| problem.parts_up(sums[*knot], self.parts)).collect();
        let reach = self.end.iter().zip(&self.until).zip(&needs).map(|((end, until), need)| match end {
            None => i64::MAX,
            Some(end) if until <= end => problem.parts_down(sums[*end], self.parts).max(*need),
            Some(end) => problem.parts_down(sums[*end], self.parts),
        });
        Course { parts: self.parts, reach: reach.collect(), needs }
    }

    /// Whether they decide alone which runs fail: no purchase ends within the horizon.
    pub(super) fn decide(&self) -> bool {
        self.end.iter().all(Option::is_none)
    }

    /// Where they do: marks the runs that need more than is ordered.
    pub(super) fn failing(&self, problem: &Problem, orders: &[i64], failing: &mut [bool]) {
        let mut sum = 0;
        let bought = orders.iter().zip(&self.until).map(|(steps, knot)| {
            sum += steps;
            (*knot, problem.tokens(sum))
        });
        let bought: Vec<(usize, Tokens)> = bought.collect();
        for (needs, failing) in
            self.cells.chunks_exact(self.knots.max(1)).zip(failing).filter(|(_, failing)| !**failing)
        {
            *failing = bought.iter().any(|(knot, bought)| needs[*knot] > *bought);
        }
    }

    /// What a run needs in all.
    pub(super) fn total(&self, run: u32) -> Tokens {
        self.knots.checked_sub(1).map_or(Tokens::ZERO, |last| self.at(run, last))
    }

    /// What each of these runs needs at least, and what an order reaches at most.
    pub(super) fn least(&self, problem: &Problem, runs: &[u32], parts: i64) -> Course {
        let least = |knot: &usize| runs.iter().map(|run| self.at(*run, *knot)).min().unwrap_or(Tokens::ZERO);
        let reach = |knot: &usize| runs.iter().map(|run| self.at(*run, *knot)).max().unwrap_or(Tokens::ZERO);
        let up = |tokens| problem.parts_up(tokens, parts);
        Course {
            parts,
            needs: self.until.iter().map(|knot| up(least(knot))).collect(),
            reach: self.end.iter().map(|end| end.as_ref().map_or(i64::MAX, |end| up(reach(end)))).collect(),
        }
    }

    pub(super) fn spans(&self) -> usize {
        self.spans.len()
    }

    /// The runs that aren't dropped and have the greatest need in some span.
    pub(super) fn neediest(&self, dropped: &[bool]) -> Vec<u32> {
        let mut neediest = Vec::new();
        for (span, ranked) in self.spans.iter().zip(&self.ranked) {
            let mut kept = ranked.iter().copied().filter(|run| !dropped[*run as usize]).peekable();
            let greatest = kept.peek().map_or(Tokens::ZERO, |run| self.within(*run, *span));
            if greatest > Tokens::ZERO {
                neediest.extend(kept.take_while(|run| self.within(*run, *span) == greatest));
            }
        }
        neediest.sort_unstable();
        neediest.dedup();
        neediest
    }
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// To each knot from the start, and from some of the ends.
fn spans(knots: usize, ends: &[Option<usize>]) -> Vec<(Option<usize>, usize)> {
    let mut ends: Vec<usize> = ends.iter().flatten().copied().collect();
    ends.dedup();
    let stride = ends.len().div_ceil(ENDS).max(1);
    let ends: Vec<usize> = ends.into_iter().step_by(stride).collect();
    let to = |to| {
        [None]
            .into_iter()
            .chain(ends.iter().copied().filter(move |end| *end < to).map(Some))
            .map(move |from| (from, to))
    };
    (0..knots).flat_map(to).collect()
}

/// By run and day: what the lots don't cover of the demand before that day.
fn cells(problem: &Problem, lots: &[Lot], days: &[usize]) -> Vec<Tokens> {
    let mut stock = Stock::new(lots.iter().copied());
    let mut cells = Vec::with_capacity(days.len() * problem.demand.runs());
    let mut sums = vec![Tokens::ZERO; problem.demand.days() + 1];
    for run in problem.demand.each() {
        let mut sum = Tokens::ZERO;
        stock.run(run, |day, short| {
            sum += short;
            sums[day + 1] = sum;
        });
        cells.extend(days.iter().map(|day| sums[*day]));
    }
    cells
}
