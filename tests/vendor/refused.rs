//! What is wrong with an export is told with its place and its remedy.

use crate::desk::Desk;
use crate::sheets::{DAILY, TITLE, TOTALS, workbook};

/// Runs what must be refused, writing nothing, and gives what it tells.
fn refused(desk: &Desk, arguments: &str) -> String {
    let output = desk.run(arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments}: {output:?}");
    assert!(output.stdout.is_empty() && !desk.path("usage.csv").exists());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn broken_cells_are_told_with_their_line() {
    for (right, wrong, told) in [
        ("2027-01-05,bob", "05/01/2027,bob", "`05/01/2027` in column `Day used` isn't a day"),
        ("1010.5", "1010,5", "`1010,5` in column `Tokens used` isn't a number of tokens"),
        ("2027-01-05,bob@harbour.example", "2027-01-05,", "the row names no user"),
        ("Bell,Revit", "Bell,", "the row names no product"),
    ] {
        let desk = Desk::new("");
        let wrong = if wrong.contains("10,5") { "\"1010,5\"" } else { wrong };
        let table = TITLE.replace(right, wrong);
        desk.write("export.csv", &table);
        workbook(&desk, "export.xlsx", &table.replace("\"1010,5\"", "\"1010,5 \""));
        let said = refused(&desk, "import usage export.csv --out usage.csv");
        assert!(said.contains(told) && said.contains("export.csv:5:1"), "{said}");
        if !wrong.contains("1010") {
            let said = refused(&desk, "import usage export.xlsx --out usage.csv");
            assert!(said.contains(told) && said.contains("export.xlsx, sheet Users:7:1"), "{said}");
        }
        let left = desk.run("import usage export.csv --skip-bad-rows");
        let (records, told) = (String::from_utf8(left.stdout).unwrap(), String::from_utf8(left.stderr).unwrap());
        assert!(left.status.success() && told.contains("left out 1 bad row"), "{told}");
        assert_eq!((records.lines().count(), records.contains("bob")), (1 + 4, false));
    }
}

#[test]
fn what_is_no_export_of_use_is_refused() {
    for (table, told) in [
        ("team_alias,offering_name,contract_number\nWorks,Flex,1\n", "this is no export of use"),
        (&TITLE.replace("Email", "Emails"), "is `Emails` meant?"),
        (&TITLE.replace("Product", "Thing"), "column `product` is missing"),
        (&TITLE.replace("Feature", "Team"), "column `Team` is there twice"),
        (&TITLE.replace(',', ";"), "the columns aren't separated by commas"),
        ("Day used,Email,Product,Tokens used\n", "export.csv tells of no use"),
        ("", "the export export.csv is empty"),
    ] {
        let desk = Desk::new("");
        desk.write("export.csv", table);
        let said = refused(&desk, "import usage export.csv --out usage.csv");
        assert!(said.contains(told), "{told}: {said}");
    }
    let desk = Desk::new("");
    workbook(&desk, "export.xlsx", "Team,Offering name\nWorks,Flex\n");
    assert!(
        refused(&desk, "import usage export.xlsx --out usage.csv")
            .contains("no sheet of export.xlsx is an export of use")
    );
    std::fs::write(desk.path("broken.xlsx"), b"PK\x03\x04 and no more").unwrap();
    assert!(refused(&desk, "import usage broken.xlsx --out usage.csv").contains("can't read the workbook broken.xlsx"));
    std::fs::write(desk.path("old.xls"), b"\xD0\xCF\x11\xE0\xA1\xB1").unwrap();
    assert!(refused(&desk, "import usage old.xls --out usage.csv").contains("save it as .xlsx, or as CSV"));
}

#[test]
fn ranges_belong_to_usage_reports_alone() {
    let desk = Desk::new("");
    desk.write("daily.csv", DAILY);
    desk.write("report.csv", TOTALS[0]);
    for (asked, told) in [
        ("report.csv", "--range FROM..TO says for which days"),
        ("daily.csv --range 2027-01-01..2027-03-31", "leave `--range` out"),
        ("report.csv --range 2027-01-01..2027-01-10", "more days were used than there are"),
    ] {
        let said = refused(&desk, &format!("import usage {asked} --out usage.csv"));
        assert!(said.contains(told), "{asked}: {said}");
    }
    assert!(refused(&desk, "report --usage report.csv").contains("flexcast import usage"));
}

#[test]
fn the_same_use_counts_once() {
    let desk = Desk::new("");
    desk.write("january.csv", TITLE);
    desk.write("again.csv", TITLE);
    let said = refused(&desk, "import usage january.csv again.csv --out usage.csv");
    assert!(said.contains("again.csv:2:1") && said.contains("january.csv has this use too"), "{said}");
    let once = desk.done("import usage january.csv");
    assert_eq!(desk.done("import usage january.csv again.csv --skip-bad-rows"), once);
}

#[test]
fn days_and_totals_do_not_mix() {
    let desk = Desk::new("");
    desk.write("report.csv", TOTALS[0]);
    desk.done("import usage report.csv --range 2027-01-01..2027-03-31 --out totals.csv");
    desk.write("daily.csv", DAILY);
    let said = refused(&desk, "import usage totals.csv daily.csv --out usage.csv");
    assert!(said.contains("this row is of single days, others are of 2027-01-01 to 2027-03-31 together"), "{said}");
}

#[test]
fn an_export_is_never_written_over() {
    let desk = Desk::new("");
    desk.write("export.csv", DAILY);
    assert!(refused(&desk, "import usage export.csv --out export.csv").contains("would be written over"));
    assert_eq!(desk.text("export.csv"), DAILY);
}

#[test]
fn records_and_a_scenario_are_not_reported_together() {
    let desk = Desk::new("");
    desk.write("export.csv", DAILY);
    for (asked, told) in [
        ("report scenario.yaml --usage export.csv", "cannot be used with"),
        ("report --usage export.csv --seed 7", "cannot be used with"),
        ("report", "<SCENARIO>"),
    ] {
        let output = desk.run(asked);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && said.contains(told), "{asked}: {said}");
    }
    assert!(desk.run("report --usage export.csv --skip-bad-rows").status.success());
}
