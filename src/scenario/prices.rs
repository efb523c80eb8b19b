//! What a purchase costs, and which purchases the price list knows.

use std::iter::Sum;
use std::ops::AddAssign;

use super::model::{Money, Prices, Scenario};
use crate::tokens::Tokens;

impl Prices {
    /// Which tier a purchase of this size falls into: of one smaller than the smallest tier, that one. `None` without prices.
    pub fn tier(&self, size: Tokens) -> Option<usize> {
        let reached = self.tokens.iter().filter(|tier| tier.from <= size).count();
        (!self.tokens.is_empty()).then(|| reached.saturating_sub(1))
    }

    /// The unit price of a purchase of this size, all its tokens alike. `None` without prices.
    pub fn each(&self, size: Tokens) -> Option<Money> {
        self.tier(size).map(|tier| self.tokens[tier].each)
    }

    /// What a purchase of this size costs. `None` without prices.
    pub fn cost(&self, size: Tokens) -> Option<Money> {
        let cost = i128::from(self.each(size)?.0) * i128::from(size.millionths()) / 1_000_000;
        Some(Money(i64::try_from(cost).unwrap_or(i64::MAX)))
    }

    /// Purchases are multiples of this: the fewest whole tokens that are a multiple of `step`; 1 without it.
    pub fn whole_step(&self) -> i64 {
        let (step, whole) = (self.step.map_or(1, Tokens::millionths), Tokens::whole(1).millionths());
        step / greatest_common_divisor(step, whole)
    }

    /// The fewest whole tokens that can be bought at once: where the smallest tier begins, or the multiple of the step above it.
    pub fn smallest_order(&self) -> i64 {
        let step = self.whole_step();
        let from = self.tokens.first().map_or(1, |tier| tier.from.millionths());
        let whole = Tokens::whole(step).millionths();
        from.div_euclid(whole).saturating_add(i64::from(from.rem_euclid(whole) > 0)).max(1) * step
    }
}

/// A million million of the currency's unit.
const MOST: i64 = 1_000_000_000_000 * 1_000_000;

impl Money {
    /// What so many tokens cost at this unit price, without what is finer than a millionth. Of more than a million million it is a
    /// lower bound, so that sums of some don't overflow.
    pub fn for_tokens(self, tokens: Tokens) -> Money {
        let cost = match self.0.checked_mul(tokens.millionths()) {
            Some(product) => i128::from(product / 1_000_000),
            None => i128::from(self.0) * i128::from(tokens.millionths()) / 1_000_000,
        };
        Money(cost.clamp(i128::from(-MOST), i128::from(MOST)) as i64)
    }
}

/// Amounts beyond counting stay the largest there is.
impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        self.0 = self.0.saturating_add(other.0);
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money(0), |mut sum, amount| {
            sum += amount;
            sum
        })
    }
}

impl Scenario {
    /// What each token of a pack costs, or of a line of what buyers order; `place` counts the packs, then the lines. `None` without
    /// prices.
    pub fn unit_price(&self, place: usize) -> Option<Money> {
        match self.packs.get(place) {
            Some(pack) => self.prices.each(pack.size),
            None => self.prices.tokens.get(self.tier_of_line(place - self.packs.len())).map(|tier| tier.each),
        }
    }
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::super::model::PriceTier;
    use super::*;

    #[test]
    fn the_step_and_the_smallest_order_are_whole_tokens() {
        let check = |from: &str, step: &str, expected: (i64, i64)| {
            let tokens = |text| Tokens::parse(text).unwrap();
            let tiers = [from].into_iter().filter(|from| !from.is_empty());
            let prices = Prices {
                tokens: tiers.map(|from| PriceTier { from: tokens(from), each: Money(1) }).collect(),
                step: (!step.is_empty()).then(|| tokens(step)),
                ..Prices::default()
            };
            assert_eq!((prices.whole_step(), prices.smallest_order()), expected, "{from} {step}");
        };
        check("", "", (1, 1));
        check("100", "", (1, 100));
        check("100.5", "", (1, 101));
        check("100", "30", (30, 120));
        check("", "100", (100, 100));
        check("1", "0.5", (1, 1));
        check("1", "1.5", (3, 3));
    }

    #[test]
    fn money_is_exact_to_the_millionth_and_never_overflows() {
        let each = |text: &str| Money(Tokens::parse(text).unwrap().millionths());
        let cost = |price: &str, tokens: &str| each(price).for_tokens(Tokens::parse(tokens).unwrap()).0;
        assert_eq!((cost("3.10", "7"), cost("2.999999", "0.5"), cost("0", "5")), (21_700_000, 1_499_999, 0));
        assert_eq!(each("3").for_tokens(-Tokens::whole(2)), Money(-6_000_000));
        assert_eq!(each("1000000").for_tokens(Tokens::whole(20_000_000)), Money(MOST));
        assert_eq!(cost("1000", "5000000"), 5_000_000_000 * 1_000_000);
        assert_eq!([Money(i64::MAX), Money(1)].into_iter().sum::<Money>(), Money(i64::MAX));
    }

    #[test]
    fn a_purchase_costs_what_its_size_reaches() {
        let tier = |from, each| PriceTier { from: Tokens::whole(from), each: Money(each) };
        let prices = Prices { tokens: vec![tier(100, 3), tier(5000, 2)], ..Prices::default() };
        let each = [50, 100, 4999, 5000, 9000].map(|size| prices.each(Tokens::whole(size)).unwrap().0);
        assert_eq!(each, [3, 3, 3, 2, 2]);
        assert_eq!(Prices::default().each(Tokens::whole(1)), None);
    }
}
