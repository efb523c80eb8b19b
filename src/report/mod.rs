//! What people read: the summary on the terminal, tables, diagnostics. The only place that makes words, with `cli`.

pub mod daily;
pub mod diagnostics;
pub mod explain;
pub mod numbers;
mod run;
mod summary;

pub use run::run_json;
pub use summary::summary;
