//! Sessions, written as a server would write them, come back as the same sessions.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use chrono::{DateTime, Datelike, Timelike};
use chrono_tz::Tz;
use flexcast::calendar::{parse_instant, rfc3339};
use flexcast::time::{Instant, Span};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

use super::hostile::{START, sessions};

/// What a start checks out, and the product and version that must come of it.
const STARTS: [(&[&str], &str, &str); 6] = [
    (&["64300ACD_F", "87393ACD_2021_0F"], "AutoCAD", "2021"),
    (&["64300ACD_F", "87084ACD_2019_0F"], "AutoCAD", "2019"),
    (&["65400MAP_F", "87091MAP_2019_0F"], "AutoCAD Map 3D", "2019"),
    (&["86815AECCOL_T_F", "87140CIV3D_2019_0F"], "Civil 3D", "2019"),
    (&["866333DSMAX_2017_0F"], "3ds Max", "2017"),
    (&["hfss_solve"], "hfss_solve", ""),
];

/// Zones and what lies in their ten days: a clock set back, set forward, both at midnight, nothing.
const PLACES: [(&str, &str); 6] = [
    ("Europe/Amsterdam", "2027-10-27T00:00:00Z"),
    ("America/Detroit", "2027-03-10T00:00:00Z"),
    ("America/Detroit", "2027-11-02T00:00:00Z"),
    ("Asia/Beirut", "2027-03-25T00:00:00Z"),
    ("Australia/Lord_Howe", "2027-04-01T00:00:00Z"),
    ("UTC", "2027-12-28T00:00:00Z"),
];

/// The lines of a log with their instants.
#[derive(Default)]
struct Log {
    lines: Vec<(Instant, String)>,
}

impl Log {
    fn says(&mut self, at: Instant, daemon: &str, message: &str) {
        self.lines.push((at, format!("({daemon}) {message}")));
    }

    /// As the server writes it, by the clock on its wall.
    fn text(mut self, zone: Tz) -> String {
        self.lines.sort_by_key(|(at, _)| *at);
        let mut text = String::new();
        for (at, message) in self.lines {
            let wall = DateTime::from_timestamp(at.seconds(), 0).unwrap().with_timezone(&zone);
            let date = format!("{}/{}/{}", wall.month(), wall.day(), wall.year());
            let (hour, minute, second) = (wall.hour(), wall.minute(), wall.second());
            writeln!(text, "{hour:2}:{minute:02}:{second:02} {}", message.replace("DATE", &date)).unwrap();
        }
        text
    }
}

/// A user, a device and a start of `STARTS`.
type Seat = (usize, usize, usize);

/// When somebody opens something at a seat, and closes it again, in seconds. The log can't say which of several is closed: the
/// oldest is.
fn uses(random: &mut Pcg64) -> BTreeMap<Seat, (BTreeSet<i64>, Vec<i64>)> {
    let mut uses: BTreeMap<Seat, (BTreeSet<i64>, Vec<i64>)> = BTreeMap::new();
    for _ in 0..random.random_range(1..120) {
        let seat = (random.random_range(0..5), random.random_range(0..2), random.random_range(0..STARTS.len()));
        // Two kinds of start at about the same second can't be told apart.
        let opened = random.random_range(0..86_000) * 10 + seat.2 as i64 / 2 * 3;
        let (opens, closes) = uses.entry(seat).or_default();
        if opens.insert(opened) {
            closes.push(opened + random.random_range(0..90_000));
            closes.sort();
        }
    }
    uses
}

/// The server's own lines in ten days. The first lines may have no date; from then on there is one every few hours.
fn chatter(log: &mut Log, random: &mut Pcg64, from: Instant) {
    if random.random_bool(0.5) {
        log.says(from, "adskflex", "64300ACD_F (consisting of:\t\t87393ACD_2021_0F ");
        log.says(from, "adskflex", "87084ACD_2019_0F) ");
    }
    for step in 1..3_600 {
        let word = if step % 60 == 7 { "TIMESTAMP DATE" } else { "(@lmgrd-SLOG@) === Network Info ===" };
        log.says(from + Span::from_seconds(step * 240), "lmgrd", word);
    }
}

/// One run: a log of ten days, and the rows that must come of it.
fn check(seed: u64) {
    let mut random = Pcg64::seed_from_u64(seed);
    let (zone, from) = PLACES[random.random_range(0..PLACES.len())];
    let from = parse_instant(from).unwrap() + Span::from_seconds(random.random_range(0..40_000));
    let after = |seconds: i64| from + Span::from_seconds(seconds);
    let mut log = Log::default();
    chatter(&mut log, &mut random, from);
    let mut expected = Vec::new();
    for ((user, host, start), (opens, closes)) in uses(&mut random) {
        let (features, product, version) = STARTS[start];
        for (opened, closed) in opens.into_iter().zip(closes) {
            let returns = closed < 860_000;
            for feature in features {
                log.says(after(opened), "adskflex", &format!("OUT: \"{feature}\" User{user}@PC{host}  "));
            }
            for feature in features.iter().rev().filter(|_| returns) {
                log.says(after(closed), "adskflex", &format!("IN: \"{feature}\" User{user}@PC{host}  "));
            }
            let closed = if returns { rfc3339(after(closed)) } else { String::new() };
            let opened = rfc3339(after(opened));
            expected.push(format!("user{user},{product},{opened},{closed},{version},pc{host}"));
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("server.log");
    fs::write(&path, log.text(zone.parse().unwrap())).unwrap();
    let (table, _) = sessions(&path, zone, START).unwrap_or_else(|error| panic!("seed {seed}: {error:?}"));
    let mut found: Vec<&str> = table.lines().skip(1).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "seed {seed}");
}

#[test]
fn sessions_come_back_as_they_were() {
    (0..40).for_each(check);
}
