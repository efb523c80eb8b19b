//! Two real licence logs, metered with and without grace. They stand beside the project, not in it: where they aren't there,
//! the tests say so and pass.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flexcast::calendar::parse_instant;
use flexcast::replay::{TableNames, Tables, replay};
use flexcast::scenario;
use flexcast::usage_log;

const LOGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
const DAY: i64 = 86_400;
const GRACE: i64 = 300;

/// A user and a product.
type Pair = (String, String);
/// Starts of windows, in seconds, in their order.
type Windows = BTreeMap<Pair, Vec<i64>>;

/// From open to close, in seconds.
#[derive(Clone, Copy)]
struct Session {
    opened: i64,
    closed: i64,
}

impl Session {
    fn is_open_at(&self, at: i64) -> bool {
        self.opened == at || (self.opened < at && self.closed > at)
    }

    fn in_time(&self) -> bool {
        self.closed - self.opened <= GRACE
    }
}

fn log(name: &str) -> Option<PathBuf> {
    let folder = Path::new(LOGS).join(name);
    if !folder.is_dir() {
        // Not `eprintln`, which a test that passes keeps to itself.
        let said = format!("skipped: the log {name} isn't beside the project\n");
        std::io::stderr().write_all(said.as_bytes()).unwrap();
        return None;
    }
    Some(folder)
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

fn seconds(text: &str) -> i64 {
    parse_instant(text).unwrap().seconds()
}

fn pair(row: &BTreeMap<String, String>) -> Pair {
    (row["user"].clone(), row["product"].clone())
}

/// By pair, in the order of opening.
fn sessions(folder: &Path) -> BTreeMap<Pair, Vec<Session>> {
    let mut sessions: BTreeMap<Pair, Vec<Session>> = BTreeMap::new();
    for row in rows(&folder.join("sessions.csv")) {
        let session = Session { opened: seconds(&row["opened"]), closed: seconds(&row["closed"]) };
        sessions.entry(pair(&row)).or_default().push(session);
    }
    sessions.values_mut().for_each(|of_pair| of_pair.sort_by_key(|session| session.opened));
    sessions
}

fn windows<'r>(rows: impl Iterator<Item = &'r BTreeMap<String, String>>, start: &str) -> Windows {
    let mut windows = Windows::new();
    for row in rows {
        windows.entry(pair(row)).or_default().push(seconds(&row[start]));
    }
    windows.values_mut().for_each(|starts| starts.sort_unstable());
    windows
}

/// One team with a huge pack, and all users of the log.
fn office(sessions: &BTreeMap<Pair, Vec<Session>>, first_day: &str, grace: &str) -> String {
    let users: BTreeSet<&String> = sessions.keys().map(|(user, _)| user).collect();
    let products: BTreeSet<&String> = sessions.keys().map(|(_, product)| product).collect();
    let products: Vec<String> = products.iter().map(|product| format!("  {product}: {{rate: 1}}\n")).collect();
    let people: Vec<String> =
        users.iter().map(|user| format!("  - {{user: {user}, team: all, access: all}}\n")).collect();
    format!(
        "start: {first_day}\nend: {first_day}\nrules: {{grace: {grace}}}\nproducts:\n{}\
         teams: {{all: {{packs: [{{id: huge, bought: {first_day}, size: 1000000000}}]}}}}\npeople:\n{}",
        products.concat(),
        people.concat(),
    )
}

/// What the meter charges.
fn metered(folder: &Path, grace: &str) -> Windows {
    let sessions = sessions(folder);
    let first = rows(&folder.join("sessions.csv")).iter().map(|row| row["opened"][..10].to_owned()).min().unwrap();
    let desk = tempfile::tempdir().unwrap();
    let path = desk.path().join("scenario.yaml");
    fs::write(&path, office(&sessions, &first, grace)).unwrap();
    let scenario = scenario::load(&path).scenario.expect("no errors");
    let setup = scenario.setup();
    let log = usage_log::read(&folder.join("sessions.csv"), &scenario, &mut setup.identities.clone(), false).unwrap();
    let names = TableNames {
        scenario: &scenario,
        strangers: &log.strangers,
        packs: &setup.packs,
        devices: &log.devices,
        versions: &log.versions,
    };
    let (mut decisions, mut ledger, mut mails) = (Vec::new(), Vec::new(), Vec::new());
    let tables = Tables::new(names, &mut decisions, &mut ledger, &mut mails).unwrap();
    let totals = replay(&scenario, &setup, &log, log.last.unwrap(), 0, tables).unwrap();
    assert_eq!(totals.denied, 0);
    let rows: Vec<BTreeMap<String, String>> =
        csv::Reader::from_reader(&*ledger).deserialize().map(Result::unwrap).collect();
    windows(rows.iter().filter(|row| row["entry"] == "burn"), "time")
}

