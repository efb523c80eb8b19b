//! The offices whose pictures are checked, and looked at.

use crate::fixture::{Office, Team, bought, on_hand, team};

/// Each with the name of its pictures' folder.
pub fn offices() -> Vec<(&'static str, Office)> {
    vec![
        ("year", year()),
        ("lasting", Office { teams: vec![team("design", 40, vec![on_hand("p1", 500, 200_000.0)])], ..year() }),
        ("dry", Office { teams: vec![team("design", 40, vec![on_hand("p1", 300, 9_000.0)])], ..year() }),
        ("teams", many_teams()),
        ("fortnight", Office { days: 14, first: "2027-02-22", ..short_of_tokens() }),
        ("month", Office { days: 31, first: "2027-03-01", ..short_of_tokens() }),
        ("day", Office { days: 1, ..short_of_tokens() }),
        ("three-years", three_years()),
        ("huge", huge()),
        ("idle", Office { teams: vec![team("nobody", 0, vec![])], groups: vec![], products: vec![], ..year() }),
        ("odd", odd_names()),
    ]
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn year() -> Office {
    let packs = vec![on_hand("p1", 129, 18_000.0), bought("p3", 59, 25_000.0), bought("p4", 152, 30_000.0)];
    Office {
        scenario: "Harbour Studio 2027".into(),
        first: "2027-01-01",
        days: 365,
        replications: 200,
        teams: vec![
            team("design", 40, packs),
            team("engineering", 9, vec![on_hand("p2", 305, 17_500.0), bought("p5", 250, 500.0)]),
        ],
        groups: names(&["architects", "engineers", "visualisation", "interns", "piet@harbour.example"]),
        products: names(&["Revit", "AutoCAD", "3ds Max", "Maya"]),
    }
}

fn short_of_tokens() -> Office {
    Office { teams: vec![team("design", 40, vec![on_hand("p1", 9, 2_900.0), bought("p2", 7, 300.0)])], ..year() }
}

fn many_teams() -> Office {
    let some = |i: u32| {
        let size = 5_000.0 + f64::from(i) * 1_500.0;
        let monthly = (0..12).map(|month| bought(&format!("m{month}"), month * 30 + 5, 800.0));
        let packs = std::iter::once(on_hand("first", 90 + i as i32 * 20, size)).chain(monthly).collect();
        Team { name: format!("team {i}"), ..team("", 6 + i, packs) }
    };
    Office {
        teams: (0..12).map(some).collect(),
        groups: (1..=20).map(|i| format!("group {i}")).collect(),
        products: (1..=14).map(|i| format!("Product with a long name, number {i}")).collect(),
        ..year()
    }
}

fn three_years() -> Office {
    let packs = (0..36).map(|month| bought(&format!("p{month}"), month * 30, 7_000.0)).collect();
    Office { first: "2027-03-15", days: 1096, replications: 100, teams: vec![team("design", 40, packs)], ..year() }
}

fn huge() -> Office {
    let packs = vec![on_hand("p1", 129, 600_000_000.0), bought("p2", 100, 1_000_000_000.0)];
    Office { teams: vec![Team { rate: 100_000.0, ..team("the whole company", 60, packs) }], ..year() }
}

fn odd_names() -> Office {
    let name = "<b>R&D</b> \"Zürich\" 'Ω' \u{7} 設計チーム 🏗 and a name \
                that goes on and on without any end in sight at all";
    let packs =
        vec![on_hand("<p&1>", 129, 18_000.0), bought("an id that is as long as a sentence, or longer", 59, 9_000.0)];
    Office {
        scenario: name.repeat(3),
        teams: vec![team(name, 40, packs.clone()), team("\u{0}", 4, packs)],
        groups: names(&[name, "a", ""]),
        products: names(&[name, "<&>"]),
        ..year()
    }
}
