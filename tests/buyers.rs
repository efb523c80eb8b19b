//! What the shipped buyers give, in runs of people who burn about the same each week.

mod desk;

use std::collections::BTreeMap;

use desk::{Desk, tokens};

/// Five draughters, 35 tokens on a working day, with this policy.
fn desk(end: &str, policy: &str) -> Desk {
    Desk::new(&format!(
        "{{start: 2027-01-01, end: {end}, zone: Europe/Amsterdam, products: {{AutoCAD: {{rate: 7}}}},
        prices: {{tokens: [{{from: 100, each: 3.00}}], step: 100}},
        teams: {{design: {{packs: [{{bought: 2026-11-02, size: 1200}}], default_access: [AutoCAD]}}}},
        people: [{{group: draughters, count: 5, team: design, behaviour: office_week, with: {{products: [AutoCAD]}}}}],
        policy: {policy}}}\n"
    ))
}

/// How often a forecast runs out of tokens, and a mean of all teams.
fn forecast(desk: &Desk, figure: &str) -> (f64, f64) {
    desk.done("forecast scenario.yaml --out out --replications 10");
    let all = &desk.json("out/forecast.json")["all"];
    (all["stock_out"]["chance"].as_f64().unwrap(), all[figure]["mean"].as_f64().unwrap())
}

/// In whole tokens, by order: what there was as it was ordered, in the team's balance and on its way.
fn stocks(desk: &Desk) -> Vec<i64> {
    desk.done("simulate scenario.yaml --out run");
    let (orders, ledger) = (desk.rows("run/orders.csv"), desk.rows("run/ledger.csv"));
    let whole = |row: &BTreeMap<String, String>, column: &str| tokens(row, column).millionths() / 1_000_000;
    let stock = |at: &str| {
        let before = ledger.iter().rfind(|row| *row["posted"] <= *at);
        let coming = orders.iter().filter(|order| *order["ordered"] < *at && *order["arrives"] > *at);
        before.map_or(0, |row| whole(row, "balance")) + coming.map(|order| whole(order, "tokens")).sum::<i64>()
    };
    orders.iter().map(|order| stock(&order["ordered"])).collect()
}

#[test]
fn reorder_point_is_never_missed_by_more_than_a_days_burn() {
    let desk = desk("2027-12-31", "{behaviour: reorder_point, with: {team: design, below: 400, buy: 1000}}");
    let stocks = stocks(&desk);
    assert_eq!(stocks.len(), 8, "some 8,500 burn, and 1,200 are there");
    assert!(stocks.iter().all(|stock| (360..400).contains(stock)), "{stocks:?}");
    assert_eq!(forecast(&desk, "expired"), (0.0, 0.0));
}

#[test]
fn reorder_point_may_fill_up_to_a_level() {
    let desk = desk("2027-12-31", "{behaviour: reorder_point, with: {team: design, below: 400, up_to: 2050}}");
    let stocks = stocks(&desk);
    let filled: Vec<i64> = desk
        .rows("run/orders.csv")
        .iter()
        .zip(&stocks)
        .map(|(row, stock)| row["tokens"].parse::<i64>().unwrap() + stock)
        .collect();
    assert!(filled.iter().all(|level| (2050..2150).contains(level)), "{filled:?}");
}

#[test]
fn a_long_lead_time_runs_out() {
    let lasts = |lead_time: &str| {
        let buys = format!("{{team: design, below: 400, buy: 1000, lead_time: {lead_time}}}");
        forecast(&desk("2027-06-30", &format!("{{behaviour: reorder_point, with: {buys}}}")), "left").0
    };
    assert_eq!((lasts("5d"), lasts("90d")), (0.0, 1.0));
}

#[test]
fn as_late_as_possible_keeps_little_and_doesnt_run_out() {
    let with = "{team: design, lead_time: 10d, margin: 7d, period: 30d, expects: 25}";
    let desk = desk("2027-12-31", &format!("{{behaviour: as_late_as_possible, with: {with}}}"));
    let stocks = stocks(&desk);
    // It orders when the stock lasts for less than 18 days of some 24.5 tokens, and no sooner.
    assert!(stocks.iter().all(|stock| (380..480).contains(stock)), "{stocks:?}");
    let orders = desk.rows("run/orders.csv");
    assert!(orders.iter().all(|row| (700..1000).contains(&row["tokens"].parse::<i64>().unwrap())), "{orders:?}");
    assert_eq!(forecast(&desk, "expired"), (0.0, 0.0));
}

#[test]
fn fixed_calendar_buys_on_the_first_working_day_of_its_months_and_on_its_dates() {
    let with = "{team: design, buy: 3000, months: [2, 6, 10], dates: [2027-03-14, 2027-06-01], lead_time: 36h}";
    let desk = desk("2028-03-31", &format!("{{behaviour: fixed_calendar, with: {with}}}"));
    desk.done("simulate scenario.yaml --out run");
    let orders = desk.rows("run/orders.csv");
    let told: Vec<[&str; 3]> =
        orders.iter().map(|row| [&row["ordered"], &row["arrives"], &row["tokens"]].map(String::as_str)).collect();
    assert_eq!(
        told,
        [
            ["2027-01-31T23:00:00Z", "2027-02-02T11:00:00Z", "3000"],
            ["2027-03-13T23:00:00Z", "2027-03-15T11:00:00Z", "3000"],
            ["2027-05-31T22:00:00Z", "2027-06-02T10:00:00Z", "3000"],
            ["2027-09-30T22:00:00Z", "2027-10-02T10:00:00Z", "3000"],
            ["2028-01-31T23:00:00Z", "2028-02-02T11:00:00Z", "3000"],
        ]
    );
}

/// On the same demand: some 8,500 tokens a year.
#[test]
fn as_late_as_possible_wastes_less_than_a_fixed_calendar() {
    let expired = |policy: &str| forecast(&desk("2028-12-31", policy), "expired");
    let (out, fixed) = expired("{behaviour: fixed_calendar, with: {team: design, buy: 5000}}");
    let (late_out, late) = expired("{behaviour: as_late_as_possible, with: {team: design, period: 90d}}");
    assert_eq!((out, late_out, late), (0.0, 0.0, 0.0));
    assert!(fixed > 3000.0, "{fixed}");
}

#[test]
fn a_buyers_error_prints_the_command_that_has_it_again() {
    let desk = desk("2027-06-30", "{behaviour: reorder_point, with: {team: design, below: 400, buy: 1050}}");
    let output = desk.run("forecast scenario.yaml --out out --replications 3 --seed 7");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("1050 tokens are no multiple of the step (reorder_point on 2027-"), "{told}");
    assert!(told.contains("flexcast simulate scenario.yaml --seed 7 --replication 0 --out again"), "{told}");
}
