//! Small worlds of all that isn't about sessions alone: one instant at which everything happens, packs that move, invitations,
//! product lists, idle time, results.

use crate::case::*;
use crate::choose::Choose;
use crate::civil::day;
use crate::happenings::drop_impossible;
use crate::short::{midnight, pack, plain, product, session};

const START: (i64, i64, i64) = (2027, 3, 1);

fn start() -> i64 {
    day(START.0, START.1, START.2)
}

fn at(moment: Instant, what: What) -> Event {
    Event { on: Moment::At(moment), what }
}

/// Each phase has something to do at midnight, or hasn't, and tokens are short.
pub fn one_instant(choose: &mut dyn Choose) -> Scenario {
    let mut scenario = plain(vec![pack("p", start() + choose.of(&[1, 9]), TOKEN * choose.of(&[20, 37]))]);
    let midnight = midnight(&scenario);
    scenario.products = ["Revit", "AutoCAD", "Maya"].map(|name| product(name, 10 * TOKEN)).to_vec();
    scenario.products.push(Product { per_result: true, ..product("Render", 5 * TOKEN) });
    scenario.teams.push(Team { name: "blue".to_owned(), packs: Vec::new(), ..scenario.teams[0].clone() });
    if choose.one_in(2) {
        let on = Moment::At(midnight);
        scenario.purchases.push(Purchase { id: "q".to_owned(), on, team: 0, tokens: 10 * TOKEN });
    }
    if choose.one_in(2) {
        let until = Moment::At(midnight);
        scenario.people[0].covers.push(Cover {
            trial: false,
            product: 2,
            from: Moment::Day(start()),
            until,
            identity: None,
        });
    }
    match choose.below(5) {
        0 => {}
        1 => scenario.events.push(at(midnight, What::Rate { product: 0, tokens: TOKEN })),
        2 => scenario.events.push(at(midnight, What::Withdraw(0))),
        3 => scenario.events.push(at(midnight, What::Move { pack: "p".to_owned(), to: 1 })),
        _ => scenario.events.push(at(midnight, What::Merge { team: 0, into: 1 })),
    }
    scenario
}

pub fn at_one_instant(scenario: &Scenario, choose: &mut dyn Choose) -> Log {
    let midnight = midnight(scenario);
    let mut rows = Vec::new();
    // A grace that is decided, a renewal, a session that a lapse finds open, an open; each may close then.
    for (product, opened) in [(0, midnight - 300), (1, midnight - DAY), (2, midnight - 3600), (0, midnight)] {
        match choose.below(3) {
            0 => {}
            1 => rows.push(session(product, opened, Some(midnight))),
            _ => rows.push(session(product, opened, None)),
        }
    }
    for opened in [midnight - 60, midnight] {
        if choose.one_in(2) {
            rows.push(Row { failed: Some(midnight), ..session(3, opened, None) });
        }
    }
    Log { rows, until: Some(midnight + DAY + 300) }
}

/// Two teams whose packs go to and fro around a hold that is decided while one of them ends.
pub fn moves(choose: &mut dyn Choose) -> Scenario {
    let mut scenario = plain(vec![pack("p", start() + 1, 6 * TOKEN), pack("q", start() + 2, 20 * TOKEN)]);
    let midnight = midnight(&scenario);
    let blue = vec![pack("r", start() + 2, 5 * TOKEN)];
    scenario.teams.push(Team { name: "blue".to_owned(), packs: blue, ..scenario.teams[0].clone() });
    scenario.people[0].teams = choose.of(&[vec![0], vec![0, 1], vec![1, 0]]);
    for _ in 0..2 {
        let on = midnight + choose.of(&[-300, -100, 0, 100, 400]);
        let pack = choose.of(&["p", "q"]).to_owned();
        let what = match choose.below(5) {
            0 => What::Move { pack, to: 0 },
            1 => What::Move { pack, to: 1 },
            2 => What::Merge { team: 0, into: 1 },
            3 => What::Merge { team: 1, into: 0 },
            _ => What::DefaultAccess { team: 0, access: Vec::new() },
        };
        scenario.events.push(at(on, what));
    }
    scenario
}

pub fn around_moves(scenario: &Scenario, choose: &mut dyn Choose) -> Log {
    let opened = midnight(scenario) - choose.of(&[300, 200, 86_400]);
    let closed = choose.of(&[None, Some(opened + 250), Some(opened + 300), Some(opened + 301)]);
    let mut rows = vec![session(0, opened, closed)];
    for opened in [opened + 260, midnight(scenario) + 500] {
        rows.push(session(0, opened, Some(opened + choose.of(&[1, 400]))));
    }
    Log { rows, until: Some(midnight(scenario) + 2 * DAY) }
}

/// What can happen to a user's products in two teams.
fn administration(choose: &mut dyn Choose) -> What {
    let user = "nina".to_owned();
    let access = [None, Some(Access::All), Some(Access::List(vec![0]))];
    let who = |team, access, guest| Assignment { user: "nina".to_owned(), team, access, guest };
    match choose.below(21) {
        0..3 => {
            let accepts_after = choose.of(&[None, Some(0), Some(7 * DAY), Some(7 * DAY + 1)]);
            What::Invite { who: who(0, choose.of(&access), false), accepts_after }
        }
        3 => What::Invite { who: who(1, None, false), accepts_after: Some(DAY) },
        4 => What::Assign(who(0, choose.of(&access), false)),
        5 => What::Assign(who(1, Some(Access::List(vec![1])), false)),
        6 => What::Assign(who(0, None, true)),
        7 => What::Import { team: 1, users: vec![user], access: None },
        8 => What::Unassign { user, team: 0 },
        9 => What::Clear { user, team: 0, access: vec![1] },
        10 => What::Clear { user, team: 0, access: vec![0, 1] },
        11 => What::DefaultAccess { team: 0, access: Vec::new() },
        12 => What::DefaultAccess { team: 0, access: vec![1] },
        13 => What::GuestDefaults { team: 0, serve: choose.one_in(2) },
        14 => What::Merge { team: 0, into: 1 },
        15 => What::Merge { team: 1, into: 0 },
        16 => What::Release(1),
        17 => What::Withdraw(1),
        18 => What::Leave(Who::User("anna".to_owned())),
        19 => What::Join(Who::User("anna".to_owned())),
        _ => What::Assign(Assignment { user: "anna".to_owned(), ..who(1, None, true) }),
    }
}

