//! What `export` writes, read back: columns, types, figures against a second calculation, and nothing that runs.

mod desk;

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use desk::{Desk, Row, rows, tokens};
use flexcast::spreadsheet::harmless;
use flexcast::tokens::Tokens;

const SUBSCRIPTIONS: &str = "team_alias,offering_name,contract_number,subscription_id,term,start_date,end_date,autorenew_date,\
     subscription_status,seat_quantity,reseller_email,reseller_name";
const USERS: &str = "hashed_autodesk_id,first_name,last_name,email,autodesk_id,team_alias,group,offering_name,version,\
     seat_assignment,assigned_date,unassigned_date,user_activity,days_inactive,access_option,days_used,monthly_average,\
     tokens_used,last_accessed";
const NEW_USERS: &str = "Access option,Assigned date,Days inactive,Days used,Email,First name,Group,Last accessed,Last name,\
     Monthly average,Product,Seat assignment,Team,Tokens used,Unassigned date,User activity";
const USAGE: &str = "access_option,autodesk_id,day_used,email,first_name,hashed_autodesk_id,last_name,offering_name,\
     product_name,team_alias,tokens_used,version";
const HASHED_USAGE: &str =
    "access_option,day_used,hashed_autodesk_id,offering_name,product_name,team_alias,tokens_used,version";
const NEW_USAGE: &str = "Day used,Email,Feature,First name,Last name,Product,Team,Tokens used";

/// Names that a spreadsheet would run.
const NASTY: [&str; 5] = ["=cmd|' /C calc'!A0", "+31 6", "-2+3", "@SUM(A1)", "'=1"];

/// All of January and what goes before it.
const RANGE: &str = "--range 2027-01-01..2027-01-31";

fn harbour() -> Desk {
    let desk = Desk::new(include_str!("names/harbour.yaml"));
    desk.write("roamer.rhai", include_str!("names/roamer.rhai"));
    // Half an hour before midnight in UTC is the next day in Amsterdam.
    let late = "draughters-1,Revit,2027-01-12T23:30:00Z,2027-01-14T01:00:00Z,2027,,\n";
    desk.write("sessions.csv", &(include_str!("names/sessions.csv").to_owned() + late));
    desk.write("key", "a key of the tests, of 32 bytes or more");
    desk
}

#[test]
fn the_columns_are_the_vendors() {
    let desk = harbour();
    let hashed = "--names hashed --names-key key";
    for (what, options, header) in [
        ("subscriptions", "", SUBSCRIPTIONS),
        ("users", "", USERS),
        ("users", hashed, USERS),
        ("users", "--columns title", NEW_USERS),
        ("usage", "", USAGE),
        ("usage", hashed, HASHED_USAGE),
        ("usage", "--columns title", NEW_USAGE),
    ] {
        let table = desk.done(&format!("export {what} scenario.yaml sessions.csv {options}"));
        assert_eq!(table.lines().next().unwrap(), header, "{what} {options}");
        assert!(table.lines().count() > 3, "{what} {options}");
    }
}

/// A charge is on the day on which its window starts, in UTC.
#[test]
fn daily_usage_adds_up_to_the_decisions() {
    let desk = harbour();
    for (log, write) in [("sessions.csv", "meter scenario.yaml sessions.csv"), ("", "simulate scenario.yaml")] {
        desk.done(&format!("{write} --out out"));
        let mut charged: BTreeMap<[String; 4], Tokens> = BTreeMap::new();
        for row in desk.rows("out/decisions.csv").iter().filter(|row| row["tokens"] != "0") {
            let day = row["window_start"][..10].to_owned();
            *charged.entry([day, row["team"].clone(), row["user"].clone(), row["product"].clone()]).or_default() +=
                tokens(row, "tokens");
        }
        for (naming, columns, used) in [
            ("snake", ["day_used", "team_alias", "autodesk_id", "product_name"], "tokens_used"),
            ("title", ["Day used", "Team", "Email", "Product"], "Tokens used"),
        ] {
            let table = desk.done(&format!("export usage scenario.yaml {log} {RANGE} --columns {naming}"));
            let mut exported: BTreeMap<[String; 4], Tokens> = BTreeMap::new();
            for row in rows(&table).iter().filter(|row| row[used] != "0") {
                *exported.entry(columns.map(|column| row[column].clone())).or_default() += tokens(row, used);
            }
            assert!(charged.len() > 8);
            assert_eq!(exported, charged, "{log} {naming}");
        }
    }
}

