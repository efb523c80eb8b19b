//! The flex year three ways in one run: with compiled scripts, with Rhai's evaluator, and as a bare loop written by hand in Rust for
//! this model alone, which draws the same, burns the same, and knows no rule beyond what the model needs.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use flexcast::behaviour::{self, Drawer, Interpreter, Library};
use flexcast::calendar::Day;
use flexcast::keys::name_key;
use flexcast::scenario::{self, Scenario};
use flexcast::simulate::{Days, Replication};

fn flex_year() -> (Scenario, Library) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/flex_year.yaml");
    let loaded = scenario::load(&path);
    let (library, errors) = behaviour::load(&loaded);
    assert!(errors.is_empty(), "{errors:?}");
    (loaded.scenario.expect("shipped scenarios are without errors"), library)
}

/// What the bare loop counts: tokens burned by day, refusals, and what each pack has left.
#[derive(Debug, Default, PartialEq, Eq)]
struct Bare {
    burn: Vec<i64>,
    refused: u64,
    packs: Vec<i64>,
}

const RATE: i64 = 10;
const DAY: i64 = 86_400;

/// Something that happens: at one instant, closes come before ends of windows, and these before opens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Close(u32),
    WindowEnds(u32),
    Open(u32),
}

/// One replication, from 1 January 2027 to 31 December, in UTC.
fn bare(seed: u64, replication: u32, keys: &[u64], first: Day, days: i32) -> Bare {
    let mut counted = Bare { burn: vec![0; days as usize], refused: 0, packs: vec![500_000; 6] };
    let start = i64::from(first.number()) * DAY;
    let end = start + i64::from(days) * DAY;
    let mut events: BinaryHeap<Reverse<(i64, Event)>> = BinaryHeap::new();
    let mut closes = vec![0i64; keys.len()];
    let mut open = vec![0u32; keys.len()];
    let mut window = vec![i64::MIN; keys.len()];
    let mut pack = 0;
    let mut charge = |at: i64, counted: &mut Bare| {
        while pack < counted.packs.len() && counted.packs[pack] < RATE {
            pack += 1;
        }
        if pack == counted.packs.len() {
            counted.refused += 1;
            return false;
        }
        counted.packs[pack] -= RATE;
        counted.burn[((at - start) / DAY) as usize] += RATE;
        true
    };
    // A day more, as what is left open over the last weekend closes after it.
    for number in 0..days {
        let day = first.plus(number);
        let midnight = i64::from(day.number()) * DAY;
        while let Some(Reverse((at, event))) = events.peek().copied().filter(|Reverse((at, _))| *at < midnight) {
            events.pop();
            step(at, event, &mut events, &closes, &mut open, &mut window, |at| charge(at, &mut counted));
        }
        let weekday = (day.number() + 3).rem_euclid(7);
        if weekday >= 5 {
            continue;
        }
        for (user, key) in keys.iter().enumerate() {
            let mut draws = Drawer { seed, replication, user: *key }.day(day);
            if draws.unit() >= 0.8 {
                continue;
            }
            let arrival = (9 * 3600 + (1800.0 * draws.normal()).round() as i64).max(0);
            let until = if weekday == 4 && draws.unit() < 0.05 {
                3 * DAY + 9 * 3600 + (1800.0 * draws.normal()).round() as i64
            } else {
                let mean = arrival + 7 * 3600;
                mean + (3600.0 * draws.normal()).round() as i64
            };
            closes[user] = midnight + until.max(arrival);
            events.push(Reverse((midnight + arrival, Event::Open(user as u32))));
        }
    }
    while let Some(Reverse((at, event))) = events.pop().filter(|Reverse((at, _))| *at < end) {
        step(at, event, &mut events, &closes, &mut open, &mut window, |at| charge(at, &mut counted));
    }
    counted
}

#[inline(always)]
fn step(
    at: i64,
    event: Event,
    events: &mut BinaryHeap<Reverse<(i64, Event)>>,
    closes: &[i64],
    open: &mut [u32],
    window: &mut [i64],
    mut charge: impl FnMut(i64) -> bool,
) {
    match event {
        Event::Open(user) => {
            let place = user as usize;
            if window[place] <= at {
                // Closed within the grace, it costs nothing.
                if closes[place] - at > 300 && charge(at) {
                    window[place] = at + DAY;
                    events.push(Reverse((at + DAY, Event::WindowEnds(user))));
                }
            }
            open[place] += 1;
            events.push(Reverse((closes[place], Event::Close(user))));
        }
        Event::Close(user) => open[user as usize] -= 1,
        Event::WindowEnds(user) => {
            if open[user as usize] > 0 && charge(at) {
                window[user as usize] = at + DAY;
                events.push(Reverse((at + DAY, Event::WindowEnds(user))));
            }
        }
    }
}

fn compare(criterion: &mut Criterion) {
    let (scenario, library) = flex_year();
    let mut rhai = library.clone();
    rhai.interpreter = Interpreter::Rhai;
    let (setup, days) = (scenario.setup(), Days::of(&scenario));
    let keys: Vec<u64> = scenario.users.iter().map(|user| name_key(&user.name)).collect();
    let count = days.count() as i32;
    let (seed, first) = (scenario.forecast.seed, scenario.first_day);

    // The three agree before they are timed.
    let mut compiled = Replication::new(&scenario, &setup, &library, &days, seed);
    let mut interpreted = Replication::new(&scenario, &setup, &rhai, &days, seed);
    for number in 0..2 {
        let outcome = compiled.run(number, None).unwrap();
        assert_eq!(outcome, interpreted.run(number, None).unwrap());
        let burn: Vec<i64> = outcome.burn.row(0).iter().map(|tokens| tokens.millionths() / 1_000_000).collect();
        assert_eq!(burn, bare(seed, number, &keys, first, count).burn);
    }

    let mut group = criterion.benchmark_group("flex_year");
    group.sample_size(10);
    let mut number = 0;
    let mut next = move || {
        number += 1;
        number
    };
    group.bench_function("bare", |bencher| bencher.iter(|| black_box(bare(seed, next(), &keys, first, count))));
    group.bench_function("compiled", |bencher| bencher.iter(|| black_box(compiled.run(next(), None).unwrap())));
    group.bench_function("rhai", |bencher| bencher.iter(|| black_box(interpreted.run(next(), None).unwrap())));
    group.finish();
}

criterion_group!(benches, compare);
criterion_main!(benches);
