//! Whether the engine keeps up with a growing company: time and memory for each user, and what a second thread gives.
//!
//! The flex year, with as many users as asked and packs to match. After what criterion measures come the figures that count: each
//! compares two sizes, or one thread with two, that take turns in one run. `--quick` leaves the 100,000 users out.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use flexcast::behaviour::Lots;
use flexcast::scenario::Setup;
use flexcast::simulate::{self, Days, Inputs, Replication, Run};
use tempfile::TempDir;

/// Users, and replications in a turn of the growth: so many that each turn is about as long.
const SIZES: [(u32, u32); 3] = [(1_000, 100), (10_000, 10), (100_000, 1)];

fn is_quick() -> bool {
    std::env::args().any(|argument| argument == "--quick")
}

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

fn inputs(path: &Path) -> Inputs {
    Inputs::load(path).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// The flex year of so many users, with tokens for all that they do, until a day.
fn company(folder: &TempDir, users: u32, end: &str) -> PathBuf {
    let year = fs::read_to_string(shipped("flex_year.yaml")).unwrap();
    let grown = year
        .replace("count: 1000", &format!("count: {users}"))
        .replace("size: 500000", &format!("size: {}", 500 * u64::from(users)))
        .replace("end: 2027-12-31", &format!("end: {end}"));
    let path = folder.path().join(format!("{users}-{end}.yaml"));
    fs::write(&path, grown).unwrap();
    path
}

/// Time that this thread has been computing, so that other programs of the machine count less; the time of day where the system
/// doesn't tell.
fn computing(since: Instant) -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

/// The time for a replication of each size, the mean of its best turn, in seconds.
fn best_replications(companies: &[(Inputs, Setup, Days, u32)], turns: u32) -> Vec<f64> {
    let start = Instant::now();
    let mut all: Vec<_> = companies
        .iter()
        .map(|(inputs, setup, days, _)| Replication::new(&inputs.scenario, setup, &inputs.library, days, 1))
        .collect();
    let mut best = vec![Duration::MAX; all.len()];
    for turn in 0..turns {
        for ((replication, best), (.., count)) in all.iter_mut().zip(&mut best).zip(companies) {
            let before = computing(start);
            for number in turn * count..(turn + 1) * count {
                black_box(replication.run(number, None).unwrap());
            }
            *best = ((computing(start) - before) / *count).min(*best);
        }
    }
    best.iter().map(Duration::as_secs_f64).collect()
}

/// A year's replication of ten times the users, and of ten times as many again.
fn growth() {
    let folder = TempDir::new().unwrap();
    let sizes = if is_quick() { &SIZES[..2] } else { &SIZES };
    let companies: Vec<_> = sizes
        .iter()
        .map(|(users, count)| {
            let inputs = inputs(&company(&folder, *users, "2027-12-31"));
            let (setup, days) = (inputs.scenario.setup(), Days::of(&inputs.scenario));
            (inputs, setup, days, *count)
        })
        .collect();
    let best = best_replications(&companies, 3);
    eprintln!("\nA year's replication, the mean of the best of some turns:");
    for (place, ((users, _), best_of_size)) in sizes.iter().zip(&best).enumerate() {
        let each = best_of_size / f64::from(*users) * 1e6;
        let ratio =
            place.checked_sub(1).map(|before| format!(", {:.2} times that of a tenth", best_of_size / best[before]));
        eprintln!("{users:>8} users {best_of_size:>8.3} s, {each:>6.1} µs a user{}", ratio.unwrap_or_default());
    }
}

/// The most memory that a child has had, in kB, read until it ends; `None` where the system doesn't tell.
fn peak(mut child: Child) -> Option<f64> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait().unwrap().is_none() {
        let told = fs::read_to_string(&status).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok()).or(peak);
        thread::sleep(Duration::from_millis(5));
    }
    assert!(child.wait().unwrap().success());
    peak
}

/// What each user between 10,000 and 100,000 takes of the memory of a forecast.
fn memory() {
    let (folder, end) = (TempDir::new().unwrap(), if is_quick() { "2027-01-31" } else { "2027-12-31" });
    eprintln!("\nThe most memory of a forecast until {end}:");
    for threads in [1, 2] {
        let peaks = SIZES[1..].iter().map(|(users, _)| {
            let mut forecast = Command::new(env!("CARGO_BIN_EXE_flexcast"));
            forecast.arg("forecast").arg(company(&folder, *users, end)).arg("--out").arg(folder.path().join("out"));
            forecast.args(["--replications", "4", "--threads", &threads.to_string()]);
            peak(forecast.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
        });
        let Some(peaks) = peaks.collect::<Option<Vec<f64>>>() else {
            return eprintln!("this system doesn't tell it");
        };
        let each = (peaks[1] - peaks[0]) / f64::from(SIZES[2].0 - SIZES[1].0);
        let (small, large) = (peaks[0] / 1024.0, peaks[1] / 1024.0);
        eprintln!(
            "{threads} threads: {small:.0} MB, {large:.0} MB: {:.3} kB a user and thread",
            each / f64::from(threads)
        );
    }
}

/// Seconds that some replications take on so many threads.
fn seconds(inputs: &Inputs, setup: &Setup, replications: u32, threads: usize) -> f64 {
    let start = Instant::now();
    let run = Run { first: 0, replications, seed: 1, lots: Lots::default(), threads };
    black_box(simulate::run(&inputs.scenario, setup, &inputs.library, run, |_, _| {}).unwrap());
    start.elapsed().as_secs_f64()
}

/// How much faster two threads are than one.
fn threads() {
    eprintln!("\nOne thread's time, times that of two, in turns:");
    for (name, replications) in [("studio", 200), ("flex_year", 16)] {
        let inputs = inputs(&shipped(&format!("{name}.yaml")));
        let setup = inputs.scenario.setup();
        let mut turns: Vec<(f64, f64)> = Vec::new();
        for _ in 0..12 {
            turns.push((seconds(&inputs, &setup, replications, 1), seconds(&inputs, &setup, replications, 2)));
        }
        let best = |of: fn(&(f64, f64)) -> f64| turns.iter().map(of).fold(f64::MAX, f64::min);
        let mut ratios: Vec<f64> = turns.iter().map(|(one, two)| one / two).collect();
        ratios.sort_by(f64::total_cmp);
        eprintln!(
            "{name:<10} {:.2} of the best; of each turn {:.2} to {:.2}, the middle one {:.2}",
            best(|turn| turn.0) / best(|turn| turn.1),
            ratios[0],
            ratios[ratios.len() - 1],
            ratios[ratios.len() / 2],
        );
    }
}

fn scale(criterion: &mut Criterion) {
    let folder = TempDir::new().unwrap();
    let mut group = criterion.benchmark_group("scale");
    group.sample_size(10);
    for (users, _) in &SIZES[..2] {
        let inputs = inputs(&company(&folder, *users, "2027-12-31"));
        let (setup, days) = (inputs.scenario.setup(), Days::of(&inputs.scenario));
        let mut replication = Replication::new(&inputs.scenario, &setup, &inputs.library, &days, 1);
        let mut number = 0;
        group.bench_function(format!("{users} users"), |bencher| {
            bencher.iter(|| {
                number += 1;
                black_box(replication.run(number, None).unwrap())
            });
        });
    }
    group.finish();
    growth();
    memory();
    threads();
}

criterion_group!(benches, scale);
criterion_main!(benches);
