//! flexcast

pub mod behaviour;
pub mod calendar;
pub mod chart;
pub mod cli;
pub mod diagnostic;
pub mod forecast;
pub mod ids;
pub mod keys;
pub mod ledger;
pub mod meter;
pub mod output;
pub mod queue;
pub mod replay;
pub mod report;
pub mod scenario;
pub mod simulate;
pub mod time;
pub mod tokens;
pub mod usage_log;