/// What the rules charge one user for one product with grace (T1, T4, T5, T6a, T8), where tokens never run out: told once
/// more, window by window rather than event by event.
fn windows_with_grace(sessions: &[Session]) -> Vec<i64> {
    let mut starts = Vec::new();
    // Whatever starts before this instant is paid, or was free.
    let mut from = i64::MIN;
    while let Some((start, decider)) = next_start(sessions, from) {
        match settles(sessions, start, decider) {
            Ok(()) => {
                starts.push(start);
                from = start + DAY;
            }
            Err(voided) => from = voided,
        }
    }
    starts
}

/// The earliest moment from `from` on at which somebody has the product open, or opens it.
fn next_start(sessions: &[Session], from: i64) -> Option<(i64, Session)> {
    let open = sessions.iter().find(|session| session.opened < from && session.closed > from);
    let opening = || sessions.iter().find(|session| session.opened >= from).map(|session| (session.opened, *session));
    open.map(|session| (from, *session)).or_else(opening)
}

/// Whether a window is paid by one of the sessions that share its hold; when it was voided otherwise.
fn settles(sessions: &[Session], start: i64, mut decider: Session) -> Result<(), i64> {
    while decider.closed <= start.max(decider.opened + GRACE) {
        let left = decider.closed;
        let open = |session: &&Session| session.opened < left && session.closed > left;
        decider = *sessions.iter().find(open).ok_or(left)?;
    }
    Ok(())
}

fn without_grace_the_windows_are_those_of_an_independent_meter(name: &str) {
    let Some(folder) = log(name) else { return };
    let expected = windows(rows(&folder.join("windows_24h.csv")).iter(), "window_start");
    assert_eq!(metered(&folder, "0s"), expected);
}

/// Windows without grace; those of them that vanish with it, and those that it moves to a later start.
#[derive(Debug, PartialEq)]
struct Counts {
    charged: usize,
    vanished: usize,
    moved: usize,
}

/// Every chain of windows that differ (from one that both have to the next that both have) begins with one of grace 0
/// for which every session that was open was closed in time; and the windows with grace are those that the rules give.
fn with_grace_the_difference_is_explained_by_closes_in_time(name: &str, counts: Counts) {
    let Some(folder) = log(name) else { return };
    let (strict, lenient) = (metered(&folder, "0s"), metered(&folder, "5m"));
    let (mut vanished, mut moved) = (0, 0);
    for (pair, sessions) in sessions(&folder) {
        let strict = strict.get(&pair).cloned().unwrap_or_default();
        let lenient = lenient.get(&pair).cloned().unwrap_or_default();
        assert_eq!(lenient, windows_with_grace(&sessions), "{pair:?}");
        for chain in chains(&strict, &lenient) {
            let (first, with_grace) = chain[0];
            assert!(!with_grace, "{pair:?}: grace alone charges at {first}, and grace 0 doesn't before it");
            let mut open = sessions.iter().filter(|session| session.is_open_at(first)).peekable();
            assert!(open.peek().is_some() && open.all(Session::in_time), "{pair:?}: {first} was not closed in time");
            let instead = chain.iter().filter(|(_, with_grace)| *with_grace).count();
            vanished += chain.len() - 2 * instead;
            moved += instead;
        }
    }
    let charged = strict.values().map(Vec::len).sum();
    assert_eq!(Counts { charged, vanished, moved }, counts);
}

/// The runs of starts that only one of the two has, in order; each says whether it is the lenient one's.
fn chains(strict: &[i64], lenient: &[i64]) -> Vec<Vec<(i64, bool)>> {
    let mut starts: Vec<(i64, bool)> = strict.iter().map(|start| (*start, false)).collect();
    starts.extend(lenient.iter().map(|start| (*start, true)));
    starts.sort_unstable();
    let same = starts.chunk_by(|one, other| one.0 == other.0).map(<[_]>::to_vec);
    let mut chains = vec![Vec::new()];
    for starts in same {
        match starts[..] {
            [only] => chains.last_mut().expect("never empty").push(only),
            _ => chains.push(Vec::new()),
        }
    }
    chains.retain(|chain| !chain.is_empty());
    chains
}

#[test]
fn autocad_without_grace() {
    without_grace_the_windows_are_those_of_an_independent_meter("elk_autocad");
}

#[test]
fn ansys_without_grace() {
    without_grace_the_windows_are_those_of_an_independent_meter("umich_ansys");
}

#[test]
fn autocad_with_grace() {
    with_grace_the_difference_is_explained_by_closes_in_time(
        "elk_autocad",
        Counts { charged: 385, vanished: 77, moved: 54 },
    );
}

#[test]
fn ansys_with_grace() {
    with_grace_the_difference_is_explained_by_closes_in_time(
        "umich_ansys",
        Counts { charged: 966, vanished: 15, moved: 165 },
    );
}
