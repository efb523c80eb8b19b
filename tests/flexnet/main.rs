//! Logs of licence servers as `import flexnet` meets them: each folder here holds a log, the options, and what must come of them.

#[path = "../desk/mod.rs"]
mod desk;
mod hostile;
mod round_trip;

use std::fs;
use std::path::{Path, PathBuf};

use desk::Desk;

/// Every product of the logs here.
const SCENARIO: &str = "
start: 2026-12-31
end: 2027-12-31
products: {AutoCAD: {rate: 7}, Revit: {rate: 10}, XYZ: {rate: 1}, hfss_solve: {rate: 1}, solver: {rate: 1}, f1: {rate: 1}}
teams: {design: {packs: [{id: p1, bought: 2026-12-30, size: 500}]}}
people: [{user: anna, team: design, access: all}, {user: ben, team: design, access: all}]
";

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/flexnet").unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn desk_of(case: &Path) -> Desk {
    let desk = Desk::new(SCENARIO);
    for name in ["server.log", "products.csv"] {
        if case.join(name).exists() {
            fs::copy(case.join(name), desk.path(name)).unwrap();
        }
    }
    desk
}

/// What was said on both channels, standard output first.
fn import(desk: &Desk, options: &str) -> String {
    let output = desk.run(&format!("import flexnet server.log -o sessions.csv --denied denied.csv {options}"));
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(output.status.success(), "{said}");
    said
}

#[test]
fn logs_give_these_sessions_and_meter_takes_them() {
    for case in cases() {
        let (desk, options) = (desk_of(&case), read(&case.join("options")));
        let said = import(&desk, &options);
        assert_eq!(said, read(&case.join("said.txt")), "{}", case.display());
        assert_eq!(desk.text("sessions.csv"), read(&case.join("sessions.csv")), "{}", case.display());
        let denied = fs::read_to_string(case.join("denied.csv")).unwrap_or_default();
        let header = "time,user,product,version,device,feature,reason\n";
        assert_eq!(desk.text("denied.csv"), format!("{header}{denied}"), "{}", case.display());
        desk.done("meter scenario.yaml sessions.csv --out out");
    }
}

#[test]
fn line_ends_and_letters_of_windows_change_nothing() {
    for case in cases() {
        let (desk, options) = (desk_of(&case), read(&case.join("options")));
        desk.write("server.log", &format!("\u{feff}{}", read(&case.join("server.log")).replace('\n', "\r\n")));
        import(&desk, &options);
        assert_eq!(desk.text("sessions.csv"), read(&case.join("sessions.csv")), "{}", case.display());
    }
    let desk = Desk::new(SCENARIO);
    let line = |word: &str, user: &[u8]| [b"8:00:00 (a) ", word.as_bytes(), b": \"X\" ", user, b"@pc\r\n"].concat();
    let log = [line("OUT", b"Ren\xe9"), line("IN", "René".as_bytes())].concat();
    fs::write(desk.path("server.log"), log).unwrap();
    import(&desk, "--start 2027-03-01");
    assert_eq!(desk.rows("sessions.csv")[0]["user"], "rené");
    assert_eq!(desk.rows("sessions.csv")[0]["closed"], "2027-03-01T08:00:00Z");
}

#[test]
fn several_logs_are_read_in_the_order_of_time() {
    let desk = Desk::new(SCENARIO);
    desk.write("b.log", "8:00:00 (lmgrd) TIMESTAMP 3/1/2027\n9:00:00 (a) OUT: \"X\" u@h\n");
    desk.write("a.log", "7:00:00 (a) IN: \"X\" u@h\n11:00:00 (lmgrd) TIMESTAMP 3/3/2027\n");
    let said = desk.done("import flexnet a.log b.log -o -");
    assert_eq!(said, "user,product,opened,closed,version,device\nu,X,2027-03-01T09:00:00Z,2027-03-03T07:00:00Z,,h\n");
    let told = refused(&desk, "import flexnet a.log a.log -o out.csv");
    assert!(told.contains("a.log begins before a.log ends") && told.contains("logs of one server"), "{told}");
}

