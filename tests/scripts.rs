//! `flexcast scripts`: what a script's author reads and sees.

mod desk;

use std::fs;

use desk::Desk;
use flexcast::behaviour::{EXAMPLE, LANGUAGE, SHIPPED, Subject, Topic};
use flexcast::tokens::Tokens;
use serde_json::Value;

fn desk() -> Desk {
    let desk = Desk::new("");
    desk.write("night.rhai", EXAMPLE);
    desk
}

#[test]
fn the_list_names_every_shipped_script_and_show_prints_it() {
    let desk = desk();
    let list = desk.done("scripts");
    let shipped: Vec<_> = Subject::ALL.into_iter().flat_map(Subject::shipped).collect();
    assert_eq!(list.lines().count(), shipped.len() + 1);
    for (name, text) in shipped {
        assert!(list.contains(&format!("\n{name} ")), "{name}: {list}");
        assert_eq!(desk.done(&format!("scripts show {name}")), *text);
        assert_eq!(*text, fs::read_to_string(format!("scripts/{name}.rhai")).unwrap());
    }
    assert_eq!(desk.done("scripts show night.rhai"), EXAMPLE);
}

#[test]
fn describe_tells_of_header_hooks_and_parameters() {
    let said = desk().done("scripts describe office_week");
    for line in [
        "office_week: Works office hours, and now and then forgets to close what is open.",
        "hooks: day(me, today)",
        "  For part-timers, give the group a calendar whose weekend holds their free days.",
        "spread           duration  30m      standard deviation of arriving and of leaving",
        "  duration: a duration such as \"30m\" or \"7h30m\"",
    ] {
        assert!(said.lines().any(|said| said == line), "{line}: {said}");
    }
    let said = desk().done("scripts describe add_in_user");
    assert!(said.contains("add_ins     products  must be given  opened inside the host"), "{said}");
}

#[test]
fn a_script_that_isnt_there_is_told_with_the_nearest_name() {
    let output = desk().run("scripts show ofice_week");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("unknown behaviour `ofice_week`") && told.contains("did you mean `office_week`?"), "{told}");
}

#[test]
fn the_help_is_a_page_with_every_word_and_its_example() {
    let page = desk().done("scripts --help");
    let shown = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let page = shown(&page);
    for word in Topic::ALL.into_iter().flat_map(Topic::words) {
        let entry = format!("{}: {} {}", word.form, word.meaning, word.example);
        assert!(page.contains(&shown(&entry)), "{entry}");
    }
    for (what, example) in LANGUAGE {
        assert!(page.contains(&shown(&format!("{what}: {example}"))), "{what}");
    }
}

/// What `simulate` writes about a user is what the preview shows.
#[test]
fn a_users_preview_adds_up_to_what_simulate_writes() {
    let desk = Desk::studio(|scenario| scenario);
    desk.done("simulate scenario.yaml --out run --seed 5 --replication 3");
    for user in ["architects-3", "visual-2"] {
        let users = desk.rows("run/decisions.csv").into_iter().filter(|row| row["user"] == user).collect::<Vec<_>>();
        if users.is_empty() {
            continue;
        }
        let arguments = format!("--scenario scenario.yaml --user {user} --seed 5 --replication 3 --json");
        let shown: Value = serde_json::from_str(&desk.done(&format!("scripts preview {arguments}"))).unwrap();
        let months = shown["preview"]["months"].as_array().unwrap();
        let sum = |key: &str| months.iter().map(|month| month[key].as_f64().unwrap()).sum::<f64>();
        let burned: Tokens = users.iter().map(|row| desk::tokens(row, "tokens")).sum();
        assert_eq!(sum("tokens"), burned.millionths() as f64 / 1e6);
        let denied = users.iter().filter(|row| row["outcome"] == "denied").count();
        assert_eq!(sum("denials"), denied as f64);
        let opened = desk.rows("run/sessions.csv").iter().filter(|row| row["user"] == user).count();
        assert_eq!(sum("sessions"), opened as f64);
    }
}

/// A script whose every session is known: what it costs is worked out by hand.
const KNOWN: &str = r#"describe("Known.");
parameter("tool", "product", "Revit", "opened");
fn day(me, today) {
    switch today.day_of_month {
        1 => me.leaves_open(me.tool, hours(9)),
        4 => me.uses(me.tool, hours(8), hours(9)),
        6 => me.uses(me.tool, hours(8), hours(8) + minutes(4)),
        7 => { me.is_in("Asia/Tokyo"); me.uses("AutoCAD", hours(9), hours(10)).on("laptop").version(2027); },
        8 => { me.uses(me.tool, hours(9), hours(10)); me.uses("AutoCAD", hours(9), hours(10)); },
    }
}
"#;

