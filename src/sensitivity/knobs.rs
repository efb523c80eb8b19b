//! The quick answer: what can be turned, and what turning it does.

use super::estimators::Z;
use super::model::{End, Sensitivity, Stays, Swing};
use super::question::Question;
use crate::behaviour::{Library, Lot, Lots};
use crate::diagnostic::Diagnostic;
use crate::forecast::{Figures, Mean, RunCard, Sample, findings};
use crate::scenario::{GivenValue, Override, Scenario, ScenarioFile};
use crate::simulate::{self, Inputs, Run};
use crate::tokens::Tokens;

/// What is moved, one at a time.
pub struct Knobs {
    file: ScenarioFile,
    inputs: Inputs,
    question: Question,
    knobs: Vec<Knob>,
    stays: Vec<Stays>,
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
    pub fn new(file: ScenarioFile, inputs: Inputs, question: Question) -> Result<Knobs, Diagnostic> {
        let own = inputs.library.uncertain().len();
        let (mut knobs, mut stays) = (Vec::new(), Vec::new());
        let Inputs { scenario, mut library } = question.world(inputs);
        if let Some(share) = question.moved {
            (library, stays) = library.moved(share);
            knobs.extend(counts(&file, &scenario, share)?);
            knobs.extend(rates(&scenario, share)?);
        }
        knobs.extend(parameters(&library, own));
        let stays = Stays::together(stays);
        Ok(Knobs { file, inputs: Inputs { scenario, library }, question, knobs, stays })
    }

    /// How many replications are run in all.
    pub fn simulations(&self, settings: Run) -> u64 {
        (2 * self.knobs.len() as u64 + 1) * u64::from(settings.replications)
    }

    /// Turns each; `done` is told of each replication that ends.
    pub fn turn(&self, settings: Run, done: impl Fn() + Sync) -> Result<Sensitivity, Vec<Diagnostic>> {
        let Inputs { scenario, library } = &self.inputs;
        let run = |inputs: &Inputs, lots: Lots| sample(inputs, Run { lots, ..settings }, self.question, &done);
        let middle = Lots { all: Lot::Middle, but: None };
        let (base, stock_out) = run(&self.inputs, middle)?;
        let mut parameters = Vec::new();
        for Knob { name, middle: value, ends } in &self.knobs {
            let end = |(value, turn): &(String, Turn)| -> Result<End, Vec<Diagnostic>> {
                let (sample, stock_out) = match turn {
                    Turn::Lots(lots) => run(&self.inputs, *lots)?,
                    Turn::Change(change) => run(&self.changed(change)?, middle)?,
                };
                Ok(End { value: value.clone(), change: sample.more_than(&base), stock_out })
            };
            let [low, high] = [end(&ends[0])?, end(&ends[1])?];
            let changes = [0.0, low.change.mean, high.change.mean];
            let swing = changes.into_iter().fold(0.0, f64::max) - changes.into_iter().fold(0.0, f64::min);
            let ends = 2 * self.knobs.len();
            let beyond_chance = [&low, &high].iter().any(|end| is_beyond_chance(end.change, ends));
            parameters.push(Swing { name: name.clone(), middle: value.clone(), low, high, swing, beyond_chance });
        }
        parameters.sort_by(|one, other| other.swing.total_cmp(&one.swing));
        let ends = parameters.iter().flat_map(|swing| [swing.low.stock_out, swing.high.stock_out]);
        let Question { figure, demand, moved } = self.question;
        Ok(Sensitivity {
            card: RunCard::new(scenario, &library.sources(), settings.seed, settings.replications),
            by: figure,
            demand,
            currency: currency(scenario),
            moved,
            stays: self.stays.clone(),
            base: base.estimate(),
            stock_out,
            notes: self.question.capped(stock_out, ends.fold(stock_out, f64::max)).into_iter().collect(),
            parameters,
        })
    }

    fn changed(&self, change: &Override) -> Result<Inputs, Vec<Diagnostic>> {
        let mut inputs = self.question.world(Inputs::of(self.file.load_with(std::slice::from_ref(change)))?);
        inputs.library.interpreter = self.inputs.library.interpreter;
        Ok(inputs)
    }
}

/// Runs once: the figure of each replication, and the share of them with a stock-out.
pub(super) fn sample(
    inputs: &Inputs,
    settings: Run,
    question: Question,
    done: &(impl Fn() + Sync),
) -> Result<(Sample, f64), Vec<Diagnostic>> {
    let Inputs { scenario, library } = inputs;
    let outcomes = simulate::run(scenario, &scenario.setup(), library, settings, |_, _| done());
    let all: Figures = findings(scenario, &outcomes.map_err(|failure| vec![*failure])?).all;
    let stock_out = all.team.as_ref().map_or(0.0, |team| team.chance().chance);
    match question.figure.sample(&all) {
        Some(sample) => Ok((sample.clone(), stock_out)),
        None => {
            let has_prices = !scenario.prices.tokens.is_empty();
            let unknown = Diagnostic::new(format!("`{}` isn't known of the scenario", question.figure.word()));
            Err(vec![question.figure.check("the scenario", has_prices).err().unwrap_or(unknown)])
        }
    }
}

/// Whether chance alone doesn't explain a change: at 5 % for so many together, by the normal distribution.
fn is_beyond_chance(change: Mean, together: usize) -> bool {
    let error = change.half_width.unwrap_or(f64::INFINITY) / Z;
    let by_chance = libm::erfc(change.mean.abs() / error / std::f64::consts::SQRT_2);
    change.mean != 0.0 && by_chance < 0.05 / together as f64
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

/// What counts and rates stand at, which no script has.
pub(super) fn paths(file: &ScenarioFile, scenario: &Scenario) -> Vec<String> {
    let counts = counted(file, scenario).map(|(path, _)| path);
    counts.chain(rated(scenario).map(|(path, _)| path)).collect()
}

/// The path and the number of users of each group that has one.
fn counted<'a>(file: &'a ScenarioFile, scenario: &'a Scenario) -> impl Iterator<Item = (String, i64)> + 'a {
    scenario.groups.iter().filter_map(|group| {
        let path = format!("people.{}.count", step(&group.name));
        match file.value(&[], &path) {
            Ok(GivenValue::Integer(count)) => Some((path, count)),
            _ => None,
        }
    })
}

/// The path and the rate of each product that has one.
fn rated(scenario: &Scenario) -> impl Iterator<Item = (String, Tokens)> {
    scenario.products.iter().filter_map(|product| {
        let rate = product.rate.filter(|rate| !rate.is_zero())?;
        Some((format!("products.{}.rate", step(&product.name)), rate))
    })
}

/// How many users each group has.
fn counts(file: &ScenarioFile, scenario: &Scenario, share: f64) -> Result<Vec<Knob>, Diagnostic> {
    let groups = counted(file, scenario).map(|(path, count)| {
        let apart = count as f64 * share;
        let ends = [(count as f64 - apart).floor().max(1.0), (count as f64 + apart).ceil()];
        changes(path, count.to_string(), ends.map(|end| end.to_string()))
    });
    groups.collect()
}

/// What each product costs in tokens.
fn rates(scenario: &Scenario, share: f64) -> Result<Vec<Knob>, Diagnostic> {
    let products = rated(scenario).map(|(path, rate)| {
        let apart = (rate.millionths() as f64 * share).round() as i64;
        let ends = [rate.millionths() - apart, rate.millionths() + apart].map(Tokens::from_millionths);
        changes(path, rate.to_string(), ends.map(|end| end.to_string()))
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
