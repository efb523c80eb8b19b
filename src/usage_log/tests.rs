use std::fs;

use rand::RngExt;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64;

use super::sorted::{RUN_BYTES, Sorter};
use super::*;
use crate::calendar::parse_instant;
use crate::ids::{DeviceId, IdentityId, ProductId, UserId, VersionId};

const SCENARIO: &str = "
start: 2027-01-01
end: 2027-01-31
products:
  Revit: {rate: 10, platforms: [windows]}
  Render: {rate: 0.5, per: result}
  Call: {rate: 0.000004, per: result}
teams: {design: {}}
people: [{user: anna, team: design}]
";

const HEADER: &str = "user,product,opened,closed,idle,quantity,failed,failed_quantity,platform";

fn scenario() -> Scenario {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scenario.yaml");
    fs::write(&path, SCENARIO).unwrap();
    crate::scenario::load(&path).scenario.expect("no errors")
}

/// Rows of a text as they are read, with the line that each begins at.
fn rows(text: &[u8]) -> Vec<(u64, Result<Vec<String>, String>)> {
    let mut text = Text::new(text);
    let mut rows = Vec::new();
    while let Some(row) = text.next().unwrap() {
        let fields = row.map(|()| text.row.fields().map(str::to_owned).collect()).map_err(|error| error.message);
        if fields.is_err() {
            text.take_back();
        }
        rows.push((text.row.line, fields));
    }
    rows
}

fn check_rows(text: &[u8], expected: &[(u64, Result<&[&str], &str>)]) {
    let found = rows(text);
    let found: Vec<_> = found.iter().map(|(line, row)| (*line, row.as_deref().map_err(String::as_str))).collect();
    assert_eq!(format!("{found:?}"), format!("{expected:?}"), "{}", String::from_utf8_lossy(text));
}

#[test]
fn rows_are_read_with_their_lines() {
    check_rows(b"", &[]);
    check_rows(b"a,b", &[(1, Ok(&["a", "b"]))]);
    check_rows(
        b"a\n\nb\r\n\r\nc\rd\r\re\n",
        &[(1, Ok(&["a"])), (3, Ok(&["b"])), (5, Ok(&["c"])), (6, Ok(&["d"])), (8, Ok(&["e"]))],
    );
    check_rows(
        "\u{feff}a, b \n\"c,d\", \"\"\"e\"\n".as_bytes(),
        &[(1, Ok(&["a", "b"])), (2, Ok(&["c,d", "\"\"\"e\""]))],
    );
    check_rows(b"a,\"b\r\nc\"\nd\n", &[(1, Ok(&["a", "b\r\nc"])), (3, Ok(&["d"]))]);
    check_rows(b"\xe9,a\nb\n", &[(1, Err("this row isn't UTF-8 text")), (2, Ok(&["b"]))]);
    check_rows(b"\xc3,\xa9\nb\n", &[(1, Err("this row isn't UTF-8 text")), (2, Ok(&["b"]))]);
}

#[test]
fn a_quote_that_is_not_closed_takes_no_other_row_along() {
    let open = Err("this row has a quote that isn't closed");
    check_rows(b"a\n\"b\nc\nd", &[(1, Ok(&["a"])), (2, open), (3, Ok(&["c"])), (4, Ok(&["d"]))]);
    let many = [b"\"b\n".to_vec(), b"c\n".repeat(1000)].concat();
    let found = rows(&many);
    assert_eq!((found.len(), found[0].0, found[0].1.is_err()), (1001, 1, true));
    assert!((1..).zip(&found).all(|(line, row)| row.0 == line));
}

#[test]
fn of_a_line_without_end_only_the_beginning_is_kept() {
    let long = [b"a\n".to_vec(), b"x".repeat(40 << 20), b"\nb\n".to_vec()].concat();
    let mut text = Text::new(&long[..]);
    text.next().unwrap();
    let error = text.next().unwrap().unwrap().unwrap_err();
    assert_eq!(error.message, "this line is longer than 16 MiB");
    assert!(text.row.excerpt().len() <= 1000);
    text.take_back();
    assert!(text.next().unwrap().unwrap().is_ok());
    assert_eq!((text.row.line, text.row.field(0)), (3, Some("b")));
}

