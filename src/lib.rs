//! flexcast

pub mod behaviour;
pub mod calendar;
pub mod chart;
pub mod cli;
pub mod diagnostic;
pub mod forecast;
pub mod ids;
pub mod meter;
pub mod report;
pub mod scenario;
pub mod time;
pub mod tokens;
