//! From what replications came to, to what can be said of it.

use super::Estimate;
use crate::tokens::Tokens;

/// The 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Estimates from one number per replication. Means and quantiles are exact sums and values that occurred; only the last
/// division and the half-width are floating point, and the order of the replications doesn't matter to them.
pub(super) fn estimate(mut values: Vec<i64>, unit: f64) -> Estimate {
    values.sort_unstable();
    let count = values.len();
    let sum: i128 = values.iter().map(|value| i128::from(*value)).sum();
    let mean = sum as f64 / count as f64;
    let squares: f64 = values.iter().map(|value| (*value as f64 - mean) * (*value as f64 - mean)).sum();
    let half_width = (count > 1).then(|| Z * (squares / (count - 1) as f64 / count as f64).sqrt() / unit);
    let quantile = |percent: usize| values[quantile_place(percent, count)] as f64 / unit;
    Estimate {
        mean: mean / unit,
        half_width,
        p5: quantile(5),
        p10: quantile(10),
        p50: quantile(50),
        p90: quantile(90),
        p95: quantile(95),
    }
}

/// The same for tokens.
pub(super) fn tokens(values: impl Iterator<Item = Tokens>) -> Estimate {
    estimate(values.map(Tokens::millionths).collect(), 1e6)
}

/// The same for counts.
pub(super) fn counts(values: impl Iterator<Item = u32>) -> Estimate {
    estimate(values.map(i64::from).collect(), 1.0)
}

/// Where the smallest of `count` sorted values stands that has at least `percent` of them at or under it.
pub(super) fn quantile_place(percent: usize, count: usize) -> usize {
    (percent * count).div_ceil(100).max(1) - 1
}

/// The 95 % interval of a chance that was seen `hits` times in `count` (Wilson).
pub fn wilson(hits: u32, count: u32) -> (f64, f64) {
    let (hits, count) = (f64::from(hits), f64::from(count));
    let (share, z2) = (hits / count, Z * Z);
    let centre = (share + z2 / (2.0 * count)) / (1.0 + z2 / count);
    let spread = Z / (1.0 + z2 / count) * (share * (1.0 - share) / count + z2 / (4.0 * count * count)).sqrt();
    // With none or all the interval ends at 0 or 1, but for rounding.
    let low = if hits == 0.0 { 0.0 } else { centre - spread };
    let high = if hits == count { 1.0 } else { centre + spread };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_occurred() {
        let hundred = estimate((1..=100).rev().collect(), 1.0);
        assert_eq!((hundred.p5, hundred.p10, hundred.p50, hundred.p90, hundred.p95), (5.0, 10.0, 50.0, 90.0, 95.0));
        let one = estimate(vec![7], 1.0);
        assert_eq!((one.mean, one.p5, one.p95, one.half_width), (7.0, 7.0, 7.0, None));
    }

    #[test]
    fn the_half_width_is_that_of_the_mean() {
        // Variance of 1..=5 is 2.5; the standard error of the mean is sqrt(0.5).
        let five = estimate(vec![1, 2, 3, 4, 5], 1.0);
        assert!((five.half_width.unwrap() - 1.385_903_824_349_678).abs() < 1e-12);
    }

    #[test]
    fn wilsons_interval_has_its_published_values() {
        let (low, high) = wilson(1, 10);
        assert!((low - 0.017_876).abs() < 1e-5 && (high - 0.404_150).abs() < 1e-5, "{low} {high}");
        assert_eq!((wilson(0, 10).0, wilson(10, 10).1), (0.0, 1.0));
    }
}
