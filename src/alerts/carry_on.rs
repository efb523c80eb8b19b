//! Scenarios with another horizon.

use super::log::Held;
use crate::calendar::Day;
use crate::ids::TeamId;
use crate::scenario::{Event, EventKind, Pack, Scenario};
use crate::time::Instant;
use crate::tokens::Tokens;

/// The scenario with another last day.
pub fn until(scenario: &Scenario, last_day: Day) -> Scenario {
    Scenario { last_day, end: scenario.zone.start_of(last_day.plus(1)), ..scenario.clone() }
}

/// The scenario from a day on, with what the packs hold then. Events before it have happened to people and products; what
/// they did to packs is in what these hold.
pub fn carry_on(scenario: &Scenario, as_of: Day, held: &Held) -> Scenario {
    let start = scenario.zone.start_of(as_of);
    let mut packs = Vec::new();
    // By place of a pack in the scenario: its place now.
    let mut places = vec![0; scenario.packs.len()];
    for (place, pack) in scenario.packs.iter().enumerate() {
        places[place] = packs.len();
        if pack.enters < start {
            packs.extend(on_hand(pack, held.of(place), start));
        } else {
            packs.push(pack.clone());
        }
    }
    let events = scenario.events.iter().filter_map(|event| match event.what {
        EventKind::Move { .. } if event.at < start => None,
        EventKind::Move { pack, to } => {
            Some(Event { what: EventKind::Move { pack: places[pack], to }, ..event.clone() })
        }
        _ => Some(event.clone()),
    });
    let events = events.collect();
    Scenario { first_day: as_of, start, packs, events, ..scenario.clone() }
}

/// A pack where something of it is left, or else in its own team: it was bought, whatever is left.
fn on_hand(pack: &Pack, held: impl Iterator<Item = (TeamId, Tokens)>, start: Instant) -> Vec<Pack> {
    let of = |(team, left)| Pack { team, left, enters: start, on_hand: true, ..pack.clone() };
    let held: Vec<Pack> = held.map(of).collect();
    if held.is_empty() { vec![of((pack.team, Tokens::ZERO))] } else { held }
}
