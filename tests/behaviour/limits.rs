//! Scripts that would hold up, fill or question the machine are stopped, with a word on why.

use flexcast::behaviour::{Planner, SHIPPED, rehearse};
use flexcast::ids::UserId;

use crate::stage::{day, people, sound_stage, stage};
use crate::words::script;

/// What the first day of a script with this text ends with.
fn stopped(text: &str) -> String {
    let (scenario, library) = sound_stage("2027-01-04", "2027-01-04", &[people("one", 1, &script(text))]);
    let outcome = Planner::new(&library, &scenario, 1).plan(0, UserId(0), day("2027-01-04"), &mut Vec::new());
    let problem = outcome.expect_err(text);
    assert!(problem.place.is_some(), "{}", problem.message);
    problem.message.strip_suffix(" (one-1 on 2027-01-04, seed 1, replication 0)").expect("whose day").to_string()
}

#[test]
fn what_never_ends_or_grows_without_bounds_is_stopped() {
    let check =
        |body: &str, message: &str| assert_eq!(stopped(&format!("fn day(me, today) {{ {body} }}")), message, "{body}");
    check("loop { }", "not done after 100000 steps");
    check("while true { try { loop { } } catch { } }", "not done after 100000 steps");
    check("let n = 0; loop { n += 1; }", "not done after 100000 steps");
    check("let s = 0; for n in 0..9000000000 { s += n; }", "not done after 100000 steps");
    check("let a = \"ab\"; loop { a += a; }", "a value grows too large");
    check("let a = \"ab\"; loop { a = `${a}${a}`; }", "a value grows too large");
    check("let a = [1]; loop { a.push(1); }", "a value grows too large");
    check("let a = [1]; loop { a += a; }", "a value grows too large");
    check("let a = [1, 2]; loop { a = [a, a]; }", "a value grows too large");
    check("let a = [1, 2]; loop { a.push(a); }", "a value grows too large");
    check("let a = [1, 2]; loop { a[0] = a; a[1] = a; }", "a value grows too large");
    check("loop { me.uses(\"Revit\", 0, 1); }", "more than 1000 sessions on one day");
    check(
        "for n in 0..100 { for m in 0..500 { me.uses(\"Revit\", 0, 1).on(n * 1000 + m); } }",
        "more than 1000 sessions on one day",
    );
    check("me.uses(\"Revit\", 0, days(400));", "34560000 seconds after 00:00 is more than 366 days ahead");
    check("me.uses(\"Revit\", 9223372036854775807 + 1, 0);", "addition overflow: 9223372036854775807 + 1");
    check("throw \"so\";", "the script threw: so");
    let deep = "fn down(n) { down(n + 1) } fn day(me, today) { down(0); }";
    assert_eq!(stopped(deep), "functions call each other more than 24 deep");
    let mutual = "fn ping(n) { pong(n) } fn pong(n) { ping(n) } fn day(me, today) { ping(0); }";
    assert_eq!(stopped(mutual), "functions call each other more than 24 deep");
}

/// Counted over several replications, the names would hang on which of them share a thread.
#[test]
fn names_of_devices_are_limited_in_each_replication() {
    let text = "fn day(me, today) { me.uses(\"Revit\", hours(9), 60).on(`pc ${uniform(0.0, 1.0)}`); }";
    let (scenario, library) = sound_stage("2027-01-04", "2027-01-05", &[people("one", 600, &script(text))]);
    let mut planner = Planner::new(&library, &scenario, 1);
    for replication in 0..3 {
        planner.reset();
        let mut plan = |user, date| planner.plan(replication, UserId(user), day(date), &mut Vec::new());
        (0..600).for_each(|user| plan(user, "2027-01-04").expect("600 names"));
        let problem = (0..600).find_map(|user| plan(user, "2027-01-05").err()).expect("1,200 names");
        assert!(problem.message.starts_with("more than 1000 different devices or versions"), "{}", problem.message);
        assert_eq!(problem.place.map(|place| place.line), Some(1));
    }
}

