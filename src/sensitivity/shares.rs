//! The full answer: samples in which one parameter at a time comes from elsewhere.

use super::estimators::{Interval, first_order, total};
use super::figure::Figure;
use super::knobs::currency;
use super::model::{Share, Shares};
use crate::behaviour::{Lot, Lots};
use crate::diagnostic::Diagnostic;
use crate::forecast::{RunCard, findings};
use crate::keys::{mix, name_key};
use crate::simulate::{self, Inputs, Run};

/// How many replications the full answer takes: two samples, and one for each parameter and for daily chance.
pub fn simulations(inputs: &Inputs, settings: Run) -> u64 {
    (inputs.library.uncertain().len() as u64 + 3) * u64::from(settings.replications)
}

/// Shares the variance of a figure out over what is uncertain and daily chance; `done` is told of each replication that ends.
/// `moved` is said in the result: by which share plain numbers are, where the library has them [moved](crate::behaviour::Library::moved).
pub fn shares(
    inputs: &Inputs,
    moved: Option<f64>,
    figure: Figure,
    settings: Run,
    done: impl Fn() + Sync,
) -> Result<Shares, Vec<Diagnostic>> {
    let Inputs { scenario, library } = inputs;
    let setup = scenario.setup();
    // All inputs of the one sample hang on the run's seed, all of the other on this one.
    let other = mix(&[settings.seed, name_key("the other sample")]);
    let sample = |seed: u64, lots: Lots| -> Result<Vec<f64>, Vec<Diagnostic>> {
        let outcomes = simulate::run(scenario, &setup, library, Run { seed, lots, ..settings }, |_, _| done());
        let figures = findings(scenario, &outcomes.map_err(|failure| vec![*failure])?).all;
        Ok(figure.of(figures).map_err(|problem| vec![problem])?.numbers().collect())
    };
    let a = sample(settings.seed, Lots::default())?;
    let b = sample(other, Lots::default())?;
    let mut parameters = Vec::new();
    for (place, uncertain) in library.uncertain().iter().enumerate() {
        let mixed = sample(settings.seed, Lots { all: Lot::OfRun, but: Some((place, Lot::OfSeed(other))) })?;
        let distributions = uncertain.parameters.iter().map(|parameter| parameter.distribution.as_str());
        parameters.push(share(&uncertain.name, distributions.collect::<Vec<_>>().join("; "), [&a, &b, &mixed]));
    }
    let mixed = sample(other, Lots { all: Lot::OfSeed(settings.seed), but: None })?;
    parameters.push(share("daily chance", String::new(), [&a, &b, &mixed]));
    let size = |share: &Share| share.total.map_or(0.0, |total: Interval| total.share);
    parameters.sort_by(|one, other| size(other).total_cmp(&size(one)));
    let count = (2 * a.len()) as f64;
    let mean = a.iter().chain(&b).sum::<f64>() / count;
    let squares: f64 = a.iter().chain(&b).map(|number| (number - mean) * (number - mean)).sum();
    Ok(Shares {
        card: RunCard::new(scenario, &library.sources(), settings.seed, settings.replications),
        by: figure.word(),
        currency: currency(scenario),
        moved,
        simulations: simulations(inputs, settings),
        mean,
        sd: (squares / (count - 1.0)).sqrt(),
        parameters,
    })
}

fn share(name: &str, distribution: String, [a, b, mixed]: [&[f64]; 3]) -> Share {
    Share { name: name.to_owned(), distribution, first: first_order(a, b, mixed), total: total(a, b, mixed) }
}
