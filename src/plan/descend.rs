//! Which runs to drop, seen from what each step of an order saves: dropping one run alone mostly saves nothing, as it takes several to make an
//! order a step smaller.

use super::company::Company;
use super::course::{HELD, Orders, Rank};

/// By how many steps an order is made smaller at a time.
const STRIDES: [i64; 3] = [1, 2, 4];

/// The runs that fail beside the doomed ones, where orders that serve everybody are made smaller as long as at most `limit` do: each time the
/// order that saves the most money for each run that fails besides. At most `looks` orders are looked at.
pub(super) fn dropped(company: &Company, mut orders: Vec<Orders>, limit: usize, mut looks: usize) -> Vec<bool> {
    let mut failures = company.failures(&orders);
    while let Some(smaller) = smaller(company, &orders, failures, limit, &mut looks) {
        (orders, failures) = (smaller.orders, smaller.failures);
    }
    company.dropped(&orders)
}

/// Orders of which one is smaller.
struct Smaller {
    orders: Vec<Orders>,
    failures: usize,
    saved: Rank,
    /// Runs that fail besides.
    price: Rank,
}

impl Smaller {
    /// Whether it saves more for each run: what costs none comes first.
    fn is_better(&self, other: &Smaller) -> bool {
        self.saved * other.price > other.saved * self.price
    }
}

fn smaller(company: &Company, orders: &[Orders], failures: usize, limit: usize, looks: &mut usize) -> Option<Smaller> {
    let rank = company.rank(orders);
    let mut best: Option<Smaller> = None;
    for (team, date) in places(orders) {
        for stride in STRIDES.into_iter().filter(|stride| *stride <= orders[team][date]) {
            let mut fewer = orders.to_vec();
            fewer[team][date] -= stride;
            let saved = (rank - company.rank(&fewer)) / HELD;
            let least = company.sides[team].market.stages[date].tariff.minimum();
            if saved <= 0 || *looks == 0 || (1..least).contains(&fewer[team][date]) {
                continue;
            }
            *looks -= 1;
            let failing = company.failures(&fewer);
            if failing > limit {
                break;
            }
            let price = failing.saturating_sub(failures) as Rank;
            let found = Smaller { orders: fewer, failures: failing, saved, price };
            if best.as_ref().is_none_or(|best| found.is_better(best)) {
                best = Some(found);
            }
        }
    }
    best
}

fn places(orders: &[Orders]) -> impl Iterator<Item = (usize, usize)> + '_ {
    orders.iter().enumerate().flat_map(|(team, orders)| {
        orders.iter().enumerate().filter(|(_, steps)| **steps > 0).map(move |(date, _)| (team, date))
    })
}
