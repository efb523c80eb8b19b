//! The table of rules in `src/meter/mod.rs` is complete, and its tests exist.

use std::fs;
use std::io::Write;
use std::path::Path;

/// The rules themselves, where they lie beside the project.
const RULES: &str = "../shared/spec/rules.md";

/// The last rule of the meter; what follows is about reports.
const LAST: &str = "S3";

/// A rule's id, and the tests that its row names.
fn rows() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string("src/meter/mod.rs").unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | ")).skip(2);
    let row = |row: &str| {
        let [id, _, tests, ""] = row.split(" |").map(str::trim).collect::<Vec<_>>()[..] else { panic!("{row}") };
        (id.to_owned(), tests.split_whitespace().map(|test| test.trim_matches('`').to_owned()).collect())
    };
    rows.map(row).collect()
}

/// Where a test such as `meter_rules::idle::t7_…`, or `calendar::day::…` beside the code, may stand.
fn source(path: &str) -> String {
    let path = path.replace("::", "/");
    let places = [format!("tests/{path}.rs"), format!("tests/{path}/main.rs"), format!("src/{path}.rs")];
    let found = places.iter().find_map(|place| fs::read_to_string(place).ok());
    found.unwrap_or_else(|| panic!("none of {places:?} exists"))
}

#[test]
fn every_test_that_it_names_exists() {
    for (id, tests) in rows() {
        assert!(!tests.is_empty(), "{id} names no test");
        for test in tests {
            let (path, name) = test.rsplit_once("::").unwrap_or_else(|| panic!("{test} names no file"));
            let text = source(path);
            let before = text.split(&format!("fn {name}(")).next().unwrap().trim_end();
            assert!(before.len() < text.trim_end().len(), "{id}: no {name} in {path}");
            assert!(before.ends_with("#[test]"), "{id}: {test} is no test");
        }
    }
}

#[test]
fn it_has_every_rule_exactly_once() {
    let ids: Vec<String> = rows().into_iter().map(|(id, _)| id).collect();
    for (place, id) in ids.iter().enumerate() {
        assert!(!ids[..place].contains(id), "{id} stands there twice");
    }
    assert_eq!(ids.last().map(String::as_str), Some(LAST));
    if !Path::new(RULES).exists() {
        // Not `eprintln`, which a test that passes keeps to itself.
        std::io::stderr().write_all(b"skipped: the rules aren't beside the project\n").unwrap();
        return;
    }
    let rules = fs::read_to_string(RULES).unwrap();
    let is_id = |id: &str| id.starts_with(char::is_uppercase) && id[1..].starts_with(|c: char| c.is_ascii_digit());
    let wanted = rules.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next()).filter(|id| is_id(id));
    let mut wanted: Vec<&str> = wanted.collect();
    let end = wanted.iter().position(|id| *id == LAST).expect("the rules have it");
    wanted.truncate(end + 1);
    assert_eq!(ids, wanted);
}
