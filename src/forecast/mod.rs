//! Estimates with intervals from many replications.

mod bought;
mod build;
mod card;
mod estimate;
mod model;

pub use build::forecast;
pub use model::*;
