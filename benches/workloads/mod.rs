//! Made-up offices for the meter: what people do on each day at work, and what pays for it.

use flexcast::ids::{DeviceId, IdentityId, ProductId, TeamId, UserId, VersionId};
use flexcast::ledger::NewPack;
use flexcast::meter::{
    Access, Event, Membership, Meter, Open, ProductLists, ProductTerms, Roster, Rules, TeamTerms, UserTerms,
};
use flexcast::queue::Queue;
use flexcast::time::{Instant, Span};
use flexcast::tokens::Tokens;

/// An office of one product, which costs 10 tokens.
#[derive(Clone, Copy)]
pub struct Workload {
    /// What it is called.
    pub name: &'static str,
    users: u32,
    days: i64,
    /// Launches by each user a day.
    launches: i64,
    /// Every so many days a product is left open until the next day.
    forgets_every: i64,
    /// Each user is in two of them, where there are more than one.
    teams: u32,
    /// Packs that share the tokens, evenly among the teams.
    packs: i64,
    /// Tokens for each launch: what is left out is denied.
    tokens_a_launch: i64,
}

const CALM: Workload = Workload {
    name: "calm office",
    users: 1000,
    days: 250,
    launches: 1,
    forgets_every: 50,
    teams: 1,
    packs: 2,
    tokens_a_launch: 20,
};

/// Each leans on one thing that could be slow.
pub const WORKLOADS: [Workload; 6] = [
    CALM,
    Workload { name: "everybody forgets", forgets_every: 1, ..CALM },
    Workload { name: "many short sessions", launches: 6, ..CALM },
    Workload { name: "short balance", tokens_a_launch: 5, ..CALM },
    Workload { name: "many packs", packs: 5000, tokens_a_launch: 10, ..CALM },
    Workload { name: "many teams", teams: 200, packs: 400, ..CALM },
];

/// A session: when, what, until when.
pub type Session = (Instant, Open, Instant);

impl Workload {
    /// So many times the users, and the packs and teams that they need.
    pub fn times(self, factor: u32) -> Self {
        Workload {
            users: self.users * factor,
            teams: if self.teams == 1 { 1 } else { self.teams * factor },
            packs: self.packs * i64::from(factor),
            ..self
        }
    }

    /// How many opens, closes and renewals.
    pub fn events(&self) -> u64 {
        let user_days = u64::from(self.users) * self.days as u64;
        2 * user_days * self.launches as u64 + user_days / self.forgets_every as u64
    }

    /// A meter in front of which the packs wait.
    pub fn queue<'a>(&self, timeline: &'a [(Instant, Event)]) -> Queue<'a> {
        Queue::new(Meter::new(self.roster(), Rules::default(), 1), timeline)
    }

    fn roster(&self) -> Roster {
        let each = self.teams.min(2);
        let member = |user: u32, place: u32| Membership::new(TeamId((user + place) % self.teams), Access::All);
        let members = (0..self.users).flat_map(|user| (0..each).map(move |place| member(user, place)));
        let users = (0..self.users).map(|user| UserTerms {
            known: true,
            existing: true,
            memberships: user * each..(user + 1) * each,
            ..UserTerms::default()
        });
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
            lists: ProductLists::new(1),
            teams: vec![TeamTerms::default(); self.teams as usize],
            ..Roster::default()
        }
    }

    /// The packs: all on hand at the start; of many, some end each day.
    pub fn timeline(&self) -> Vec<(Instant, Event)> {
        let launches = i64::from(self.users) * self.days * self.launches;
        let tokens = Tokens::whole(launches * self.tokens_a_launch / self.packs);
        let pack = |number: i64| NewPack {
            team: TeamId((number % i64::from(self.teams)) as u32),
            size: tokens,
            left: tokens,
            bought: Instant::from_seconds(0),
            ends: Instant::from_seconds((1 + (number + 1) * self.days / self.packs) * Span::DAY.seconds()),
            on_hand: true,
        };
        (0..self.packs).map(|number| (Instant::from_seconds(0), Event::Pack(pack(number)))).collect()
    }

    /// The sessions of all days in the order of their opens.
    pub fn sessions(&self) -> Vec<Session> {
        let mut sessions = Vec::new();
        for day in 0..self.days {
            for user in 0..self.users {
                // People arrive over an hour, not in the order of their ids.
                let arrival = day * 86_400 + 8 * 3600 + i64::from(user * 7919 % 3600);
                for launch in 0..self.launches {
                    let opened = arrival + launch * 5000;
                    let forgets = (day + i64::from(user)) % self.forgets_every == 0 && launch + 1 == self.launches;
                    // Left open, a window ends before the next day's session closes it.
                    let closed = if forgets { arrival + 86_400 + 60 } else { opened + 28_000 / self.launches };
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

    /// Meters it all from the start; says what the first team has left.
    pub fn run(&self, queue: &mut Queue<'_>, sessions: &[Session]) -> Tokens {
        queue.reset(1);
        for (at, open, closed) in sessions {
            queue.open(*at, *open, Some(*closed), &[]);
            queue.journal.clear();
        }
        queue.advance(Instant::from_seconds((self.days + 2) * 86_400));
        queue.ledger().balance(TeamId(0))
    }
}
