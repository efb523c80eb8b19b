//! What figures are called.

use crate::forecast::Figure;

/// What a figure is called in a sentence.
pub fn noun(figure: Figure) -> &'static str {
    match figure {
        Figure::Burn => "burn",
        Figure::Avoidable => "avoidable burn",
        Figure::Waste => "waste",
        Figure::StockOut => "chance of a stock-out",
        Figure::Denials => "denials",
        Figure::BurnCost => "cost of the burn",
        Figure::WasteCost => "cost of the waste",
        Figure::Cost => "cost of what is bought",
    }
}

/// What it is counted in, in a sentence; of a chance, the points by which it changes.
pub fn counted_in(figure: Figure, currency: &str) -> &str {
    match figure {
        Figure::Burn | Figure::Avoidable | Figure::Waste => "tokens",
        Figure::StockOut => "points",
        Figure::Denials => "denials",
        Figure::BurnCost | Figure::WasteCost | Figure::Cost => currency,
    }
}
