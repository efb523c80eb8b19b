//! How sure a difference is: 95 % intervals of differences of means and of chances.

/// The 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// A difference with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    pub change: f64,
    /// `None` for single replications.
    pub interval: Option<(f64, f64)>,
}

/// How much more the numbers of one are, on average, than `times` those of the other. In pairs, each is compared with the one at its place,
/// and the interval is that of the mean of the differences; otherwise it is Welch's, with the normal quantile.
pub fn of_means(one: &[i64], other: &[i64], times: f64, paired: bool) -> Difference {
    let change = mean(one) - times * mean(other);
    let half_width = if paired {
        let differences = one.iter().zip(other).map(|(one, other)| *one as f64 - times * *other as f64);
        error_of_mean(differences.collect())
    } else {
        let floats = |numbers: &[i64], times: f64| numbers.iter().map(|number| *number as f64 * times).collect();
        let errors = error_of_mean(floats(one, 1.0)).zip(error_of_mean(floats(other, times)));
        errors.map(|(one, other)| (one * one + other * other).sqrt())
    };
    Difference { change, interval: half_width.map(|error| (change - Z * error, change + Z * error)) }
}

/// How much likelier one is than the other, of numbers that are 0 or 1. The intervals are those of Agresti and Min (2005) for pairs and of
/// Agresti and Caffo (2000) otherwise: unlike that of a mean, they have a width where both are certain.
pub fn of_chances(one: &[i64], other: &[i64], paired: bool) -> Difference {
    let change = mean(one) - mean(other);
    let (middle, error) = if paired { pairs(one, other) } else { apart(one, other) };
    let interval = (middle - Z * error, middle + Z * error);
    // A count of the same replications: the interval holds what was seen.
    Difference { change, interval: Some((interval.0.min(change).max(-1.0), interval.1.max(change).min(1.0))) }
}

/// Half a pair more of each of the four kinds.
fn pairs(one: &[i64], other: &[i64]) -> (f64, f64) {
    let count = |kind: (i64, i64)| one.iter().zip(other).filter(|(a, b)| (**a, **b) == kind).count() as f64 + 0.5;
    let (more, less) = (count((1, 0)), count((0, 1)));
    let all = one.len().min(other.len()) as f64 + 2.0;
    let difference = more - less;
    (difference / all, (more + less - difference * difference / all).max(0.0).sqrt() / all)
}

/// One more of each of the two kinds on either side.
fn apart(one: &[i64], other: &[i64]) -> (f64, f64) {
    let chance = |numbers: &[i64]| (numbers.iter().sum::<i64>() as f64 + 1.0) / (numbers.len() as f64 + 2.0);
    let square = |numbers: &[i64]| chance(numbers) * (1.0 - chance(numbers)) / (numbers.len() as f64 + 2.0);
    (chance(one) - chance(other), (square(one) + square(other)).sqrt())
}

/// The mean of exact numbers: only the division is floating point.
pub fn mean(numbers: &[i64]) -> f64 {
    numbers.iter().map(|number| i128::from(*number)).sum::<i128>() as f64 / numbers.len() as f64
}

