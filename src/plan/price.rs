use std::iter::Sum;
use std::ops::{Add, Sub};

use super::problem::{Date, Problem, Purchase};
use crate::scenario::Money;
use crate::tokens::Tokens;

/// What purchases cost, exactly: what is paid, and the interest on it from the payment to the horizon's end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// In millionths of the currency's unit, times `UNIT`: what is paid and the interest.
    weighed: i128,
    /// In millionths of the currency's unit.
    paid: i128,
}

/// The parts of a weight: days of a year times millionths of the rate.
pub(super) const UNIT: i128 = 365 * 1_000_000;

impl Cost {
    /// For the tokens and the orders.
    pub fn paid(self) -> Money {
        money(self.paid)
    }

    /// On what is paid, to the nearest millionth.
    pub fn interest(self) -> Money {
        money((self.weighed - self.paid * UNIT + UNIT / 2).div_euclid(UNIT))
    }

    /// Paid and interest together, to the nearest millionth: what plans are compared by, but for the rounding.
    pub fn total(self) -> Money {
        money((self.weighed + UNIT / 2).div_euclid(UNIT))
    }

    /// A share of it, where it is a sum over so many runs; rounded down, by less than a millionth.
    pub fn over(self, runs: usize) -> Cost {
        let runs = runs.max(1) as i128;
        Cost { weighed: self.weighed.div_euclid(runs), paid: self.paid.div_euclid(runs) }
    }
}

fn money(millionths: i128) -> Money {
    Money(i64::try_from(millionths).expect("money of a million million tokens at most"))
}

impl Add for Cost {
    type Output = Cost;
    fn add(self, other: Cost) -> Cost {
        Cost { weighed: self.weighed + other.weighed, paid: self.paid + other.paid }
    }
}

impl Sub for Cost {
    type Output = Cost;
    fn sub(self, other: Cost) -> Cost {
        Cost { weighed: self.weighed - other.weighed, paid: self.paid - other.paid }
    }
}

impl Sum for Cost {
    fn sum<I: Iterator<Item = Cost>>(costs: I) -> Cost {
        costs.fold(Cost::default(), Add::add)
    }
}

impl Problem {
    /// What these purchases cost: each all its tokens at the price that its size reaches, and the order.
    pub fn cost(&self, purchases: &[Purchase]) -> Cost {
        purchases.iter().map(|purchase| self.cost_of(*purchase)).sum()
    }

    pub(super) fn cost_of(&self, purchase: Purchase) -> Cost {
        let date = &self.dates[purchase.date];
        let tokens = i128::from(self.each(purchase.tokens)) * i128::from(purchase.tokens.millionths()) / 1_000_000;
        let paid = tokens + i128::from(date.order_cost.0);
        Cost { weighed: paid * self.weight(date), paid }
    }

    fn each(&self, tokens: Tokens) -> i64 {
        let reached = self.tiers.iter().filter(|tier| tier.from <= tokens).count();
        self.tiers.get(reached.saturating_sub(1)).map_or(0, |tier| tier.each.0)
    }

    /// How often money paid at a date counts, in `UNIT`s.
    fn weight(&self, date: &Date) -> i128 {
        let days = self.demand.days() as i128 - i128::from(date.ordered);
        UNIT + i128::from(self.interest) * days
    }

    /// The tariff of a date, by steps.
    pub(super) fn tariff(&self, date: &Date) -> Tariff {
        let weight = self.weight(date);
        let minimum = self.steps_up(Tokens::whole(self.minimum)).max(1);
        let starts = self.tiers.iter().enumerate();
        let start = |(place, from)| if place == 0 { minimum } else { self.steps_up(from).max(minimum) };
        let mut bands: Vec<Band> = Vec::new();
        for (place, tier) in starts {
            let from = start((place, tier.from));
            bands.pop_if(|band| band.from >= from);
            let each = i128::from(tier.each.0) * i128::from(self.step) * weight;
            bands.push(Band { from, to: i64::MAX, each });
            if let [.., before, _] = &mut bands[..] {
                before.to = from - 1;
            }
        }
        if bands.is_empty() {
            bands.push(Band { from: minimum, to: i64::MAX, each: 0 });
        }
        Tariff { order: i128::from(date.order_cost.0) * weight, bands }
    }

