//! Usage reports as results show them: plain numbers and names, serialised as they stand.

use serde::Serialize;

use crate::tokens::Tokens;

/// All that the screen and the JSON of `report` show. But for `balances`, everything is of the team that is asked for, or of all
/// teams together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UsageReport {
    /// The last day that is known of, or as asked: nothing after it counts.
    pub as_of: String,
    /// The first day of which anything is known.
    pub known_from: String,
    /// The team, where one is asked for.
    pub team: Option<String>,
    /// The days that products and users are reported of.
    pub range: RangeSaid,
    /// Whether a session within the grace counts as use (rules.md T6).
    pub short_starts: &'static str,
    /// The overview (rules.md U2, U3).
    pub overview: Overview,
    /// The most tokens first (rules.md U4, U5).
    pub products: Vec<ProductUse>,
    /// The most tokens first (rules.md U6, U7).
    pub users: Vec<UserUse>,
    /// Every team (rules.md U10).
    pub balances: Vec<TeamBalance>,
    /// Low balances, then tokens that end soon, the first to end first (rules.md U11).
    pub alerts: Vec<BalanceAlert>,
    /// A balance is low at this share of what was bought, or less.
    pub low: f64,
    /// Packs are flagged that end within so many days.
    pub within_days: i32,
}

/// A range of days (rules.md U1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RangeSaid {
    /// The first day.
    pub from: String,
    /// The last day, counted.
    pub to: String,
    /// How many days it has.
    pub days: u32,
    /// What averages per month are divided by.
    pub months: u32,
}

/// The overview.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overview {
    /// Tokens used of packs that were bought in the last 12 months.
    pub tokens_used: Tokens,
    /// Of these, used before anything else is known of.
    pub tokens_used_before: Tokens,
    /// Tokens left, those on hold among them.
    pub tokens_left: Tokens,
    /// Tokens added in the last seven days.
    pub added: Tokens,
    /// Tokens removed in the last seven days, as a positive number.
    pub removed: Tokens,
    /// What added or removed them, by day.
    pub added_or_removed: Vec<Addition>,
    /// The last 365 days, as far as they are known: of active and expired packs.
    pub tokens_per_day: Vec<DayTokens>,
    /// Tokens used in the range.
    pub tokens: Tokens,
    /// How many products were used in the range.
    pub products: usize,
    /// How many users used any of them.
    pub users: usize,
}

/// Tokens that were added to a team, or removed from it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Addition {
    /// The day.
    pub day: String,
    /// The team.
    pub team: String,
    /// Of which pack.
    pub pack: String,
    /// `purchase`, `move` or `merge`.
    pub by: &'static str,
    /// Negative where they were removed.
    pub tokens: Tokens,
}

/// Tokens of a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayTokens {
    /// The day.
    pub day: String,
    /// Used on it, or left at its end.
    pub tokens: Tokens,
}

/// A product in the range.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProductUse {
    /// Its name.
    pub product: String,
    /// How many used it.
    pub users: usize,
    /// Tokens used.
    pub tokens: Tokens,
    /// These by the months of the range.
    pub tokens_per_month: f64,
    /// How its users spread over bands of tokens.
    pub bands: Vec<Band>,
    /// By version, in the order of names.
    pub versions: Vec<VersionUsers>,
    /// The most tokens first.
    pub by_user: Vec<UserOfProduct>,
}

/// How many users used so many tokens of a product.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Band {
    /// More than this; the first band has 0 itself.
    pub above: Tokens,
    /// This at most; none in the last band.
    pub up_to: Option<Tokens>,
    /// How many users.
    pub users: usize,
}

/// How many used a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionUsers {
    /// The version; empty where it isn't known.
    pub version: String,
    /// How many users.
    pub users: usize,
}

/// A user of a product.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UserOfProduct {
    /// Who.
    pub user: String,
    /// Tokens used of the product.
    pub tokens: Tokens,
    /// These by the months of the range.
    pub tokens_per_month: f64,
}

/// A user in the range.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UserUse {
    /// Who.
    pub user: String,
    /// Tokens used.
    pub tokens: Tokens,
    /// Days of the range on which any product was used.
    pub days_used: usize,
    /// The most tokens first.
    pub products: Vec<ProductOfUser>,
}

/// A product of a user.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProductOfUser {
    /// Its name.
    pub product: String,
    /// Tokens used.
    pub tokens: Tokens,
    /// Days on which it was used.
    pub days_used: usize,
    /// Those of each week in which it was used at all.
    pub weeks: Vec<Week>,
    /// By version, in the order of names.
    pub versions: Vec<VersionUses>,
}

/// Days of a week, as far as it is in the range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Week {
    /// Its Monday.
    pub monday: String,
    /// Days on which the product was used.
    pub days_used: usize,
}

/// How often a version was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionUses {
    /// The version; empty where it isn't known.
    pub version: String,
    /// Granted opens, renewals of what was still open, and results.
    pub uses: u64,
}

/// What a team has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TeamBalance {
    /// Its name.
    pub team: String,
    /// Its plan (rules.md E13).
    pub plan: Option<String>,
    /// Tokens left, those on hold among them.
    pub balance: Tokens,
    /// The sizes of its packs that haven't ended.
    pub bought: Tokens,
    /// Whether the balance is low.
    pub low: bool,
    /// What was left at the end of each day of the range, as far as it is known.
    pub days: Vec<DayTokens>,
}

/// What a balance should warn of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BalanceAlert {
    /// Little is left of what was bought.
    Low {
        /// The team.
        team: String,
        /// Tokens left.
        balance: Tokens,
        /// The sizes of its packs that haven't ended.
        bought: Tokens,
    },
    /// Tokens end soon.
    Ending {
        /// The team that holds them.
        team: String,
        /// The pack.
        pack: String,
        /// The first day on which it is dead.
        ends: String,
        /// How many.
        left: Tokens,
    },
}