/// The standard error of the mean; `None` of a single number.
fn error_of_mean(numbers: Vec<f64>) -> Option<f64> {
    let count = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / count;
    let squares: f64 = numbers.iter().map(|number| (number - mean) * (number - mean)).sum();
    (numbers.len() > 1).then(|| (squares / (count - 1.0) / count).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(difference: Difference, change: f64, low: f64, high: f64) {
        let (from, to) = difference.interval.unwrap();
        let off = [difference.change - change, from - low, to - high].map(f64::abs);
        assert!(off.iter().all(|off| *off < 5e-4), "{difference:?}");
    }

    #[test]
    fn pairs_have_the_interval_of_their_differences() {
        // Differences 1, 2, 3: the standard error is 1/√3.
        near(of_means(&[11, 22, 33], &[10, 20, 30], 1.0, true), 2.0, 2.0 - 1.131_6, 2.0 + 1.131_6);
        near(of_means(&[11, 22, 33], &[10, 20, 30], 1.1, true), 0.0, 0.0, 0.0);
        assert_eq!(of_means(&[3], &[5], 1.0, true), Difference { change: -2.0, interval: None });
    }

    #[test]
    fn others_have_welchs() {
        // Variances 100 and 4 over 3 and 4: the standard error is sqrt(100/3 + 6.6667/4).
        let error = (100.0_f64 / 3.0 + 20.0 / 3.0 / 4.0).sqrt();
        let expected = (20.0 - 5.0 - Z * error, 20.0 - 5.0 + Z * error);
        near(of_means(&[10, 20, 30], &[2, 4, 6, 8], 1.0, false), 15.0, expected.0, expected.1);
    }

    #[test]
    fn chances_are_never_certain() {
        let of = |ones: usize, zeros: usize| [vec![1; ones], vec![0; zeros]].concat();
        near(of_chances(&of(0, 50), &of(0, 50), true), 0.0, -1.959_96 / 52.0, 1.959_96 / 52.0);
        // 56 of 70 and 48 of 80: Agresti and Caffo's formula by hand.
        let (p, q) = (57.0_f64 / 72.0, 49.0 / 82.0);
        let error = (p * (1.0 - p) / 72.0 + q * (1.0 - q) / 82.0).sqrt();
        near(of_chances(&of(56, 14), &of(48, 32), false), 0.2, p - q - Z * error, p - q + Z * error);
        let (low, _) = of_chances(&of(50, 0), &of(0, 50), true).interval.unwrap();
        assert!(low > 0.85 && low < 0.95);
    }

    /// The chances of 0 to `all` hits, each of that chance.
    fn binomial(all: usize, chance: f64) -> Vec<f64> {
        let mut of = vec![1.0];
        for count in 0..all {
            of.push(0.0);
            for hits in (0..=count).rev() {
                of[hits + 1] += of[hits] * chance;
                of[hits] *= 1.0 - chance;
            }
        }
        of
    }

    fn holds(difference: Difference, truth: f64) -> bool {
        difference.interval.is_some_and(|(low, high)| low <= truth + 1e-9 && truth - 1e-9 <= high)
    }

    #[test]
    fn intervals_of_chances_hold_the_truth_as_often_as_they_say() {
        const ALL: usize = 40;
        let numbers = |ones: usize| [vec![1; ones], vec![0; ALL - ones]].concat();
        for (one, other) in [(0.02, 0.02), (0.1, 0.3), (0.5, 0.5), (0.9, 0.4)] {
            let (ones, others) = (binomial(ALL, one), binomial(ALL, other));
            let each = (0..=ALL).flat_map(|x| (0..=ALL).map(move |y| (x, y)));
            let held = each.filter(|(x, y)| holds(of_chances(&numbers(*x), &numbers(*y), false), one - other));
            let coverage: f64 = held.map(|(x, y)| ones[x] * others[y]).sum();
            assert!(coverage > 0.94, "{one} {other}: {coverage}");
        }
        // Pairs: more runs out in some, less in others, and no change in the rest.
        for (more, less) in [(0.02, 0.02), (0.1, 0.05), (0.4, 0.1), (0.3, 0.0)] {
            let changed = binomial(ALL, more + less);
            let pairs = |up: usize, down: usize| {
                let kept = vec![0; ALL - up - down];
                let [one, other] =
                    [[vec![1; up], vec![0; down]], [vec![0; up], vec![1; down]]].map(|halves| halves.concat());
                ([one, kept.clone()].concat(), [other, kept].concat())
            };
            let mut coverage = 0.0;
            for (all, chance) in changed.iter().enumerate() {
                for (up, of_up) in binomial(all, more / (more + less)).iter().enumerate() {
                    let (one, other) = pairs(up, all - up);
                    coverage += if holds(of_chances(&one, &other, true), more - less) { chance * of_up } else { 0.0 };
                }
            }
            assert!(coverage > 0.935, "{more} {less}: {coverage}");
        }
    }
}
