//! Small changes of a plan, each judged on every run.

use super::company::{Company, Solution};
use super::course::Orders;
use super::drop::Side;
use super::problem::Lot;
use super::stock::Stock;
use crate::tokens::Tokens;

/// Changes of a plan that are looked at before it is taken as it is.
const LOOKS: usize = 4_000;

/// Makes the plan good where it fails too often, then takes away what isn't needed: an order, or as many of its steps as can go.
pub(super) fn polish(company: &Company, orders: Vec<Orders>, limit: usize) -> Solution {
    let mut orders = orders;
    mend(company, &mut orders, limit);
    let mut best = Solution { rank: company.rank(&orders), orders };
    let mut looks = LOOKS;
    while trim(company, &mut best, limit, &mut looks) && looks > 0 {}
    best
}

/// One round of taking away; whether something went.
fn trim(company: &Company, best: &mut Solution, limit: usize, looks: &mut usize) -> bool {
    let before = best.rank;
    for team in 0..best.orders.len() {
        for date in (0..best.orders[team].len()).rev() {
            if best.orders[team][date] > 0 && *looks > 0 {
                lessen(company, best, limit, (team, date), looks);
            }
        }
    }
    best.rank < before
}

/// The cheapest size of an order that serves, where it is cheaper than the one it has.
fn lessen(company: &Company, best: &mut Solution, limit: usize, (team, date): (usize, usize), looks: &mut usize) {
    let mut orders = best.orders.clone();
    let mut serves = |steps: i64| {
        orders[team][date] = steps;
        *looks = looks.saturating_sub(1);
        company.failures(&orders) <= limit
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

/// Buys what is missing, for the run that fails by least first, at the last date before it runs out, until few enough runs fail.
fn mend(company: &Company, orders: &mut [Orders], limit: usize) {
    while company.failures(orders) > limit {
        let shortest = company.shortages(orders).into_iter().min();
        let Some((_, team, date, steps)) = shortest else { return };
        let tariff = &company.sides[team].market.stages[date].tariff;
        orders[team][date] = (orders[team][date] + steps).max(tariff.minimum());
    }
}

impl Company<'_> {
    /// Of each run that fails and need not: the steps that it lacks first, for which team, and the last date that can still help.
    fn shortages(&self, orders: &[Orders]) -> Vec<(i64, usize, usize, i64)> {
        let mut shortages = Vec::new();
        for (team, side) in self.sides.iter().enumerate() {
            let mut stock = side.stock(&orders[team]);
            for (_, run) in self.doomed.iter().zip(side.problem.demand.each()).filter(|(lost, _)| !**lost) {
                let mut first = None;
                stock.run(run, |day, short| {
                    if short > Tokens::ZERO {
                        first.get_or_insert((day as u32, short));
                    }
                });
                let Some((day, short)) = first else { continue };
                let dates = side.problem.dates.iter();
                if let Some(date) = dates.clone().rposition(|date| date.arrives <= day && day < date.ends) {
                    let steps = side.problem.steps_up(short);
                    shortages.push((steps, team, date, steps));
                }
            }
        }
        shortages
    }
}

impl Side<'_> {
    fn stock(&self, orders: &[i64]) -> Stock {
        let bought = self.problem.dates.iter().zip(orders).filter(|(_, steps)| **steps > 0).map(|(date, steps)| Lot {
            enters: date.arrives,
            ends: date.ends,
            tokens: self.problem.tokens(*steps),
        });
        Stock::new(self.problem.lots.iter().copied().chain(bought))
    }

    /// Marks the runs that have a stock-out.
    pub(super) fn failing(&self, orders: &[i64], failing: &mut [bool]) {
        if self.needs.decide() {
            return self.needs.failing(self.problem, orders, failing);
        }
        let mut stock = self.stock(orders);
        for (run, failing) in self.problem.demand.each().zip(failing).filter(|(_, failing)| !**failing) {
            *failing = stock.run(run, |_, _| {}).stock_out.is_some();
        }
    }
}
