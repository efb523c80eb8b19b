//! The figures of a forecast of one replication are the sums over that replication's tables.

use std::collections::{BTreeMap, BTreeSet};

use flexcast::calendar::{Day, Zone, parse_instant};
use flexcast::scenario::{self, Scenario};
use flexcast::time::Instant;
use serde_json::Value;

use crate::desk::{Desk, Row, tokens};
use crate::{nasty, studio};

/// In millionths of a token, by something.
type Sums<K> = BTreeMap<K, i64>;

/// One replication, told twice.
struct Run {
    scenario: Scenario,
    forecast: Value,
    daily: Vec<Row>,
    decisions: Vec<Row>,
    ledger: Vec<Row>,
    /// By the id of a pack that a buyer ordered: the team that it was bought for, and the buyer.
    ordered: BTreeMap<String, String>,
}

fn run(desk: &Desk) -> Run {
    desk.done("simulate scenario.yaml --out run");
    desk.done("forecast scenario.yaml --out out --replications 1");
    let orders = if desk.path("run/orders.csv").exists() { desk.rows("run/orders.csv") } else { Vec::new() };
    let line = |row: &Row| (row["id"].clone(), format!("{}: {}", row["team"], row["buyer"]));
    Run {
        ordered: orders.iter().map(line).collect(),
        scenario: scenario::load(&desk.path("scenario.yaml")).scenario.unwrap(),
        forecast: desk.json("out/forecast.json"),
        daily: desk.rows("out/daily.csv"),
        decisions: desk.rows("run/decisions.csv"),
        ledger: desk.rows("run/ledger.csv"),
    }
}

pub fn check(desk: &Desk) {
    let run = run(desk);
    run.packs();
    run.days();
    run.months();
    run.reasons();
    run.charges();
    run.denials();
    run.parts();
}

fn millionths(number: &Value) -> i64 {
    (number.as_f64().unwrap_or_else(|| panic!("no number: {number}")) * 1e6).round() as i64
}

