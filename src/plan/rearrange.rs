//! Orders made otherwise, two at a time, each judged on every run: where some runs may fail, which ones these should be hangs on when is bought,
//! so a plan that can't be made cheaper for the runs that it serves may be far from the cheapest.

use super::company::{Company, Solution, WORK};
use super::course::{HELD, Orders, Rank};
use super::polish::mended;
use super::price::{Band, Tariff};

/// In so many sizes an order is tried, beside those at which a price starts and those next to its own.
const SIZES: i64 = 32;

/// An order's team and date.
type Place = (usize, usize);

/// The cheapest plan found around this one, after so many `looks` at most: what is reached by rearranging it and, where one of its orders is made
/// at another date whatever that costs, by rearranging that.
pub(super) fn rearranged(company: &Company, start: Solution, limit: usize, looks: &mut usize) -> Solution {
    let mut best = descended(company, start, limit, looks);
    while let Some(cheaper) = cheaper_elsewhere(company, &best, limit, looks) {
        best = cheaper;
    }
    best
}

fn cheaper_elsewhere(company: &Company, best: &Solution, limit: usize, looks: &mut usize) -> Option<Solution> {
    for (team, date) in made(company, best) {
        for other in (0..best.orders[team].len()).filter(|other| *other != date) {
            if *looks == 0 {
                return None;
            }
            let mut orders = best.orders.clone();
            orders[team][other] += std::mem::take(&mut orders[team][date]);
            let moved = descended(company, mended(company, orders, limit), limit, looks);
            if moved.rank / HELD < best.rank / HELD {
                return Some(moved);
            }
        }
    }
    None
}

/// Goes from plan to cheaper plan, as long as one of two orders made otherwise is cheaper: one gets another size at its date, or none, and the
/// other, or a new one, another date and the size that it takes then.
fn descended(company: &Company, mut best: Solution, limit: usize, looks: &mut usize) -> Solution {
    while let Some(cheaper) = cheaper(company, &best, limit, looks) {
        best = cheaper;
    }
    best
}

fn made(company: &Company, solution: &Solution) -> Vec<Place> {
    company.places().filter(|(team, date)| solution.orders[*team][*date] > 0).collect()
}

fn cheaper(company: &Company, best: &Solution, limit: usize, looks: &mut usize) -> Option<Solution> {
    let made = made(company, best);
    for first in &made {
        let others = made.iter().filter(|place| *place != first).map(|place| Some(*place));
        for second in others.chain([None]) {
            for size in sizes(company, best, *first) {
                let mut orders = best.orders.clone();
                orders[first.0][first.1] = size;
                second.into_iter().for_each(|(team, date)| orders[team][date] = 0);
                let team = second.map_or(first.0, |(team, _)| team);
                let found = filled(company, orders, (*first, team), (best, limit), looks);
                if found.is_some() || *looks == 0 {
                    return found;
                }
            }
        }
    }
    None
}

/// These orders with the smallest one more of a team that makes them serve, at the first of its dates at which that is cheaper than the best.
fn filled(
    company: &Company,
    mut orders: Vec<Orders>,
    (first, team): (Place, usize),
    (best, limit): (&Solution, usize),
    looks: &mut usize,
) -> Option<Solution> {
    let room = best.rank / HELD - 1 - company.rank(&orders) / HELD;
    if room < 0 {
        return None;
    }
    for date in (0..orders[team].len()).filter(|date| (team, *date) != first) {
        let had = orders[team][date];
        let tariff = &company.sides[team].market.stages[date].tariff;
        let (mut fails, mut enough) = (-1, tariff.affords(room + tariff.of(had)) - had);
        let mut serves = |more: i64| {
            *looks = looks.saturating_sub(1);
            orders[team][date] = had + more;
            company.serves(&orders, limit)
        };
        if enough >= 0 && serves(enough) {
            while enough - fails > 1 {
                let middle = (enough + fails).div_euclid(2);
                if serves(middle) { enough = middle } else { fails = middle }
            }
            orders[team][date] = tariff.at_least(had + enough).0;
            let rank = company.rank(&orders);
            if rank < best.rank {
                return Some(Solution { orders, rank });
            }
        }
        if *looks == 0 {
            return None;
        }
        orders[team][date] = had;
    }
    None
}

/// What an order may be, none first: no dearer than all orders are.
fn sizes(company: &Company, best: &Solution, (team, date): Place) -> Vec<i64> {
    let tariff = &company.sides[team].market.stages[date].tariff;
    let most = tariff.affords(best.rank / HELD);
    let has = best.orders[team][date];
    let even = (0..=most).step_by((most / SIZES + 1) as usize);
    let mut sizes: Vec<i64> =
        even.chain(tariff.bands.iter().map(|band| band.from)).chain([has - 1, has, has + 1]).collect();
    sizes.retain(|size| *size == 0 || (tariff.minimum()..=most).contains(size));
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

impl Tariff {
    /// The most steps for some money, weighed; none where it is too little for the smallest order.
    fn affords(&self, money: Rank) -> i64 {
        let steps = |band: &Band| {
            let steps = (money - self.order).max(0) / band.each.max(1);
            let steps = steps.min(i128::from(band.to)).min(1 << 40) as i64;
            if steps >= band.from { steps } else { 0 }
        };
        self.bands.iter().map(steps).max().unwrap_or(0)
    }
}

impl Company<'_> {
    /// How many plans can be looked at in seconds.
    pub(super) fn rearrangements(&self) -> usize {
        let cells: usize = self.sides.iter().map(|side| side.brief.demand.days() * side.brief.demand.runs()).sum();
        (200 * WORK / (4 * cells.max(1)) as i128).clamp(100, 20_000) as usize
    }

    fn places(&self) -> impl Iterator<Item = Place> + '_ {
        let dates = |team: usize| (0..self.sides[team].problem.dates.len()).map(move |date| (team, date));
        (0..self.sides.len()).flat_map(dates)
    }
}
