//! What users, groups, products and months come to over several replications, summed up anew from the tables of each.

use std::collections::BTreeMap;

use flexcast::calendar::{Day, parse_instant};
use flexcast::scenario::{self, Scenario};
use serde_json::Value;

use crate::desk::{Desk, Row, tokens};
use crate::nasty;

const REPLICATIONS: usize = 4;

/// By part: a number of each replication, in millionths.
type Numbers = BTreeMap<String, [i64; REPLICATIONS]>;

/// The tables of every replication, and what a forecast says of them.
struct Told {
    scenario: Scenario,
    decisions: Vec<Vec<Row>>,
    ledgers: Vec<Vec<Row>>,
    forecast: Value,
    users: Vec<Row>,
    months: Vec<Row>,
}

impl Told {
    fn of(desk: &Desk) -> Told {
        desk.done(&format!("forecast scenario.yaml --out out --replications {REPLICATIONS}"));
        let (mut decisions, mut ledgers) = (Vec::new(), Vec::new());
        for replication in 0..REPLICATIONS {
            desk.done(&format!("simulate scenario.yaml --out run --replication {replication}"));
            decisions.push(desk.rows("run/decisions.csv"));
            ledgers.push(desk.rows("run/ledger.csv"));
        }
        Told {
            scenario: scenario::load(&desk.path("scenario.yaml")).scenario.unwrap(),
            decisions,
            ledgers,
            forecast: desk.json("out/forecast.json"),
            users: desk.rows("out/users.csv"),
            months: desk.rows("out/months.csv"),
        }
    }

    /// Sums over the rows of each replication, by the parts that a row belongs to.
    fn sums(&self, tables: &[Vec<Row>], of: impl Fn(&Row) -> i64, parts: impl Fn(&Row) -> Vec<String>) -> Numbers {
        let mut sums = Numbers::new();
        for (replication, rows) in tables.iter().enumerate() {
            for row in rows {
                parts(row).into_iter().for_each(|part| sums.entry(part).or_default()[replication] += of(row));
            }
        }
        sums
    }

    fn burn(&self, parts: impl Fn(&Row) -> Vec<String>) -> Numbers {
        self.sums(&self.ledgers, burned, parts)
    }

    /// At the unit price of the pack that paid, whoever holds it.
    fn cost(&self, parts: impl Fn(&Row) -> Vec<String>) -> Numbers {
        let cost = |row: &Row| {
            let pack = self.scenario.packs.iter().find(|pack| pack.id == row["pack"]).unwrap();
            let cost = i128::from(burned(row)) * i128::from(self.scenario.prices.each(pack.size).unwrap().0);
            assert_eq!(cost % 1_000_000, 0, "exact in the millionths: {row:?}");
            (cost / 1_000_000) as i64
        };
        self.sums(&self.ledgers, cost, parts)
    }

    fn waste(&self, parts: impl Fn(&Row) -> Vec<String>) -> Numbers {
        let expired = |row: &Row| if row["entry"] == "expire" { -tokens(row, "tokens").millionths() } else { 0 };
        self.sums(&self.ledgers, expired, parts)
    }

    fn denials(&self, parts: impl Fn(&Row) -> Vec<String>) -> Numbers {
        let denied = |row: &Row| i64::from(row["outcome"] == "denied") * 1_000_000;
        self.sums(&self.decisions, denied, parts)
    }

    fn month(&self, row: &Row) -> String {
        self.scenario.zone.day_of(parse_instant(&row["time"]).unwrap()).to_string()[..7].to_owned()
    }

    /// The month of a row for its team, and for all teams.
    fn team_month(&self, row: &Row) -> Vec<String> {
        let user = self.scenario.users.iter().find(|user| user.name == row["user"]);
        let first = user.and_then(|user| user.memberships.first());
        let team = if row["team"].is_empty() && row["reason"] != "not_assigned" {
            first.map(|member| self.scenario.teams[member.team.index()].name.clone())
        } else {
            Some(row["team"].clone()).filter(|team| !team.is_empty())
        };
        let month = self.month(row);
        ["all teams".to_owned()].into_iter().chain(team).map(|team| format!("{month} {team}")).collect()
    }

    /// What a team holds when a month ends.
    fn balance(&self, month: &str, team: &str) -> [i64; REPLICATIONS] {
        let zone = self.scenario.zone;
        let next = Day::parse(&format!("{month}-28")).unwrap().plus(4);
        let end = zone.start_of(next.plus(1 - next.ymd().2 as i32)).min(self.scenario.end);
        std::array::from_fn(|replication| {
            let before = |row: &&Row| parse_instant(&row["posted"]).unwrap() < end;
            let teams = self.scenario.teams.iter().filter(|held| team == "all teams" || held.name == team);
            let rows = self.ledgers[replication].iter().filter(before);
            let last = |name: &str| rows.clone().rfind(|row| row["team"] == name);
            teams.filter_map(|held| last(&held.name)).map(|row| tokens(row, "balance").millionths()).sum()
        })
    }
}

fn burned(row: &Row) -> i64 {
    if ["burn", "refund"].contains(&&*row["entry"]) { -tokens(row, "tokens").millionths() } else { 0 }
}

fn mean(numbers: &[i64; REPLICATIONS]) -> f64 {
    numbers.iter().sum::<i64>() as f64 / REPLICATIONS as f64 / 1e6
}

