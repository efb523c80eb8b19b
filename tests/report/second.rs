//! Usage reports once more, from the tables of one run (rules.md U2 to U7, U10, U11).

use std::collections::{BTreeMap, BTreeSet};

use flexcast::calendar::{Day, parse_instant};
use flexcast::scenario::{self, Scenario};
use serde_json::Value;

use crate::desk::{Desk, Row, tokens};

/// What a run says, in two tables, and the scenario for what they don't tell: its zone, its packs and its rules.
pub struct Told {
    pub scenario: Scenario,
    pub decisions: Vec<Row>,
    pub ledger: Vec<Row>,
    pub left_out: bool,
    /// The log that was metered.
    pub sessions: Vec<Row>,
}

/// In millionths of a token, by name.
type Sums = BTreeMap<String, i64>;

/// One report to be checked.
pub struct Checked<'t> {
    told: &'t Told,
    report: Value,
    team: Option<String>,
    as_of: Day,
    from: Day,
    to: Day,
    months: f64,
}

/// Something granted with Flex.
struct Used<'t> {
    day: Day,
    row: &'t Row,
}

impl Told {
    /// Reads the tables of a folder of the desk, and the log that they are of.
    pub fn read(desk: &Desk, folder: &str, log: &str) -> Told {
        let text = desk.text("scenario.yaml");
        let scenario = scenario::load(&desk.path("scenario.yaml")).scenario.unwrap();
        // With the days of their instants, as `…_day`.
        let rows = |name: &str, columns: &[&str]| {
            let mut rows = desk.rows(&format!("{folder}/{name}"));
            for row in &mut rows {
                for column in columns.iter().filter(|column| !row[**column].is_empty()).collect::<Vec<_>>() {
                    let day = scenario.zone.day_of(parse_instant(&row[*column]).unwrap());
                    row.insert(format!("{column}_day"), day.to_string());
                }
            }
            rows
        };
        Told {
            decisions: rows("decisions.csv", &["time", "window_start"]),
            ledger: rows("ledger.csv", &["time", "posted"]),
            left_out: text.contains("short_starts: left_out"),
            scenario,
            sessions: desk.rows(log),
        }
    }

