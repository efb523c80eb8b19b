//! Variance-based shares from samples that differ in some inputs: pure arithmetic.
//!
//! `a` and `b` are the results of two independent samples of all inputs; `mixed` are those of `a`'s inputs with one of them taken from
//! `b`. The first-order estimator is that of Saltelli et al. (Computer Physics Communications 181, 2010, table 2 b), the total one Jansen's (1999).
//! Intervals are normal, with the error of the infinitesimal jackknife: both are ratios of means, so that each row's pull is known.

use serde::{Deserialize, Serialize};

/// The 97.5 % quantile of the normal distribution.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// A share with its 95 % interval, which may reach beyond 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The estimate.
    pub share: f64,
    /// The interval's lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// The variance that an input explains by itself, over all of it; `None` where nothing varies. The slices are as long as each other.
pub fn first_order(a: &[f64], b: &[f64], mixed: &[f64]) -> Option<Interval> {
    let centre = centre(a, b);
    let rows = a.iter().zip(b).zip(mixed);
    ratio(rows.map(|((a, b), mixed)| ((b - centre) * (mixed - a), square(*a, *b, centre))).collect())
}

/// The variance that is left when all other inputs are known, over all of it.
pub fn total(a: &[f64], b: &[f64], mixed: &[f64]) -> Option<Interval> {
    let centre = centre(a, b);
    let rows = a.iter().zip(b).zip(mixed);
    ratio(rows.map(|((a, b), mixed)| ((a - mixed) * (a - mixed) / 2.0, square(*a, *b, centre))).collect())
}

fn centre(a: &[f64], b: &[f64]) -> f64 {
    a.iter().chain(b).sum::<f64>() / (a.len() + b.len()) as f64
}

/// What a row says of the variance.
fn square(a: f64, b: f64, centre: f64) -> f64 {
    ((a - centre) * (a - centre) + (b - centre) * (b - centre)) / 2.0
}

/// The ratio of two means.
fn ratio(rows: Vec<(f64, f64)>) -> Option<Interval> {
    let count = rows.len() as f64;
    let (over, under) = rows.iter().fold((0.0, 0.0), |(over, under), row| (over + row.0, under + row.1));
    if rows.len() < 2 || under == 0.0 {
        return None;
    }
    let (share, mean) = (over / under, under / count);
    let pulls = rows.iter().map(|(over, under)| (over - share * under) / mean);
    let error = (pulls.map(|pull| pull * pull).sum::<f64>() / (count - 1.0) / count).sqrt();
    Some(Interval { share, low: share - Z * error, high: share + Z * error })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::behaviour::Drawer;

    type Function = fn(&[f64]) -> f64;

    /// Samples of a function of numbers between 0 and 1: `a`, `b`, and for each input `a` with that one of `b`.
    fn samples(function: Function, inputs: usize, rows: u32, seed: u64) -> (Vec<f64>, Vec<f64>, Vec<Vec<f64>>) {
        let draw = |purpose: &str| -> Vec<Vec<f64>> {
            let row = |replication| {
                let mut stream = Drawer { seed, replication, user: 0 }.always(purpose);
                (0..inputs).map(|_| stream.unit()).collect()
            };
            (0..rows).map(row).collect()
        };
        let (a, b) = (draw("a"), draw("b"));
        let mixed = (0..inputs).map(|input| {
            let mix = |(a, b): (&Vec<f64>, &Vec<f64>)| {
                let mut row = a.clone();
                row[input] = b[input];
                function(&row)
            };
            a.iter().zip(&b).map(mix).collect()
        });
        let mixed = mixed.collect();
        let all = |rows: &[Vec<f64>]| rows.iter().map(|row| function(row)).collect();
        (all(&a), all(&b), mixed)
    }

    /// Ishigami's function with a = 7 and b = 0.1.
    fn ishigami(units: &[f64]) -> f64 {
        let [x, y, z] = [0, 1, 2].map(|place| std::f64::consts::PI * (2.0 * units[place] - 1.0));
        libm::sin(x) + 7.0 * libm::sin(y) * libm::sin(y) + 0.1 * z * z * z * z * libm::sin(x)
    }

    /// Sobol's g-function with a = 0, 1, 4.5, 9.
    fn g(units: &[f64]) -> f64 {
        units.iter().zip([0.0, 1.0, 4.5, 9.0]).map(|(unit, a)| ((4.0 * unit - 2.0).abs() + a) / (1.0 + a)).product()
    }

    /// 1 · x + 2 · y + 3 · z: the squares are shared out.
    fn linear(units: &[f64]) -> f64 {
        1e6 + units[0] + 2.0 * units[1] + 3.0 * units[2]
    }

    /// First-order and total shares of the g-function: V_i = 1/3 / (1 + a_i)², and V = Π (1 + V_i) - 1.
    fn shares_of_g() -> Vec<(f64, f64)> {
        let own: Vec<f64> = [0.0, 1.0, 4.5, 9.0].iter().map(|a| 1.0 / 3.0 / ((1.0 + a) * (1.0 + a))).collect();
        let whole: f64 = own.iter().map(|own| 1.0 + own).product();
        own.iter().map(|own| (own / (whole - 1.0), own * whole / (1.0 + own) / (whole - 1.0))).collect()
    }

    #[test]
    fn closed_functions_have_their_known_shares() {
        let linear_shares: Vec<_> = [1.0, 4.0, 9.0].iter().map(|square| (square / 14.0, square / 14.0)).collect();
        let of_ishigami = vec![(0.313_905, 0.557_589), (0.442_411, 0.442_411), (0.0, 0.243_684)];
        for (name, function, known) in [
            ("ishigami", ishigami as Function, of_ishigami),
            ("g", g, shares_of_g()),
            ("linear", linear, linear_shares),
        ] {
            let (a, b, mixed) = samples(function, known.len(), 20_000, 1);
            for (place, (first, all)) in known.into_iter().enumerate() {
                let found = [first_order(&a, &b, &mixed[place]), total(&a, &b, &mixed[place])].map(Option::unwrap);
                for (found, known) in found.into_iter().zip([first, all]) {
                    assert!((found.share - known).abs() < 0.025, "{name} {place}: {found:?} against {known}");
                    assert!(found.high - found.low < 0.08, "{name} {place}: {found:?}");
                }
            }
        }
    }

    #[test]
    fn intervals_hold_the_known_share_as_often_as_they_say() {
        let mut held = [0; 2];
        for seed in 0..300 {
            let (a, b, mixed) = samples(ishigami, 3, 400, seed);
            let found = [first_order(&a, &b, &mixed[0]), total(&a, &b, &mixed[2])].map(Option::unwrap);
            for (held, (found, known)) in held.iter_mut().zip(found.iter().zip([0.313_905, 0.243_684])) {
                *held += i32::from((found.low..=found.high).contains(&known));
            }
        }
        assert!(held.iter().all(|held| (274..=296).contains(held)), "{held:?} of 300");
    }

    #[test]
    fn where_nothing_varies_nothing_is_shared_out() {
        assert_eq!(first_order(&[1.0; 9], &[1.0; 9], &[1.0; 9]), None);
        assert_eq!(total(&[1.0], &[2.0], &[1.5]), None);
        let alone = total(&[1.0, 2.0, 4.0], &[3.0, 1.0, 0.0], &[1.0, 2.0, 4.0]).unwrap();
        assert_eq!((alone.share, alone.low, alone.high), (0.0, 0.0, 0.0));
    }
}
