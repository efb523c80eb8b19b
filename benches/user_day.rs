//! What one user's day costs in each shipped script, three ways in one run: written by hand in Rust, compiled, and by Rhai's evaluator.
//!
//! At the end, the ratios: the three take turns, year by year, and the best year of each counts.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flexcast::behaviour::{Interpreter, Origin, Planned, Planner, SHIPPED};
use flexcast::calendar::Day;
use flexcast::ids::{DeviceId, UserId, VersionId};
use flexcast::scenario::Scenario;

mod by_hand;
#[allow(dead_code)]
#[path = "../tests/behaviour/stage.rs"]
mod stage;

use by_hand::ByHand;
use stage::{people, sound_stage, users_of};

const SEED: u64 = 1;
const USERS: u32 = 5;

/// Who plans days.
trait Plans {
    /// A replication begins.
    fn reset(&mut self);
    /// Adds what a user plans on a day.
    fn plan(&mut self, replication: u32, user: UserId, day: Day, sessions: &mut Vec<Planned>);
}

impl Plans for Planner<'_> {
    fn reset(&mut self) {
        self.reset();
    }

    fn plan(&mut self, replication: u32, user: UserId, day: Day, sessions: &mut Vec<Planned>) {
        self.plan(replication, user, day, sessions).unwrap();
    }
}

impl Plans for ByHand<'_> {
    fn reset(&mut self) {
        self.reset();
    }

    fn plan(&mut self, replication: u32, user: UserId, day: Day, sessions: &mut Vec<Planned>) {
        self.plan(replication, user, day, sessions);
    }
}

/// Years of users' days, one replication after the other.
struct Years<'a> {
    plans: &'a mut dyn Plans,
    first: i32,
    days: i32,
    users: u32,
    replication: u32,
    sessions: Vec<Planned>,
}

impl<'a> Years<'a> {
    fn new(plans: &'a mut dyn Plans, scenario: &Scenario) -> Self {
        let (first, days) = (scenario.first_day.number(), 365);
        Years { plans, first, days, users: scenario.users.len() as u32, replication: 0, sessions: Vec::new() }
    }

    /// How many users' days a year has.
    fn len(&self) -> u64 {
        self.days as u64 * u64::from(self.users)
    }

    fn plan_next(&mut self) {
        self.replication += 1;
        self.plans.reset();
        for number in self.first..self.first + self.days {
            for user in 0..self.users {
                self.sessions.clear();
                self.plans.plan(self.replication, UserId(user), Day::from_number(number), &mut self.sessions);
                black_box(&mut self.sessions);
            }
        }
    }

    /// How long the next year takes.
    fn time(&mut self) -> Duration {
        let start = Instant::now();
        self.plan_next();
        start.elapsed()
    }
}

/// What a planner planned, with the numbers that devices, versions and clocks have by hand.
fn renumbered(planned: Planned, planner: &Planner<'_>) -> Planned {
    let number = |names: &[&str], name: &str| names.iter().position(|known| *known == name).unwrap();
    Planned {
        device: DeviceId::from_index(number(&by_hand::DEVICES, planner.device_name(planned.device))),
        version: VersionId::from_index(number(&by_hand::VERSIONS, planner.version_name(planned.version))),
        origin: Origin::of_day(planned.origin.day, number(&by_hand::ZONES, planner.zone(&planned).name()) as u16),
        ..planned
    }
}

/// The day by hand is the script's day.
fn check(name: &str, scenario: &Scenario, planner: &mut Planner<'_>, by_hand: &mut ByHand<'_>) {
    assert!(planner.notes().is_empty(), "{name} isn't compiled: {:?}", planner.notes());
    let (mut of_script, mut of_hand) = (Vec::new(), Vec::new());
    let mut planned = 0;
    for number in scenario.first_day.number()..=scenario.last_day.number() {
        for user in (0..scenario.users.len()).map(UserId::from_index) {
            let day = Day::from_number(number);
            planner.plan(0, user, day, &mut of_script).unwrap();
            by_hand.plan(0, user, day, &mut of_hand);
            let of_script: Vec<_> = of_script.drain(..).map(|planned| renumbered(planned, planner)).collect();
            assert_eq!(of_script, of_hand, "{name}, {} on {day}", scenario.users[user.index()].name);
            planned += of_hand.len();
            of_hand.clear();
        }
    }
    assert!(planned > 0, "{name} plans nothing");
}

fn user_day(criterion: &mut Criterion) {
    let mut ratios =
        vec![format!("{:<16}{:>12}{:>20}{:>16}", "script", "by hand", "compiled/by hand", "rhai/compiled")];
    for (name, _) in SHIPPED {
        let (scenario, library) = sound_stage("2027-01-01", "2028-12-31", &[users_of(name, USERS)]);
        let mut interpreted = library.clone();
        interpreted.interpreter = Interpreter::Rhai;
        let mut by_hand = ByHand::new(name, &scenario, SEED);
        let mut compiled = Planner::new(&library, &scenario, SEED);
        let mut rhai = Planner::new(&interpreted, &scenario, SEED);
        check(name, &scenario, &mut compiled, &mut by_hand);

        let ways: [(&str, &mut dyn Plans); 3] =
            [("by_hand", &mut by_hand), ("compiled", &mut compiled), ("rhai", &mut rhai)];
        let mut ways = ways.map(|(way, plans)| (way, Years::new(plans, &scenario)));
        let mut group = criterion.benchmark_group(format!("user_day/{name}"));
        group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(500));
        for (way, years) in &mut ways {
            group.throughput(Throughput::Elements(years.len()));
            group.bench_function(*way, |bencher| bencher.iter(|| years.plan_next()));
        }
        group.finish();
        let days = ways[0].1.len() as f64;
        let [by_hand, compiled, rhai] = best_of(ways.map(|(_, years)| years)).map(|best| best.as_secs_f64());
        let each = by_hand / days * 1e9;
        ratios.push(format!("{name:<16}{each:>9.0} ns{:>20.2}{:>16.1}", compiled / by_hand, rhai / compiled));
    }
    eprintln!("\nA user's day, over all days of a year:\n{}", ratios.join("\n"));
}

/// The best time for a year of each, taking turns.
fn best_of(mut ways: [Years<'_>; 3]) -> [Duration; 3] {
    let mut best = [Duration::MAX; 3];
    for _ in 0..60 {
        for (best, years) in best.iter_mut().zip(&mut ways) {
            *best = years.time().min(*best);
        }
    }
    best
}

fn new_planner(criterion: &mut Criterion) {
    let (scenario, library) = sound_stage("2027-01-01", "2027-12-31", &[people("one", 1000, "office_week")]);
    criterion.bench_function("new_planner", |bencher| bencher.iter(|| Planner::new(&library, &scenario, SEED)));
}

criterion_group!(benches, user_day, new_planner);
criterion_main!(benches);