pub fn access(choose: &mut dyn Choose) -> Scenario {
    let mut scenario = plain(vec![pack("p", start() + 100, 100 * TOKEN)]);
    scenario.products.push(product("AutoCAD", 7 * TOKEN));
    scenario.teams[0].default_access = vec![0, 1];
    scenario.people[0].access = None;
    let blue = Team {
        name: "blue".to_owned(),
        packs: vec![pack("q", start() + 99, 100 * TOKEN)],
        ..scenario.teams[0].clone()
    };
    scenario.teams.push(blue);
    let invited = Assignment { user: "nina".to_owned(), team: 0, access: None, guest: false };
    for _ in 0..2 {
        let on = scenario.begins() + choose.of(&[0, 1, 7]) * DAY;
        scenario.events.push(at(on, administration(choose)));
    }
    drop_impossible(&mut scenario);
    // So that there is such a user, whatever happens.
    let late = scenario.begins() + 300 * DAY;
    scenario.events.push(at(late, What::Invite { who: invited, accepts_after: None }));
    scenario
}

/// Each user tries each product after each of the events.
pub fn tries(scenario: &Scenario, _: &mut dyn Choose) -> Log {
    let mut rows = Vec::new();
    for after in [0, DAY, 7 * DAY - 1, 7 * DAY, 7 * DAY + 1, 15 * DAY] {
        for user in ["nina", "anna"] {
            for product in [0, 1] {
                let opened = scenario.begins() + after;
                rows.push(Row { user: user.to_owned(), ..session(product, opened, Some(opened)) });
            }
        }
    }
    Log { rows, until: None }
}

/// Idle time around the end of a window or of a cover.
pub fn idle(choose: &mut dyn Choose) -> Scenario {
    let mut scenario = plain(vec![pack("p", start() + 100, TOKEN * choose.of(&[100, 10]))]);
    scenario.rules.idle = IdleAwareness::On;
    scenario.rules.end_session = choose.one_in(2);
    scenario.rules.charge_lapses = choose.one_in(2);
    if choose.one_in(2) {
        let until = Moment::At(midnight(&scenario) + DAY);
        scenario.people[0].covers.push(Cover {
            trial: false,
            product: 0,
            from: Moment::Day(start()),
            until,
            identity: None,
        });
    }
    scenario
}

pub fn idling(scenario: &Scenario, choose: &mut dyn Choose) -> Log {
    let opened = midnight(scenario);
    let due = opened + DAY;
    let mut rows = vec![session(0, opened, choose.of(&[None, Some(due), Some(due + 3600)]))];
    if choose.one_in(2) {
        let second = opened + choose.of(&[0, 3600, 86_100, 86_400]);
        rows.push(session(0, second, choose.of(&[None, Some(due), Some(due + 100)])));
    }
    for row in &mut rows {
        let start = due - choose.of(&[899, 900, 86_400]);
        let end = due + choose.of(&[0, 1, 300, 3600]);
        row.idle = choose.of(&[
            vec![],
            vec![(start, end)],
            vec![(start, due), (due, end)],
            vec![(start, end), (end + 60, end + 960)],
        ]);
        row.idle.retain(|(start, end)| start <= end);
    }
    Log { rows, until: Some(due + DAY + 3600) }
}

/// Results that fail or don't, with packs that end and tokens that don't suffice.
pub fn results(choose: &mut dyn Choose) -> Scenario {
    let mut scenario =
        plain(vec![pack("p", start() + 1, 6 * TOKEN), pack("q", start() + 2, TOKEN * choose.of(&[4, 20]))]);
    scenario.products[0] = Product { per_result: true, ..product("Render", TOKEN * choose.of(&[0, 1, 3])) };
    if choose.one_in(3) {
        let blue = Team { name: "blue".to_owned(), packs: Vec::new(), ..scenario.teams[0].clone() };
        scenario.teams.push(blue);
        let on = midnight(&scenario) - 30;
        scenario.events.push(at(on, What::Move { pack: choose.of(&["p", "q"]).to_owned(), to: 1 }));
    }
    scenario
}

pub fn jobs(scenario: &Scenario, choose: &mut dyn Choose) -> Log {
    let midnight = midnight(scenario);
    let rows = (0..2).map(|_| {
        let opened = midnight - choose.of(&[60, 0, -60]);
        let failed = choose.of(&[None, Some(opened), Some(opened + 60), Some(midnight + 2 * DAY)]);
        let quantity = choose.of(&[None, Some(3 * TOKEN), Some(TOKEN / 2)]);
        let failed_quantity = if failed.is_some() { choose.of(&[None, Some(TOKEN / 4)]) } else { None };
        Row { failed, quantity, failed_quantity, ..session(0, opened, None) }
    });
    Log { rows: rows.collect(), until: None }
}
