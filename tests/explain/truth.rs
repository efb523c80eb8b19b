//! What is said to have avoided a charge would have: each advice is followed in the log, which is metered again.

use std::fs;
use std::path::Path;

use flexcast::explain::{Answer, Asked, Avoidance, Charge, What, explain};
use flexcast::ids::{ProductId, UserId};
use flexcast::replay::TableNames;
use flexcast::scenario::{self, Scenario};
use flexcast::time::{Instant, Span};
use flexcast::usage_log::{self, Logged, UsageLog, Use};

/// A log and the scenario that it is metered against.
pub struct Office {
    pub scenario: Scenario,
    setup: scenario::Setup,
    log: UsageLog,
    pub rows: Vec<Logged>,
}

impl Office {
    pub fn new(scenario: &Path, log: &Path) -> Office {
        let scenario = scenario::load(scenario).scenario.expect("no errors");
        let mut setup = scenario.setup();
        let log = usage_log::read(log, &scenario, &mut setup.identities, false).unwrap();
        setup.add_strangers(&log.strangers);
        let rows = log.rows.iter().unwrap().map(Result::unwrap).collect();
        Office { scenario, setup, log, rows }
    }

    pub fn explain(&self, rows: &[Logged], asked: &Asked) -> Answer {
        let names = TableNames {
            scenario: &self.scenario,
            strangers: &self.log.strangers,
            packs: &self.setup.packs,
            devices: &self.log.devices,
            versions: &self.log.versions,
        };
        let until = self.log.last.unwrap();
        explain(names, &self.setup, rows.iter().cloned().map(Ok), until, 0, asked).unwrap()
    }

    /// What one user opens of one product: nobody else's charges hang on it where there are enough tokens.
    fn pair(&self, user: UserId, product: ProductId) -> Vec<Logged> {
        let of_pair = |row: &&Logged| (row.open.user, row.open.product) == (user, product);
        self.rows.iter().filter(of_pair).cloned().collect()
    }

    /// Follows each advice of each charge; says how many.
    pub fn follow_each_advice(&self) -> usize {
        let mut pairs: Vec<_> = self.rows.iter().map(|row| (row.open.user, row.open.product)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let of_pair = |(user, product)| {
            let rows = self.pair(user, product);
            let answer = self.explain(&rows, &Asked::default());
            charges(&answer).map(|charge| self.follow(&rows, &answer, charge)).sum::<usize>()
        };
        pairs.into_iter().map(of_pair).sum()
    }

    fn follow(&self, rows: &[Logged], before: &Answer, charge: &Charge) -> usize {
        let window = charge.window.unwrap();
        let mut followed = 0;
        for avoidance in &charge.avoided_by {
            let (changed, next) = match avoidance {
                Avoidance::ClosingBefore { time, opened_again, .. } => (closed_by(rows, *time), *opened_again),
                Avoidance::InTheWindowBefore { earlier, .. } => (moved(rows, window.start, *earlier), None),
                Avoidance::WithinTheGrace { grace, .. } => (closed_by(rows, window.start + *grace), None),
                _ => continue,
            };
            let after = self.explain(&changed, &Asked::default());
            let starts: Vec<Instant> = charges(&after).map(|charge| charge.window.unwrap().start).collect();
            let first = starts.iter().copied().filter(|start| (window.start..window.end).contains(start)).min();
            assert_eq!(first, next, "{avoidance:?}\n{rows:#?}");
            let less = after.burned < before.burned;
            assert!(
                next.is_some() || less,
                "{avoidance:?}
{rows:#?}"
            );
            followed += 1;
        }
        followed
    }
}

fn charges(answer: &Answer) -> impl Iterator<Item = &Charge> {
    answer.decisions.iter().filter_map(|decision| match &decision.what {
        What::Charged(charge) => Some(&**charge),
        _ => None,
    })
}

/// Whatever was opened before an instant is closed by then.
fn closed_by(rows: &[Logged], at: Instant) -> Vec<Logged> {
    let mut rows = rows.to_vec();
    for row in rows.iter_mut().filter(|row| row.opened < at) {
        let closed = row.what.closed().map_or(at, |closed| closed.min(at));
        row.what = Use::session(Some(closed));
    }
    rows
}

/// Whatever was opened in the window that starts here is done earlier.
fn moved(rows: &[Logged], start: Instant, earlier: Span) -> Vec<Logged> {
    let mut rows = rows.to_vec();
    for row in rows.iter_mut().filter(|row| (start..start + Span::DAY).contains(&row.opened)) {
        row.opened = row.opened - earlier;
        row.what = Use::session(row.what.closed().map(|closed| closed - earlier));
    }
    rows.sort_by_key(|row| row.opened);
    rows
}

/// Numbers from a seed (splitmix64).
struct Draws(u64);

impl Draws {
    fn below(&mut self, bound: u64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound) as i64
    }
}

/// Sessions of a few days that lean on the edges: closed in or just after the grace, or about when a window ends.
fn draw(seed: u64) -> String {
    let mut draws = Draws(seed);
    let mut log = "user,product,opened,closed,device\n".to_owned();
    for user in 0..20 {
        for _ in 0..1 + draws.below(8) {
            let opened = draws.below(4) * 86_400 + 28_800 + draws.below(20) * 120;
            let open_for = match draws.below(5) {
                0 => draws.below(600),
                1 => 86_400 + draws.below(10) * 120 - 600,
                2 => 300,
                3 => draws.below(200_000),
                _ => draws.below(8) * 3600,
            };
            let [opened, closed] = [opened, opened + open_for].map(|seconds| {
                let at = flexcast::calendar::parse_instant("2027-01-04T00:00:00Z").unwrap();
                flexcast::calendar::rfc3339(at + Span::from_seconds(seconds))
            });
            let closed = if draws.below(12) == 0 { "" } else { &closed };
            log += &format!("user-{user},Revit,{opened},{closed},{}\n", draws.below(8) / 7);
        }
    }
    log
}

#[test]
fn what_would_have_avoided_a_charge_does_so_when_it_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let [scenario, log] = ["scenario.yaml", "sessions.csv"].map(|name| folder.path().join(name));
    let people: Vec<String> =
        (0..20).map(|user| format!("  - {{user: user-{user}, team: t, access: all}}\n")).collect();
    let text = "start: 2027-01-01\nend: 2027-12-31\nproducts: {Revit: {rate: 10}}\n\
                teams: {t: {packs: [{id: p, bought: 2026-12-01, size: 1000000}]}}\npeople:\n";
    fs::write(&scenario, format!("{text}{}", people.concat())).unwrap();
    let mut followed = 0;
    for seed in 0..60 {
        fs::write(&log, draw(seed)).unwrap();
        followed += Office::new(&scenario, &log).follow_each_advice();
    }
    assert!(followed > 1000, "{followed}");
}
