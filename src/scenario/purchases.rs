//! A scenario with other purchases than those that are written in it.

use std::collections::BTreeSet;

use super::event::EventKind;
use super::model::{Pack, Scenario};
use crate::calendar::Day;
use crate::ids::TeamId;
use crate::tokens::Tokens;

/// A purchase that is planned: the whole pack is there at 00:00 of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Purchase {
    /// The day, in the scenario's zone.
    pub on: Day,
    /// Who gets the pack.
    pub team: TeamId,
    /// How many tokens.
    pub tokens: Tokens,
}

impl Scenario {
    /// The purchases that are planned within the horizon, in the order of writing.
    pub fn planned_purchases(&self) -> impl Iterator<Item = Purchase> + '_ {
        let planned = self.packs.iter().filter(|pack| !pack.on_hand && pack.enters < self.end);
        planned.map(|pack| Purchase { on: pack.bought, team: pack.team, tokens: pack.size })
    }

    /// Adds purchases, as if they stood behind those that are written under `purchases`.
    pub fn add_purchases(&mut self, purchases: &[Purchase]) {
        let mut taken: BTreeSet<String> = self.packs.iter().map(|pack| pack.id.clone()).collect();
        for Purchase { on, team, tokens } in purchases {
            let plain = format!("{}-{on}", self.teams[team.index()].name);
            let numbered = (2..).map(|number| format!("{plain}-{number}"));
            let id = std::iter::once(plain.clone()).chain(numbered).find(|id| !taken.contains(id));
            let id = id.expect("numbers don't run out");
            taken.insert(id.clone());
            self.packs.push(Pack {
                id,
                team: *team,
                bought: *on,
                enters: self.zone.start_of(*on),
                ends: self.zone.start_of(on.next_year()),
                size: *tokens,
                left: *tokens,
                on_hand: false,
                ordered: false,
            });
        }
    }

    /// Takes out the purchases that are written, and the moves of their packs.
    pub fn drop_purchases(&mut self) {
        let on_hand = self.packs.iter().filter(|pack| pack.on_hand).count();
        // Packs on hand come first, so that the places of those that stay don't change.
        self.packs.truncate(on_hand);
        self.events.retain(|event| !matches!(event.what, EventKind::Move { pack, .. } if pack >= on_hand));
    }
}
