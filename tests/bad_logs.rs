//! Session logs with something wrong: each is refused in words that help.

mod desk;

use desk::Desk;

const SCENARIO: &str = "
start: 2027-01-01
end: 2027-01-31
products: {Revit: {rate: 10}}
teams: {design: {packs: [{id: p, bought: 2026-05-10, size: 500}]}}
people: [{user: anna, team: design, access: all}]
";

const HEADER: &str = "user,product,opened,closed,online\n";
const SESSION: &str = "anna,Revit,2027-01-04T09:00:00Z,2027-01-04T17:00:00Z,";

/// What standard error says of a log that is refused.
fn refused(desk: &Desk, command: &str) -> String {
    let output = desk.run(command);
    assert_eq!(output.status.code(), Some(1), "{command}");
    assert!(!desk.path("out").exists(), "nothing is written");
    String::from_utf8(output.stderr).unwrap()
}

fn check(log: &str, said: &str) {
    let desk = Desk::new(SCENARIO);
    desk.write("log.csv", log);
    let told = refused(&desk, "meter scenario.yaml log.csv --out out");
    assert!(told.contains(said), "{said}: {told}");
}

#[test]
fn other_separators_are_named_once() {
    check(&format!("{HEADER}{SESSION}").replace(',', ";"), "aren't separated by commas");
    check(&format!("{HEADER}{SESSION}").replace(',', "\t"), "1 error in log.csv");
}

#[test]
fn a_last_day_of_the_calendar_means_never() {
    let forever = "anna,Revit,2027-01-04T09:00:00Z,9999-12-31T23:59:59Z,";
    check(&format!("{HEADER}{forever}"), "a session that is still open has an empty `closed`");
}

#[test]
fn flags_may_be_in_capitals_as_spreadsheets_write_them() {
    let desk = Desk::new(SCENARIO);
    desk.write("log.csv", &format!("{HEADER}{SESSION}FALSE\n"));
    desk.done("meter scenario.yaml log.csv --out out");
    assert_eq!(desk.rows("out/decisions.csv")[0]["reason"], "offline");
    check(&format!("{HEADER}{SESSION}no\n"), "`no` in column `online` is neither true nor false");
}

#[test]
fn an_end_before_the_start_meters_nothing() {
    let desk = Desk::new(SCENARIO);
    desk.write("log.csv", &format!("{HEADER}{SESSION}\n"));
    let told = refused(&desk, "meter scenario.yaml log.csv --out out --until 2026-12-31T00:00:00Z");
    assert!(told.contains("the scenario starts at 2027-01-01T00:00:00Z"), "{told}");
}

#[test]
fn of_many_bad_rows_the_first_are_told_and_all_are_counted() {
    let rows = "anna,Rivet,,,\n".repeat(50_000);
    check(&format!("{HEADER}{rows}"), "49980 more rows are bad");
}

#[test]
fn a_misspelt_column_is_not_dropped_in_silence() {
    let desk = Desk::new(SCENARIO);
    desk.write("log.csv", "user,product,opened,closed,devise,colour\nanna,Revit,2027-01-04T09:00:00Z,,laptop,red\n");
    let output = desk.run("meter scenario.yaml log.csv --out out");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && told.contains("note: column `devise` isn't read; is `device` meant?"), "{told}");
    assert!(!told.contains("colour"), "{told}");
}
