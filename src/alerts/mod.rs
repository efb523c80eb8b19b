//! What a team should be told on a day: tokens that end soon and will likely be wasted, a low balance, and by when to order.
//!
//! What is left on the day comes from the scenario where it begins on it, from runs up to the day, or from a real log that is metered up
//! to it; what comes after is simulated. Where a log tells of the days before, the scenario that is simulated begins on the day: with the
//! packs as the log leaves them, and with every event that has been. What it doesn't know is which windows are open as the day begins,
//! so a session in them is charged again.

mod build;
mod carry_on;
mod log;
mod model;

pub use build::{Ahead, Question, alerts, is_low};
pub use carry_on::{carry_on, until};
pub use log::{Held, held};
pub use model::{Alert, Alerts, Ending, Known, StockOutAhead, TeamState};
