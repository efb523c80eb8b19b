//! All short histories over small alphabets.

use crate::case::*;
use crate::choose::Choose;
use crate::civil::day;
use crate::worlds;

/// A small world: which scenarios there are, and which logs.
pub struct World {
    pub name: &'static str,
    pub scenario: fn(&mut dyn Choose) -> Scenario,
    pub log: fn(&Scenario, &mut dyn Choose) -> Log,
}

pub const WORLDS: [World; 9] = [
    World { name: "two sessions of one product", scenario: one_product, log: two_sessions },
    World { name: "a device taken over", scenario: one_product, log: take_overs },
    World { name: "a cover that ends", scenario: covered, log: two_sessions },
    World { name: "an add-in and its host", scenario: add_in, log: with_add_in },
    World { name: "everything at one instant", scenario: worlds::one_instant, log: worlds::at_one_instant },
    World { name: "packs that move", scenario: worlds::moves, log: worlds::around_moves },
    World { name: "who may open what", scenario: worlds::access, log: worlds::tries },
    World { name: "idle time", scenario: worlds::idle, log: worlds::idling },
    World { name: "results", scenario: worlds::results, log: worlds::jobs },
];

/// 00:00 of the day on which the packs end.
pub fn midnight(scenario: &Scenario) -> Instant {
    scenario.begins() + DAY
}

pub fn product(name: &str, rate: Tokens) -> Product {
    Product {
        name: name.to_owned(),
        rate: Some(rate),
        per_result: false,
        host: None,
        loads_with_host: false,
        released: None,
        withdrawn: None,
    }
}

pub fn pack(id: &str, ends: i64, size: Tokens) -> PackOnHand {
    PackOnHand { id: id.to_owned(), bought: ends - 365, size, left: size }
}

pub fn plain(packs: Vec<PackOnHand>) -> Scenario {
    let anna = Person {
        name: "anna".to_owned(),
        count: None,
        teams: vec![0],
        access: Some(Access::All),
        guest: false,
        covers: Vec::new(),
    };
    Scenario {
        zone: Zone::Utc,
        start: day(2027, 3, 1),
        rules: Rules {
            grace: 300,
            end_session: true,
            sign_out_first: true,
            team_choice: TeamChoice::EarliestEndDate,
            charge_lapses: true,
            idle: IdleAwareness::Off,
        },
        products: vec![product("Revit", 10 * TOKEN)],
        teams: vec![Team { name: "red".to_owned(), packs, default_access: Vec::new(), guest_defaults: false }],
        people: vec![anna],
        purchases: Vec::new(),
        events: Vec::new(),
    }
}

/// Enough, one window's worth, or one that ends in the middle with or without another beside it.
fn one_product(choose: &mut dyn Choose) -> Scenario {
    let start = day(2027, 3, 1);
    let packs = [
        vec![pack("p", start + 100, 100 * TOKEN)],
        vec![pack("p", start + 100, 10 * TOKEN)],
        vec![pack("p", start + 1, 15 * TOKEN)],
        vec![pack("p", start + 1, 5 * TOKEN), pack("q", start + 2, 15 * TOKEN)],
    ];
    let mut scenario = plain(choose.of(&packs));
    scenario.rules.grace = choose.of(&[300, 0]);
    scenario.rules.end_session = choose.one_in(2);
    scenario
}

fn covered(choose: &mut dyn Choose) -> Scenario {
    let start = day(2027, 3, 1);
    let mut scenario = plain(vec![pack("p", start + 100, TOKEN * choose.of(&[100, 10, 1]))]);
    scenario.rules.charge_lapses = choose.one_in(2);
    let until = Moment::At(midnight(&scenario) + choose.of(&[0, 300, 86_400]));
    let cover = Cover { trial: choose.one_in(2), product: 0, from: Moment::Day(start), until, identity: None };
    scenario.people[0].covers.push(cover);
    scenario
}

fn add_in(choose: &mut dyn Choose) -> Scenario {
    let start = day(2027, 3, 1);
    let mut scenario = plain(vec![pack("p", start + 100, TOKEN * choose.of(&[100, 12, 11, 10]))]);
    let layout = Product { host: Some(0), loads_with_host: choose.one_in(2), ..product("Layout", 2 * TOKEN) };
    scenario.products.push(layout);
    scenario
}

pub fn session(product: usize, opened: Instant, closed: Option<Instant>) -> Row {
    Row {
        user: "anna".to_owned(),
        product,
        opened,
        closed,
        version: String::new(),
        device: "a".to_owned(),
        platform: String::new(),
        online: true,
        identity: String::new(),
        idle: Vec::new(),
        quantity: None,
        failed: None,
        failed_quantity: None,
    }
}

fn length(choose: &mut dyn Choose) -> Option<i64> {
    choose.of(&[Some(0), Some(1), Some(299), Some(300), Some(301), Some(86_399), Some(86_400), Some(86_401), None])
}

/// The first opens a little before midnight, the second at the edges of what that starts.
fn two_sessions(scenario: &Scenario, choose: &mut dyn Choose) -> Log {
    let first = midnight(scenario) - choose.of(&[300, 1, 0]);
    let second = first + choose.of(&[0, 1, 299, 300, 301, 86_399, 86_400, 86_401, 86_700]);
    let mut sessions = [first, second].map(|opened| session(0, opened, length(choose).map(|length| opened + length)));
    sessions[1].online = choose.one_in(2);
    let until = choose.of(&[None, Some(first + 2 * DAY)]);
    Log { rows: sessions.to_vec(), until }
}

fn take_overs(scenario: &Scenario, choose: &mut dyn Choose) -> Log {
    let mut opened = midnight(scenario) - 300;
    let mut rows = Vec::new();
    for device in ["a", "b", "a"] {
        let length = choose.of(&[Some(0), Some(1), Some(300), Some(301), Some(86_400), None]);
        let closed = length.map(|length| opened + length);
        rows.push(Row { device: device.to_owned(), ..session(0, opened, closed) });
        if rows.len() < 3 {
            opened += choose.of(&[0, 1, 300, 301, 86_400]);
        }
    }
    Log { rows, until: Some(midnight(scenario) + 3 * DAY) }
}

fn with_add_in(scenario: &Scenario, choose: &mut dyn Choose) -> Log {
    let first = midnight(scenario);
    let mut rows = vec![session(0, first, length(choose).map(|length| first + length))];
    for product in [1, 0] {
        let opened = first + choose.of(&[0, 1, 299, 300, 301, 86_400]);
        rows.push(session(product, opened, length(choose).map(|length| opened + length)));
    }
    Log { rows, until: Some(first + 2 * DAY) }
}
