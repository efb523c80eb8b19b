//! The gist of the shipped scripts beyond the plainest, measured on many days.

use std::collections::BTreeMap;

use flexcast::behaviour::{Planned, Planner, SHIPPED, What};
use flexcast::calendar::{Day, Weekday};
use flexcast::scenario::GivenValue;

use crate::shipped::{amsterdam, hour, hours_open, mean, near};
use crate::stage::{day, plan_all, sound_stage, texts, users_of, year_of};

fn is_weekend(day: Day) -> bool {
    day.weekday() > Weekday::Friday
}

fn share<T>(of: &[T], holds: impl Fn(&T) -> bool) -> f64 {
    of.iter().filter(|one| holds(one)).count() as f64 / of.len() as f64
}

#[test]
fn every_shipped_script_is_compiled() {
    for (name, _) in SHIPPED {
        let (scenario, library) = sound_stage("2027-01-01", "2027-01-31", &[users_of(name, 1)]);
        let planner = Planner::new(&library, &scenario, 1);
        let said = planner.notes().iter().chain(planner.mistakes());
        let said: Vec<&str> = said.map(|told| told.message.as_str()).collect();
        assert!(said.is_empty(), "{name}: {said:?}");
    }
}

#[test]
fn part_timer_works_on_some_weekdays() {
    let planned = year_of(users_of("part_timer", 100));
    let days = [Weekday::Monday, Weekday::Tuesday, Weekday::Thursday];
    assert!(planned.iter().all(|(day, _)| days.contains(&day.weekday())));
    near("attendance", planned.len() as f64 / (100.0 * 156.0), 0.95, 0.006);
    near("forgotten", share(&planned, |(_, session)| hours_open(session).is_none()), 0.03, 0.005);
    near("stay", mean(planned.iter().filter_map(|(_, session)| hours_open(session))), 6.0, 0.03);
}

#[test]
fn shift_worker_goes_from_shift_to_shift_week_by_week() {
    let planned = year_of(users_of("shift_worker", 60));
    let mut weeks: BTreeMap<(u32, i32), Vec<i64>> = BTreeMap::new();
    for (day, session) in &planned {
        let begins = hour(amsterdam(), *day, session.opened);
        let shift = [6.0, 14.0, 22.0].into_iter().position(|shift: f64| (begins - shift).abs() < 1.5).unwrap() as i64;
        weeks.entry((session.user.0, (day.number() + 3) / 7)).or_default().push(shift);
    }
    assert!(weeks.values().all(|shifts| shifts.iter().all(|shift| *shift == shifts[0])));
    for ((user, week), shifts) in &weeks {
        if let Some(next) = weeks.get(&(*user, week + 1)) {
            assert_eq!((shifts[0] + 1) % 3, next[0], "user {user}, week {week}");
        }
    }
    near("length", mean(planned.iter().filter_map(|(_, session)| hours_open(session))), 8.0, 0.02);
    near("attendance", planned.len() as f64 / (60.0 * 261.0), 0.93, 0.007);
}

#[test]
fn project_crunch_works_longer_before_a_deadline_and_rests_after_it() {
    let planned = year_of(users_of("project_crunch", 200).with("deadlines", texts(&["2027-06-17"])));
    let (due, begins) = (day("2027-06-17"), day("2027-06-04"));
    let close = |day: Day| (begins..=due).contains(&day);
    let stay = |of: &dyn Fn(Day) -> bool| {
        let sessions: Vec<f64> =
            planned.iter().filter(|(day, _)| of(*day)).filter_map(|(_, session)| hours_open(session)).collect();
        mean(sessions.into_iter())
    };
    near("stay before the deadline", stay(&close), 11.5, 0.05);
    near("stay at other times", stay(&|day| !close(day)), 8.5, 0.02);
    let on = |wanted: &str| planned.iter().filter(|(on, _)| *on == day(wanted)).count() as f64 / 200.0;
    assert_eq!((on("2027-06-04"), on("2027-06-16"), on("2027-06-17")), (1.0, 1.0, 1.0));
    near("at weekends", (on("2027-06-05") + on("2027-06-06") + on("2027-06-12") + on("2027-06-13")) / 4.0, 0.5, 0.06);
    near("the day after", on("2027-06-18"), 0.92 * 0.6, 0.11);
    assert!(planned.iter().all(|(day, _)| close(*day) || !is_weekend(*day)));
}

#[test]
fn student_term_has_labs_and_crams_before_its_end() {
    let planned = year_of(users_of("student_term", 100));
    let in_term = |day: &Day| {
        let term = |from: &str, until: &str| (crate::stage::day(from)..=crate::stage::day(until)).contains(day);
        term("2027-02-01", "2027-06-25") || term("2027-09-06", "2027-12-17")
    };
    assert!(planned.iter().all(|(day, _)| in_term(day)));
    let (evenings, labs): (Vec<_>, Vec<_>) =
        planned.into_iter().partition(|(day, session)| hour(amsterdam(), *day, session.opened) > 17.0);
    let on_lab_days = |(day, _): &(Day, Planned)| [Weekday::Tuesday, Weekday::Thursday].contains(&day.weekday());
    assert!(labs.iter().all(on_lab_days));
    near("labs", labs.len() as f64 / (100.0 * (42.0 + 30.0)), 0.85, 0.02);
    let last_weeks =
        |(day, _): &&(Day, Planned)| *day > crate::stage::day("2027-06-04") && *day <= crate::stage::day("2027-06-25");
    near("evenings in the last weeks", evenings.iter().filter(last_weeks).count() as f64 / 2100.0, 0.7, 0.03);
    let in_march = |(day, _): &&(Day, Planned)| day.ymd().1 == 3;
    near("evenings in March", evenings.iter().filter(in_march).count() as f64 / 3100.0, 0.15, 0.02);
}

