//! The mathematics of purchases: what to buy when for each team, for the least cost at a service level. Pure: demand comes in as a table of
//! runs by days, purchases go out.

mod cheapest;
mod course;
mod drop;
mod evaluate;
mod exact;
mod needs;
mod price;
mod problem;
mod quick;
mod stock;

pub use cheapest::{NoPlan, Plan, cheapest};
pub use evaluate::{Evaluation, evaluate};
pub use price::Cost;
pub use problem::{Date, Demand, Lot, Problem, Purchase, Service};
pub use stock::Fate;
