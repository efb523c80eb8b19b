//! Replications: people plan their days, the queue orders what they open, the meter decides; each replication is added up
//! on its own, and the results are in the order of their numbers whatever the number of threads.
//!
//! # The determinism contract
//!
//! The same scenario, seed and version give the same bytes on any number of threads. Each draw comes from a stream that is named
//! by the seed, the replication, the user's or the buyer's name, the local day (or week, or month) and its purpose, so that one more user changes nobody
//! else's draws; uncertain parameters have streams of their own, named by seed, replication and parameter; `team_choice: random` hangs on seed, replication, names and instant alone. Threads share nothing but the number of the
//! next replication; sums are integers.
//!
//! In large companies, blocks of users live through a span of time one after the other (`apart`), where nothing can hang on
//! their order.

mod acts;
mod agenda;
mod apart;
mod avoidable;
mod buying;
mod days;
mod denials;
mod inputs;
mod intent;
mod outcome;
mod parallel;
mod reactions;
mod replication;
mod still_open;
mod trace;
mod usage;

pub use avoidable::{Avoidable, Avoided};
pub use buying::ordered;
pub use days::Days;
pub use inputs::Inputs;
pub use intent::Intent;
pub use outcome::{Bought, Months, Outcome, PackOutcome, Part, Table};
pub use parallel::{Run, run};
pub use replication::{Replication, team_seed};
pub use trace::Trace;
pub use usage::{Usage, Used};