/// What subscriptions cover has no column in the newer generation.
#[test]
fn only_the_older_usage_tells_how_something_was_used() {
    let desk = harbour();
    let table = desk.done(&format!("export usage scenario.yaml sessions.csv {RANGE}"));
    let covered: Vec<Row> = rows(&table).into_iter().filter(|row| row["access_option"] == "Subscription").collect();
    assert_eq!(covered.len(), 1);
    assert_eq!(
        (&*covered[0]["product_name"], &*covered[0]["tokens_used"], &*covered[0]["team_alias"]),
        ("Maya", "0", "")
    );
    assert!(!desk.done(&format!("export usage scenario.yaml sessions.csv {RANGE} --columns title")).contains("Maya"));
}

#[test]
fn users_have_the_figures_of_the_teams_report() {
    let desk = harbour();
    desk.done("meter scenario.yaml sessions.csv --out out");
    let table = rows(&desk.done(&format!("export users scenario.yaml sessions.csv {RANGE}")));
    let mut charged: BTreeMap<[String; 3], Tokens> = BTreeMap::new();
    for row in desk.rows("out/decisions.csv").iter().filter(|row| row["tokens"] != "0") {
        *charged.entry(["team", "user", "product"].map(|column| row[column].clone())).or_default() +=
            tokens(row, "tokens");
    }
    let used = table.iter().filter(|row| row["tokens_used"] != "0");
    let key = |row: &Row| ["team_alias", "autodesk_id", "offering_name"].map(|column| row[column].clone());
    assert_eq!(used.map(|row| (key(row), tokens(row, "tokens_used"))).collect::<BTreeMap<_, _>>(), charged);
    for team in ["design", "engineering"] {
        let report: serde_json::Value = serde_json::from_str(
            &desk.done(&format!("report scenario.yaml sessions.csv {RANGE} --team {team} --json")),
        )
        .unwrap();
        let mut reported = 0;
        for user in report["users"].as_array().unwrap() {
            for product in user["products"].as_array().unwrap() {
                let own = |row: &&Row| {
                    row["team_alias"] == team
                        && user["user"] == *row["autodesk_id"]
                        && product["product"] == *row["offering_name"]
                };
                let row = table.iter().find(own).unwrap();
                assert_eq!(product["days_used"].to_string(), row["days_used"]);
                assert_eq!(product["tokens"].as_f64().unwrap(), row["monthly_average"].parse::<f64>().unwrap());
                reported += 1;
            }
        }
        let of_team = table.iter().filter(|row| row["team_alias"] == team && row["offering_name"] != "Flex");
        assert_eq!(of_team.count(), reported);
        let alone = desk.done(&format!("export users scenario.yaml sessions.csv {RANGE} --team {team}"));
        assert_eq!(rows(&alone), table.iter().filter(|row| row["team_alias"] == team).cloned().collect::<Vec<_>>());
    }
}

