//! As many replications as it takes.

use std::sync::Mutex;

use super::model::Precision;
use super::precision::FIRST;
use super::users::UserSums;
use crate::diagnostic::Diagnostic;
use crate::simulate::{self, Inputs, Outcome, Run, Usage};

/// However sure a forecast is to be, it has no more replications than this.
const MOST: u32 = 20_000;
/// The outcomes of all replications are kept, in no more memory than this many bytes.
const MEMORY: usize = 1 << 30;

/// Told how far the replications are.
pub struct Watch<'a> {
    /// How many it should take in all; told again whenever more is known.
    pub expected: &'a dyn Fn(u32),
    /// One has ended.
    pub done: &'a (dyn Fn() + Sync),
}

/// What was simulated for a forecast.
pub struct Replicated {
    /// In the order of their numbers, from 0 on; at least one.
    pub outcomes: Vec<Outcome>,
    /// What each user used in them.
    pub users: UserSums,
    /// How sure they are.
    pub precision: Precision,
}

/// Simulates as many replications as `settings` says or, with a precision, as it takes: rounds of growing size, which hang on
/// the outcomes alone. An error is that of the lowest replication in which a script failed.
pub fn replicate(
    inputs: &Inputs,
    settings: Run,
    precision: Option<f64>,
    watch: &Watch,
) -> Result<Replicated, Box<Diagnostic>> {
    let setup = inputs.scenario.setup();
    let mut outcomes: Vec<Outcome> = Vec::new();
    let users = Mutex::new(UserSums::new(inputs.scenario.users.len()));
    let done = |number: u32, usage: &Usage| {
        users.lock().expect("no thread panics holding it").add(number, usage);
        (watch.done)();
    };
    let mut next = precision.map_or(settings.replications, |_| FIRST);
    (watch.expected)(next);
    loop {
        let first = outcomes.len() as u32;
        let run = Run { first, replications: next - first, ..settings };
        outcomes.extend(simulate::run(&inputs.scenario, &setup, &inputs.library, run, done)?);
        let sure = Precision::of(&outcomes, precision);
        let most = most(&outcomes[0]);
        match sure.next_look(next, most) {
            Some(look) => {
                (watch.expected)(sure.needed(next).clamp(look, most));
                next = look;
            }
            None => {
                let users = users.into_inner().expect("no thread panics holding it");
                return Ok(Replicated { outcomes, users, precision: sure });
            }
        }
    }
}

fn most(outcome: &Outcome) -> u32 {
    ((MEMORY / outcome.bytes()) as u32).clamp(FIRST, MOST)
}
