use serde::Serialize;

use super::Refusal;

use crate::meter::{Denial, EndedBy, Grant};
use crate::time::{Instant, Span};
use crate::tokens::Tokens;

/// What was asked for, explained. Instants are in UTC.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// How many charges.
    pub charges: usize,
    /// Tokens burned less those given back, as the packs say.
    pub burned: Tokens,
    /// Tokens of the charges less those given back: the same.
    pub explained: Tokens,
    /// How many denials, by reason.
    pub denials: Vec<Count<Denial>>,
    /// How many decisions that cost nothing, by reason.
    pub free: Vec<Count<Grant>>,
    /// In the order of the core.
    pub decisions: Vec<Explanation>,
}

/// How often there was a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Count<R> {
    /// The word of rules.md.
    pub reason: R,
    /// How often.
    pub count: u64,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// Counts from 0 in the order of the core, whatever was asked for.
    pub number: u64,
    /// When.
    pub time: Instant,
    /// Whose.
    pub user: String,
    /// Of which product.
    pub product: String,
    /// In which version; empty where it isn't known.
    pub version: String,
    /// On which device; empty where it isn't known.
    pub device: String,
    /// What was decided, and why.
    #[serde(flatten)]
    pub what: What,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum What {
    /// Tokens were taken; none, where the rate is zero.
    Charged(Box<Charge>),
    /// It was refused.
    Denied(Refusal),
    /// It cost nothing.
    Free {
        /// Why.
        reason: Grant,
        /// Until when the window runs that covers it.
        until: Option<Instant>,
    },
}

/// A charge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Charge {
    /// Why it was due.
    pub reason: Grant,
    /// What was taken.
    pub tokens: Tokens,
    /// The 24 hours that it pays for; results have none.
    pub window: Option<Window>,
    /// The window of this user and product before it.
    pub window_before: Option<Window>,
    /// The session that pays; results have none.
    pub session: Option<Session>,
    /// The open that began the window, where that one was closed within the grace and another session pays (rules.md T6a).
    pub begun_by: Option<Session>,
    /// The host that the add-in came along with (rules.md X2).
    pub host: Option<String>,
    /// Since when it was idle, where it is charged as it was used again (rules.md T7).
    pub idle_since: Option<Instant>,
    /// What was ordered, where it is charged for results (rules.md X4).
    pub ordered: Option<Ordered>,
    /// The subscription or trial that ended at this instant (rules.md E7).
    pub lapsed: Option<Cover>,
    /// The team that pays.
    pub team: String,
    /// Between which teams there was a choice (rules.md E12): empty where only one allows the product.
    pub teams: Vec<Candidate>,
    /// By which setting of `team_choice` it was made.
    pub team_choice: Option<&'static str>,
    /// What each pack paid, in their order.
    pub paid: Vec<Paid>,
    /// The packs that didn't pay.
    pub line: InLine,
    /// What was given back later (rules.md X4).
    pub given_back: Vec<GivenBack>,
    /// What would have avoided it; empty where there was nothing to avoid.
    pub avoided_by: Vec<Avoidance>,
}

/// Results of a cloud service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ordered {
    /// How many: one token stands for one.
    pub quantity: Tokens,
    /// The rate of one.
    pub rate: Tokens,
}

/// A window: half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Window {
    /// Its first instant.
    pub start: Instant,
    /// Exclusive.
    pub end: Instant,
}

/// A session as its user saw it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Session {
    /// When it was opened.
    pub opened: Instant,
    /// When it ended; `None` where it never does in what was metered.
    pub closed: Option<Instant>,
    /// Why it ended, where its user didn't close it.
    pub ended_by: Option<EndedBy>,
}

/// A pack, with all that its place in the burn order hangs on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PackName {
    /// As the scenario names it.
    pub pack: String,
    /// When it dies: exclusive.
    pub ends: Instant,
    /// Tokens when bought.
    pub size: Tokens,
    /// The purchase date.
    pub bought: String,
}

/// What a pack paid.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Paid {
    /// The pack.
    #[serde(flatten)]
    pub pack: PackName,
    /// How much.
    pub tokens: Tokens,
}

/// The packs of the line that didn't pay.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct InLine {
    /// They burn earlier; all they had was on hold for others.
    pub on_hold_before: Vec<PackName>,
    /// It burns next.
    pub next: Option<Next>,
}

/// The next pack in line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Next {
    /// The pack.
    #[serde(flatten)]
    pub pack: PackName,
    /// What put the last one that paid before it.
    pub decided_by: Criterion,
}

/// What decides between two packs (rules.md P4), from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// The earliest end date burns first.
    EndDate,
    /// At equal end dates, the smallest when bought.
    Size,
    /// At equal sizes, the oldest purchase.
    Bought,
    /// At equal purchase dates, the order of entry.
    Entry,
}

/// A team that the charge could be paid by.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// The team.
    pub team: String,
    /// What it had free.
    pub free: Tokens,
    /// When the pack ends that it burned next; `None` where nothing was free.
    pub next_ends: Option<Instant>,
}

/// Tokens given back for a result that failed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GivenBack {
    /// When.
    pub time: Instant,
    /// To which pack.
    pub pack: String,
    /// How many.
    pub tokens: Tokens,
    /// Whether the pack had ended by then, so that they expired at once.
    pub expired: bool,
}

/// What would have avoided a charge.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Avoidance {
    /// Not opening it, or not ordering it.
    NotUsing,
    /// Doing the same within the window before, which ended shortly before.
    InTheWindowBefore {
        /// When that window ended.
        ended: Instant,
        /// How much earlier it should have begun at the latest.
        #[serde(rename = "earlier_seconds")]
        earlier: Span,
        /// How long it took.
        #[serde(rename = "took_seconds")]
        took: Span,
    },
    /// Closing it within the grace, which it missed by little.
    WithinTheGrace {
        /// How long it was open.
        #[serde(rename = "open_seconds")]
        open: Span,
        /// How long may be free.
        #[serde(rename = "grace_seconds")]
        grace: Span,
    },
    /// Closing what was open.
    ClosingBefore {
        /// Before this instant, or at it: the window before, or the cover, ends here.
        time: Instant,
        /// How many sessions were open then.
        sessions: usize,
        /// When the last of them ended; `None` where one never does in what was metered.
        last_closed: Option<Instant>,
        /// When it was opened again in the window: then a window would have begun, so that closing only puts the charge off.
        opened_again: Option<Instant>,
    },
    /// Not having the add-in load with its host.
    NotLoading {
        /// The host.
        host: String,
        /// When the user opened the add-in by itself in the window: then a window would have begun anyway.
        opened_by_user: Option<Instant>,
    },
    /// Signing in as somebody whose subscription or trial covers it (rules.md E6).
    SigningIn(Cover),
    /// A subscription or trial that goes on.
    LongerCover(Cover),
}

/// A subscription or trial.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cover {
    /// `subscription` or `trial`.
    pub kind: &'static str,
    /// The sign-in that it holds for.
    pub identity: String,
    /// When it ends: exclusive.
    pub until: Instant,
}
