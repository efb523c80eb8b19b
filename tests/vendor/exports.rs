//! What flexcast itself exports as the vendor does comes back with the same figures.

use flexcast::calendar::Day;
use serde_json::{Value, json};

use crate::desk::Desk;

/// In UTC, as exports have UTC days.
const OFFICE: &str = "\
start: 2027-01-01
end: 2027-03-31
products: {AutoCAD: {rate: 7}, Revit: {rate: 10}, Layout: {rate: 2, add_in_of: AutoCAD, loads_with_host: true}}
teams:
  design: {packs: [{id: p, bought: 2026-12-01, size: 9000}]}
  works: {packs: [{id: q, bought: 2026-12-01, size: 900.5}]}
people:
  - {group: architects, count: 4, team: design, access: all}
  - {user: bob@works.example, team: works, access: [Revit]}
";
const RANGE: &str = "2027-01-04..2027-03-21";

/// Everybody uses products and versions in turn, some on more days than others; some sessions are within the grace.
fn log() -> String {
    let mut log = "user,product,version,opened,closed\n".to_owned();
    let first = Day::parse("2027-01-02").unwrap();
    for place in 0..80 {
        let day = first.plus(place);
        for user in 1..=4 {
            if place % (user + 1) != 0 {
                let (product, version) = (["AutoCAD", "Revit"][(place / 3 % 2) as usize], 2024 + (place + user) % 3);
                let closed = if place % 7 == 0 { "08:03" } else { "17:00" };
                log += &format!("architects-{user},{product},{version},{day}T08:00:00Z,{day}T{closed}:00Z\n");
            }
        }
        if place % 4 == 0 {
            log += &format!("bob@works.example,Revit,2027,{day}T22:00:00Z,{}T03:00:00Z\n", day.plus(1));
        }
    }
    log
}

fn desk() -> Desk {
    let desk = Desk::new(OFFICE);
    desk.write("log.csv", &log());
    desk
}

/// The figures of a report that an export can have, `but` for some.
fn figures(report: &str, but: &[&str]) -> Value {
    let mut report: Value = serde_json::from_str(report).unwrap();
    let overview = ["tokens", "products", "users"].map(|key| report["overview"][key].clone());
    let mut lists = [report["products"].take(), report["users"].take()];
    lists.iter_mut().for_each(|list| leave_out(list, but));
    json!([overview, lists])
}

fn leave_out(value: &mut Value, keys: &[&str]) {
    match value {
        Value::Array(rows) => rows.iter_mut().for_each(|row| leave_out(row, keys)),
        Value::Object(fields) => {
            fields.retain(|key, _| !keys.contains(&key.as_str()));
            fields.values_mut().for_each(|field| leave_out(field, keys));
        }
        _ => {}
    }
}

#[test]
fn exported_usage_comes_back() {
    let desk = desk();
    let report = desk.done(&format!("report scenario.yaml log.csv --range {RANGE} --json"));
    for (columns, but) in [("snake", &["uses"][..]), ("title", &["uses", "versions"])] {
        for format in ["csv", "xlsx"] {
            let file = format!("{columns}.{format}");
            desk.done(&format!(
                "export usage scenario.yaml log.csv --columns {columns} --format {format} --range {RANGE} --out {file}"
            ));
            desk.done(&format!("import usage {file} --out usage.csv"));
            let again = desk.done(&format!("report --usage usage.csv --range {RANGE} --json"));
            assert_eq!(figures(&again, but), figures(&report, but), "{file}");
            let team = |report: &str| desk.done(&format!("report {report} --team works --range {RANGE} --json"));
            assert_eq!(
                figures(&team("--usage usage.csv"), but),
                figures(&team("scenario.yaml log.csv"), but),
                "{file}"
            );
        }
    }
}

#[test]
fn exported_users_come_back() {
    let desk = desk();
    let report = desk.done(&format!("report scenario.yaml log.csv --range {RANGE} --json"));
    let days: Value = serde_json::from_str(&report).unwrap();
    for (columns, but) in
        [("snake", &["uses", "weeks", "days_used"][..]), ("title", &["uses", "weeks", "days_used", "versions"])]
    {
        for format in ["csv", "xlsx"] {
            let file = format!("{columns}.{format}");
            desk.done(&format!(
                "export users scenario.yaml log.csv --columns {columns} --format {format} --range {RANGE} --out {file}"
            ));
            desk.done(&format!("import usage {file} --range {RANGE} --out usage.csv"));
            let again = desk.done("report --usage usage.csv --json");
            assert_eq!(figures(&again, but), figures(&report, but), "{file}");
            let again: Value = serde_json::from_str(&again).unwrap();
            let pairs = |report: &Value| {
                let users = report["users"].as_array().unwrap().iter();
                users
                    .flat_map(|user| user["products"].as_array().unwrap())
                    .map(|pair| pair["days_used"].clone())
                    .collect::<Vec<_>>()
            };
            assert_eq!(pairs(&again), pairs(&days), "{file}");
        }
    }
}
