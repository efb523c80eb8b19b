//! A scenario as meant: every name resolved to a dense id, every day to an instant, every setting filled in.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::event::{Event, EventKind};
use super::given::BehaviourUse;
use super::idle::IdleAwareness;
use super::plan::PlanSettings;
use crate::calendar::{Calendar, Day, Zone};
use crate::diagnostic::Source;
use crate::ids::{ProductId, TeamId};
use crate::meter::Rules;
use crate::pseudonyms::Pseudonyms;
use crate::time::Instant;
use crate::tokens::Tokens;

/// What a run simulates, or what a log is metered against.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Shown on every result.
    pub name: String,
    /// The reports' days, and people's zone unless they have their own.
    pub zone: Zone,
    /// The first day simulated.
    pub first_day: Day,
    /// The last day simulated.
    pub last_day: Day,
    /// 00:00 of the first day in `zone`.
    pub start: Instant,
    /// 00:00 of the day after the last one in `zone`: exclusive.
    pub end: Instant,
    /// The three letters of the currency of `prices`.
    pub currency: String,
    /// By `ProductId`.
    pub products: Vec<Product>,
    /// By `TeamId`.
    pub teams: Vec<Team>,
    /// In the order of writing; a single user is a group of one.
    pub groups: Vec<Group>,
    /// By `UserId`: the groups' users one after the other.
    pub users: Vec<User>,
    /// By the index that groups name; the first is the default one (Saturday and Sunday off, no holidays).
    pub calendars: Vec<Calendar>,
    /// Packs: those on hand at the start, then the planned purchases, each in the order of writing.
    pub packs: Vec<Pack>,
    /// Everything else that happens, in the order of instants; at one instant the rates of a later sheet come first, then events
    /// in the order of writing.
    pub events: Vec<Event>,
    /// Who orders tokens on the way, in the order of writing.
    pub buyers: Vec<Buyer>,
    /// What tokens and subscriptions cost.
    pub prices: Prices,
    /// The settings of the meter.
    pub rules: Rules,
    /// Whose charges pause while they are idle.
    pub idle_awareness: IdleAwareness,
    /// How reports count.
    pub reports: ReportSettings,
    /// How a forecast is run unless the command line says otherwise.
    pub forecast: ForecastSettings,
    /// How purchases are planned unless the command line says otherwise.
    pub plan: PlanSettings,
    /// What was changed of the file before it was read, in order.
    pub changes: Vec<Change>,
    /// Every file that was read, in the order of reading.
    pub inputs: Vec<Arc<Source>>,
    /// What people are called: names that come later, from scripts and logs, are to be called so too.
    pub pseudonyms: Pseudonyms,
}

impl Scenario {
    /// By product: every rate that it has at some time, the first one first.
    pub fn rates(&self) -> Vec<Vec<Tokens>> {
        let mut rates: Vec<Vec<Tokens>> =
            self.products.iter().map(|product| product.rate.into_iter().collect()).collect();
        for event in &self.events {
            if let EventKind::Rate { product, tokens } = event.what {
                rates[product.index()].push(tokens);
            }
        }
        rates
    }

    /// The civil days that fall into the horizon somewhere on earth, be it for an hour: two more at either end, as zones
    /// are up to 26 hours apart.
    pub fn days_somewhere(&self) -> impl Iterator<Item = Day> + use<> {
        let (first, last) = self.first_and_last_somewhere();
        (first.number()..=last.number()).map(Day::from_number)
    }

    /// The first and the last of these days.
    pub fn first_and_last_somewhere(&self) -> (Day, Day) {
        (self.first_day.plus(-2), self.last_day.plus(2))
    }
}

/// What stands at a path in place of what is written there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Change {
    /// The path.
    pub path: String,
    /// What stands there.
    pub value: String,
}

/// A product, or an add-in of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// As written in the scenario or the rate sheet.
    pub name: String,
    /// Tokens for each window or result; `None` for an add-in without a rate, which is free (rules.md X1).
    pub rate: Option<Tokens>,
    /// What the rate is for.
    pub per: Per,
    /// The host of an add-in.
    pub add_in_of: Option<ProductId>,
    /// Whether an add-in opens whenever its host opens (rules.md X2).
    pub loads_with_host: bool,
    /// From when the product can be had through Flex (rules.md S3); always, where `None`.
    pub released: Option<Instant>,
    /// Until when, exclusive.
    pub withdrawn: Option<Instant>,
    /// The platforms it runs on; all, where `None`.
    pub platforms: Option<Vec<Platform>>,
}

/// A platform that a product runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Windows.
    Windows,
    /// macOS.
    Macos,
    /// Linux.
    Linux,
}

impl Platform {
    /// As scenarios and logs name it.
    pub const fn word(self) -> &'static str {
        match self {
            Platform::Windows => "windows",
            Platform::Macos => "macos",
            Platform::Linux => "linux",
        }
    }
}

/// What a rate is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Per {
    /// Each window of 24 hours.
    #[default]
    Day,
    /// Each result of a cloud service.
    Result,
}

/// A team: it holds packs and lists what its users may open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// As written.
    pub name: String,
    /// The plan, such as `premium` (rules.md E13).
    pub plan: Option<String>,
    /// Who manages it, where that is said (rules.md P8).
    pub admin: Option<String>,
    /// The products that users without a list of their own may open (rules.md E4); `None` when switched off.
    pub default_access: Option<Vec<ProductId>>,
    /// Whether that serves guests too (rules.md E4).
    pub guest_defaults: bool,
}

