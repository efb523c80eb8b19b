//! The mathematics of purchases: what to buy when for each team, for the least cost at a service level. Pure: demand comes in as a table of
//! runs by days, purchases go out.
//!
//! A plan is fixed beforehand: the same purchases in every run. So it is judged by running each run's demand through its lots, one after the
//! other (`stock`), and it is found from the other end: what must have been bought by when, for the runs that are served (`needs`); which runs
//! that are (`drop`); the cheapest orders for it (`exact`, `quick`); small changes judged on all runs (`polish`); and two orders made otherwise
//! together, as what is cheapest for the runs that are served needn't be where others are left out (`rearrange`). What a budget has left is
//! spent where it helps most (`spend`).

mod at_once;
mod budget;
mod cheapest;
mod clairvoyant;
mod company;
mod course;
mod descend;
mod drop;
mod evaluate;
mod exact;
mod needs;
mod polish;
mod price;
mod problem;
mod quick;
mod reach;
mod rearrange;
mod reorder;
mod spend;
mod stock;
mod when_empty;

pub use at_once::buy_all_at_once;
pub use budget::{Budget, best_for_budget, cheapest_within};
pub use cheapest::{NoPlan, Plan, cheapest};
pub use clairvoyant::{Bound, clairvoyant};
pub use evaluate::{Evaluation, evaluate};
pub use price::Cost;
pub use problem::{Date, Demand, Lot, Problem, Purchase, Service};
pub use reach::{out_of_reach, within_reach};
pub use reorder::{Reorder, reorder};
pub use stock::Fate;
pub use when_empty::{Rule, Triggers, WhenEmpty, buy_when_empty, follow_rules};
