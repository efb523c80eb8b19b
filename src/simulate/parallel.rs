use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use super::{Days, Outcome, Replication, Usage};
use crate::behaviour::{Library, Lots};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Scenario, Setup};

/// How many replications, of which seed, on how many threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The number of the first.
    pub first: u32,
    /// How many.
    pub replications: u32,
    /// The seed of every draw.
    pub seed: u64,
    /// Where the values of uncertain parameters come from: from the seed too, unless this says otherwise.
    pub lots: Lots,
    /// How many run at a time; each in one thread.
    pub threads: usize,
}

/// Simulates every replication; the outcomes are in the order of their numbers. `done` is told of each one that ends, in any order and
/// from any thread: its number, and what each user used in it.
///
/// A script that fails fails the run: the error is that of the lowest replication that failed.
pub fn run(
    scenario: &Scenario,
    setup: &Setup,
    library: &Library,
    settings: Run,
    done: impl Fn(u32, &Usage) + Sync,
) -> Result<Vec<Outcome>, Box<Diagnostic>> {
    let days = Days::of(scenario);
    let next = AtomicU32::new(settings.first);
    let end = settings.first + settings.replications;
    let failed = AtomicU32::new(u32::MAX);
    let results = Mutex::new(Vec::new());
    let work = || {
        let mut replication = Replication::new(scenario, setup, library, &days, settings.seed).with(settings.lots);
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            // Replications before a failed one are still run, so that the lowest failure is the one that is told.
            if number >= end || number > failed.load(Ordering::Relaxed) {
                return;
            }
            let result = replication.run(number, None);
            if result.is_err() {
                failed.fetch_min(number, Ordering::Relaxed);
            }
            results.lock().expect("no thread panics holding it").push((number, result));
            done(number, replication.usage());
        }
    };
    thread::scope(|scope| {
        for _ in 1..settings.threads.clamp(1, settings.replications.max(1) as usize) {
            scope.spawn(work);
        }
        work();
    });
    let mut results = results.into_inner().expect("no thread panics holding it");
    results.sort_by_key(|(number, _)| *number);
    results.into_iter().map(|(_, result)| result).collect()
}
