//! A comparison as results show it: plain numbers, serialised as they stand.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::diagnostic::Source;
use crate::forecast::{Figure, Fingerprint, RunCard};
use crate::scenario::{Change, Scenario};

/// All that the screen, `compare.json`, `compare.csv` and the picture show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// What made it: of what the others are compared with, with every file that was read for any of them.
    pub card: RunCard,
    /// The figure by whose change the variants are ordered.
    pub by: Figure,
    /// What the others are compared with.
    pub base: Variant,
    /// The others: the largest change first, whichever its sign; those for which it isn't known last.
    pub variants: Vec<Variant>,
    /// The bounds that were asked for, wherever they are crossed.
    pub crossed: Vec<Crossing>,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// What it is called.
    pub name: String,
    /// Where it comes from.
    pub kind: Kind,
    /// What is changed of the scenario; empty for other files and stored results.
    pub changes: Vec<Change>,
    /// What made it.
    pub made: Made,
    /// The currency of its money; empty where no prices are given.
    pub currency: String,
    /// Whether each replication was compared with the base's of the same number; `None` for the base.
    pub paired: Option<bool>,
    /// What isn't compared, or compared less sharply, and why.
    pub notes: Vec<String>,
    /// All teams together.
    #[serde(flatten)]
    pub figures: Figures,
    /// Each team that the base has too; every team of the base itself.
    pub teams: Vec<TeamFigures>,
}

/// Where a subject comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The scenario that the others are compared with, or another file.
    Scenario,
    /// A variant under `what_if`.
    WhatIf,
    /// A folder of `forecast --out`.
    Stored,
}

/// What made a subject's replications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// flexcast's version.
    pub version: String,
    /// The scenario's name.
    pub scenario: String,
    /// The first day simulated.
    pub first_day: String,
    /// The last day simulated.
    pub last_day: String,
    /// The zone of the days.
    pub zone: String,
    /// The seed of every draw.
    pub seed: u64,
    /// How many replications.
    pub replications: u32,
}

impl Made {
    /// By this version, from a scenario.
    pub fn of(scenario: &Scenario, seed: u64, replications: u32) -> Self {
        let RunCard { version, scenario, first_day, last_day, zone, .. } =
            RunCard::new(scenario, &[], seed, replications);
        Made { version, scenario, first_day, last_day, zone, seed, replications }
    }

    /// The card of a stored result, with the files that it is stored in.
    pub fn card(&self, files: &[Arc<Source>]) -> RunCard {
        let Made { version, scenario, first_day, last_day, zone, seed, replications } = self.clone();
        let inputs = files.iter().map(|file| Fingerprint::of(file)).collect();
        RunCard { version, scenario, first_day, last_day, zone, seed, replications, changes: Vec::new(), inputs }
    }
}

/// By figure: what is known of it. Serialised as a map by the figures' words.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures(pub [Option<FigureResult>; Figure::ALL.len()]);

impl Figures {
    /// What is known of a figure.
    pub fn of(&self, figure: Figure) -> Option<&FigureResult> {
        self.0[figure as usize].as_ref()
    }
}

impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Figure::ALL.map(Figure::word).iter().zip(&self.0))
    }
}

/// What isn't there isn't known.
impl<'de> Deserialize<'de> for Figures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut by_word: BTreeMap<String, Option<FigureResult>> = BTreeMap::deserialize(deserializer)?;
        Ok(Figures(Figure::ALL.map(|figure| by_word.remove(figure.word()).flatten())))
    }
}

/// A team's figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TeamFigures {
    /// The team's name.
    pub team: String,
    /// What is known of them.
    #[serde(flatten)]
    pub figures: Figures,
}

/// A figure over the replications, in tokens, money, denials, or the share of replications with a stock-out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureResult {
    /// The mean.
    pub mean: f64,
    /// The 95 % interval of the mean (of a chance, Wilson's); `None` for a single replication.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
    /// Against the base; `None` for the base itself, and where the base's isn't known or isn't in the same currency.
    pub change: Option<Effect>,
}

/// How much more than the base.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// The mean of the differences, or the difference of the means.
    pub mean: f64,
    /// Its 95 % interval; `None` for single replications.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
    /// As a share of the base's mean; `None` of a chance, and where the base's is 0.
    pub share: Option<f64>,
    /// Whether the interval leaves out 0; `None` for single replications.
    pub beyond_chance: Option<bool>,
}

/// A bound that is crossed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crossing {
    /// The bound, as it was asked for.
    pub threshold: String,
    /// What crosses it.
    pub name: String,
    /// The figure.
    pub figure: Figure,
    /// What of the figure is bounded.
    pub measure: Measure,
    /// What it comes to.
    pub value: f64,
    /// Whether chance alone could explain it, as the 95 % interval reaches to the bound's other side; `None` for single replications.
    pub could_be_chance: Option<bool>,
}

/// What of a figure is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Its mean; of a stock-out, the chance.
    Mean,
    /// How much more it is than the base's.
    Change,
    /// That as a share of the base's.
    ChangeShare,
}
