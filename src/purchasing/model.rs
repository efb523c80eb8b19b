//! A purchase plan as results show it: plain numbers, tokens and money as `f64` at this edge only.

use serde::{Deserialize, Serialize};

use crate::forecast::{Estimate, PackForecast, RunCard, StockOut};

/// All that the screen, `plan.json` and the picture show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PurchasePlan {
    /// What made it; its replications are those that verify the plan.
    pub card: RunCard,
    /// The currency of all money; empty where no prices are given.
    pub currency: String,
    /// What was asked.
    pub question: Question,
    /// The asked service level; the most that the money gives where a budget alone was asked about.
    pub asked: f64,
    /// The service level that the verification found.
    pub achieved: Achieved,
    /// The share of the planning runs that run out whatever is bought, where that is more than may; else not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doomed: Option<f64>,
    /// The days on which tokens are missing then, as no order is there: none has arrived yet, or the last one has ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub out_of_reach: Vec<Days>,
    /// Whether the budget is too small for the asked service level, so that the best for the money is planned.
    pub too_dear: bool,
    /// What the cheapest plan for the asked service level costs without the budget, where this is the best for it; `None` elsewhere.
    pub unbounded_cost: Option<f64>,
    /// Which replications it rests on.
    pub runs: Runs,
    /// Whether people of the planned teams may draw on several teams, so that a plan in which each buys for itself is on the safe side.
    pub shared: bool,
    /// The teams that buy for the others with which they share people, as all of these may draw on them; empty where each buys for itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<String>,
    /// What was planned with.
    pub terms: Terms,
    /// What to buy, by the day to order by, then by team.
    pub orders: Vec<Order>,
    /// Tokens of all orders.
    pub tokens: f64,
    /// What all orders cost, the cost of ordering among it; `None` where no prices are given.
    pub cost: Option<f64>,
    /// The interest on that until the horizon ends.
    pub interest: Option<f64>,
    /// Purchases that stand in the scenario already and are kept, or the own plan that was asked about.
    pub own: Own,
    /// All teams together, or the only one that is planned for: `team` is `all teams`.
    pub all: TeamPlan,
    /// Each planned team, in the order of the scenario.
    pub teams: Vec<TeamPlan>,
    /// The same service bought without planning; empty where a budget is all that there is.
    pub compared: Vec<Compared>,
    /// What no plan can go below; `None` where no prices are given, or nothing was planned.
    pub bound: Option<Bound>,
}

/// Days from the first to the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// The first.
    pub from: String,
    /// The last.
    pub until: String,
}

/// What a planner asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// The cheapest plan for a service level.
    ServiceLevel,
    /// What one's own plan gives.
    Own,
    /// What a budget gives.
    Budget,
}

/// A service level that was found: the share of the replications with no stock-out in the planned teams.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Achieved {
    /// The share.
    pub share: f64,
    /// The lower end of its 95 % interval (Wilson).
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether it is what was asked for.
    pub reached: bool,
}

/// Which replications a plan rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Runs {
    /// How many gave the demand that was planned for.
    pub demand: u32,
    /// The seed of their draws.
    pub demand_seed: u64,
    /// How many verified the plan; they were used for nothing else.
    pub verification: u32,
    /// The seed of their draws.
    pub verification_seed: u64,
    /// How many plans were verified, each with draws of its own; the last one is the one that is shown.
    pub rounds: u32,
}

/// What was planned with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// When orders may be placed: `any_day`, `month_starts` or the dates.
    pub order_dates: Vec<String>,
    /// Days from an order to its arrival.
    pub lead_time_days: i32,
    /// What each order costs beside its tokens.
    pub order_cost: f64,
    /// Interest a year on what is paid before the horizon ends, as a share.
    pub interest: f64,
    /// What there is to spend over the horizon; `None` without a bound.
    pub budget: Option<f64>,
    /// Purchases are multiples of so many tokens.
    pub step: f64,
    /// The fewest tokens that can be bought at once.
    pub smallest_order: f64,
}

/// A purchase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// The last day to order on.
    pub order_by: String,
    /// The day on which its tokens are there.
    pub arrives: String,
    /// The first day on which what is left of it is dead.
    pub ends: String,
    /// Who gets it.
    pub team: String,
    /// How many tokens.
    pub tokens: f64,
    /// The price of each; `None` where no prices are given.
    pub each: Option<f64>,
    /// What they cost together, without the cost of ordering.
    pub cost: Option<f64>,
}

/// What the scenario itself buys in the horizon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Own {
    /// Planned purchases.
    pub purchases: Vec<Order>,
    /// What they cost; `None` where no prices are given.
    pub cost: Option<f64>,
    /// What scripted buyers order, by their names, where they took part.
    pub buyers: Vec<Buyer>,
    /// The names of buyers that were left out.
    pub left_out: Vec<String>,
}

