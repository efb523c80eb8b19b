//! What tokens cost that are bought at once.

use crate::scenario::{Money, Prices};
use crate::tokens::Tokens;

/// Tokens bought for a team at one price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purchase {
    /// How many.
    pub tokens: Tokens,
    /// What each costs.
    pub each: Money,
}

impl Purchase {
    /// The cheapest purchase of at least so many tokens that the price list knows: a larger one that gets a lower price, where that costs
    /// less. Of two that cost the same, the smaller. Nothing where nothing is needed.
    pub fn of(prices: &Prices, needed: Tokens) -> Purchase {
        if needed <= Tokens::ZERO {
            return Purchase::default();
        }
        let least = needed.max(Tokens::whole(prices.smallest_order()));
        let sizes = prices.tokens.iter().map(|tier| stepped(prices, least.max(tier.from)));
        let purchases = sizes.filter_map(|tokens| Some(Purchase { tokens, each: prices.each(tokens)? }));
        purchases.min_by_key(|bought| (bought.cost(), bought.tokens)).unwrap_or_default()
    }

    /// What it costs.
    pub fn cost(&self) -> Money {
        worth(self.tokens, self.each)
    }
}

/// What tokens cost at a unit price.
pub fn worth(tokens: Tokens, each: Money) -> Money {
    let cost = i128::from(tokens.millionths()) * i128::from(each.0) / 1_000_000;
    // Sums of a few such amounts do not overflow; what is shown for them is a lower bound.
    Money(i64::try_from(cost).unwrap_or(i64::MAX).min(MOST))
}

/// A million million of the currency's unit.
const MOST: i64 = 1_000_000_000_000 * 1_000_000;

/// The multiple of the price list's step at or above it.
fn stepped(prices: &Prices, tokens: Tokens) -> Tokens {
    let step = Tokens::whole(prices.whole_step()).millionths();
    let steps = tokens.millionths().div_euclid(step) + i64::from(tokens.millionths().rem_euclid(step) > 0);
    Tokens::from_millionths(steps * step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::PriceTier;

    #[test]
    fn more_is_bought_where_that_costs_less() {
        let tier = |from, each| PriceTier { from: Tokens::whole(from), each: Money(each) };
        let tokens = vec![tier(100, 3_000_000), tier(5_000, 2_700_000)];
        let prices = Prices { tokens, step: Some(Tokens::whole(100)), ..Prices::default() };
        // 4,500 at 3.00 cost as much as 5,000 at 2.70.
        for (needed, bought) in
            [(0, 0), (1, 100), (101, 200), (4_400, 4_400), (4_500, 4_500), (4_501, 5_000), (5_001, 5_100)]
        {
            assert_eq!(Purchase::of(&prices, Tokens::whole(needed)).tokens, Tokens::whole(bought), "{needed}");
        }
    }
}
