//! Who should have a subscription, as results show it: plain numbers, money and tokens as `f64` at this edge only, serialised as they
//! stand.

use serde::{Deserialize, Serialize};

use crate::forecast::{Chance, Estimate, Mean, RunCard};

/// All that the screen, `seats.json` and `seats.csv` show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seats {
    /// What made it; its seed and replications are those that judge.
    pub card: RunCard,
    /// The seed of the replications on which the seats were chosen.
    pub chosen_on_seed: u64,
    /// How many these were.
    pub chosen_on_replications: u32,
    /// The currency of all money.
    pub currency: String,
    /// The days of the horizon.
    pub days: u32,
    /// Whether these are one year; where they aren't, a subscription counts by its share, and what is said of a year is scaled.
    pub is_a_year: bool,
    /// The asked share of runs without a refusal, for which the tokens of every mix are bought.
    pub service_level: f64,
    /// Where the runs that judge are too few to tell whether that level holds: how many it takes.
    pub too_few_runs: Option<String>,
    /// The money under `plan.budget`, all of its parts together. It bounds no mix.
    pub budget: Option<f64>,
    /// What a token counts as, by team, where one user is judged alone.
    pub token_prices: Vec<TokenPrice>,
    /// How much use a subscription needs to pay.
    pub break_even: Vec<BreakEven>,
    /// Ways to have subscriptions: tokens only, the best mix, everybody, and where there are some the scenario as it is.
    pub mixes: Vec<MixFigures>,
    /// The groups and products with the best mix, those with the largest saving first.
    pub groups: Vec<GroupFigures>,
    /// What the best mix saves beside the savings of the groups.
    pub rest: Rest,
    /// The users and products, by group.
    pub users: Vec<UserFigures>,
    /// Products with a price of a subscription that are left out: those charged per result.
    pub left_out: Vec<String>,
    /// Lines of the scenario with the best mix, ready to paste under `people`.
    pub to_try: Vec<ToTry>,
}

/// What a token of a team counts as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TokenPrice {
    /// The team.
    pub team: String,
    /// Money for one token: the unit price of a purchase as large as the team's mean burn in the horizon with tokens alone.
    pub each: f64,
    /// The smallest purchase that gets this price.
    pub from: f64,
    /// Tokens burned in the horizon with tokens alone.
    pub burn: Estimate,
}

/// From how much use on a subscription costs less than tokens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BreakEven {
    /// The product.
    pub product: String,
    /// Tokens for a window; where the rate changes within the horizon there is a row for each.
    pub rate: f64,
    /// Money for one token.
    pub each: f64,
    /// Money for a subscription of a year.
    pub subscription: f64,
    /// Windows a year that cost the same; `None` where the rate is 0.
    pub windows: Option<f64>,
    /// A twelfth of them: days a month, at a window a day.
    pub days_a_month: Option<f64>,
}

/// A way to have subscriptions, judged on replications on which nothing was chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MixFigures {
    /// `tokens only`, `as it is`, `each beyond break-even`, `best mix` or `everybody`.
    pub mix: String,
    /// How many subscriptions.
    pub subscriptions: u32,
    /// Money for these in the horizon.
    pub paid_for_subscriptions: f64,
    /// What is bought beyond the packs on hand, in the order of days: the cheapest plan for the service level.
    pub purchases: Vec<MixPurchase>,
    /// Money for that and its orders.
    pub paid_for_tokens: f64,
    /// Both together.
    pub paid: f64,
    /// Money: the subscriptions, and of the tokens bought those that are burned or expire.
    pub cost: Estimate,
    /// How much less than with the first mix of the list: of each replication, then averaged.
    pub saves: Mean,
    /// Tokens that expire unused in the horizon, those on hand among them.
    pub wasted: Estimate,
    /// The share of runs in which the tokens suffice.
    pub service: Chance,
    /// Whether tokens can be bought that last as asked in the runs that choose: where not, what is refused costs nothing.
    pub can_last: bool,
}

/// Tokens to buy for a team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MixPurchase {
    /// The team.
    pub team: String,
    /// The day on which they are there, `2027-03-01`.
    pub arrives: String,
    /// How many tokens.
    pub tokens: f64,
    /// What each costs.
    pub each: f64,
}

/// A group's users of one product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupFigures {
    /// The group, or the user who is alone.
    pub group: String,
    /// The product.
    pub product: String,
    /// How many users are in the group.
    pub users: u32,
    /// How many of them have a subscription in the best mix.
    pub subscribe: u32,
    /// How many have one now, be it for a part of the horizon.
    pub have: u32,
    /// How many are so near the line that the replications can't tell which costs less.
    pub near: u32,
    /// Windows a user and year.
    pub windows: f64,
    /// Money for tokens, a user and year, over users and runs.
    pub token_cost: Estimate,
    /// Money for a subscription a year.
    pub subscription: f64,
    /// Money that the subscriptions of the best mix save in the horizon, against tokens at what they count as.
    pub saves: Mean,
}

/// What lies between the savings of the groups and what the best mix saves: all of them together are that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rest {
    /// Money that is saved or lost as tokens are bought together: packs on hand are paid for, fewer tokens may cost more each, and orders
    /// have a step and a price of their own.
    pub shared_tokens: Mean,
    /// Money that tokens only cost less than the scenario as it is, where that is what the best mix is compared with.
    pub as_it_is: Option<Mean>,
}

/// What a user should have for a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// A subscription, which isn't there yet.
    Subscribe,
    /// The subscription that is there.
    Keep,
    /// Tokens, once the subscription that is there ends.
    LetEnd,
    /// Tokens, as now.
    Tokens,
}

impl Advice {
    /// As `seats.json` and `seats.csv` write it.
    pub const fn word(self) -> &'static str {
        match self {
            Advice::Subscribe => "subscribe",
            Advice::Keep => "keep",
            Advice::LetEnd => "let_end",
            Advice::Tokens => "tokens",
        }
    }
}

/// A user and a product, with tokens alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserFigures {
    /// The user.
    pub user: String,
    /// The group.
    pub group: String,
    /// The product.
    pub product: String,
    /// What the best mix has for them.
    pub advice: Advice,
    /// Whether the replications can't tell which costs less.
    pub near: bool,
    /// Windows a year.
    pub windows: Estimate,
    /// Tokens a year.
    pub tokens: Estimate,
    /// Money for these a year.
    pub token_cost: Estimate,
    /// What these tokens are expected to cost a year once the group's other users are looked at too: what the choice rests on.
    pub expected_cost: f64,
    /// Money for a subscription a year.
    pub subscription: f64,
    /// The share of runs in which tokens cost more than the subscription.
    pub tokens_dearer: f64,
}

/// Lines to paste.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToTry {
    /// The group or user that they belong to.
    pub group: String,
    /// How many of its users they are about; all, where that is how many there are.
    pub users: u32,
    /// The line.
    pub line: String,
}