/// A group of users with one behaviour, or a single user.
#[derive(Clone, Debug)]
pub struct Group {
    /// As written after `group:` or `user:`; a single user's as [`User::name`].
    pub name: String,
    /// The key of the name as it is written.
    pub key: u64,
    /// The users: indices of `Scenario::users`. Those who join later are among them.
    pub users: Range<u32>,
    /// Where the users live.
    pub zone: Zone,
    /// Index of `Scenario::calendars`.
    pub calendar: usize,
    /// What the users do; nobody who has none opens anything in a simulation.
    pub behaviour: Option<BehaviourUse>,
}

/// One user: a name, what may be opened through which team, and what is covered without tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// `architects-7`, or as written after `user:`; a hash of it where names are hidden.
    pub name: String,
    /// The key of the name, hidden or not: random draws hang on it, not on the order of users.
    pub key: u64,
    /// Index of `Scenario::groups`.
    pub group: u32,
    /// Whether the user is there already when invited, rather than new (rules.md E2).
    pub existing: bool,
    /// The teams, in the order of writing: those of the start, and of each return.
    pub memberships: Vec<Membership>,
    /// When the user is outside: from [`Instant::MIN`] on who joins later, to [`Instant::MAX`] who has left. Ascending, half-open.
    pub away: Vec<Range<Instant>>,
    /// Single-user subscriptions and trials (rules.md E6).
    pub covers: Vec<Cover>,
}

/// A user's place in a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The team.
    pub team: TeamId,
    /// What the user may open through it.
    pub access: Access,
    /// Whether the user is a guest there (rules.md E4).
    pub guest: bool,
}

/// Which products a user may open through a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Every product, also those that come later (rules.md E3).
    All,
    /// These and no others.
    List(Vec<ProductId>),
    /// No list of one's own: the team's default access serves (rules.md E4).
    TeamDefault,
}

/// A single-user subscription or a trial: it comes before tokens (rules.md E6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// Which of the two.
    pub kind: CoverKind,
    /// The product covered.
    pub product: ProductId,
    /// From here.
    pub from: Instant,
    /// To here, exclusive.
    pub until: Instant,
    /// The sign-in it holds for, where it isn't the user's own.
    pub identity: Option<String>,
}

/// What covers a product without tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverKind {
    /// A single-user subscription.
    Subscription,
    /// A trial.
    Trial,
}

/// A pack on hand at the start, or one that is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// As written, or made up from the team and the day: shown in the ledger.
    pub id: String,
    /// The team that holds it.
    pub team: TeamId,
    /// The purchase date in the scenario's zone.
    pub bought: Day,
    /// When it is entered: the scenario's start for a pack on hand.
    pub enters: Instant,
    /// When it dies: 00:00 of the same date of the next year (rules.md P2, P3).
    pub ends: Instant,
    /// Tokens when bought.
    pub size: Tokens,
    /// Tokens when entered: less than `size` for a pack on hand that has burned before.
    pub left: Tokens,
    /// Whether it was on hand at the start.
    pub on_hand: bool,
    /// Whether a buyer ordered it on the way: then it enters after all other administration of its instant.
    pub ordered: bool,
}

/// A scripted buyer.
#[derive(Clone, Debug)]
pub struct Buyer {
    /// As written, or made up from the behaviour: no two have the same. Random draws hang on this name.
    pub name: String,
    /// Index of `Scenario::calendars`.
    pub calendar: usize,
    /// What the buyer does.
    pub behaviour: BehaviourUse,
}

/// What tokens and subscriptions cost, in the scenario's currency.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prices {
    /// The unit price by the size of one purchase, ascending by `from`; empty where none is given.
    pub tokens: Vec<PriceTier>,
    /// Purchases are multiples of this.
    pub step: Option<Tokens>,
    /// Per user and year.
    pub subscriptions: Vec<(ProductId, Money)>,
}

/// The unit price from a size of one purchase on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceTier {
    /// The smallest purchase that gets this price.
    pub from: Tokens,
    /// For each token of it, all units alike.
    pub each: Money,
}

/// An exact amount of money in millionths of the currency's unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(pub i64);

/// How a forecast is run unless the command line says otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForecastSettings {
    /// How many replications; where there is a precision, how many anything but a forecast has.
    pub replications: u32,
    /// How sure a forecast is to be: the share of the p90 of its burn, and of all runs for the chance of a stock-out. `None` where
    /// the number of replications is given.
    pub precision: Option<f64>,
    /// The seed of every draw.
    pub seed: u64,
    /// The asked share of replications without a stock-out.
    pub service_level: f64,
}

impl Default for ForecastSettings {
    fn default() -> Self {
        ForecastSettings { replications: 1000, precision: Some(0.01), seed: 1, service_level: 0.99 }
    }
}

/// How usage reports count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReportSettings {
    /// A session within the grace (rules.md T6).
    pub short_starts: ShortStarts,
    /// Ranges of months (rules.md U1).
    pub ranges: Ranges,
}

/// How reports count a session within the grace (rules.md T6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShortStarts {
    /// As use with 0 tokens.
    #[default]
    Counted,
    /// Not at all.
    LeftOut,
}

/// How reports count months (rules.md U1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ranges {
    /// Full calendar months, the running one left out.
    #[default]
    CompletedMonths,
    /// From date to date.
    Rolling,
}
