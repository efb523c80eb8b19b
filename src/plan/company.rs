//! All teams together, whose runs stand or fall together.

use std::cmp::Reverse;

use super::course::{Market, NEVER, Orders, Rank};
use super::drop::{Choice, Effort, Side, choose, swap};
use super::needs::Needs;
use super::problem::{Problem, Purchase};
use super::reach::doomed;
use super::stock::Stock;
use super::{descend, exact, polish, rearrange};
use crate::tokens::Tokens;

/// Teams ready to be planned for.
pub(super) struct Company<'a> {
    pub(super) sides: Vec<Side<'a>>,
    /// By run: whether it has a stock-out whatever is bought.
    pub(super) doomed: Vec<bool>,
    /// The other runs, the one that needs most first.
    neediest: Vec<u32>,
}

/// Orders of every team, by date.
#[derive(Clone, Debug)]
pub(super) struct Solution {
    pub(super) orders: Vec<Orders>,
    pub(super) rank: Rank,
}

/// As many elementary steps as take a tenth of a second: searches are so wide and so exact that they take a few of these.
pub(super) const WORK: i128 = 20_000_000;

impl<'a> Company<'a> {
    /// With room to drop so many runs beside the doomed.
    pub(super) fn new(problems: &'a [Problem], depth: usize) -> Company<'a> {
        let runs = problems.first().map_or(0, |problem| problem.demand.runs());
        let mut lost = vec![false; runs];
        problems.iter().flat_map(doomed).for_each(|run| lost[run] = true);
        let kept: Vec<u32> = (0..runs as u32).filter(|run| !lost[*run as usize]).collect();
        let side = |problem: &'a Problem| {
            let (needs, market) = (Needs::new(problem, &kept, depth), Market::new(problem));
            Side { problem, brief: problem.brief(), needs, market }
        };
        let sides: Vec<Side> = problems.iter().map(side).collect();
        let mut neediest = kept;
        neediest.sort_by_key(|run| Reverse(sides.iter().map(|side| side.needs.total(*run)).sum::<Tokens>()));
        Company { sides, doomed: lost, neediest }
    }

    /// Whether no purchase ends within the horizon: then orders for a choice are the cheapest for it.
    pub(super) fn decided(&self) -> bool {
        self.sides.iter().all(|side| side.needs.decide())
    }

    /// How many runs are doomed.
    pub(super) fn lost(&self) -> usize {
        self.doomed.iter().filter(|lost| **lost).count()
    }

    /// The cheapest orders found that let at most `limit` runs fail beside the doomed ones. `None` where none are affordable.
    pub(super) fn solve(&self, limit: usize) -> Option<Solution> {
        let effort = self.effort(limit);
        let start = Choice::start(&self.sides, vec![false; self.doomed.len()], effort);
        let everybody = self.orders(&start);
        let choice = choose(&self.sides, start, limit, effort).pop().expect("a search has a start");
        let looks = (10 * WORK / self.work(effort.exact)) as usize;
        let by_run = self.finish(swap(&self.sides, choice, effort, looks), limit, effort);
        let by_step = everybody.map(|orders| descend::dropped(self, orders, limit, self.looks()));
        let others = by_step.into_iter().chain(self.dropped_at_once(limit));
        let others =
            others.filter_map(|dropped| self.finish(Choice::start(&self.sides, dropped, effort), limit, effort));
        let found = by_run.into_iter().chain(others).min_by_key(|solution| solution.rank)?;
        let cheaper = rearrange::rearranged(self, found.clone(), limit, &mut self.rearrangements());
        if cheaper.rank == found.rank {
            return Some(found);
        }
        let again = self.finish(Choice::start(&self.sides, self.dropped(&cheaper.orders), effort), limit, effort);
        again.into_iter().chain([cheaper]).min_by_key(|solution| solution.rank)
    }

    /// By run: whether it fails beside the doomed ones.
    pub(super) fn dropped(&self, orders: &[Orders]) -> Vec<bool> {
        self.failing(orders).iter().zip(&self.doomed).map(|(fails, lost)| *fails && !lost).collect()
    }

