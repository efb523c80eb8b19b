//! The figures that can be asked about.

use serde::{Deserialize, Serialize};

use super::findings::{Figures, Sample};
use crate::diagnostic::Diagnostic;

/// A figure of all teams or of one, over the horizon. JSON has its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Tokens burned.
    Burn,
    /// Of them, avoidable.
    Avoidable,
    /// Tokens that expired unused.
    Waste,
    /// 1 for a replication with a denial for want of tokens: its mean is the chance of a stock-out.
    StockOut,
    /// Denials, for whatever reason.
    Denials,
    /// What the tokens burned are worth, at what the packs cost that paid.
    BurnCost,
    /// What the tokens that expired are worth, at what their packs cost.
    WasteCost,
    /// What is bought in the horizon costs.
    Cost,
}

impl Figure {
    /// All, in the order in which they are shown.
    pub const ALL: [Figure; 8] = [
        Figure::Burn,
        Figure::Avoidable,
        Figure::Waste,
        Figure::StockOut,
        Figure::Denials,
        Figure::BurnCost,
        Figure::WasteCost,
        Figure::Cost,
    ];

    /// As the command line, JSON and CSV name it.
    pub const fn word(self) -> &'static str {
        match self {
            Figure::Burn => "burn",
            Figure::Avoidable => "avoidable",
            Figure::Waste => "waste",
            Figure::StockOut => "stock_out",
            Figure::Denials => "denials",
            Figure::BurnCost => "burn_cost",
            Figure::WasteCost => "waste_cost",
            Figure::Cost => "cost",
        }
    }

    /// The figure of that word.
    pub fn of_word(word: &str) -> Option<Figure> {
        Figure::ALL.into_iter().find(|figure| figure.word() == word)
    }

    /// Whether it is an amount of money.
    pub const fn is_money(self) -> bool {
        matches!(self, Figure::BurnCost | Figure::WasteCost | Figure::Cost)
    }

    /// How many of its numbers make 1: tokens and money are counted in millionths.
    pub const fn unit(self) -> f64 {
        match self {
            Figure::StockOut | Figure::Denials => 1.0,
            _ => 1e6,
        }
    }

    /// Whether it is of what burns: where tokens run out, it shows less than what people would burn.
    pub const fn is_capped(self) -> bool {
        matches!(self, Figure::Burn | Figure::Avoidable | Figure::BurnCost)
    }

    /// One number for each replication; `None` where it isn't known: money where no prices are given, and of groups and products what only
    /// teams have.
    pub fn sample(self, of: &Figures) -> Option<&Sample> {
        let team = of.team.as_ref();
        match self {
            Figure::Burn => Some(&of.burn),
            Figure::Avoidable => Some(&of.avoidable),
            Figure::Waste => Some(&team?.waste),
            Figure::StockOut => Some(&team?.stock_out),
            Figure::Denials => Some(&team?.denials),
            Figure::BurnCost => of.burn_cost.as_ref(),
            Figure::WasteCost => team?.waste_cost.as_ref(),
            Figure::Cost => team?.cost.as_ref(),
        }
    }

    /// An error where it isn't known of what goes by that name: money, where no prices are given.
    pub fn check(self, name: &str, has_prices: bool) -> Result<(), Diagnostic> {
        if !self.is_money() || has_prices {
            return Ok(());
        }
        let unknown = Diagnostic::new(format!("`{}` isn't known: {name} has no prices", self.word()));
        Err(unknown.help("give `prices.tokens` in the scenario, or ask about a figure in tokens"))
    }
}
