//! Small changes of a plan, each judged on every run.

use super::company::{Company, Solution, WORK};
use super::course::Orders;
use super::drop::Side;
use super::problem::Lot;
use super::stock::Stock;
use crate::tokens::Tokens;

/// Makes the plan good where it fails too often, takes away what isn't needed, and where purchases end within the horizon, so that the plan
/// isn't the cheapest for the runs that it serves, tries what else there is near it.
pub(super) fn polish(company: &Company, orders: Vec<Orders>, limit: usize) -> Solution {
    let mut best = mended(company, orders, limit);
    let mut looks = company.looks();
    while !company.decided() && explore(company, &mut best, limit, &mut looks) {}
    best
}

/// Makes the plan good where it fails too often, and takes away what isn't needed.
pub(super) fn mended(company: &Company, mut orders: Vec<Orders>, limit: usize) -> Solution {
    mend(company, &mut orders, limit, &mut { usize::MAX });
    let mut best = Solution { rank: company.rank(&orders), orders };
    trim(company, &mut best, limit, &mut { usize::MAX });
    best
}

/// Goes to the first neighbour that is cheaper, made good and trimmed; whether there was one.
fn explore(company: &Company, best: &mut Solution, limit: usize, looks: &mut usize) -> bool {
    for team in 0..best.orders.len() {
        for date in 0..best.orders[team].len() {
            for orders in neighbours(&company.sides[team], &best.orders[team], date) {
                if *looks == 0 {
                    return false;
                }
                let mut other = best.clone();
                other.orders[team] = orders;
                if !mend(company, &mut other.orders, limit, looks) {
                    continue;
                }
                other.rank = company.rank(&other.orders);
                trim(company, &mut other, limit, looks);
                if other.rank < best.rank {
                    *best = other;
                    return true;
                }
            }
        }
    }
    false
}

/// An order left out, made with the next one, a date earlier or later, or as large as the next price wants.
fn neighbours(side: &Side, orders: &[i64], date: usize) -> Vec<Orders> {
    let steps = orders[date];
    if steps == 0 {
        return Vec::new();
    }
    let with = |changes: &[(usize, i64)]| {
        let mut orders = orders.to_vec();
        changes.iter().for_each(|(date, steps)| orders[*date] = *steps);
        orders
    };
    let moved = |to: usize| with(&[(date, 0), (to, orders[to] + steps)]);
    let next = (date + 1..orders.len()).find(|next| orders[*next] > 0);
    let band = side.market.stages[date].tariff.bands.iter().find(|band| band.from > steps);
    let mut neighbours = vec![with(&[(date, 0)])];
    neighbours.extend(next.map(|next| with(&[(date, steps + orders[next]), (next, 0)])));
    neighbours.extend(date.checked_sub(1).map(moved));
    neighbours.extend(Some(date + 1).filter(|later| *later < orders.len()).map(moved));
    neighbours.extend(band.map(|band| with(&[(date, band.from)])));
    neighbours
}

/// Takes away orders, or as many of their steps as can go, the last ones first, as long as something can.
fn trim(company: &Company, best: &mut Solution, limit: usize, looks: &mut usize) {
    loop {
        let before = best.rank;
        for team in 0..best.orders.len() {
            for date in (0..best.orders[team].len()).rev() {
                if best.orders[team][date] > 0 && *looks > 0 {
                    lessen(company, best, limit, (team, date), looks);
                }
            }
        }
        if best.rank == before {
            return;
        }
    }
}

