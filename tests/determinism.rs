//! The determinism contract (`src/simulate/mod.rs`): the same scenario, seed and version give the same bytes, and a draw hangs on
//! nothing but its name.

mod desk;

use std::collections::BTreeMap;

use desk::Desk;
use sha2::{Digest, Sha256};

/// Two months of the studio: enough for forgotten weekends, trips, and a hold at the end.
fn studio(change: impl Fn(String) -> String) -> Desk {
    Desk::studio(|text| {
        let (before, after) = text.split_once("purchases:").unwrap();
        let (_, after) = after.split_once("\n\n").unwrap();
        let short = format!("{before}{after}").replace("end: 2027-12-31", "end: 2027-02-28");
        change(short)
    })
}

const RESULTS: [&str; 13] = [
    "forecast.json",
    "daily.csv",
    "months.csv",
    "users.csv",
    "replications.csv",
    "burn.svg",
    "burn.png",
    "balance.svg",
    "balance.png",
    "stock_out.svg",
    "stock_out.png",
    "burners.svg",
    "burners.png",
];

fn forecast(desk: &Desk, options: &str, out: &str) -> BTreeMap<&'static str, Vec<u8>> {
    desk.done(&format!("forecast scenario.yaml --out {out} {options}"));
    RESULTS.map(|name| (name, desk.bytes(&format!("{out}/{name}")))).into()
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let desk = studio(|text| text);
    let one = forecast(&desk, "--replications 7 --threads 1", "one");
    for threads in [2, 5] {
        let some = forecast(&desk, &format!("--replications 7 --threads {threads}"), "some");
        for name in RESULTS {
            assert!(one[name] == some[name], "{name} differs on {threads} threads");
        }
    }
}

/// What events have changed is undone before the next replication of the same thread.
#[test]
fn replications_with_events_dont_hang_on_those_before_them() {
    let desk = Desk::harbour();
    let [one, other] = [1, 5].map(|threads| {
        desk.done(&format!("forecast scenario.yaml --out out --replications 5 --threads {threads}"));
        desk.bytes("out/forecast.json")
    });
    assert!(one == other);
}

#[test]
fn another_seed_gives_another_result_and_the_same_seed_the_same() {
    let desk = studio(|text| text);
    let run = |options: &str| {
        desk.done(&format!("simulate scenario.yaml --out out {options}"));
        desk.text("out/sessions.csv")
    };
    let given = run("");
    assert_eq!(run("--seed 42"), given, "42 is the studio's");
    assert_ne!(run("--seed 43"), given);
    assert_ne!(run("--replication 1"), given);
}

/// By user: the rows of sessions.csv.
fn sessions(desk: &Desk) -> BTreeMap<String, Vec<String>> {
    desk.done("simulate scenario.yaml --out out --replication 3");
    let mut sessions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in desk.text("out/sessions.csv").lines().skip(1) {
        let (user, rest) = row.split_once(',').unwrap();
        sessions.entry(user.to_owned()).or_default().push(rest.to_owned());
    }
    sessions
}

/// Puts a line under the line that begins a section.
fn under(section: &str, line: &str) -> impl Fn(String) -> String {
    let (section, line) = (format!("\n{section}:\n"), line.to_owned());
    move |text| {
        assert_eq!(text.matches(&section).count(), 1, "{section}");
        text.replace(&section, &format!("{section}{line}\n"))
    }
}

#[test]
fn one_more_user_product_pack_or_team_changes_nobody_elses_sessions() {
    let before = sessions(&studio(|text| text));
    assert_eq!(before.len(), 40);
    for (section, line) in [
        ("people", "  - {user: aaron, team: visuals, access: all, behaviour: office_week, with: {products: [Maya]}}"),
        ("products", "  AAA: {rate: 1}"),
        ("teams", "  aaa: {packs: [{bought: 2026-12-01, size: 100}]}"),
    ] {
        let mut after = sessions(&studio(under(section, line)));
        assert_eq!(after.remove("aaron").is_some(), section == "people");
        assert_eq!(after, before, "{line}");
    }
}

#[test]
fn a_larger_group_keeps_its_first_users_days() {
    let before = sessions(&studio(|text| text));
    let after = sessions(&studio(|text| text.replace("count: 12", "count: 13")));
    assert!(before.iter().all(|(user, rows)| after[user] == *rows));
    assert!(after.contains_key("architects-13"));
}

#[test]
fn who_joins_or_leaves_changes_nobody_elses_days() {
    let before = sessions(&studio(|text| text));
    let events = "events:\n  - {on: 2027-02-01, join: {group: architects, count: 1}}\n  \
                  - {on: 2027-02-01, leave: {user: architects-2}}\n";
    let mut after = sessions(&studio(|text| text + events));
    let joined = after.remove("architects-13").unwrap();
    assert!(joined.iter().all(|row| row.contains(",2027-02")));
    let left = after.remove("architects-2").unwrap();
    assert!(left.len() < before["architects-2"].len());
    assert!(after.iter().all(|(user, rows)| before[user] == *rows));
}

/// Every shipped script but the plainest, in a fortnight with a change of the clocks.
const TINY: &str = "
start: 2027-03-22
end: 2027-04-04
zone: Europe/Amsterdam
products: {AutoCAD: {rate: 7}, Revit: {rate: 10}, Layout: {rate: 2, add_in_of: AutoCAD}}
teams: {design: {packs: [{id: p1, bought: 2026-05-10, size: 600}]}}
people:
  - {group: architects, count: 3, team: design, access: all, behaviour: office_week, with: {forgets_night: 0.2}}
  - {group: interior, count: 2, team: design, access: all, behaviour: add_in_user, with: {add_ins: [Layout]}}
  - {user: ann, team: design, access: all, behaviour: traveller, with: {travels: 1}}
  - {user: bob, team: design, access: all, behaviour: occasional, with: {weeks: 1}}
";

fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Pins every draw. It may change only with a version that says so in the changelog: whoever runs an old scenario again with the
/// same seed gets other days.
#[test]
fn the_draws_are_pinned() {
    let desk = Desk::new(TINY);
    desk.done("simulate scenario.yaml --out out");
    assert_eq!(
        fingerprint(&desk.bytes("out/sessions.csv")),
        "37471dfe47d2acd948db248d6c97cae672e6f4c2fe7519d12b8083c88414e1ee"
    );
}

/// Pins the figures. It changes with the version number, and where forecast.json says something more: look at the difference,
/// and where a figure that was there before changed, say so in the changelog.
#[test]
fn the_figures_are_pinned() {
    let desk = Desk::new(TINY);
    desk.done("forecast scenario.yaml --out out --replications 5");
    assert_eq!(
        fingerprint(&desk.bytes("out/forecast.json")),
        "4fae12a1d98603ace7220ee255ce6f63b72098e64448fb3f7e15dc8f5c809a8b"
    );
}
