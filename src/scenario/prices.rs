//! What a purchase costs, and which purchases the price list knows.

use super::model::{Money, Prices};
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
    fn a_purchase_costs_what_its_size_reaches() {
        let tier = |from, each| PriceTier { from: Tokens::whole(from), each: Money(each) };
        let prices = Prices { tokens: vec![tier(100, 3), tier(5000, 2)], ..Prices::default() };
        let each = [50, 100, 4999, 5000, 9000].map(|size| prices.each(Tokens::whole(size)).unwrap().0);
        assert_eq!(each, [3, 3, 3, 2, 2]);
        assert_eq!(Prices::default().each(Tokens::whole(1)), None);
    }
}
