//! What buyers order, exported and metered again, and counted in the figures.

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::{Desk, tokens};
use crate::{figures, replay};

pub fn buyers() -> Desk {
    let desk = Desk::new(include_str!("buyers/scenario.yaml"));
    desk.write("gambler.rhai", include_str!("buyers/gambler.rhai"));
    desk
}

#[test]
fn sessions_and_orders_are_metered_as_they_were_simulated() {
    let desk = buyers();
    for options in ["", "--replication 1", "--replication 2 --seed 9"] {
        replay::check(&desk, options);
    }
}

/// The scenario is worth its place only as long as all this happens in it.
#[test]
fn nearly_everything_happens_to_what_is_ordered() {
    let desk = buyers();
    desk.done("simulate scenario.yaml --out run");
    let orders = desk.rows("run/orders.csv");
    let named: BTreeSet<&str> = orders.iter().map(|row| &*row["buyer"]).collect();
    assert_eq!(named, ["gambler", "reorder_point", "reorder_point-2"].into());
    assert!(orders.iter().any(|row| row["ordered"] == row["arrives"]), "some arrive at once");
    assert!(orders.iter().any(|row| *row["arrives"] > *"2027-05-31T22:00:00Z"), "some arrive too late");
    let ids: BTreeSet<&str> = orders.iter().map(|row| &*row["id"]).collect();
    assert!(ids.contains("gambler-3") && !ids.contains("gambler-2"), "that id is a planned purchase's");
    let ledger = desk.rows("run/ledger.csv");
    let entered: BTreeMap<&str, &str> =
        ledger.iter().filter(|row| row["entry"] == "purchase").map(|row| (&*row["pack"], &*row["time"])).collect();
    for order in &orders {
        let late = *order["arrives"] >= *"2027-05-31T22:00:00Z";
        let expected = (!late).then_some(&*order["arrives"]);
        assert_eq!(entered.get(&*order["id"]).copied(), expected, "{}", order["id"]);
    }
    let moved = |pack: &str, entry: &str| {
        ledger.iter().find(|row| row["pack"] == pack && row["entry"] == entry).map(|row| (&*row["time"], &*row["team"]))
    };
    assert!(ids.iter().any(|id| entered.get(id).is_some_and(|at| *at < entered["planned"])), "one came before it");
    assert_eq!(moved("planned", "move_in"), Some(("2027-04-11T22:00:00Z", "visuals")));
    let merged = |id: &&&str| moved(id, "move_in").is_some_and(|(_, team)| team == "design");
    assert!(ids.iter().any(|id| merged(&id)), "an ordered pack goes along with its team");
}

#[test]
fn the_figures_count_what_is_ordered() {
    figures::check(&buyers());
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let desk = buyers();
    let [one, other] = [1, 3].map(|threads| {
        desk.done(&format!("forecast scenario.yaml --out out --replications 7 --threads {threads}"));
        desk.bytes("out/forecast.json")
    });
    assert!(one == other);
}

/// What the forecast says of each buyer is what orders.csv adds up to.
#[test]
fn the_forecast_tells_of_each_buyer() {
    let desk = buyers();
    desk.done("simulate scenario.yaml --out run");
    desk.done("forecast scenario.yaml --out out --replications 1");
    let forecast = desk.json("out/forecast.json");
    let orders = desk.rows("run/orders.csv");
    for buyer in forecast["buyers"].as_array().unwrap() {
        let own = || orders.iter().filter(|row| row["buyer"] == buyer["buyer"].as_str().unwrap());
        let whole = |row| tokens(row, "tokens").millionths() / 1_000_000;
        let each = |tokens: i64| if tokens < 500 { 3.0 } else { 2.5 };
        let mean = |figure: &str| buyer[figure]["mean"].as_f64().unwrap();
        assert_eq!(mean("orders"), own().count() as f64);
        assert_eq!(mean("tokens"), own().map(whole).sum::<i64>() as f64);
        assert_eq!(mean("cost"), own().map(|row| whole(row) as f64 * each(whole(row))).sum::<f64>());
        let late = own().filter(|row| *row["arrives"] >= *"2027-05-31T22:00:00Z");
        assert_eq!(mean("outstanding"), late.map(whole).sum::<i64>() as f64);
    }
    assert_eq!(forecast["buyers"].as_array().unwrap().len(), 3);
}

/// What is explained of a log with its orders is what is explained of the replication itself.
#[test]
fn explanations_know_what_was_ordered() {
    let desk = buyers();
    desk.done("simulate scenario.yaml --out run --replication 1");
    let simulated = desk.done("explain scenario.yaml --replication 1");
    let until = "--until 2027-05-31T21:59:59Z --replication 1";
    let metered = desk.done(&format!("explain scenario.yaml run/sessions.csv --orders run/orders.csv {until}"));
    assert!(simulated == metered && simulated.contains("gambler-1"), "{metered}");
}

#[test]
fn both_ways_of_running_order_the_same() {
    let desk = buyers();
    let [compiled, interpreted] = ["compiled", "rhai"].map(|interpreter| {
        desk.done(&format!("simulate scenario.yaml --out run --replication 4 --interpreter {interpreter}"));
        (desk.text("run/orders.csv"), desk.text("run/ledger.csv"))
    });
    assert!(compiled == interpreted && compiled.0.lines().count() > 10, "{}", compiled.0);
}