/// 1.96 standard errors, from the numbers themselves.
fn half_width(numbers: &[i64; REPLICATIONS]) -> f64 {
    let n = REPLICATIONS as f64;
    let squares: f64 = numbers.iter().map(|number| (*number as f64 / 1e6 - mean(numbers)).powi(2)).sum();
    1.959_963_984_540_054 * (squares / (n - 1.0) / n).sqrt()
}

#[track_caller]
fn same(one: f64, other: f64, what: &str) {
    assert!((one - other).abs() <= 1e-9 * one.abs().max(1.0), "{what}: {one} {other}");
}

/// The mean, its half-width and, of few replications the lowest and the highest, p10 and p90.
fn check_row(row: &Row, figure: &str, numbers: Option<&[i64; REPLICATIONS]>, what: &str) {
    let numbers = numbers.unwrap_or(&[0; REPLICATIONS]);
    let said = |of: &str| row.get(&format!("{figure}_{of}")).map(|number| number.parse::<f64>().unwrap());
    same(said("mean").unwrap(), mean(numbers), what);
    same(said("half_width").unwrap(), half_width(numbers), what);
    if let (Some(p10), Some(p90)) = (said("p10"), said("p90")) {
        same(p10, *numbers.iter().min().unwrap() as f64 / 1e6, what);
        same(p90, *numbers.iter().max().unwrap() as f64 / 1e6, what);
    }
}

fn check(desk: &Desk) {
    let told = Told::of(desk);
    let by = |column: &'static str| move |row: &Row| vec![row[column].clone()];
    let user_figures =
        [("burn", told.burn(by("user"))), ("cost", told.cost(by("user"))), ("denials", told.denials(by("user")))];
    assert_eq!(told.users.len(), told.scenario.users.len());
    for (figure, numbers) in &user_figures {
        for row in &told.users {
            check_row(row, figure, numbers.get(&row["user"]), &format!("{figure} of {}", row["user"]));
        }
    }
    let burn: Vec<f64> = told.users.iter().map(|row| row["burn_mean"].parse().unwrap()).collect();
    assert!(burn.is_sorted_by(|one, other| one >= other) && burn[0] > burn[burn.len() - 1]);
    let group = |row: &Row| {
        let user = told.scenario.users.iter().find(|user| user.name == row["user"]);
        user.map(|user| told.scenario.groups[user.group as usize].name.clone()).into_iter().collect::<Vec<_>>()
    };
    check_shares(&told, "groups", [told.burn(group), told.cost(group), told.denials(group)]);
    let product = [told.burn(by("product")), told.cost(by("product")), told.denials(by("product"))];
    check_shares(&told, "products", product);
    check_months(&told);
    check_avoidable(&told);
}

fn check_shares(told: &Told, list: &str, expected: [Numbers; 3]) {
    for (figure, numbers) in ["burn", "cost", "denials"].into_iter().zip(expected) {
        for share in told.forecast[list].as_array().unwrap() {
            let name = share["name"].as_str().unwrap();
            let said = &share[figure];
            let numbers = numbers.get(name).unwrap_or(&[0; REPLICATIONS]);
            same(said["mean"].as_f64().unwrap(), mean(numbers), name);
            same(said["half_width"].as_f64().unwrap(), half_width(numbers), name);
        }
    }
}

fn check_months(told: &Told) {
    let part = |row: &Row| told.team_month(row);
    let figures = [
        ("burn", told.burn(part)),
        ("burn_cost", told.cost(part)),
        ("waste", told.waste(part)),
        ("denials", told.denials(part)),
    ];
    assert!(figures.iter().all(|(_, numbers)| numbers.values().flatten().any(|number| *number > 0)));
    for row in &told.months {
        let place = format!("{} {}", row["month"], row["team"]);
        for (figure, numbers) in &figures {
            check_row(row, figure, numbers.get(&place), &format!("{figure} of {place}"));
        }
        check_row(row, "balance", Some(&told.balance(&row["month"], &row["team"])), &format!("balance of {place}"));
    }
}

/// How much was avoidable is summed up from the sessions elsewhere; here all parts come to the same.
fn check_avoidable(told: &Told) {
    let all = told.forecast["all"]["figures"].as_array().unwrap();
    let all = all.iter().find(|figure| figure["figure"] == "avoidable").unwrap()["mean"].as_f64().unwrap();
    let sum = |rows: &[Row], wanted: &dyn Fn(&Row) -> bool| {
        rows.iter().filter(|row| wanted(row)).map(|row| row["avoidable_mean"].parse::<f64>().unwrap()).sum::<f64>()
    };
    assert!(all > 0.0);
    same(sum(&told.users, &|_| true), all, "users");
    same(sum(&told.months, &|row| row["team"] == "all teams"), all, "months");
    same(sum(&told.months, &|row| row["team"] != "all teams"), all, "months of teams");
}

/// Packs of different prices, and more users than products.
#[test]
fn users_months_groups_and_products_are_sums_of_the_tables_of_each_replication() {
    let desk = nasty("{team_choice: random}");
    let tiers = "tokens: [{from: 1, each: 3.10}, {from: 1600, each: 2.05}, {from: 1950, each: 1.999}]";
    desk.write("scenario.yaml", &desk.text("scenario.yaml").replace("tokens: [{from: 100, each: 3.00}]", tiers));
    check(&desk);
}

/// Packs move between teams of two prices, and teams merge.
#[test]
fn so_they_are_where_packs_move_and_people_come_and_go() {
    check(&Desk::harbour());
}
