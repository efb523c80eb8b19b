//! The scenario in which tokens never run out: what people burn in it is the demand.

use super::model::{Pack, Scenario};
use crate::ids::TeamId;
use crate::tokens::Tokens;

impl Scenario {
    /// The same scenario, but that no team ever runs out of tokens: each also has a pack, named after it, that ends after the horizon and
    /// after all others, so that it is burned last (rules.md P4) and whoever is in several teams is paid for by the team that would
    /// pay otherwise. Packs on hand and planned purchases stay; nobody buys anything on the way. The new packs stand behind the
    /// others, in the order of the teams.
    pub fn with_endless_tokens(&self) -> Scenario {
        let mut scenario = Scenario { buyers: Vec::new(), ..self.clone() };
        let last = self.packs.iter().map(|pack| pack.ends).fold(self.end, Ord::max);
        let ends = self.zone.start_of(self.zone.day_of(last).plus(1));
        let known: Tokens = self.packs.iter().map(|pack| pack.size).sum();
        let room = Tokens::LARGEST.millionths() - known.millionths();
        let size = Tokens::from_millionths(room / self.teams.len().max(1) as i64);
        let pack = |(team, named): (usize, &super::Team)| Pack {
            id: format!("{}, endless", named.name),
            team: TeamId::from_index(team),
            bought: self.first_day,
            enters: self.start,
            ends,
            size,
            left: size,
            on_hand: true,
            ordered: false,
        };
        scenario.packs.extend(self.teams.iter().enumerate().map(pack));
        scenario
    }
}
