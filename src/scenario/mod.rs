//! YAML as written, checked and turned into the model: every diagnostic at once, with its place and a hint.

mod model;
mod roster;

pub use model::*;
pub use roster::{Names, Setup, identity};
