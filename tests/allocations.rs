//! A warm replication allocates nothing in the core: every rule at work, counted by the allocator.

use flexcast::ids::*;
use flexcast::ledger::NewPack;
use flexcast::meter::*;
use flexcast::queue::Queue;
use flexcast::time::{Instant, Span};
use flexcast::tokens::Tokens;

const USERS: u32 = 40;
const DAYS: i64 = 120;
const CAD: ProductId = ProductId(0);
const ADD_IN: ProductId = ProductId(1);
const RENDER: ProductId = ProductId(2);

fn at(day: i64, second: i64) -> Instant {
    Instant::from_seconds(day * 86_400 + second)
}

fn roster() -> Roster {
    let product = |rate: i64, host, loads: &[ProductId]| ProductTerms {
        key: 0,
        rate: Some(Tokens::whole(rate)),
        host,
        loads: loads.to_vec(),
        available: Instant::MIN..Instant::MAX,
    };
    let mut lists = ProductLists::new(3);
    let list = lists.add([CAD, ADD_IN]);
    // The last user is invited later.
    let user = |user: u32| UserTerms {
        key: u64::from(user),
        known: true,
        existing: user + 1 < USERS,
        memberships: if user + 1 < USERS { user..user + 1 } else { 0..0 },
        covers: if user == 0 { 0..1 } else { 0..0 },
    };
    let cover = Cover {
        user: UserId(0),
        product: CAD,
        identity: IdentityId(0),
        holds: (at(0, 0), at(40, 10 * 3600)),
        trial: false,
    };
    Roster {
        products: vec![product(7, None, &[ADD_IN]), product(2, Some(CAD), &[]), product(1, None, &[])],
        users: (0..USERS).map(user).collect(),
        memberships: (0..USERS).map(|user| Membership::new(TeamId(user % 2), Access::All)).collect(),
        lists,
        teams: vec![TeamTerms { default_access: Some(list), guest_defaults: false }; 2],
        covers: vec![cover],
        shared_memberships: 0,
    }
}

fn pack(team: u32, day: i64, size: i64, days: i64) -> NewPack {
    let (size, bought) = (Tokens::whole(size), at(day, 0));
    NewPack { team: TeamId(team), size, left: size, bought, ends: at(day + days, 0), on_hand: day == 0 }
}

fn timeline() -> Vec<(Instant, Event)> {
    let pack = |team: u32, day: i64, size: i64, days: i64| (at(day, 0), Event::Pack(pack(team, day, size, days)));
    let what = |day: i64, what| (at(day, 9 * 3600), Event::Administration(what));
    let (user, member) = (UserId(USERS - 1), Membership::new(TeamId(1), Access::TeamDefault));
    vec![
        pack(0, 0, 9000, 30),
        pack(0, 0, 6000, 70),
        pack(1, 0, 7000, 60),
        what(10, Administration::Invite { user, member, accepts_after: Some(Span::DAY) }),
        what(20, Administration::Move { pack: PackId(1), to: TeamId(1) }),
        what(25, Administration::Move { pack: PackId(1), to: TeamId(0) }),
        what(30, Administration::Clear { user: UserId(3), team: TeamId(1), products: ListId(0) }),
        what(33, Administration::Rate { product: CAD, tokens: Tokens::whole(9) }),
        what(
            35,
            Administration::Assign {
                user: UserId(3),
                member: Membership::new(TeamId(0), Access::TeamDefault),
                mail: true,
            },
        ),
        what(40, Administration::Merge { from: TeamId(1), into: TeamId(0) }),
        pack(0, 50, 4000, 365),
        what(55, Administration::Move { pack: PackId(3), to: TeamId(1) }),
        what(60, Administration::Withdraw(RENDER)),
        what(70, Administration::Leave(UserId(5))),
        what(80, Administration::Release(RENDER)),
    ]
}

/// Grace, renewals, idle spans, take-overs, fourth devices, offline starts, shortages, results that fail, packs bought on the way.
fn replicate(queue: &mut Queue<'_>) -> u64 {
    queue.reset(1);
    let mut entries = 0;
    let mut read = |queue: &mut Queue<'_>| {
        entries += queue.journal.entries.len() as u64;
        queue.journal.clear();
    };
    for day in 0..DAYS {
        if day % 15 == 1 {
            queue.begin_at(at(day, 0));
            queue.buy(at(day + 5, 0), pack(day as u32 % 2, day + 5, 500, 365));
            read(queue);
        }
        for user in 0..USERS {
            let number = day as u32 + user;
            let opened = at(day, 8 * 3600 + i64::from(user) * 60);
            let open = Open {
                user: UserId(user),
                product: CAD,
                device: DeviceId(number / 16 % 4),
                version: VersionId(0),
                identity: IdentityId(0),
                online: !number.is_multiple_of(11),
                supported: true,
                idle_aware: number.is_multiple_of(2),
            };
            let closed = match number % 5 {
                0 => Some(opened + Span::from_seconds(60)),
                1 => Some(opened + Span::from_seconds(3 * 86_400)),
                _ => Some(opened + Span::from_seconds(8 * 3600)),
            };
            let idle = [(opened + Span::from_seconds(70_000), opened + Span::from_seconds(100_000))];
            queue.open(opened, open, closed, &idle);
            let again = opened + Span::from_seconds(30);
            queue.open(again, open, Some(again + Span::from_seconds(40)), &[]);
            let failed = number.is_multiple_of(3).then_some((again + Span::DAY, Tokens::whole(1)));
            queue.order(again, Open { product: RENDER, ..open }, Tokens::whole(3), failed);
            read(queue);
        }
    }
    queue.advance(at(DAYS + 400, 0));
    read(queue);
    entries
}

#[test]
fn a_warm_replication_allocates_nothing_in_the_core() {
    let timeline = timeline();
    let mut queue = Queue::new(Meter::new(roster(), Rules::default(), 1), &timeline);
    let mut first = 0;
    let cold = allocation_counter::measure(|| first = replicate(&mut queue));
    assert!(cold.count_total > 0, "the first replication fills the memory");
    let mut again = 0;
    let count = allocation_counter::measure(|| again = replicate(&mut queue));
    assert_eq!(first, again, "a warm replication says the same");
    assert!(first > 10_000, "it says much: {first}");
    assert_eq!((count.count_total, count.bytes_total), (0, 0));
}
