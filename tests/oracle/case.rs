//! A case: a scenario and session logs for it, as plain data. Oracle and program get the same one, each in its own shape.

/// Seconds since 1970 in UTC.
pub type Instant = i64;
/// Tokens in millionths.
pub type Tokens = i64;

pub const TOKEN: Tokens = 1_000_000;
pub const DAY: i64 = 86_400;

#[derive(Clone, Debug)]
pub struct Scenario {
    pub zone: Zone,
    /// Days since 1970.
    pub start: i64,
    pub rules: Rules,
    pub products: Vec<Product>,
    pub teams: Vec<Team>,
    pub people: Vec<Person>,
    pub purchases: Vec<Purchase>,
    pub events: Vec<Event>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    Utc,
    Amsterdam,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A whole day: days since 1970.
    Day(i64),
    At(Instant),
}

#[derive(Clone, Debug)]
pub struct Rules {
    pub grace: i64,
    pub end_session: bool,
    pub sign_out_first: bool,
    pub team_choice: TeamChoice,
    pub charge_lapses: bool,
    pub idle: IdleAwareness,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamChoice {
    EarliestEndDate,
    MostTokens,
    FirstListed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdleAwareness {
    Off,
    On,
    /// By product: the versions that support it; `None` is all of them.
    Some(Vec<(usize, Option<Vec<String>>)>),
}

#[derive(Clone, Debug)]
pub struct Product {
    pub name: String,
    /// None for an add-in that is free.
    pub rate: Option<Tokens>,
    pub per_result: bool,
    pub host: Option<usize>,
    pub loads_with_host: bool,
    pub released: Option<Moment>,
    pub withdrawn: Option<Moment>,
}

#[derive(Clone, Debug)]
pub struct Team {
    pub name: String,
    pub packs: Vec<PackOnHand>,
    pub default_access: Vec<usize>,
    pub guest_defaults: bool,
}

#[derive(Clone, Debug)]
pub struct PackOnHand {
    pub id: String,
    /// Days since 1970.
    pub bought: i64,
    pub size: Tokens,
    pub left: Tokens,
}

#[derive(Clone, Debug)]
pub struct Purchase {
    pub id: String,
    pub on: Moment,
    pub team: usize,
    pub tokens: Tokens,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    All,
    List(Vec<usize>),
}

#[derive(Clone, Debug)]
pub struct Person {
    pub name: String,
    /// A group's number of users; None for a single user.
    pub count: Option<usize>,
    pub teams: Vec<usize>,
    pub access: Option<Access>,
    pub guest: bool,
    pub covers: Vec<Cover>,
}

#[derive(Clone, Debug)]
pub struct Cover {
    pub trial: bool,
    pub product: usize,
    pub from: Moment,
    pub until: Moment,
    pub identity: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Event {
    pub on: Moment,
    pub what: What,
}

#[derive(Clone, Debug)]
pub enum What {
    Move { pack: String, to: usize },
    Merge { team: usize, into: usize },
    Rate { product: usize, tokens: Tokens },
    Release(usize),
    Withdraw(usize),
    Invite { who: Assignment, accepts_after: Option<i64> },
    Assign(Assignment),
    Import { team: usize, users: Vec<String>, access: Option<Access> },
    Unassign { user: String, team: usize },
    Clear { user: String, team: usize, access: Vec<usize> },
    DefaultAccess { team: usize, access: Vec<usize> },
    GuestDefaults { team: usize, serve: bool },
    Leave(Who),
    Join(Who),
}

#[derive(Clone, Debug)]
pub struct Assignment {
    pub user: String,
    pub team: usize,
    pub access: Option<Access>,
    pub guest: bool,
}

#[derive(Clone, Debug)]
pub enum Who {
    User(String),
    Group(String, Option<usize>),
}

#[derive(Clone, Debug)]
pub struct Log {
    pub rows: Vec<Row>,
    pub until: Option<Instant>,
}

/// A row of a session log. Of a product per result, `closed` and `idle` are empty.
#[derive(Clone, Debug)]
pub struct Row {
    pub user: String,
    pub product: usize,
    pub opened: Instant,
    pub closed: Option<Instant>,
    pub version: String,
    pub device: String,
    pub platform: String,
    pub online: bool,
    pub identity: String,
    pub idle: Vec<(Instant, Instant)>,
    pub quantity: Option<Tokens>,
    pub failed: Option<Instant>,
    pub failed_quantity: Option<Tokens>,
}

impl Row {
    /// The last instant that it names; without a close, idle time may end later than the open.
    pub fn last(&self) -> Instant {
        let idle_until = self.idle.iter().map(|(_, end)| *end).max();
        self.closed.or(self.failed).unwrap_or(idle_until.map_or(self.opened, |end| end.max(self.opened)))
    }

    pub fn of_no_length(&self) -> bool {
        self.closed == Some(self.opened)
    }
}
