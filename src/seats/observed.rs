//! What each seat uses where nobody has a subscription and tokens never run out.

use std::sync::Mutex;

use super::offer::Offer;
use crate::diagnostic::Diagnostic;
use crate::ids::UserId;
use crate::scenario::Scenario;
use crate::simulate::{self, Inputs, Outcome, Run, Usage};
use crate::tokens::Tokens;

/// What a seat used of its product in one replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// The seat.
    pub seat: u32,
    /// Windows that were charged.
    pub windows: u32,
    /// Their tokens.
    pub tokens: Tokens,
}

/// Every replication, in the order of their numbers.
#[derive(Clone, Debug)]
pub struct Observed {
    /// By replication: the seats that used anything, ascending.
    pub uses: Vec<Vec<Use>>,
    /// By team, then by replication: tokens burned, in millionths.
    pub burns: Vec<Vec<i64>>,
}

/// Simulates a scenario as if nobody had a subscription that is on offer and tokens never ran out. `done` is told of each replication that
/// ends.
pub fn observe(
    inputs: &Inputs,
    offer: &Offer,
    run: Run,
    done: &(dyn Fn() + Sync),
) -> Result<Observed, Box<Diagnostic>> {
    let endless = offer.with_seats(&inputs.scenario, []).with_endless_tokens();
    let uses = Mutex::new(vec![Vec::new(); run.replications as usize]);
    let outcomes = simulate::run(&endless, &endless.setup(), &inputs.library, run, |number, usage| {
        let found = used(offer, usage);
        uses.lock().expect("no thread panics holding it")[(number - run.first) as usize] = found;
        done();
    })?;
    let uses = uses.into_inner().expect("no thread panics holding it");
    Ok(Observed { uses, burns: burns(&endless, &outcomes) })
}

fn used(offer: &Offer, usage: &Usage) -> Vec<Use> {
    let mut uses = Vec::new();
    for user in (0..usage.users()).map(UserId::from_index) {
        let before = uses.len();
        let charged = usage.of(user).filter(|used| used.charges > 0);
        uses.extend(charged.filter_map(|used| {
            let seat = offer.seat(user, used.product)? as u32;
            Some(Use { seat, windows: used.charges, tokens: used.burned })
        }));
        uses[before..].sort_unstable_by_key(|used| used.seat);
    }
    uses
}

fn burns(endless: &Scenario, outcomes: &[Outcome]) -> Vec<Vec<i64>> {
    let burn = |team: usize, outcome: &Outcome| outcome.burn.row(team).iter().map(|burn| burn.millionths()).sum();
    (0..endless.teams.len()).map(|team| outcomes.iter().map(|outcome| burn(team, outcome)).collect()).collect()
}
