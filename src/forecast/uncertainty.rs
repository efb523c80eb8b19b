//! How much of the spread of the replications comes from uncertain parameters, and how much from daily chance.
//!
//! Twins tell: replications with the same parameters and other days. What twins have in common is what their parameters give; so the
//! correlation of twins is the parameters' share of the variance.

use serde::{Deserialize, Serialize};

use super::Sample;
use super::estimate::Z;
use super::findings::{Figures, findings};
use crate::behaviour::{Lot, Lots};
use crate::diagnostic::Diagnostic;
use crate::keys::{mix, name_key};
use crate::simulate::{self, Inputs, Outcome, Run};

/// What is uncertain, and what that does to the results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Uncertainty {
    /// The uncertain parameters, in the order of the scenario.
    pub parameters: Vec<UncertainParameter>,
    /// How many pairs of replications with the same parameters and other days the shares were seen in.
    pub twins: u32,
    /// Of tokens burned in the horizon; `None` where all replications are the same.
    pub burn: Option<Split>,
    /// Of tokens that expired unused.
    pub waste: Option<Split>,
    /// Of whether tokens run out: 1 or 0 for a replication.
    pub stock_out: Option<Split>,
}

/// A parameter that is drawn anew for each replication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UncertainParameter {
    /// The group or the buyer.
    pub of: String,
    /// The parameter.
    pub parameter: String,
    /// Its distribution in words.
    pub distribution: String,
    /// The name of the draw: parameters of one name are drawn alike.
    pub draw: String,
}

/// The parameters' share of a variance; the rest is daily chance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// From 0 to 1.
    pub share: f64,
    /// The lower end of its 95 % interval (jackknife on Fisher's scale); `None` for a few twins.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// So many twins at least, where there are as many replications; more than that, one for every [`ONE_IN`].
const TWINS: u32 = 200;
const ONE_IN: u32 = 4;
/// Fewer say nothing of how sure a share is.
const FEW: usize = 8;

/// Runs twins of the first replications of a run, with these outcomes; `None` where nothing is uncertain. `begins` is told how
/// many twins are run, `done` of each that ends.
pub fn uncertainty(
    inputs: &Inputs,
    settings: Run,
    outcomes: &[Outcome],
    begins: impl Fn(u32),
    done: impl Fn() + Sync,
) -> Result<Option<Uncertainty>, Box<Diagnostic>> {
    let Inputs { scenario, library } = inputs;
    if library.uncertain().is_empty() || outcomes.is_empty() {
        return Ok(None);
    }
    let count = outcomes.len() as u32;
    let twins = count.min(TWINS.max(count / ONE_IN));
    begins(twins);
    let seed = mix(&[settings.seed, name_key("twins")]);
    let lots = Lots { all: Lot::OfSeed(settings.seed), but: None };
    let settings = Run { replications: twins, seed, lots, ..settings };
    let others = simulate::run(scenario, &scenario.setup(), library, settings, |_, _| done())?;
    let [one, other] = [&outcomes[..twins as usize], &others].map(|outcomes| findings(scenario, outcomes).all);
    let split = |figure: fn(&Figures) -> Option<&Sample>| {
        let (one, other) = (figure(&one)?, figure(&other)?);
        split(&one.numbers().zip(other.numbers()).collect::<Vec<_>>())
    };
    let parameters = library.uncertain().iter().flat_map(|uncertain| {
        uncertain.parameters.iter().map(|parameter| UncertainParameter {
            of: parameter.of.clone(),
            parameter: parameter.parameter.clone(),
            distribution: parameter.distribution.clone(),
            draw: uncertain.name.clone(),
        })
    });
    Ok(Some(Uncertainty {
        parameters: parameters.collect(),
        twins,
        burn: split(|figures| Some(&figures.burn)),
        waste: split(|figures| figures.team.as_ref().map(|team| &team.waste)),
        stock_out: split(|figures| figures.team.as_ref().map(|team| &team.stock_out)),
    }))
}

/// The correlation within pairs, by the analysis of variance; `None` where all numbers are the same.
fn split(pairs: &[(f64, f64)]) -> Option<Split> {
    let whole = Sums::of(pairs);
    let share = whole.share()?;
    if whole.within == 0.0 {
        return Some(Split { share: 1.0, low: Some(1.0), high: Some(1.0) });
    }
    let clipped = |share: f64| share.clamp(0.0, 1.0);
    let error = if pairs.len() < FEW { None } else { jackknife(pairs, whole) };
    let end = |sign: f64| error.map(|error| clipped(libm::tanh(libm::atanh(share) + sign * Z * error)));
    Some(Split { share: clipped(share), low: end(-1.0), high: end(1.0) })
}

