//! What buyers order, by buyer.

use super::BuyerForecast;
use super::estimate::estimate;
use crate::scenario::{Line, Scenario};
use crate::simulate::{Bought, Outcome};

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
            cost: scenario.prices.tokens.first().map(|_| {
                of_each(1e6, &|line, bought| scenario.prices.tokens[line.tier].each.for_tokens(bought.tokens).0)
            }),
        }
    });
    buyers.collect()
}
