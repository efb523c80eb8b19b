//! What people read: the summary on the terminal, tables, diagnostics. The only place that makes words, with `cli`.

pub mod daily;
pub mod diagnostics;
pub mod numbers;
mod summary;

pub use summary::summary;