#[test]
fn seats_are_assigned_and_unassigned_as_events_have_it() {
    let desk = harbour();
    let as_of = |day: &str| {
        let table = rows(&desk.done(&format!("export users scenario.yaml sessions.csv --as-of {day} {RANGE}")));
        move |team: &str, user: &str| {
            let own = table.iter().find(|row| row["team_alias"] == team && row["autodesk_id"] == user);
            own.map(|row| ["seat_assignment", "assigned_date", "unassigned_date"].map(|column| row[column].clone()))
        }
    };
    let seat = |words: [&str; 3]| Some(words.map(String::from));
    let (early, late) = (as_of("2027-01-10"), as_of("2027-01-27"));
    assert_eq!(early("design", "newcomer.vane@harbour.example"), None);
    assert_eq!(late("design", "newcomer.vane@harbour.example"), seat(["Assigned", "2027-01-20", ""]));
    assert_eq!(early("engineering", "draughters-2"), None);
    assert_eq!(late("engineering", "draughters-2"), seat(["Assigned", "2027-01-25", ""]));
    assert_eq!(early("design", "Zebedee Xanthos"), seat(["Assigned", "", ""]));
    desk.done("meter scenario.yaml sessions.csv --until 2027-01-31T12:00:00Z --out out");
    let left =
        rows(&desk.done(&format!("export users scenario.yaml sessions.csv --until 2027-01-31T12:00:00Z {RANGE}")));
    let zebedee = left.iter().find(|row| row["autodesk_id"] == "Zebedee Xanthos" && row["team_alias"] == "design");
    assert_eq!(
        zebedee.map(|row| (&*row["seat_assignment"], &*row["unassigned_date"])),
        Some(("Unassigned", "2027-01-28"))
    );
}

#[test]
fn subscriptions_are_packs_and_seats() {
    let desk = harbour();
    let table = rows(&desk.done("export subscriptions scenario.yaml sessions.csv --as-of 2027-01-25"));
    let shown = |row: &Row| {
        [
            "team_alias",
            "offering_name",
            "subscription_id",
            "start_date",
            "end_date",
            "subscription_status",
            "seat_quantity",
        ]
        .map(|column| row[column].clone())
        .join(" ")
    };
    assert_eq!(
        table.iter().map(shown).collect::<Vec<_>>(),
        [
            "design Flex p1 2026-05-10 00:00 2027-05-09 00:00 Active 2000",
            "engineering Flex p2 2026-06-01 00:00 2027-05-31 00:00 Active 900",
            "design Maya  2026-09-01 00:00 2027-01-20 00:00 Expired 1",
        ]
    );
}

fn sheets(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    for name in &names {
        assert!(book.worksheet_formula(name).unwrap().is_empty(), "{name} has a formula");
    }
    let read =
        |name: String| (name.clone(), book.worksheet_range(&name).unwrap().rows().map(<[Data]>::to_vec).collect());
    names.into_iter().map(read).collect()
}

