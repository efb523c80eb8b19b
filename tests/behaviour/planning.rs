//! Who plans what hangs on nobody else, and clock changes are kept straight.

use flexcast::behaviour::{Planned, Planner, Until, rehearse};
use flexcast::calendar::{Day, rfc3339};
use flexcast::ids::UserId;
use flexcast::scenario::{GivenValue, Per};

use crate::stage::{day, people, plan_all, sound_stage, stage};
use crate::words::script;

fn office_year(seed: u64, replication: u32, count: u32) -> Vec<(Day, Planned)> {
    let (scenario, library) = sound_stage("2027-01-01", "2027-03-31", &[people("office", count, "office_week")]);
    plan_all(&mut Planner::new(&library, &scenario, seed), &scenario, replication)
}

#[test]
fn the_same_is_planned_again_and_another_seed_or_replication_plans_otherwise() {
    assert_eq!(office_year(1, 0, 5), office_year(1, 0, 5));
    assert_ne!(office_year(1, 0, 5), office_year(2, 0, 5));
    assert_ne!(office_year(1, 0, 5), office_year(1, 1, 5));
}

#[test]
fn one_more_user_or_group_changes_nobody_elses_day() {
    let kept = |planned: Vec<(Day, Planned)>| -> Vec<_> {
        planned.into_iter().filter(|(_, session)| session.user.0 < 5).collect()
    };
    assert_eq!(office_year(1, 3, 5), kept(office_year(1, 3, 6)));
    let both = [people("office", 5, "office_week"), people("other", 3, "traveller")];
    let (scenario, library) = sound_stage("2027-01-01", "2027-03-31", &both);
    assert_eq!(office_year(1, 3, 5), kept(plan_all(&mut Planner::new(&library, &scenario, 1), &scenario, 3)));
}

#[test]
fn spaces_around_a_device_say_nothing() {
    let text = script(
        "fn day(me, today) { for device in [\"a\", \" a\", \"a\\n\"] { me.uses(\"Revit\", 0, 1).on(device); } }",
    );
    let (scenario, library) = sound_stage("2027-01-04", "2027-01-04", &[people("one", 1, &text)]);
    let mut planner = Planner::new(&library, &scenario, 1);
    let planned = plan_all(&mut planner, &scenario, 0);
    let devices: Vec<&str> = planned.iter().map(|(_, session)| planner.device_name(session.device)).collect();
    assert_eq!(devices, ["a", "a", "a"]);
}

#[test]
fn days_of_who_carries_nothing_may_be_planned_in_any_order() {
    let (scenario, library) = sound_stage("2027-01-01", "2027-03-31", &[people("occasional", 3, "occasional")]);
    let forward = plan_all(&mut Planner::new(&library, &scenario, 1), &scenario, 0);
    let mut planner = Planner::new(&library, &scenario, 1);
    for number in (scenario.first_day.number()..=scenario.last_day.number()).rev() {
        for user in 0..3 {
            let (user, on) = (UserId(user), Day::from_number(number));
            let mut sessions = Vec::new();
            planner.plan(0, user, on, &mut sessions).unwrap();
            let opened = |session: &Planned| (session.opened, session.what);
            let before = forward.iter().filter(|(day, session)| *day == on && session.user == user);
            assert!(before.map(|(_, session)| opened(session)).eq(sessions.iter().map(opened)));
        }
    }
}

#[test]
fn a_what_if_moves_only_what_it_is_about() {
    let forgetting = |chance: f64| {
        let office = people("office", 20, "office_week").with("forgets_weekend", GivenValue::Number(chance));
        let (scenario, library) = sound_stage("2027-01-01", "2027-06-30", &[office]);
        plan_all(&mut Planner::new(&library, &scenario, 1), &scenario, 0)
    };
    let (never, often) = (forgetting(0.0), forgetting(0.3));
    assert_eq!(never.len(), often.len());
    let changed: Vec<_> = never.iter().zip(&often).filter(|(never, often)| never != often).collect();
    assert!(!changed.is_empty());
    assert!(
        changed
            .iter()
            .all(|(never, often)| never.1.opened == often.1.opened && often.1.closed() == Some(Until::NextOpen))
    );
}

