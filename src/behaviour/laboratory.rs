//! What a `what_if` script works with: variants go in, figures come out. How they are forecast is somebody else's matter.

use crate::diagnostic::Diagnostic;
use crate::scenario::{GivenValue, Override};

/// Forecasts variants of a scenario, and keeps what a script shows of them.
pub trait Laboratory {
    /// What stands at a path once changes are made.
    fn value(&self, changes: &[Override], path: &str) -> Result<GivenValue, Diagnostic>;

    /// Whether the paths of changes lead somewhere.
    fn check(&self, changes: &[Override]) -> Result<(), Diagnostic>;

    /// Forecasts a variant, or finds that it was; gives the number of the result. `replications` as the run is where that is
    /// `None`.
    fn forecast(&self, changes: &[Override], replications: Option<u32>) -> Result<usize, Vec<Diagnostic>>;

    /// A figure of a result: `None` where its part has no such figure.
    fn figure(&self, result: usize, part: &Part, figure: Figure) -> Option<f64>;

    /// The names of teams, groups or products in a result, as [`Part::name`] has them.
    fn names(&self, result: usize, part: &Part) -> Vec<String>;

    /// Adds a row to the table.
    fn show(&self, row: Shown) -> Result<(), Diagnostic>;

    /// Adds a line to what is told beside the table.
    fn note(&self, text: &str) -> Result<(), Diagnostic>;
}

/// What of a result is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// All teams together.
    #[default]
    All,
    /// One team.
    Team(String),
    /// One group of users.
    Group(String),
    /// One product.
    Product(String),
}

impl Part {
    /// The name of the team, group or product; empty for all together.
    pub fn name(&self) -> &str {
        match self {
            Part::All => "",
            Part::Team(name) | Part::Group(name) | Part::Product(name) => name,
        }
    }

    /// What the name is of.
    pub const fn kind(&self) -> &'static str {
        match self {
            Part::All => "all",
            Part::Team(_) => "team",
            Part::Group(_) => "group",
            Part::Product(_) => "product",
        }
    }
}

/// A figure of a result, with what is taken of its replications: a mean, an end of an interval, or a quantile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// Mean tokens burned.
    Burn,
    /// Half the width of its 95 % interval.
    BurnHalfWidth,
    /// The tokens burned that this share of the replications doesn't exceed.
    BurnAt(f64),
    /// The chance of a stock-out.
    StockOut,
    /// The lower end of its 95 % interval.
    StockOutLow,
    /// The upper end.
    StockOutHigh,
    /// Mean tokens that expired unused.
    Waste,
    /// Mean denials.
    Denials,
    /// Mean tokens that were avoidable.
    Avoidable,
    /// Mean cost of what is bought, in the scenario's currency.
    Cost,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The number of the result.
    pub result: usize,
    /// What of it.
    pub part: Part,
    /// What to call it; empty where its changes say it.
    pub label: String,
}
