//! Estimates with intervals from many replications.

mod assumed;
mod bought;
mod build;
mod card;
mod estimate;
mod figure;
mod findings;
mod model;
mod months;
mod order;
mod parts;
mod precision;
mod replicate;
mod uncertainty;
mod users;

pub use assumed::{AssumedGroup, AssumedPrice, AssumedRate, AssumedRule, Assumptions};
pub use build::forecast;
pub use estimate::wilson;
pub use figure::Figure;
pub use findings::{Figures, Findings, Sample, TeamFigures, findings};
pub use model::*;
pub use parts::*;
pub use replicate::{Replicated, Watch, replicate};
pub use uncertainty::{Split, UncertainParameter, Uncertainty, uncertainty};
pub use users::UserSums;