#[test]
fn a_day_is_planned_by_the_clock_on_the_wall() {
    let check = |zone: &'static str, on: &str, body: &str, opened: &str, closed: &str| {
        let script = script(&format!("fn day(me, today) {{ {body} }}"));
        let (scenario, library) = sound_stage(on, on, &[people("one", 1, &script).living_in(zone)]);
        let mut sessions = Vec::new();
        Planner::new(&library, &scenario, 1).plan(0, UserId(0), day(on), &mut sessions).unwrap();
        let Some(Until::At(until)) = sessions[0].closed() else { panic!("left open") };
        assert_eq!((rfc3339(sessions[0].opened).as_str(), rfc3339(until).as_str()), (opened, closed), "{body}");
    };
    let nine_to_five = r#"me.uses("Revit", time("09:00"), time("17:00"));"#;
    check("Europe/Amsterdam", "2027-01-04", nine_to_five, "2027-01-04T08:00:00Z", "2027-01-04T16:00:00Z");
    check("Europe/Amsterdam", "2027-07-05", nine_to_five, "2027-07-05T07:00:00Z", "2027-07-05T15:00:00Z");
    let over_night = r#"me.uses("Revit", hours(22), days(1) + hours(9));"#;
    check("Europe/Amsterdam", "2027-03-27", over_night, "2027-03-27T21:00:00Z", "2027-03-28T07:00:00Z");
    check("Europe/Amsterdam", "2027-10-30", over_night, "2027-10-30T20:00:00Z", "2027-10-31T08:00:00Z");
    // 02:30 is skipped and taken as 03:30, which is after 03:10.
    let skipped = r#"me.uses("Revit", time("02:30"), time("03:10"));"#;
    check("Europe/Amsterdam", "2027-03-28", skipped, "2027-03-28T01:30:00Z", "2027-03-28T01:30:00Z");
    let trip = r#"me.is_in("America/New_York"); me.uses("Revit", time("09:00"), time("17:00"));"#;
    check("Europe/Amsterdam", "2027-01-04", trip, "2027-01-04T14:00:00Z", "2027-01-04T22:00:00Z");
    // Tails: before 00:00 is 00:00, an end before its start is its start.
    check("UTC", "2027-01-04", r#"me.uses("Revit", -5, -9);"#, "2027-01-04T00:00:00Z", "2027-01-04T00:00:00Z");
    check("UTC", "2027-01-04", r#"me.uses("Revit", 600, 60);"#, "2027-01-04T00:10:00Z", "2027-01-04T00:10:00Z");
}

#[test]
fn today_follows_the_persons_calendar() {
    let check = |on: &str, is: &str| {
        let body = format!("if !({is}) {{ throw `${{today.weekday}} ${{today.next_working_in}}`; }}");
        let script = script(&format!("fn day(me, today) {{ {body} }}"));
        let (mut scenario, library) = sound_stage(on, on, &[people("one", 1, &script)]);
        scenario.calendars[0].weekend = [false, false, true, false, false, true, true];
        scenario.calendars[0].days_off = vec![day("2027-01-07"), day("2027-01-08")];
        let outcome = Planner::new(&library, &scenario, 1).plan(0, UserId(0), day(on), &mut Vec::new());
        assert!(outcome.is_ok(), "{on}: {is}: {outcome:?}");
    };
    check("2027-01-04", "today.is_working && !today.is_before_weekend && today.next_working_in == 1");
    check("2027-01-05", "today.is_working && today.is_before_weekend && today.next_working_in == 6");
    check("2027-01-06", "today.is_weekend && !today.is_working && !today.is_before_weekend");
    check("2027-01-08", "today.is_day_off && !today.is_weekend && !today.is_working && today.next_working_in == 3");
}

#[test]
fn a_library_can_be_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<flexcast::behaviour::Library>();
}

#[test]
fn a_trip_ends_with_its_day() {
    let script = script(
        r#"fn day(me, today) {
            if today.weekday == "mon" { me.is_in("Asia/Tokyo"); }
            me.uses("Revit", time("09:00"), time("10:00"));
        }"#,
    );
    let (scenario, library) = sound_stage("2027-01-04", "2027-01-05", &[people("one", 1, &script)]);
    let planned = plan_all(&mut Planner::new(&library, &scenario, 1), &scenario, 0);
    let opened: Vec<_> = planned.iter().map(|(_, session)| rfc3339(session.opened)).collect();
    assert_eq!(opened, ["2027-01-04T00:00:00Z", "2027-01-05T08:00:00Z"]);
}

