//! Estimates with intervals from many replications.

mod bought;
mod build;
mod card;
mod estimate;
mod findings;
mod model;

pub use build::forecast;
pub use findings::{Figures, Findings, Sample, TeamFigures, findings};
pub use model::*;
