//! Whole runs: the shipped studio, a harbour where packs move and teams merge, and a scenario that is hard on every rule.

use crate::desk::Desk;
use crate::second::{Told, check};

fn nasty(rules: &str) -> Desk {
    let scenario = include_str!("../round_trip/nasty/scenario.yaml");
    let (before, _) = scenario.split_once("rules:").unwrap();
    let desk = Desk::new(&format!("{before}rules: {rules}\n"));
    desk.write("forgetful.rhai", include_str!("../round_trip/nasty/forgetful.rhai"));
    desk
}

/// Checks reports of one replication: of several ranges, as of several days, of all teams and of each in turn.
fn check_all(desk: &Desk) {
    desk.done("simulate scenario.yaml --out run");
    let told = Told::read(desk, "run", "run/sessions.csv");
    let (first, last) = (told.scenario.first_day, told.scenario.last_day);
    let middle = first.plus((last.number() - first.number()) / 2);
    let dates = format!("{}..{}", first.plus(3), middle.plus(11));
    let of_teams = told.scenario.teams.iter().map(|team| format!("--team {}", team.name));
    let teams: Vec<String> = std::iter::once(String::new()).chain(of_teams).collect();
    let asked = [("30d", last), ("3m", last), (&*dates, last), (&*dates, middle), ("12m", middle), ("30d", first)];
    let asked = asked.into_iter().chain([("3m", middle), (&*dates, middle.plus(13)), ("30d", middle.plus(20))]);
    for ((range, as_of), team) in asked.zip(teams.iter().cycle()) {
        let asked = format!("report scenario.yaml --json --range {range} --as-of {as_of} {team}");
        let report = serde_json::from_str(&desk.done(&asked)).unwrap();
        check(&told, report);
    }
}

#[test]
fn the_studios_reports_are_sums_of_its_tables() {
    check_all(&Desk::studio(|text| text));
}

#[test]
fn so_are_they_where_packs_move_and_teams_merge() {
    check_all(&Desk::harbour());
}

#[test]
fn so_are_those_of_the_nasty_scenario() {
    check_all(&nasty("{team_choice: random}"));
    check_all(&nasty("{short_starts: left_out, ranges: rolling, renewal_shortfall: allow_until_close}"));
}
