//! Whatever the form of an export, the records are the same.

use crate::desk::Desk;
use crate::sheets::{DAILY, TITLE, TOTALS, workbook};

const QUARTER: &str = "--range 2027-01-01..2027-03-31";

/// Records of `DAILY`.
const RECORDS: &str = "\
from,to,team,user,product,version,access,days_used,tokens
2027-01-04,2027-01-04,\"Design, North\",ann@harbour.example,Revit,2026,flex,1,10
2027-01-05,2027-01-05,\"Design, North\",ann@harbour.example,Revit,2027,flex,1,10
2027-01-05,2027-01-05,\"Design, North\",ann@harbour.example,AutoCAD,2027,flex,1,7
2027-01-05,2027-01-05,Works,bob@harbour.example,Revit,2027,flex,1,1010.5
2027-01-11,2027-01-11,\"Design, North\",ann@harbour.example,AutoCAD,2027,flex,1,0
2027-01-12,2027-01-12,Works,bob@harbour.example,Maya,2027,subscription,1,0
";

/// Records of both `TOTALS`, but for the version, of which the newer one doesn't tell.
const SUMS: &str = "\
from,to,team,user,product,access,days_used,tokens
2027-01-01,2027-03-31,Works,ann@harbour.example,Revit,flex,12,120
2027-01-01,2027-03-31,Works,ann@harbour.example,AutoCAD,flex,3,21
2027-01-01,2027-03-31,Works,bob@harbour.example,Revit,flex,5,50
";

/// The records of a table as CSV, with a byte order mark and Windows' ends of lines too, and as XLSX.
fn records(table: &str, asked: &str) -> String {
    let desk = Desk::new("");
    desk.write("export.csv", table);
    desk.write("windows.csv", &format!("\u{feff}{}", table.replace('\n', "\r\n")));
    workbook(&desk, "export.xlsx", table);
    let [one, windows, sheet] =
        ["export.csv", "windows.csv", "export.xlsx"].map(|file| desk.done(&format!("import usage {file} {asked}")));
    assert_eq!((&one, &one), (&windows, &sheet));
    one
}

fn without_column(table: &str, name: &str) -> String {
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes()).into_records();
    let header = rows.next().unwrap().unwrap();
    let left_out = header.iter().position(|column| column == name).unwrap();
    let mut written = csv::Writer::from_writer(Vec::new());
    for row in std::iter::once(header).chain(rows.map(Result::unwrap)) {
        written
            .write_record(row.iter().enumerate().filter(|(place, _)| *place != left_out).map(|(_, field)| field))
            .unwrap();
    }
    String::from_utf8(written.into_inner().unwrap()).unwrap()
}

#[test]
fn daily_rows_of_both_generations_become_the_same_records() {
    assert_eq!(records(DAILY, ""), RECORDS);
    let flex: Vec<&str> = RECORDS.lines().filter(|line| !line.contains("subscription")).collect();
    assert_eq!(records(TITLE, ""), without_column(&format!("{}\n", flex.join("\n")), "version"));
}

#[test]
fn usage_reports_of_both_generations_become_the_same_records() {
    let [older, newer] = TOTALS.map(|table| records(table, QUARTER));
    assert_eq!(newer, SUMS);
    assert_eq!(without_column(&older, "version"), SUMS);
    assert!(older.contains("Revit,2026,flex,5,50"), "{older}");
}

#[test]
fn with_personal_data_off_users_are_their_hashes() {
    let hidden = DAILY.replace("ann@harbour.example", "*****").replace("bob@harbour.example", "*****");
    let hidden = hidden.replace("A1", "*****").replace("B2", "");
    let expected = RECORDS.replace("ann@harbour.example", "h1").replace("bob@harbour.example", "h2");
    assert_eq!(records(&hidden, ""), expected);
}

#[test]
fn several_exports_become_one_and_records_are_read_again() {
    let desk = Desk::new("");
    let (header, rows) = DAILY.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    desk.write("one.csv", &format!("{header}\n{}\n", rows[..2].join("\n")));
    workbook(&desk, "two.xlsx", &format!("{header}\n{}\n", rows[2..].join("\n")));
    let said = desk.done("import usage one.csv two.xlsx --out all.csv");
    assert_eq!(said, "6 records of 2 users and 3 products, 2027-01-04 to 2027-01-12: 1,037.5 tokens\n");
    assert_eq!(desk.text("all.csv"), RECORDS);
    assert_eq!(desk.done("import usage all.csv"), RECORDS);
    desk.write("sums.csv", SUMS);
    assert_eq!(desk.done("import usage sums.csv"), SUMS);
}

#[test]
fn rows_of_the_same_use_in_one_file_are_summed() {
    let desk = Desk::new("");
    let rows = "2027-01-04,ann,Revit,Works,3\n2027-01-04,ann,Revit,Works,0.25\n2027-01-05,ann,Revit,Works,-0.5\n";
    desk.write("export.csv", &format!("Day used,Email,Product,Team,Tokens used\n{rows}"));
    let records = desk.rows_of("import usage export.csv");
    let shown: Vec<_> =
        records.iter().map(|row| [&row["to"], &row["days_used"], &row["tokens"]].map(String::as_str)).collect();
    // What is given back isn't use.
    assert_eq!(shown, [["2027-01-04", "1", "3.25"], ["2027-01-05", "0", "-0.5"]]);
}

#[test]
fn json_counts_what_was_imported() {
    let desk = Desk::new("");
    desk.write("report.csv", TOTALS[1]);
    let counts: serde_json::Value =
        serde_json::from_str(&desk.done(&format!("import usage report.csv {QUARTER} --out r.csv --json"))).unwrap();
    assert_eq!(counts["detail"], "totals");
    assert_eq!([&counts["records"], &counts["unused_rows"], &counts["users"]], [3, 1, 2]);
    let unsaid: Vec<&str> =
        counts["cannot_say"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    assert_eq!(unsaid, ["packs", "balances", "denials", "sessions", "windows", "hours", "uses", "days", "versions"]);
}
