//! Which parameters matter.
//!
//! The quick answer moves one at a time from a low end to a high one, all else in the middle, on common random numbers: [`Knobs`].
//! The full one shares the variance of all replications out over the parameters and daily chance: [`Full`], by the
//! estimators of Saltelli (2010) and Jansen (1999).

mod estimators;
mod knobs;
mod model;
mod question;
mod shares;

pub use estimators::{Interval, first_order, total};
pub use knobs::Knobs;
pub use model::{End, Sensitivity, Share, Shares, Stays, Swing};
pub use question::{Question, enough};
pub use shares::Full;
