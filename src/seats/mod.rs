//! Who should have a subscription instead of tokens.
//!
//! Everybody's use is simulated as if they had no subscription and tokens never ran out. Who uses more of a product than its subscription
//! costs is a candidate; which of them are subscribed is settled together with what tokens then cost, as fewer tokens may lose a volume
//! discount, and packs on hand are paid for. The choice is made on replications of a seed of their own; what it saves is judged on those
//! of the scenario's seed, which played no part in it.

mod answer;
mod build;
mod choose;
mod judge;
mod kinds;
mod model;
mod observed;
mod offer;
mod purchase;
mod ranking;
mod search;
mod supply;

pub use build::seats;
pub use choose::{Watch, stages};
pub use kinds::{Expected, Kind, kinds};
pub use model::*;
pub use observed::{Observed, Use, observe};
pub use offer::{Length, Offer, Offered};
pub use purchase::{Purchase, worth};
pub use ranking::{Ranking, rankings};
pub use search::{Counts, Search, beyond_break_even, enough};
