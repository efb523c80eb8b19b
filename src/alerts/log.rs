//! What the packs hold after a real log.

use std::collections::BTreeMap;
use std::io;

use crate::ids::TeamId;
use crate::meter::Entry;
use crate::replay::{Listener, Said, pass};
use crate::scenario::{Scenario, Setup};
use crate::time::Instant;
use crate::tokens::Tokens;
use crate::usage_log::UsageLog;

/// What is left of each pack, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// By place in `Scenario::packs` and team.
    left: BTreeMap<(usize, TeamId), Tokens>,
}

impl Held {
    /// Which teams hold how much of the pack at a place.
    pub fn of(&self, place: usize) -> impl Iterator<Item = (TeamId, Tokens)> {
        let range = (place, TeamId::from_index(0))..(place + 1, TeamId::from_index(0));
        self.left.range(range).filter(|(_, left)| !left.is_zero()).map(|((_, team), left)| (*team, *left))
    }
}

/// Adds up what the meter says of packs.
struct Counter<'a> {
    /// By `PackId`.
    packs: &'a [usize],
    held: Held,
}

impl Listener for Counter<'_> {
    fn hear(&mut self, said: &Said<'_>) -> io::Result<()> {
        for entry in said.entries {
            if let Entry::Pack(change) = entry {
                let key = (self.packs[change.posting.pack.index()], change.posting.team);
                *self.held.left.entry(key).or_default() += change.posting.tokens;
            }
        }
        Ok(())
    }
}

/// Meters a log up to and including `until`, and says what is left. `seed` is what `team_choice: random` draws from.
pub fn held(scenario: &Scenario, setup: &Setup, log: &UsageLog, until: Instant, seed: u64) -> io::Result<Held> {
    let mut counter = Counter { packs: &setup.packs, held: Held::default() };
    pass(scenario, setup, log.rows.iter()?, until, seed, &mut counter)?;
    Ok(counter.held)
}
