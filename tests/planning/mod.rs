//! Problems in whole tokens and whole money, for the tests of plans.

use flexcast::plan::{Date, Demand, Problem, Purchase, Service, cheapest};
use flexcast::scenario::{Money, PriceTier};
use flexcast::tokens::Tokens;

pub const MILLION: i64 = 1_000_000;
/// Service levels.
pub const ALL: i64 = MILLION;

/// A demand of whole tokens: a row a run.
pub fn demand(rows: &[Vec<i64>]) -> Demand {
    let mut demand = Demand::new(rows[0].len());
    for row in rows {
        demand.push(&row.iter().map(|tokens| Tokens::whole(*tokens)).collect::<Vec<_>>());
    }
    demand
}

pub fn tier(from: i64, each: i64) -> PriceTier {
    PriceTier { from: Tokens::whole(from), each: Money(each * MILLION) }
}

/// Buying at the start of each day; what is bought lasts for so many days.
pub fn each_day(days: u32, life: u32, order_cost: i64) -> Vec<Date> {
    let date = |day| Date { ordered: day, arrives: day, ends: day + life, order_cost: Money(order_cost * MILLION) };
    (0..days).map(date).collect()
}

/// A token costs 1, an order nothing beside, money nothing.
pub fn problem(rows: &[Vec<i64>], dates: Vec<Date>) -> Problem {
    let tiers = vec![tier(0, 1)];
    Problem { demand: demand(rows), lots: Vec::new(), dates, tiers, step: 1, minimum: 1, interest: 0 }
}

pub fn purchase(date: usize, tokens: i64) -> Purchase {
    Purchase { date, tokens: Tokens::whole(tokens) }
}

/// The cheapest purchases at a service level in millionths, and what is paid for them.
pub fn bought(problem: &Problem, service: i64) -> (Vec<(usize, i64)>, i64) {
    let plan = cheapest(std::slice::from_ref(problem), Service::from_millionths(service)).unwrap();
    let purchases = plan.purchases[0].iter().map(|one| (one.date, one.tokens.millionths() / MILLION));
    (purchases.collect(), plan.cost.paid().0 / MILLION)
}