/// What one row says: the `what` of it, or the error's message.
fn said(row: &str) -> Result<Use, String> {
    let text = format!("{HEADER}\n{row}\n");
    let mut text = Text::new(text.as_bytes());
    text.next().unwrap();
    let columns = Columns::find(&text.row).unwrap();
    let (scenario, mut identities) = (scenario(), Names::default());
    let mut rows = Rows::new(&scenario, &mut identities, columns);
    text.next().unwrap().unwrap().unwrap();
    rows.logged(&text.row).map(|logged| logged.what).map_err(|error| error.message)
}

/// 4 January 2027 at a time of day.
fn at(time: &str) -> Instant {
    parse_instant(&format!("2027-01-04T{time}:00Z")).unwrap()
}

/// The row of a session from 09:00 to 17:00, with idle spans by their times of day.
fn idle(spans: &str) -> Result<Vec<(Instant, Instant)>, String> {
    let instant = |time: &str| if time.len() == 5 { format!("2027-01-04T{time}:00Z") } else { time.to_owned() };
    let span = |span: &str| span.split('/').map(instant).collect::<Vec<_>>().join("/");
    let spans: Vec<String> = spans.split(';').map(span).collect();
    let row = format!("anna,Revit,2027-01-04T09:00:00Z,2027-01-04T17:00:00Z,{},,,,", spans.join(";"));
    match said(&row)? {
        Use::Session { idle, .. } => Ok(idle),
        Use::Results { .. } => panic!("{row} is a session"),
    }
}

#[test]
fn idle_spans_are_clipped_to_the_session_and_overlapping_ones_are_one() {
    for (written, meant) in [
        ("", &[][..]),
        ("10:00/11:00", &[("10:00", "11:00")]),
        ("10:00/11:00;12:00/13:00;", &[("10:00", "11:00"), ("12:00", "13:00")]),
        ("12:00/13:00;10:00/11:00", &[("10:00", "11:00"), ("12:00", "13:00")]),
        ("10:00/12:00;11:00/11:30;11:59/13:00", &[("10:00", "13:00")]),
        // In use at 11:00, for less than a second.
        ("10:00/11:00;11:00/12:00", &[("10:00", "11:00"), ("11:00", "12:00")]),
        ("08:00/10:00;16:00/18:00", &[("09:00", "10:00"), ("16:00", "17:00")]),
        ("07:00/09:00;17:00/18:00;10:00/10:00", &[]),
    ] {
        let meant: Vec<_> = meant.iter().map(|span| (at(span.0), at(span.1))).collect();
        assert_eq!(idle(written), Ok(meant), "{written}");
    }
    for (written, error) in [
        ("10:00", "isn't a span"),
        ("10:00/", "isn't an instant"),
        ("11:00/10:00", "ends before it starts"),
        ("10:00/9999-12-31T00:00:00Z", "too far ahead"),
    ] {
        assert!(idle(written).is_err_and(|found| found.contains(error)), "{written}");
    }
}

#[test]
fn a_sessions_row_has_nothing_of_a_result() {
    let plain = Ok(Use::session(Some(at("17:00"))));
    for (rest, expected) in [
        ("", plain.clone()),
        (",,,,", plain.clone()),
        (",1.0,,0,Windows", plain),
        (",2,,,", Err("`Revit` is charged per day, so its quantity can't be `2`")),
        (",0,,,", Err("`Revit` is charged per day, so its quantity can't be `0`")),
        (",,2027-01-04T09:00:00Z,,", Err("`Revit` is charged per day, so `failed` says nothing of it")),
        (",,,1,", Err("`Revit` is charged per day, so `failed_quantity` says nothing of it")),
        (",,,,linux", Err("`Revit` doesn't run on `linux`")),
        (",,,,Windows 11", Err("`Revit` doesn't run on `Windows 11`")),
    ] {
        let row = format!("anna,Revit,2027-01-04T09:00:00Z,2027-01-04T17:00:00Z,{rest}");
        assert_eq!(said(&row), expected.map_err(str::to_owned), "{row}");
    }
    for row in ["anna,Revit,2027-01-04T09:00:00Z", "anna"] {
        assert!(said(row).unwrap_err().starts_with("the row ends before its column"), "{row}");
    }
}

