//! Which team holds a pack when, where events move packs or merge teams (rules.md P8).

use crate::ids::TeamId;
use crate::plan::Lot;
use crate::scenario::{EventKind, Scenario};
use crate::simulate::Outcome;
use crate::time::Instant;
use crate::tokens::Tokens;

/// The packs of a scenario with their holders, and what is left of them where they change hands.
#[derive(Clone, Debug)]
pub struct Holders {
    /// By pack: its holders, each from an instant on.
    packs: Vec<Vec<Holder>>,
    /// The rows of `Outcome::packs`.
    holdings: Vec<(usize, TeamId)>,
}

#[derive(Clone, Debug)]
struct Holder {
    team: TeamId,
    from: Instant,
    /// The fewest tokens with which it comes, over the replications that were seen.
    tokens: Tokens,
}

impl Holders {
    /// As the scenario's events have it.
    pub fn of(scenario: &Scenario) -> Self {
        let enters =
            scenario.packs.iter().map(|pack| vec![Holder { team: pack.team, from: pack.enters, tokens: pack.left }]);
        let mut packs: Vec<Vec<Holder>> = enters.collect();
        for event in &scenario.events {
            for (place, holders) in packs.iter_mut().enumerate() {
                let Some(Holder { team, from, tokens }) = holders.last().cloned() else { continue };
                let to = match event.what {
                    EventKind::Move { pack, to } if pack == place => to,
                    EventKind::Merge { from, into } if from == team => into,
                    _ => continue,
                };
                let is_there = from <= event.at && event.at < scenario.packs[place].ends;
                if is_there && to != team {
                    holders.push(Holder { team: to, from: event.at, tokens });
                }
            }
        }
        Holders { packs, holdings: scenario.holdings() }
    }

    /// Notes what a replication had left where packs changed hands.
    pub fn see(&mut self, outcome: &Outcome) {
        for (place, holders) in self.packs.iter_mut().enumerate().filter(|(_, holders)| holders.len() > 1) {
            let burned = |team: TeamId| {
                let row = self.holdings.iter().position(|holding| *holding == (place, team));
                row.map_or(Tokens::ZERO, |row| outcome.packs[row].burned)
            };
            let mut left = holders[0].tokens;
            for number in 1..holders.len() {
                left -= burned(holders[number - 1].team);
                holders[number].tokens = holders[number].tokens.min(left.max(Tokens::ZERO));
            }
        }
    }

    /// What a team has without buying, as far as it comes or is there within the horizon.
    pub fn lots(&self, scenario: &Scenario, team: TeamId) -> Vec<Lot> {
        let day = |at: Instant| {
            let day = scenario.zone.day_of(at);
            // What comes in the course of a day can't be counted on for the whole of it.
            let late = i32::from(scenario.zone.start_of(day) < at);
            (day.number() + late - scenario.first_day.number()).max(0) as u32
        };
        let mut lots = Vec::new();
        for (pack, holders) in scenario.packs.iter().zip(&self.packs) {
            let until = holders.iter().skip(1).map(|next| next.from).chain([pack.ends]);
            for (holder, until) in holders.iter().zip(until).filter(|(holder, _)| holder.team == team) {
                // In the course of its last day a pack may go before the day's demand.
                let ends = (scenario.zone.day_of(until).number() - scenario.first_day.number()).max(0) as u32;
                let lot = Lot { enters: day(holder.from), ends, tokens: holder.tokens };
                if holder.from < scenario.end && lot.enters < lot.ends && lot.tokens > Tokens::ZERO {
                    lots.push(lot);
                }
            }
        }
        lots
    }
}
