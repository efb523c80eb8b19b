//! The program against a slow oracle: a second meter, written from the rules alone and independently of the core, on all short
//! histories over small alphabets and on long random ones that lean on the edges. Every row must agree.
//!
//! `cargo test` runs a quick share. More, and any case again by its seed:
//!
//! ```sh
//! ORACLE_CASES=1000000 cargo test --release --test oracle -- long --nocapture
//! ORACLE_SEED=42 ORACLE_CASES=1 cargo test --release --test oracle -- long --nocapture
//! cargo test --release --test oracle -- --ignored --nocapture    # every short history
//! ```
//!
//! `case` is what is metered, `yaml` its texts, `program` runs the real meter on these; `meter` with `opens`, `closes`, `renewals`,
//! `results`, `packs` and `roster` is the oracle; `compare` holds the two side by side and makes small what differs; `short` and
//! `worlds`, `long` and `happenings` make the cases, by the choices of `choose`.

mod case;
mod choose;
mod civil;
mod closes;
mod compare;
mod happenings;
mod long;
mod meter;
mod opens;
mod packs;
mod program;
mod renewals;
mod results;
mod roster;
mod short;
mod tables;
mod worlds;
mod yaml;

use std::collections::BTreeSet;

use case::{Log, Scenario};
use choose::{Choose, Drawn, Every};
use compare::compare;
use meter::Meter;
use short::{WORLDS, World};

/// Logs of one scenario: loading it takes longer than metering them.
const LOGS: usize = 8;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a whole number"))
}

fn long_case(seed: u64) -> (Scenario, Vec<Log>) {
    let draw: &mut dyn Choose = &mut Drawn(seed);
    let (scenario, instants) = long::scenario(draw);
    let logs = (0..LOGS).map(|_| long::log(&scenario, &instants, draw)).collect();
    (scenario, logs)
}

#[test]
fn long_histories() {
    let (first, cases) = (setting("ORACLE_SEED", 1), setting("ORACLE_CASES", 1200));
    for seed in first..first + cases.div_ceil(LOGS as u64) {
        let (scenario, logs) = long_case(seed);
        if let Err(difference) = compare(&scenario, &logs) {
            panic!("oracle and program differ: ORACLE_SEED={seed} ORACLE_CASES=1\n{difference}");
        }
    }
}

#[test]
fn a_share_of_the_short_histories() {
    for (place, world) in WORLDS.iter().enumerate() {
        let draw: &mut dyn Choose = &mut Drawn(place as u64);
        for _ in 0..setting("ORACLE_SHORT_CASES", 120) / LOGS as u64 {
            let scenario = (world.scenario)(draw);
            let logs: Vec<Log> = (0..LOGS).map(|_| (world.log)(&scenario, draw)).collect();
            agree(world, &scenario, &logs);
        }
    }
}

#[test]
#[ignore = "2.5 million histories take an hour"]
fn every_short_history() {
    for world in WORLDS {
        let (mut scenarios, mut many) = (Every::default(), 0);
        while scenarios.next_round() {
            let scenario = (world.scenario)(&mut scenarios);
            let (mut histories, mut logs) = (Every::default(), Vec::new());
            while histories.next_round() {
                logs.push((world.log)(&scenario, &mut histories));
            }
            many += logs.len();
            agree(&world, &scenario, &logs);
        }
        println!("{}: {many} histories", world.name);
    }
}

fn agree(world: &World, scenario: &Scenario, logs: &[Log]) {
    if let Err(difference) = compare(scenario, logs) {
        panic!("{}: oracle and program differ\n{difference}", world.name);
    }
}

/// The long histories are worth their name only as long as all this happens in them.
#[test]
fn nearly_everything_happens_in_the_long_histories() {
    let mut words = BTreeSet::new();
    for (scenario, logs) in (1..=150).map(long_case) {
        for tables in logs.iter().map(|log| Meter::run(&scenario, log)) {
            words.extend(tables.decisions.into_iter().map(|row| row[6].clone()));
            words.extend(tables.ledger.into_iter().map(|row| row[3].clone()));
            words.extend(tables.mails.into_iter().map(|row| row[3].clone()));
        }
    }
    let granted = "new_window covered_by_window within_grace subscription trial free_add_in renewal_left_open \
                   add_in_with_host lapsed_while_open resumed_after_idle result";
    let denied = "not_assigned product_not_allowed invitation_pending invitation_lapsed device_limit in_use_elsewhere \
                  version_not_supported offline balance_low balance_zero all_packs_expired";
    let entries = "opening purchase burn refund expire move_out move_in";
    let expected = [granted, denied, entries, "invitation assignment"].map(str::split_whitespace);
    assert_eq!(words, expected.into_iter().flatten().map(str::to_owned).collect());
}
