//! How many events a second the meter takes: opens and closes handed in, and what becomes due on the way.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flexcast::ids::{DeviceId, IdentityId, ProductId, TeamId, UserId, VersionId};
use flexcast::ledger::NewPack;
use flexcast::meter::{Access, Event, Membership, Meter, Open, ProductTerms, Roster, Rules, TeamTerms, UserTerms};
use flexcast::queue::Queue;
use flexcast::time::{Instant, Span};
use flexcast::tokens::Tokens;

const USERS: u32 = 1000;
const DAYS: i64 = 250;

/// What people do on a day at work.
#[derive(Clone, Copy)]
struct Workload {
    name: &'static str,
    /// Launches of one product a day.
    launches: i64,
    /// Every so many days a product is left open until the next day at work.
    forgets_every: i64,
    /// Packs that share the year's tokens.
    packs: i64,
}

const WORKLOADS: [Workload; 4] = [
    Workload { name: "calm office", launches: 1, forgets_every: 50, packs: 2 },
    Workload { name: "many short sessions", launches: 6, forgets_every: 50, packs: 2 },
    Workload { name: "everybody forgets", launches: 1, forgets_every: 1, packs: 2 },
    Workload { name: "many packs", launches: 1, forgets_every: 50, packs: 5000 },
];

fn roster() -> Roster {
    let members = (0..USERS).map(|_| Membership::new(TeamId(0), Access::All));
    let users = (0..USERS).map(|user| UserTerms { known: true, memberships: user..user + 1, ..UserTerms::default() });
    let product = ProductTerms {
        key: 0,
        rate: Some(Tokens::whole(10)),
        host: None,
        loads: Vec::new(),
        available: Instant::MIN..Instant::MAX,
    };
    Roster {
        products: vec![product],
        users: users.collect(),
        memberships: members.collect(),
        teams: vec![TeamTerms::default()],
        ..Roster::default()
    }
}

fn timeline(workload: &Workload) -> Vec<(Instant, Event)> {
    let tokens = Tokens::whole(10_000_000 / workload.packs);
    let pack = |number: i64| NewPack {
        team: TeamId(0),
        size: tokens,
        left: tokens,
        bought: Instant::from_seconds(0),
        ends: Instant::from_seconds((DAYS + 1 + number) * Span::DAY.seconds()),
        on_hand: true,
    };
    (0..workload.packs).map(|number| (Instant::from_seconds(0), Event::Pack(pack(number)))).collect()
}

/// The opens of all days in their order, each with its close.
fn sessions(workload: &Workload) -> Vec<(Instant, Open, Instant)> {
    let mut sessions = Vec::new();
    for day in 0..DAYS {
        for user in 0..USERS {
            // People arrive over an hour, not in the order of their ids.
            let arrival = day * 86_400 + 8 * 3600 + i64::from(user * 7919 % 3600);
            for launch in 0..workload.launches {
                let opened = arrival + launch * 5000;
                let forgets = (day + i64::from(user)) % workload.forgets_every == 0 && launch + 1 == workload.launches;
                let closed = if forgets { arrival + 86_000 } else { opened + 28_000 / workload.launches };
                let open = Open {
                    user: UserId(user),
                    product: ProductId(0),
                    device: DeviceId(0),
                    version: VersionId(0),
                    identity: IdentityId(0),
                    online: true,
                    supported: true,
                    idle_aware: false,
                };
                sessions.push((Instant::from_seconds(opened), open, Instant::from_seconds(closed)));
            }
        }
    }
    sessions.sort_by_key(|session| session.0);
    sessions
}

fn run(queue: &mut Queue<'_>, sessions: &[(Instant, Open, Instant)]) -> Tokens {
    queue.reset(1);
    for (at, open, closed) in sessions {
        queue.open(*at, *open, Some(*closed), &[]);
        queue.journal.clear();
    }
    queue.advance(Instant::from_seconds(DAYS * 86_400));
    queue.ledger().balance(TeamId(0))
}

fn meter(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("meter");
    group.sample_size(10);
    for workload in &WORKLOADS {
        let (timeline, sessions) = (timeline(workload), sessions(workload));
        let mut queue = Queue::new(Meter::new(roster(), Rules::default(), 1), &timeline);
        // An open and a close for each session; renewals, grace decisions and window ends come on top, uncounted.
        group.throughput(Throughput::Elements(2 * sessions.len() as u64));
        group.bench_function(workload.name, |bencher| {
            bencher.iter(|| black_box(run(&mut queue, &sessions)));
        });
    }
    group.finish();
}

criterion_group!(benches, meter);
criterion_main!(benches);
