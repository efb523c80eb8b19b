//! Every word that a script may say, said.

use std::sync::atomic::{AtomicU32, Ordering};

use flexcast::behaviour::{DECLARATIONS, EXAMPLE, Planner, Results, Until, WORDS, What, rehearse};
use flexcast::ids::UserId;
use flexcast::time::Span;
use flexcast::tokens::Tokens;

use crate::stage::{day, people, sound_stage};

/// The path of a file with this script.
pub fn script(text: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("{}-{}.rhai", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_string()
}

/// Each check throws where it doesn't hold.
const ALL: &str = r#"
describe("Says every word.");
parameter("rate", "chance", 0.5, "a chance");
parameter("starts", "time", "09:00", "a time");
parameter("tools", "products", ["Revit", "Maya"], "products");
state("visits", 0, "a count");
state("share", 0.5, "a fraction");
state("away", false, "a flag");
state("place", "home", "a text");

fn expect(what, holds) { if !holds { throw what; } }

fn calendar(today) {
    expect("weekday", today.weekday == "fri" && today.is_working);
    expect("free", !today.is_weekend && !today.is_day_off);
    expect("weekend", today.is_before_weekend && !today.is_before_day_off && today.next_working_in == 3);
    expect("date", today.date - date("2027-01-01") == 7 && today.date >= date("2027-01-08"));
    expect("week", today.week == 2975);
    expect("month", today.days_in_month == 31 && !today.is_first_working_of_month && !today.is_last_working_of_month);
    expect("until", today.working_days_until(date("2027-01-12")) == 2);
    expect("parts", today.year == 2027 && today.month == 1 && today.day_of_month == 8);
}

fn numbers() {
    expect("time", time("09:30") == hours(9.5) && duration("1h30m") == minutes(90) && days(2) == hours(48));
    expect("min", min(1, 2) == 1 && max(1.5, 2) == 2.0 && min(2.5, 2.25) == 2.25);
    expect("round", abs(-3) == 3 && abs(-0.5) == 0.5 && round(2.5) == 3 && floor(2.9) == 2 && ceiling(2.1) == 3);
    expect("fractions", 7 / 2 == 3 && 7.0 / 2 == 3.5 && 7 % 4 == 3 && -(1 + 1) == -2);
}

fn lists() {
    let list = [3, 1];
    list.push(2);
    list += 4;
    expect("list", list.len() == 4 && 2 in list && list.contains(4) && 9 !in list && list[0] == 3);
    expect("range", 3 in 1..5 && 5 !in 1..5 && 5 in 1..=5);
    let sum = 0;
    for item in list { sum += item; }
    for number in 0..4 { sum += number; }
    expect("sum", sum == 16);
    let text = "week " + `${3}`;
    expect("text", `${text}, ${1.5}` == "week 3, 1.5");
}

fn draws(me) {
    let whole = uniform(1, 6);
    expect("whole", whole >= 1 && whole <= 6 && uniform(6, 1) in 1..=6);
    let part = uniform(0.0, 1.0);
    expect("part", part > 0.0 && part < 1.0 && uniform(0, 1.0) < 1.0 && uniform(0.0, 1) < 1.0);
    expect("sure", chance(1) && chance(1.0) && !chance(0) && !chance(0.0));
    chance(me.rate);
    expect("normal", normal(5, 0) == 5 && normal(5, 0.0) == 5 && normal(5.5, 0) == 5.5 && normal(5.5, 0.0) == 5.5);
    expect("pick", pick([7]) == 7 && pick(me.tools) in me.tools && pick([7, 8], [0, 1]) == 8);
    expect("shapes", log_normal(60, 0) == 60 && exponential(0) == 0 && poisson(0) == 0 && empirical([5]) == 5);
    for draws in [this_week("x"), this_month("x"), always("x")] {
        expect("same", draws.chance(1.0) && draws.uniform(2, 2) == 2 && draws.normal(3, 0) == 3 && draws.pick([4]) == 4);
    }
    let one = this_week("trip");
    let other = this_week("trip");
    expect("again", one.uniform(0.0, 1.0) == other.uniform(0.0, 1.0));
}

fn states(me) {
    me.visits += 1;
    me.share *= 2.0;
    me.away = !me.away;
    me.place = me.place + "!";
    expect("states", me.visits == 1 && me.share == 1.0 && me.away && me.place == "home!");
}

fn denied(me, denial) {
    if denial.attempt > 1 || denial.reason == "device_limit" { me.goes_home(); }
    if denial.attempt < 4 { me.uses(denial.product, denial.time + hours(1), denial.closes); }
}

fn day(me, today) {
    states(me);
    calendar(today);
    numbers();
    lists();
    draws(me);
    me.uses("Revit", me.starts, me.starts + hours(1)).on("laptop").version(2027);
    me.leaves_open(me.tools[1], me.starts).version("2026").idle(hours(17), days(1) + hours(9)).idle(me.starts, hours(12));
    me.is_in("Asia/Tokyo");
    me.uses("Maya", 0, 1).offline().identity("piet@home.example");
    me.orders("Rendering", hours(18), 3).fails(hours(20));
    me.orders("Rendering", hours(18), 2.5).fails(hours(17), 1);
    me.orders("Rendering", hours(19), 0).fails(0);
    me.leaves(hours(20));
    me.joins(hours(22));
    note(`planned on ${today.date}`);
}
"#;

#[test]
fn every_word_works_and_is_listed() {
    for word in WORDS.iter().chain(DECLARATIONS) {
        assert!(ALL.contains(word.name()), "{}", word.form);
    }
    let (scenario, library) = sound_stage("2027-01-08", "2027-01-08", &[people("one", 1, &script(ALL))]);
    let mut planner = Planner::new(&library, &scenario, 1);
    let mut sessions = Vec::new();
    planner.plan(0, UserId(0), day("2027-01-08"), &mut sessions).unwrap_or_else(|problem| panic!("{problem:?}"));
    assert_eq!(sessions.len(), 7);
    assert_eq!(planner.device_name(sessions[0].device), "laptop");
    assert_eq!(planner.device_name(sessions[1].device), "");
    let versions: Vec<_> = sessions.iter().map(|session| planner.version_name(session.version)).collect();
    assert_eq!(versions[..3], ["2027", "2026", ""]);
    let details = sessions[2].details.as_ref().unwrap();
    assert_eq!((details.offline, details.identity.as_deref()), (true, Some("piet@home.example")));
    let results = |place: usize| sessions[place].details.as_ref().unwrap().results;
    let (at, later) = (sessions[3].opened, sessions[3].opened + Span::from_seconds(7200));
    assert_eq!(results(3), Results { quantity: Tokens::whole(3), failed: Some((later, Tokens::whole(3))) });
    let quantity = Tokens::from_millionths(2_500_000);
    assert_eq!(results(4), Results { quantity, failed: Some((at, Tokens::whole(1))) }, "never before it was ordered");
    assert_eq!(sessions[5..].iter().map(|session| session.what).collect::<Vec<_>>(), [What::Leaves, What::Joins]);
    assert_eq!(sessions[1].closed(), Some(Until::NextOpen));
    let hours: Vec<_> = sessions[1].idle().iter().map(|(from, until)| (*until - *from).seconds() / 3600).collect();
    assert_eq!(hours, [16, 3], "idle from 17:00 to 09:00, and from 09:00 to 12:00");
}

#[test]
fn the_example_of_the_guides_runs() {
    for guide in ["README.md", "scripts/README.md"] {
        let text = std::fs::read_to_string(guide).unwrap();
        assert!(text.contains(&format!("```rhai\n{EXAMPLE}```")), "{guide} shows another example");
    }
    let (scenario, library) = sound_stage("2027-01-01", "2027-03-31", &[people("night", 3, &script(EXAMPLE))]);
    assert_eq!(rehearse(&library, &scenario), []);
}
