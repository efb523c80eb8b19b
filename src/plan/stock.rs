//! The plain lot-by-lot course of a run: the judge of every plan.

use super::problem::Lot;
use crate::tokens::Tokens;

/// How a run ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fate {
    /// The first day whose demand couldn't be met whole.
    pub stock_out: Option<u32>,
    /// Demand that couldn't be met.
    pub short: Tokens,
    /// Tokens that expired within the horizon.
    pub wasted: Tokens,
    /// Tokens left at the horizon's end.
    pub left: Tokens,
}

/// Lots as they burn: the earliest end first, then the earliest to enter (rules.md P4; which of two that end together burns first changes
/// nothing that is told here).
#[derive(Clone)]
pub(super) struct Stock {
    lots: Vec<(usize, Lot)>,
    left: Vec<Tokens>,
    /// Before this one all are burned or ended.
    first: usize,
}

impl Stock {
    pub(super) fn new(lots: impl Iterator<Item = Lot>) -> Stock {
        let mut lots: Vec<(usize, Lot)> = lots.enumerate().collect();
        lots.sort_by_key(|(place, lot)| (lot.ends, lot.enters, *place));
        Stock { left: vec![Tokens::ZERO; lots.len()], lots, first: 0 }
    }

    /// The course of a run from a full stock on. `short` is told of each day what couldn't be met.
    pub(super) fn run(&mut self, demand: &[Tokens], mut short: impl FnMut(usize, Tokens)) -> Fate {
        self.refill();
        let mut fate = Fate::default();
        for (day, demand) in demand.iter().enumerate() {
            short(day, self.day(day as u32, *demand, &mut fate));
        }
        self.end(demand.len() as u32, fate)
    }

    /// Whether a run from a full stock on has no stock-out.
    pub(super) fn lasts(&mut self, demand: &[Tokens]) -> bool {
        self.refill();
        (0..).zip(demand).all(|(day, demand)| self.burn(day, *demand).is_zero())
    }

    /// Starts anew.
    pub(super) fn refill(&mut self) {
        self.first = 0;
        for (left, (_, lot)) in self.left.iter_mut().zip(&self.lots) {
            *left = lot.tokens;
        }
    }

    /// Burns a day's demand; what is missing.
    pub(super) fn day(&mut self, day: u32, demand: Tokens, fate: &mut Fate) -> Tokens {
        let missing = self.burn(day, demand);
        if missing > Tokens::ZERO {
            fate.stock_out.get_or_insert(day);
            fate.short += missing;
        }
        missing
    }

    /// Adds a lot on the way.
    pub(super) fn add(&mut self, lot: Lot) {
        let place = self.lots.partition_point(|(_, other)| (other.ends, other.enters) <= (lot.ends, lot.enters));
        self.lots.insert(place, (self.lots.len(), lot));
        self.left.insert(place, lot.tokens);
        self.first = self.first.min(place);
    }

    /// What can be burned at a day's start or will have come by `until`; of what ends before `next`, no more than `a_day` for each day
    /// until its end.
    pub(super) fn position(&self, day: u32, until: u32, next: u32, a_day: Tokens) -> Tokens {
        let lots = self.lots.iter().zip(&self.left).skip(self.first);
        let lots = lots.filter(|((_, lot), _)| lot.enters <= until && day < lot.ends);
        lots.fold(Tokens::ZERO, |counted, ((_, lot), left)| {
            let all = counted + *left;
            if lot.ends < next { all.min(days(a_day, lot.ends - day)).max(counted) } else { all }
        })
    }

    /// Burns what it can on a day; what is missing.
    fn burn(&mut self, day: u32, mut demand: Tokens) -> Tokens {
        while self.first < self.lots.len() && (self.left[self.first].is_zero() || self.lots[self.first].1.ends <= day) {
            self.first += 1;
        }
        for place in self.first..self.lots.len() {
            if demand.is_zero() {
                break;
            }
            let lot = &self.lots[place].1;
            if lot.enters <= day && day < lot.ends {
                let burned = demand.min(self.left[place]);
                self.left[place] -= burned;
                demand -= burned;
            }
        }
        demand
    }

    /// The run's end.
    pub(super) fn end(&self, days: u32, mut fate: Fate) -> Fate {
        for ((_, lot), left) in self.lots.iter().zip(&self.left) {
            if lot.ends < days {
                fate.wasted += *left;
            } else {
                fate.left += *left;
            }
        }
        fate
    }

    /// What is left of each lot, wasted where it has ended, in the order in which they were given.
    pub(super) fn left(&self) -> impl Iterator<Item = (usize, Tokens)> {
        self.lots.iter().zip(&self.left).map(|((place, _), left)| (*place, *left))
    }
}

/// So many days' tokens.
fn days(a_day: Tokens, days: u32) -> Tokens {
    Tokens::from_millionths(a_day.millionths() * i64::from(days))
}
