//! What was avoidable, worked out again from the sessions and the decisions alone: windows charged for what was left open, and
//! for add-ins that came along, in whose 24 hours the user didn't open the product by hand.

use std::collections::{BTreeMap, BTreeSet};

use flexcast::calendar::parse_instant;
use flexcast::scenario::{self, Scenario};
use serde_json::Value;

use crate::desk::{Desk, Row, tokens};
use crate::{nasty, studio};

/// A session that was granted, with the moment at which it really ended.
#[derive(Clone)]
struct Session {
    opened: i64,
    ended: i64,
    device: String,
    left_open: bool,
    with_host: bool,
}

/// A user's name and a product's.
type Pair = (String, String);

struct Run {
    scenario: Scenario,
    /// What was opened by hand, granted or denied, in the order of opening.
    by_hand: BTreeMap<Pair, Vec<Row>>,
    decisions: Vec<Row>,
    /// When whose product was opened, or renewed: granted and denied.
    granted: BTreeSet<(i64, String, String)>,
    denied: BTreeSet<(i64, String, String)>,
    /// What was open when, by hand and with the host.
    sessions: BTreeMap<Pair, Vec<Session>>,
}

fn seconds(row: &Row, column: &str) -> i64 {
    parse_instant(&row[column]).unwrap().seconds()
}

fn moments(rows: &[Row], outcome: &str) -> BTreeSet<(i64, String, String)> {
    let rows = rows.iter().filter(|row| row["outcome"] == outcome);
    rows.map(|row| (seconds(row, "time"), row["user"].clone(), row["product"].clone())).collect()
}

impl Run {
    fn of(desk: &Desk) -> Run {
        desk.done("simulate scenario.yaml --out run");
        let decisions = desk.rows("run/decisions.csv");
        let mut by_hand: BTreeMap<Pair, Vec<Row>> = BTreeMap::new();
        for row in desk.rows("run/sessions.csv") {
            by_hand.entry((row["user"].clone(), row["product"].clone())).or_default().push(row);
        }
        let mut run = Run {
            scenario: scenario::load(&desk.path("scenario.yaml")).scenario.unwrap(),
            by_hand,
            granted: moments(&decisions, "granted"),
            denied: moments(&decisions, "denied"),
            decisions,
            sessions: BTreeMap::new(),
        };
        let pairs: BTreeSet<Pair> =
            run.decisions.iter().map(|row| (row["user"].clone(), row["product"].clone())).collect();
        let sessions = |pair: Pair| (pair.clone(), run.sessions(&pair.0, &pair.1));
        run.sessions = pairs.into_iter().map(sessions).collect();
        run
    }

