//! Session logs with something wrong: each is refused in words that help.

mod desk;

use desk::Desk;
use sha2::Digest;

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

/// What is told of a log whose bad rows are left out, and how many decisions the others come to.
fn skipped(log: &[u8]) -> (String, usize) {
    let desk = Desk::new(SCENARIO);
    std::fs::write(desk.path("log.csv"), log).unwrap();
    let told = refused(&desk, "meter scenario.yaml log.csv --out out");
    let output = desk.run("meter scenario.yaml log.csv --out out --skip-bad-rows");
    let left_out = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && left_out.starts_with(&told), "{left_out}");
    (left_out, desk.rows("out/decisions.csv").len())
}

#[test]
fn a_bad_row_takes_no_other_row_along() {
    let good = format!("{SESSION}\n");
    for (bad, line, said) in [
        (&b"\"anna,Revit,2027-01-04T09:00:00Z,,\n"[..], 3, "a quote that isn't closed"),
        (b"anna,Revit,2027-01-04T09:00:00Z,,\"true\n", 3, "a quote that isn't closed"),
        (b"anna,Revit,2027-01-04T09:00:00Z\n", 3, "the row ends before its column `closed`"),
        (b"Ren\xe9,Revit,2027-01-04T09:00:00Z,,\n", 3, "this row isn't UTF-8 text"),
        (b"\n\n,Revit,2027-01-04T09:00:00Z,,\n", 5, "the user is empty"),
    ] {
        let (told, decisions) = skipped(&[HEADER.as_bytes(), good.as_bytes(), bad, good.as_bytes()].concat());
        for said in [said, &format!("--> log.csv:{line}:1"), "left out 1 bad row"] {
            assert!(told.contains(said), "{said}: {told}");
        }
        assert_eq!(decisions, 2, "{told}");
    }
}

#[test]
fn rows_joined_by_a_quote_are_told_apart() {
    let quoted = "anna,Revit,2027-01-04T09:00:00Z,,\"true\n";
    let (told, decisions) = skipped(format!("{HEADER}{quoted}{SESSION}\n{quoted}{SESSION}\n").as_bytes());
    assert!(told.contains("column `online` has a line break in it") && told.contains("left out 2 bad rows"), "{told}");
    assert_eq!(decisions, 2, "{told}");
}

#[test]
fn unknown_columns_may_have_line_breaks() {
    let desk = Desk::new(SCENARIO);
    desk.write("log.csv", &format!("note,{HEADER}\"one,\r\ntwo\",{SESSION}\n,{SESSION}\n"));
    desk.done("meter scenario.yaml log.csv --out out");
    assert_eq!(desk.rows("out/decisions.csv").len(), 2);
}

#[test]
fn an_empty_log_is_told() {
    check("", "the session log log.csv is empty");
}

#[test]
fn platforms_that_a_product_does_not_list_are_bad() {
    let desk = Desk::new(&SCENARIO.replace("rate: 10", "rate: 10, platforms: [windows, macos]"));
    let log =
        |platform: &str| format!("user,product,opened,closed,platform\nanna,Revit,2027-01-04T09:00:00Z,,{platform}\n");
    desk.write("log.csv", &log("macOS"));
    desk.done("meter scenario.yaml log.csv --out out");
    std::fs::remove_dir_all(desk.path("out")).unwrap();
    desk.write("log.csv", &log("linux"));
    let told = refused(&desk, "meter scenario.yaml log.csv --out out");
    assert!(told.contains("`Revit` doesn't run on `linux`") && told.contains("lists windows, macos"), "{told}");
}

#[test]
fn the_standard_input_is_a_log_like_any_other() {
    let desk = Desk::new(SCENARIO);
    let log = format!("\u{feff}{HEADER}{SESSION}\n");
    desk.write("log.csv", &log);
    desk.done("meter scenario.yaml log.csv --out out");
    let mut piped = desk.command("meter scenario.yaml - --out piped");
    let piped = piped.stdin(std::fs::File::open(desk.path("log.csv")).unwrap()).output().unwrap();
    assert!(piped.status.success());
    assert_eq!(desk.bytes("out/decisions.csv"), desk.bytes("piped/decisions.csv"));
    let [card, piped] = ["out", "piped"].map(|out| desk.json(&format!("{out}/run.json"))["card"]["inputs"][1].clone());
    assert_eq!((&card["name"], &piped["name"]), (&"log.csv".into(), &"standard input".into()));
    // The bytes as they are, so that other tools find the same.
    let sha256 = sha2::Sha256::digest(&log).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!((&card["sha256"], &piped["sha256"]), (&sha256.clone().into(), &sha256.into()));
}

#[test]
fn orders_that_cant_be_are_refused() {
    let desk = Desk::new(SCENARIO);
    desk.write("log.csv", &format!("{HEADER}{SESSION}\n"));
    let check = |orders: &str, said: &str| {
        desk.write("orders.csv", orders);
        let told = refused(&desk, "meter scenario.yaml log.csv --orders orders.csv --out out");
        assert!(told.contains(said), "{said}: {told}");
    };
    check("", "the file of orders orders.csv is empty");
    check("ordered,team,tokens,arrives,id\n", "column `buyer` is missing");
    let row = |row: &str| format!("ordered,team,tokens,arrives,id,buyer\n{row}\n");
    let [may, june] = ["2027-05-01T00:00:00Z", "2027-06-01T00:00:00Z"];
    check(&row(&format!("{may},desing,100,{june},a-1,a")), "did you mean `design`?");
    check(&row(&format!("{may},design,0,{june},a-1,a")), "`0` in column `tokens` can't be bought");
    check(&row(&format!("{may},design,1e3,{june},a-1,a")), "`1e3` in column `tokens` can't be bought");
    check(&row(&format!("{june},design,100,{may},a-1,a")), "this order comes too early");
    check(&row(&format!("2026-05-01T00:00:00Z,design,100,{june},a-1,a")), "this order comes too early");
    check(&row(&format!("{may},design,100,{june},p,a")), "`p` is no id for this pack");
    check(&row(&format!("{may},design,100,{june},,a")), "`` is no id for this pack");
    check(&row(&format!("{may},design,100,9999-12-31T00:00:00Z,a-1,a")), "isn't an instant before the year 9999");
    let twice = format!("{may},design,100,{june},a-1,a");
    check(&row(&format!("{twice}\n{twice}")), "orders.csv:3");
    let told = refused(&desk, "meter scenario.yaml log.csv --orders nowhere.csv --out out");
    assert!(told.contains("can't read the orders nowhere.csv"), "{told}");
}