#[test]
fn batch_renderer_orders_again_what_fails() {
    let planned = year_of(users_of("batch_renderer", 100));
    assert!(planned.iter().all(|(_, planned)| planned.what == What::Results));
    let results = |planned: &Planned| planned.details.as_ref().unwrap().results;
    let (nights, mornings): (Vec<_>, Vec<_>) =
        planned.iter().partition(|(day, planned)| hour(amsterdam(), *day, planned.opened) < 24.0);
    near("nights", nights.len() as f64 / (100.0 * 261.0), 0.6, 0.01);
    let tokens = |planned: &Planned| results(planned).quantity.millionths() / 1_000_000;
    let mut batches: Vec<i64> = nights.iter().map(|(_, planned)| tokens(planned)).collect();
    batches.sort_unstable();
    near("median batch", batches[batches.len() / 2] as f64, 25.0, 1.0);
    let ordered: i64 = batches.iter().sum();
    let failed: i64 =
        nights.iter().filter_map(|(_, planned)| results(planned).failed).map(|failed| failed.1.millionths()).sum();
    near("failed", failed as f64 / 1e6 / ordered as f64, 0.05, 0.003);
    let again: i64 = mornings.iter().map(|(_, planned)| tokens(planned)).sum();
    assert_eq!(again, failed / 1_000_000, "each failed result is ordered again");
}

#[test]
fn short_sessions_are_as_the_logs_have_them() {
    let planned = year_of(users_of("short_sessions", 100));
    let mut days: BTreeMap<(u32, Day), u32> = BTreeMap::new();
    for (day, session) in &planned {
        *days.entry((session.user.0, *day)).or_default() += 1;
    }
    near("active days", days.len() as f64 / (100.0 * 261.0), 0.6, 0.01);
    near("starts on an active day", planned.len() as f64 / days.len() as f64, 2.3, 0.03);
    let mut minutes: Vec<f64> =
        planned.iter().filter_map(|(_, session)| hours_open(session)).map(|hours| hours * 60.0).collect();
    minutes.sort_by(f64::total_cmp);
    near("median", minutes[minutes.len() / 2], 12.0, 0.7);
    near("within the grace", share(&minutes, |minutes| *minutes <= 5.0), 0.39, 0.01);
    assert!(minutes[minutes.len() - 1] <= 600.0);
}

#[test]
fn consultant_is_at_one_client_for_whole_weeks() {
    let (scenario, library) = sound_stage("2027-01-04", "2028-01-02", &[users_of("consultant", 100)]);
    let mut planner = Planner::new(&library, &scenario, 1);
    let planned = plan_all(&mut planner, &scenario, 0);
    let mut weeks: BTreeMap<(u32, i32), Vec<bool>> = BTreeMap::new();
    for (day, session) in &planned {
        let first = planner.device_name(session.device) == "first client";
        assert_eq!(session.product.0, u32::from(first), "AutoCAD is product 0, Revit 1");
        weeks.entry((session.user.0, (day.number() + 3) / 7)).or_default().push(first);
    }
    assert!(weeks.values().all(|days| days.iter().all(|first| *first == days[0])));
    // Stays of 1 to 4 weeks, each as likely: in 2 of 5 weeks a new one begins.
    let next = |(user, week): &(u32, i32)| weeks.get(&(*user, week + 1));
    let pairs: Vec<bool> = weeks.iter().filter_map(|(key, days)| Some(days[0] != next(key)?[0])).collect();
    near("changes", share(&pairs, |changes| *changes), 0.4, 0.02);
}

#[test]
fn idle_aware_is_open_all_week_and_idle_at_night() {
    let planned = year_of(users_of("idle_aware", 50));
    let from_monday: Vec<_> = planned.iter().filter(|(day, _)| day.weekday() == Weekday::Monday).collect();
    near("opened on Mondays", from_monday.len() as f64 / (50.0 * 52.0), 0.95, 0.02);
    for (_, session) in &from_monday {
        let hours = hours_open(session).unwrap();
        assert!((100.0..110.0).contains(&hours), "from Monday morning to Friday evening: {hours}");
    }
    let nights = |(_, session): &&(Day, Planned)| {
        session.idle().iter().filter(|(from, until)| (*until - *from).seconds() > 12 * 3600).count() as f64
    };
    near("nights idle", mean(from_monday.iter().map(nights)), 4.0 * 0.95 + 0.05 * 0.05, 0.1);
    assert!(planned.iter().all(|(_, session)| session.version.0 == 1));
    let never = year_of(users_of("idle_aware", 5).with("attendance", GivenValue::Integer(0)));
    assert!(never.is_empty());
}
