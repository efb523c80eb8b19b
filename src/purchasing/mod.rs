//! What to buy when, asked of a scenario: its demand is simulated, planned for, and the plan verified through the core.
//!
//! # Which draws serve what
//!
//! A plan is fitted to the runs that it was made for, and would look better there than it is. So the demand has draws of its own, each
//! verification has draws that serve nothing else, and a forecast of the scenario has others again. Where a plan doesn't hold in its
//! verification, a more cautious one is made, and verified on fresh draws.

mod aim;
mod answer;
mod circles;
mod compare;
mod demand;
mod draws;
mod holders;
mod model;
mod numbers;
mod outlook;
mod problem;
mod request;
mod shared;
mod solve;
mod verify;

pub use aim::cheapest;
pub use demand::{Burned, Demand, completed, demand};
pub use draws::{Draws, too_few};
pub use holders::Holders;
pub use model::*;
pub use problem::{order_days, planned_teams, problem, purchase};
pub use request::{Request, nothing_arrives, plan, service_level};
pub use solve::{Stage, Watch, stages};
pub use verify::{Verified, verify};
