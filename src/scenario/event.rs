//! What happens on the way, as meant; and who is there when.

use std::collections::BTreeSet;

use super::model::{Membership, Scenario, User};
use crate::ids::{ProductId, TeamId, UserId};
use crate::time::{Instant, Span};
use crate::tokens::Tokens;

/// Something that people who run a team, or the vendor, decide; of people who leave or join, one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// What.
    pub what: EventKind,
}

/// What can happen beside purchases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// All that is left of a pack goes to a team (rules.md P8).
    Move {
        /// Index of `Scenario::packs`.
        pack: usize,
        /// The team that gets it.
        to: TeamId,
    },
    /// A team goes up in another (rules.md P8).
    Merge {
        /// The team that is left empty.
        from: TeamId,
        /// The team that gets all it had.
        into: TeamId,
    },
    /// A product's rate (rules.md S1).
    Rate {
        /// The product.
        product: ProductId,
        /// Tokens for each window or result.
        tokens: Tokens,
    },
    /// The product can be had through Flex (rules.md S3).
    Release(ProductId),
    /// The product can't be had any more (rules.md S3).
    Withdraw(ProductId),
    /// A user is invited (rules.md E2).
    Invite {
        /// Who.
        user: UserId,
        /// The place in the team.
        member: Membership,
        /// How long after it a new user accepts; never, where `None`.
        accepts_after: Option<Span>,
    },
    /// A user is assigned, or gets another access (rules.md E1, E3); also who joins, once for each team.
    Assign {
        /// Who.
        user: UserId,
        /// The place in the team.
        member: Membership,
        /// Whether a mail tells of it (rules.md E5).
        mail: bool,
    },
    /// A user is taken out of a team.
    Unassign {
        /// Who.
        user: UserId,
        /// The team.
        team: TeamId,
    },
    /// Products are cleared from what a user may open (rules.md E3).
    Clear {
        /// Who.
        user: UserId,
        /// Through which team.
        team: TeamId,
        /// The products cleared.
        products: Vec<ProductId>,
    },
    /// A team's default access (rules.md E4).
    DefaultAccess {
        /// The team.
        team: TeamId,
        /// The products; `None` where it is switched off.
        products: Option<Vec<ProductId>>,
    },
    /// Whether a team's default access serves its guests (rules.md E4).
    GuestDefaults {
        /// The team.
        team: TeamId,
        /// Whether it does.
        serve: bool,
    },
    /// A user leaves all teams.
    Leave(UserId),
}

impl Scenario {
    /// Each pack, and each line of what buyers order, in each team that may come to hold some of it: first the packs in their order,
    /// then the lines, in the teams they are bought for, then what moves and merges add, sorted.
    pub fn holdings(&self) -> Vec<(usize, TeamId)> {
        let bought_for = self.packs.iter().map(|pack| pack.team).chain(self.lines().map(|line| line.team));
        let own: Vec<(usize, TeamId)> = bought_for.enumerate().collect();
        let mut moved = BTreeSet::new();
        for event in &self.events {
            match event.what {
                EventKind::Move { pack, to } => drop(moved.insert((pack, to))),
                EventKind::Merge { from, into } => {
                    let held: Vec<_> = own.iter().chain(&moved).filter(|(_, team)| *team == from).copied().collect();
                    moved.extend(held.into_iter().map(|(pack, _)| (pack, into)));
                }
                _ => {}
            }
        }
        let moved = moved.into_iter().filter(|(pack, team)| own[*pack].1 != *team);
        own.iter().copied().chain(moved).collect()
    }

    /// The first of a user's teams, or the first that an event brings the user into.
    pub fn first_team(&self, user: UserId) -> Option<TeamId> {
        let written = self.users[user.index()].memberships.first().map(|member| member.team);
        written.or_else(|| {
            self.events.iter().find_map(|event| match &event.what {
                EventKind::Invite { user: who, member, .. } | EventKind::Assign { user: who, member, .. } => {
                    (*who == user).then_some(member.team)
                }
                _ => None,
            })
        })
    }
}

impl User {
    /// Whether the user is there at an instant, rather than having left, or not having joined yet.
    pub fn is_there(&self, at: Instant) -> bool {
        !self.away.iter().any(|away| away.contains(&at))
    }

    /// Whether the user is there as the scenario starts.
    pub fn is_there_from_the_start(&self) -> bool {
        self.away.first().is_none_or(|away| away.start > Instant::MIN)
    }
}
