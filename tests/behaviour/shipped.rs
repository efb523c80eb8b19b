//! The gist of each shipped script, measured on many days.

use std::collections::BTreeMap;

use flexcast::behaviour::{Planned, Planner, SHIPPED, Until};
use flexcast::calendar::{Day, Weekday, Zone};
use flexcast::scenario::GivenValue;
use flexcast::time::Instant;

use crate::stage::{day, people, plan_all, sound_stage, text, texts, users_of, year_of};

const WORKING_DAYS: f64 = 261.0;
const FRIDAYS: f64 = 53.0;
const WEEKS: f64 = 52.0;

pub fn near(what: &str, measured: f64, expected: f64, within: f64) {
    assert!((measured - expected).abs() <= within, "{what}: {measured}, not {expected} ± {within}");
}

pub fn amsterdam() -> Zone {
    Zone::parse("Europe/Amsterdam").unwrap()
}

/// Hours after 00:00 of the day, in a zone.
pub fn hour(zone: Zone, day: Day, at: Instant) -> f64 {
    (at - zone.start_of(day)).seconds() as f64 / 3600.0
}

pub fn hours_open(session: &Planned) -> Option<f64> {
    match session.closed()? {
        Until::At(closed) => Some((closed - session.opened).seconds() as f64 / 3600.0),
        Until::NextOpen => None,
    }
}

pub fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    values.clone().sum::<f64>() / values.count() as f64
}

#[test]
fn office_week_comes_in_and_now_and_then_forgets() {
    let office = people("office", 100, "office_week").with("forgets_weekend", GivenValue::Number(0.1));
    let planned = year_of(office);
    assert!(planned.iter().all(|(day, _)| day.weekday() < Weekday::Saturday));
    near("attendance", planned.len() as f64 / (100.0 * WORKING_DAYS), 0.92, 0.01);
    near("arrival", mean(planned.iter().map(|(day, session)| hour(amsterdam(), *day, session.opened))), 9.0, 0.05);
    near("stay", mean(planned.iter().filter_map(|(_, session)| hours_open(session))), 8.5, 0.05);
    let forgotten = |friday: bool| {
        let days = planned.iter().filter(|(day, _)| (day.weekday() == Weekday::Friday) == friday);
        mean(days.map(|(_, session)| f64::from(session.closed() == Some(Until::NextOpen))))
    };
    near("forgotten on Fridays", forgotten(true), 0.1, 0.012);
    near("forgotten on other days", forgotten(false), 0.02, 0.004);
}

