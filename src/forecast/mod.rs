//! Estimates with intervals from many replications.

mod build;
mod card;
mod estimate;
mod model;

pub use build::forecast;
pub use model::*;
