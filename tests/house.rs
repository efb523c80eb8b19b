//! The invariants of the house (`src/lib.rs`), most of them of absence, kept by reading `src`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use flexcast::behaviour::Subject;
use flexcast::meter::Phase;

/// The rooms from the ground up, and which each may use: only rooms below it, and not all of these.
const ROOMS: &[(&str, &[&str])] = &[
    ("time", &[]),
    ("tokens", &[]),
    ("ids", &[]),
    ("keys", &[]),
    ("diagnostic", &[]),
    ("output", &[]),
    ("pseudonyms", &[]),
    ("spreadsheet", &[]),
    ("ledger", &["time", "tokens", "ids"]),
    ("meter", &["time", "tokens", "ids", "keys", "ledger"]),
    ("wheel", &["time"]),
    ("queue", &["time", "tokens", "ids", "ledger", "meter", "wheel"]),
    ("calendar", &["time"]),
    ("flexnet", &["time", "diagnostic", "pseudonyms", "spreadsheet", "calendar"]),
    ("scenario", &["time", "tokens", "ids", "keys", "diagnostic", "pseudonyms", "ledger", "meter", "calendar"]),
    ("plan", &["tokens", "scenario"]),
    ("behaviour", &["time", "tokens", "ids", "keys", "diagnostic", "calendar", "scenario"]),
    ("usage_log", &["time", "tokens", "ids", "diagnostic", "spreadsheet", "meter", "calendar", "scenario"]),
    (
        "replay",
        &["time", "tokens", "ids", "spreadsheet", "ledger", "meter", "queue", "calendar", "scenario", "usage_log"],
    ),
    ("explain", &["time", "tokens", "ids", "ledger", "meter", "queue", "calendar", "scenario", "usage_log", "replay"]),
    (
        "simulate",
        &[
            "time",
            "tokens",
            "ids",
            "keys",
            "diagnostic",
            "ledger",
            "meter",
            "wheel",
            "queue",
            "calendar",
            "scenario",
            "behaviour",
            "usage_log",
        ],
    ),
    (
        "forecast",
        &[
            "tokens",
            "ids",
            "keys",
            "diagnostic",
            "pseudonyms",
            "meter",
            "calendar",
            "scenario",
            "behaviour",
            "simulate",
        ],
    ),
    (
        "preview",
        &["time", "tokens", "ids", "ledger", "meter", "calendar", "scenario", "behaviour", "usage_log", "simulate"],
    ),
    ("what_if", &["diagnostic", "scenario", "behaviour", "simulate", "forecast"]),
    ("compare", &["tokens", "ids", "diagnostic", "spreadsheet", "meter", "scenario", "simulate", "forecast"]),
    ("sensitivity", &["tokens", "keys", "diagnostic", "scenario", "behaviour", "simulate", "forecast"]),
    (
        "purchasing",
        &[
            "time",
            "tokens",
            "ids",
            "keys",
            "diagnostic",
            "calendar",
            "scenario",
            "behaviour",
            "plan",
            "simulate",
            "forecast",
        ],
    ),
    (
        "alerts",
        &["time", "tokens", "ids", "meter", "calendar", "scenario", "usage_log", "replay", "simulate", "forecast"],
    ),
    (
        "usage_report",
        &["time", "tokens", "ids", "ledger", "meter", "calendar", "scenario", "usage_log", "replay", "alerts"],
    ),
    ("export", &["time", "tokens", "ids", "spreadsheet", "calendar", "scenario", "usage_report"]),
    ("vendor", &["tokens", "ids", "diagnostic", "pseudonyms", "spreadsheet", "calendar", "usage_log", "usage_report"]),
    (
        "seats",
        &[
            "time",
            "tokens",
            "ids",
            "keys",
            "diagnostic",
            "calendar",
            "scenario",
            "plan",
            "simulate",
            "forecast",
            "purchasing",
        ],
    ),
    (
        "report",
        &[
            "time",
            "tokens",
            "diagnostic",
            "spreadsheet",
            "meter",
            "calendar",
            "scenario",
            "behaviour",
            "replay",
            "explain",
            "forecast",
            "preview",
            "seats",
            "what_if",
            "compare",
            "sensitivity",
            "purchasing",
            "alerts",
            "usage_report",
        ],
    ),
    (
        "chart",
        &[
            "time",
            "tokens",
            "diagnostic",
            "meter",
            "calendar",
            "forecast",
            "preview",
            "compare",
            "sensitivity",
            "purchasing",
            "seats",
            "usage_report",
            "report",
        ],
    ),
    ("page", &["forecast", "purchasing", "report", "chart"]),
    (
        "cli",
        &[
            "time",
            "tokens",
            "ids",
            "keys",
            "diagnostic",
            "spreadsheet",
            "output",
            "pseudonyms",
            "calendar",
            "flexnet",
            "scenario",
            "behaviour",
            "usage_log",
            "replay",
            "explain",
            "simulate",
            "forecast",
            "preview",
            "seats",
            "what_if",
            "compare",
            "sensitivity",
            "purchasing",
            "alerts",
            "usage_report",
            "export",
            "vendor",
            "chart",
            "report",
            "page",
        ],
    ),
];

