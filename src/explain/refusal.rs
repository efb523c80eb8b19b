use serde::Serialize;

use super::{PackName, Session};
use crate::meter::{Denial, Grant};
use crate::time::Instant;
use crate::tokens::Tokens;

/// A denial.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Refusal {
    /// Why.
    pub reason: Denial,
    /// What it would have been charged as.
    pub asked: Grant,
    /// The session that was open before, and should have been renewed.
    pub session: Option<Session>,
    /// What was missing.
    pub missing: Missing,
}

/// What a denial lacked.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "lacks", rename_all = "snake_case")]
pub enum Missing {
    /// Tokens (rules.md P6).
    Tokens {
        /// What was asked.
        rate: Tokens,
        /// What the teams had that could have paid.
        teams: Vec<Purse>,
    },
    /// A place in a team (rules.md E1).
    Assignment {
        /// Whether the scenario names the user at all.
        known: bool,
    },
    /// An invitation accepted in time (rules.md E2).
    Acceptance {
        /// The invitations.
        invitations: Vec<Invitation>,
    },
    /// The product itself, which couldn't be had through Flex then (rules.md S3).
    Release {
        /// From when it can be had, where that was yet to come.
        from: Option<Instant>,
        /// Until when it could be had, where that was past.
        until: Option<Instant>,
    },
    /// The product on a list that serves (rules.md E3, E4).
    Product {
        /// What serves in each team.
        lists: Vec<List>,
    },
    /// A version that Flex supports on this platform (rules.md E9).
    Version,
    /// One of three devices (rules.md E10).
    Device {
        /// Those that were there before.
        known: Vec<String>,
    },
    /// The product closed on another device (rules.md E11).
    OtherDevice {
        /// Which; empty where it has no name.
        device: String,
        /// Since when it is open there.
        since: Option<Instant>,
    },
    /// The internet, or a window that runs (rules.md O1, O2).
    Internet {
        /// When the last window ended.
        last_window_ended: Option<Instant>,
    },
}

/// What a team had when it couldn't pay.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Purse {
    /// The team.
    pub team: String,
    /// Tokens free.
    pub free: Tokens,
    /// Tokens on hold.
    pub on_hold: Tokens,
    /// The pack that came next, where the scenario has one.
    pub next_pack: Option<Arrival>,
    /// The pack that ended last, where every pack had ended.
    pub last_ended: Option<PackName>,
}

/// A pack that is yet to come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Arrival {
    /// As the scenario names it.
    pub pack: String,
    /// When it is bought.
    pub time: Instant,
    /// How many tokens.
    pub tokens: Tokens,
}

/// An invitation that isn't accepted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Invitation {
    /// To which team.
    pub team: String,
    /// When it was sent.
    pub sent: Instant,
    /// When it lapses, or lapsed.
    pub lapses: Instant,
}

/// What a user may open through a team.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct List {
    /// The team.
    pub team: String,
    /// Where the list comes from.
    pub from: ListSource,
    /// The products on it.
    pub products: Vec<String>,
}

/// Where a product list comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ListSource {
    /// It is the user's own.
    Own,
    /// It is the team's default access.
    TeamDefault,
    /// The user has none, and the team's default access is switched off.
    NoDefault,
    /// The user has none, and the team's default access serves no guests.
    NotForGuests,
}
