//! Small logs whose figures are known by hand.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::second::{Told, check};

/// Two teams in Amsterdam; Ann has a subscription to Maya, and AutoCAD brings its add-in along.
const OFFICE: &str = "\
start: 2027-10-25
end: 2027-12-31
zone: Europe/Amsterdam
products:
  AutoCAD: {rate: 7}
  Revit: {rate: 10}
  Maya: {rate: 6}
  Layout: {rate: 2, add_in_of: AutoCAD, loads_with_host: true}
  Notes: {add_in_of: Revit, loads_with_host: true}
  Study: {rate: 11, per: result}
teams:
  design: {plan: premium, packs: [{id: old, bought: 2026-11-02, size: 500, left: 300}, {id: new, bought: 2027-06-01, size: 100}]}
  works: {packs: [{id: small, bought: 2027-09-01, size: 40}]}
people:
  - {user: ann, team: design, access: all, subscriptions: [{product: Maya, from: 2027-01-01, until: 2027-12-31}]}
  - {user: bob, team: works, access: [Revit]}
  - {user: cyd, team: design, access: [Revit]}
purchases: [{on: 2027-11-03, team: works, tokens: 60, id: more}]
events:
  - {on: 2027-11-04, move: new, to: works}
  - {on: 2027-11-06, merge: works, into: design}
";

/// In the order of rows: over the clock change, AutoCAD left open for two days, so three windows, the second at 8:00 as summer time ends;
/// within the grace; by subscription; a study that fails on the next day; denied; without tokens enough.
const LOG: &str = "\
user,product,opened,closed,version,failed
ann,AutoCAD,2027-10-30T09:00:00+02:00,2027-11-01T09:00:00+01:00,2026,
ann,Revit,2027-11-01T10:00:00+01:00,2027-11-01T10:05:00+01:00,2027,
ann,Maya,2027-11-01T11:00:00+01:00,2027-11-01T12:00:00+01:00,,
ann,Study,2027-11-02T23:50:00+01:00,,,2027-11-03T00:10:00+01:00
eve,Revit,2027-11-02T10:00:00+01:00,2027-11-02T11:00:00+01:00,,
bob,Revit,2027-11-02T23:58:00+01:00,2027-11-03T01:00:00+01:00,2026,
bob,Revit,2027-11-04T09:00:00+01:00,2027-11-04T10:00:00+01:00,2027,
bob,AutoCAD,2027-11-04T11:00:00+01:00,2027-11-04T12:00:00+01:00,,
";

/// Over midnight: the first is closed in time, so that the second pays for a window of the day before.
const MIDNIGHT: &str = "\
cyd,Revit,2027-11-02T23:58:00+01:00,2027-11-03T00:02:00+01:00,2026,
cyd,Revit,2027-11-03T00:01:00+01:00,2027-11-03T09:00:00+01:00,2027,
";

fn desk(rules: &str) -> Desk {
    let desk = Desk::new(&format!("{OFFICE}rules: {rules}\n"));
    desk.write("log.csv", LOG);
    desk
}

fn report(desk: &Desk, asked: &str) -> Value {
    serde_json::from_str(&desk.done(&format!("report scenario.yaml log.csv --json {asked}"))).unwrap()
}

/// What `pick` names of each.
fn table(list: &Value, pick: &[&str]) -> Value {
    list.as_array().unwrap().iter().map(|row| Value::from_iter(pick.iter().map(|key| row[*key].clone()))).collect()
}

#[test]
fn an_office_of_three_is_reported_as_counted_by_hand() {
    let report = report(&desk("{}"), "--until 2027-11-06T12:00:00+01:00");
    assert_eq!(report["as_of"], "2027-11-06");
    // AutoCAD and Layout on 30 and 31 October and 1 November (9:00 +02:00 is 8:00 +01:00), Revit of Bob's twice; the study given back.
    let overview = &report["overview"];
    assert_eq!(overview["tokens"], 3.0 * 9.0 + 20.0);
    assert_eq!([&overview["products"], &overview["users"]], [&json!(4), &json!(2)]);
    // `old` was bought more than twelve months ago as of 6 November: what it paid isn't among the tokens used.
    assert_eq!([&overview["tokens_used"], &overview["tokens_used_before"]], [&json!(20.0), &json!(0.0)]);
    assert_eq!([&overview["added"], &overview["removed"]], [&json!(60.0 + 100.0 + 180.0), &json!(280.0)]);
    assert_eq!(
        table(&overview["added_or_removed"], &["day", "team", "pack", "by", "tokens"]),
        json!([
            ["2027-11-03", "works", "more", "purchase", 60.0],
            ["2027-11-04", "design", "new", "move", -100.0],
            ["2027-11-04", "works", "new", "move", 100.0],
            ["2027-11-06", "design", "new", "merge", 90.0],
            ["2027-11-06", "design", "small", "merge", 30.0],
            ["2027-11-06", "design", "more", "merge", 60.0],
            ["2027-11-06", "works", "new", "merge", -90.0],
            ["2027-11-06", "works", "small", "merge", -30.0],
            ["2027-11-06", "works", "more", "merge", -60.0],
        ])
    );
}

