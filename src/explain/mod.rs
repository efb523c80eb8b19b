//! Why each charge was due, which packs paid and why these first, what would have avoided it, and what each denial lacked: data,
//! put together from the meter's journal while sessions are metered. The words for it are made in `report`.
//!
//! `answer` and `refusal` are what comes out. `follow` reads the journal and keeps what was asked for; `history` knows who had
//! what open, and which windows there were; `line` knows which packs stood in line. `charge`, `avoid` and `missing` make answers
//! of that. What is kept grows with what is asked for, with what is open, and with the number of users and products, and not
//! with the log.

mod answer;
mod asked;
mod avoid;
mod charge;
mod follow;
mod history;
mod json;
mod line;
mod missing;
mod names;
mod refusal;

pub use answer::*;
pub use asked::Asked;
pub use refusal::*;

use std::io;

use follow::Follower;

use crate::replay::{TableNames, pass};
use crate::scenario::Setup;
use crate::time::Instant;
use crate::usage_log::Logged;

/// Meters rows, in the order of their instants, up to and including `until`, and explains what was asked for.
pub fn explain(
    names: TableNames<'_>,
    setup: &Setup,
    rows: impl IntoIterator<Item = io::Result<Logged>>,
    until: Instant,
    seed: u64,
    asked: &Asked,
) -> io::Result<Answer> {
    let mut follower = Follower::new(names, asked);
    pass(names.scenario, setup, rows, until, seed, &mut follower)?;
    Ok(follower.finish())
}
