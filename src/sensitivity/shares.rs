//! The full answer: samples in which one parameter at a time comes from elsewhere.

use super::estimators::{Interval, first_order, total};
use super::knobs::{currency, paths, sample};
use super::model::{Share, Shares, Stays};
use super::question::Question;
use crate::behaviour::{Lot, Lots};
use crate::diagnostic::Diagnostic;
use crate::forecast::RunCard;
use crate::keys::{mix, name_key};
use crate::scenario::ScenarioFile;
use crate::simulate::{Inputs, Run};

/// Why numbers that no script has stay.
const NOT_DRAWN: &str = "counts and rates aren't drawn; they are moved without --full";

/// What is uncertain, whose shares are asked for.
pub struct Full {
    inputs: Inputs,
    question: Question,
    stays: Vec<Stays>,
}

impl Full {
    /// The uncertain parameters. Where plain numbers are moved, parameters are taken for uncertain by so much of themselves; counts
    /// and rates stay, as no script has them.
    pub fn new(file: &ScenarioFile, inputs: Inputs, question: Question) -> Full {
        let Inputs { scenario, mut library } = question.world(inputs);
        let mut stays = Vec::new();
        if let Some(share) = question.moved {
            stays = paths(file, &scenario).into_iter().map(|path| (path, NOT_DRAWN)).collect();
            let (moved, others) = library.moved(share);
            library = moved;
            stays.extend(others);
        }
        Full { inputs: Inputs { scenario, library }, question, stays: Stays::together(stays) }
    }

    /// How many replications are run in all: two samples, and one for each parameter and for daily chance.
    pub fn simulations(&self, settings: Run) -> u64 {
        (self.inputs.library.uncertain().len() as u64 + 3) * u64::from(settings.replications)
    }

    /// Shares the variance of the figure out over what is uncertain and daily chance; `done` is told of each replication that ends.
    pub fn share(&self, settings: Run, done: impl Fn() + Sync) -> Result<Shares, Vec<Diagnostic>> {
        let Inputs { scenario, library } = &self.inputs;
        // All inputs of the one sample hang on the run's seed, all of the other on this one.
        let other = mix(&[settings.seed, name_key("the other sample")]);
        let run = |seed: u64, lots: Lots| -> Result<(Vec<f64>, f64), Vec<Diagnostic>> {
            let (sample, stock_out) = sample(&self.inputs, Run { seed, lots, ..settings }, self.question, &done)?;
            Ok((sample.numbers().collect(), stock_out))
        };
        let (a, of_a) = run(settings.seed, Lots::default())?;
        let (b, of_b) = run(other, Lots::default())?;
        let stock_out = (of_a + of_b) / 2.0;
        let mut parameters = Vec::new();
        for (place, uncertain) in library.uncertain().iter().enumerate() {
            let (mixed, _) = run(settings.seed, Lots { all: Lot::OfRun, but: Some((place, Lot::OfSeed(other))) })?;
            let distributions = uncertain.parameters.iter().map(|parameter| parameter.distribution.as_str());
            parameters.push(share(&uncertain.name, distributions.collect::<Vec<_>>().join("; "), [&a, &b, &mixed]));
        }
        let (mixed, _) = run(other, Lots { all: Lot::OfSeed(settings.seed), but: None })?;
        parameters.push(share("daily chance", String::new(), [&a, &b, &mixed]));
        let size = |share: &Share| share.total.map_or(0.0, |total: Interval| total.share);
        parameters.sort_by(|one, other| size(other).total_cmp(&size(one)));
        let count = (2 * a.len()) as f64;
        let mean = a.iter().chain(&b).sum::<f64>() / count;
        let squares: f64 = a.iter().chain(&b).map(|number| (number - mean) * (number - mean)).sum();
        let Question { figure, demand, moved } = self.question;
        Ok(Shares {
            card: RunCard::new(scenario, &library.sources(), settings.seed, settings.replications),
            by: figure,
            demand,
            currency: currency(scenario),
            moved,
            stays: self.stays.clone(),
            simulations: self.simulations(settings),
            mean,
            sd: (squares / (count - 1.0)).sqrt(),
            stock_out,
            notes: self.question.capped(stock_out, stock_out).into_iter().collect(),
            parameters,
        })
    }
}

fn share(name: &str, distribution: String, [a, b, mixed]: [&[f64]; 3]) -> Share {
    Share { name: name.to_owned(), distribution, first: first_order(a, b, mixed), total: total(a, b, mixed) }
}