fn mean(estimate: &Value) -> i64 {
    let mean = millionths(&estimate["mean"]);
    for quantile in ["p5", "p10", "p50", "p90", "p95"] {
        assert_eq!(millionths(&estimate[quantile]), mean, "of one replication");
    }
    mean
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn instant(row: &Row, column: &str) -> Instant {
    parse_instant(&row[column]).unwrap()
}

/// What a list of the forecast says, by name.
fn said(list: &Value, name: &str, figure: &str) -> Sums<String> {
    let entries = list.as_array().unwrap().iter().map(|entry| (text(&entry[name]), mean(&entry[figure])));
    entries.filter(|(_, figure)| *figure != 0).collect()
}

fn sums<K: Ord>(entries: impl Iterator<Item = (K, i64)>) -> Sums<K> {
    let mut sums = Sums::new();
    for (key, number) in entries {
        *sums.entry(key).or_default() += number;
    }
    sums
}

impl Run {
    /// Rows of the ledger, each with the tokens that left.
    fn taken<'a>(&'a self, entry: &'a str) -> impl Iterator<Item = (&'a Row, i64)> {
        let rows = self.ledger.iter().filter(move |row| row["entry"] == entry);
        rows.map(|row| (row, -tokens(row, "tokens").millionths()))
    }

    fn day_of(&self, row: &Row, column: &str) -> String {
        self.scenario.zone.day_of(instant(row, column)).to_string()
    }

    fn teams(&self) -> impl Iterator<Item = &Value> {
        self.forecast["teams"].as_array().unwrap().iter()
    }

    /// Burned and expired, by team and by pack, and what is left.
    fn packs(&self) {
        let all = &self.forecast["all"];
        for (figure, entry) in [("burn", "burn"), ("expired", "expire")] {
            let by_team = sums(self.taken(entry).map(|(row, tokens)| (row["team"].clone(), tokens)));
            assert_eq!(said(&self.forecast["teams"], "team", figure), by_team, "{figure}");
            assert_eq!(mean(&all[figure]), by_team.values().sum::<i64>(), "{figure}");
        }
        for (figure, entry) in [("burned", "burn"), ("expired", "expire")] {
            let line = |id: &String| self.ordered.get(id).unwrap_or(id).clone();
            let by_pack = sums(self.taken(entry).map(|(row, tokens)| (line(&row["pack"]), tokens)));
            let said = self.teams().flat_map(|team| {
                let name = text(&team["team"]);
                let bought =
                    if team["bought"].is_null() { Sums::new() } else { said(&team["bought"], "buyer", figure) };
                let bought = bought.into_iter().map(move |(buyer, tokens)| (format!("{name}: {buyer}"), tokens));
                said(&team["packs"], "id", figure).into_iter().chain(bought)
            });
            let said = said.collect::<Sums<_>>();
            assert_eq!(said, by_pack, "{figure}");
        }
        let left = self.ledger.iter().map(|row| tokens(row, "tokens").millionths()).sum::<i64>();
        assert_eq!(mean(&all["left"]), left);
    }

    /// daily.csv: a charge belongs to the day on which its window starts (T9); tokens on hold count in the balance.
    fn days(&self) {
        let burn = sums(self.taken("burn").map(|(row, tokens)| ((self.day_of(row, "time"), &row["team"]), tokens)));
        let out = self.days_out_of_tokens();
        let figure = |row: &Row, column: &str| (row[column].parse::<f64>().unwrap() * 1e6).round() as i64;
        let mut total = 0;
        for row in &self.daily {
            let key = (row["day"].clone(), &row["team"]);
            let end = self.scenario.zone.start_of(Day::parse(&row["day"]).unwrap().plus(1));
            let before = |change: &&Row| change["team"] == row["team"] && instant(change, "posted") < end;
            let balance = self.ledger.iter().rfind(before).map_or(0, |row| tokens(row, "balance").millionths());
            assert_eq!(figure(row, "burn_mean"), burn.get(&key).copied().unwrap_or(0), "{key:?}");
            assert_eq!(figure(row, "balance_mean"), balance, "{key:?}");
            assert_eq!(row["out_of_tokens"] == "1", out.contains(&(key.0.clone(), key.1.clone())), "{key:?}");
            total += figure(row, "burn_mean");
        }
        assert_eq!(total, burn.values().sum::<i64>());
    }

    /// Days and teams with a denial for want of tokens.
    fn days_out_of_tokens(&self) -> BTreeSet<(String, String)> {
        let wants = |row: &&Row| ["balance_low", "balance_zero", "all_packs_expired"].contains(&&*row["reason"]);
        let denials = self.decisions.iter().filter(wants);
        denials.map(|row| (self.day_of(row, "time"), self.first_team(row).unwrap())).collect()
    }

    /// Denials are counted for the first of the user's teams.
    fn first_team(&self, row: &Row) -> Option<String> {
        let user = self.scenario.users.iter().find(|user| user.name == row["user"]).unwrap();
        user.memberships.first().map(|member| self.scenario.teams[member.team.index()].name.clone())
    }

    fn months(&self) {
        let by_month = sums(self.taken("burn").map(|(row, tokens)| (self.day_of(row, "time")[..7].to_owned(), tokens)));
        assert_eq!(said(&self.forecast["all"]["months"], "month", "burn"), by_month);
    }

    fn reasons(&self) {
        let charged = self.decisions.iter().map(|row| (row["reason"].clone(), tokens(row, "tokens").millionths()));
        let by_reason = sums(charged.filter(|(_, tokens)| *tokens != 0));
        assert_eq!(said(&self.forecast["all"]["reasons"], "reason", "tokens"), by_reason);
    }

    /// Every burned token is explained by a decision: the one that charges the same window.
    fn charges(&self) {
        let of_window =
            |row: &Row, start: &str| [&row[start], &row["user"], &row["product"], &row["team"]].map(String::clone);
        let charged =
            self.decisions.iter().map(|row| (of_window(row, "window_start"), tokens(row, "tokens").millionths()));
        let burned = self.taken("burn").map(|(row, tokens)| (of_window(row, "time"), tokens));
        assert_eq!(sums(charged.filter(|(_, tokens)| *tokens != 0)), sums(burned));
    }

    fn denials(&self) {
        let denied = || self.decisions.iter().filter(|row| row["outcome"] == "denied");
        let by_reason = sums(denied().map(|row| (row["reason"].clone(), 1_000_000)));
        assert_eq!(said(&self.forecast["all"]["denials"], "reason", "count"), by_reason);
        for team in self.teams() {
            let of_team = denied().filter(|row| self.first_team(row) == Some(text(&team["team"])));
            let by_reason = sums(of_team.map(|row| (row["reason"].clone(), 1_000_000)));
            assert_eq!(said(&team["denials"], "reason", "count"), by_reason);
            let days = self.days_out_of_tokens().into_iter().filter(|(_, name)| *name == text(&team["team"]));
            let first = days.map(|(day, _)| day).min();
            assert_eq!(team["stock_out"]["day_p50"].as_str().map(str::to_owned), first);
        }
    }

    /// Groups of users and products.
    fn parts(&self) {
        let group = |row: &Row| {
            let user = self.scenario.users.iter().find(|user| user.name == row["user"]).unwrap();
            self.scenario.groups[user.group as usize].name.clone()
        };
        let by_group = sums(self.taken("burn").map(|(row, tokens)| (group(row), tokens)));
        assert_eq!(said(&self.forecast["groups"], "name", "burn"), by_group);
        let by_product = sums(self.taken("burn").map(|(row, tokens)| (row["product"].clone(), tokens)));
        assert_eq!(said(&self.forecast["products"], "name", "burn"), by_product);
    }
}

#[test]
fn the_studios_figures_are_sums_of_its_tables() {
    check(&studio());
}

#[test]
fn so_are_those_of_the_nasty_scenario() {
    check(&nasty("{team_choice: random}"));
    check(&nasty("{grace: 0s, renewal_shortfall: allow_until_close}"));
}

#[test]
fn days_are_those_of_the_scenarios_zone() {
    // 22:30 in UTC is the next day in Amsterdam.
    let zone = Zone::parse("Europe/Amsterdam").unwrap();
    assert_eq!(zone.day_of(parse_instant("2027-07-01T22:30:00Z").unwrap()).to_string(), "2027-07-02");
}
