//! How sure the replications so far are, and how many more it takes.

use super::estimate::wilson;
use super::model::Precision;
use super::order::quantiles;
use crate::simulate::Outcome;
use crate::tokens::Tokens;

/// How many replications come first.
pub(super) const FIRST: u32 = 100;

impl Precision {
    /// What the outcomes say. There is at least one.
    pub(super) fn of(outcomes: &[Outcome], asked: Option<f64>) -> Self {
        let burn = |outcome: &Outcome| outcome.burn.cells().iter().copied().sum::<Tokens>().millionths();
        let out = |outcome: &&Outcome| outcome.shortages.cells().iter().any(|denials| *denials > 0);
        Precision::from(outcomes.iter().map(burn).collect(), outcomes.iter().filter(out).count() as u32, asked)
    }

    /// What the burn of each replication, in millionths, and the number of those that ran out say.
    fn from(burn: Vec<i64>, out: u32, asked: Option<f64>) -> Self {
        let (low, high) = wilson(out, burn.len() as u32);
        let [_, _, burn_p90] = quantiles(burn, 1e6)[..] else { unreachable!("three quantiles") };
        let mut precision = Precision {
            asked,
            reached: None,
            burn_p90,
            burn_half_width: burn_p90.half_width().map(|half| half / burn_p90.value).filter(|half| half.is_finite()),
            chance_half_width: (high - low) / 2.0,
        };
        precision.reached = asked.map(|asked| precision.worst() <= asked);
        precision
    }

    /// The wider of both. Where nothing burns at the p90, and it is known to be so, the burn is as sure as can be.
    fn worst(&self) -> f64 {
        let nothing = self.burn_p90.half_width() == Some(0.0);
        let burn = self.burn_half_width.unwrap_or(if nothing { 0.0 } else { f64::INFINITY });
        burn.max(self.chance_half_width)
    }

    /// How many replications it should take in all, from `count` that there are: intervals shrink with the root of their number.
    pub(super) fn needed(&self, count: u32) -> u32 {
        let ratio = self.worst() / self.asked.unwrap_or(f64::INFINITY);
        (f64::from(count) * ratio * ratio).ceil() as u32
    }

    /// How many there are at the next look: a little more than it should take, a tenth more, at most twice as many as now, and never
    /// more than `most`. `None` where it is sure enough, or these are there. The looks are few and hang on how wide the intervals are, hardly on where they lie, so
    /// that an interval at which this stops holds nearly as often as one of a fixed number.
    pub(super) fn next_look(&self, count: u32, most: u32) -> Option<u32> {
        let aim = self.needed(count).saturating_add(self.needed(count) / 50);
        let goes_on = self.reached == Some(false) && count < most;
        goes_on.then(|| aim.clamp(count + count / 10, count * 2).min(most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A deterministic stream of shares from 0 to 1.
    struct Draws(u64);

    impl Draws {
        fn next(&mut self) -> f64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 11) as f64 / (1u64 << 53) as f64
        }
    }

    #[test]
    fn looks_aim_at_what_it_takes_and_at_most_double() {
        // Half of the runs run out: ± 5 points take about 1.96² / 4 / 0.05² = 384, ± 1 point 9,604.
        let half = |count: u32, asked| Precision::from(vec![7_000_000; count as usize], count / 2, Some(asked));
        assert_eq!(
            (half(100, 0.01).next_look(100, 20_000), half(200, 0.05).next_look(200, 20_000)),
            (Some(200), Some(384))
        );
        assert_eq!((half(380, 0.05).reached, half(380, 0.05).next_look(380, 20_000)), (Some(false), Some(418)));
        assert_eq!((half(382, 0.05).reached, half(382, 0.05).next_look(382, 20_000)), (Some(true), None));
        assert_eq!(
            (half(12_800, 1e-4).next_look(12_800, 20_000), half(15, 0.01).next_look(15, 16)),
            (Some(20_000), Some(16))
        );
        assert_eq!((half(20_000, 1e-4).reached, half(20_000, 1e-4).next_look(20_000, 20_000)), (Some(false), None));
        assert_eq!(half(9_604, 0.01).reached, Some(true));
        assert_eq!(half(9_590, 0.01).reached, Some(false));
        // Without a stock-out: Wilson's interval ends at 3.84 / (n + 3.84).
        let never = |count: u32| Precision::from(vec![0; count as usize], 0, Some(0.01));
        assert_eq!((never(188).reached, never(189).reached), (Some(false), Some(true)));
    }

    #[test]
    fn the_wider_of_both_decides() {
        let values: Vec<i64> = (1..=1000).map(|value| value * 1_000_000).collect();
        let wide = Precision::from(values, 0, Some(0.02));
        assert_eq!((wide.burn_p90.low, wide.burn_p90.high), (Some(881.0), Some(919.0)));
        assert_eq!((wide.burn_half_width, wide.reached), (Some(19.0 / 900.0), Some(false)));
        let fixed = Precision::from(vec![1; 5], 0, None);
        assert_eq!((fixed.burn_half_width, fixed.reached, fixed.next_look(5, 20_000)), (None, None, None));
    }

    /// Runs until sure, of a burn with a long tail: whether the true p90 and the true chance lie in the intervals.
    fn covers(draws: &mut Draws, chance: f64, asked: f64) -> (bool, bool) {
        let (mut burn, mut out, mut next): (Vec<i64>, u32, u32) = (Vec::new(), 0, FIRST);
        loop {
            while burn.len() < next as usize {
                burn.push(((4.0 - libm::log(draws.next())) * 1e6) as i64);
                out += u32::from(draws.next() < chance);
            }
            let sure = Precision::from(burn.clone(), out, Some(asked));
            match sure.next_look(next, 20_000) {
                Some(look) => next = look,
                None => {
                    let (low, high) = wilson(out, next);
                    let p90 = 4.0 - libm::log(0.1);
                    let of_burn = sure.burn_p90.low.unwrap() <= p90 && p90 <= sure.burn_p90.high.unwrap();
                    return (of_burn, low <= chance && chance <= high);
                }
            }
        }
    }

    /// Stopping where it is sure enough costs hardly any of the 95 %.
    #[test]
    fn intervals_hold_where_the_run_stopped() {
        let mut draws = Draws(2027);
        for chance in [0.01, 0.05, 0.5] {
            let held: Vec<_> = (0..400).map(|_| covers(&mut draws, chance, 0.04)).collect();
            let burn = held.iter().filter(|(burn, _)| *burn).count();
            let out = held.iter().filter(|(_, out)| *out).count();
            // Three standard errors under 95 % of 400.
            assert!(burn >= 367 && out >= 367, "{chance}: {burn} {out}");
        }
    }
}
