//! What the terminal shows, and what is refused.

use serde_json::Value;

use crate::desk::Desk;

const MANY: &str = "\
start: 2027-03-01
end: 2027-04-30
products: {AutoCAD: {rate: 7}, Revit: {rate: 10}}
teams: {t: {packs: [{id: p, bought: 2027-01-02, size: 100000, left: 91234.5}]}}
people: [{group: people-with-a-name-that-is-longer-than-a-table-likes, count: 30, team: t, access: all, behaviour: office_week}]
";

#[test]
fn tables_fit_and_what_is_cut_is_in_the_json() {
    let desk = Desk::new(MANY);
    for asked in ["", "--range 12m", "--product AutoCAD", "--team t"] {
        let said = desk.done(&format!("report scenario.yaml {asked}"));
        let widest = said.lines().max_by_key(|line| line.chars().count()).unwrap();
        assert!(widest.chars().count() <= 80, "{widest}");
    }
    let (said, json) = (desk.done("report scenario.yaml"), desk.done("report scenario.yaml --json"));
    let report: Value = serde_json::from_str(&json).unwrap();
    let users = report["users"].as_array().unwrap().len();
    assert!(users > 10 && said.contains(&format!("… {} more, --json has all", users - 10)), "{said}");
    assert_eq!(report["card"]["replications"], 1);
}

#[test]
fn the_screen_says_what_the_json_says() {
    let desk = Desk::new(MANY);
    let report: Value = serde_json::from_str(&desk.done("report scenario.yaml --json")).unwrap();
    let user = &report["users"][0];
    let name = user["user"].as_str().unwrap();
    let said = desk.done(&format!("report scenario.yaml --user {name}")).replace('\n', " ");
    let days = &user["days_used"];
    assert!(
        said.contains(&format!("{} tokens; used on {days} of 30 days", user["tokens"].as_f64().unwrap())),
        "{said}"
    );
    for week in user["products"][0]["weeks"].as_array().unwrap() {
        assert!(said.contains(&format!("{}: {}", week["monday"].as_str().unwrap(), week["days_used"])), "{said}");
    }
    let detail: Value =
        serde_json::from_str(&desk.done(&format!("report scenario.yaml --user {name} --json"))).unwrap();
    assert_eq!((&detail["users"][0], detail["users"].as_array().unwrap().len()), (user, 1));
}

#[test]
fn what_is_wrong_is_told_with_its_remedy() {
    let desk = Desk::new(MANY);
    for (asked, code, told) in [
        ("--team T", 1, "unknown team `T`"),
        ("--product Autocad", 1, "did you mean `AutoCAD`?"),
        ("--user nobody", 1, "unknown user `nobody`"),
        ("--as-of 2027-05-01", 1, "expected a day from 2027-03-01 to 2027-04-30"),
        ("--range 4m", 2, "expected 30d, 3m, 6m, 9m, 12m, or two dates"),
        ("--range 2027-04-01..2027-03-01", 2, "expected 30d"),
        ("--orders orders.csv", 2, "SESSIONS"),
    ] {
        let output = desk.run(&format!("report scenario.yaml {asked}"));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(code) && said.contains(told), "{asked}: {said}");
        assert!(output.stdout.is_empty());
    }
}
