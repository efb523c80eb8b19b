//! Scenarios for long random histories that lean on the edges: whatever happens, happens at or beside an instant at which
//! something else does.

use crate::case::*;
use crate::choose::Choose;
use crate::civil::{day, next_year};
use crate::happenings::{drop_impossible, events};

/// Before and after these, something is decided otherwise.
const EDGES: [i64; 11] = [0, 1, -1, 299, 300, 301, -300, 899, 900, 901, 3600];

/// Instants at which something happens already.
pub struct Instants {
    pub begins: Instant,
    pub used: Vec<Instant>,
}

impl Instants {
    /// At, beside, or a day after or before something else.
    pub fn one(&mut self, choose: &mut dyn Choose) -> Instant {
        let near = choose.of(&self.used);
        let days = DAY * choose.of(&[0, 0, 0, 0, 1, 1, -1]);
        let edge = if choose.one_in(2) { 0 } else { choose.of(&EDGES) };
        let at = (near + days + edge).max(self.begins);
        self.used.push(at);
        at
    }

    /// A day, or an instant.
    fn moment(&mut self, zone: Zone, choose: &mut dyn Choose) -> Moment {
        let at = self.one(choose);
        let day = zone.day_of(at);
        if choose.one_in(3) && zone.start_of(day) >= self.begins {
            self.used.push(zone.start_of(day));
            return Moment::Day(day);
        }
        Moment::At(at)
    }
}

pub fn scenario(choose: &mut dyn Choose) -> (Scenario, Instants) {
    let (zone, start) = choose.of(&[
        (Zone::Utc, day(2027, 3, 1)),
        (Zone::Amsterdam, day(2027, 3, 27)),
        (Zone::Amsterdam, day(2027, 10, 30)),
        (Zone::Utc, day(2025, 2, 27)),
    ]);
    let begins = zone.start_of(start);
    let used = vec![begins, begins + 8 * 3600, zone.start_of(start + 1), zone.start_of(start + 2)];
    let mut instants = Instants { begins, used };
    let mut scenario = Scenario {
        zone,
        start,
        rules: rules(choose),
        products: Vec::new(),
        teams: Vec::new(),
        people: Vec::new(),
        purchases: Vec::new(),
        events: Vec::new(),
    };
    products(&mut scenario, &mut instants, choose);
    scenario.rules.idle = idle_awareness(scenario.products.len(), choose);
    teams(&mut scenario, choose);
    people(&mut scenario, &mut instants, choose);
    for number in 0..choose.below(4) {
        let on = instants.moment(zone, choose);
        let (team, tokens) = (choose.below(scenario.teams.len()), TOKEN * choose.of(&[1, 6, 7, 10, 20]));
        scenario.purchases.push(Purchase { id: format!("late{number}"), on, team, tokens });
    }
    for _ in 0..choose.of(&[0, 0, 1, 2, 4, 8]) {
        let on = instants.moment(zone, choose);
        let what = events(&scenario, on, choose);
        if let What::Invite { accepts_after, .. } = what {
            // It lapses, or is accepted.
            instants.used.push(scenario.from(on) + accepts_after.unwrap_or(7 * DAY));
        }
        scenario.events.push(Event { on, what });
    }
    drop_impossible(&mut scenario);
    (scenario, instants)
}

fn rules(choose: &mut dyn Choose) -> Rules {
    Rules {
        grace: choose.of(&[300, 300, 300, 300, 0, 7200]),
        end_session: !choose.one_in(4),
        sign_out_first: !choose.one_in(4),
        team_choice: choose.of(&[TeamChoice::EarliestEndDate, TeamChoice::MostTokens, TeamChoice::FirstListed]),
        charge_lapses: !choose.one_in(4),
        idle: IdleAwareness::Off,
    }
}

fn idle_awareness(products: usize, choose: &mut dyn Choose) -> IdleAwareness {
    match choose.below(4) {
        0 => IdleAwareness::Off,
        1 => {
            let versions = || Some(vec!["2027".to_owned(), "2026.1".to_owned()]);
            let aware = (0..products).filter(|_| choose.one_in(2)).collect::<Vec<_>>();
            IdleAwareness::Some(
                aware.into_iter().map(|product| (product, if choose.one_in(2) { versions() } else { None })).collect(),
            )
        }
        _ => IdleAwareness::On,
    }
}

