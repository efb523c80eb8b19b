//! Seats of one kind: a group's users are alike but for chance and what happens to them, so what one of them will use is judged by what
//! all of them used.

use std::collections::BTreeMap;

use super::observed::{Observed, Use};
use super::offer::Offer;
use crate::ids::{ProductId, TeamId, UserId};
use crate::scenario::{Money, Scenario};

/// The seats of one group and one product that were used.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Index of `Scenario::groups`.
    pub group: usize,
    /// The product.
    pub product: ProductId,
    /// The team that pays: the first of the users' teams.
    pub team: TeamId,
    /// What one subscription costs in the horizon.
    pub price: Money,
    /// Who is expected to use most stands first.
    pub seats: Vec<Expected>,
}

/// What a seat is expected to burn in the horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// The seat.
    pub seat: usize,
    /// Tokens: the user's own mean drawn towards the group's, as far as chance explains what lies between them.
    pub tokens: f64,
    /// The standard error of that.
    pub error: f64,
}

/// The 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

impl Expected {
    /// Whether a subscription at this price costs less than the tokens at that unit price. Of two that cost the same, tokens are had.
    pub fn pays(&self, price: Money, each: Money) -> bool {
        self.tokens * each.0 as f64 / 1e6 > price.0 as f64 / 1e6
    }

    /// Whether the replications can't tell which of the two costs less.
    pub fn is_near(&self, price: Money, each: Money) -> bool {
        let (unit, price) = (each.0 as f64 / 1e6, price.0 as f64 / 1e6);
        (self.tokens * unit - price).abs() < Z * self.error * unit
    }
}

/// Every kind of which a seat was used in any replication, in the order of groups and products.
pub fn kinds(scenario: &Scenario, offer: &Offer, observed: &Observed) -> Vec<Kind> {
    let mut used: BTreeMap<(u32, usize), BTreeMap<usize, Vec<i64>>> = BTreeMap::new();
    for (replication, uses) in observed.uses.iter().enumerate() {
        for Use { seat, tokens, .. } in uses {
            let (seat, (user, offered)) = (*seat as usize, offer.who(*seat as usize));
            let kind = used.entry((scenario.users[user.index()].group, offered.product.index())).or_default();
            let values = kind.entry(seat).or_insert_with(|| vec![0; observed.uses.len()]);
            values[replication] = tokens.millionths();
        }
    }
    used.into_iter().map(|((group, product), seats)| kind(scenario, offer, group as usize, product, seats)).collect()
}

fn kind(scenario: &Scenario, offer: &Offer, group: usize, product: usize, mut used: BTreeMap<usize, Vec<i64>>) -> Kind {
    let product = ProductId::from_index(product);
    let users = scenario.groups[group].users.clone().map(UserId);
    let seats: Vec<usize> = users.filter_map(|user| offer.seat(user, product)).collect();
    let replications = used.values().next().map_or(0, Vec::len);
    let values: Vec<Vec<i64>> =
        seats.iter().map(|seat| used.remove(seat).unwrap_or_else(|| vec![0; replications])).collect();
    let mut expected = expected(&seats, &values);
    expected.sort_by(|one, other| other.tokens.total_cmp(&one.tokens));
    let first = UserId(scenario.groups[group].users.start);
    let team = scenario.first_team(first).unwrap_or_default();
    Kind { group, product, team, price: offer.who(seats[0]).1.horizon, seats: expected }
}

/// Each seat's own mean, drawn towards the group's (empirical Bayes): what the seats' means differ by more than their own chance explains
/// is theirs, the rest isn't.
fn expected(seats: &[usize], values: &[Vec<i64>]) -> Vec<Expected> {
    let own: Vec<(f64, f64)> = values.iter().map(|values| mean_and_variance(values)).collect();
    let count = own.len() as f64;
    let group = own.iter().map(|(mean, _)| mean).sum::<f64>() / count;
    let chance = own.iter().map(|(_, variance)| variance).sum::<f64>() / count;
    let spread = own.iter().map(|(mean, _)| (mean - group) * (mean - group)).sum::<f64>() / (count - 1.0).max(1.0);
    // How the group's mean varies is seen from replication to replication, as chance may hit all of them alike.
    let replications = 0..values[0].len();
    let together: Vec<i64> = replications.map(|place| values.iter().map(|values| values[place]).sum()).collect();
    let of_group = mean_and_variance(&together).1 / (count * count);
    let between = (spread - chance).max(0.0);
    let estimate = |(seat, (mean, variance)): (&usize, &(f64, f64))| {
        let trust = if *variance == 0.0 { 1.0 } else { between / (between + variance) };
        let rest = 1.0 - trust;
        let error = (trust * trust * variance + rest * rest * of_group).sqrt();
        Expected { seat: *seat, tokens: trust * mean + rest * group, error }
    };
    seats.iter().zip(&own).map(estimate).collect()
}

/// The mean of amounts in millionths, and the variance of that mean, in units.
fn mean_and_variance(values: &[i64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().map(|value| i128::from(*value)).sum::<i128>() as f64 / count;
    let squares: f64 = values.iter().map(|value| (*value as f64 - mean) * (*value as f64 - mean)).sum();
    let variance = if values.len() > 1 { squares / (count - 1.0) / count } else { 0.0 };
    (mean / 1e6, variance / 1e12)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(values: &[Vec<i64>]) -> Vec<f64> {
        let seats: Vec<usize> = (0..values.len()).collect();
        let millionths: Vec<Vec<i64>> =
            values.iter().map(|values| values.iter().map(|value| value * 1_000_000).collect()).collect();
        expected(&seats, &millionths).iter().map(|expected| expected.tokens).collect()
    }

    #[test]
    fn what_chance_explains_is_the_groups_and_what_it_does_not_is_the_users() {
        // Means of 10 and 14 that vary by 20 from run to run: as good as the same.
        assert_eq!(tokens(&[vec![0, 20, 0, 20], vec![4, 24, 4, 24]]), [12.0, 12.0]);
        // Nothing varies: each is what it is.
        assert_eq!(tokens(&[vec![10, 10], vec![14, 14]]), [10.0, 14.0]);
        // Hardly any chance, far apart.
        let apart = tokens(&[vec![99, 101], vec![499, 501]]);
        assert!((apart[0] - 100.0).abs() < 0.1 && (apart[1] - 500.0).abs() < 0.1, "{apart:?}");
    }

    #[test]
    fn a_subscription_pays_beyond_the_break_even_and_not_at_it() {
        let expected = |tokens| Expected { seat: 0, tokens, error: 0.0 };
        let (price, each) = (Money(2_030_000_000), Money(3_000_000));
        // 2,030 / (7 x 3) = 96.7 windows of AutoCAD.
        assert!(!expected(96.0 * 7.0).pays(price, each) && expected(97.0 * 7.0).pays(price, each));
        assert!(!expected(700.0).pays(Money(2_100_000_000), each), "the same price");
    }

    #[test]
    fn near_is_what_the_interval_reaches() {
        let (price, each) = (Money(300_000_000), Money(3_000_000));
        assert!(Expected { seat: 0, tokens: 101.0, error: 1.0 }.is_near(price, each));
        assert!(!Expected { seat: 0, tokens: 102.0, error: 1.0 }.is_near(price, each));
    }
}
