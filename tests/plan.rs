//! Plans with known answers.

use flexcast::plan::{Date, Demand, Lot, Problem, Purchase, Service, cheapest, evaluate};
use flexcast::scenario::{Money, PriceTier};
use flexcast::tokens::Tokens;

const MILLION: i64 = 1_000_000;

/// A demand of whole tokens: a row a run.
fn demand(rows: &[&[i64]]) -> Demand {
    let mut demand = Demand::new(rows[0].len());
    for row in rows {
        demand.push(&row.iter().map(|tokens| Tokens::whole(*tokens)).collect::<Vec<_>>());
    }
    demand
}

fn tier(from: i64, each: i64) -> PriceTier {
    PriceTier { from: Tokens::whole(from), each: Money(each * MILLION) }
}

/// Buying at the start of each day, for good.
fn each_day(days: u32, order_cost: impl Fn(u32) -> Money) -> Vec<Date> {
    (0..days).map(|day| Date { ordered: day, arrives: day, ends: u32::MAX, order_cost: order_cost(day) }).collect()
}

fn problem(demand: Demand, dates: Vec<Date>) -> Problem {
    Problem { demand, lots: Vec::new(), dates, tiers: vec![tier(0, 1)], step: 1, minimum: 1, interest: 0 }
}

fn bought(problem: &Problem, service: i64) -> Vec<(usize, i64)> {
    let plan = cheapest(std::slice::from_ref(problem), Service::from_millionths(service)).unwrap();
    plan.purchases[0].iter().map(|one| (one.date, one.tokens.millionths() / MILLION)).collect()
}

/// Wagner and Whitin, "Dynamic version of the economic lot size model", Management Science 5 (1958), the example of twelve months: the setup
/// costs differ by month, holding a unit for a month costs 1, and the least cost is 864.
#[test]
fn wagner_and_whitins_twelve_months_cost_864() {
    let months = [69, 29, 36, 61, 61, 26, 34, 67, 45, 67, 79, 56];
    let setups = [85, 102, 102, 101, 98, 114, 105, 86, 119, 110, 98, 114];
    // A unit costs 1000 and a day's interest on it is 1, so a day stands for a month; an order is paid with interest too, so its cost is
    // given without.
    let interest = 365_000;
    let order_cost = |day: u32| Money(setups[day as usize] * MILLION * 1000 / (1000 + 12 - i64::from(day)));
    let mut problem = problem(demand(&[&months]), each_day(12, order_cost));
    problem.tiers = vec![tier(0, 1000)];
    problem.interest = interest;
    let lots = [(0, 98), (2, 97), (4, 121), (7, 112), (9, 67), (10, 135)];
    assert_eq!(bought(&problem, MILLION), lots);
    let purchases = lots.map(|(date, tokens)| Purchase { date, tokens: Tokens::whole(tokens) });
    let cost = evaluate(&problem, &purchases).cost.total().0;
    // What each unit costs if it is bought on the day of its demand.
    let units: i64 = months.iter().zip(0..).map(|(units, day)| units * MILLION * (1000 + 12 - day)).sum();
    assert_eq!((cost - units + MILLION / 2) / MILLION, 864);
}

#[test]
fn a_lot_on_hand_is_used_before_its_end() {
    let mut problem = problem(demand(&[&[5, 5, 5, 5]]), each_day(4, |_| Money(0)));
    problem.lots = vec![Lot { enters: 0, ends: 2, tokens: Tokens::whole(12) }];
    assert_eq!(bought(&problem, MILLION), [(2, 5), (3, 5)]);
}
