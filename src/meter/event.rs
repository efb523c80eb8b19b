use super::lists::ListId;
use super::roster::Membership;
use super::sessions::SessionId;
use super::{JobId, Phase};
use crate::ids::{DeviceId, IdentityId, PackId, ProductId, TeamId, UserId, VersionId};
use crate::ledger::NewPack;
use crate::time::Span;
use crate::tokens::Tokens;

/// What can happen to a meter from outside; all else (expiry, grace decisions, renewals, lapses) it does by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Tokens are bought, or are on hand at the start (P1).
    Pack(NewPack),
    /// Something else changes that people who run a team, or the vendor, decide.
    Administration(Administration),
    /// A user opens a product.
    Open(Open),
    /// A session is closed. One that has ended by itself meanwhile stays ended.
    Close(SessionId),
    /// From here on a session is without meaningful use (T7).
    Idle(SessionId),
    /// A session is used again.
    Resume(SessionId),
    /// A user orders results of a cloud service (X4).
    Order(Order),
    /// Results fail, and what they cost is given back (X4).
    GiveBack(JobId),
}

/// A user opens a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// Who.
    pub user: UserId,
    /// What.
    pub product: ProductId,
    /// On which device.
    pub device: DeviceId,
    /// In which version.
    pub version: VersionId,
    /// Under which sign-in.
    pub identity: IdentityId,
    /// Whether the device is connected (O1, O2).
    pub online: bool,
    /// Whether Flex supports the version on the device's platform (E9).
    pub supported: bool,
    /// Whether charges pause while this version is idle (T7).
    pub idle_aware: bool,
}

/// A job of one or more results: all are paid, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// Who orders what; a result is neither opened nor installed, so nothing hangs on device and version.
    pub open: Open,
    /// How many results: one token stands for one.
    pub quantity: Tokens,
    /// How many of them will fail and be given back: the meter remembers what paid for them until then.
    pub failing: Option<Tokens>,
}

/// What people who run a team, or the vendor, decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Administration {
    /// All that is left of a pack goes to a team (P8).
    Move {
        /// The pack.
        pack: PackId,
        /// The team that gets it.
        to: TeamId,
    },
    /// A team goes up in another: packs, users, assignments and running windows (P8).
    Merge {
        /// The team that is left empty.
        from: TeamId,
        /// The team that gets all it had.
        into: TeamId,
    },
    /// From here on windows and results of a product cost this (S1).
    Rate {
        /// The product.
        product: ProductId,
        /// Tokens for a window, or for a result.
        tokens: Tokens,
    },
    /// The product can be had through Flex from here on (S3).
    Release(ProductId),
    /// The product can't be had through Flex any more (S3).
    Withdraw(ProductId),
    /// A user is invited to a team: one who was there before is in it at once (E2).
    Invite {
        /// Who.
        user: UserId,
        /// The place in the team.
        member: Membership,
        /// How long until it is accepted; never, where `None`.
        accepts_after: Option<Span>,
    },
    /// A user is assigned to a team; who is in it already gets this access instead (E1, E3).
    Assign {
        /// Who.
        user: UserId,
        /// The place in the team.
        member: Membership,
        /// Whether a mail tells of it: not of an import (E5).
        mail: bool,
    },
    /// A user is taken out of a team.
    Unassign {
        /// Who.
        user: UserId,
        /// The team.
        team: TeamId,
    },
    /// Products are cleared from what a user may open: it becomes a list of the user's own (E3).
    Clear {
        /// Who.
        user: UserId,
        /// Through which team.
        team: TeamId,
        /// The products cleared.
        products: ListId,
    },
    /// A team's default access changes, or is switched off (E4).
    DefaultAccess {
        /// The team.
        team: TeamId,
        /// The products; `None` where it is switched off.
        list: Option<ListId>,
    },
    /// Whether a team's default access serves its guests (E4).
    GuestDefaults {
        /// The team.
        team: TeamId,
        /// Whether it does.
        serve: bool,
    },
    /// A user leaves all teams.
    Leave(UserId),
}

impl Event {
    /// Its place within an instant.
    pub const fn phase(&self) -> Phase {
        match self {
            Event::Pack(_) | Event::Administration(_) => Phase::Administration,
            Event::Close(_) | Event::Idle(_) | Event::Resume(_) => Phase::Close,
            Event::Open(_) => Phase::Open,
            Event::GiveBack(_) => Phase::GiveBack,
            Event::Order(_) => Phase::Result,
        }
    }
}
