use crate::ids::{PackId, TeamId};
use crate::time::Instant;
use crate::tokens::Tokens;

/// A pack to be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewPack {
    /// The team that gets it.
    pub team: TeamId,
    /// Tokens when bought: at equal end dates the smallest pack burns first (rules.md P4).
    pub size: Tokens,
    /// Tokens now: less than `size` where some burned before.
    pub left: Tokens,
    /// Orders packs of one end date and size: the oldest purchase first.
    pub bought: Instant,
    /// When it dies: exclusive.
    pub ends: Instant,
    /// Whether it was on hand at the start.
    pub on_hand: bool,
}

/// One change of one pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The pack.
    pub pack: PackId,
    /// The team that holds it.
    pub team: TeamId,
    /// What happened.
    pub kind: PostingKind,
    /// How many tokens: negative where they leave.
    pub tokens: Tokens,
    /// The team's balance after it: left and held.
    pub balance: Tokens,
}

/// What happened to a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostingKind {
    /// It was on hand at the start.
    Opening,
    /// It was bought.
    Purchase,
    /// Its tokens were charged.
    Burn,
    /// Its tokens reached their end date unused.
    Expire,
    /// What was charged for a result was given back (X4).
    Refund,
    /// What was left went to another team (P8).
    MoveOut,
    /// What was left came from another team (P8).
    MoveIn,
}

/// Why a team can't pay, from the best case to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shortage {
    /// Something is free, but less than the rate.
    Low,
    /// Nothing is free, though a pack hasn't ended, or there never was one.
    Zero,
    /// Every pack has ended.
    Expired,
}

/// What a team holds of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The pack.
    pub pack: PackId,
    /// The team.
    pub team: TeamId,
    /// The pack, as entered.
    pub entered: NewPack,
    /// Came in when the pack was entered: nothing, where it was moved here.
    pub size: Tokens,
    /// Came from other teams.
    pub moved_in: Tokens,
    /// Went to other teams.
    pub moved_out: Tokens,
    /// Free to burn.
    pub left: Tokens,
    /// Set aside for sessions that may still turn out to be free.
    pub held: Tokens,
    /// Charged, less what was given back.
    pub burned: Tokens,
    /// Lost at the pack's end.
    pub expired: Tokens,
    pub(super) standing: Standing,
    /// What was left has been moved: with the last that is on hold the pack leaves the team.
    pub(super) moved: bool,
    /// Whether it stands in its team's burn order.
    pub(super) queued: bool,
    /// The pack's part in a later team.
    pub(super) next: Option<PartId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// One of the team's packs.
    Here,
    /// Moved to another team.
    Left,
    /// The pack has ended.
    Ended,
}

/// What a team holds of a pack, in the order in which that began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PartId(pub(super) u32);

impl PartId {
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}
