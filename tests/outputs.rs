//! Where results go when they can't go there.

mod desk;

use desk::Desk;

const SMALL: &str = "
start: 2027-01-01
end: 2027-01-31
products: {Revit: {rate: 10}}
teams: {design: {packs: [{id: p, bought: 2026-05-10, size: 500}]}}
people: [{user: anna, team: design, access: all, behaviour: office_week}]
forecast: {replications: 2}
";

#[cfg(target_os = "linux")]
#[test]
fn nobody_need_listen_to_standard_error() {
    let desk = Desk::new(SMALL);
    let code = |arguments: &str| {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        desk.command(arguments).stderr(full).output().unwrap().status.code()
    };
    assert_eq!(code("forecast scenario.yaml --out out"), Some(0));
    assert_eq!(code("simulate scenario.yaml --out out"), Some(0));
    assert_eq!(code("meter scenario.yaml out/sessions.csv --out out"), Some(0));
    assert_eq!(code("new office.yaml"), Some(0));
    assert_eq!(code("check nowhere.yaml"), Some(1));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_named() {
    let desk = Desk::new(SMALL);
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = desk.command("check scenario.yaml").stdout(full).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(told.starts_with("error: can't write to standard output: "), "{told}");
}

#[test]
fn results_that_cannot_all_be_written_change_nothing() {
    let desk = Desk::new(SMALL);
    std::fs::create_dir_all(desk.path("out/stock_out.png")).unwrap();
    desk.write("out/forecast.json", "old");
    assert_eq!(desk.run("forecast scenario.yaml --out out").status.code(), Some(3));
    assert_eq!(desk.text("out/forecast.json"), "old");
    assert_eq!(std::fs::read_dir(desk.path("out")).unwrap().count(), 2);
}

#[test]
fn where_nothing_burns_the_summary_says_so() {
    let desk = Desk::new(&SMALL.replace("packs: [{id: p, bought: 2026-05-10, size: 500}]", "packs: []"));
    let summary = desk.done("forecast scenario.yaml --out out");
    for said in ["0 on average.\n", "Charged, on average: nothing.", "Who and what burns? Nobody and nothing."] {
        assert!(summary.contains(said), "{said}: {summary}");
    }
    assert!(desk.json("out/forecast.json")["all"]["expired_money"].is_null());
}

/// Every target is looked at before the first file is placed.
#[test]
fn a_folder_in_the_way_is_seen_before_anything_is_placed() {
    let desk = Desk::new(SMALL);
    std::fs::create_dir_all(desk.path("out/daily.csv/inside")).unwrap();
    desk.write("out/forecast.json", "old");
    let output = desk.run("forecast scenario.yaml --out out");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(told.contains("daily.csv") && told.contains("no file was changed"), "{told}");
    assert_eq!(desk.text("out/forecast.json"), "old");
}

/// What ended before the horizon is no waste of the horizon, though the ledger shows its end.
#[test]
fn a_pack_that_ended_before_the_start_is_not_wasted_again() {
    let desk = Desk::new(&SMALL.replace("packs: [", "packs: [{id: old, bought: 2025-01-01, size: 500, left: 200}, "));
    desk.done("forecast scenario.yaml --out out");
    assert_eq!(desk.json("out/forecast.json")["all"]["expired"]["mean"], 0.0);
    desk.done("simulate scenario.yaml --out run");
    let ends = desk.rows("run/ledger.csv").into_iter().filter(|row| row["entry"] == "expire").count();
    assert_eq!(ends, 1);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_replaced_by_one() {
    use std::os::unix::fs::FileTypeExt;
    let desk = Desk::new(SMALL);
    std::fs::create_dir_all(desk.path("out")).unwrap();
    let socket = desk.path("out/ledger.csv");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let output = desk.run("simulate scenario.yaml --out out");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("it is a device or a pipe; no file was changed"), "{told}");
    assert!(std::fs::metadata(&socket).unwrap().file_type().is_socket());
    assert!(!desk.path("out/decisions.csv").exists());
}
