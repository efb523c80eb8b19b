//! Estimates with intervals from many replications.

mod model;

pub use model::*;