#[test]
fn rehearsing_finds_what_only_running_shows_once_a_script() {
    let late = script(
        r#"fn day(me, today) { if today.date >= date("2027-03-01") { me.uses("Revit", 0, 10 / (today.year - 2027)); } }"#,
    );
    let (scenario, library) = sound_stage(
        "2027-01-01",
        "2027-12-31",
        &[people("fine", 2, "office_week"), people("late", 2, &late), people("later", 2, &late)],
    );
    let found = rehearse(&library, &scenario);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "division by zero: 10 / 0 (late-1 on 2027-03-01, seed 1, replication 0)");
    assert_eq!(found[0].place.as_ref().unwrap().line, 1);
}

#[test]
fn what_a_scenario_gives_is_checked_by_kind() {
    let check = |given: (&'static str, GivenValue), message: &str, help: Option<&str>| {
        let (.., found) = stage("2027-01-01", "2027-01-31", &[people("a", 1, "office_week").with(given.0, given.1)]);
        assert_eq!(found.len(), 1, "{message}");
        assert_eq!((found[0].message.as_str(), found[0].help.as_deref()), (message, help));
        assert!(found[0].place.is_some() && found[0].expected.is_some());
    };
    let text = crate::stage::text;
    let texts = crate::stage::texts;
    check(
        ("atendance", GivenValue::Number(0.9)),
        "`office_week` has no parameter `atendance`",
        Some("did you mean `attendance`?"),
    );
    check(("attendance", GivenValue::Number(1.5)), "`1.5` isn't a number from 0 to 1", None);
    check(("attendance", text("often")), "`often` isn't a number from 0 to 1", None);
    check(("arrives", text("25:00")), "`25:00` isn't a time of day such as \"09:00\"", None);
    check(("spread", GivenValue::Integer(30)), "`30` isn't a duration such as \"30m\" or \"7h30m\"", None);
    check(("products", texts(&["Revti"])), "unknown product `Revti`", Some("did you mean `Revit`?"));
    check(("products", texts(&[])), "`products` is empty", None);
}

#[test]
fn what_is_charged_per_result_cannot_be_opened() {
    let script = script("fn day(me, today) { me.uses(\"Maya\", hours(9), hours(10)); }");
    let (mut scenario, library) = sound_stage("2027-01-04", "2027-01-04", &[people("one", 1, &script)]);
    scenario.products[2].per = Per::Result;
    let found = rehearse(&library, &scenario);
    assert!(found[0].message.starts_with("`Maya` is charged per result"), "{found:?}");
}

#[test]
fn a_switch_chooses_by_its_cases() {
    let script = script(
        r#"fn day(me, today) {
            switch today.weekday {
                "mon" | "tue" => me.uses("Revit", hours(9), hours(10)),
                "wed" => { me.uses("Maya", hours(9), hours(10)); }
                _ => (),
            }
        }"#,
    );
    let (scenario, library) = sound_stage("2027-01-04", "2027-01-08", &[people("one", 1, &script)]);
    let planned = plan_all(&mut Planner::new(&library, &scenario, 1), &scenario, 0);
    let opened: Vec<_> = planned.iter().map(|(day, session)| (day.ymd().2, session.product.index())).collect();
    assert_eq!(opened, [(4, 1), (5, 1), (6, 2)]);
}

#[test]
fn a_function_may_give_nothing() {
    let text = script(
        "fn expect(holds) { if !holds { throw \"so not\"; } }
         fn day(me, today) { expect(today.year == 2027); me.uses(\"Revit\", 0, 1); }",
    );
    let (scenario, library) = sound_stage("2027-01-04", "2027-01-05", &[people("one", 1, &text)]);
    let mut planner = Planner::new(&library, &scenario, 1);
    assert_eq!(planner.notes(), []);
    assert_eq!(plan_all(&mut planner, &scenario, 0).len(), 2);
}
