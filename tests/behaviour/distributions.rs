//! Draws measured on many days, and words of the calendar day by day.

use flexcast::behaviour::{Interpreter, Planned, Planner, Until};
use flexcast::calendar::Day;

use crate::stage::{day, people, plan_all, sound_stage};
use crate::words::script;

/// What 4,000 draws of an expression give; compiled code and Rhai's evaluator give the same.
fn drawn(expression: &str) -> Vec<f64> {
    let text = script(&format!("fn day(me, today) {{ for n in 0..40 {{ me.uses(\"Revit\", 0, {expression}); }} }}"));
    let (scenario, mut library) = sound_stage("2027-01-01", "2027-04-10", &[people("one", 1, &text)]);
    let compiled = plan_all(&mut Planner::new(&library, &scenario, 1), &scenario, 0);
    library.interpreter = Interpreter::Rhai;
    assert!(compiled == plan_all(&mut Planner::new(&library, &scenario, 1), &scenario, 0), "{expression}");
    let mut lengths: Vec<f64> = compiled.iter().map(|(_, session)| seconds(session)).collect();
    lengths.sort_by(f64::total_cmp);
    lengths
}

fn seconds(session: &Planned) -> f64 {
    match session.closed() {
        Some(Until::At(closed)) => (closed - session.opened).seconds() as f64,
        _ => panic!("{session:?}"),
    }
}

#[test]
fn distributions_have_their_shapes() {
    // The quantiles at 10, 50 and 90 %, and the mean, each within 5 % or half a unit.
    let check = |expression: &str, expected: [f64; 4]| {
        let values = drawn(expression);
        let at = |share: f64| values[(share * values.len() as f64) as usize];
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        for (measured, expected) in [at(0.1), at(0.5), at(0.9), mean].into_iter().zip(expected) {
            assert!((measured - expected).abs() <= 0.5 + expected * 0.05, "{expression}: {measured}, not {expected}");
        }
    };
    // Of a log-normal: median times exp(1.2816 spread), and the mean exp(spread² / 2) of the median.
    check("log_normal(1000, 0.5)", [526.8, 1000.0, 1898.1, 1133.1]);
    check("round(log_normal(1000.0, 0.5))", [526.8, 1000.0, 1898.1, 1133.1]);
    check("round(log_normal(1000.0, 0))", [1000.0; 4]);
    check("exponential(1000)", [105.4, 693.1, 2302.6, 1000.0]);
    check("round(exponential(1000.0))", [105.4, 693.1, 2302.6, 1000.0]);
    check("poisson(2.3) * 100", [0.0, 200.0, 400.0, 230.0]);
    check("poisson(500)", [471.0, 500.0, 529.0, 500.0]);
    check("poisson(0)", [0.0; 4]);
    check("pick([100, 200, 300], [1, 2.5, 0]) + 0", [100.0, 200.0, 200.0, 171.4]);
    check("pick([7], [1])", [7.0; 4]);
    check("empirical([1000, 0, 3000])", [200.0, 1000.0, 2600.0, 1250.0]);
    check("round(empirical([1000.0, 0, 3000]))", [200.0, 1000.0, 2600.0, 1250.0]);
    check("empirical([42])", [42.0; 4]);
    check("always(\"x\").poisson(0) + this_week(\"x\").empirical([3]) + this_month(\"x\").pick([4], [2])", [7.0; 4]);
    check("always(\"x\").exponential(0) + always(\"x\").log_normal(5, 0)", [5.0; 4]);
}

#[test]
fn each_takes_one_number_whatever_its_parameters() {
    let after = |draw: &str| drawn(&format!("{{ let first = {draw}; uniform(0, 100000) }}"));
    let plain = after("chance(0.5)");
    for draw in [
        "log_normal(1, 1)",
        "exponential(5.0)",
        "poisson(499)",
        "poisson(0)",
        "pick([1, 2], [0, 1])",
        "empirical([1, 2, 3])",
    ] {
        assert!(after(draw) == plain, "{draw}");
    }
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let check = |draw: &str, message: &str| {
        let text = script(&format!("fn day(me, today) {{ {draw}; }}"));
        let (scenario, library) = sound_stage("2027-01-04", "2027-01-04", &[people("one", 1, &text)]);
        let outcome =
            Planner::new(&library, &scenario, 1).plan(0, Default::default(), day("2027-01-04"), &mut Vec::new());
        let problem = outcome.expect_err(draw);
        assert!(problem.message.starts_with(message), "{}", problem.message);
    };
    check("log_normal(-1, 1)", "`-1` isn't a median");
    check("log_normal(1.0, -0.5)", "`-0.5` isn't a spread");
    check("exponential(-3)", "`-3` isn't a mean");
    check("poisson(501)", "`501` isn't a mean for `poisson`");
    check("poisson(-0.1)", "`-0.1` isn't a mean for `poisson`");
    check("pick([1, 2], [1])", "2 to pick from, and 1 weights");
    check("pick([1], [-1])", "`-1` isn't a weight");
    check("pick([1, 2], [0, 0])", "nothing to pick");
    check("pick([1], [\"x\"])", "a list with string in it");
    check("empirical([])", "nothing to draw from an empty list");
}

#[test]
fn words_of_the_calendar_day_by_day() {
    let text = script(
        r#"fn day(me, today) {
            me.uses("Revit", 0, today.days_in_month);
            if today.is_first_working_of_month { me.uses("Maya", 0, 1); }
            if today.is_last_working_of_month { me.uses("Maya", 0, 2); }
            me.uses("AutoCAD", 0, today.working_days_until(date("2028-01-03")));
        }"#,
    );
    let (mut scenario, library) = sound_stage("2027-12-01", "2028-03-31", &[people("one", 1, &text)]);
    scenario.calendars[0].days_off = vec![day("2027-12-31"), day("2028-03-01")];
    let planned = plan_all(&mut Planner::new(&library, &scenario, 1), &scenario, 0);
    let of = |product: u32| {
        let sessions = planned.iter().filter(move |(_, session)| session.product.0 == product);
        sessions.map(|(day, session)| (*day, seconds(session)))
    };
    let maya: Vec<(String, f64)> = of(2).map(|(day, kind)| (day.to_string(), kind)).collect();
    let expected = [
        ("2027-12-01", 1.0),
        ("2027-12-30", 2.0),
        ("2028-01-03", 1.0),
        ("2028-01-31", 2.0),
        ("2028-02-01", 1.0),
        ("2028-02-29", 2.0),
        ("2028-03-02", 1.0),
        ("2028-03-31", 2.0),
    ];
    assert_eq!(maya, expected.map(|(day, kind)| (day.to_owned(), kind)));
    for (day, days) in of(1) {
        let expected = match day.ymd() {
            (_, 2, _) => 29.0,
            _ => 31.0,
        };
        assert_eq!(days, expected, "{day}");
    }
    let left = |text: &str| of(0).find(|(on, _)| *on == Day::parse(text).unwrap()).unwrap().1;
    let days = ["2027-12-29", "2027-12-30", "2028-01-01", "2028-01-02", "2028-01-03", "2028-01-04"];
    assert_eq!(days.map(left), [2.0, 1.0, 1.0, 1.0, 0.0, 0.0]);
}
