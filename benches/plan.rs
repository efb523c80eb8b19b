//! The mathematics of a plan alone, on a fixed demand of 2,000 runs of a year: an office and a company of 1,000, with orders at month starts and
//! on any day.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use flexcast::keys::mix;
use flexcast::plan::{Date, Demand, Problem, Service, cheapest};
use flexcast::scenario::{Money, PriceTier};
use flexcast::tokens::Tokens;

const RUNS: u64 = 2_000;
const DAYS: u64 = 365;
const RATE: i64 = 10;

/// So many people, of whom four in five come on a weekday.
fn demand(people: u64) -> Demand {
    let mut demand = Demand::new(DAYS as usize);
    for run in 0..RUNS {
        // The sum of a few even draws stands in for a binomial one: it is as wide as that.
        let here = |day: u64| {
            let spread = (people * 4 / 25 * 3).isqrt().max(1);
            let draws: u64 = (0..4).map(|part| mix(&[run, day, part]) % (2 * spread + 1)).sum();
            (people * 4 / 5 + draws / 2).saturating_sub(2 * spread) as i64
        };
        let days = (0..DAYS).map(|day| if day % 7 < 5 { Tokens::whole(here(day) * RATE) } else { Tokens::ZERO });
        demand.push(&days.collect::<Vec<_>>());
    }
    demand
}

fn problem(people: u64, every: u32) -> Problem {
    let date = |day| Date { ordered: day, arrives: day, ends: day + 365, order_cost: Money(50_000_000) };
    let tier = |from, each| PriceTier { from: Tokens::whole(from), each: Money(each) };
    Problem {
        demand: demand(people),
        lots: Vec::new(),
        dates: (0..DAYS as u32).step_by(every as usize).map(date).collect(),
        tiers: vec![tier(100, 3_000_000), tier(5_000, 2_700_000)],
        step: 100,
        minimum: 100,
        interest: 50_000,
    }
}

fn plans(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("plan");
    group.sample_size(10);
    for (name, people) in [("office of 40", 40), ("company of 1,000", 1_000)] {
        for (dates, every) in [("month starts", 30), ("any day", 1)] {
            let problems = [problem(people, every)];
            let service = Service::from_millionths(990_000);
            group.bench_function(format!("{name}, {dates}"), |bencher| {
                bencher.iter(|| black_box(cheapest(black_box(&problems), service).unwrap()))
            });
        }
    }
    group.finish();
}

criterion_group!(benches, plans);
criterion_main!(benches);