#[test]
fn a_results_row_says_how_many_and_what_failed() {
    let results = |quantity: &str, failed: Option<(&str, &str)>| {
        let tokens = |text| Tokens::parse(text).unwrap();
        let failed = failed.map(|(time, quantity)| Failed { at: at(time), quantity: tokens(quantity) });
        Ok(Use::Results { quantity: tokens(quantity), failed })
    };
    for (rest, expected) in [
        (",,,,,linux", results("1", None)),
        ("2027-01-04T09:00:00Z,,2.5,,0,", results("2.5", None)),
        (",,3,2027-01-04T09:00:00Z,,", results("3", Some(("09:00", "3")))),
        (",,3,2027-01-04T10:00:00Z,0.000002,", results("3", Some(("10:00", "0.000002")))),
        (",,0,,,", Err("`0` in column `quantity` isn't a quantity")),
        (",,-1,,,", Err("`-1` in column `quantity` isn't a quantity")),
        (",,0.0000001,,,", Err("`0.0000001` in column `quantity` isn't a quantity")),
        (",,0.000001,,,", Err("`0.000001` in column `quantity` can't be charged exactly")),
        (",,3,2027-01-04T10:00:00Z,0.000001,", Err("`0.000001` in column `failed_quantity` can't be charged exactly")),
        (",,3,2027-01-04T10:00:00Z,4,", Err("more fails than was asked for")),
        (",,3,2027-01-04T10:00:00Z,0,", Err("`0` in column `failed_quantity` isn't a quantity")),
        (",,3,,1,", Err("`failed_quantity` is given, and `failed` is empty")),
        (",,,2027-01-04T08:59:59Z,,", Err("the result fails before it is asked for")),
        ("2027-01-04T10:00:00Z,,,,,", Err("`Render` is charged per result, when it is asked for")),
        (",2027-01-04T09:00:00Z/2027-01-04T10:00:00Z,,,,", Err("`Render` is charged per result, when it is asked for")),
    ] {
        let row = format!("anna,Render,2027-01-04T09:00:00Z,{rest}");
        assert_eq!(said(&row), expected.map_err(str::to_owned), "{row}");
    }
    assert_eq!(
        said("anna,Call,2027-01-04T09:00:00Z,,,0.25,,,"),
        Ok(Use::Results { quantity: Tokens::parse("0.25").unwrap(), failed: None })
    );
    let finer = said("anna,Call,2027-01-04T09:00:00Z,,,0.1,,,");
    assert_eq!(finer, Err("`0.1` in column `quantity` can't be charged exactly".to_owned()));
}

fn random(draw: &mut Pcg64) -> Logged {
    let opened = Instant::from_seconds(draw.random_range(0..20));
    let instant = |draw: &mut Pcg64| Instant::from_seconds(draw.random_range(20..1_000_000_000_000));
    let tokens = |draw: &mut Pcg64| Tokens::from_millionths(draw.random_range(1..i64::MAX));
    let what = match draw.random_range(0..4) {
        0 => Use::session(None),
        1 => {
            let idle = (0..draw.random_range(0..5)).map(|_| (instant(draw), instant(draw))).collect();
            Use::Session { closed: Some(instant(draw)), idle }
        }
        2 => Use::Results { quantity: tokens(draw), failed: None },
        _ => {
            let failed = Failed { at: instant(draw), quantity: tokens(draw) };
            Use::Results { quantity: tokens(draw), failed: Some(failed) }
        }
    };
    let open = Open {
        user: UserId(draw.random()),
        product: ProductId(draw.random()),
        device: DeviceId(draw.random()),
        version: VersionId(draw.random()),
        identity: IdentityId(draw.random()),
        online: draw.random(),
        supported: draw.random(),
        idle_aware: draw.random(),
    };
    Logged { opened, open, what }
}