    fn day(&self, row: &Row, column: &str) -> Day {
        Day::parse(&row[&format!("{column}_day")]).unwrap()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn millionths(value: &Value) -> i64 {
    (value.as_f64().unwrap() * 1e6).round() as i64
}

fn day(value: &Value) -> Day {
    Day::parse(text(value)).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// Checks every figure of a report.
pub fn check(told: &Told, report: Value) {
    let range = &report["range"];
    let checked = Checked {
        told,
        team: report["team"].as_str().map(str::to_owned),
        as_of: day(&report["as_of"]),
        from: day(&range["from"]),
        to: day(&range["to"]).min(day(&report["as_of"])),
        months: range["months"].as_f64().unwrap(),
        report,
    };
    checked.overview();
    checked.products();
    checked.users();
    checked.hours();
    checked.balances();
    checked.alerts();
}

impl Checked<'_> {
    fn is_of_team(&self, team: &str) -> bool {
        self.team.as_deref().is_none_or(|asked| asked == team)
    }

    /// Granted by a team in the range.
    fn used(&self) -> impl Iterator<Item = Used<'_>> {
        let granted = |row: &&Row| row["outcome"] == "granted" && !row["team"].is_empty();
        let counted = |row: &&Row| !(self.told.left_out && row["reason"] == "within_grace");
        let rows =
            self.told.decisions.iter().filter(granted).filter(counted).filter(|row| self.is_of_team(&row["team"]));
        let rows = rows.map(|row| Used { day: self.told.day(row, "time"), row });
        rows.filter(|used| (self.from..=self.to).contains(&used.day))
    }

    /// Charged for a window that started in the range, by which version.
    fn charged(&self) -> impl Iterator<Item = &Row> {
        let charged = |row: &&Row| row["tokens"] != "0" && !row["window_start"].is_empty();
        let rows = self.told.decisions.iter().filter(charged).filter(|row| self.is_of_team(&row["team"]));
        rows.filter(|row| (self.from..=self.to).contains(&self.told.day(row, "window_start")))
    }

    /// Burned less given back, by the day it belongs to.
    fn burned(&self) -> impl Iterator<Item = (Day, &Row, i64)> {
        let burns = self.told.ledger.iter().filter(|row| ["burn", "refund"].contains(&&*row["entry"]));
        let burns = burns.filter(|row| self.is_of_team(&row["team"]));
        burns.map(|row| (self.told.day(row, "time"), row, -tokens(row, "tokens").millionths()))
    }

    fn burned_in_range(&self) -> impl Iterator<Item = (&Row, i64)> {
        let burned = self.burned().filter(|(day, ..)| (self.from..=self.to).contains(day));
        burned.map(|(_, row, tokens)| (row, tokens))
    }

    /// Rows of the ledger up to the day, of the team that is asked for.
    fn posted(&self) -> impl Iterator<Item = &Row> {
        let of_team = self.told.ledger.iter().filter(|row| self.is_of_team(&row["team"]));
        of_team.filter(|row| self.told.day(row, "posted") <= self.as_of)
    }

    fn sum_by(&self, key: impl Fn(&Row) -> String) -> Sums {
        let mut sums = Sums::new();
        for (row, tokens) in self.burned_in_range() {
            *sums.entry(key(row)).or_default() += tokens;
        }
        sums
    }

    /// Days on which it was granted or a window started, by something of it.
    fn days_by(&self, key: impl Fn(&Row) -> String) -> BTreeMap<String, BTreeSet<Day>> {
        let mut days: BTreeMap<String, BTreeSet<Day>> = BTreeMap::new();
        for used in self.used() {
            days.entry(key(used.row)).or_default().insert(used.day);
        }
        let mut charged: BTreeMap<(String, Day, String), i64> = BTreeMap::new();
        for (day, row, tokens) in self.burned().filter(|(day, ..)| (self.from..=self.to).contains(day)) {
            *charged.entry((key(row), day, pair(row))).or_default() += tokens;
        }
        for ((key, day, _), _) in charged.into_iter().filter(|(_, tokens)| *tokens > 0) {
            days.entry(key).or_default().insert(day);
        }
        days
    }

    fn overview(&self) {
        let (said, scenario) = (&self.report["overview"], &self.told.scenario);
        let active = |id: &str| {
            let pack = scenario.packs.iter().find(|pack| pack.id == id).expect("a pack of the scenario");
            let (year, month, date) = pack.bought.ymd();
            let anniversary = Day::from_ymd(year + 1, month, date).or(Day::from_ymd(year + 1, 2, 28)).unwrap();
            pack.bought <= self.as_of && self.as_of < anniversary
        };
        let burns = self.posted().filter(|row| ["burn", "refund"].contains(&&*row["entry"]));
        let used: i64 = burns.filter(|row| active(&row["pack"])).map(|row| -tokens(row, "tokens").millionths()).sum();
        assert_eq!(millionths(&said["tokens_used"]) - millionths(&said["tokens_used_before"]), used, "tokens used");
        let on_hand = scenario.packs.iter().filter(|pack| pack.on_hand && active(&pack.id));
        let on_hand = on_hand.filter(|pack| self.is_of_team(&scenario.teams[pack.team.index()].name));
        let before: i64 = on_hand.map(|pack| (pack.size - pack.left).millionths()).sum();
        assert_eq!(millionths(&said["tokens_used_before"]), before, "before");
        let left: i64 = self.posted().map(|row| tokens(row, "tokens").millionths()).sum();
        assert_eq!(millionths(&said["tokens_left"]), left, "left");
        let last_week = |row: &&Row| self.told.day(row, "posted") > self.as_of.plus(-7);
        let additions = self.posted().filter(last_week);
        let additions = additions.filter(|row| ["purchase", "move_in", "move_out"].contains(&&*row["entry"]));
        let additions: Vec<i64> = additions.map(|row| tokens(row, "tokens").millionths()).collect();
        let sum = |sign: i64| additions.iter().map(|tokens| (tokens * sign).max(0)).sum::<i64>();
        assert_eq!([millionths(&said["added"]), millionths(&said["removed"])], [sum(1), sum(-1)]);
        let listed: i64 = list(&said["added_or_removed"]).iter().map(|one| millionths(&one["tokens"])).sum();
        assert_eq!(listed, sum(1) - sum(-1));
        self.day_by_day();
        assert_eq!(millionths(&said["tokens"]), self.burned_in_range().map(|(_, tokens)| tokens).sum::<i64>());
        assert_eq!(said["products"], self.days_by(|row| row["product"].clone()).len());
        assert_eq!(said["users"], self.days_by(|row| row["user"].clone()).len());
    }

    /// What of the sessions was granted with Flex, by the hour on the wall.
    fn hours(&self) {
        let key = |row: &Row, at: &str| (row["user"].clone(), row["product"].clone(), parse_instant(&row[at]).unwrap());
        let mut granted: BTreeMap<_, Vec<Day>> = BTreeMap::new();
        for used in self.used() {
            granted.entry(key(used.row, "time")).or_default().push(used.day);
        }
        let mut hours = [[0; 24]; 7];
        for session in &self.told.sessions {
            let key = key(session, "opened");
            if let Some(day) = granted.get_mut(&key).and_then(Vec::pop) {
                let local = self.told.scenario.zone.local(key.2);
                hours[day.weekday() as usize][(local.seconds / 3600) as usize] += 1;
            }
        }
        let said = list(&self.report["hours"]).iter().map(|weekday| weekday["opens"].clone());
        assert_eq!(Value::from_iter(said), serde_json::json!(hours));
    }

    /// The last 365 days, no day left out.
    fn day_by_day(&self) {
        let said = list(&self.report["overview"]["tokens_per_day"]);
        let first = self.as_of.plus(-364).max(self.told.scenario.first_day);
        assert_eq!(said.len() as i32, self.as_of.number() - first.number() + 1);
        let mut of_days: BTreeMap<Day, i64> = BTreeMap::new();
        for (day, _, tokens) in self.burned() {
            *of_days.entry(day).or_default() += tokens;
        }
        for (place, one) in said.iter().enumerate() {
            assert_eq!(day(&one["day"]), first.plus(place as i32));
            assert_eq!(millionths(&one["tokens"]), of_days.get(&day(&one["day"])).copied().unwrap_or(0), "{one}");
        }
    }

    fn is_average(&self, said: &Value, tokens: i64) {
        let average = tokens as f64 / 1e6 / self.months;
        assert!((said.as_f64().unwrap() - average).abs() < 1e-9, "{said} rather than {average}");
    }

    fn products(&self) {
        let sums = self.sum_by(|row| row["product"].clone());
        let of_pairs = self.sum_by(pair);
        let days = self.days_by(pair);
        let said = list(&self.report["products"]);
        let names: BTreeSet<String> =
            self.used().map(|used| used.row["product"].clone()).chain(sums.keys().cloned()).collect();
        assert_eq!(said.iter().map(|row| text(&row["product"]).to_owned()).collect::<BTreeSet<_>>(), names);
        assert!(said.is_sorted_by_key(|row| -millionths(&row["tokens"])));
        for row in said {
            let name = text(&row["product"]);
            let tokens = sums.get(name).copied().unwrap_or(0);
            assert_eq!(millionths(&row["tokens"]), tokens, "{name}");
            self.is_average(&row["tokens_per_month"], tokens);
            let users: BTreeSet<&str> =
                days.keys().filter_map(|pair| pair.strip_suffix(&format!("\n{name}"))).collect();
            assert_eq!(row["users"], users.len(), "{name}");
            let of_user = |user: &str| of_pairs.get(&format!("{user}\n{name}")).copied().unwrap_or(0);
            for (place, band) in list(&row["bands"]).iter().enumerate() {
                let (above, up_to) = (millionths(&band["above"]), band["up_to"].as_f64());
                let in_band = |user: &&&str| {
                    let tokens = of_user(user);
                    (place == 0 || tokens > above) && up_to.is_none_or(|end| tokens <= (end * 1e6) as i64)
                };
                assert_eq!(band["users"], users.iter().filter(in_band).count(), "{name} {band}");
            }
            for user in list(&row["by_user"]) {
                assert_eq!(millionths(&user["tokens"]), of_user(text(&user["user"])));
                self.is_average(&user["tokens_per_month"], of_user(text(&user["user"])));
            }
            let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            let rows = self.used().map(|used| used.row).chain(self.charged());
            for row in rows.filter(|row| row["product"] == name) {
                versions.entry(&row["version"]).or_default().insert(&row["user"]);
            }
            let said: BTreeMap<&str, u64> = list(&row["versions"])
                .iter()
                .map(|one| (text(&one["version"]), one["users"].as_u64().unwrap()))
                .collect();
            assert_eq!(said, versions.iter().map(|(version, users)| (*version, users.len() as u64)).collect());
        }
    }

    fn users(&self) {
        let (sums, of_pairs) = (self.sum_by(|row| row["user"].clone()), self.sum_by(pair));
        let (days, days_of_pairs) = (self.days_by(|row| row["user"].clone()), self.days_by(pair));
        let said = list(&self.report["users"]);
        let names: BTreeSet<String> =
            self.used().map(|used| used.row["user"].clone()).chain(sums.keys().cloned()).collect();
        assert_eq!(said.iter().map(|row| text(&row["user"]).to_owned()).collect::<BTreeSet<_>>(), names);
        let mut versions: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
        for used in self.used() {
            *versions.entry(pair(used.row)).or_default().entry(used.row["version"].clone()).or_default() += 1;
        }
        for row in self.charged() {
            versions.entry(pair(row)).or_default().entry(row["version"].clone()).or_default();
        }
        for row in said {
            let user = text(&row["user"]);
            assert_eq!(millionths(&row["tokens"]), sums.get(user).copied().unwrap_or(0), "{user}");
            assert_eq!(row["days_used"], days.get(user).map_or(0, BTreeSet::len), "{user}");
            let products = list(&row["products"]).iter().map(|product| text(&product["product"]));
            let pairs: BTreeSet<String> = products.map(|product| format!("{user}\n{product}")).collect();
            let of_user = |pair: &&String| pair.starts_with(&format!("{user}\n"));
            assert_eq!(pairs, days_of_pairs.keys().chain(of_pairs.keys()).filter(of_user).cloned().collect());
            for product in list(&row["products"]) {
                let pair = format!("{user}\n{}", text(&product["product"]));
                let days = days_of_pairs.get(&pair).cloned().unwrap_or_default();
                assert_eq!(millionths(&product["tokens"]), of_pairs.get(&pair).copied().unwrap_or(0));
                assert_eq!(product["days_used"], days.len(), "{pair}");
                let mut weeks: BTreeMap<String, u64> = BTreeMap::new();
                for day in days {
                    // 1970-01-05 was a Monday.
                    let monday = day.plus(-(day.number() - 4).rem_euclid(7));
                    *weeks.entry(monday.to_string()).or_default() += 1;
                }
                let week = |week: &Value| (text(&week["monday"]).to_owned(), week["days_used"].as_u64().unwrap());
                assert_eq!(list(&product["weeks"]).iter().map(week).collect::<BTreeMap<_, _>>(), weeks);
                let versions = versions.get(&pair).cloned().unwrap_or_default();
                let uses = |one: &Value| (text(&one["version"]).to_owned(), one["uses"].as_u64().unwrap());
                assert_eq!(list(&product["versions"]).iter().map(uses).collect::<BTreeMap<_, _>>(), versions);
            }
        }
    }

    /// The last balance that the ledger shows for a team on each day that it shows one.
    fn balances_of(&self, team: &str) -> BTreeMap<Day, i64> {
        let rows = self.told.ledger.iter().filter(|row| row["team"] == team);
        rows.map(|row| (self.told.day(row, "posted"), tokens(row, "balance").millionths())).collect()
    }

    fn balances(&self) {
        let said = list(&self.report["balances"]);
        assert_eq!(said.len(), self.told.scenario.teams.len());
        for (row, team) in said.iter().zip(&self.told.scenario.teams) {
            assert_eq!(text(&row["team"]), team.name);
            assert_eq!(row["plan"].as_str(), team.plan.as_deref());
            let balances = self.balances_of(&team.name);
            let until = |day: Day| balances.range(..=day).next_back().map_or(0, |(_, balance)| *balance);
            assert_eq!(millionths(&row["balance"]), until(self.as_of), "{}", team.name);
            let first = self.from.max(self.told.scenario.first_day);
            assert_eq!(list(&row["days"]).len() as i32, (self.to.number() - first.number() + 1).max(0));
            for one in list(&row["days"]) {
                assert_eq!(millionths(&one["tokens"]), until(day(&one["day"])), "{one}");
            }
        }
    }

    fn alerts(&self) {
        let asked = |row: &&Value| self.is_of_team(text(&row["team"]));
        let is_low = |row: &&Value| {
            millionths(&row["bought"]) > 0 && millionths(&row["balance"]) * 5 <= millionths(&row["bought"])
        };
        let low = list(&self.report["balances"]).iter().filter(asked).filter(is_low);
        let said = |kind: &'static str| list(&self.report["alerts"]).iter().filter(move |alert| alert["kind"] == kind);
        assert_eq!(
            said("low").map(|alert| text(&alert["team"])).collect::<Vec<_>>(),
            low.map(|row| text(&row["team"])).collect::<Vec<_>>()
        );
        let mut left: BTreeMap<(String, String), i64> = BTreeMap::new();
        for row in self.posted() {
            *left.entry((row["team"].clone(), row["pack"].clone())).or_default() += tokens(row, "tokens").millionths();
        }
        let ends = |id: &str| {
            let pack = self.told.scenario.packs.iter().find(|pack| pack.id == id).unwrap();
            self.told.scenario.zone.day_of(pack.ends)
        };
        left.retain(|(_, pack), left| *left > 0 && ends(pack) <= self.as_of.plus(90));
        let alert = |alert: &Value| {
            assert_eq!(day(&alert["ends"]), ends(text(&alert["pack"])));
            ((text(&alert["team"]).to_owned(), text(&alert["pack"]).to_owned()), millionths(&alert["left"]))
        };
        assert_eq!(said("ending").map(alert).collect::<BTreeMap<_, _>>(), left);
    }
}

/// Whose product.
fn pair(row: &Row) -> String {
    format!("{}\n{}", row["user"], row["product"])
}