fn products(scenario: &mut Scenario, instants: &mut Instants, choose: &mut dyn Choose) {
    let plain = |name: &str, rate| Product {
        name: name.to_owned(),
        rate,
        per_result: false,
        host: None,
        loads_with_host: false,
        released: None,
        withdrawn: None,
    };
    let add_in =
        |name: &str, rate, host, loads_with_host| Product { host: Some(host), loads_with_host, ..plain(name, rate) };
    let maya = choose.of(&[6 * TOKEN, 0, TOKEN / 2]);
    scenario.products = vec![plain("AutoCAD", Some(7 * TOKEN)), plain("Maya", Some(maya))];
    if choose.one_in(2) {
        scenario.products.push(add_in("Layout", choose.of(&[Some(2 * TOKEN), None]), 0, true));
        scenario.products.push(add_in(
            "Tool",
            choose.of(&[Some(3 * TOKEN), None]),
            choose.of(&[0, 2]),
            choose.one_in(3),
        ));
    }
    if choose.one_in(3) {
        let rate = choose.of(&[TOKEN / 2, 3 * TOKEN, 4]);
        scenario.products.push(Product { per_result: true, ..plain("Render", Some(rate)) });
    }
    for product in &mut scenario.products {
        if choose.one_in(12) {
            product.released = Some(instants.moment(scenario.zone, choose));
        } else if choose.one_in(12) {
            product.withdrawn = Some(instants.moment(scenario.zone, choose));
        }
    }
}

/// The day before a year ago on which a pack must have been bought to end as this day begins.
fn bought_to_end_on(end: i64) -> i64 {
    (end - 367..end).rev().find(|bought| next_year(*bought) == end).unwrap_or(end - 365)
}

fn teams(scenario: &mut Scenario, choose: &mut dyn Choose) {
    let mut id = 0;
    for name in &["red", "blue", "grey"][..choose.between(1, 3)] {
        let mut packs = Vec::new();
        for _ in 0..choose.of(&[0, 1, 1, 2, 2, 3]) {
            id += 1;
            let end = scenario.start + choose.of(&[1, 1, 2, 2, 3, 200]);
            let size = TOKEN * choose.of(&[1, 2, 7, 7, 14, 20, 40]);
            let left = if choose.one_in(4) { size / 2 } else { size };
            packs.push(PackOnHand { id: format!("p{id}"), bought: bought_to_end_on(end), size, left });
        }
        let default_access = if choose.one_in(2) { some_products(scenario, choose) } else { Vec::new() };
        let guest_defaults = choose.one_in(3);
        scenario.teams.push(Team { name: (*name).to_owned(), packs, default_access, guest_defaults });
    }
}

pub fn some_products(scenario: &Scenario, choose: &mut dyn Choose) -> Vec<usize> {
    (0..scenario.products.len()).filter(|_| !choose.one_in(3)).collect()
}

pub fn access(scenario: &Scenario, choose: &mut dyn Choose) -> Option<Access> {
    match choose.below(4) {
        0 => None,
        1 => Some(Access::List(some_products(scenario, choose))),
        _ => Some(Access::All),
    }
}

fn people(scenario: &mut Scenario, instants: &mut Instants, choose: &mut dyn Choose) {
    for (name, count) in [("anna", None), ("bert", None), ("crew", Some(2)), ("carl", None)] {
        if choose.one_in(3) && name != "anna" {
            continue;
        }
        let mut teams: Vec<usize> = (0..scenario.teams.len()).filter(|_| !choose.one_in(3)).collect();
        if choose.one_in(2) {
            teams.reverse();
        }
        let covers = (0..choose.of(&[0, 0, 0, 1, 2])).map(|_| cover(scenario, instants, choose)).collect();
        let guest = choose.one_in(5);
        let access = access(scenario, choose);
        scenario.people.push(Person { name: name.to_owned(), count, teams, access, guest, covers });
    }
}

