//! Behaviour scripts in Rhai: what people plan. The only place where random draws happen; it knows nothing of the meter.
//!
//! A script says at its top whom it describes and which parameters a scenario may set, and in `day(me, today)` what
//! such a person does on one day. [`load`] reads and checks the scripts of a scenario; a [`Planner`] calls them.
//!
//! How to write one is told in `scripts/README.md`. In short: times and durations are whole seconds: a time counts from 00:00 of the day by the clock on the wall, and beyond
//! 24 hours means the days after. Because random draws have tails, a time before 00:00 counts as 00:00, and an end
//! before its start as its start.

mod basics;
mod carried;
mod check;
mod compile;
mod declare;
mod denial;
mod draft;
mod draws;
mod engine;
mod failure;
mod find;
mod kinds;
mod knowledge;
mod library;
mod limits;
mod literals;
mod manual;
mod names;
mod natives;
mod normal;
mod person;
mod place;
mod planned;
mod planner;
mod presence;
mod rehearse;
mod services;
mod sign_in;
mod streams;
mod today;
mod vocabulary;
mod written;

pub use declare::{Declared, Parameter, State};
pub use find::SHIPPED;
pub use kinds::{Kind, Value};
pub use library::{InForce, Interpreter, Library, load};
pub use manual::Manual;
pub use planned::{Call, Denial, Details, Origin, Planned, Reaction, Results, Until, What};
pub use planner::Planner;
pub use rehearse::rehearse;
pub use streams::{Drawer, Stream};
pub use vocabulary::{DECLARATIONS, EXAMPLE, LANGUAGE, Topic, WORDS, Word};