    /// Tokens by cause, in millionths.
    fn avoidable(&self) -> BTreeMap<&'static str, i64> {
        let mut sums = BTreeMap::from([("left_open", 0), ("came_along", 0)]);
        for row in self.decisions.iter().filter(|row| row["tokens"] != "0") {
            if let Some(cause) = self.cause(row) {
                *sums.get_mut(cause).unwrap() += tokens(row, "tokens").millionths();
            }
        }
        sums
    }

    fn cause(&self, charge: &Row) -> Option<&'static str> {
        let (user, product) = (&*charge["user"], &*charge["product"]);
        let window = seconds(charge, "window_start")..seconds(charge, "window_end");
        let opened_in = |product: &str| self.by_hand(user, product).iter().any(|(opened, _)| window.contains(opened));
        // Of a window that runs on beyond the horizon nobody knows whether it is needed.
        if opened_in(product) || window.end > self.scenario.end.seconds() {
            return None;
        }
        if charge["reason"] == "add_in_with_host" {
            return Some("came_along");
        }
        let payer = self.payer(user, product, window.start);
        let renewed = charge["reason"] == "renewal_left_open";
        let host_opened = self.host(product).is_some_and(|host| opened_in(&host));
        match payer {
            Some(payer) if renewed && payer.left_open && !(payer.with_host && host_opened) => Some("left_open"),
            Some(payer) if payer.with_host => Some("came_along"),
            _ => None,
        }
    }

    /// The earliest session that was open when the window began, and was not closed in time.
    fn payer(&self, user: &str, product: &str, start: i64) -> Option<Session> {
        let grace = self.scenario.rules.grace.seconds();
        let mut sessions = self.sessions[&(user.to_owned(), product.to_owned())].iter();
        let pays = |session: &&Session| session.opened <= start && session.ended > start.max(session.opened + grace);
        sessions.find(pays).cloned()
    }

    fn by_hand(&self, user: &str, product: &str) -> Vec<(i64, &Row)> {
        let rows = self.by_hand.get(&(user.to_owned(), product.to_owned()));
        rows.into_iter().flatten().map(|row| (seconds(row, "opened"), row)).collect()
    }

    fn host(&self, product: &str) -> Option<String> {
        let product = self.scenario.products.iter().find(|known| known.name == product).unwrap();
        product.add_in_of.map(|host| self.scenario.products[host.index()].name.clone())
    }

    /// The sessions of a user and a product, by hand and with the host, in the order of opening.
    fn sessions(&self, user: &str, product: &str) -> Vec<Session> {
        let hosts = self.host(product).map(|host| self.sessions(user, &host)).unwrap_or_default();
        let loads = self.scenario.products.iter().any(|known| known.name == product && known.loads_with_host);
        let at = |opened: i64| (opened, user.to_owned(), product.to_owned());
        let mut sessions = self.opened_by_hand(user, product, &hosts);
        let with_host = hosts.into_iter().map(|host| Session { with_host: true, ..host });
        sessions.extend(with_host.filter(|_| loads));
        sessions.retain(|session| self.granted.contains(&at(session.opened)));
        sessions.sort_by_key(|session| session.opened);
        let refused = self.denied.range(at(i64::MIN)..).filter(|(_, who, what)| who == user && what == product);
        let refused: Vec<i64> =
            refused.map(|(time, ..)| *time).filter(|time| !self.is_open(user, product, *time)).collect();
        let opens: Vec<(i64, String)> =
            sessions.iter().map(|session| (session.opened, session.device.clone())).collect();
        for session in &mut sessions {
            let renewal = refused.iter().find(|time| **time > session.opened);
            let sign_out = opens.iter().find(|(time, device)| *time > session.opened && *device != session.device);
            let ends = renewal.into_iter().chain(sign_out.map(|(time, _)| time));
            session.ended = ends.fold(session.ended, |ended, end| ended.min(*end));
        }
        sessions
    }

    /// Whether a denial at a moment is that of an open rather than of a renewal.
    fn is_open(&self, user: &str, product: &str, time: i64) -> bool {
        let opened = |product: &str| self.by_hand(user, product).iter().any(|(opened, _)| *opened == time);
        opened(product) || self.host(product).is_some_and(|host| opened(&host))
    }

    /// A session that its user left open ends when they next open the product, or not at all.
    fn opened_by_hand(&self, user: &str, product: &str, hosts: &[Session]) -> Vec<Session> {
        let rows = self.by_hand(user, product);
        let session = |(place, (opened, row)): (usize, &(i64, &Row))| {
            let closed = if row["closed"].is_empty() { i64::MAX } else { seconds(row, "closed") };
            let next = rows[place + 1..].first().map(|(next, _)| *next);
            let host =
                hosts.iter().rfind(|host| (host.opened..host.ended).contains(opened) && host.device == row["device"]);
            Session {
                opened: *opened,
                ended: closed.min(host.map_or(i64::MAX, |host| host.ended)),
                device: row["device"].clone(),
                left_open: closed == i64::MAX || Some(closed) == next,
                with_host: false,
            }
        };
        rows.iter().enumerate().map(session).collect()
    }
}

fn said(desk: &Desk) -> BTreeMap<String, i64> {
    desk.done("forecast scenario.yaml --out out --replications 1");
    let forecast = desk.json("out/forecast.json");
    let figure = |part: &Value| (part["tokens"]["mean"].as_f64().unwrap() * 1e6).round() as i64;
    let parts = forecast["all"]["avoidable"].as_array().unwrap().iter();
    parts.map(|part| (part["cause"].as_str().unwrap().to_owned(), figure(part))).collect()
}

fn check(desk: &Desk) {
    let run = Run::of(desk);
    let expected: BTreeMap<String, i64> =
        run.avoidable().into_iter().map(|(cause, tokens)| (cause.to_owned(), tokens)).collect();
    assert!(expected.values().all(|tokens| *tokens > 0));
    assert_eq!(said(desk), expected);
}

#[test]
fn the_studios() {
    check(&studio());
}

#[test]
fn the_nasty_scenarios() {
    for rules in ["{team_choice: random}", "{grace: 0s}"] {
        let desk = nasty(rules);
        // A session that the end of the horizon cuts looks as if it had been left open.
        let days = "fn day(me, today) {\n    if today.date > date(\"2027-04-28\") { return; }";
        desk.write("forgetful.rhai", &desk.text("forgetful.rhai").replace("fn day(me, today) {", days));
        check(&desk);
    }
}
