//! Ten million sessions in the memory of a few: minutes, so only where it is asked for, with
//! `cargo test --release --test large_logs -- --ignored --nocapture`.

#![cfg(target_os = "linux")]

mod desk;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use desk::Desk;
use flexcast::calendar::rfc3339;
use flexcast::time;

const SCENARIO: &str = "
start: 2027-01-01
end: 2029-12-31
products: {Revit: {rate: 10}, AutoCAD: {rate: 7}, Maya: {rate: 6}}
teams: {all: {packs: [{id: first, bought: 2026-12-31, size: 100000000}]}}
purchases:
  - {on: 2027-12-30, team: all, tokens: 100000000}
  - {on: 2028-12-29, team: all, tokens: 100000000}
people: [{group: users, count: 2000, team: all, access: all}]
";

/// 2027-01-04, and three years in seconds.
const FIRST: u64 = 1_799_020_800;
const THREE_YEARS: u64 = 3 * 364 * 86_400;

/// Divides no number of rows, so that its multiples visit each row once, far from the one before.
const LEAP: u64 = 6_700_417;

/// A log of so many sessions over three years; one of 100,000 never ends.
fn log(out: File, rows: u64, shuffled: bool) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    writeln!(out, "user,product,opened,closed,device,version")?;
    for place in 0..rows {
        let number = if shuffled { place * LEAP % rows } else { place };
        let user = number * 7 % 2000;
        let opened = FIRST + number * THREE_YEARS / rows;
        let length = [200, 300, 301, 3_600, 28_800, 100_000][(number % 6) as usize];
        let at = |seconds: u64| rfc3339(time::Instant::from_seconds(seconds as i64));
        let closed = if number % 100_000 == 0 { String::new() } else { at(opened + length) };
        let product = ["Revit", "AutoCAD", "Maya"][(number / 2000 % 3) as usize];
        writeln!(out, "users-{},{product},{},{closed},desk-{user},2027", user + 1, at(opened))?;
    }
    out.flush()
}

/// The seconds that metering takes, and the most memory that it has, in MB.
fn metered(desk: &Desk) -> (f64, u64) {
    let started = Instant::now();
    let mut meter = desk.command("meter scenario.yaml log.csv --out out").stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", meter.id());
    let mut peak = 0;
    while meter.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let high =
            text.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(|line| line.trim_end_matches("kB").trim());
        peak = high.and_then(|high| high.parse().ok()).unwrap_or(peak);
        sleep(Duration::from_millis(5));
    }
    assert!(meter.wait().unwrap().success());
    (started.elapsed().as_secs_f64(), peak / 1000)
}

#[test]
#[ignore = "minutes, and 3 GB of disk"]
fn memory_does_not_grow_with_the_log() {
    let desk = Desk::new(SCENARIO);
    let mut peaks = Vec::new();
    for rows in [100_000, 1_000_000, 10_000_000] {
        let mut decisions = Vec::new();
        for shuffled in [false, true] {
            log(File::create(desk.path("log.csv")).unwrap(), rows, shuffled).unwrap();
            let (seconds, peak) = metered(&desk);
            let order = if shuffled { "shuffled" } else { "in order" };
            println!("{rows} sessions {order}: {seconds:.1} s, at most {peak} MB");
            peaks.push(peak);
            decisions.push(desk.bytes("out/decisions.csv"));
        }
        assert!(decisions[0] == decisions[1], "{rows} rows: the order of the rows changes nothing");
    }
    assert!(peaks[4].max(peaks[5]) < peaks[2].min(peaks[3]) + 20, "{peaks:?}");
}
