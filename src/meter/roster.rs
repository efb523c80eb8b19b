use std::ops::Range;

use super::Grant;
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
    /// Named by `ListId`.
    pub lists: Vec<ProductList>,
    /// By `TeamId`: the default access, where it is switched on (E4).
    pub default_access: Vec<Option<ListId>>,
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

/// What the meter knows of a user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserTerms {
    /// A stable key of the name, for choices drawn from the run's seed.
    pub key: u64,
    /// Whether the scenario names the user; one who only turns up in a log is denied whatever else holds (formats.md).
    pub known: bool,
    /// Places in [`Roster::memberships`].
    pub memberships: Range<u32>,
    /// Places in [`Roster::covers`].
    pub covers: Range<u32>,
}

/// A user's place in a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The team.
    pub team: TeamId,
    /// What may be opened through it.
    pub access: Access,
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

/// A product list of [`Roster::lists`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(pub u32);

/// A set of products.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProductList(Vec<u64>);

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

impl FromIterator<ProductId> for ProductList {
    fn from_iter<I: IntoIterator<Item = ProductId>>(products: I) -> Self {
        let mut words = Vec::new();
        for product in products {
            let (word, bit) = (product.index() / 64, product.index() % 64);
            if words.len() <= word {
                words.resize(word + 1, 0);
            }
            words[word] |= 1 << bit;
        }
        ProductList(words)
    }
}

impl ProductList {
    /// Whether the product is on the list.
    pub fn contains(&self, product: ProductId) -> bool {
        self.0.get(product.index() / 64).is_some_and(|word| word >> (product.index() % 64) & 1 == 1)
    }
}

impl Roster {
    /// The teams through which a user may open a product at an instant, in the order of the user's teams.
    pub(super) fn teams(&self, user: UserId, product: ProductId, at: Instant) -> impl Iterator<Item = TeamId> + '_ {
        let available = self.products[product.index()].available.contains(&at);
        let memberships = self.memberships_of(user).iter();
        memberships.filter(move |member| available && self.allows(member, product)).map(|member| member.team)
    }

    /// The teams a user is in.
    pub(super) fn memberships_of(&self, user: UserId) -> &[Membership] {
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

    fn allows(&self, member: &Membership, product: ProductId) -> bool {
        let list = match member.access {
            Access::All => return true,
            Access::List(list) => Some(list),
            Access::TeamDefault => self.default_access[member.team.index()],
        };
        list.is_some_and(|list| self.lists[list.0 as usize].contains(product))
    }
}
