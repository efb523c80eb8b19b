//! The figures that are compared.

/// A figure of all teams or of one, over the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    pub(super) const fn unit(self) -> f64 {
        match self {
            Figure::StockOut | Figure::Denials => 1.0,
            _ => 1e6,
        }
    }
}