/// The cheapest size of an order that serves, where it is cheaper than the one it has.
fn lessen(company: &Company, best: &mut Solution, limit: usize, (team, date): (usize, usize), looks: &mut usize) {
    let mut orders = best.orders.clone();
    let mut serves = |steps: i64| {
        orders[team][date] = steps;
        *looks = looks.saturating_sub(1);
        company.serves(&orders, limit)
    };
    // A step less is what mostly can't be; so it comes first.
    let (mut fails, mut enough) = (-1, best.orders[team][date]);
    if !serves(enough - 1) {
        return;
    }
    enough -= 1;
    while enough - fails > 1 {
        let middle = (enough + fails).div_euclid(2);
        if serves(middle) { enough = middle } else { fails = middle }
    }
    let (steps, _) = company.sides[team].market.stages[date].tariff.at_least(enough);
    orders[team][date] = steps;
    let rank = company.rank(&orders);
    if rank < best.rank {
        *best = Solution { orders, rank };
    }
}

/// Buys what is missing at the last dates before runs run out, each time enough for as many of them as fail too many; whether `looks` were
/// enough for it.
fn mend(company: &Company, orders: &mut [Orders], limit: usize, looks: &mut usize) -> bool {
    loop {
        let failures = company.failures(orders);
        if failures <= limit {
            return true;
        }
        let mut shortages = company.shortages(orders);
        shortages.sort_unstable();
        let Some((steps, team, date)) = shortages.get(failures - limit - 1).or(shortages.last()) else { return false };
        if *looks == 0 {
            return false;
        }
        *looks -= 1;
        let tariff = &company.sides[*team].market.stages[*date].tariff;
        orders[*team][*date] = (orders[*team][*date] + steps).max(tariff.minimum());
    }
}

impl Company<'_> {
    /// How many plans can be judged in seconds.
    pub(super) fn looks(&self) -> usize {
        let side = |side: &Side| {
            let days = if side.needs.decide() { side.problem.dates.len() } else { 6 * side.brief.demand.days() };
            (days * self.doomed.len()) as i128
        };
        (40 * WORK / self.sides.iter().map(side).sum::<i128>().max(1)).clamp(100, 2_000) as usize
    }

    /// Of each run that fails and need not: the steps that it lacks from when it first runs out until the next arrival, for which team, and the
    /// last date that can still help.
    fn shortages(&self, orders: &[Orders]) -> Vec<(i64, usize, usize)> {
        let mut shortages = Vec::new();
        for (team, side) in self.sides.iter().enumerate() {
            let mut stock = side.stock(&orders[team]);
            let dates = &side.brief.dates;
            for (_, run) in self.doomed.iter().zip(side.brief.demand.each()).filter(|(lost, _)| !**lost) {
                let mut lacks: Option<(usize, Tokens)> = None;
                stock.run(run, |day, short| {
                    let day = day as u32;
                    if short > Tokens::ZERO && lacks.is_none() {
                        lacks = dates
                            .iter()
                            .rposition(|date| date.arrives <= day && day < date.ends)
                            .map(|date| (date, short));
                    } else if let Some((date, lack)) = &mut lacks
                        && dates.get(*date + 1).is_none_or(|next| day < next.arrives)
                    {
                        *lack += short;
                    }
                });
                shortages.extend(lacks.map(|(date, lack)| (side.problem.steps_up(lack), team, date)));
            }
        }
        shortages
    }
}

impl Side<'_> {
    /// What there is and comes, by the brief's days.
    pub(super) fn stock(&self, orders: &[i64]) -> Stock {
        let bought = self.brief.dates.iter().zip(orders).filter(|(_, steps)| **steps > 0).map(|(date, steps)| Lot {
            enters: date.arrives,
            ends: date.ends,
            tokens: self.problem.tokens(*steps),
        });
        Stock::new(self.brief.lots.iter().copied().chain(bought))
    }

    /// Marks the runs that have a stock-out.
    pub(super) fn failing(&self, orders: &[i64], failing: &mut [bool]) {
        if self.needs.decide() {
            return self.needs.failing(self.problem, orders, failing);
        }
        let mut stock = self.stock(orders);
        for (run, failing) in self.brief.demand.each().zip(failing).filter(|(_, failing)| !**failing) {
            *failing = !stock.lasts(run);
        }
    }
}
