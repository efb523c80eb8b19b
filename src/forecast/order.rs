//! How sure a quantile is: between which order statistics the true one lies. Nothing is assumed of the distribution.

use super::estimate::quantile_place;
use super::model::Quantile;

/// What an interval leaves out at either end: together 5 %.
const TAIL: f64 = 0.025;

/// The ranks (from 1 on) of the sorted values between which the true quantile lies in 95 % of all samples at the least. A
/// value is under the quantile with the quantile's own share, so that the count of those under it is binomial; each tail is
/// cut on its own. Where not even the first or the last value is far enough, there is no bound.
pub(super) fn ranks(percent: usize, count: usize) -> (Option<usize>, Option<usize>) {
    let (n, p) = (count as f64, percent as f64 / 100.0);
    let spread = (n * p * (1.0 - p)).sqrt();
    // What lies further off than this has less than 1e-20 of the chance.
    let mut under = (n * p - 10.0 * spread - 10.0).max(0.0).floor();
    let ways = libm::lgamma(n + 1.0) - libm::lgamma(under + 1.0) - libm::lgamma(n - under + 1.0);
    let mut chance = libm::exp(ways + under * libm::log(p) + (n - under) * libm::log1p(-p));
    let (mut low, mut sum) = (None, chance);
    while sum < 1.0 - TAIL && under < n {
        if sum <= TAIL {
            low = Some(under as usize + 1);
        }
        chance *= (n - under) / (under + 1.0) * p / (1.0 - p);
        under += 1.0;
        sum += chance;
    }
    (low, (under < n).then_some(under as usize + 1))
}

/// The quantiles that results show, with their intervals. There is at least one value.
pub(super) fn quantiles(mut values: Vec<i64>, unit: f64) -> Vec<Quantile> {
    values.sort_unstable();
    let at = |rank: usize| values[rank - 1] as f64 / unit;
    let quantile = |percent: usize| {
        let (low, high) = ranks(percent, values.len());
        Quantile {
            share: percent as f64 / 100.0,
            value: at(quantile_place(percent, values.len()) + 1),
            low: low.map(at),
            high: high.map(at),
        }
    };
    [10, 50, 90].into_iter().map(quantile).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// For the median those of the sign test's tables; all of them summed up exactly elsewhere.
    #[test]
    fn ranks_are_those_of_the_binomial() {
        for (percent, count, low, high) in [
            (50, 5, None, None),
            (50, 6, Some(1), Some(6)),
            (50, 10, Some(2), Some(9)),
            (50, 20, Some(6), Some(15)),
            (50, 50, Some(18), Some(33)),
            (50, 100, Some(40), Some(61)),
            (50, 1000, Some(469), Some(532)),
            (10, 100, Some(5), Some(17)),
            (90, 36, Some(29), Some(36)),
            (90, 100, Some(84), Some(96)),
            (90, 1000, Some(881), Some(919)),
            (90, 35, Some(28), None),
            (90, 1, None, None),
        ] {
            assert_eq!(ranks(percent, count), (low, high), "p{percent} of {count}");
        }
    }

    #[test]
    fn ranks_of_many_are_those_of_the_normal_approximation() {
        let (low, high) = ranks(90, 1_000_000);
        assert!(low.unwrap().abs_diff(899_412) <= 2 && high.unwrap().abs_diff(900_589) <= 2, "{low:?} {high:?}");
    }

    #[test]
    fn quantiles_lie_between_values_that_occurred() {
        let [p10, p50, p90] = quantiles((1..=100).rev().collect(), 1.0).try_into().unwrap();
        assert_eq!((p10.low, p10.value, p10.high), (Some(5.0), 10.0, Some(17.0)));
        assert_eq!((p50.low, p50.value, p50.high), (Some(40.0), 50.0, Some(61.0)));
        assert_eq!((p90.low, p90.value, p90.high), (Some(84.0), 90.0, Some(96.0)));
        assert_eq!((p50.half_width(), quantiles(vec![7], 1.0)[0].half_width()), (Some(10.5), None));
    }
}
