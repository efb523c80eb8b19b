use crate::diagnostic::Diagnostic;
use crate::forecast::{Figures, Sample};
use crate::scenario::Scenario;

/// What is asked about: a figure of all teams together over the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Tokens burned.
    Burn,
    /// Of them, avoidable.
    Avoidable,
    /// Tokens that expired unused.
    Waste,
    /// 1 for a replication that runs out of tokens, and 0 for others: its mean is the chance of a stock-out.
    StockOut,
    /// Denials, for whatever reason.
    Denials,
    /// Money for what is bought.
    Cost,
}

impl Figure {
    /// Every one.
    pub const ALL: [Figure; 6] =
        [Figure::Burn, Figure::Avoidable, Figure::Waste, Figure::StockOut, Figure::Denials, Figure::Cost];

    /// As the command line and results name it.
    pub const fn word(self) -> &'static str {
        match self {
            Figure::Burn => "burn",
            Figure::Avoidable => "avoidable",
            Figure::Waste => "waste",
            Figure::StockOut => "stock_out",
            Figure::Denials => "denials",
            Figure::Cost => "cost",
        }
    }

    /// The figure of that word.
    pub fn of_word(word: &str) -> Option<Figure> {
        Figure::ALL.into_iter().find(|figure| figure.word() == word)
    }

    /// Whether a scenario has it: no money where no prices are given.
    pub fn check(self, scenario: &Scenario) -> Result<(), Diagnostic> {
        if self == Figure::Cost && scenario.prices.tokens.is_empty() {
            return Err(no_cost());
        }
        Ok(())
    }

    /// One number a replication.
    pub(super) fn of(self, figures: Figures) -> Result<Sample, Diagnostic> {
        let team = figures.team.ok_or_else(no_cost);
        match self {
            Figure::Burn => Ok(figures.burn),
            Figure::Avoidable => Ok(figures.avoidable),
            Figure::Waste => Ok(team?.waste),
            Figure::StockOut => Ok(team?.stock_out),
            Figure::Denials => Ok(team?.denials),
            Figure::Cost => team?.cost.ok_or_else(no_cost),
        }
    }
}

fn no_cost() -> Diagnostic {
    Diagnostic::new("no cost is known")
        .expected("what is bought costs something where the scenario has `prices.tokens`")
}