fn refused(desk: &Desk, arguments: &str) -> String {
    let output = desk.run(arguments);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{arguments}");
    assert!(!desk.path("out.csv").exists(), "{arguments}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn what_is_no_log_is_refused_with_the_remedy_and_nothing_is_written() {
    let desk = Desk::new(SCENARIO);
    desk.write("undated.log", "9:00:00 (a) OUT: \"X\" u@h\n");
    desk.write("empty.log", "");
    fs::write(desk.path("utf16.log"), b"\xff\xfe9\x00:\x000\x00").unwrap();
    desk.write("bad.csv", "feature;product\nX;Y\n");
    desk.write("hole.csv", "feature,product\nX,\n");
    desk.write("twice.csv", "feature,product\nX,Y\nX,Z\n");
    for (arguments, parts) in [
        (
            "import flexnet scenario.yaml -o out.csv",
            &["isn't a FlexNet debug log", "expected lines such as", "LMTOOLS"][..],
        ),
        ("import flexnet empty.log -o out.csv", &["isn't a FlexNet debug log"]),
        ("import flexnet utf16.log -o out.csv", &["isn't a FlexNet debug log", "UTF-16"]),
        ("import flexnet gone.log -o out.csv", &["can't read the log gone.log"]),
        ("import flexnet . -o out.csv", &["can't read the log ."]),
        ("import flexnet undated.log -o out.csv", &["names no date", "--start 2016-03-30"]),
        ("import flexnet undated.log -o ./undated.log", &["is read, and would be written over"]),
        ("import flexnet undated.log -o out.csv --denied ./undated.log", &["is read, and would be written over"]),
        ("import flexnet undated.log -o out.csv --denied out.csv", &["can't hold both tables"]),
        ("import flexnet undated.log -o out.csv --products bad.csv", &["no columns `feature` and `product`"]),
        ("import flexnet undated.log -o out.csv --products hole.csv", &["line 2 names no feature or no product"]),
        ("import flexnet undated.log -o out.csv --products twice.csv", &["line 3 names the feature X once more"]),
        ("import flexnet undated.log -o out.csv --products gone.csv", &["gone.csv"]),
        ("import flexnet /dev/null -o out.csv", &["it isn't a file; what comes from a pipe, save first"]),
    ] {
        let told = refused(&desk, arguments);
        assert!(parts.iter().all(|part| told.contains(part)), "{arguments}: {told}");
    }
    assert_eq!(desk.text("undated.log"), "9:00:00 (a) OUT: \"X\" u@h\n");
    for (arguments, code, part) in [
        ("import flexnet undated.log -o out.csv --zone Europe/Amsterdm", 2, "did you mean `Europe/Amsterdam`?"),
        ("import flexnet undated.log -o out.csv --start 3/1/2027", 2, "such as 2027-03-01"),
        ("import flexnet undated.log -o .. --start 2027-03-01", 3, "it names no file"),
        ("import flexnet undated.log -o scenario.yaml/x --start 2027-03-01", 3, "scenario.yaml"),
    ] {
        let output = desk.run(arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(code) && told.contains(part), "{arguments}: {told}");
    }
}

#[test]
fn counts_come_as_json_and_names_as_written_where_wanted() {
    let desk = desk_of(Path::new("tests/flexnet/plain"));
    let said = desk.done("import flexnet server.log -o sessions.csv --json --keep-case");
    let counts: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&counts["sessions"], &counts["products"]["AutoCAD"]), (&3.into(), &2.into()));
    assert_eq!(counts["server_zone"], "W. Europe Standard Time");
    let users: Vec<String> = desk.rows("sessions.csv").iter().map(|row| row["user"].clone()).collect();
    // Ben@pc8 and ben@pc8 are two users now.
    assert_eq!(users, ["ben", "Anna", "Ben"]);
}

#[test]
fn a_log_without_returns_is_told_apart_from_one_of_endless_use() {
    let desk = Desk::new(SCENARIO);
    desk.write("server.log", "9:00:00 (a) OUT: \"X\" u@h\n");
    assert!(import(&desk, "--start 2027-03-01").contains("NOLOG IN"));
}
