//! Forecasts that go on until they are as sure as asked.

mod desk;

use desk::{Desk, Row, tokens};
use flexcast::tokens::Tokens;

/// Anna's tokens run out in about half of the runs.
const EVEN: &str = "
start: 2027-01-04
end: 2027-02-05
currency: EUR
products: {Revit: {rate: 10}}
prices: {tokens: [{from: 1, each: 3}, {from: 100, each: 2.5}]}
teams:
  design: {packs: [{id: old, bought: 2026-01-18, size: 60}, {id: new, bought: 2026-12-01, size: 100}]}
  others: {}
people: [{user: anna, team: design, access: all, behaviour: office_week, with: {attendance: 0.64}}]
purchases: [{on: 2027-01-20, team: others, tokens: 7}, {on: 2028-01-20, team: others, tokens: 7}]
";

fn figure(desk: &Desk, team: &str, name: &str, of: &str) -> f64 {
    let forecast = desk.json("out/forecast.json");
    let part = if team == "all teams" {
        forecast["all"].clone()
    } else {
        let teams = forecast["teams"].as_array().unwrap();
        teams.iter().find(|part| part["team"] == team).unwrap().clone()
    };
    let figures = part["figures"].as_array().unwrap();
    figures.iter().find(|figure| figure["figure"] == name).unwrap()[of].as_f64().unwrap()
}

#[test]
fn replications_go_on_until_the_forecast_is_as_sure_as_asked_on_any_number_of_threads() {
    let desk = Desk::new(EVEN);
    let run = |threads: u32| {
        let summary = desk.done(&format!("forecast scenario.yaml --out out --precision 8% --threads {threads}"));
        (summary, desk.bytes("out/forecast.json"), desk.bytes("out/replications.csv"))
    };
    let one = run(1);
    let forecast = desk.json("out/forecast.json");
    let (precision, out) = (&forecast["precision"], &forecast["all"]["stock_out"]);
    assert_eq!((precision["asked"].as_f64(), precision["reached"].as_bool()), (Some(0.08), Some(true)));
    let width = out["chance_high"].as_f64().unwrap() - out["chance_low"].as_f64().unwrap();
    assert!(width <= 0.16 && precision["burn_half_width"].as_f64().unwrap() <= 0.08);
    let replications = forecast["card"]["replications"].as_u64().unwrap();
    assert!((101..200).contains(&replications), "{replications}");
    assert!(one.0.contains(&format!("{replications} runs, as many as ± 8 % took")), "{}", one.0);
    assert!(run(2) == one && run(5) == one);
    // The same number, fixed, gives the same outcomes.
    desk.done(&format!("forecast scenario.yaml --out out --replications {replications}"));
    assert!(desk.bytes("out/replications.csv") == one.2);
    assert!(desk.json("out/forecast.json")["precision"]["asked"].is_null());
}

#[test]
fn the_scenario_says_how_sure_or_how_many_and_the_command_line_has_the_last_word() {
    let count = |settings: &str, options: &str| {
        let desk = Desk::new(&EVEN.replace("attendance: 0.64", "attendance: 1").replace("currency: EUR", settings));
        desk.done(&format!("forecast scenario.yaml --out out {options}"));
        desk.json("out/forecast.json")["card"]["replications"].as_u64().unwrap()
    };
    // Where all run out, the width of Wilson's interval is 3.84 / (n + 3.84): 1 % takes 189, the look after 100 is at 200.
    for (settings, options, replications) in [
        ("", "", 200),
        ("forecast: {precision: 5%}", "", 100),
        ("forecast: {precision: 5%}", "--replications 3", 3),
        ("forecast: {replications: 4}", "--precision 5%", 100),
    ] {
        assert_eq!(count(settings, options), replications, "{settings} {options}");
    }
}

#[test]
fn what_cannot_be_asked_is_told_with_its_place() {
    for (settings, said) in [
        ("{replications: 5, precision: 1%}", "expected one of the two"),
        ("{precision: 0}", "such as 1% or 0.01"),
        ("{precision: 101%}", "such as 1% or 0.01"),
        ("{precision: '0.01'}", "without quotes"),
    ] {
        let desk = Desk::new(&EVEN.replace("currency: EUR", &format!("forecast: {settings}")));
        let output = desk.run("check scenario.yaml");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && told.contains(said), "{settings}: {told}");
    }
    let desk = Desk::new(EVEN);
    for options in ["--precision 0", "--precision many", "--precision 1% --replications 5"] {
        assert_eq!(
            desk.run(&format!("forecast scenario.yaml --out out {options}")).status.code(),
            Some(2),
            "{options}"
        );
    }
}

fn of<'a>(rows: &'a [Row], team: &'a str) -> impl Iterator<Item = &'a Row> {
    rows.iter().filter(move |row| row["team"] == team)
}

#[test]
fn replications_csv_holds_what_the_forecast_rests_on() {
    let desk = Desk::new(EVEN);
    desk.done("forecast scenario.yaml --out out --replications 40");
    let rows = desk.rows("out/replications.csv");
    assert_eq!(rows.len(), 120);
    assert_eq!(rows[3..6].iter().map(|row| &*row["team"]).collect::<Vec<_>>(), ["all teams", "design", "others"]);
    assert!(rows[3..6].iter().all(|row| row["replication"] == "1"));
    for (column, name) in [
        ("burn", "burn"),
        ("burn_cost", "burn_cost"),
        ("avoidable", "avoidable"),
        ("waste", "waste"),
        ("denials", "denials"),
        ("left", "left"),
        ("bought", "bought"),
        ("bought_cost", "bought_cost"),
    ] {
        for team in ["all teams", "design", "others"] {
            let sum: Tokens = of(&rows, team).map(|row| tokens(row, column)).sum();
            let mean = sum.millionths() as f64 / 40e6;
            assert!((mean - figure(&desk, team, name, "mean")).abs() < 1e-9, "{team} {column}");
        }
    }
    let out = of(&rows, "design").filter(|row| row["stock_out"] == "1").count();
    assert_eq!(desk.json("out/forecast.json")["all"]["stock_out"]["replications"].as_u64(), Some(out as u64));
    for row in of(&rows, "design") {
        // The old pack's tokens cost 3, the new one's 2.5; what is left of either is waste, or left.
        let [burn, waste, left] = ["burn", "waste", "left"].map(|column| tokens(row, column));
        assert_eq!(burn + waste + left, Tokens::whole(160));
        let old = Tokens::whole(60) - waste;
        let cost = old.millionths() * 3 + (burn - old).millionths() * 5 / 2;
        assert_eq!(tokens(row, "burn_cost").millionths(), cost, "{row:?}");
    }
    // What is planned for after the horizon isn't bought in it.
    assert!(of(&rows, "others").all(|row| (&*row["bought"], &*row["bought_cost"], &*row["left"]) == ("7", "21", "7")));
    desk.write("scenario.yaml", &EVEN.replace("prices:", "# prices:"));
    desk.done("forecast scenario.yaml --out out --replications 2");
    let rows = desk.rows("out/replications.csv");
    assert!(rows.iter().all(|row| row["burn_cost"].is_empty() && row["bought_cost"].is_empty()));
}
