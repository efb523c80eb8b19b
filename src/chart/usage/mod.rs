//! Pictures of usage reports.

mod bands;
mod days;
mod hours;
mod products;
mod rows;
mod versions;
mod week;
mod weeks;

use serde::Deserialize;

pub use bands::draw as bands;
pub use days::draw as days;
pub use hours::draw as hours;
pub use products::draw as products;
pub use versions::draw as versions;
pub use week::draw as week;
pub use weeks::draw as weeks;

use super::ChartError;
use super::dates::{parse, words};
use super::theme::{SUBTITLE, WIDTH};
use crate::calendar::Day;
use crate::forecast::Fingerprint;
use crate::tokens::Tokens;
use crate::usage_report::{ProductUse, UsageReport, UserUse};

/// A usage report, as `report --json` writes it.
#[derive(Clone, Debug, Deserialize)]
pub struct Reported {
    /// What made it.
    card: Made,
    /// All that it shows.
    #[serde(flatten)]
    report: UsageReport,
}

/// What made a report: a scenario, or a file of records of use.
#[derive(Clone, Debug, Deserialize)]
struct Made {
    scenario: Option<String>,
    zone: String,
    inputs: Vec<Fingerprint>,
}

impl Reported {
    fn name(&self) -> &str {
        let input = || self.card.inputs.first().map_or("", |input| input.name.as_str());
        self.card.scenario.as_deref().unwrap_or_else(input)
    }

    /// `1 Jan 2027 to 31 Mar 2027`.
    fn range(&self) -> Result<String, ChartError> {
        let (first, end) = self.days_of_range()?;
        Ok(format!("{} to {}", words(first), words(end.plus(-1))))
    }

    /// The first day of the range, and the day after its last.
    fn days_of_range(&self) -> Result<(Day, Day), ChartError> {
        Ok((parse(&self.report.range.from)?, parse(&self.report.range.to)?.plus(1)))
    }

    /// Of what a picture was made; `of` is what it is of.
    fn subtitle(&self, of: &str) -> String {
        let whose = self.report.team.as_ref().map_or("all teams".to_owned(), |team| format!("team {team}"));
        let (name, whose) = (SUBTITLE.fit(self.name(), WIDTH / 4), SUBTITLE.fit(&whose, WIDTH / 5));
        format!("{name} · {whose} · {of} · days in {}", self.card.zone)
    }

    /// Whose weeks are shown: the user who is asked for, or who used most tokens.
    fn user(&self) -> Result<&UserUse, ChartError> {
        self.report.users.first().ok_or(ChartError::Unsaid("nobody used anything in the range"))
    }
}

/// Why there is no picture of tokens.
const NO_TOKENS: ChartError = ChartError::Unsaid("the export has no column of tokens");

/// A product's tokens; 0 where they aren't known.
fn tokens(product: &ProductUse) -> f64 {
    product.tokens.map_or(0.0, number)
}

fn number(tokens: Tokens) -> f64 {
    tokens.millionths() as f64 / 1e6
}