fn cover(scenario: &Scenario, instants: &mut Instants, choose: &mut dyn Choose) -> Cover {
    let product = choose.below(scenario.products.len());
    let identity = choose.one_in(4).then(|| "other".to_owned());
    let early = choose.one_in(2);
    let from = if early { Moment::Day(scenario.start - 30) } else { instants.moment(scenario.zone, choose) };
    let mut until = instants.moment(scenario.zone, choose);
    if scenario.until(until) <= scenario.from(from) {
        until = Moment::At(scenario.from(from) + choose.of(&[1, 300, 86_400]));
    }
    instants.used.push(scenario.until(until));
    Cover { trial: choose.one_in(2), product, from, until, identity }
}

const LENGTHS: [i64; 16] =
    [0, 1, 120, 299, 300, 301, 900, 3600, 30_000, 86_399, 86_400, 86_401, 86_699, 86_700, 86_701, 180_000];

pub fn log(scenario: &Scenario, instants: &Instants, choose: &mut dyn Choose) -> Log {
    let mut instants = Instants { begins: instants.begins, used: instants.used.clone() };
    let rows: Vec<Row> = (0..choose.between(1, 20)).map(|_| row(scenario, &mut instants, choose)).collect();
    let until = choose.one_in(3).then(|| instants.one(choose));
    Log { rows, until }
}

fn row(scenario: &Scenario, instants: &mut Instants, choose: &mut dyn Choose) -> Row {
    let users = ["anna", "anna", "bert", "crew-1", "crew-2", "crew-3", "carl", "nina", "nils", "zoe"];
    let product = choose.below(scenario.products.len());
    let opened = instants.one(choose);
    let mut row = Row {
        user: choose.of(&users).to_owned(),
        product,
        opened,
        closed: None,
        version: choose.of(&["", "2027", "2026.1", "2019"]).to_owned(),
        device: choose.of(&["a", "a", "a", "a", "b", "b", "c", "d"]).to_owned(),
        platform: choose.of(&["", "", "windows", "linux"]).to_owned(),
        online: !choose.one_in(8),
        identity: if choose.one_in(6) { "other".to_owned() } else { String::new() },
        idle: Vec::new(),
        quantity: None,
        failed: None,
        failed_quantity: None,
    };
    if scenario.products[product].per_result {
        result(&mut row, instants, choose);
    } else if !choose.one_in(6) {
        session(&mut row, scenario, instants, choose);
    }
    row
}

fn session(row: &mut Row, scenario: &Scenario, instants: &mut Instants, choose: &mut dyn Choose) {
    let other = instants.one(choose);
    let length = choose.of(&LENGTHS);
    let closed = if other >= row.opened && choose.one_in(2) { other } else { row.opened + length };
    instants.used.push(closed);
    row.closed = Some(closed);
    if scenario.rules.idle != IdleAwareness::Off && choose.one_in(2) {
        row.idle = (0..choose.between(1, 2)).map(|_| idle_span(row.opened, instants, choose)).collect();
    }
}

/// Often around the end of the session's window.
fn idle_span(opened: Instant, instants: &mut Instants, choose: &mut dyn Choose) -> (Instant, Instant) {
    let due = if choose.one_in(2) { opened + DAY } else { instants.one(choose) };
    let start = due - choose.of(&[899, 900, 901, 3600, 0, 300]);
    let end = due.max(start) + choose.of(&[0, 1, 300, 900, 3600, 86_400]);
    instants.used.push(end);
    (start, end)
}

fn result(row: &mut Row, instants: &mut Instants, choose: &mut dyn Choose) {
    let quantity = TOKEN * choose.of(&[1, 2, 5, 14]) / choose.of(&[1, 1, 2]);
    row.quantity = choose.one_in(2).then_some(quantity);
    if choose.one_in(2) {
        let failed = instants.one(choose);
        row.failed = Some(if failed < row.opened { row.opened + choose.of(&EDGES).max(0) } else { failed });
        let whole = row.quantity.unwrap_or(TOKEN);
        row.failed_quantity = choose.one_in(3).then_some(whole / 2);
    }
}
