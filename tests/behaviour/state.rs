//! What people carry from day to day: their own, anew in each replication, and of one type for good.

use flexcast::behaviour::{Planned, Planner, Until};
use flexcast::ids::UserId;

use crate::stage::{day, people, plan_all, sound_stage, stage};
use crate::words::script;

fn seconds(session: &Planned) -> i64 {
    match session.closed() {
        Some(Until::At(closed)) => (closed - session.opened).seconds(),
        _ => panic!("{session:?}"),
    }
}

/// Opens Revit for as many seconds as there were days so far.
const COUNTS: &str = r#"
state("days", 0, "planned so far");
state("kind", "new", "who");
fn day(me, today) {
    me.days += 1;
    if me.days > 1 { me.kind = "known"; }
    me.uses("Revit", 0, me.days).on(me.kind);
}"#;

#[test]
fn each_person_carries_their_own_from_day_to_day_and_begins_anew() {
    let both = [people("one", 2, &script(COUNTS)), people("two", 1, &script(COUNTS))];
    let (scenario, library) = sound_stage("2027-01-04", "2027-01-06", &both);
    let mut planner = Planner::new(&library, &scenario, 1);
    for replication in 0..2 {
        planner.reset();
        let planned = plan_all(&mut planner, &scenario, replication);
        let days: Vec<_> = planned.iter().map(|(_, session)| seconds(session)).collect();
        assert_eq!(days, [1, 1, 1, 2, 2, 2, 3, 3, 3]);
        let devices: Vec<_> = planned.iter().map(|(_, session)| planner.device_name(session.device)).collect();
        assert_eq!(devices[2..4], ["new", "known"]);
    }
}

#[test]
fn what_is_carried_keeps_its_type_and_stays_small() {
    let check = |state: &str, body: &str, message: &str, expected: &str| {
        let text = script(&format!("{state} fn day(me, today) {{ {body} }}"));
        let (scenario, library) = sound_stage("2027-01-04", "2027-01-04", &[people("one", 1, &text)]);
        let outcome = Planner::new(&library, &scenario, 1).plan(0, UserId(0), day("2027-01-04"), &mut Vec::new());
        let problem = outcome.expect_err(body);
        assert_eq!(problem.message, format!("{message} (one-1 on 2027-01-04, seed 1, replication 0)"));
        assert_eq!(problem.expected.as_deref(), Some(expected));
        assert!(problem.place.is_some());
    };
    let whole = "state(\"n\", 1, \"a number\");";
    check(whole, "me.n = 1.5;", "`me.n` can't become a number with a fraction", "a whole number");
    check(whole, "me.n = me.n / 2.0;", "`me.n` can't become a number with a fraction", "a whole number");
    check(whole, "me.n = \"x\";", "`me.n` can't become a text", "a whole number");
    check(whole, "me.n = [1];", "`me.n` can't become a list", "a whole number");
    let text = "state(\"t\", \"\", \"a text\");";
    check(text, "me.t = true;", "`me.t` can't become true or false", "a text");
    check(text, "for n in 0..101 { me.t += \"x\"; }", "the text is too long for `me.t`", "at most 100 bytes");
}

#[test]
fn a_state_is_declared_once_with_a_plain_value() {
    let check = |top: &str, body: &str, message: &str| {
        let text = script(&format!("{top} fn day(me, today) {{ {body} }}"));
        let (.., found) = stage("2027-01-04", "2027-01-04", &[people("one", 1, &text)]);
        assert_eq!(found.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(), [message]);
    };
    let parameter = "parameter(\"n\", \"count\", 1, \"a number\");";
    check(&format!("{parameter} state(\"n\", 1, \"the same\");"), "", "state `n` is declared twice");
    check("state(\"N\", 1, \"large\");", "", "`N` can't name a state");
    check("state(\"n\", [1], \"a list\");", "", "`n` can't carry this");
    check("for n in 0..17 { state(`n${n}`, n, \"many\"); }", "", "more than 16 states");
    check(parameter, "me.n = 2;", "`me.n` can't be set");
    check("state(\"trip\", 0, \"days left\");", "me.trp = 2;", "no parameter or state `trp`");
    check("state(\"trip\", 0, \"days left\");", "today.week = 2;", "`today.week` can't be set");
}

#[test]
fn what_is_carried_begins_with_the_horizon() {
    let text = script(
        "state(\"days\", 0, \"so far\"); fn day(me, today) { me.days += 1; if me.days <= 5 { me.uses(\"Revit\", hours(9), hours(10)); } }",
    );
    let (scenario, library) = sound_stage("2027-01-04", "2027-01-31", &[people("one", 1, &text)]);
    let mut planner = Planner::new(&library, &scenario, 1);
    let mut sessions = Vec::new();
    for day in scenario.days_somewhere() {
        planner.plan(0, UserId(0), day, &mut sessions).unwrap();
    }
    let within = sessions.iter().filter(|session| session.opened >= scenario.start && session.opened < scenario.end);
    assert_eq!(within.count(), 5);
}