/// What office workers plan in 2027, with 27 April, a Tuesday, and 6 May, a Thursday, off.
fn with_days_off(chances: &[(&'static str, f64)]) -> Vec<(Day, Planned)> {
    let mut office = people("office", 20, "office_week");
    office.with.extend(chances.iter().map(|(name, chance)| (*name, GivenValue::Number(*chance))));
    let (mut scenario, library) = sound_stage("2027-01-01", "2027-12-31", &[office]);
    scenario.calendars[0].days_off = vec![day("2027-04-27"), day("2027-05-06")];
    plan_all(&mut Planner::new(&library, &scenario, 1), &scenario, 0)
}

#[test]
fn office_week_forgets_over_holidays_as_over_weekends_or_as_it_is_told() {
    let as_over_weekends = with_days_off(&[("forgets_weekend", 0.3)]);
    assert_eq!(as_over_weekends, with_days_off(&[("forgets_weekend", 0.3), ("forgets_holiday", 0.3)]));
    let only = with_days_off(&[("forgets_night", 0.0), ("forgets_weekend", 0.0), ("forgets_holiday", 1.0)]);
    for (on, session) in only {
        let is_eve = [day("2027-04-26"), day("2027-05-05")].contains(&on);
        assert_eq!(session.closed() == Some(Until::NextOpen), is_eve, "{on}");
    }
}

#[test]
fn traveller_stays_away_for_days_on_end_at_one_place() {
    let far = people("traveller", 50, "traveller")
        .with("lasts", GivenValue::Integer(12))
        .with("trip_days", texts(&["tue"]))
        .with("attendance", GivenValue::Integer(1));
    let (scenario, library) = sound_stage("2027-01-04", "2027-12-31", &[far]);
    let mut planner = Planner::new(&library, &scenario, 1);
    let mut days: BTreeMap<(u32, Day), bool> = BTreeMap::new();
    for (day, session) in plan_all(&mut planner, &scenario, 0) {
        days.insert((session.user.0, day), planner.device_name(session.device) == "laptop");
    }
    let is_away = |user, day: Day| days.get(&(user, day)).copied();
    let begun = days.iter().filter(|((user, day), away)| {
        **away && day.weekday() == Weekday::Tuesday && is_away(*user, day.plus(-1)) == Some(false)
    });
    let begun: Vec<(u32, Day)> = begun.map(|(key, _)| *key).collect();
    assert!(begun.len() > 300, "{}", begun.len());
    for (user, day) in begun {
        // Until Saturday of the next week; the working days between.
        let away = (0..12).filter_map(|days| is_away(user, day.plus(days)));
        assert!(away.into_iter().all(|away| away), "{user} {day}");
        assert_ne!(is_away(user, day.plus(13)), Some(true), "{user} {day}: home on Monday");
    }
}

/// A clock change moves instants, and no hour by the clock on the wall.
#[test]
fn traveller_keeps_to_the_clock_through_clock_changes() {
    let every_day = texts(&["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
    let check = |place: &str, travels: i64, changes: [(&str, i64); 2]| {
        let early = people("traveller", 1, "traveller")
            .with("travels", GivenValue::Integer(travels))
            .with("trip_days", every_day.clone())
            .with("destinations", texts(&["America/New_York"]))
            .with("attendance", GivenValue::Integer(1))
            .with("arrives", text("01:00"))
            .with("leaves", text("05:00"))
            .with("spread", text("0s"));
        let (mut scenario, library) = sound_stage("2027-03-01", "2027-11-30", &[early]);
        scenario.calendars[0].weekend = [false; 7];
        let zone = Zone::parse(place).unwrap();
        let mut lengths = BTreeMap::new();
        for (day, session) in plan_all(&mut Planner::new(&library, &scenario, 1), &scenario, 0) {
            let local = zone.local(session.opened);
            assert_eq!((local.day, local.seconds), (day, 3_600), "{place}");
            lengths.insert(day, hours_open(&session).unwrap() as i64);
        }
        let odd: Vec<_> = lengths.into_iter().filter(|(_, hours)| *hours != 4).collect();
        assert_eq!(odd, changes.map(|(on, hours)| (day(on), hours)), "{place}");
    };
    check("Europe/Amsterdam", 0, [("2027-03-28", 3), ("2027-10-31", 5)]);
    check("America/New_York", 1, [("2027-03-14", 3), ("2027-11-07", 5)]);
}

#[test]
fn traveller_is_away_for_whole_weeks_by_the_clock_there() {
    let to_tokyo = people("traveller", 100, "traveller").with("destinations", texts(&["Asia/Tokyo"]));
    let (scenario, library) = sound_stage("2027-01-01", "2027-12-31", &[to_tokyo]);
    let mut planner = Planner::new(&library, &scenario, 1);
    let planned = plan_all(&mut planner, &scenario, 0);
    let tokyo = Zone::parse("Asia/Tokyo").unwrap();
    let mut trips: BTreeMap<(u32, i32), Vec<bool>> = BTreeMap::new();
    for (day, session) in &planned {
        let away = planner.device_name(session.device) == "laptop";
        assert!(away || planner.device_name(session.device) == "workstation");
        let zone = if away { tokyo } else { amsterdam() };
        assert!((5.0..13.0).contains(&hour(zone, *day, session.opened)), "{day} {session:?}");
        if (Weekday::Tuesday..=Weekday::Thursday).contains(&day.weekday()) {
            trips.entry((session.user.0, (day.number() + 3) / 7)).or_default().push(away);
        } else {
            assert!(!away, "{day}");
        }
    }
    assert!(trips.values().all(|days| days.iter().all(|away| *away == days[0])));
    near("weeks away", mean(trips.values().map(|days| f64::from(days[0]))), 0.3, 0.02);
}

#[test]
fn add_in_user_opens_add_ins_inside_the_host() {
    let user = people("drafter", 50, "add_in_user").with("add_ins", texts(&["Point Layout"]));
    let planned = year_of(user);
    let (hosts, add_ins): (Vec<_>, Vec<_>) = planned.into_iter().partition(|(_, session)| session.product.0 == 0);
    near("host", hosts.len() as f64 / (50.0 * WORKING_DAYS), 0.92, 0.01);
    near("add-in", add_ins.len() as f64 / hosts.len() as f64, 0.4, 0.015);
    for (day, add_in) in add_ins {
        let same = |(on, host): &&(Day, Planned)| *on == day && host.user == add_in.user;
        let host = &hosts.iter().find(same).unwrap().1;
        let (Some(Until::At(closed)), Some(Until::At(host_closed))) = (add_in.closed(), host.closed()) else {
            panic!()
        };
        assert!(host.opened <= add_in.opened && closed <= host_closed);
    }
}

#[test]
fn occasional_has_weeks_without_any_and_short_looks() {
    let planned = year_of(people("occasional", 200, "occasional"));
    near("days a year", planned.len() as f64 / 200.0, WORKING_DAYS * 0.4 * 0.35, 1.0);
    let mut weeks: Vec<_> = planned.iter().map(|(day, session)| (session.user, (day.number() + 3) / 7)).collect();
    weeks.dedup();
    weeks.sort_unstable();
    weeks.dedup();
    let used = 0.4 * (1.0 - 0.65f64.powi(5));
    near("weeks with use", weeks.len() as f64 / (200.0 * WEEKS), used, 0.015);
    let short = planned.iter().map(|(_, session)| f64::from(hours_open(session).unwrap() < 5.0 / 60.0));
    near("short looks", mean(short), 0.1, 0.02);
}

#[test]
fn flex_year_is_the_peers_habit() {
    let planned = year_of(people("user", 200, "flex_year"));
    near("attendance", planned.len() as f64 / (200.0 * WORKING_DAYS), 0.8, 0.005);
    let long = |(_, session): &&(Day, Planned)| hours_open(session).unwrap() > 60.0;
    let weekends: Vec<_> = planned.iter().filter(long).collect();
    assert!(weekends.iter().all(|(day, _)| day.weekday() == Weekday::Friday));
    near("Fridays left open", weekends.len() as f64 / (200.0 * FRIDAYS * 0.8), 0.05, 0.006);
    near("until Monday", mean(weekends.iter().filter_map(|(_, session)| hours_open(session))), 72.0, 0.2);
    let plain = || planned.iter().filter(|planned| !long(planned));
    near("arrival", mean(plain().map(|(day, session)| hour(amsterdam(), *day, session.opened))), 9.0, 0.02);
    let stays = || plain().filter_map(|(_, session)| hours_open(session));
    near("stay", mean(stays()), 7.0, 0.03);
    near("spread of stay", mean(stays().map(|hours| (hours - 7.0) * (hours - 7.0))).sqrt(), 1.0, 0.02);
}

#[test]
fn every_shipped_script_runs_a_year_anywhere() {
    for (name, _) in SHIPPED {
        let group = users_of(name, 3).living_in("America/Havana");
        assert!(!year_of(group).is_empty(), "{name}");
    }
}
