//! Exact amounts as results show them.

use crate::scenario::Money;
use crate::tokens::Tokens;

pub(super) fn number(tokens: Tokens) -> f64 {
    tokens.millionths() as f64 / 1e6
}

pub(super) fn money(money: Money) -> f64 {
    money.0 as f64 / 1e6
}

/// Of millionths.
pub(super) fn share(millionths: i64) -> f64 {
    millionths as f64 / 1e6
}
