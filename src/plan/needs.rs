//! What must have been bought by when.

use super::problem::{Lot, Problem};
use super::stock::Stock;
use crate::tokens::Tokens;

/// By run: what has to have been bought at each date or before, so that the run has no stock-out before the next one, in steps.
pub(super) struct Needs {
    dates: usize,
    cells: Vec<i64>,
    /// By date: the runs that can be saved, the neediest first, as far as a drop of `depth` of them can bring them to the fore.
    ranked: Vec<Vec<u32>>,
    /// Runs that have a stock-out whatever is bought, ascending.
    pub(super) doomed: Vec<usize>,
}

impl Needs {
    pub(super) fn new(problem: &Problem) -> Needs {
        let mut stock = Stock::new(problem.lots.iter().copied());
        let dates = problem.dates.len();
        let mut cells = Vec::with_capacity(dates * problem.demand.runs());
        for run in problem.demand.each() {
            cells.extend(path(problem, &mut stock, run).into_iter().map(|need| problem.steps_up(need)));
        }
        Needs { dates, cells, ranked: Vec::new(), doomed: doomed(problem) }
    }

    pub(super) fn of(&self, run: usize) -> &[i64] {
        &self.cells[run * self.dates..(run + 1) * self.dates]
    }

    /// Ranks the runs that are `kept`, so that `depth` of them can be dropped.
    pub(super) fn rank(&mut self, kept: &[u32], depth: usize) {
        let column = |date: usize| {
            let need = |run: &u32| (std::cmp::Reverse(self.of(*run as usize)[date]), *run);
            let mut runs = kept.to_vec();
            if depth + 1 < runs.len() {
                runs.select_nth_unstable_by_key(depth, need);
                runs.truncate(depth + 1);
            }
            runs.sort_unstable_by_key(need);
            runs
        };
        self.ranked = (0..self.dates).map(column).collect();
    }

    pub(super) fn ranked(&self, date: usize) -> &[u32] {
        &self.ranked[date]
    }
}

/// What the lots don't cover of a run's demand, summed up to the day before each next arrival.
fn path(problem: &Problem, stock: &mut Stock, run: &[Tokens]) -> Vec<Tokens> {
    let mut sums = vec![Tokens::ZERO; run.len() + 1];
    let mut sum = Tokens::ZERO;
    stock.run(run, |day, short| {
        sum += short;
        sums[day + 1] = sum;
    });
    let next = problem.dates.iter().skip(1).map(|date| date.arrives as usize).chain([run.len()]);
    next.map(|day| sums[day.min(run.len())]).collect()
}

/// The runs that fail even if everything is bought at every date.
fn doomed(problem: &Problem) -> Vec<usize> {
    let everything = |run: &[Tokens]| run.iter().copied().sum::<Tokens>();
    let most = problem.demand.each().map(everything).max().unwrap_or(Tokens::ZERO);
    let bought = problem.dates.iter().map(|date| Lot { enters: date.arrives, ends: date.ends, tokens: most });
    let mut stock = Stock::new(problem.lots.iter().copied().chain(bought));
    let runs = problem.demand.each().enumerate();
    runs.filter(|(_, run)| stock.run(run, |_, _| {}).stock_out.is_some()).map(|(run, _)| run).collect()
}
