//! Whatever stands in a file, there is no crash, and what is whole is read.

use std::fs;
use std::path::Path;

use flexcast::calendar::{Day, Zone};
use flexcast::flexnet::{Failure, Options, Products, Summary, Tables, import};
use rand::{Rng, RngExt, SeedableRng};
use rand_pcg::Pcg64;

/// Where a log names no date.
pub const START: &str = "2027-03-01";

/// The table of sessions, and the counts.
pub fn sessions(log: &Path, zone: &str, start: &str) -> Result<(String, Summary), Failure> {
    let options = Options {
        pseudonyms: Default::default(),
        zone: Zone::parse(zone).unwrap(),
        start: Day::parse(start),
        products: Products::known(),
        keep_case: false,
    };
    let (mut sessions, mut denied) = (Vec::new(), Vec::new());
    let tables = Tables::new(&mut sessions, Some(&mut denied))?;
    let summary = import(&[log.to_owned()], &options, tables)?;
    Ok((String::from_utf8(sessions).unwrap(), summary))
}

fn check(bytes: &[u8], start: &str) {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("server.log");
    fs::write(&log, bytes).unwrap();
    match sessions(&log, "Europe/Amsterdam", start) {
        Ok((table, summary)) => {
            let rows = csv::Reader::from_reader(table.as_bytes()).into_records().map(Result::unwrap);
            assert_eq!(
                rows.inspect(|row| assert!(row[3].is_empty() || row[2] <= row[3])).count() as u64,
                summary.sessions
            );
        }
        Err(Failure::Log(_)) => {}
        Err(Failure::Table(error)) => panic!("{error}"),
    }
}

#[test]
fn a_log_may_be_cut_anywhere_and_changed_anywhere() {
    let mut random = Pcg64::seed_from_u64(7);
    for case in super::cases() {
        let log = fs::read(case.join("server.log")).unwrap();
        for _ in 0..40 {
            check(&log[..random.random_range(0..log.len())], START);
            check(&log[random.random_range(0..log.len())..], START);
            let mut changed = log.clone();
            for _ in 0..random.random_range(1..20) {
                let place = random.random_range(0..changed.len());
                changed[place] =
                    *[b'\n', b'"', b'@', b':', b'9', b' ', 0xff, 0].get(random.random_range(0..8)).unwrap();
            }
            check(&changed, START);
            let mut lines: Vec<&[u8]> = log.split_inclusive(|byte| *byte == b'\n').collect();
            for _ in 0..5 {
                let (one, other) = (random.random_range(0..lines.len()), random.random_range(0..lines.len()));
                lines.swap(one, other);
            }
            check(&lines.concat(), START);
        }
    }
}

#[test]
fn noise_and_lines_without_end_are_read_past() {
    let mut random = Pcg64::seed_from_u64(8);
    let mut noise = vec![0; 300_000];
    random.fill_bytes(&mut noise);
    check(&noise, START);
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("server.log");
    let whole = b"8:00:00 (a) OUT: \"X\" u@h\n".to_vec();
    let endless = [b"8:00:01 (a) OUT: \"".as_slice(), &vec![b'x'; 5_000_000], b"\n"].concat();
    let back = b"9:00:00 (a) IN: \"X\" u@h".to_vec();
    fs::write(&log, [&whole[..], &noise, b"\n", &endless, &back].concat()).unwrap();
    let (table, summary) = sessions(&log, "UTC", START).unwrap_or_else(|error| panic!("{error:?}"));
    assert!(table.ends_with("u,X,2027-03-01T08:00:00Z,2027-03-01T09:00:00Z,,h\n"), "{table}");
    assert_eq!((summary.sessions, summary.torn), (1, 1));
}

#[test]
fn a_clock_that_runs_out_of_years_ends_nothing() {
    let log = "23:00:00 (a) OUT: \"X\" u@h\n0:00:00 (a) IN: \"X\" u@h\n".repeat(500);
    check(log.as_bytes(), "9998-10-01");
    check(format!("{log}1:00:00 (lmgrd) TIMESTAMP 1/1/1980\n").as_bytes(), START);
    check(log.as_bytes(), "0001-01-01");
}
