//! simulate → sessions.csv → meter gives the same decisions and the same ledger.

use std::collections::BTreeSet;

use crate::desk::Desk;
use crate::{nasty, restless, studio};

/// The command that `simulate` prints, with another folder for its results, does it.
pub fn check(desk: &Desk, options: &str) {
    let output = desk.run(&format!("simulate scenario.yaml --out run {options}"));
    let said = String::from_utf8(output.stderr).unwrap();
    let again = said.lines().find_map(|line| line.trim().strip_prefix("flexcast ")).unwrap_or_else(|| panic!("{said}"));
    desk.done(again);
    for table in ["decisions.csv", "ledger.csv", "mails.csv"] {
        assert!(
            desk.bytes(&format!("run/{table}")) == desk.bytes(&format!("run/again/{table}")),
            "{table} differs after {again}"
        );
    }
}

#[test]
fn the_studios_sessions_are_metered_as_they_were_simulated() {
    check(&studio(), "");
    check(&studio(), "--replication 5 --seed 9");
}

#[test]
fn so_are_those_among_which_events_happen() {
    check(&Desk::harbour(), "--replication 2");
}

#[test]
fn so_are_nasty_ones_under_every_rule() {
    for grace in ["0s", "5m", "2h"] {
        for rules in [
            "team_choice: random",
            "team_choice: most_tokens, renewal_shortfall: allow_until_close",
            "second_device: deny, lapse_while_open: next_open",
            "idle_awareness: {AutoCAD: all, Layout: all, Revit: [\"2027\"]}",
        ] {
            let desk = nasty(&format!("{{grace: {grace}, {rules}}}"));
            check(&desk, "--replication 1");
            check(&desk, "--replication 2 --seed 3");
        }
    }
}

#[test]
fn so_are_results_and_those_who_come_and_go_offline_or_as_somebody_else() {
    for rules in ["team_choice: random", "grace: 2h, renewal_shortfall: allow_until_close", "grace: 0s"] {
        let desk = restless(&format!("{{{rules}}}"));
        check(&desk, "");
        check(&desk, "--replication 1 --seed 3");
    }
    let desk = restless("{team_choice: random}");
    desk.done("simulate scenario.yaml --out run");
    let rows = desk.rows("run/decisions.csv");
    let reasons: BTreeSet<&str> = rows.iter().map(|row| &*row["reason"]).collect();
    for reason in ["result", "offline", "subscription", "balance_low", "product_not_allowed"] {
        assert!(reasons.contains(reason), "{reason}");
    }
    assert!(desk.rows("run/ledger.csv").iter().any(|row| &*row["entry"] == "refund"));
}

/// Closes come before renewals: what is left open until nine o'clock is closed by then, whoever else opens something at nine.
#[test]
fn so_is_what_was_left_open_until_an_instant_at_which_others_open_something() {
    let desk = Desk::new(
        "{start: 2027-03-01, end: 2027-03-05, products: {Revit: {rate: 10}}, \
         teams: {one: {packs: [{id: a, bought: 2027-01-01, size: 5000}]}}, \
         people: [{group: tidy, count: 1, team: one, access: all, behaviour: tidy.rhai}, \
                  {group: careless, count: 1, team: one, access: all, behaviour: careless.rhai}]}",
    );
    desk.write("tidy.rhai", "fn day(me, today) { me.uses(\"Revit\", hours(9), hours(17)); }");
    desk.write("careless.rhai", "fn day(me, today) { me.leaves_open(\"Revit\", hours(9)); }");
    check(&desk, "");
    let rows = desk.rows("run/decisions.csv");
    let of =
        |user: &str, reason: &str| rows.iter().filter(|row| row["user"] == user && row["reason"] == reason).count();
    // The last one is open until the horizon ends, which is before its window does.
    assert_eq!((of("careless-1", "new_window"), of("careless-1", "renewal_left_open")), (5, 0));
}

/// The nasty scenario is worth its name only as long as all this happens in it.
#[test]
fn nearly_everything_happens_in_the_nasty_scenario() {
    let idle = nasty("{team_choice: random, idle_awareness: on}");
    idle.done("simulate scenario.yaml --out run");
    assert!(idle.rows("run/decisions.csv").iter().any(|row| &*row["reason"] == "resumed_after_idle"));
    let desk = nasty("{team_choice: random}");
    desk.done("simulate scenario.yaml --out run");
    let rows = desk.rows("run/decisions.csv");
    let reasons: BTreeSet<&str> = rows.iter().map(|row| &*row["reason"]).collect();
    for reason in [
        "new_window",
        "covered_by_window",
        "within_grace",
        "subscription",
        "trial",
        "free_add_in",
        "renewal_left_open",
        "add_in_with_host",
        "lapsed_while_open",
        "not_assigned",
        "product_not_allowed",
        "device_limit",
        "balance_low",
        "balance_zero",
    ] {
        assert!(reasons.contains(reason), "{reason}");
    }
    let rows = desk.rows("run/ledger.csv");
    let entries: BTreeSet<&str> = rows.iter().map(|row| &*row["entry"]).collect();
    assert_eq!(entries, ["burn", "expire", "opening", "purchase"].into());
}
