//! A forecast as results show it: plain numbers, tokens as `f64` at this edge only, serialised as they stand.

use serde::{Deserialize, Serialize};

use super::{Assumptions, Share, Uncertainty, Users};
use crate::scenario::Change;

/// All that the screen, `forecast.json`, `daily.csv` and the pictures show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// What made it.
    pub card: RunCard,
    /// How sure it is.
    pub precision: Precision,
    /// The currency of all money; empty where no prices are given.
    pub currency: String,
    /// All teams together: `team` is `all teams`.
    pub all: TeamForecast,
    /// Each team, in the order of the scenario.
    pub teams: Vec<TeamForecast>,
    /// Each buyer, in the order of the scenario; not there where it has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buyers: Vec<BuyerForecast>,
    /// What each group of users burns in the horizon, the largest first.
    pub groups: Vec<Share>,
    /// What is burned for each product in the horizon, the largest first.
    pub products: Vec<Share>,
    /// The users who burn most; users.csv has all.
    pub users: Users,
    /// What it takes as given.
    pub assumptions: Assumptions,
    /// What is uncertain, and how much of the spread comes from it; not there where nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<Uncertainty>,
}

/// The card that every result carries: what made it, so that it can be made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunCard {
    /// flexcast's version.
    pub version: String,
    /// The scenario's name.
    pub scenario: String,
    /// The first day simulated, `2027-01-01`.
    pub first_day: String,
    /// The last day simulated.
    pub last_day: String,
    /// The zone of the days.
    pub zone: String,
    /// The seed of every draw.
    pub seed: u64,
    /// How many replications.
    pub replications: u32,
    /// What was changed of the scenario's file before it was read; not there where nothing was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// Every file that was read.
    pub inputs: Vec<Fingerprint>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Its name without folders, so that a result doesn't hang on where it was made.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// What one team, or all of them, will burn, waste and be refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TeamForecast {
    /// The team's name.
    pub team: String,
    /// Its plan, such as `premium`, which extends to its users (rules.md E13); not there where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// Whether and when the tokens run out.
    pub stock_out: StockOut,
    /// The horizon's figures, named as the columns of replications.csv, with intervals of their quantiles.
    pub figures: Vec<FigureForecast>,
    /// Tokens burned in the horizon.
    pub burn: Estimate,
    /// Tokens burned in each calendar month of the horizon.
    pub months: Vec<MonthForecast>,
    /// Tokens left when the horizon ends.
    pub left: Estimate,
    /// Tokens that expired unused in the horizon.
    pub expired: Estimate,
    /// The mean's worth in money at the unit price of those packs; `None` where no prices are given.
    pub expired_money: Option<f64>,
    /// The packs bought for the team, in the order of entry, wherever they go; empty for all teams together.
    pub packs: Vec<PackForecast>,
    /// What each buyer bought for the team, wherever it goes: those who bought something; empty for all teams together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bought: Vec<BoughtForecast>,
    /// Opens and renewals refused, by reason; the count of each over the horizon. A user's count for the first of their
    /// teams; those of users in none for all teams together only.
    pub denials: Vec<DenialForecast>,
    /// Tokens burned, less those given back, by the reason of the decision that charged them.
    pub reasons: Vec<ReasonForecast>,
    /// Tokens that needn't have been burned.
    pub avoidable: Vec<AvoidableForecast>,
    /// A row for each day of the horizon.
    pub days: Vec<DayForecast>,
}

/// Whether and when tokens run out: the first denial for want of tokens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StockOut {
    /// In how many replications.
    pub replications: u32,
    /// Their share.
    pub chance: f64,
    /// The 95 % interval of the chance (Wilson).
    pub chance_low: f64,
    /// Its upper end.
    pub chance_high: f64,
    /// Among the replications that run out, the day by which 10 % have; `None` where none runs out.
    pub day_p10: Option<String>,
    /// The day by which half of them have.
    pub day_p50: Option<String>,
    /// The day by which 90 % of them have.
    pub day_p90: Option<String>,
    /// How many replications run out on each day: only days on which one does, ascending.
    pub days: Vec<StockOutDay>,
}

/// How many replications run out on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockOutDay {
    /// The day, `2027-03-01`.
    pub day: String,
    /// How many replications.
    pub replications: u32,
}

/// A quantity over the replications. Quantiles are values that occurred: the smallest with at least that share at
/// or under it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Half the width of the mean's 95 % interval; `None` for a single replication.
    pub half_width: Option<f64>,
    /// 5 % of the replications are at or under it.
    pub p5: f64,
    /// 10 %.
    pub p10: f64,
    /// 50 %.
    pub p50: f64,
    /// 90 %.
    pub p90: f64,
    /// 95 %.
    pub p95: f64,
}

/// A figure of the horizon: tokens, money or a count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureForecast {
    /// A column of replications.csv, such as `burn`.
    pub figure: String,
    /// The mean.
    pub mean: f64,
    /// Half the width of the mean's 95 % interval; `None` for a single replication.
    pub half_width: Option<f64>,
    /// Its p10, p50 and p90.
    pub quantiles: Vec<Quantile>,
}

