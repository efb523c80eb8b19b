//! What people read: the summary on the terminal, tables, diagnostics. The only place that makes words, with `cli`.

pub mod alerts;
mod burners;
pub mod command;
pub mod compare;
pub mod daily;
pub mod diagnostics;
pub mod explain;
pub mod figures;
pub mod language;
mod lines;
pub mod months;
pub mod numbers;
pub mod orders;
pub mod pictures;
pub mod plan;
pub mod preview;
pub mod replications;
mod run;
pub mod scripts;
pub mod seats;
pub mod sensitivity;
mod summary;
mod sureness;
mod tables;
mod times;
mod uncertainty;
pub mod usage;
pub mod users;
mod ways;
pub mod what_if;

pub use run::run_json;
pub use summary::summary;
