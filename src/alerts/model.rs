//! Alerts as results show them: plain numbers, serialised as they stand.

use serde::Serialize;

use crate::forecast::{Estimate, RunCard};

/// All that the screen and `alerts.json` show.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alerts {
    /// What made it.
    pub card: RunCard,
    /// The day.
    pub as_of: String,
    /// How it is known what is left on it.
    pub known: Known,
    /// The last day looked at.
    pub until: String,
    /// Packs are looked at that end within so many days (rules.md U11).
    pub within_days: i32,
    /// A balance is low at this share of what was bought, or less (rules.md U11).
    pub low: f64,
    /// From an order to its arrival, in days.
    pub lead_time_days: i32,
    /// The share of replications that may not run out before an order arrives.
    pub service_level: f64,
    /// The currency of all money; empty where no prices are given.
    pub currency: String,
    /// The worst first: stock-outs, the earliest order first; low balances, the lowest first; tokens that end, the most waste first.
    pub alerts: Vec<Alert>,
    /// Each team.
    pub teams: Vec<TeamState>,
}

/// How it is known what is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// The scenario begins on the day.
    Scenario,
    /// Runs up to the day.
    Simulated,
    /// A real log up to the day.
    Log,
}

/// What a team should be told.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Alert {
    /// Tokens run out in more of the runs than the service level allows.
    StockOut {
        /// The team.
        team: String,
        /// Whether, when, and by when to order.
        #[serde(flatten)]
        ahead: StockOutAhead,
    },
    /// The balance is low.
    Low {
        /// The team.
        team: String,
        /// The median of what is left.
        balance: f64,
        /// The median of what was bought: the sizes of the packs that haven't ended.
        bought: f64,
    },
    /// Tokens end soon.
    Ending {
        /// The team that holds them.
        team: String,
        /// Which, and what will likely become of them.
        #[serde(flatten)]
        ending: Ending,
    },
}

/// Whether and when tokens run out after the day: the first denial for want of tokens.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StockOutAhead {
    /// In which share of the replications.
    pub chance: f64,
    /// The lower end of its 95 % interval (Wilson).
    pub chance_low: f64,
    /// The upper end.
    pub chance_high: f64,
    /// The day by which 10 % of all replications have run out; `None` where fewer do.
    pub day_p10: Option<String>,
    /// The day by which half of all have.
    pub day_p50: Option<String>,
    /// The last day on which an order still arrives in time, so that no more replications run out before it arrives than the service
    /// level allows; `None` where no more run out at all.
    pub order_by: Option<String>,
    /// By how many days it has passed; 0 where it hasn't.
    pub days_late: i32,
    /// The share of replications that run out before an order of this day arrives.
    pub before_arrival: f64,
}

/// A pack that ends soon.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ending {
    /// As in the scenario.
    pub pack: String,
    /// The first day on which it is dead.
    pub ends: String,
    /// Tokens left of it on the day.
    pub left: Estimate,
    /// Of them, tokens that will expire unused.
    pub wasted: Estimate,
    /// The mean's worth, at what the pack's tokens cost; `None` where no prices are given.
    pub wasted_money: Option<f64>,
}

/// How a team stands on the day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TeamState {
    /// The team's name.
    pub team: String,
    /// Tokens left.
    pub balance: Estimate,
    /// The sizes of its packs that haven't ended.
    pub bought: Estimate,
    /// Whether the balance is low: the medians decide.
    pub low: bool,
    /// Whether and when tokens run out.
    pub stock_out: StockOutAhead,
    /// The packs that end soon, the first to end first.
    pub ending: Vec<Ending>,
}
