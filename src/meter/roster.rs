use std::hint::black_box;
use std::ops::Range;

use super::Grant;
use super::lists::{ListId, ProductLists};
use crate::ids::{IdentityId, ProductId, TeamId, UserId};
use crate::time::Instant;
use crate::tokens::Tokens;

/// Who may open what at which rate: what the meter is told before it starts.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// By `ProductId`.
    pub products: Vec<ProductTerms>,
    /// By `UserId`.
    pub users: Vec<UserTerms>,
    /// Named by ranges in `users`.
    pub memberships: Vec<Membership>,
    /// How many of these, from the first on, may be several users': who changes takes a copy.
    pub shared_memberships: u32,
    /// Named by `ListId`.
    pub lists: ProductLists,
    /// By `TeamId`.
    pub teams: Vec<TeamTerms>,
    /// Subscriptions and trials, in the order of writing; named by ranges in `users`.
    pub covers: Vec<Cover>,
}

/// What the meter knows of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductTerms {
    /// A stable key of its name, for choices drawn from the run's seed.
    pub key: u64,
    /// Tokens for a window; `None` for an add-in that is free (X1).
    pub rate: Option<Tokens>,
    /// An add-in's host.
    pub host: Option<ProductId>,
    /// The add-ins that open whenever it opens (X2).
    pub loads: Vec<ProductId>,
    /// When it can be had through Flex (S3): a half-open interval.
    pub available: Range<Instant>,
}

/// What the meter knows of a user: read at every open, so one line of the cache.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[repr(align(32))]
pub struct UserTerms {
    /// A stable key of the name, for choices drawn from the run's seed.
    pub key: u64,
    /// Whether the scenario names the user; one who only turns up in a log is denied whatever else holds (formats.md).
    pub known: bool,
    /// Whether the user is there already when invited, rather than new (E2).
    pub existing: bool,
    /// Places in [`Roster::memberships`].
    pub memberships: Range<u32>,
    /// Places in [`Roster::covers`].
    pub covers: Range<u32>,
}

/// What the meter knows of a team.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TeamTerms {
    /// The default access, where it is switched on (E4).
    pub default_access: Option<ListId>,
    /// Whether that serves guests too (E4).
    pub guest_defaults: bool,
}

/// A user's place in a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The team.
    pub team: TeamId,
    /// What may be opened through it.
    pub access: Access,
    /// Whether the user is a guest there (E4).
    pub guest: bool,
    /// From when on it holds: an invitation, once it is accepted (E2).
    pub accepted: Instant,
    /// Until when an invitation can be accepted (E2).
    pub lapses: Instant,
}

/// Which products a user may open through a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Every product, also those that come later (E3).
    All,
    /// The products of a list.
    List(ListId),
    /// Those of the team's default access (E4).
    TeamDefault,
}

/// A subscription or trial (E6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    /// Whose.
    pub user: UserId,
    /// Of which product.
    pub product: ProductId,
    /// For which sign-in.
    pub identity: IdentityId,
    /// When it holds: a half-open interval.
    pub holds: (Instant, Instant),
    /// A trial rather than a subscription.
    pub trial: bool,
}

impl Cover {
    /// Why what it covers is granted.
    pub(super) const fn grant(&self) -> Grant {
        if self.trial { Grant::Trial } else { Grant::Subscription }
    }
}

impl Membership {
    /// A place in a team that nobody need accept, and no guest's.
    pub const fn new(team: TeamId, access: Access) -> Self {
        Membership { team, access, guest: false, accepted: Instant::MIN, lapses: Instant::MAX }
    }
}

impl Roster {
    /// The teams through which a user may open a product at an instant, in the order of the user's teams.
    pub fn teams(&self, user: UserId, product: ProductId, at: Instant) -> impl Iterator<Item = TeamId> + '_ {
        let available = self.products[product.index()].available.contains(&at);
        let members = self.memberships_of(user).iter();
        members.filter(move |member| available && self.allows(member, product, at)).map(|member| member.team)
    }

    /// Reads what a check of a user will need, as [`super::pairs::Pairs::foresee`] does.
    pub(super) fn foresee(&self, user: UserId) {
        black_box(self.memberships_of(user).first().map(|member| member.team));
    }

    /// The teams a user is in, or is invited to, in the order of the user's teams.
    pub fn memberships_of(&self, user: UserId) -> &[Membership] {
        let range = &self.users[user.index()].memberships;
        &self.memberships[range.start as usize..range.end as usize]
    }

    /// The cover of a product under a sign-in at an instant: a subscription before a trial (E14).
    pub(super) fn cover(&self, user: UserId, product: ProductId, identity: IdentityId, at: Instant) -> Option<&Cover> {
        let range = &self.users[user.index()].covers;
        let covers = self.covers[range.start as usize..range.end as usize].iter();
        let holds = |cover: &&Cover| {
            cover.product == product && cover.identity == identity && cover.holds.0 <= at && at < cover.holds.1
        };
        covers.filter(holds).min_by_key(|cover| cover.trial)
    }

    fn allows(&self, member: &Membership, product: ProductId, at: Instant) -> bool {
        member.accepted <= at
            && match member.access {
                Access::All => true,
                _ => self.list_of(member).is_some_and(|list| self.lists.contains(list, product)),
            }
    }

    /// The product list that serves a member, unless that is everything, or nothing does.
    pub fn list_of(&self, member: &Membership) -> Option<ListId> {
        let team = &self.teams[member.team.index()];
        match member.access {
            Access::All => None,
            Access::List(list) => Some(list),
            Access::TeamDefault if member.guest && !team.guest_defaults => None,
            Access::TeamDefault => team.default_access,
        }
    }
}
