//! flexcast

pub mod behaviour;
pub mod calendar;
pub mod chart;
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
pub mod time;
pub mod simulate;
pub mod tokens;
pub mod usage_log;
