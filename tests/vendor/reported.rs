//! What is reported of exports, and what isn't.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::sheets::{DAILY, TITLE, TOTALS};

const ALL: &str = "--range 2027-01-01..2027-01-31";

fn imported(table: &str, asked: &str) -> Desk {
    let desk = Desk::new("");
    desk.write("export.csv", table);
    desk.done(&format!("import usage export.csv {asked} --out usage.csv"));
    desk
}

fn report(desk: &Desk, asked: &str) -> Value {
    serde_json::from_str(&desk.done(&format!("report --usage usage.csv --json {asked}"))).unwrap()
}

/// What `pick` names of each.
fn table(list: &Value, pick: &[&str]) -> Value {
    list.as_array().unwrap().iter().map(|row| Value::from_iter(pick.iter().map(|key| row[*key].clone()))).collect()
}

#[test]
fn daily_rows_are_reported_as_counted_by_hand() {
    let report = report(&imported(DAILY, ""), ALL);
    let overview = &report["overview"];
    assert_eq!(
        [&overview["tokens"], &overview["products"], &overview["users"]],
        [&json!(1037.5), &json!(2), &json!(2)]
    );
    assert_eq!(
        table(&overview["tokens_per_day"], &["day", "tokens"]).as_array().unwrap()[..3],
        [json!(["2027-01-04", 10.0]), json!(["2027-01-05", 1027.5]), json!(["2027-01-06", 0.0])]
    );
    assert_eq!(
        table(&report["products"], &["product", "users", "tokens", "tokens_per_month"]),
        json!([["Revit", 2, 1030.5, 1030.5], ["AutoCAD", 1, 7.0, 7.0]])
    );
    assert_eq!(table(&report["products"][0]["versions"], &["version", "users"]), json!([["2026", 1], ["2027", 2]]));
    assert_eq!(
        table(&report["users"], &["user", "tokens", "days_used"]),
        json!([["bob@harbour.example", 1010.5, 1], ["ann@harbour.example", 27.0, 3]])
    );
    let autocad = &report["users"][1]["products"][1];
    assert_eq!(table(&autocad["weeks"], &["monday", "days_used"]), json!([["2027-01-04", 1], ["2027-01-11", 1]]));
    assert_eq!(autocad["versions"], json!([{"version": "2027"}]));
}

#[test]
fn a_team_and_a_range_of_daily_rows_are_reported_apart() {
    let desk = imported(DAILY, "");
    assert_eq!(report(&desk, &format!("{ALL} --team Works"))["overview"]["tokens"], 1010.5);
    assert_eq!(report(&desk, "--range 2027-01-05..2027-01-05")["overview"]["tokens"], 1027.5);
    // Completed months: January, as of any day of February.
    let january = report(&desk, "--range 3m --as-of 2027-02-10");
    assert_eq!([&january["range"]["to"], &january["overview"]["tokens"]], [&json!("2027-01-31"), &json!(1037.5)]);
}

