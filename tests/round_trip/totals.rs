//! The figures of a forecast of several replications add up.

use serde_json::Value;

use crate::desk::Desk;
use crate::{nasty, restless, studio};

fn mean(estimate: &Value) -> f64 {
    estimate["mean"].as_f64().unwrap()
}

fn sum(list: &Value, figure: impl Fn(&Value) -> f64) -> f64 {
    list.as_array().unwrap().iter().map(figure).sum()
}

#[track_caller]
fn same(one: f64, other: f64) {
    assert!((one - other).abs() <= 1e-9 * one.abs().max(1.0), "{one} {other}");
}

fn check(desk: &Desk) {
    desk.done("forecast scenario.yaml --out out --replications 5");
    let forecast = desk.json("out/forecast.json");
    let (all, teams) = (&forecast["all"], &forecast["teams"]);
    let burn = mean(&all["burn"]);
    for part in [all].into_iter().chain(teams.as_array().unwrap()) {
        let burn = mean(&part["burn"]);
        for (list, figure) in [("days", "burn"), ("months", "burn"), ("reasons", "tokens")] {
            same(sum(&part[list], |entry| mean(&entry[figure])), burn);
        }
        same(sum(&part["days"], |day| day["weekday_mean"].as_f64().unwrap()), burn);
        same(mean(&part["days"].as_array().unwrap().last().unwrap()["balance"]), mean(&part["left"]));
        let out = sum(&part["stock_out"]["days"], |day| day["replications"].as_f64().unwrap());
        same(out, part["stock_out"]["chance"].as_f64().unwrap() * 5.0);
    }
    for figure in ["burn", "left", "expired"] {
        same(sum(teams, |team| mean(&team[figure])), mean(&all[figure]));
    }
    let avoidable = sum(&all["avoidable"], |part| mean(&part["tokens"]));
    for list in ["groups", "products"] {
        same(sum(&forecast[list], |share| mean(&share["burn"])), burn);
        same(sum(&forecast[list], |share| mean(&share["avoidable"])), avoidable);
    }
    for product in forecast["products"].as_array().unwrap() {
        same(sum(&product["months"], |month| mean(&month["burn"])), mean(&product["burn"]));
    }
    for (place, month) in all["months"].as_array().unwrap().iter().enumerate() {
        let burn = |product: &Value| {
            assert_eq!(product["months"][place]["month"], month["month"]);
            mean(&product["months"][place]["burn"])
        };
        same(sum(&forecast["products"], burn), mean(&month["burn"]));
    }
    for team in teams.as_array().unwrap() {
        same(sum(&team["packs"], |pack| mean(&pack["burned"])), mean(&team["burn"]));
        same(sum(&team["packs"], |pack| mean(&pack["expired"])), mean(&team["expired"]));
    }
}

#[test]
fn the_studios_figures_add_up() {
    check(&studio());
}

#[test]
fn so_do_those_of_the_nasty_scenario() {
    check(&nasty("{team_choice: random}"));
}

#[test]
fn so_do_those_of_results() {
    check(&restless("{team_choice: random}"));
}
