use std::ops::Range;

use crate::ids::{ProductId, UserId};
use crate::meter::Decision;
use crate::scenario::Scenario;
use crate::time::Instant;

/// What is asked for: everything that passes each of these.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Whose.
    pub user: Option<UserId>,
    /// Of which product.
    pub product: Option<ProductId>,
    /// On which day: a charge belongs to the day on which its window starts (rules.md T9).
    pub day: Option<Range<Instant>>,
    /// Whether free decisions are shown too.
    pub free: bool,
}

impl Asked {
    pub(super) fn names(&self, user: UserId, product: ProductId) -> bool {
        self.user.is_none_or(|asked| asked == user) && self.product.is_none_or(|asked| asked == product)
    }

    /// Whether what a user does with a product must be known: an add-in closes with its host.
    pub(super) fn tracks(&self, user: UserId, product: ProductId, scenario: &Scenario) -> bool {
        let host = |product: &ProductId| scenario.products[product.index()].add_in_of;
        let mut asked = std::iter::successors(self.product, host);
        self.user.is_none_or(|asked| asked == user) && (self.product.is_none() || asked.any(|asked| asked == product))
    }

    pub(super) fn on_day(&self, at: Instant) -> bool {
        self.day.as_ref().is_none_or(|day| day.contains(&at))
    }

    /// Whether the decision may be what is asked for: while it is undecided, its day isn't known.
    pub(super) fn may_be(&self, decision: &Decision) -> bool {
        let starts = decision.window.is_some_and(|window| self.on_day(window.start));
        self.names(decision.user, decision.product) && (starts || self.on_day(decision.at))
    }
}
