//! What the vendor's usage reports show (rules.md U1 to U7, U10, U11), as data. The words for it are made in `report`.
//!
//! `book` is what everything is computed from: a table of daily use, and beside it what the ledger says of packs by day. `gather` fills it
//! from the meter's journal in one pass; the room `vendor` from exports, which know nothing of packs. `range` says which days are
//! looked at. `build` makes the report of it: `overview`, `products` and `users` from the use, `hours` from the opens, `balances` from the packs; what
//! one user does `following` has heard.

mod balances;
mod book;
mod build;
mod following;
mod gather;
mod hours;
mod model;
mod overview;
mod products;
mod range;
mod users;

pub use book::{Access, BoughtPack, DailyUse, Detail, How, OpensOfDay, PackDay, UsageBook};
pub use build::{Question, cannot_say, usage_report};
pub use gather::gather;
pub use model::*;
pub use range::{Range, RangeAsked};