/// As CSV has it.
fn plain(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Empty => String::new(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_workbook_holds_the_same_with_its_types() {
    let desk = harbour();
    for (what, place) in [("subscriptions", 0), ("users", 1), ("usage", 0)] {
        for naming in ["snake", "title"] {
            let command = format!("export {what} scenario.yaml sessions.csv {RANGE} --columns {naming}");
            desk.done(&format!("{command} --format xlsx --out one.xlsx"));
            desk.done(&format!("{command} --format xlsx --out other.xlsx"));
            assert_eq!(desk.bytes("one.xlsx"), desk.bytes("other.xlsx"), "the same export has the same bytes");
            let sheets = sheets(desk.bytes("one.xlsx"));
            assert_eq!(sheets.iter().position(|(name, _)| name == what), Some(place));
            assert_eq!(sheets[1 - place].0, "about");
            let table = desk.done(&command);
            let mut csv = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
            let csv: Vec<Vec<String>> =
                csv.records().map(|row| row.unwrap().iter().map(|cell| cell.replace(" 00:00", "")).collect()).collect();
            let read = |row: &Vec<Data>| row.iter().map(plain).collect::<Vec<_>>();
            assert_eq!(sheets[place].1.iter().map(read).collect::<Vec<_>>(), csv, "{command}");
            let (head, body) = sheets[place].1.split_first().unwrap();
            for (column, name) in head.iter().map(plain).enumerate() {
                let name = name.to_lowercase().replace(' ', "_");
                let cells = || body.iter().map(|row| &row[column]).filter(|cell| **cell != Data::Empty);
                let numbers = ["tokens_used", "days_used", "days_inactive", "monthly_average", "seat_quantity"];
                let days = ["day_used", "start_date", "end_date", "assigned_date", "unassigned_date", "last_accessed"];
                assert!(cells().all(|cell| match () {
                    () if numbers.contains(&&*name) => matches!(cell, Data::Float(_) | Data::Int(_)),
                    () if days.contains(&&*name) => matches!(cell, Data::DateTime(_)),
                    () => matches!(cell, Data::String(_)),
                }));
            }
        }
    }
}

#[test]
fn what_is_exported_can_be_imported() {
    let desk = harbour();
    let total = |table: &str, column: &str| rows(table).iter().map(|row| tokens(row, column)).sum::<Tokens>();
    for (naming, column) in [("snake", "tokens_used"), ("title", "Tokens used")] {
        for (what, range) in [("usage", ""), ("users", RANGE)] {
            let command = format!("export {what} scenario.yaml sessions.csv {RANGE} --columns {naming}");
            let expected = total(&desk.done(&command), column);
            for format in ["csv", "xlsx"] {
                desk.done(&format!("{command} --format {format} --out export.{format}"));
                let records = desk.done(&format!("import usage export.{format} {range}"));
                assert_eq!(total(&records, "tokens"), expected, "{command} {format}");
            }
        }
    }
}

fn nasty() -> Desk {
    let people = NASTY.map(|name| {
        format!("  - {{user: \"{name}\", team: \"=design\", access: all, behaviour: office_week, with: {{attendance: 1}}}}\n")
    });
    let log = NASTY
        .map(harmless)
        .map(|name| format!("\"{name}\",Revit,2027-01-04T08:00:00Z,2027-01-04T17:00:00Z,\"@device\"\n"));
    let desk = Desk::new(&format!(
        "start: 2027-01-04\nend: 2027-01-10\nproducts: {{Revit: {{rate: 10}}}}\n\
         teams: {{\"=design\": {{packs: [{{id: \"=p1\", bought: 2026-05-10, size: 400}}]}}}}\n\
         people:\n{}forecast: {{replications: 5}}\n",
        people.concat()
    ));
    desk.write("sessions.csv", &format!("user,product,opened,closed,device\n{}", log.concat()));
    desk
}

/// Whether a spreadsheet would take it for a formula.
fn runs(field: &str) -> bool {
    field.starts_with(['=', '+', '-', '@', '\t', '\r']) && field.parse::<f64>().is_err()
}

#[test]
fn no_field_of_any_table_is_a_formula() {
    let desk = nasty();
    for command in [
        "simulate scenario.yaml --out out",
        "meter scenario.yaml sessions.csv --out metered",
        "forecast scenario.yaml --out forecast",
        "export users scenario.yaml --out exports/users.csv",
        "export usage scenario.yaml --out exports/usage.csv --columns title",
        "export subscriptions scenario.yaml --out exports/subscriptions.csv",
        "export users scenario.yaml --out exports/users.xlsx --format xlsx",
    ] {
        desk.done(command);
    }
    let mut nasty = 0;
    for folder in ["out", "metered", "forecast", "exports"] {
        for path in fs::read_dir(desk.path(folder)).unwrap().map(|entry| entry.unwrap().path()) {
            if path.extension().is_none_or(|kind| kind != "csv") {
                continue;
            }
            let mut table = csv::ReaderBuilder::new().has_headers(false).from_path(&path).unwrap();
            for field in table.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
                assert!(!runs(&field), "{}: {field}", path.display());
                nasty += usize::from(field.starts_with("'="));
            }
        }
    }
    assert!(nasty > 20, "only {nasty} fields would have run");
    let users = &sheets(desk.bytes("exports/users.xlsx"))[1].1;
    for name in NASTY {
        assert!(users.iter().flatten().any(|cell| *cell == Data::String(name.to_owned())), "{name}");
    }
}

#[test]
fn what_was_written_harmless_is_read_as_it_was() {
    let desk = nasty();
    desk.done("simulate scenario.yaml --out out");
    desk.done("meter scenario.yaml out/sessions.csv --until 2027-01-10T23:59:59Z --out again");
    for file in ["decisions.csv", "ledger.csv"] {
        assert_eq!(desk.text(&format!("out/{file}")), desk.text(&format!("again/{file}")), "{file}");
    }
    assert!(!desk.text("again/decisions.csv").contains("not_assigned"));
    desk.done("export usage scenario.yaml sessions.csv --out usage.csv");
    let records = desk.done("report --usage usage.csv --range 2027-01-01..2027-01-31 --json");
    for name in NASTY {
        assert!(records.contains(&format!("\"{}\"", name.replace('"', "\\\""))), "{name}: {records}");
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let desk = harbour();
    fs::create_dir(desk.path("folder.csv")).unwrap();
    desk.write("old.csv", "kept");
    for (options, code) in [
        ("usage scenario.yaml sessions.csv --format xlsx", 2),
        ("usage scenario.yaml sessions.csv --out folder.csv", 3),
        ("usage scenario.yaml nowhere.csv --out old.csv", 1),
        ("usage scenario.yaml sessions.csv --team nobody --out old.csv", 1),
        ("usage scenario.yaml sessions.csv --as-of 2030-01-01 --out old.csv", 1),
        ("nothing scenario.yaml --out old.csv", 2),
    ] {
        assert_eq!(desk.run(&format!("export {options}")).status.code(), Some(code), "{options}");
        assert_eq!(desk.text("old.csv"), "kept");
    }
    let left: Vec<_> = fs::read_dir(desk.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with(".flexcast")), "{left:?}");
}

#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_is_refused_with_its_remedy_where_it_is_not_built_in() {
    let desk = harbour();
    let output = desk.run("export usage scenario.yaml sessions.csv --format parquet --out usage.parquet");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--features parquet"));
    assert!(!desk.path("usage.parquet").exists());
}

