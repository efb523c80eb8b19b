//! What buyers order, by buyer.

use super::BuyerForecast;
use super::estimate::estimate;
use crate::scenario::{Line, Money, Scenario};
use crate::simulate::{Bought, Outcome};
use crate::tokens::Tokens;

/// What each buyer orders.
pub(super) fn buyers(scenario: &Scenario, lines: &[Line], outcomes: &[Outcome]) -> Vec<BuyerForecast> {
    let buyers = scenario.buyers.iter().enumerate().map(|(buyer, named)| {
        let of = |outcome: &Outcome, figure: &dyn Fn(&Line, &Bought) -> i64| {
            let own = lines.iter().zip(&outcome.bought).filter(|(line, _)| line.buyer == buyer);
            own.map(|(line, bought)| figure(line, bought)).sum::<i64>()
        };
        let of_each = |unit, figure: &dyn Fn(&Line, &Bought) -> i64| {
            estimate(outcomes.iter().map(|outcome| of(outcome, figure)).collect(), unit)
        };
        BuyerForecast {
            buyer: named.name.clone(),
            orders: of_each(1.0, &|_, bought| bought.orders.into()),
            tokens: of_each(1e6, &|_, bought| bought.tokens.millionths()),
            outstanding: of_each(1e6, &|_, bought| bought.outstanding.millionths()),
            cost: scenario
                .prices
                .tokens
                .first()
                .map(|_| of_each(1e6, &|line, bought| cost(scenario.prices.tokens[line.tier].each, bought.tokens))),
        }
    });
    buyers.collect()
}

/// A million million of the currency's unit.
const MOST: i64 = 1_000_000_000_000 * 1_000_000;

/// What tokens cost, in millionths of the currency's unit.
pub(super) fn cost(each: Money, tokens: Tokens) -> i64 {
    let cost = i128::from(each.0) * i128::from(tokens.millionths()) / 1_000_000;
    // Sums of lines don't overflow; what is shown for such amounts is a lower bound.
    i64::try_from(cost).unwrap_or(i64::MAX).min(MOST)
}
