//! What "at the same time" means: the one place where the order within an instant is defined.

use crate::time::Instant;

/// The order of things at one and the same instant (rules.md, after T9). Among equals: the order of arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Packs that reach their end date.
    Expiry,
    /// Purchases and other administration.
    Administration,
    /// Sessions closed, and idle spans that begin or end. A session of no length closes right after its own open instead.
    Close,
    /// Grace decisions: holds posted because their session is still open.
    Grace,
    /// Renewals, then covers that lapse, then what is used again after an idle span.
    Renewal,
    /// Products opened, an add-in right after its host.
    Open,
    /// Results given back, so that they can pay for what comes next.
    GiveBack,
    /// Results ordered.
    Result,
}

/// When something happens: first by instant, then by phase.
pub type Moment = (Instant, Phase);
