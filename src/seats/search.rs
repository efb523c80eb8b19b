//! The cheapest mix: how many of each team and product have a subscription, given what the tokens cost that are then bought.
//!
//! Whoever uses most comes first: what a purchase costs never falls as more is needed, so whoever is exchanged for one who uses less
//! costs no less. So a mix is a number for each ranking. Each number is searched whole while the others stay, then each pair of
//! rankings, until nothing is cheaper; from several starts, as a volume discount makes valleys with ridges between them.

use super::purchase::Purchase;
use super::ranking::Ranking;
use crate::scenario::{Money, Prices};
use crate::tokens::Tokens;

/// How many seats of each ranking have a subscription.
pub type Counts = Vec<usize>;

/// What is known for a search: what the teams need with some mix, and what each seat uses.
pub struct Search<'a> {
    /// The rankings.
    pub rankings: &'a [Ranking],
    /// The price list.
    pub prices: &'a Prices,
    /// By team, then by replication: what has to be bought with the mix `base`, in millionths.
    pub needs: &'a [Vec<i64>],
    /// The mix for which that was simulated.
    pub base: Counts,
    /// In so many of the replications, for each team, what is bought may fall short.
    pub may_fail: usize,
}

/// Pairs of rankings are searched whole up to so many combinations.
const PAIRS: usize = 4_096;

impl Search<'_> {
    /// The cheapest mix that is found from these starts, among them the one that comes first.
    pub fn cheapest(&self, starts: &[Counts]) -> Counts {
        let found = starts.iter().map(|start| self.descend(start.clone()));
        found
            .min_by_key(|counts| (self.cost(counts), counts.iter().sum::<usize>()))
            .unwrap_or_else(|| self.base.clone())
    }

    /// Subscriptions and tokens of a mix.
    pub fn cost(&self, counts: &[usize]) -> Money {
        let seats =
            self.rankings.iter().zip(counts).map(|(ranking, count)| ranking.price.0 * *count as i64).sum::<i64>();
        let tokens = (0..self.needs.len()).map(|team| self.purchase(team, counts).cost().0).sum::<i64>();
        Money(seats + tokens)
    }

    /// What is bought for a team.
    pub fn purchase(&self, team: usize, counts: &[usize]) -> Purchase {
        let mut needs = self.needs[team].clone();
        for (place, ranking) in self.rankings.iter().enumerate().filter(|(_, ranking)| ranking.team.index() == team) {
            let (before, now) = (self.base[place], counts[place]);
            if before != now {
                needs.iter_mut().zip(&ranking.used).for_each(|(need, used)| *need += used[before] - used[now]);
            }
        }
        Purchase::of(self.prices, Tokens::from_millionths(enough(&mut needs, self.may_fail)))
    }

    fn descend(&self, mut counts: Counts) -> Counts {
        let mut cost = self.cost(&counts);
        loop {
            let before = cost;
            for place in 0..self.rankings.len() {
                self.try_each(&mut counts, &mut cost, &[place]);
            }
            let pairs = (0..counts.len()).flat_map(|one| (0..one).map(move |other| [one, other]));
            for pair in pairs.filter(|pair| self.combinations(pair) <= PAIRS) {
                self.try_each(&mut counts, &mut cost, &pair);
            }
            if cost == before {
                return counts;
            }
        }
    }

    fn combinations(&self, places: &[usize]) -> usize {
        places.iter().map(|place| self.rankings[*place].seats.len() + 1).product()
    }

    /// Takes the cheapest of all numbers at these places; of those that cost the same, the one that was there.
    fn try_each(&self, counts: &mut Counts, cost: &mut Money, places: &[usize]) {
        let mut trial = counts.clone();
        for number in 0..self.combinations(places) {
            let mut rest = number;
            for place in places {
                let choices = self.rankings[*place].seats.len() + 1;
                trial[*place] = rest % choices;
                rest /= choices;
            }
            let trial_cost = self.cost(&trial);
            if trial_cost < *cost {
                (*cost, *counts) = (trial_cost, trial.clone());
            }
        }
    }
}

/// What is enough in all but so many of the replications.
pub fn enough(needs: &mut [i64], may_fail: usize) -> i64 {
    let place = needs.len() - 1 - may_fail.min(needs.len() - 1);
    *needs.select_nth_unstable(place).1
}

/// For each ranking, how many seats a subscription pays for, at a unit price of each team's tokens.
pub fn beyond_break_even(rankings: &[Ranking], each: &[Money]) -> Counts {
    let paying = |ranking: &Ranking| {
        let each = each[ranking.team.index()];
        ranking.seats.iter().filter(|expected| expected.pays(ranking.price, each)).count()
    };
    rankings.iter().map(paying).collect()
}