/// The core: it has no clock, no files, no chance, and nothing that isn't exact or in order.
const CORE: [&str; 6] = ["time", "tokens", "ids", "keys", "ledger", "meter"];
const NOT_IN_THE_CORE: [&str; 17] = [
    "std::fs",
    "std::io",
    "std::net",
    "std::time",
    "std::env",
    "std::thread",
    "std::process",
    "println",
    "f32",
    "f64",
    "HashMap",
    "HashSet",
    "serde",
    "serde_json",
    "chrono",
    "rand",
    "libm",
];

/// Crates that only these rooms may name.
const CRATES: &[(&str, &[&str])] = &[
    ("rhai", &["behaviour"]),
    ("rand", &["behaviour"]),
    ("rand_pcg", &["behaviour"]),
    ("chrono", &["calendar", "scenario"]),
    ("chrono_tz", &["calendar", "scenario"]),
    ("serde_yaml", &["scenario"]),
    ("schemars", &["scenario"]),
    ("plotters", &["chart"]),
    ("resvg", &["chart"]),
    ("dejavu", &["chart"]),
    ("annotate_snippets", &["report"]),
    ("comfy_table", &["report"]),
    ("calamine", &["vendor"]),
    // The command line names the feature.
    ("parquet", &["export", "cli"]),
    ("rust_xlsxwriter", &["export"]),
    ("csv_core", &["usage_log"]),
    ("minijinja", &["page"]),
    ("base64", &["page"]),
    ("hmac", &["pseudonyms"]),
    ("getrandom", &["cli"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
];

/// Functions of floats whose last bits differ between machines: `libm` has them with the same bits everywhere.
const INEXACT: [&str; 22] = [
    "exp", "exp2", "exp_m1", "ln", "ln_1p", "log", "log2", "log10", "powf", "powi", "cbrt", "hypot", "sin", "cos",
    "sin_cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "tanh",
];

/// A file under `src`, as it is compiled into the command: without comments and tests.
struct Code {
    path: PathBuf,
    room: String,
    text: String,
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn code() -> Vec<Code> {
    let rust = files(Path::new("src")).into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "rs"));
    let production = rust.filter(|path| path.file_stem().is_some_and(|name| name != "tests"));
    production.map(Code::read).collect()
}

impl Code {
    fn read(path: PathBuf) -> Code {
        let whole = read(&path);
        let (text, _) = whole.split_once("#[cfg(test)]").unwrap_or((&whole, ""));
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let room = path.components().nth(1).unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
        Code { room: room.to_owned(), text: lines.collect::<Vec<_>>().join("\n"), path }
    }

    /// Whether a word, or a path of words, stands in it by itself, rather than as the end of a file's name.
    fn names(&self, word: &str) -> bool {
        let in_a_word = |character: char| character.is_alphanumeric() || character == '_';
        self.text.match_indices(word).any(|(place, _)| {
            let (before, after) = (&self.text[..place], &self.text[place + word.len()..]);
            let ends_a_name = before.ends_with('.') && !before.ends_with("..");
            !ends_a_name && !before.ends_with(in_a_word) && !after.starts_with(in_a_word)
        })
    }

    /// The rooms that it uses.
    fn uses(&self) -> BTreeSet<&str> {
        let room = |rest: &'_ str| rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let uses = self.text.split("crate::").skip(1).map(|rest| &rest[..room(rest)]);
        uses.filter(|used| *used != self.room).collect()
    }
}

#[test]
fn rooms_use_only_what_is_below_them() {
    for (place, (room, allowed)) in ROOMS.iter().enumerate() {
        let below: Vec<&str> = ROOMS[..place].iter().map(|(room, _)| *room).collect();
        assert!(allowed.iter().all(|used| below.contains(used)), "{room} would use what isn't below it");
        let code: Vec<Code> = code().into_iter().filter(|code| code.room == *room).collect();
        let used: BTreeSet<&str> = code.iter().flat_map(Code::uses).collect();
        let more: Vec<_> = used.into_iter().filter(|used| !allowed.contains(used)).collect();
        assert!(more.is_empty(), "{room} uses {more:?}, which the table doesn't allow");
    }
    let known = |room: &str| ROOMS.iter().any(|(known, _)| *known == room) || ["lib", "main"].contains(&room);
    for code in code() {
        assert!(known(&code.room), "{} is in no room of the table", code.path.display());
    }
}

#[test]
fn the_core_has_no_files_clock_chance_floats_or_hash_maps() {
    for code in code().iter().filter(|code| CORE.contains(&&*code.room)) {
        for word in NOT_IN_THE_CORE {
            assert!(!code.names(word), "{} names {word}", code.path.display());
        }
    }
}

#[test]
fn crates_are_named_only_in_their_rooms() {
    let manifest = read(Path::new("Cargo.toml")).replace('-', "_");
    for (name, rooms) in CRATES {
        assert!(manifest.contains(&format!("\n{name} = ")), "{name} is no dependency");
        for code in code().iter().filter(|code| !rooms.contains(&&*code.room)) {
            assert!(!code.names(name), "{} names {name}", code.path.display());
        }
    }
}

#[test]
fn floats_are_computed_with_the_same_bits_everywhere() {
    for code in code() {
        for function in INEXACT {
            let called = [format!(".{function}("), format!("f64::{function}"), format!("f32::{function}")];
            assert!(!called.iter().any(|called| code.text.contains(called)), "{}: {function}", code.path.display());
        }
    }
}

#[test]
fn the_order_within_an_instant_is_that_of_the_rules_and_defined_once() {
    use Phase::*;
    let order = [Expiry, Administration, Close, Grace, Renewal, Open, GiveBack, Result];
    assert!(order.is_sorted() && order.windows(2).all(|pair| pair[0] != pair[1]));
    let defined: Vec<_> = code().into_iter().filter(|code| code.names("enum Phase")).map(|code| code.path).collect();
    assert_eq!(defined, [Path::new("src/meter/phase.rs")]);
}

#[test]
fn files_are_small_and_finished() {
    assert!(read(Path::new("src/main.rs")).lines().count() < 30);
    for path in files(Path::new("src")) {
        assert!(read(&path).lines().count() <= 400, "{} is long", path.display());
    }
    for code in code() {
        for word in ["todo!", "unimplemented!", "dbg!"] {
            assert!(!code.text.contains(word), "{}: {word}", code.path.display());
        }
    }
}

#[test]
fn every_shipped_script_and_scenario_is_used_by_a_test() {
    let tests = files(Path::new("tests")).into_iter().filter(|path| {
        path.extension().is_some_and(|kind| kind == "rs") && path.file_stem().is_some_and(|name| name != "house")
    });
    let tests: String = tests.map(|path| read(&path)).collect();
    let scenarios = files(Path::new("scenarios")).into_iter();
    for path in scenarios.filter(|path| path.extension().is_some_and(|kind| kind == "yaml")) {
        let path = path.to_str().unwrap().replace('\\', "/");
        assert!(tests.contains(&path), "{path}");
    }
    let scripts =
        files(Path::new("scripts")).into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "rhai"));
    let scripts: BTreeSet<String> =
        scripts.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    let shipped = Subject::ALL.iter().flat_map(|subject| subject.shipped());
    assert_eq!(scripts, shipped.map(|(name, _)| (*name).to_owned()).collect());
    for script in scripts {
        assert!(
            tests.contains(&format!("\"{script}\""))
                || tests.contains(&format!("behaviour: {script}"))
                || tests.contains(&format!("\"{script} --with")),
            "{script}"
        );
    }
}