/// A quantile over the replications, with what is known of the true one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantile {
    /// Which: 0.9 for the p90.
    pub share: f64,
    /// The smallest value that occurred with at least that share of the replications at or under it.
    pub value: f64,
    /// The lower end of its 95 % interval, from order statistics; `None` where there are too few replications for one.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

impl Quantile {
    /// Half the width of the interval.
    pub fn half_width(&self) -> Option<f64> {
        Some((self.high? - self.low?) / 2.0)
    }
}

/// How sure the forecast is of what was asked for: of the p90 of the burn and of the chance of a stock-out, of all teams together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Precision {
    /// As asked: a share of the p90, and of all replications. `None` where the number of replications was given.
    pub asked: Option<f64>,
    /// Whether both are as sure as that; `None` where nothing was asked.
    pub reached: Option<bool>,
    /// The p90 of the tokens burned in the horizon.
    pub burn_p90: Quantile,
    /// Half the width of its interval, as a share of it; `None` where there are too few replications, or nothing burns.
    pub burn_half_width: Option<f64>,
    /// Half the width of the interval of the chance of a stock-out.
    pub chance_half_width: f64,
}

/// A mean over the replications, or one of differences.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// Half the width of its 95 % interval; `None` for a single replication.
    pub half_width: Option<f64>,
}

/// The chance of something that was seen in some of the replications.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    /// Their share.
    pub chance: f64,
    /// The lower end of its 95 % interval (Wilson).
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What one calendar month of the horizon comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthForecast {
    /// `2027-03`.
    pub month: String,
    /// Tokens burned.
    pub burn: Estimate,
    /// What these cost at the unit price of the packs that paid; `None` where no prices are given.
    pub burn_cost: Option<Estimate>,
    /// Tokens left, those on hold among them, when the month or the horizon ends.
    pub balance: Estimate,
    /// Tokens that expired unused.
    pub waste: Estimate,
    /// Opens, renewals and results refused, for whatever reason, and of whom it is as in `TeamForecast::denials`.
    pub denials: Estimate,
    /// Avoidable tokens of the windows that start in the month.
    pub avoidable: Estimate,
    /// What the plain day-of-week mean gives for the month: the sum over its days of the mean burn of that weekday.
    pub weekday_mean: f64,
}

/// What becomes of a pack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackForecast {
    /// As in the scenario.
    pub id: String,
    /// The day it is entered, where it is planned; `None` for a pack on hand.
    pub enters: Option<String>,
    /// The first day on which it is dead.
    pub ends: String,
    /// Tokens when bought.
    pub size: f64,
    /// Tokens when entered.
    pub left_at_entry: f64,
    /// Tokens burned from it in the horizon.
    pub burned: Estimate,
    /// Tokens of it that expired in the horizon.
    pub expired: Estimate,
}

/// What a buyer orders in the horizon, whether it arrives in it or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BuyerForecast {
    /// The buyer's name.
    pub buyer: String,
    /// How many orders.
    pub orders: Estimate,
    /// Their tokens.
    pub tokens: Estimate,
    /// Of them, those that haven't arrived when the horizon ends.
    pub outstanding: Estimate,
    /// What they cost; `None` where no prices are given.
    pub cost: Option<Estimate>,
}

/// What becomes of the packs that a buyer ordered for a team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoughtForecast {
    /// The buyer's name.
    pub buyer: String,
    /// Tokens that arrived in the horizon.
    pub arrived: Estimate,
    /// Tokens burned of them in the horizon.
    pub burned: Estimate,
    /// Tokens of them that expired in the horizon.
    pub expired: Estimate,
}

/// Refusals for one reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DenialForecast {
    /// A word of rules.md, such as `balance_low`.
    pub reason: String,
    /// How many in the horizon.
    pub count: Estimate,
}

/// Tokens burned for one reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReasonForecast {
    /// A word of rules.md, such as `new_window` or `renewal_left_open`.
    pub reason: String,
    /// Tokens in the horizon.
    pub tokens: Estimate,
}

/// Tokens that needn't have been burned, by cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AvoidableForecast {
    /// `left_open`: windows that renewed what their user had left open, and in which the user didn't open the product
    /// again. `came_along`: windows of add-ins that their host opened, and that the user didn't open in them.
    pub cause: String,
    /// Tokens in the horizon.
    pub tokens: Estimate,
    /// The mean's worth in money at the unit price of the packs that paid; `None` where no prices are given.
    pub money: Option<f64>,
}

/// One day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayForecast {
    /// `2027-03-01`.
    pub day: String,
    /// Tokens of the windows that start on the day (rules.md T9).
    pub burn: Estimate,
    /// Tokens left, those on hold among them, when the day ends.
    pub balance: Estimate,
    /// The share of replications with a denial for want of tokens on this day.
    pub out_of_tokens: f64,
    /// The plain day-of-week mean: mean burn of this weekday over the horizon.
    pub weekday_mean: f64,
}