/// The standard error of the share on Fisher's scale, from what it is without each pair in turn.
fn jackknife(pairs: &[(f64, f64)], whole: Sums) -> Option<f64> {
    let without: Option<Vec<f64>> = pairs.iter().map(|pair| whole.without(*pair).share().map(libm::atanh)).collect();
    let without = without.filter(|without| without.iter().all(|share| share.is_finite()))?;
    let count = without.len() as f64;
    let mean = without.iter().sum::<f64>() / count;
    let squares: f64 = without.iter().map(|share| (share - mean) * (share - mean)).sum();
    Some(((count - 1.0) / count * squares).sqrt())
}

/// Sums over pairs, of numbers that are near 0.
#[derive(Clone, Copy, Debug)]
struct Sums {
    count: f64,
    /// What is taken off every number, so that the squares stay exact.
    centre: f64,
    /// Of the pairs' sums.
    sum: f64,
    /// Of the squares of the pairs' sums.
    squares: f64,
    /// Of the squares of the pairs' differences.
    within: f64,
}

impl Sums {
    fn of(pairs: &[(f64, f64)]) -> Sums {
        let count = pairs.len() as f64;
        let centre = pairs.iter().map(|(one, other)| one + other).sum::<f64>() / (2.0 * count);
        let none = Sums { count: 0.0, centre, sum: 0.0, squares: 0.0, within: 0.0 };
        pairs.iter().fold(none, |sums, pair| sums.with(*pair, 1.0))
    }

    fn with(self, (one, other): (f64, f64), sign: f64) -> Sums {
        let (sum, apart) = (one + other - 2.0 * self.centre, one - other);
        Sums {
            count: self.count + sign,
            sum: self.sum + sign * sum,
            squares: self.squares + sign * sum * sum,
            within: self.within + sign * apart * apart,
            ..self
        }
    }

    fn without(self, pair: (f64, f64)) -> Sums {
        self.with(pair, -1.0)
    }

    /// The share of the variance between pairs.
    fn share(self) -> Option<f64> {
        let between = (self.squares - self.sum * self.sum / self.count) / (self.count - 1.0);
        let within = self.within / self.count;
        let share = (between - within) / (between + within);
        share.is_finite().then_some(share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::behaviour::{Drawer, Stream};

    fn stream(number: u32) -> Stream {
        Drawer { seed: 5, replication: number, user: 0 }.always("twins")
    }

    #[test]
    fn the_share_of_the_parameters_is_found() {
        for known in [0.0, 0.2, 0.8, 0.98] {
            let pairs: Vec<_> = (0..4_000)
                .map(|number| {
                    let mut draws = stream(number);
                    let common = f64::sqrt(known) * draws.normal();
                    let mut day = || 1e9 + common + f64::sqrt(1.0 - known) * draws.normal();
                    (day(), day())
                })
                .collect();
            let Split { share, low, high } = split(&pairs).unwrap();
            let (low, high) = (low.unwrap(), high.unwrap());
            assert!((share - known).abs() < 0.04 && low <= share && share <= high, "{known}: {share}");
            // Of pairs of normal numbers Fisher's z has the variance 1 / (n - 3/2).
            let theory = Z / f64::sqrt(4_000.0) * (1.0 - known * known);
            assert!(known == 0.0 || ((high - low) / 2.0 / theory - 1.0).abs() < 0.1, "{known}: {low} to {high}");
        }
    }

    #[test]
    fn the_interval_holds_the_share_as_often_as_it_says() {
        // Numbers that aren't normal at all: a coin that falls for both of a pair, or for each.
        let held = (0..400).filter(|round| {
            let pairs: Vec<_> = (0..200)
                .map(|number| {
                    let mut draws = stream(round * 200 + number);
                    let common = draws.chance(0.3);
                    let mut one = || f64::from(u8::from(if draws.chance(0.6) { common } else { draws.chance(0.3) }));
                    (one(), one())
                })
                .collect();
            let Split { low, high, .. } = split(&pairs).unwrap();
            // Both keep the common coin with chance 0.6 · 0.6.
            (low.unwrap()..=high.unwrap()).contains(&0.36)
        });
        assert!((365..=395).contains(&held.count()));
    }

    #[test]
    fn without_daily_chance_everything_is_the_parameters() {
        let same: Vec<_> = (0..50).map(|number| (f64::from(number), f64::from(number))).collect();
        assert_eq!(split(&same), Some(Split { share: 1.0, low: Some(1.0), high: Some(1.0) }));
        assert_eq!(split(&[(7.0, 7.0); 50]), None);
        assert_eq!(split(&[(7.0, 8.0)]), None);
    }
}
