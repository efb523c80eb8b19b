//! What each user burns. Users may be many, and so may replications: sums are kept, and the burn of the first replications only.

use super::estimate::{half_width, quantile_place};
use super::model::Mean;
use super::parts::{Spread, UserForecast, Users};
use crate::ids::UserId;
use crate::scenario::{Money, Scenario};
use crate::simulate::Usage;
use crate::tokens::Tokens;

/// The burn of replications is kept in no more memory than this many bytes.
const MEMORY: usize = 16 << 20;
/// How many users a forecast lists.
const LISTED: usize = 500;

/// The sums over replications of what each user used; exact, so that they don't hang on the order of the replications.
pub struct UserSums {
    count: u32,
    sums: Vec<OfUser>,
    /// How many replications' burn is kept.
    keeps: usize,
    /// By replication: the burn of each user, in millionths; empty for one that isn't added yet.
    kept: Vec<Vec<i64>>,
}

#[derive(Clone, Copy, Default)]
struct OfUser {
    burn: Moments,
    cost: Moments,
    denials: Moments,
    avoidable: Moments,
}

/// Amounts beyond anybody's count as the largest there is.
#[derive(Clone, Copy, Default)]
struct Moments {
    sum: i128,
    squares: i128,
}

impl Moments {
    fn add(&mut self, value: i64) {
        let value = i128::from(value);
        self.sum += value;
        self.squares = self.squares.saturating_add(value * value);
    }

    fn mean(&self, count: u32, unit: f64) -> Mean {
        let n = i128::from(count);
        let deviations = self.squares.saturating_mul(n).saturating_sub(self.sum.saturating_mul(self.sum)).max(0);
        let squares = deviations as f64 / f64::from(count);
        let half_width = half_width(squares, count as usize).map(|half| half / unit);
        Mean { mean: self.sum as f64 / f64::from(count) / unit, half_width }
    }
}

impl UserSums {
    /// Of so many users; nothing is added yet.
    pub fn new(users: usize) -> Self {
        let keeps = MEMORY / size_of::<i64>() / users.max(1);
        UserSums { count: 0, sums: vec![OfUser::default(); users], keeps: keeps.max(1), kept: Vec::new() }
    }

    /// Adds a replication, by its number.
    pub fn add(&mut self, number: u32, usage: &Usage) {
        self.count += 1;
        let mut burn = Vec::new();
        let keeps = (number as usize) < self.keeps;
        for (place, sums) in self.sums.iter_mut().enumerate() {
            let (mut burned, mut cost, mut denials, mut avoidable) = (Tokens::ZERO, Money(0), 0, Tokens::ZERO);
            for used in usage.of(UserId::from_index(place)) {
                burned += used.burned;
                cost += used.cost;
                denials += i64::from(used.denials);
                avoidable += used.avoidable;
            }
            sums.burn.add(burned.millionths());
            sums.cost.add(cost.0);
            sums.denials.add(denials);
            sums.avoidable.add(avoidable.millionths());
            if keeps {
                burn.push(burned.millionths());
            }
        }
        if keeps {
            let number = number as usize;
            self.kept.resize(self.kept.len().max(number + 1), Vec::new());
            self.kept[number] = burn;
        }
    }

    /// Every user of the scenario that these are the sums of, those who burn most first.
    pub fn rows<'a>(&'a self, scenario: &'a Scenario) -> impl Iterator<Item = UserForecast> + 'a {
        let mut places: Vec<u32> = (0..self.sums.len() as u32).collect();
        places.sort_by_key(|place| std::cmp::Reverse(self.sums[*place as usize].burn.sum));
        places.into_iter().map(move |place| self.row(scenario, place as usize))
    }

    pub(super) fn largest(&self, scenario: &Scenario) -> Users {
        let burns = |user: &UserForecast| user.burn.mean > 0.0 || user.denials.mean > 0.0;
        Users {
            count: self.sums.len() as u32,
            quantiles_of: self.kept.len() as u32,
            largest: self.rows(scenario).take(LISTED).filter(burns).collect(),
        }
    }

    fn row(&self, scenario: &Scenario, place: usize) -> UserForecast {
        let (user, sums) = (&scenario.users[place], &self.sums[place]);
        let mean = |moments: Moments, unit: f64| moments.mean(self.count, unit);
        UserForecast {
            user: user.name.clone(),
            group: scenario.groups[user.group as usize].name.clone(),
            burn: self.burn(place),
            cost: scenario.prices.tokens.first().map(|_| mean(sums.cost, 1e6)),
            denials: mean(sums.denials, 1.0),
            avoidable: mean(sums.avoidable, 1e6),
        }
    }

    fn burn(&self, place: usize) -> Spread {
        let Mean { mean, half_width } = self.sums[place].burn.mean(self.count, 1e6);
        let mut values: Vec<i64> = self.kept.iter().map(|replication| replication[place]).collect();
        values.sort_unstable();
        let quantile = |percent| values[quantile_place(percent, values.len())] as f64 / 1e6;
        Spread { mean, half_width, p10: quantile(10), p90: quantile(90) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::estimate::estimate;
    use super::*;

    #[test]
    fn sums_say_what_all_the_numbers_say() {
        for numbers in [vec![7], vec![0, 0, 0], vec![3, 1_000_000_007, 12], (1..=1000).collect()] {
            let mut moments = Moments::default();
            numbers.iter().for_each(|number| moments.add(*number));
            let (mean, whole) = (moments.mean(numbers.len() as u32, 2.0), estimate(numbers.clone(), 2.0));
            assert_eq!((mean.mean, mean.half_width.is_some()), (whole.mean, whole.half_width.is_some()));
            let off = mean.half_width.unwrap_or_default() - whole.half_width.unwrap_or_default();
            assert!(off.abs() <= 1e-12 * whole.mean.max(1.0), "{numbers:?}: {off}");
        }
    }

    /// More than anybody can count is still no panic.
    #[test]
    fn sums_of_the_largest_amounts_are_counted() {
        let mut moments = Moments::default();
        (0..1000).for_each(|_| moments.add(i64::MAX));
        assert!(moments.mean(1000, 1.0).half_width.is_some_and(f64::is_finite));
    }

    #[test]
    fn the_memory_for_quantiles_doesnt_grow_with_the_users() {
        assert_eq!(
            [0, 100, 1_000, 10_000, 100_000].map(|users| UserSums::new(users).keeps),
            [2_097_152, 20_971, 2_097, 209, 20]
        );
    }
}
