//! Who and what burns, as results show it: groups, products and users.

use serde::{Deserialize, Serialize};

use super::model::{Estimate, Mean};

/// A part of the burn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// The group's or product's name.
    pub name: String,
    /// How many users are in it; 0 for a product.
    pub users: u32,
    /// Tokens in the horizon.
    pub burn: Estimate,
    /// What these cost at the unit price of the packs that paid; `None` where no prices are given.
    pub cost: Option<Estimate>,
    /// Opens, renewals and results refused, for whatever reason.
    pub denials: Estimate,
    /// Of the tokens, avoidable.
    pub avoidable: Estimate,
    /// A product's calendar months in the horizon; empty for a group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<MonthBurn>,
}

/// Tokens burned in a calendar month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthBurn {
    /// `2027-03`.
    pub month: String,
    /// Tokens.
    pub burn: Estimate,
}

/// Users, by what they burn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Users {
    /// How many users there are.
    pub count: u32,
    /// Of how many replications, from the first on, their p10 and p90 are.
    pub quantiles_of: u32,
    /// The 500 who burn most, the largest first; without those who burn nothing and are refused nothing.
    pub largest: Vec<UserForecast>,
}

/// What a user burns in the horizon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserForecast {
    /// The user's name.
    pub user: String,
    /// The name of their group.
    pub group: String,
    /// Tokens.
    pub burn: Spread,
    /// What these cost at the unit price of the packs that paid; `None` where no prices are given.
    pub cost: Option<Mean>,
    /// Opens, renewals and results refused, for whatever reason.
    pub denials: Mean,
    /// Of the tokens, avoidable.
    pub avoidable: Mean,
}

/// A mean, with how far a run may be off it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// Half the width of the mean's 95 % interval; `None` for a single replication.
    pub half_width: Option<f64>,
    /// 10 % of the replications are at or under it.
    pub p10: f64,
    /// 90 %.
    pub p90: f64,
}
