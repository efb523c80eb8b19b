//! Usage reports as results show them: plain numbers and names, serialised as they stand.

use serde::{Deserialize, Serialize};

use crate::tokens::Tokens;

/// All that the screen and the JSON of `report` show. But for `balances`, everything is of the team that is asked for, or of all
/// teams together. What the source can't say isn't there, and named in `cannot_say`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UsageReport {
    /// The last day that is known of, or as asked: nothing after it counts.
    pub as_of: String,
    /// The first day of which anything is known.
    pub known_from: String,
    /// The team, where one is asked for.
    pub team: Option<String>,
    /// The days that products and users are reported of.
    pub range: RangeSaid,
    /// Whether a session within the grace counts as use (rules.md T6): `counted` or `left_out`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_starts: Option<String>,
    /// The overview (rules.md U2, U3).
    pub overview: Overview,
    /// The most tokens first (rules.md U4, U5).
    pub products: Vec<ProductUse>,
    /// The most tokens first (rules.md U6, U7).
    pub users: Vec<UserUse>,
    /// By weekday, from Monday, when products were opened with Flex in the range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Vec<OpensOfWeekday>>,
    /// What the user who is asked for did in the range; a team that is asked for doesn't matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// What is left.
    #[serde(flatten)]
    pub left: Option<Left>,
    /// What the source can't say, though a meter could.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cannot_say: Vec<Unsaid>,
}

/// What teams have left, where packs are known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Left {
    /// Every team (rules.md U10).
    pub balances: Vec<TeamBalance>,
    /// Low balances, then tokens that end soon, the first to end first (rules.md U11).
    pub alerts: Vec<BalanceAlert>,
    /// A balance is low at this share of what was bought, or less.
    pub low: f64,
    /// Packs are flagged that end within so many days.
    pub within_days: i32,
}

/// What an export of use can't say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsaid {
    /// Which packs there were, and what they paid.
    Packs,
    /// What was bought, is left, and ends.
    Balances,
    /// What was refused.
    Denials,
    /// When what was opened and closed.
    Sessions,
    /// Which 24 hours were paid for.
    Windows,
    /// At which hours.
    Hours,
    /// How often on a day.
    Uses,
    /// On which days.
    Days,
    /// In which versions.
    Versions,
    /// For how many tokens.
    Tokens,
}

/// A range of days (rules.md U1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Of packs, where they are known.
    #[serde(flatten)]
    pub packs: Option<PacksOverview>,
    /// The last 365 days, as far as they are known: of active and expired packs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens_per_day: Option<Vec<DayTokens>>,
    /// Tokens used in the range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Tokens>,
    /// How many products were used in the range.
    pub products: usize,
    /// How many users used any of them.
    pub users: usize,
}

/// What the overview says of packs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PacksOverview {
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
}

/// Tokens that were added to a team, or removed from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Addition {
    /// The day.
    pub day: String,
    /// The team.
    pub team: String,
    /// Of which pack.
    pub pack: String,
    /// `purchase`, `move` or `merge`.
    pub by: String,
    /// Negative where they were removed.
    pub tokens: Tokens,
}

/// Tokens of a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayTokens {
    /// The day.
    pub day: String,
    /// Used on it, or left at its end.
    pub tokens: Tokens,
}

/// A product in the range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductUse {
    /// Its name.
    pub product: String,
    /// How many used it.
    pub users: usize,
    /// Tokens used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Tokens>,
    /// These by the months of the range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens_per_month: Option<f64>,
    /// How its users spread over bands of tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bands: Option<Vec<Band>>,
    /// By version, in the order of names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub versions: Option<Vec<VersionUsers>>,
    /// The most tokens first.
    pub by_user: Vec<UserOfProduct>,
}

/// How many users used so many tokens of a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// More than this; the first band has 0 itself.
    pub above: Tokens,
    /// This at most; none in the last band.
    pub up_to: Option<Tokens>,
    /// How many users.
    pub users: usize,
}

/// How many used a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionUsers {
    /// The version; empty where it isn't known.
    pub version: String,
    /// How many users.
    pub users: usize,
}

/// A user of a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserOfProduct {
    /// Who.
    pub user: String,
    /// Tokens used of the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Tokens>,
    /// These by the months of the range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens_per_month: Option<f64>,
}

/// A user in the range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserUse {
    /// Who.
    pub user: String,
    /// Tokens used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Tokens>,
    /// Days of the range on which any product was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_used: Option<usize>,
    /// The most tokens first.
    pub products: Vec<ProductOfUser>,
}

/// A product of a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductOfUser {
    /// Its name.
    pub product: String,
    /// Tokens used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Tokens>,
    /// Days on which it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_used: Option<usize>,
    /// Those of each week in which it was used at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks: Option<Vec<Week>>,
    /// By version, in the order of names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub versions: Option<Vec<VersionUses>>,
}

/// Days of a week, as far as it is in the range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// Its Monday.
    pub monday: String,
    /// Days on which the product was used.
    pub days_used: usize,
}

/// How often a version was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionUses {
    /// The version; empty where it isn't known.
    pub version: String,
    /// Granted opens, renewals of what was still open, and results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses: Option<u64>,
}

/// When products were opened, and results ordered, on a day of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpensOfWeekday {
    /// `mon` to `sun`.
    pub weekday: String,
    /// How often in each of the 24 hours on the wall; over all such days of the range.
    pub opens: Vec<u64>,
}

/// One user's sessions and what was charged for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub user: String,
    /// Sessions, in the order of opening; those of results aren't among them.
    pub sessions: Vec<PersonSession>,
    /// Charges, in the order of the windows' starts.
    pub charges: Vec<PersonCharge>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonSession {
    /// Of which product.
    pub product: String,
    /// When it was opened (RFC 3339, UTC).
    pub opened: String,
    /// When it ended, whoever ended it; none where it ran on at the end.
    pub closed: Option<String>,
    /// Why it was denied, as a word of rules.md.
    pub denied: Option<String>,
}

/// A charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCharge {
    /// Of which product.
    pub product: String,
    /// The window's start, or when results were ordered (RFC 3339, UTC).
    pub start: String,
    /// The window's end, exclusive; none for results.
    pub end: Option<String>,
    /// Tokens.
    pub tokens: Tokens,
}

/// What a team has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