/// Every cell of the Parquet file against the CSV.
#[cfg(feature = "parquet")]
#[test]
fn parquet_has_the_cells_of_csv_with_their_types() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    let desk = harbour();
    for what in ["subscriptions", "users", "usage"] {
        for columns in ["snake", "title"] {
            let export = format!("export {what} scenario.yaml sessions.csv {RANGE} --columns {columns}");
            desk.done(&format!("{export} --format parquet --out it.parquet"));
            let expected = rows(&desk.done(&export));
            let reader = SerializedFileReader::new(fs::File::open(desk.path("it.parquet")).unwrap()).unwrap();
            let found: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
            assert_eq!(found.len(), expected.len());
            for (row, expected) in found.iter().zip(&expected) {
                for (name, field) in row.get_column_iter() {
                    let (shown, said) = (field.to_string(), &expected[name]);
                    match field {
                        Field::Null => assert_eq!(said, "", "{name}"),
                        Field::Str(text) => assert_eq!(&harmless(text), said, "{name}"),
                        Field::Decimal(_) => assert_eq!(tokens_of(&shown), tokens_of(said), "{name}"),
                        Field::Date(_) => {
                            assert!(said.starts_with(shown.split(' ').next().unwrap()), "{name}: {shown}")
                        }
                        Field::Double(number) => assert_eq!(number.to_string(), *said, "{name}"),
                        Field::Long(number) => assert_eq!(number.to_string(), *said, "{name}"),
                        other => panic!("{name}: {other:?}"),
                    }
                }
            }
            assert!(what == "subscriptions" || found.iter().any(|row| row.to_string().contains("Revit")));
        }
    }
}

#[cfg(feature = "parquet")]
fn tokens_of(text: &str) -> Tokens {
    Tokens::parse(text).unwrap_or_else(|| panic!("{text}"))
}
