//! What the replications of a scenario without an end of tokens say: what each seat uses, and what each team has to buy.

use std::sync::Mutex;

use super::offer::Offer;
use crate::behaviour::Library;
use crate::diagnostic::Diagnostic;
use crate::ids::UserId;
use crate::scenario::Scenario;
use crate::simulate::{self, Outcome, Run, Usage};
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
    /// By team, then by replication: tokens burned beyond the packs on hand.
    pub needs: Vec<Vec<i64>>,
    /// By team, then by replication: tokens burned.
    pub burns: Vec<Vec<i64>>,
}

/// Simulates a scenario with endless tokens; planned purchases are left out, as they are what is in question. `done` is told of each
/// replication that ends.
pub fn observe(
    scenario: &Scenario,
    offer: &Offer,
    library: &Library,
    run: Run,
    done: &(dyn Fn() + Sync),
) -> Result<Observed, Box<Diagnostic>> {
    let endless = without_purchases(scenario).with_endless_tokens();
    let uses = Mutex::new(vec![Vec::new(); run.replications as usize]);
    let outcomes = simulate::run(&endless, &endless.setup(), library, run, |number, usage| {
        let found = used(offer, usage);
        uses.lock().expect("no thread panics holding it")[(number - run.first) as usize] = found;
        done();
    })?;
    let uses = uses.into_inner().expect("no thread panics holding it");
    Ok(Observed { uses, needs: needs(&endless, &outcomes), burns: burns(&endless, &outcomes) })
}

/// Planned purchases that no event names go; one that is moved or so stays, as the event would name another.
fn without_purchases(scenario: &Scenario) -> Scenario {
    let mut scenario = scenario.clone();
    for pack in scenario.packs.iter_mut().filter(|pack| !pack.on_hand) {
        pack.left = Tokens::ZERO;
    }
    scenario
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

/// What the endless packs burned, by the team that held them.
fn needs(endless: &Scenario, outcomes: &[Outcome]) -> Vec<Vec<i64>> {
    let holdings = endless.holdings();
    let first = endless.packs.len() - endless.teams.len();
    let need = |team: usize, outcome: &Outcome| -> i64 {
        let held =
            holdings.iter().zip(&outcome.packs).filter(|((pack, held), _)| *pack >= first && held.index() == team);
        held.map(|(_, pack)| pack.burned.millionths()).sum()
    };
    (0..endless.teams.len()).map(|team| outcomes.iter().map(|outcome| need(team, outcome)).collect()).collect()
}

fn burns(endless: &Scenario, outcomes: &[Outcome]) -> Vec<Vec<i64>> {
    let burn = |team: usize, outcome: &Outcome| outcome.burn.row(team).iter().map(|burn| burn.millionths()).sum();
    (0..endless.teams.len()).map(|team| outcomes.iter().map(|outcome| burn(team, outcome)).collect()).collect()
}
