//! Random streams by name, not by order.
//!
//! Every draw comes from a stream that is keyed by who draws (seed, replication, user name) and for what (a day, a week
//! with a purpose, …). So one more user, product, pack or thread changes nobody else's draws, two what-ifs share
//! theirs, and any shard of the replications gives the same bytes. Each draw takes exactly one uniform number, whatever
//! its parameters: a what-if that makes something likelier doesn't shift the draws after it.
//!
//! The generator is PCG XSL RR 128/64 (`rand_pcg::Pcg64`), its 128-bit state set from the mixed key. What it
//! gives is pinned by a test: a change of these values changes every forecast.

use rand::Rng;
use rand_pcg::Pcg64;

use super::normal;
use crate::calendar::Day;
use crate::keys::{mix, name_key};

/// Who draws: the same seed, replication and user name draw the same, in every scenario.
#[derive(Clone, Copy, Debug)]
pub struct Drawer {
    /// The seed of the run.
    pub seed: u64,
    /// The number of the replication.
    pub replication: u32,
    /// The key of the user's name.
    pub user: u64,
}

impl Drawer {
    /// The draws of one local day.
    pub fn day(&self, day: Day) -> Stream {
        self.stream(span::DAY, day.number(), span::NOTHING)
    }

    /// Draws on which all days of a week, Monday to Sunday, agree.
    pub fn week(&self, day: Day, purpose: &str) -> Stream {
        self.stream(span::WEEK, week_number(day), name_key(purpose))
    }

    /// Draws on which all days of a month agree.
    pub fn month(&self, day: Day, purpose: &str) -> Stream {
        let (year, month, _) = day.ymd();
        self.stream(span::MONTH, year * 12 + month as i32, name_key(purpose))
    }

    /// Draws that are this user's throughout the replication.
    pub fn always(&self, purpose: &str) -> Stream {
        self.stream(span::ALWAYS, 0, name_key(purpose))
    }

    /// The draws after one of the denials of what was planned for a day.
    pub fn denial(&self, day: Day, number: u16) -> Stream {
        self.stream(span::DENIAL, day.number(), number.into())
    }

    #[inline]
    fn stream(&self, span: u64, number: i32, purpose: u64) -> Stream {
        let replication = u64::from(self.replication);
        let key = [self.seed, replication, self.user, span, number as u64, purpose];
        let high = mix(&key);
        let low = mix(&[high, self.user]);
        Stream(Pcg64::new(u128::from(high) << 64 | u128::from(low), INCREMENT))
    }
}

/// The keys of what streams are for.
mod span {
    use crate::keys::name_key;

    pub const DAY: u64 = name_key("day");
    pub const WEEK: u64 = name_key("week");
    pub const MONTH: u64 = name_key("month");
    pub const ALWAYS: u64 = name_key("always");
    pub const DENIAL: u64 = name_key("denial");
    pub const NOTHING: u64 = name_key("");
}

/// Weeks from Monday to Sunday, counted so that the one of 1970-01-01 is number 0.
pub(super) fn week_number(day: Day) -> i32 {
    (day.number() + 3).div_euclid(7)
}

/// The stream selector that PCG specifies as its default.
const INCREMENT: u128 = 0xa02_bdbf_7bb3_c0a7_ac28_fa16_a64a_bf96;

/// Uniform numbers, one after the other.
#[derive(Clone, Debug)]
pub struct Stream(Pcg64);

impl Stream {
    /// A stream that nobody draws from.
    pub fn unused() -> Self {
        Stream(Pcg64::new(0, 0))
    }

    /// Between 0 and 1, neither included, in steps of 2^-53.
    pub fn unit(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) * (1.0 / (1u64 << 53) as f64)
    }

    /// Whether something of this probability, from 0 to 1, happens.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number from one to the other, both included, each as likely.
    pub fn uniform_whole(&mut self, a: i64, b: i64) -> i64 {
        let (low, high) = (i128::from(a.min(b)), i128::from(a.max(b)));
        let drawn = low + (self.unit() * (high - low + 1) as f64) as i128;
        drawn.min(high) as i64
    }

    /// Normal with mean 0 and standard deviation 1.
    pub fn normal(&mut self) -> f64 {
        normal::quantile(self.unit())
    }

    /// Normal with this mean and standard deviation, rounded.
    pub fn normal_whole(&mut self, mean: i64, deviation: f64) -> i64 {
        (mean as f64 + deviation * self.normal()).round() as i64
    }

    /// A number whose logarithm is normal with this standard deviation, around that of the median.
    pub fn log_normal(&mut self, median: f64, spread: f64) -> f64 {
        median * libm::exp(spread * self.normal())
    }

    /// How often something happens that happens so often on average: from 0 to some hundreds, as it counts up.
    pub fn poisson(&mut self, mean: f64) -> i64 {
        let drawn = self.unit();
        let (mut count, mut likely) = (0, libm::exp(-mean));
        let mut reached = likely;
        // Rounding may leave the sum a little short of 1; so far beyond the mean nothing is likely.
        let last = (2.0 * mean) as i64 + 100;
        while drawn >= reached && count < last {
            count += 1;
            likely *= mean / count as f64;
            reached += likely;
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWER: Drawer = Drawer { seed: 42, replication: 7, user: 1 };

    #[test]
    fn the_draws_are_pinned() {
        let monday = Day::parse("2027-01-04").unwrap();
        let mut stream = DRAWER.day(monday);
        let drawn: [f64; 3] = std::array::from_fn(|_| stream.unit());
        assert_eq!(drawn, [0.15035317937122478, 0.11340147179782273, 0.7755379083064622]);
        assert_eq!(DRAWER.week(monday, "trip").normal(), -0.050_527_820_082_331_54);
    }

    #[test]
    fn days_of_a_week_agree_and_weeks_do_not() {
        let day = |text| Day::parse(text).unwrap();
        let trip = |text| DRAWER.week(day(text), "trip").unit();
        assert_eq!(trip("2027-01-04"), trip("2027-01-10"));
        assert_ne!(trip("2027-01-10"), trip("2027-01-11"));
        assert_ne!(trip("2027-01-04"), DRAWER.week(day("2027-01-04"), "busy").unit());
        let busy = |text| DRAWER.month(day(text), "busy").unit();
        assert_eq!(busy("2027-01-01"), busy("2027-01-31"));
        assert_ne!(busy("2027-12-01"), busy("2028-01-01"));
    }

    #[test]
    fn draws_are_even_and_neighbours_do_not_resemble_each_other() {
        let days = 20_000;
        let first = |day| DRAWER.day(Day::from_number(day)).unit() - 0.5;
        let (mut mean, mut variance, mut covariance) = (0.0, 0.0, 0.0);
        for day in 0..days {
            mean += first(day) / f64::from(days);
            variance += first(day) * first(day) / f64::from(days);
            covariance += first(day) * first(day + 1) / f64::from(days);
        }
        assert!(mean.abs() < 0.008 && (variance - 1.0 / 12.0).abs() < 0.003 && covariance.abs() < 0.003);
    }
}
