//! What people read: the summary on the terminal, tables, diagnostics. The only place that makes words, with `cli`.

pub mod alerts;
pub mod compare;
pub mod daily;
pub mod diagnostics;
pub mod explain;
pub mod language;
mod lines;
pub mod numbers;
pub mod preview;
pub mod replications;
mod run;
pub mod scripts;
mod summary;
mod sureness;
mod tables;
mod times;
pub mod what_if;

pub use run::run_json;
pub use summary::summary;