#[test]
fn many_runs_give_the_same_order_as_one() {
    for seed in 0..60 {
        let mut draw = Pcg64::new(seed, 1);
        let rows: Vec<Logged> = (0..draw.random_range(0..300)).map(|_| random(&mut draw)).collect();
        let mut expected = rows.clone();
        expected.sort_by_key(Logged::moment);
        for run_bytes in [1, 300, 4000, RUN_BYTES] {
            let mut sorter = Sorter::new(run_bytes);
            rows.iter().try_for_each(|logged| sorter.add(logged.clone())).unwrap();
            let sorted = sorter.finish().unwrap();
            // Read twice: it stays readable.
            for _ in 0..2 {
                let found: Vec<Logged> = sorted.iter().unwrap().map(Result::unwrap).collect();
                assert_eq!(
                    (found, sorted.len()),
                    (expected.clone(), rows.len() as u64),
                    "seed {seed}, runs of {run_bytes}"
                );
            }
        }
    }
}

#[test]
fn a_log_in_any_order_is_read_the_same_in_runs_of_any_size() {
    let scenario = scenario();
    let mut lines: Vec<String> = (0..200)
        .map(|number| {
            let (day, minute) = (4 + number / 60, number % 60);
            format!("user-{},Revit,2027-01-{day:02}T09:{minute:02}:00Z,,,,,,\n", number % 7)
        })
        .collect();
    let read = |lines: &[String], run_bytes: usize| {
        let text = format!("{HEADER}\n{}", lines.concat());
        let log = read_from(text.as_bytes(), "log.csv".into(), &scenario, &mut Names::default(), run_bytes).unwrap();
        let name = |row: Logged| (row.opened, log.strangers[row.open.user.index() - 1].clone(), row.what);
        let rows: Vec<_> = log.rows.iter().unwrap().map(|row| name(row.unwrap())).collect();
        (rows, log.last)
    };
    let expected = read(&lines, RUN_BYTES);
    assert!(
        expected.0.is_sorted_by_key(|row| row.0)
            && expected.0.len() == 200
            && expected.1 == expected.0.last().map(|row| row.0)
    );
    for seed in 0..20 {
        lines.shuffle(&mut Pcg64::new(seed, 1));
        assert_eq!(read(&lines, 1000), expected, "seed {seed}");
    }
}

#[test]
fn results_come_after_all_opens_of_their_instant() {
    let row =
        |second: i64, user: u32, what: Use| Logged { opened: Instant::from_seconds(second), open: by(user), what };
    let result = || Use::Results { quantity: Tokens::whole(1), failed: None };
    let written = [row(1, 0, result()), row(1, 1, Use::session(None)), row(0, 2, result()), row(1, 3, result())];
    for run_bytes in [1, RUN_BYTES] {
        let mut sorter = Sorter::new(run_bytes);
        written.iter().for_each(|logged| sorter.add(logged.clone()).unwrap());
        let sorted = sorter.finish().unwrap();
        let users: Vec<u32> = sorted.iter().unwrap().map(|logged| logged.unwrap().open.user.0).collect();
        assert_eq!(users, [2, 1, 0, 3], "runs of {run_bytes} bytes");
    }
}

fn by(user: u32) -> Open {
    Open {
        user: UserId(user),
        product: ProductId(0),
        device: DeviceId(0),
        version: VersionId(0),
        identity: IdentityId(0),
        online: true,
        supported: true,
        idle_aware: false,
    }
}
