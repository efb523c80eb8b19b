//! Pictures of usage reports: what stands on them, that nothing is cut or overlaps, for little use and for much, and for any names.

use flexcast::calendar::Day;
use flexcast::chart::{CATALOGUE, ChartError, Kind, Picture, ROLES, Stored};
use flexcast::diagnostic::Source;
use serde_json::{Value, json};

use crate::texts::{Text, texts};

/// A report to be drawn.
#[derive(Clone)]
struct Usage {
    name: &'static str,
    first: &'static str,
    days: i32,
    products: Vec<String>,
    users: usize,
    /// What all tokens are multiplied by.
    scale: f64,
}

const ODD: &str = "<b>R&D</b> \"Zürich\" 'Ω' \u{7} 設計 🏗 and a name that goes on and on without any end in sight at all, \
                   not even on a second line";

fn usages() -> Vec<Usage> {
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let year = Usage {
        name: "Harbour Studio 2027",
        first: "2027-01-01",
        days: 365,
        products: named(&["Revit", "AutoCAD", "3ds Max"]),
        users: 40,
        scale: 1.0,
    };
    vec![
        Usage { days: 1, products: named(&["Revit"]), users: 1, ..year.clone() },
        Usage { first: "2026-12-28", days: 14, products: named(&["Revit", "Maya"]), users: 3, ..year.clone() },
        Usage { scale: 1e7, users: 30_000, ..year.clone() },
        Usage { products: (1..=20).map(|i| format!("{ODD} {i}")).collect(), name: ODD, ..year.clone() },
        Usage { products: vec![], users: 0, ..year.clone() },
        year,
    ]
}

impl Usage {
    fn day(&self, place: i32) -> Day {
        Day::parse(self.first).unwrap().plus(place)
    }

    fn tokens(&self, product: usize) -> f64 {
        (9000.0 / (product + 1) as f64 * self.scale).floor()
    }

    /// As `report --json` writes it.
    fn report(&self) -> Value {
        let (first, last) = (self.day(0).to_string(), self.day(self.days - 1).to_string());
        json!({
            "card": {"scenario": self.name, "zone": "Europe/Amsterdam", "inputs": []},
            "as_of": last, "known_from": first, "team": null,
            "range": {"from": first, "to": last, "days": self.days, "months": 12},
            "overview": {"tokens_per_day": self.tokens_per_day(), "tokens": 1.0, "products": 1, "users": 1},
            "products": (0..self.products.len()).map(|place| self.product(place)).collect::<Value>(),
            "users": self.user(),
            "hours": self.hours(),
            "person": self.person(),
        })
    }

    fn tokens_per_day(&self) -> Value {
        let tokens =
            |place: i32| if place % 7 < 5 && self.users > 0 { f64::from(40 + place % 11) * self.scale } else { 0.0 };
        (0..self.days).map(|place| json!({"day": self.day(place).to_string(), "tokens": tokens(place)})).collect()
    }

    fn product(&self, place: usize) -> Value {
        let ends = [100.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0];
        let bands = (0..7).map(|band: usize| {
            let above = if band == 0 { 0.0 } else { ends[band - 1] };
            json!({"above": above, "up_to": ends.get(band), "users": if band == 2 { self.users } else { 0 }})
        });
        let versions = (0..3 + 4 * place)
            .map(|version| json!({"version": format!("{}", 2027 - version), "users": self.users / (version + 1)}));
        json!({
            "product": self.products[place], "users": self.users, "tokens": self.tokens(place), "tokens_per_month": 1.5,
            "bands": bands.collect::<Value>(), "versions": versions.collect::<Value>(), "by_user": [],
        })
    }

    fn user(&self) -> Value {
        let mondays = (0..self.days).map(|place| self.day(place)).filter(|day| *day == day.week_start());
        let weeks: Value =
            mondays.map(|day| json!({"monday": day.to_string(), "days_used": 1 + day.number() / 7 % 7})).collect();
        let product = |(place, name): (usize, &String)| json!({"product": name, "tokens": self.tokens(place), "days_used": 12, "weeks": weeks, "versions": []});
        let products: Value = self.products.iter().enumerate().map(product).collect();
        if self.users == 0 {
            json!([])
        } else {
            json!([{"user": self.name, "tokens": 1.0, "days_used": 12, "products": products}])
        }
    }

    fn hours(&self) -> Value {
        let opens =
            |day: usize, hour: usize| if day < 5 && (8..18).contains(&hour) { self.users * (day + hour) } else { 0 };
        let weekday = |(day, name): (usize, &str)| json!({"weekday": name, "opens": (0..24).map(|hour| opens(day, hour)).collect::<Vec<_>>()});
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].into_iter().enumerate().map(weekday).collect()
    }

    fn person(&self) -> Value {
        let day = self.day(self.days - 1).week_start().max(self.day(0));
        let session = |product: &String| json!({"product": product, "opened": format!("{day}T08:00:00Z"), "closed": null, "denied": null});
        let charge = |product: &String| json!({"product": product, "start": format!("{day}T08:00:00Z"), "end": format!("{}T08:00:00Z", day.plus(1)), "tokens": 10.0});
        json!({
            "user": self.name,
            "sessions": self.products.iter().map(session).collect::<Value>(),
            "charges": self.products.iter().map(charge).collect::<Value>(),
        })
    }
}

