//! Behaviour scripts in Rhai: what people plan and buyers order. The only place where random draws happen; it knows nothing of the
//! meter.
//!
//! A script says at its top whom it describes and which parameters a scenario may set, and in `day(me, today)` what
//! such a person does on one day, or in `buy(me, today)` what a buyer orders, or in `what_if(scenario)` which variants are compared. [`load`] reads and checks the scripts of a scenario;
//! a [`Planner`] calls those of people, [`Buyers`] those of buyers, who see a [`Market`]. An
//! [`Experiment`] runs one of what-ifs, in somebody's [`Laboratory`].
//!
//! How to write one is told in `scripts/README.md`. In short: times and durations are whole seconds: a time counts from 00:00 of the day by the clock on the wall, and beyond
//! 24 hours means the days after. Because random draws have tails, a time before 00:00 counts as 00:00, and an end
//! before its start as its start.

mod basics;
mod buyer;
mod buyers;
mod carried;
mod check;
mod compile;
mod declare;
mod denial;
mod distributions;
mod draft;
mod draws;
mod engine;
mod experiment;
mod failure;
mod find;
mod kinds;
mod knowledge;
mod laboratory;
mod library;
mod limits;
mod literals;
mod lots;
mod manual;
mod market;
mod moved;
mod names;
mod natives;
mod normal;
mod noted;
mod person;
mod place;
mod planned;
mod planner;
mod presence;
mod redraw;
mod rehearse;
mod services;
mod shop;
mod sign_in;
mod spread;
mod streams;
mod subject;
mod today;
mod troupe;
mod variants;
mod vocabulary;
mod written;

pub use buyers::Buyers;
pub use declare::{Declared, Parameter, State};
pub use denial::REASONS;
pub use experiment::Experiment;
pub use find::{SHIPPED, SHIPPED_BUYERS, SHIPPED_WHAT_IFS};
pub use kinds::{Kind, Value};
pub use laboratory::{Figure, Laboratory, Part, Shown};
pub use library::{InForce, Interpreter, Library, load};
pub use lots::{Drawn, Lot, Lots, Uncertain, UncertainParameter};
pub use manual::Manual;
pub use market::{Coming, Market, OnHand, Order, Stock};
pub use noted::{Author, Note};
pub use planned::{Call, Denial, Details, Origin, Planned, Reaction, Results, Until, What};
pub use planner::Planner;
pub use rehearse::{notes, rehearse};
pub use streams::{Drawer, Stream};
pub use subject::Subject;
pub use vocabulary::{BUYING, DECLARATIONS, EXAMPLE, HOOKS, LANGUAGE, Topic, WHAT_IF, WORDS, Word};
