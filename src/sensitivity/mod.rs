//! Which parameters matter.
//!
//! The quick answer moves one at a time from a low end to a high one, all else in the middle, on common random numbers: [`Knobs`].
//! The full one shares the variance of all replications out over the parameters and daily chance: [`shares`], by the
//! estimators of Saltelli (2010) and Jansen (1999).

mod estimators;
mod figure;
mod knobs;
mod model;
mod shares;

pub use estimators::{Interval, first_order, total};
pub use figure::Figure;
pub use knobs::Knobs;
pub use model::{End, Sensitivity, Share, Shares, Swing};
pub use shares::{shares, simulations};
