//! Lists, weights and notes: the same compiled as interpreted.

use flexcast::behaviour::{Interpreter, Note, Planned, Planner};
use flexcast::scenario::GivenValue;

use crate::stage::{people, plan_all, sound_stage, texts};
use crate::words::script;

const SCRIPT: &str = r#"
parameter("months", "numbers", [], "months");
parameter("places", "zones", ["Asia/Tokyo", "Asia/Seoul"], "places");
parameter("due", "dates", [], "dates");

fn expect(what, holds) { if !holds { throw what; } }

fn day(me, today) {
    for month in me.months { me.uses("Revit", hours(month), hours(month + 1)); }
    for date in me.due { if date > today.date { note(`${date - today.date} days left`); } }
    if today.month in me.months && today.date !in me.due { me.uses("AutoCAD", hours(9), hours(17)); }
    expect("numbers", 1 in [0.5, 1.0] && 1.0 in [1, 2] && 2 !in [0.5, 1.0] && "1" !in [1, 2]);
    me.is_in(pick(me.places, [1, 3]));
    me.uses("Maya", hours(9) + always("early").pick([0, 3_600], [1.5, 1]), hours(12));
    note(`${today.weekday} in ${me.places.len()} places`);
}
"#;

/// What is planned and noted over some weeks, and what is left to Rhai's interpreter.
fn run(how: Interpreter, with: &[(&'static str, GivenValue)]) -> (Vec<Planned>, Vec<Note>, usize) {
    let mut group = people("one", 2, &script(SCRIPT));
    group.with.extend(with.iter().cloned());
    let (scenario, mut library) = sound_stage("2027-03-20", "2027-04-10", &[group]);
    library.interpreter = how;
    let mut planner = Planner::new(&library, &scenario, 7);
    planner.keep_notes(true);
    let planned = plan_all(&mut planner, &scenario, 0).into_iter().map(|(_, planned)| planned).collect();
    (planned, planner.take_notes(), planner.notes().len())
}

#[test]
fn lists_are_compiled_also_where_they_are_empty() {
    let months = GivenValue::List(vec![GivenValue::Integer(4), GivenValue::Number(5.0)]);
    for with in [&[][..], &[("months", months), ("due", texts(&["2027-04-01"]))]] {
        let (planned, noted, left) = run(Interpreter::Compiled, with);
        let (same, same_noted, _) = run(Interpreter::Rhai, with);
        assert_eq!((left, &planned, &noted), (0, &same, &same_noted));
        let in_maya = planned.iter().filter(|planned| planned.product.0 == 2).count();
        assert_eq!((in_maya, noted.len()), (44, 44 + if with.is_empty() { 0 } else { 24 }));
        // From 1 April on, but for the day itself: 9 days of 2 people.
        assert_eq!(
            planned.iter().filter(|planned| planned.product.0 == 0).count(),
            if with.is_empty() { 0 } else { 18 }
        );
    }
}

#[test]
fn notes_are_kept_only_where_somebody_reads_them() {
    let (scenario, library) = sound_stage("2027-01-04", "2027-01-06", &[people("one", 1, &script(SCRIPT))]);
    let mut planner = Planner::new(&library, &scenario, 7);
    plan_all(&mut planner, &scenario, 0);
    assert_eq!(planner.take_notes(), []);
}
