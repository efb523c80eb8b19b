//! Two real licence logs, whose windows and their local days an independent meter has counted. They stand beside the project, not in it:
//! where they aren't there, the tests say so and pass.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::Value;

use crate::desk::{Desk, Row, rows};
use crate::second::{Told, check};

const LOGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");

/// One team with a huge pack, all users of the log, and 1 token a window.
fn desk(log: &str, zone: &str, first_day: &str, grace: &str) -> Desk {
    let sessions = rows(log);
    let names = |column: &str| sessions.iter().map(|row| row[column].clone()).collect::<BTreeSet<_>>();
    let products: String = names("product").iter().map(|product| format!("  {product}: {{rate: 1}}\n")).collect();
    let people: String =
        names("user").iter().map(|user| format!("  - {{user: {user}, team: all, access: all}}\n")).collect();
    let desk = Desk::new(&format!(
        "start: {first_day}\nend: {first_day}\nzone: {zone}\nrules: {{grace: {grace}}}\nproducts:\n{products}\
         teams: {{all: {{packs: [{{id: huge, bought: {first_day}, size: 1000000}}]}}}}\npeople:\n{people}"
    ));
    desk.write("log.csv", log);
    desk
}

fn report(desk: &Desk, asked: &str) -> Value {
    serde_json::from_str(&desk.done(&format!("report scenario.yaml log.csv --json {asked}"))).unwrap()
}

/// By something, what is said and isn't 0.
fn numbers(list: &Value, key: &str) -> BTreeMap<String, u64> {
    let each = list.as_array().unwrap().iter();
    let each = each.map(|row| (row[key].as_str().unwrap().to_owned(), row["tokens"].as_f64().unwrap() as u64));
    each.filter(|(_, tokens)| *tokens > 0).collect()
}

fn sums(rows: &[Row], key: &str, windows: impl Fn(&Row) -> u64) -> BTreeMap<String, u64> {
    let mut sums = BTreeMap::new();
    for row in rows {
        *sums.entry(row[key].clone()).or_default() += windows(row);
    }
    sums
}

fn check_log(name: &str, zone: &str, first_day: &str, last_day: &str) {
    let folder = Path::new(LOGS).join(name);
    if !folder.is_dir() {
        // Not `eprintln`, which a test that passes keeps to itself.
        let said = format!("skipped: the log {name} isn't beside the project\n");
        return std::io::stderr().write_all(said.as_bytes()).unwrap();
    }
    let [log, daily, windows] = ["sessions.csv", "daily_windows.csv", "windows_24h.csv"]
        .map(|file| fs::read_to_string(folder.join(file)).unwrap());
    let all = format!("--range {first_day}..{last_day}");
    let strict = report(&desk(&log, zone, first_day, "0s"), &all);
    let daily = rows(&daily);
    let count = |row: &Row| row["windows"].parse().unwrap();
    assert_eq!(numbers(&strict["overview"]["tokens_per_day"], "day"), sums(&daily, "local_date", count));
    assert_eq!(numbers(&strict["products"], "product"), sums(&daily, "product", count));
    assert_eq!(numbers(&strict["users"], "user"), sums(&rows(&windows), "user", |_| 1));
    let lenient = desk(&log, zone, first_day, "5m");
    lenient.done("meter scenario.yaml log.csv --out metered");
    let told = Told::read(&lenient, "metered", "log.csv");
    for asked in [&*all, "--range 30d", "--range 3m"] {
        check(&told, report(&lenient, asked));
    }
}

#[test]
fn autocads_days_are_those_of_an_independent_meter() {
    check_log("elk_autocad", "Europe/Madrid", "2016-03-30", "2016-04-30");
}

#[test]
fn ansyss_days_are_those_of_an_independent_meter() {
    check_log("umich_ansys", "America/Detroit", "2017-01-08", "2017-06-30");
}
