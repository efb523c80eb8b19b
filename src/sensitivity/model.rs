//! Which parameters matter, as results show it: plain numbers, serialised as they stand.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::forecast::{Estimate, Figure, Mean, RunCard};

/// What moving one parameter at a time does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// What made it; its replications are those of every end.
    pub card: RunCard,
    /// The figure asked about.
    pub by: Figure,
    /// Whether tokens never run out: what burns is then the demand.
    pub demand: bool,
    /// The currency of money; empty where no prices are given.
    pub currency: String,
    /// By which share of themselves plain numbers were moved; `None` where only uncertain parameters were.
    pub moved: Option<f64>,
    /// Which plain numbers aren't moved though others are, and why.
    pub stays: Vec<Stays>,
    /// The figure where everything is in the middle.
    pub base: Estimate,
    /// The share of the replications with a stock-out there.
    pub stock_out: f64,
    /// What is to be known to read it.
    pub notes: Vec<String>,
    /// The parameters, the one with the widest swing first.
    pub parameters: Vec<Swing>,
}

/// What one parameter does to the figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Swing {
    /// `designers.forgets`, the name that several drawn alike have in common, or a path into the scenario.
    pub name: String,
    /// Its value in the base.
    pub middle: String,
    /// At its low end: of an uncertain one its p5.
    pub low: End,
    /// At its high end: of an uncertain one its p95.
    pub high: End,
    /// From the least to the most of base, low and high.
    pub swing: f64,
    /// Whether chance alone doesn't explain either change, at 5 % for all ends of all parameters together (Bonferroni).
    pub beyond_chance: bool,
}

/// The figure at one end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct End {
    /// The parameter's value there.
    pub value: String,
    /// How much more than in the base: the mean of the replications' differences, with its own interval.
    pub change: Mean,
    /// The share of the replications with a stock-out there.
    pub stock_out: f64,
}

/// Plain numbers that aren't moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stays {
    /// `ants.arrives`, or a path into the scenario.
    pub names: Vec<String>,
    /// Why: a sentence about them, without an end.
    pub why: Cow<'static, str>,
}

impl Stays {
    /// Those that stay for the same reason together, in the order of their first.
    pub(super) fn together(all: impl IntoIterator<Item = (String, &'static str)>) -> Vec<Stays> {
        let mut together: Vec<Stays> = Vec::new();
        for (name, why) in all {
            match together.iter_mut().find(|stays| stays.why == why) {
                Some(stays) => stays.names.push(name),
                None => together.push(Stays { names: vec![name], why: why.into() }),
            }
        }
        together
    }
}

/// How the variance of a figure is shared out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shares {
    /// What made it; its replications are those of each of the samples.
    pub card: RunCard,
    /// The figure asked about.
    pub by: Figure,
    /// Whether tokens never run out: what burns is then the demand.
    pub demand: bool,
    /// The currency of money; empty where no prices are given.
    pub currency: String,
    /// By which share of themselves plain numbers were moved; `None` where only uncertain parameters were.
    pub moved: Option<f64>,
    /// Which plain numbers aren't moved though others are, and why.
    pub stays: Vec<Stays>,
    /// How many replications were run in all.
    pub simulations: u64,
    /// The figure's mean.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// The share of the replications with a stock-out.
    pub stock_out: f64,
    /// What is to be known to read it.
    pub notes: Vec<String>,
    /// The parameters, the one with the largest total share first, and daily chance among them.
    pub parameters: Vec<Share>,
}

/// A parameter's share of the variance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// The parameter, or `daily chance`.
    pub name: String,
    /// Its distribution in words; empty for daily chance.
    pub distribution: String,
    /// By itself: by how much the variance would fall if it were known (first order). `None` where nothing varies.
    pub first: Option<super::Interval>,
    /// With all that it does together with others: what would be left if all others were known (total).
    pub total: Option<super::Interval>,
}
