//! Variants of a scenario, forecast on common random numbers and compared.
//!
//! A variant is run with the scenario's seed and replications. Draws hang on seed, replication, user and day alone, so what a
//! change isn't about is drawn the same in every variant, and the difference of two is known better than either.

mod comparison;
mod workbench;

pub use comparison::{Comparison, Difference, Estimates, Parameter, Row};
pub use workbench::{Watch, Workbench, what_if};
