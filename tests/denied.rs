//! What people do when something is denied: the hook `denied`, in whole simulations.

mod desk;

use desk::Desk;

/// One person in UTC, from Monday, 4 January 2027 on.
fn desk(days: u32, more: &str, script: &str) -> Desk {
    let last = 3 + days;
    let desk = Desk::new(&format!(
        "start: 2027-01-04\nend: 2027-01-{last:02}\n\
         products: {{AutoCAD: {{rate: 7}}, Revit: {{rate: 10}}, Layout: {{rate: 2, add_in_of: AutoCAD, loads_with_host: true}}, \
         Viewer: {{rate: 0}}, Render: {{rate: 1, per: result}}}}\n\
         people: [{{user: ann, team: design, access: all, behaviour: ./script.rhai}}]\n{more}\n"
    ));
    desk.write("script.rhai", script);
    desk
}

/// Runs it, checks that the exported sessions give the same decisions, and gives them: `product opened-closed`, days and
/// times as `04 09:00`.
fn sessions(desk: &Desk) -> Vec<String> {
    let output = desk.run("simulate scenario.yaml --out run");
    let said = String::from_utf8(output.stderr).unwrap();
    let again = said.lines().find_map(|line| line.trim().strip_prefix("flexcast ")).unwrap_or_else(|| panic!("{said}"));
    desk.done(again);
    assert!(desk.bytes("run/decisions.csv") == desk.bytes("run/again/decisions.csv"));
    let time = |at: &str| {
        let time = at.get(8..19).unwrap_or("").replace('T', " ");
        time.strip_suffix(":00").unwrap_or(&time).to_owned()
    };
    let row = |row: &desk::Row| format!("{} {}-{}", row["product"], time(&row["opened"]), time(&row["closed"]));
    desk.rows("run/sessions.csv").iter().map(row).collect()
}

fn check(days: u32, more: &str, script: &str, expected: &[&str]) {
    assert_eq!(sessions(&desk(days, more, script)), expected, "{script}");
}

const EMPTY: &str = "teams: {design: {}}";

#[test]
fn it_may_be_tried_again_until_the_tokens_are_there() {
    let script = r#"
        fn day(me, today) { me.uses("Revit", hours(9), hours(17)); }
        fn denied(me, denial) {
            if denial.reason == "balance_zero" && denial.attempt < 5 {
                me.uses(denial.product, denial.time + minutes(30), denial.closes);
            }
        }"#;
    let bought = "teams: {design: {packs: []}}\npurchases: [{on: 2027-01-04T09:45:00Z, team: design, tokens: 10}]";
    check(1, bought, script, &["Revit 04 09:00-04 17:00", "Revit 04 09:30-04 17:00", "Revit 04 10:00-04 17:00"]);
    let five = ["09:00", "09:30", "10:00", "10:30", "11:00"].map(|time| format!("Revit 04 {time}-04 17:00"));
    check(1, EMPTY, script, &five.each_ref().map(String::as_str));
}

#[test]
fn who_goes_home_drops_the_days_plans_and_closes_what_is_open() {
    let script = r#"
        fn day(me, today) {
            me.uses("Viewer", hours(9), hours(17));
            me.leaves_open("Viewer", hours(9));
            me.uses("Revit", hours(10), hours(17));
            me.uses("Viewer", hours(11), hours(17));
        }
        fn denied(me, denial) {
            me.uses("Viewer", denial.time + hours(5), denial.time + hours(6));
            me.goes_home();
        }"#;
    let first = ["Viewer 04 09:00-04 10:00:01", "Viewer 04 09:00-04 10:00:01", "Revit 04 10:00-04 17:00"];
    check(1, EMPTY, script, &[&first[..], &["Viewer 04 15:00-04 16:00"]].concat());
}

#[test]
fn a_renewal_that_ends_a_session_is_told_by_the_day_it_was_planned_for() {
    // The tokens are there for one window: the second ends it on Tuesday at 09:00, 33 hours after Monday's midnight.
    let script = r#"
        fn day(me, today) { if today.day_of_month == 4 { me.leaves_open("Revit", hours(9)); } }
        fn denied(me, denial) {
            if denial.time != hours(33) || denial.closes != hours(48) || denial.attempt != 1 { throw `${denial.time}`; }
            me.uses("Viewer", 0, denial.closes);
        }"#;
    let more = "teams: {design: {packs: [{bought: 2026-12-01, size: 15}]}}";
    check(3, more, script, &["Revit 04 09:00-", "Viewer 05 09:00:01-06 00:00"]);
}

