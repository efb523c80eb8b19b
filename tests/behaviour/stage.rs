//! A scenario made of nothing but people, to plan their days.

use std::path::PathBuf;
use std::sync::Arc;

use flexcast::behaviour::{self, Library, Planned, Planner};
use flexcast::calendar::{Calendar, Day, Zone};
use flexcast::diagnostic::{Diagnostic, Place, Source};
use flexcast::ids::UserId;
use flexcast::keys::name_key;
use flexcast::meter::Rules;
use flexcast::scenario::*;
use flexcast::tokens::Tokens;

/// The products of the stage.
pub const PRODUCTS: [&str; 5] = ["AutoCAD", "Revit", "Maya", "Point Layout", "Rendering"];

/// A group of users, their script and its parameters.
pub struct People {
    pub name: &'static str,
    pub count: u32,
    pub zone: &'static str,
    pub script: String,
    pub with: Vec<(&'static str, GivenValue)>,
}

/// Users of a shipped script, or of one at a path, in Amsterdam.
pub fn people(name: &'static str, count: u32, script: &str) -> People {
    People { name, count, zone: "Europe/Amsterdam", script: script.into(), with: Vec::new() }
}

/// Users of a shipped script, with the parameters that must be given.
pub fn users_of(script: &str, count: u32) -> People {
    let people = people("group", count, script);
    match script {
        "add_in_user" => people.with("add_ins", texts(&["Point Layout"])),
        "batch_renderer" => people.with("service", text("Rendering")),
        _ => people,
    }
}

impl People {
    pub fn with(mut self, name: &'static str, value: GivenValue) -> People {
        self.with.push((name, value));
        self
    }

    pub fn living_in(mut self, zone: &'static str) -> People {
        self.zone = zone;
        self
    }

    pub fn behaviour(&self) -> BehaviourUse {
        let text = format!("behaviour: {}", self.script);
        let source = Arc::new(Source::new("scenario.yaml", text));
        let place = Place { source, line: 1, column: 12, length: self.script.chars().count() as u32 };
        let given = |(name, value): &(&str, GivenValue)| Given {
            name: name.to_string(),
            name_place: place.clone(),
            value: value.clone(),
            value_place: place.clone(),
        };
        let with = self.with.iter().map(given).collect();
        BehaviourUse { script: self.script.clone(), folder: PathBuf::new(), place: place.clone(), with }
    }
}

pub fn text(text: &str) -> GivenValue {
    GivenValue::Text(text.into())
}

pub fn texts(texts: &[&str]) -> GivenValue {
    GivenValue::List(texts.iter().copied().map(text).collect())
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// A scenario from one day to another with these people, and its library with what is wrong.
pub fn stage(first: &str, last: &str, people: &[People]) -> (Scenario, Library, Vec<Diagnostic>) {
    let products: Vec<String> = PRODUCTS.map(String::from).into();
    let uses: Vec<_> = people.iter().map(|people| (Behaving::named(people.name), people.behaviour())).collect();
    let loaded = Loaded { behaviours: uses, products, ..Loaded::default() };
    let (library, found) = behaviour::load(&loaded);
    (scenario(first, last, people), library, found)
}

/// As `stage`, where nothing is wrong.
pub fn sound_stage(first: &str, last: &str, people: &[People]) -> (Scenario, Library) {
    let (scenario, library, found) = stage(first, last, people);
    assert_eq!(found, []);
    (scenario, library)
}

pub fn scenario(first: &str, last: &str, people: &[People]) -> Scenario {
    let (first_day, last_day) = (day(first), day(last));
    let mut scenario = Scenario {
        name: "stage".into(),
        zone: Zone::UTC,
        first_day,
        last_day,
        start: Zone::UTC.start_of(first_day),
        end: Zone::UTC.start_of(last_day.plus(1)),
        currency: "EUR".into(),
        products: PRODUCTS.map(product).into(),
        teams: Vec::new(),
        groups: Vec::new(),
        users: Vec::new(),
        calendars: vec![Calendar::default()],
        packs: Vec::new(),
        events: Vec::new(),
        buyers: Vec::new(),
        prices: Prices::default(),
        rules: Rules::default(),
        idle_awareness: IdleAwareness::default(),
        reports: Default::default(),
        forecast: ForecastSettings::default(),
        plan: Default::default(),
        changes: Vec::new(),
        inputs: Vec::new(),
        pseudonyms: Default::default(),
    };
    for people in people {
        let start = scenario.users.len() as u32;
        let group = scenario.groups.len() as u32;
        let zone = Zone::parse(people.zone).unwrap();
        let behaviour = Some(people.behaviour());
        let users = start..start + people.count;
        let key = name_key(people.name);
        scenario.groups.push(Group { name: people.name.into(), key, users, zone, calendar: 0, behaviour });
        scenario.users.extend((1..=people.count).map(|number| {
            let name = format!("{}-{number}", people.name);
            User { key: name_key(&name), name, group, ..User::default() }
        }));
    }
    scenario
}

fn product(name: &str) -> Product {
    Product {
        name: name.into(),
        rate: Some(Tokens::default()),
        per: if name == "Rendering" { Per::Result } else { Per::Day },
        add_in_of: None,
        loads_with_host: false,
        released: None,
        withdrawn: None,
        platforms: None,
    }
}

/// Every day of every user in one replication: (day, session), in order.
pub fn plan_all(planner: &mut Planner, scenario: &Scenario, replication: u32) -> Vec<(Day, Planned)> {
    let mut planned = Vec::new();
    for number in scenario.first_day.number()..=scenario.last_day.number() {
        for user in 0..scenario.users.len() {
            let mut sessions = Vec::new();
            let day = Day::from_number(number);
            planner.plan(replication, UserId::from_index(user), day, &mut sessions).unwrap();
            planned.extend(sessions.into_iter().map(|session| (day, session)));
        }
    }
    planned
}

/// The year 2027 of some people, seed 1, replication 0.
pub fn year_of(people: People) -> Vec<(Day, Planned)> {
    let (scenario, library) = sound_stage("2027-01-01", "2027-12-31", &[people]);
    plan_all(&mut Planner::new(&library, &scenario, 1), &scenario, 0)
}