#[test]
fn what_a_script_must_not_have_does_not_exist() {
    for call in [
        "sleep(1)",
        "timestamp()",
        "now()",
        "eval(\"1\")",
        "print(\"x\")",
        "debug(\"x\")",
        "Fn(\"day\")",
        "call(1)",
        "exit()",
        "parse_json(\"{}\")",
        "rand()",
        "open_file(\"x\")",
        "sin(1.0)",
        "exp(1.0)",
        "ln(1.0)",
        "pow(2.0, 0.5)",
        "type_of(1)",
        "is_def_fn(\"day\", 2)",
        "2.0 ** 0.5",
        "|x| x + 1",
        "#{a: 1}",
        "import \"x\" as y",
        "blob(10)",
        "get_fn_metadata_list()",
    ] {
        let text = format!("fn day(me, today) {{ let x = {call}; }}");
        let (.., found) = stage("2027-01-04", "2027-01-04", &[people("one", 1, &script(&text))]);
        assert_eq!(found.len(), 1, "{call}: {found:?}");
        println!("{call}: {}", found[0].message);
    }
    // As methods and through operators with an assignment, too.
    for body in ["let x = 2.0; x **= 0.5;", "today.sleep(1);", "let x = 1; x.print();", "me.eval(\"1\");"] {
        let text = format!("fn day(me, today) {{ {body} }}");
        let (.., found) = stage("2027-01-04", "2027-01-04", &[people("one", 1, &script(&text))]);
        assert!(!found.is_empty(), "{body}");
    }
}

#[test]
fn the_top_of_a_script_is_held_back_too() {
    for (top, message) in [
        ("loop { }", "not done after 100000 steps"),
        ("let a = \"ab\"; loop { a += a; }", "a value grows too large"),
        ("chance(0.5);", "`chance` has no meaning at the top of a script"),
        ("let x = sleep(1);", "unknown function `sleep`"),
    ] {
        let text = format!("{top}\nfn day(me, today) {{ }}");
        let (.., found) = stage("2027-01-04", "2027-01-04", &[people("one", 1, &script(&text))]);
        assert_eq!(found.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(), [message]);
    }
}

#[test]
fn deep_nesting_is_refused_when_read() {
    let check = |open: &str, middle: &str, close: &str| {
        let text = format!("fn day(me, today) {{ let x = {}{middle}{}; }}", open.repeat(5_000), close.repeat(5_000));
        let (.., found) = stage("2027-01-04", "2027-01-04", &[people("one", 1, &script(&text))]);
        assert_eq!(found[0].message, "nested too deeply", "{open}{close}");
    };
    check("(", "1", ")");
    check("[", "1", "]");
    check("- ", "me", "");
    check("! ", "me", "");
    check("abs(", "1", ")");
    check("if me { ", "1", " }");
    check("if me { 1 } else ", "{ 1 }", "");
    check("", "1", " + me");
    check("", "me", ".x");
    check("", "me", "[0]");
    check("", "me", " && me");
    check("", "me", " ?? me");
    check("`${", "1", "}`");
}

#[test]
fn a_file_too_large_or_missing_is_no_script() {
    let check = |path: &str, message: &str| {
        let (.., found) = stage("2027-01-04", "2027-01-04", &[people("one", 1, path)]);
        assert!(found.len() == 1 && found[0].message.contains(message), "{found:?}");
    };
    check(&script(&"// nothing\n".repeat(30_000)), "is too large for a script");
    #[cfg(unix)]
    check("/dev/zero", "is too large for a script");
    check("nowhere/to_be_found.rhai", "can't read `nowhere/to_be_found.rhai`");
    check("office_weak", "unknown behaviour `office_weak`");
}

#[test]
fn a_byte_order_mark_is_not_part_of_a_script() {
    let path = script("\u{feff}fn day(me, today) { }");
    assert_eq!(stage("2027-01-04", "2027-01-04", &[people("one", 1, &path)]).2, []);
}

#[test]
fn a_mangled_script_is_told_of_and_never_panics() {
    for (_, text) in SHIPPED {
        for index in (0..text.len()).step_by(7) {
            let (before, after) = text.split_at(index);
            for mangled in [before.to_string(), format!("{before}{}", &after[1..]), format!("{before}({after}")] {
                let (scenario, library, found) =
                    stage("2027-01-04", "2027-01-06", &[people("one", 1, &file(&mangled))]);
                let found = if found.is_empty() { rehearse(&library, &scenario) } else { found };
                assert!(
                    found.iter().all(|problem| !problem.message.is_empty() && problem.place.is_some()),
                    "{found:?}"
                );
            }
        }
    }
}

/// One file, written again and again.
fn file(text: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("mangled.rhai");
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_string()
}