#[test]
fn results_are_denied_too_and_add_ins_that_came_along_are_nobodys_wish() {
    let script = r#"
        fn day(me, today) {
            me.uses("AutoCAD", hours(9), hours(17));
            me.orders("Render", hours(10), 3);
            me.uses("Layout", hours(11), hours(12));
        }
        fn denied(me, denial) {
            if denial.time == hours(9) { throw "came along"; }
            me.uses("Viewer", denial.time + denial.closes - denial.time, denial.time + hours(1));
        }"#;
    let more = "teams: {design: {packs: [{bought: 2026-12-01, size: 8}]}}";
    let rows = ["AutoCAD 04 09:00-04 17:00", "Render 04 10:00-", "Viewer 04 10:00:01-04 11:00"];
    check(1, more, script, &[&rows[..], &["Layout 04 11:00-04 12:00", "Viewer 04 12:00-04 12:00"]].concat());
}

#[test]
fn what_denied_carries_on_bears_on_the_next_day_though_that_was_planned_before() {
    let script = r#"
        state("discouraged", 0, "days on which nothing is tried");
        state("planned", 0, "days");
        fn day(me, today) {
            me.planned += 1;
            if me.discouraged > 0 { me.discouraged -= 1; return; }
            me.uses("Revit", hours(15), hours(17)).version(me.planned);
        }
        fn denied(me, denial) { me.discouraged = 2; }"#;
    let desk = desk(7, EMPTY, script);
    let rows = ["04", "07", "10"].map(|day| format!("Revit {day} 15:00-{day} 17:00"));
    assert_eq!(sessions(&desk), rows);
    // What is carried begins with the horizon, though two days before it are planned; no day counts twice.
    let versions: Vec<String> = desk.rows("run/sessions.csv").into_iter().map(|row| row["version"].clone()).collect();
    assert_eq!(versions, ["1", "4", "7"]);
}

#[test]
fn a_day_that_has_begun_stays_as_it_was_planned() {
    // A night shift: Tuesday's begins before the renewal of Monday's is denied.
    let script = r#"
        state("angry", false, "since a renewal was denied");
        fn day(me, today) {
            if me.angry { return; }
            if today.day_of_month == 4 { me.leaves_open("Revit", hours(22)); }
            me.uses("Viewer", hours(21), hours(23));
        }
        fn denied(me, denial) { me.angry = true; }"#;
    let more = "teams: {design: {packs: [{bought: 2026-12-01, size: 10}]}}";
    let rows = ["Viewer 04 21:00-04 23:00", "Revit 04 22:00-", "Viewer 05 21:00-05 23:00"];
    check(4, more, script, &rows);
}

#[test]
fn who_never_gives_up_is_stopped() {
    let check = |again: &str, message: &str, is_seen_at_once: bool| {
        let denied = format!("fn denied(me, denial) {{ {again} }}");
        let day = "fn day(me, today) { me.uses(\"Revit\", hours(9), hours(17)); }";
        let desk = desk(2, EMPTY, &format!("{day}\n{denied}"));
        let output = desk.run("forecast scenario.yaml --out out --replications 1");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(message), "{said}");
        assert!(said.contains("ann on 2027-01-04, seed 1, replication 0") != is_seen_at_once, "{said}");
    };
    let again = "me.uses(denial.product, denial.time, denial.closes);";
    check(again, "denied 100 times in a row, and tried again", false);
    check(&format!("for n in 0..4 {{ {again} }}"), "more than 1000 sessions on one day", false);
    check("throw denial.reason;", "the script threw: balance_zero", false);
    check("me.uses(denial.what, 0, 0);", "no property `what`", true);
    check("denial.attempt = 0;", "`denial.attempt` can't be set", true);
}

#[test]
fn draws_after_a_denial_are_of_their_own() {
    let script = |denied: &str| {
        format!(
            "fn day(me, today) {{ for n in 0..3 {{ me.uses(\"Revit\", uniform(hours(9), hours(12)), hours(17)); }} }}\n{denied}"
        )
    };
    let plain = sessions(&desk(5, EMPTY, &script("")));
    let drawing = "fn denied(me, denial) { me.uses(\"Viewer\", uniform(hours(13), hours(14)), hours(17)); }";
    let reacting = sessions(&desk(5, EMPTY, &script(drawing)));
    let kept: Vec<&String> = reacting.iter().filter(|row| row.starts_with("Revit")).collect();
    assert!(kept.into_iter().eq(&plain));
    let mut viewers: Vec<&String> = reacting.iter().filter(|row| row.starts_with("Viewer")).collect();
    viewers.sort();
    viewers.dedup();
    assert_eq!(viewers.len(), 15, "each denial draws its own time");
}

#[test]
fn reactions_give_the_same_bytes_on_any_number_of_threads() {
    let script = include_str!("round_trip/restless/restless.rhai");
    let desk = Desk::new(include_str!("round_trip/restless/scenario.yaml"));
    desk.write("restless.rhai", script);
    let [one, other] = [1, 5].map(|threads| {
        desk.done(&format!("forecast scenario.yaml --out out --replications 5 --threads {threads}"));
        desk.bytes("out/forecast.json")
    });
    assert!(one == other);
}
