//! YAML as written, checked and turned into the model: every diagnostic at once, with its place and a hint.

mod model;

pub use model::*;
