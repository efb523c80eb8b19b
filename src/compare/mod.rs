//! A scenario against its variants, other scenarios and stored results: what each changes, how sure that is, and whether a bound is
//! crossed.
//!
//! What is run here has the same seed and the same replications, so that draws that a change isn't about are the same, and each
//! replication is compared with itself: the difference has its own interval, narrower than either mean's. A stored result is
//! compared in the same way where it has the same version, seed and replications, and otherwise as an independent one.

mod build;
mod interval;
mod model;
mod runs;
mod stored;
mod threshold;

pub use build::compare;
pub use model::{Comparison, Crossing, Effect, FigureResult, Figures, Kind, Made, Measure, TeamFigures, Variant};
pub use runs::{Runs, Subject};
pub use stored::read_stored;
pub use threshold::Threshold;