#[test]
fn products_and_users_of_the_office_are_told() {
    let report = report(&desk("{}"), "--until 2027-11-06T12:00:00+01:00 --range 2027-10-30..2027-11-30");
    assert_eq!([&report["range"]["days"], &report["range"]["months"]], [&json!(32), &json!(2)]);
    assert_eq!(
        table(&report["products"], &["product", "users", "tokens", "tokens_per_month"]),
        json!([["AutoCAD", 1, 21.0, 10.5], ["Revit", 2, 20.0, 10.0], ["Layout", 1, 6.0, 3.0], ["Study", 1, 0.0, 0.0]])
    );
    assert_eq!(table(&report["products"][1]["versions"], &["version", "users"]), json!([["2026", 1], ["2027", 2]]));
    // 30 October to 2 November.
    assert_eq!(table(&report["users"], &["user", "tokens", "days_used"]), json!([["ann", 27.0, 4], ["bob", 20.0, 2]]));
    let autocad = &report["users"][0]["products"][0];
    assert_eq!(table(&autocad["weeks"], &["monday", "days_used"]), json!([["2027-10-25", 2], ["2027-11-01", 1]]));
    assert_eq!(table(&autocad["versions"], &["version", "uses"]), json!([["2026", 3]]));
}

#[test]
fn what_a_user_did_in_the_range_is_told() {
    let desk = desk("{}");
    let person = |asked: &str| report(&desk, &format!("--until 2027-11-06T12:00:00+01:00 {asked}"))["person"].clone();
    let bob = person("--user bob");
    assert_eq!(
        table(&bob["sessions"], &["product", "opened", "closed", "denied"]),
        json!([
            ["Revit", "2027-11-02T22:58:00Z", "2027-11-03T00:00:00Z", null],
            ["Revit", "2027-11-04T08:00:00Z", "2027-11-04T09:00:00Z", null],
            ["AutoCAD", "2027-11-04T10:00:00Z", null, "product_not_allowed"],
        ])
    );
    assert_eq!(
        table(&bob["charges"], &["product", "start", "end", "tokens"]),
        json!([
            ["Revit", "2027-11-02T22:58:00Z", "2027-11-03T22:58:00Z", 10.0],
            ["Revit", "2027-11-04T08:00:00Z", "2027-11-05T08:00:00Z", 10.0],
        ])
    );
    // AutoCAD, left open for two days, was charged three times; its add-in came along; the study has no window.
    let ann = person("--user ann");
    assert_eq!(ann["sessions"].as_array().unwrap().len(), 3);
    let charged: Vec<_> =
        ann["charges"].as_array().unwrap().iter().map(|charge| charge["product"].as_str().unwrap()).collect();
    assert_eq!(charged, ["AutoCAD", "Layout", "AutoCAD", "Layout", "AutoCAD", "Layout", "Study"]);
    assert!(person("").is_null());
    // In a range is what was still open or paid in it.
    assert_eq!(
        table(&person("--user ann --range 2027-11-02..2027-11-02")["charges"], &["product"]),
        json!([["AutoCAD"], ["Layout"], ["Study"]])
    );
}

#[test]
fn so_a_second_calculation_has_them_with_each_rule() {
    for rules in
        ["{}", "{short_starts: left_out, ranges: rolling}", "{grace: 0s}", "{grace: 12h, short_starts: left_out}"]
    {
        let desk = desk(rules);
        desk.write("log.csv", &format!("{LOG}{MIDNIGHT}"));
        desk.done("meter scenario.yaml log.csv --out metered --until 2027-12-31T12:00:00Z");
        let told = Told::read(&desk, "metered", "log.csv");
        for team in ["", "--team design", "--team works"] {
            for range in ["30d", "3m", "2027-10-30..2027-11-02", "2027-11-03..2027-11-03"] {
                for as_of in
                    ["2027-10-31", "2027-11-01", "2027-11-03", "2027-11-06", "2027-11-09", "2027-11-10", "2027-12-31"]
                {
                    let asked = format!("--until 2027-12-31T12:00:00Z --range {range} --as-of {as_of} {team}");
                    check(&told, report(&desk, &asked));
                }
            }
        }
    }
}

