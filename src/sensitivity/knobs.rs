//! The quick answer: what can be turned, and what turning it does.

use super::figure::Figure;
use super::model::{End, Sensitivity, Swing};
use crate::behaviour::{Library, Lot, Lots};
use crate::diagnostic::Diagnostic;
use crate::forecast::{RunCard, Sample, findings};
use crate::scenario::{GivenValue, Override, Scenario, ScenarioFile};
use crate::simulate::{self, Inputs, Run};
use crate::tokens::Tokens;

/// What is moved, one at a time.
pub struct Knobs {
    file: ScenarioFile,
    inputs: Inputs,
    moved: Option<f64>,
    knobs: Vec<Knob>,
}

/// Something that is moved from a low end to a high one.
struct Knob {
    name: String,
    middle: String,
    ends: [(String, Turn); 2],
}

/// How it gets there.
enum Turn {
    /// An uncertain parameter from elsewhere.
    Lots(Lots),
    /// A change of the scenario.
    Change(Override),
}

impl Knobs {
    /// The uncertain parameters, from p5 to p95. With a share, plain numbers too, by so much of themselves: parameters, how many
    /// users a group has, and rates.
    pub fn new(file: ScenarioFile, inputs: Inputs, moved: Option<f64>) -> Result<Knobs, Diagnostic> {
        let own = inputs.library.uncertain().len();
        let mut knobs = Vec::new();
        let Inputs { scenario, mut library } = inputs;
        if let Some(share) = moved {
            library = library.moved(share);
            knobs.extend(counts(&file, &scenario, share)?);
            knobs.extend(rates(&scenario, share)?);
        }
        knobs.extend(parameters(&library, own));
        Ok(Knobs { file, inputs: Inputs { scenario, library }, moved, knobs })
    }

    /// How many replications are run in all.
    pub fn simulations(&self, settings: Run) -> u64 {
        (2 * self.knobs.len() as u64 + 1) * u64::from(settings.replications)
    }

    /// Turns each; `done` is told of each replication that ends.
    pub fn turn(&self, figure: Figure, settings: Run, done: impl Fn() + Sync) -> Result<Sensitivity, Vec<Diagnostic>> {
        let Inputs { scenario, library } = &self.inputs;
        let run = |inputs: &Inputs, lots: Lots| sample(inputs, Run { lots, ..settings }, figure, &done);
        let middle = Lots { all: Lot::Middle, but: None };
        let base = run(&self.inputs, middle)?;
        let mut parameters = Vec::new();
        for Knob { name, middle: value, ends } in &self.knobs {
            let end = |(value, turn): &(String, Turn)| -> Result<End, Vec<Diagnostic>> {
                let sample = match turn {
                    Turn::Lots(lots) => run(&self.inputs, *lots)?,
                    Turn::Change(change) => run(&self.changed(change)?, middle)?,
                };
                Ok(End { value: value.clone(), change: sample.more_than(&base) })
            };
            let [low, high] = [end(&ends[0])?, end(&ends[1])?];
            let changes = [0.0, low.change.mean, high.change.mean];
            let swing = changes.into_iter().fold(0.0, f64::max) - changes.into_iter().fold(0.0, f64::min);
            parameters.push(Swing { name: name.clone(), middle: value.clone(), low, high, swing });
        }
        parameters.sort_by(|one, other| other.swing.total_cmp(&one.swing));
        Ok(Sensitivity {
            card: RunCard::new(scenario, &library.sources(), settings.seed, settings.replications),
            by: figure.word(),
            currency: currency(scenario),
            moved: self.moved,
            base: base.estimate(),
            parameters,
        })
    }

    fn changed(&self, change: &Override) -> Result<Inputs, Vec<Diagnostic>> {
        let mut inputs = Inputs::of(self.file.load_with(std::slice::from_ref(change)))?;
        inputs.library.interpreter = self.inputs.library.interpreter;
        Ok(inputs)
    }
}

fn sample(
    inputs: &Inputs,
    settings: Run,
    figure: Figure,
    done: &(impl Fn() + Sync),
) -> Result<Sample, Vec<Diagnostic>> {
    let Inputs { scenario, library } = inputs;
    let outcomes = simulate::run(scenario, &scenario.setup(), library, settings, |_, _| done());
    let figures = findings(scenario, &outcomes.map_err(|failure| vec![*failure])?).all;
    figure.of(figures).map_err(|problem| vec![problem])
}

/// The currency of money; empty where no prices are given.
pub(super) fn currency(scenario: &Scenario) -> String {
    if scenario.prices.tokens.is_empty() { String::new() } else { scenario.currency.clone() }
}

/// Of the uncertain parameters the first `own` are the scenario's.
fn parameters(library: &Library, own: usize) -> impl Iterator<Item = Knob> {
    library.uncertain().iter().enumerate().map(move |(place, uncertain)| {
        let (low, high) = if place < own { (50, 950) } else { (0, 1000) };
        let end = |thousandths| {
            let lot = Lot::Quantile(thousandths);
            (library.value_at(place, lot), Turn::Lots(Lots { all: Lot::Middle, but: Some((place, lot)) }))
        };
        Knob { name: uncertain.name.clone(), middle: library.value_at(place, Lot::Middle), ends: [end(low), end(high)] }
    })
}

/// How many users each group has.
fn counts(file: &ScenarioFile, scenario: &Scenario, share: f64) -> Result<Vec<Knob>, Diagnostic> {
    let groups = scenario.groups.iter().filter_map(|group| {
        let path = format!("people.{}.count", step(&group.name));
        let Ok(GivenValue::Integer(count)) = file.value(&[], &path) else { return None };
        let apart = count as f64 * share;
        let ends = [(count as f64 - apart).floor().max(1.0), (count as f64 + apart).ceil()];
        Some(changes(path, count.to_string(), ends.map(|end| end.to_string())))
    });
    groups.collect()
}

/// What each product costs in tokens.
fn rates(scenario: &Scenario, share: f64) -> Result<Vec<Knob>, Diagnostic> {
    let products = scenario.products.iter().filter_map(|product| {
        let rate = product.rate.filter(|rate| !rate.is_zero())?;
        let apart = (rate.millionths() as f64 * share).round() as i64;
        let ends = [rate.millionths() - apart, rate.millionths() + apart].map(Tokens::from_millionths);
        let path = format!("products.{}.rate", step(&product.name));
        Some(changes(path, rate.to_string(), ends.map(|end| end.to_string())))
    });
    products.collect()
}

/// A name as a step of a path.
fn step(name: &str) -> String {
    if name.contains(['.', '\'']) { format!("\"{name}\"") } else { name.to_owned() }
}

fn changes(path: String, middle: String, [low, high]: [String; 2]) -> Result<Knob, Diagnostic> {
    let end = |value: String| -> Result<(String, Turn), Diagnostic> {
        let change = Override::written(&path, &value)?;
        Ok((value, Turn::Change(change)))
    };
    Ok(Knob { ends: [end(low)?, end(high)?], name: path, middle })
}
