//! What the vendor exports, as tables (rules.md U9): subscriptions, users and usage, under the vendor's names of columns.
//!
//! `table` is a table of typed cells and the columns that it is made by. `subscriptions`, `users` and `usage` make one each, of the book
//! that usage reports are made of; `seats` knows who was assigned when. `csv`, `xlsx`, `json` and, with the feature, `parquet` write one.

mod csv;
mod json;
#[cfg(feature = "parquet")]
mod parquet;
mod seats;
mod subscriptions;
mod table;
mod usage;
mod users;
mod xlsx;

pub use self::csv::write_csv;
#[cfg(feature = "parquet")]
pub use self::parquet::write_parquet;
pub use json::write_json;
pub use subscriptions::subscriptions;
pub use table::{Cell, Columns, Table};
pub use usage::usage;
pub use users::users;
pub use xlsx::{About, write_xlsx};