/// Ann opens Revit for five minutes on one day, and that is all.
#[test]
fn a_short_start_is_use_without_tokens_or_none_at_all() {
    for (rules, users, uses) in [("{}", json!(["ann", "bob"]), 1), ("{short_starts: left_out}", json!(["bob"]), 0)] {
        let report = report(&desk(rules), "--range 2027-10-30..2027-11-30");
        let revit = report["products"].as_array().unwrap().iter().find(|row| row["product"] == "Revit").unwrap();
        let mut names: Vec<&Value> = revit["by_user"].as_array().unwrap().iter().map(|row| &row["user"]).collect();
        names.sort_by_key(|name| name.as_str());
        assert_eq!((json!(names), &revit["tokens"]), (users, &json!(20.0)), "{rules}");
        let ann = report["users"].as_array().unwrap().iter().find(|row| row["user"] == "ann").unwrap();
        let of_revit = ann["products"].as_array().unwrap().iter().find(|row| row["product"] == "Revit");
        assert_eq!(of_revit.map_or(0, |row| row["days_used"].as_u64().unwrap()), uses, "{rules}");
    }
}

#[test]
fn months_are_those_of_the_scenarios_rules() {
    for (ranges, from, to) in
        [("completed_months", "2027-08-01", "2027-10-31"), ("rolling", "2027-08-06", "2027-11-06")]
    {
        let report = report(&desk(&format!("{{ranges: {ranges}}}")), "--until 2027-11-06T12:00:00+01:00 --range 3m");
        assert_eq!([&report["range"]["from"], &report["range"]["to"]], [&json!(from), &json!(to)]);
        assert_eq!(report["range"]["months"], 3);
    }
}

/// As of 4 August 2028 a pack bought on 2 November 2027 ends on the 90th day after, and one bought on the 3rd just doesn't.
#[test]
fn balances_are_flagged_within_bounds_that_can_be_set() {
    let text = "start: 2028-08-01\nend: 2028-12-31\nproducts: {Revit: {rate: 10}}\nteams:\n  \
                low: {packs: [{id: p, bought: 2027-11-03, size: 1000, left: 200}]}\n  \
                fine: {packs: [{id: q, bought: 2027-11-02, size: 1000, left: 201}]}\n\
                people: [{user: ann, team: low}]\n";
    let desk = Desk::new(text);
    desk.write("log.csv", "user,product,opened,closed\n");
    let alerts = |asked: &str| {
        let report = report(&desk, &format!("--until 2028-08-04T12:00:00Z {asked}"));
        let alerts = report["alerts"].as_array().unwrap();
        alerts
            .iter()
            .map(|alert| format!("{} {}", alert["kind"].as_str().unwrap(), alert["team"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(alerts(""), ["low low", "ending fine"]);
    assert_eq!(alerts("--within 91d"), ["low low", "ending fine", "ending low"]);
    assert_eq!(alerts("--low 21% --within 10d"), ["low low", "low fine"]);
    assert_eq!(alerts("--low 19.9% --within 89d"), [""; 0]);
    assert_eq!(alerts("--team fine"), ["ending fine"]);
}

/// The window began on the 2nd; what may have been used on the 2nd was closed in time.
#[test]
fn a_day_on_which_a_window_starts_is_a_day_used() {
    for (rules, uses) in [("{}", 2), ("{short_starts: left_out}", 1)] {
        let desk = desk(rules);
        desk.write("log.csv", &format!("{LOG}{MIDNIGHT}"));
        let report = report(&desk, "");
        let cyd = report["users"].as_array().unwrap().iter().find(|row| row["user"] == "cyd").unwrap();
        assert_eq!([&cyd["tokens"], &cyd["days_used"]], [&json!(10.0), &json!(2)], "{rules}");
        let versions = cyd["products"][0]["versions"].as_array().unwrap();
        assert_eq!(versions.iter().map(|version| version["uses"].as_u64().unwrap()).sum::<u64>(), uses, "{rules}");
    }
}