#[test]
fn a_preview_shows_marks_months_and_sessions() {
    let desk = desk();
    desk.write("known.rhai", KNOWN);
    let said = desk.done("scripts preview ./known.rhai --start 2027-01-01 --days 10 --sessions all");
    for line in [
        "  with {tool: Revit}",
        "  person from 2027-01-01 to 2027-01-10 in UTC; seed 1, replication 0",
        "6 sessions on 5 days; 6 windows charged, 54 tokens, 10 of them avoidable (18.5 %)",
        "  2027-01  1!1o. o12--",
        "  2027-01          5         6          75        6      54         10        0",
        "Fri 2027-01-01 09:00  left open until Mon 08:00  Revit                     UTC         10 new_window, 2 x 10 renewal_left_open",
        "Mon 2027-01-04 08:00  09:00                      Revit                     UTC         free: covered_by_window",
        "Wed 2027-01-06 08:00  08:04                      Revit                     UTC         free: within_grace",
        "Thu 2027-01-07 09:00  10:00                      AutoCAD  2027     laptop  Asia/Tokyo  7 new_window",
    ] {
        assert!(said.lines().any(|said| said == line), "{line}: {said}");
    }
}

/// Without a scenario every shipped script can be seen, on the stage of `scenarios/preview.yaml`.
#[test]
fn every_shipped_script_can_be_previewed() {
    let desk = desk();
    for (name, _) in SHIPPED {
        let mut command = desk.command(&format!("scripts preview {name}"));
        match name {
            "add_in_user" => command.args(["--with", "add_ins=[Point Layout]"]),
            "batch_renderer" => command.args(["--with", "service=Render"]),
            _ => &mut command,
        };
        let output = command.output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn what_is_wrong_on_the_command_line_is_shown_where_it_stands() {
    let desk = Desk::new("{start: 2027-01-01, end: 2027-12-31, products: {Revit: {rate: 10}}}");
    let told = |arguments: &[&str]| {
        let output = desk.command("scripts preview").args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    for (arguments, message, help) in [
        (
            vec!["office_week", "--with", "forgets_wekend=0.1"],
            "1 | --with forgets_wekend=0.1",
            "did you mean `forgets_weekend`?",
        ),
        (vec!["office_week", "--with", "products=[Revt]"], "unknown product `Revt`", "did you mean `Revit`?"),
        (vec!["ofice_week"], "unknown behaviour `ofice_week`", "did you mean `office_week`?"),
        (vec!["office_week", "--calendar", "defalt"], "unknown calendar `defalt`", "did you mean `default`?"),
        (
            vec!["office_week", "--scenario", "scenario.yaml", "--start", "2026-01-01"],
            "`--start` is before the scenario starts",
            "2027-01-01",
        ),
    ] {
        let said = told(&arguments);
        assert!(said.contains(message) && said.contains(help), "{said}");
    }
}

#[test]
fn the_picture_shows_what_there_is_and_the_sessions_are_a_log() {
    let desk = desk();
    desk.write("known.rhai", KNOWN);
    desk.done("scripts preview ./known.rhai --days 40 --out out");
    let svg = desk.text("out/preview.svg");
    for text in [
        "./known.rhai: 108 tokens for 12 windows on 10 days of use, 19 % of it avoidable",
        "person · 1 Jan 2027 to 9 Feb 2027 · seed 1, replication 0 · hours in UTC · lanes of a day from the top: Revit, AutoCAD",
        "Jan 2027",
        "Mon 8",
        "left open",
        "session by another zone's clock",
        "window that nobody needed",
        "charge for a renewal",
        "closed within the grace: free",
        "day off",
    ] {
        assert!(svg.contains(&text.replace('\'', "&apos;")) || svg.contains(text), "{text}");
    }
    assert!(!svg.contains("denied") && !svg.contains("charge for results"), "the legend tells of what isn't there");
    assert!(desk.bytes("out/preview.png").starts_with(b"\x89PNG"));
    let sessions = desk.rows("out/sessions.csv");
    assert_eq!((sessions.len(), &*sessions[0]["opened"]), (12, "2027-01-01T09:00:00Z"));
    desk.done("scripts preview ./known.rhai --days 40 --out again");
    assert_eq!(desk.text("again/preview.svg"), svg, "the same again");
}

/// What few scripts say: attempts, results, going offline, idle time, and what is carried.
const RICH: &str = r#"describe("Comes back when refused.");
state("tries", 0, "how often it was refused");
fn day(me, today) {
    me.uses("Revit", hours(9), hours(17)).idle(hours(12), hours(13));
    if today.day_of_month == 3 { me.uses("Maya", hours(9), hours(17)).offline(); }
    if today.day_of_month == 4 { me.orders("Render", hours(9), 8).fails(hours(9) + 60, 2); }
    for n in 0..4 { me.uses("Mudbox", hours(9 + n), hours(10 + n)).on(`d${n}`); }
}
fn denied(me, denial) {
    me.tries += 1;
    me.uses(denial.product, denial.time + hours(1), denial.time + hours(2)).on("d1");
}
"#;

#[test]
fn a_preview_notes_what_few_sessions_have() {
    let desk = desk();
    desk.write("rich.rhai", RICH);
    assert!(desk.done("scripts describe ./rich.rhai").contains("\ntries  0            how often it was refused\n"));
    let said = desk.done("scripts preview ./rich.rhai --days 5 --sessions all");
    for line in [
        "33 sessions on 5 days; 11 windows charged, 64 tokens; 6 denials",
        "Fri 2027-01-01 09:00  17:00   Revit                      10 new_window            idle 12:00 to 13:00",
        "Fri 2027-01-01 12:00          Mudbox             d3      denied: device_limit",
        "Fri 2027-01-01 13:00  14:00   Mudbox             d1      free: covered_by_window  attempt 2",
        "Sun 2027-01-03 09:00          Maya                       denied: offline          offline",
        "Mon 2027-01-04 09:00          Render: 8 results          3 result, 1 given back",
    ] {
        assert!(said.lines().any(|said| said == line), "{line}: {said}");
    }
}

#[test]
fn what_scripts_note_is_shown_and_written_and_otherwise_dropped() {
    let desk = Desk::new(
        "start: 2027-01-04\nend: 2027-01-06\nproducts: {Revit: {rate: 10}}\nteams: {design: {}}\n\
         people: [{user: ann, team: design, access: all, behaviour: ./ann.rhai}, {user: bob, team: design}]\n\
         policy: [{name: cautious, behaviour: ./cautious.rhai}]\n",
    );
    desk.write(
        "ann.rhai",
        r#"
        state("denied", 0, "how often");
        fn day(me, today) { note(`planned after ${me.denied}`); me.uses("Revit", hours(9), hours(17)); }
        fn denied(me, denial) { me.denied += 1; note(`${denial.reason}, again`); }"#,
    );
    desk.write("cautious.rhai", r#"fn buy(me, today) { if today.day_of_month == 5 { note("buys, not"); } }"#);
    desk.done("simulate scenario.yaml --out run");
    let rows = "day,user,note\n\
        2027-01-04,ann,planned after 0\n2027-01-04,ann,\"balance_zero, again\"\n\
        2027-01-05,ann,planned after 1\n2027-01-05,cautious,\"buys, not\"\n2027-01-05,ann,\"balance_zero, again\"\n\
        2027-01-06,ann,planned after 2\n2027-01-06,ann,\"balance_zero, again\"\n";
    assert_eq!(desk.text("run/notes.csv"), rows, "a day that is planned again notes once");
    let shown = desk.done("scripts preview --scenario scenario.yaml --user ann --sessions 2");
    assert!(shown.ends_with("day         note\n2027-01-04  planned after 0\n2027-01-04  balance_zero, again\nand 4 more notes: --sessions all shows them\n"), "{shown}");
    let shown: Value =
        serde_json::from_str(&desk.done("scripts preview --scenario scenario.yaml --user ann --json")).unwrap();
    assert_eq!(shown["preview"]["notes"][5], serde_json::json!({"day": "2027-01-06", "note": "balance_zero, again"}));

    desk.write("ann.rhai", "fn day(me, today) {}");
    desk.write("cautious.rhai", "fn buy(me, today) {}");
    desk.done("simulate scenario.yaml --out quiet");
    assert!(!desk.path("quiet/notes.csv").exists());
}