/// What a scripted buyer orders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Buyer {
    /// The buyer's name.
    pub buyer: String,
    /// Tokens in the horizon.
    pub tokens: Estimate,
    /// What they cost; `None` where no prices are given.
    pub cost: Option<Estimate>,
}

/// What becomes of a team under the plan, and how to go on without running flexcast each day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TeamPlan {
    /// The team's name.
    pub team: String,
    /// Whether and when its tokens run out under the plan.
    pub stock_out: StockOut,
    /// Whether and when they would without the plan's orders.
    pub without_plan: Without,
    /// Tokens of the demand that are missing in spite of the orders, in the mean of the planning runs.
    pub missing: f64,
    /// Tokens burned in the horizon.
    pub burn: Estimate,
    /// Tokens that expired unused in the horizon.
    pub expired: Estimate,
    /// The mean's worth in money; `None` where no prices are given.
    pub expired_money: Option<f64>,
    /// Tokens left when the horizon ends.
    pub left: Estimate,
    /// The first day on which some of what is left is dead; `None` where nothing is left.
    pub left_ends: Option<String>,
    /// When to order without the tool; `None` for all teams together.
    pub reorder: Option<Reorder>,
    /// Its packs under the plan, as the verification found them; empty for all teams together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<PackForecast>,
    /// Its balance under the plan, day by day; empty for all teams together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<DayLeft>,
}

/// What is left on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayLeft {
    /// `2027-03-01`.
    pub day: String,
    /// Tokens left, those on hold among them, when the day ends.
    pub balance: Estimate,
}

/// The demand of the planning runs against what is there without the plan's orders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Without {
    /// The share of the runs that run out.
    pub chance: f64,
    /// Among these, the day by which 10 % have; `None` where none runs out.
    pub day_p10: Option<String>,
    /// The day by which half of them have.
    pub day_p50: Option<String>,
    /// Tokens more than there are that the asked share of the runs needs.
    pub missing: f64,
}

/// A rule for someone who can't run flexcast each day: whoever looks at the balance on each order date (once a week, where any day is one), and
/// orders as soon as the point is reached, is refused in no more runs of the whole horizon than were asked, all teams together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reorder {
    /// The greatest point of the horizon; for all dates, where `dates` is empty.
    #[serde(flatten)]
    pub greatest: Point,
    /// A size of orders that goes with it.
    pub lot: f64,
    /// Of tokens that end before the next order can be there, so many count as left for each day until their end; none where nothing ends
    /// in the horizon.
    pub a_day: Option<f64>,
    /// The share of the runs that verified the plan in which the team doesn't run out by this rule.
    pub service: f64,
    /// The point of each order date, where dates were given.
    pub dates: Vec<Point>,
}

/// When to order on a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Order when so many tokens or fewer are left and on their way.
    pub point: f64,
    /// Of them, safety stock: what is more than the mean burn.
    pub safety_stock: f64,
    /// The mean burn over the days that it has to last.
    pub burn: f64,
    /// The first of these days: the date.
    pub from: String,
    /// The last of them: the day before the next date's order arrives, or the horizon's last.
    pub until: String,
    /// How many they are.
    pub days: i32,
}

/// The same service without planning: made for the runs that the plan was made for, and judged on those that verified it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// `buy_when_empty`: the same lot again and again, by the rule of `Reorder`; `buy_all_at_once`: one order for
    /// each team, as early as it may be.
    pub way: String,
    /// Mean cost, that of ordering among it; `None` where no prices are given.
    pub cost: Option<f64>,
    /// The mean interest on that until the horizon ends.
    pub interest: Option<f64>,
    /// Mean tokens that expire in the horizon.
    pub expired: f64,
    /// Mean tokens left when the horizon ends.
    pub left: f64,
    /// The share of the runs that don't run out.
    pub service: f64,
    /// By team: what is ordered at once, or again and again.
    pub lots: Vec<f64>,
    /// By team: the greatest balance at which it is; none where it is ordered at once.
    pub triggers: Vec<f64>,
}

/// What no plan can go below, by one who knows each run's demand beforehand; interest included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bound {
    /// No plan that is fixed beforehand costs less at the asked service level, in the planning runs; where teams share people and each buys for
    /// itself, as long as each pays for whom it pays under this plan.
    pub plan: f64,
    /// How much more this plan costs, as a share of that; `None` where that is nothing.
    pub gap: Option<f64>,
    /// Nobody who may order as each run goes pays less, on average, where nothing is bought in the runs that may run out.
    pub policy: f64,
}