/// All that are drawn from a report, or why one isn't.
fn draw(report: &Value) -> Vec<(&'static str, Result<Picture, ChartError>)> {
    let stored = Stored::read(&Source::new("report.json", report.to_string())).unwrap();
    assert_eq!(stored.kind(), Kind::Usage);
    CATALOGUE.iter().filter_map(|entry| Some((entry.name, entry.draw(&stored)?))).collect()
}

/// Runs a check on every picture of every report.
fn check(each: impl Fn(&Usage, &Picture, &[Text])) {
    for usage in usages() {
        for (name, picture) in draw(&usage.report()) {
            match picture {
                Ok(picture) => each(&usage, &picture, &texts(&picture.svg)),
                Err(error) => assert!(usage.users == 0 && name == "weeks", "{name}: {error}"),
            }
        }
    }
}

#[test]
fn nothing_is_cut_or_overlaps() {
    check(|usage, picture, texts| {
        let of = format!("{} of {:.20}, {} days", picture.name, usage.name, usage.days);
        for word in ["NaN", "\"inf", "\"-inf"] {
            assert!(!picture.svg.contains(word), "{of}: {word}");
        }
        for (i, text) in texts.iter().enumerate() {
            assert!(text.is_inside(), "{of}: {:?} is cut", text.words);
            for other in &texts[..i] {
                assert!(!text.overlaps(other), "{of}: {:?} lies on {:?}", text.words, other.words);
            }
        }
    });
}

#[test]
fn every_colour_has_a_role() {
    check(|_, picture, _| {
        for colour in picture.svg.split("=\"#").skip(1).map(|rest| format!("#{}", &rest[..6])) {
            assert!(ROLES.iter().any(|role| role.hex(Default::default()) == colour), "{}: {colour}", picture.name);
        }
    });
}

#[test]
fn titles_state_the_finding() {
    let titles = |usage: &Usage| -> Vec<String> {
        let drawn = draw(&usage.report()).into_iter().filter_map(|(_, picture)| picture.ok());
        drawn.map(|picture| texts(&picture.svg).remove(0).words).collect()
    };
    let usages = usages();
    assert_eq!(
        titles(usages.last().unwrap()),
        [
            "11.7k tokens on 365 days, 32.2 a day; most on 18 Dec 2027 (50)",
            "Revit: 55 % of the 16.5k tokens used",
            "Revit: 40 of 40 users used 501 to 1000 tokens",
            "Revit: 40 of 40 users used 2027",
            "Harbour Studio 2027: used on 12 of 365 days, 0.23 a week",
            "Most is opened on Fridays from 17:00 to 18:00: 840 of 29k times",
            "Harbour Studio 2027: 30 tokens for 3 windows from 27 Dec 2027 to 31 Dec 2027",
        ]
    );
    assert_eq!(
        titles(&usages[usages.len() - 2]),
        [
            "No tokens are used on 365 days",
            "No product used tokens",
            "Nobody used tokens",
            "Nobody used any version",
            "Nothing was opened",
            "Harbour Studio 2027: 0 tokens for 0 windows from 27 Dec 2027 to 31 Dec 2027",
        ]
    );
}

#[test]
fn the_numbers_of_a_report_stand_on_its_pictures() {
    let usage = usages().pop().unwrap();
    for (name, picture) in draw(&usage.report()) {
        let texts = texts(&picture.unwrap().svg);
        let count = |words: &str| texts.iter().filter(|text| text.words == words).count();
        match name {
            "products" => assert_eq!([count("9000 (55 %)"), count("4500 (27 %)"), count("3000 (18 %)")], [1; 3]),
            "bands" => assert_eq!([count("40"), count("501 to 1000") + count("≤ 1000")], [3 + 3, 3]),
            // Eight of the eleven versions of the last product, with a word for the others.
            "versions" => {
                assert_eq!([count("40 (100 %)"), count("20 (50 %)"), count("5 (12 %), and 3 more versions")], [3, 3, 1])
            }
            "weeks" => assert_eq!((1..=7).map(|days| count(&days.to_string()) / 3).sum::<usize>(), 52 + 3),
            // (weekday + hour) × 40: on each weekday ten hours.
            "hours" => {
                assert_eq!([count("320"), count("840"), count("5000"), count("5800"), count("0")], [1, 1, 1, 1, 2])
            }
            // The report ends on a Friday.
            "week" => assert_eq!([count("30 tokens"), count("0 tokens"), count("not told")], [1, 4, 2]),
            _ => {}
        }
    }
}

#[test]
fn what_a_report_does_not_say_is_not_drawn() {
    let mut report = usages().pop().unwrap().report();
    for key in ["hours", "person"] {
        report.as_object_mut().unwrap().remove(key);
    }
    report["overview"].as_object_mut().unwrap().remove("tokens_per_day");
    report["users"][0].as_object_mut().unwrap().remove("days_used");
    report["products"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .for_each(|row| drop(row.as_object_mut().unwrap().remove("versions")));
    let unsaid: Vec<&str> = draw(&report)
        .into_iter()
        .filter(|(_, picture)| matches!(picture, Err(ChartError::Unsaid(_))))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(unsaid, ["days", "versions", "weeks", "hours", "week"]);
    report["overview"].as_object_mut().unwrap().remove("tokens");
    let untold = draw(&report).into_iter().filter(|(_, picture)| matches!(picture, Err(ChartError::Unsaid(_)))).count();
    assert_eq!(untold, 7);
}