    /// Tokens as steps, rounded up.
    pub(super) fn steps_up(&self, tokens: Tokens) -> i64 {
        self.parts_up(tokens, 1)
    }

    /// Tokens as parts of a step, rounded up.
    pub(super) fn parts_up(&self, tokens: Tokens, parts: i64) -> i64 {
        -self.parts_down(-tokens, parts)
    }

    /// Tokens as parts of a step, rounded down.
    pub(super) fn parts_down(&self, tokens: Tokens, parts: i64) -> i64 {
        tokens.millionths().div_euclid(Tokens::whole(self.step).millionths() / parts)
    }

    pub(super) fn tokens(&self, steps: i64) -> Tokens {
        Tokens::whole(steps * self.step)
    }
}

impl Problem {
    /// Orders in steps by date, as purchases.
    pub(super) fn purchases(&self, orders: &[i64]) -> Vec<Purchase> {
        let made = orders.iter().enumerate().filter(|(_, steps)| **steps > 0);
        made.map(|(date, steps)| Purchase { date, tokens: self.tokens(*steps) }).collect()
    }

    /// Purchases as orders in steps by date.
    pub(super) fn orders(&self, purchases: &[Purchase]) -> Vec<i64> {
        let mut orders = vec![0; self.dates.len()];
        purchases.iter().for_each(|purchase| orders[purchase.date] += self.steps_up(purchase.tokens));
        orders
    }
}

/// What an order costs by its steps, weighed: in millionths of the currency's unit times `UNIT`.
#[derive(Clone, Debug)]
pub(super) struct Tariff {
    pub(super) order: i128,
    /// Ascending, without gaps, from the smallest order on.
    pub(super) bands: Vec<Band>,
}

/// Sizes with one unit price.
#[derive(Clone, Copy, Debug)]
pub(super) struct Band {
    pub(super) from: i64,
    /// Inclusive.
    pub(super) to: i64,
    /// For a step.
    pub(super) each: i128,
}

impl Tariff {
    /// The same in larger steps, none cheaper than it is.
    pub(super) fn coarse(&self, factor: i64) -> Tariff {
        let mut bands: Vec<Band> = Vec::new();
        for band in &self.bands {
            let from = (band.from + factor - 1) / factor;
            bands.pop_if(|before| before.from >= from);
            if let Some(before) = bands.last_mut() {
                before.to = from - 1;
            }
            bands.push(Band { from, to: i64::MAX, each: band.each * i128::from(factor) });
        }
        Tariff { order: self.order, bands }
    }

    /// What an order of so many steps costs: none for none.
    pub(super) fn of(&self, steps: i64) -> i128 {
        let band = self.bands.iter().rev().find(|band| band.from <= steps);
        band.filter(|_| steps > 0).map_or(0, |band| self.order + band.each * i128::from(steps))
    }

    /// The most steps for some money at any of the prices; it is weighed as payments are without interest.
    pub(super) fn within(&self, money: Money) -> i64 {
        let steps = |band: &Band| i128::from(money.0) * UNIT / band.each.max(1);
        self.bands.iter().map(|band| steps(band).min(1 << 40) as i64).max().unwrap_or(0)
    }

    /// The fewest steps of an order.
    pub(super) fn minimum(&self) -> i64 {
        self.bands[0].from
    }

    /// The cheapest order of at least so many steps, and what it costs: none for none. A larger one can be cheaper.
    pub(super) fn at_least(&self, steps: i64) -> (i64, i128) {
        if steps <= 0 {
            return (0, 0);
        }
        let orders = self.bands.iter().filter(|band| band.to >= steps).map(|band| {
            let steps = steps.max(band.from);
            (steps, self.order + band.each * i128::from(steps))
        });
        orders.min_by_key(|(steps, cost)| (*cost, *steps)).expect("the last band has no end")
    }
}