#[test]
fn what_an_export_cannot_say_is_left_out_and_named() {
    let daily = ["packs", "balances", "denials", "sessions", "windows", "hours", "uses"];
    let and = |more: &[&'static str]| [&daily[..], more].concat();
    for (table, asked, unsaid) in [
        (DAILY, "", and(&[])),
        (TITLE, "", and(&["versions"])),
        (TOTALS[0], "--range 2027-01-01..2027-03-31", and(&["days"])),
        (TOTALS[1], "--range 2027-01-01..2027-03-31", and(&["days", "versions"])),
    ] {
        let desk = imported(table, asked);
        let report = report(&desk, "");
        assert_eq!(report["cannot_say"], json!(unsaid));
        for key in ["balances", "alerts", "low", "within_days", "short_starts"] {
            assert!(report.get(key).is_none(), "{key}");
        }
        for key in ["tokens_used", "tokens_left", "added", "removed", "added_or_removed"] {
            assert!(report["overview"].get(key).is_none(), "{key}");
        }
        let (days, versions) = (!unsaid.contains(&"days"), !unsaid.contains(&"versions"));
        assert_eq!(report["overview"].get("tokens_per_day").is_some(), days);
        for user in report["users"].as_array().unwrap() {
            for product in user["products"].as_array().unwrap() {
                assert_eq!((product.get("weeks").is_some(), product.get("versions").is_some()), (days, versions));
            }
        }
        assert!(report["products"].as_array().unwrap().iter().all(|row| row.get("versions").is_some() == versions));
        let screen = desk.done("report --usage usage.csv");
        let said = screen.rsplit("\n\n").next().unwrap().replace('\n', " ");
        assert!(said.contains("can't say which packs paid, what is left, what was denied"), "{screen}");
        assert_eq!((said.contains("on which days"), said.contains("in which versions")), (!days, !versions));
        assert!(!screen.contains("Tokens left") && screen.lines().all(|line| line.chars().count() <= 80));
    }
}

#[test]
fn totals_are_reported_of_their_range_alone() {
    let desk = imported(TOTALS[0], "--range 2027-01-01..2027-03-31");
    let report = report(&desk, "");
    assert_eq!([&report["range"]["from"], &report["range"]["to"]], [&json!("2027-01-01"), &json!("2027-03-31")]);
    assert_eq!(
        table(&report["products"], &["product", "users", "tokens_per_month"]),
        json!([["Revit", 2, 170.0 / 3.0], ["AutoCAD", 1, 7.0]])
    );
    // On which of the days Ann used both nobody knows.
    assert_eq!(
        table(&report["users"], &["user", "tokens", "days_used"]),
        json!([["ann@harbour.example", 141.0, null], ["bob@harbour.example", 50.0, 5]])
    );
    assert_eq!(
        table(&report["users"][0]["products"], &["product", "days_used"]),
        json!([["Revit", 12], ["AutoCAD", 3]])
    );
    let revit = desk.done("report --usage usage.csv --user ann@harbour.example");
    assert!(
        revit.starts_with("ann@harbour.example from 2027-01-01 to 2027-03-31 (90 days): 141 tokens; 2\nproducts."),
        "{revit}"
    );
    for asked in ["--range 30d", "--range 2027-01-01..2027-03-30", "--as-of 2027-03-30"] {
        let output = desk.run(&format!("report --usage usage.csv {asked}"));
        assert_eq!(output.status.code(), Some(1), "{asked}");
    }
}

#[test]
fn pictures_are_drawn_of_what_an_export_says() {
    let all = ["report.json", "days", "products", "bands", "versions", "weeks"];
    for (table, asked, missing) in [
        (DAILY, "", &[][..]),
        (TITLE, "", &["versions"]),
        (TOTALS[0], "--range 2027-01-01..2027-03-31", &["days", "weeks"]),
    ] {
        let desk = imported(table, asked);
        let output = desk.run("report --usage usage.csv --out drawn");
        let said = String::from_utf8(output.stderr).unwrap();
        for name in all {
            let drawn = !missing.contains(&name);
            assert_eq!(
                (said.contains(name), said.contains("hours"), said.contains("week.")),
                (drawn, false, false),
                "{said}"
            );
        }
        assert_eq!(desk.text("drawn/report.json"), desk.done("report --usage usage.csv --json"));
    }
}

#[test]
fn a_total_may_be_of_several_versions() {
    let desk = imported(&TOTALS[0].replace("Revit,2027", "Revit,\"2026, 2027\""), "--range 2027-01-01..2027-03-31");
    let report = report(&desk, "");
    assert_eq!(table(&report["products"][0]["versions"], &["version", "users"]), json!([["2026", 2], ["2027", 1]]));
    assert_eq!(table(&report["users"][0]["products"][0]["versions"], &["version"]), json!([["2026"], ["2027"]]));
}

#[test]
fn a_report_is_read_back_as_it_was_stored() {
    for (table, asked) in [(DAILY, ""), (TOTALS[1], "--range 2027-01-01..2027-03-31")] {
        let stored = imported(table, asked).done("report --usage usage.csv --json");
        let read: flexcast::usage_report::UsageReport = serde_json::from_str(&stored).unwrap();
        let again = serde_json::to_value(&read).unwrap();
        let mut stored: Value = serde_json::from_str(&stored).unwrap();
        stored.as_object_mut().unwrap().remove("card");
        assert_eq!(again, stored);
    }
}

#[test]
fn without_tokens_days_and_users_are_still_reported() {
    let desk = imported(&DAILY.replace("tokens_used", "seats_used"), "");
    assert!(!desk.text("usage.csv").contains("tokens"));
    let report = report(&desk, ALL);
    assert!(report["cannot_say"].as_array().unwrap().contains(&json!("tokens")));
    assert_eq!(
        table(&report["users"], &["user", "tokens", "days_used"]),
        json!([["ann@harbour.example", null, 3], ["bob@harbour.example", null, 1]])
    );
    assert_eq!(
        table(&report["products"], &["product", "users", "tokens_per_month", "bands"]),
        json!([["AutoCAD", 1, null, null], ["Revit", 2, null, null]])
    );
    let overview = &report["overview"];
    assert_eq!(
        [overview.get("tokens"), overview.get("tokens_per_day"), overview.get("users")],
        [None, None, Some(&json!(2))]
    );
    for asked in ["", "--user ann@harbour.example", "--product Revit"] {
        let screen = desk.done(&format!("report --usage usage.csv {ALL} {asked}"));
        assert!(!screen.contains(" 0 tokens") && !screen.contains("0 a month"), "{screen}");
    }
    desk.write("tokens.csv", DAILY);
    let output = desk.run("import usage usage.csv tokens.csv");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && said.contains("import those with a column of tokens apart"), "{said}");
}
