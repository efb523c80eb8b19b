//! A comparison as results show it: plain numbers, serialised as they stand.

use serde::Serialize;

use crate::forecast::{Chance, Estimate, Figures, Mean, RunCard};
use crate::scenario::Change;

/// All that the screen, `what_if.json` and `what_if.csv` show.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// What made it; its replications are those of every variant that asks for no other number.
    pub card: RunCard,
    /// The script's name.
    pub script: String,
    /// The script's parameters.
    pub parameters: Vec<Parameter>,
    /// The currency of all money; empty where no prices are given.
    pub currency: String,
    /// How many variants were forecast, shown or not.
    pub forecasts: usize,
    /// What the script showed, in its order.
    pub rows: Vec<Row>,
    /// What the script noted, in its order.
    pub notes: Vec<String>,
}

/// A parameter of the script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its value in this run.
    pub value: String,
}

/// A variant, or a part of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// What it is called.
    pub label: String,
    /// `all`, `team`, `group` or `product`.
    pub part: String,
    /// The team's, group's or product's name; empty for `all`.
    pub name: String,
    /// What is changed; nothing for the scenario as it is.
    pub changes: Vec<Change>,
    /// How many replications.
    pub replications: u32,
    /// What they came to.
    #[serde(flatten)]
    pub estimates: Estimates,
    /// Against the first row about the same part; `None` for that row itself.
    pub difference: Option<Difference>,
}

/// What the replications came to. Groups and products have only burn and what was avoidable.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Estimates {
    /// Tokens burned.
    pub burn: Estimate,
    /// Of them, avoidable.
    pub avoidable: Estimate,
    /// The chance that tokens run out.
    pub stock_out: Option<Chance>,
    /// Tokens that expired unused.
    pub waste: Option<Estimate>,
    /// Denials, for whatever reason.
    pub denials: Option<Estimate>,
    /// Money for what is bought; `None` where no prices are given.
    pub cost: Option<Estimate>,
}

impl Estimates {
    /// Of a variant or a part of it.
    pub fn of(figures: &Figures) -> Self {
        let team = figures.team.as_ref();
        Estimates {
            burn: figures.burn.estimate(),
            avoidable: figures.avoidable.estimate(),
            stock_out: team.map(|team| team.chance()),
            waste: team.map(|team| team.waste.estimate()),
            denials: team.map(|team| team.denials.estimate()),
            cost: team.and_then(|team| team.cost.as_ref()).map(|cost| cost.estimate()),
        }
    }
}

/// How much more than the first row: means of the replications' differences under common random numbers, each with its own
/// interval.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Tokens burned.
    pub burn: Mean,
    /// Of them, avoidable.
    pub avoidable: Mean,
    /// The chance that tokens run out.
    pub stock_out: Option<Mean>,
    /// Tokens that expired unused.
    pub waste: Option<Mean>,
    /// Denials.
    pub denials: Option<Mean>,
    /// Money for what is bought.
    pub cost: Option<Mean>,
}

impl Difference {
    /// Of one over another.
    pub fn of(one: &Figures, other: &Figures) -> Self {
        let teams = one.team.as_ref().zip(other.team.as_ref());
        let costs = teams.and_then(|(one, other)| one.cost.as_ref().zip(other.cost.as_ref()));
        Difference {
            burn: one.burn.more_than(&other.burn),
            avoidable: one.avoidable.more_than(&other.avoidable),
            stock_out: teams.map(|(one, other)| one.stock_out.more_than(&other.stock_out)),
            waste: teams.map(|(one, other)| one.waste.more_than(&other.waste)),
            denials: teams.map(|(one, other)| one.denials.more_than(&other.denials)),
            cost: costs.map(|(one, other)| one.more_than(other)),
        }
    }
}