    /// The runs that fail where everything is bought at once: the plan that serves the others is no dearer than that.
    fn dropped_at_once(&self, limit: usize) -> Option<Vec<bool>> {
        let firsts: Vec<Problem> = self.sides.iter().map(|side| side.problem.at_first_date()).collect();
        if self.sides.iter().all(|side| side.problem.dates.len() < 2) {
            return None;
        }
        let mut orders = Company::new(&firsts, limit).solve(limit)?.orders;
        for (orders, side) in orders.iter_mut().zip(&self.sides) {
            orders.resize(side.problem.dates.len(), 0);
        }
        let dropped = self.dropped(&orders);
        (dropped.iter().filter(|dropped| **dropped).count() <= limit).then_some(dropped)
    }

    /// Orders for a choice, made better as long as that goes: which runs fail is seen only when the steps, the smallest order and the prices
    /// have had their way, and where these are fewer than may, more can be dropped.
    pub(super) fn finish(&self, choice: Choice, limit: usize, effort: Effort) -> Option<Solution> {
        let mut best = polish::polish(self, self.orders(&choice)?, limit);
        loop {
            let start = Choice::start(&self.sides, self.dropped(&best.orders), effort);
            let choice = choose(&self.sides, start, limit, effort).pop().expect("a search has a start");
            let next = self.orders(&choice).map(|orders| polish::polish(self, orders, limit));
            match next.filter(|next| next.rank < best.rank) {
                Some(next) => best = next,
                None => return Some(best),
            }
        }
    }

    /// The cheapest orders that serve the runs that aren't dropped. `None` where none are affordable.
    pub(super) fn orders(&self, choice: &Choice) -> Option<Vec<Orders>> {
        self.sides.iter().zip(choice.courses()).map(|(side, course)| exact::orders(&side.market, course)).collect()
    }

    /// By run: whether some team has a stock-out.
    pub(super) fn failing(&self, orders: &[Orders]) -> Vec<bool> {
        let mut failing = self.doomed.clone();
        for (side, orders) in self.sides.iter().zip(orders) {
            side.failing(orders, &mut failing);
        }
        failing
    }

    /// Whether at most so many runs fail beside the doomed ones: the neediest are looked at first, so what is far too little is soon known.
    pub(super) fn serves(&self, orders: &[Orders], limit: usize) -> bool {
        let mut stocks: Vec<Stock> = self.sides.iter().zip(orders).map(|(side, orders)| side.stock(orders)).collect();
        let fails = |run: &u32| {
            let mut teams = self.sides.iter().zip(&mut stocks);
            teams.any(|(side, stock)| !stock.lasts(side.brief.demand.run(*run as usize)))
        };
        self.neediest.iter().copied().filter(fails).nth(limit).is_none()
    }

    /// How many runs fail beside the doomed ones.
    pub(super) fn failures(&self, orders: &[Orders]) -> usize {
        self.failing(orders).into_iter().filter(|fails| *fails).count() - self.lost()
    }

    pub(super) fn rank(&self, orders: &[Orders]) -> Rank {
        let ranks = self.sides.iter().zip(orders).map(|(side, orders)| side.market.rank(orders));
        ranks.fold(0, |sum, rank| (sum + rank).min(NEVER))
    }

    pub(super) fn purchases(&self, orders: &[Orders]) -> Vec<Vec<Purchase>> {
        self.sides.iter().zip(orders).map(|(side, orders)| side.problem.purchases(orders)).collect()
    }

    /// As wide and as exact as the size allows.
    pub(super) fn effort(&self, limit: usize) -> Effort {
        let levels = limit as i128 * 12 + 1;
        let exact = self.work(true) * levels <= WORK;
        let once = self.work(exact) * levels;
        let width = (WORK / once).clamp(1, 64) as usize;
        Effort { width, stride: (once / (40 * WORK) + 1) as usize, exact }
    }

    /// What it takes to solve a course for each team.
    pub(super) fn work(&self, exact: bool) -> i128 {
        let side = |side: &Side| {
            let dates = side.market.stages.len() as i128;
            let bands = side.market.stages.first().map_or(1, |stage| stage.tariff.bands.len() as i128);
            let total = i128::from(side.needs.course(side.problem, &self.doomed).total());
            let spans = side.needs.spans() as i128;
            spans * 8 + if exact { 2 * dates * (total + 1) * bands } else { dates * dates * bands }
        };
        self.sides.iter().map(side).sum::<i128>().max(1)
    }
}
