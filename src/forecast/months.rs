//! The calendar months of some teams, and of products.

use super::build::View;
use super::estimate::{counts, money, tokens};
use super::model::{Estimate, MonthForecast};
use super::parts::MonthBurn;
use crate::scenario::Money;
use crate::simulate::{Days, Outcome, Table};
use crate::tokens::Tokens;

/// The months of the product at that place.
pub(super) fn of_product(outcomes: &[Outcome], days: &Days, product: usize) -> Vec<MonthBurn> {
    let firsts = (0..days.count()).filter(|day| *day == 0 || days.month(*day) != days.month(day - 1));
    let month = |(place, day): (usize, usize)| MonthBurn {
        month: name(days, day),
        burn: tokens(outcomes.iter().map(|outcome| outcome.months.products.row(product)[place])),
    };
    firsts.enumerate().map(month).collect()
}

/// The name of the month of a day of the horizon.
fn name(days: &Days, day: usize) -> String {
    let (year, number, _) = days.day(day).ymd();
    format!("{year:04}-{number:02}")
}

impl View<'_> {
    /// Each month of the horizon, with the plain forecast that the mean burn of each weekday gives.
    pub(super) fn months(&self, weekdays: &[f64; 7]) -> Vec<MonthForecast> {
        let days: Vec<usize> = (0..self.days.count()).collect();
        let months = days.chunk_by(|one, other| self.days.month(*one) == self.days.month(*other));
        months.map(|days| self.month(days, weekdays)).collect()
    }

    /// The month of these days of the horizon.
    fn month(&self, days: &[usize], weekdays: &[f64; 7]) -> MonthForecast {
        let (first, last) = (days[0], days[days.len() - 1]);
        let place = self.days.month(first);
        MonthForecast {
            month: name(self.days, first),
            burn: self.over(first..last + 1, |outcome| &outcome.burn),
            burn_cost: self.month_cost(place),
            balance: self.on_day(last, |outcome| &outcome.balance),
            waste: self.in_month(place, |outcome| &outcome.months.expired),
            denials: counts(self.outcomes.iter().map(|outcome| {
                let denials = &outcome.months.denials;
                self.refused.clone().map(|row| denials.row(row)[place]).sum()
            })),
            avoidable: self.in_month(place, |outcome| &outcome.months.avoidable),
            weekday_mean: days.iter().map(|day| weekdays[self.weekday(*day) as usize]).sum(),
        }
    }

    fn in_month(&self, place: usize, table: impl Fn(&Outcome) -> &Table<Tokens>) -> Estimate {
        tokens(self.sum(place..place + 1, table))
    }

    fn month_cost(&self, place: usize) -> Option<Estimate> {
        self.scenario.prices.tokens.first()?;
        Some(money(self.sum::<Money>(place..place + 1, |outcome| &outcome.months.cost)))
    }
}
