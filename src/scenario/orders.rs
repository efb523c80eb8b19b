//! What buyers order isn't known beforehand: results count its packs by line, and what one replication ordered can be made part of
//! the scenario.

use super::model::{Pack, Scenario};
use crate::ids::TeamId;
use crate::time::Instant;
use crate::tokens::Tokens;

/// The packs that one buyer orders for one team at one price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Index of `Scenario::buyers`.
    pub buyer: usize,
    /// The team they are bought for.
    pub team: TeamId,
    /// Index of `Prices::tokens`; 0 without prices.
    pub tier: usize,
}

/// An order that becomes a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered {
    /// The pack's id in the ledger.
    pub id: String,
    /// The buyer's name.
    pub buyer: String,
    /// Who gets the pack.
    pub team: TeamId,
    /// How many tokens.
    pub tokens: Tokens,
    /// When it was ordered.
    pub ordered: Instant,
    /// When the pack enters.
    pub arrives: Instant,
}

impl Scenario {
    /// Every line that there may be: by buyer, then by team, then by price.
    pub fn lines(&self) -> impl Iterator<Item = Line> {
        let teams = move |buyer| (0..self.teams.len()).map(move |team| (buyer, TeamId::from_index(team)));
        let tiers = move |(buyer, team)| (0..self.tiers()).map(move |tier| Line { buyer, team, tier });
        (0..self.buyers.len()).flat_map(teams).flat_map(tiers)
    }

    /// The place of an order's line among them.
    pub fn line(&self, buyer: usize, team: TeamId, tokens: Tokens) -> usize {
        (buyer * self.teams.len() + team.index()) * self.tiers() + self.prices.tier(tokens).unwrap_or(0)
    }

    /// Index of `Prices::tokens` of the line at a place; 0 without prices.
    pub(super) fn tier_of_line(&self, place: usize) -> usize {
        place % self.tiers()
    }

    fn tiers(&self) -> usize {
        self.prices.tokens.len().max(1)
    }

    /// Makes orders packs of the scenario, as if they had been planned.
    pub fn add_orders(&mut self, orders: &[Ordered]) {
        let packs = orders.iter().map(|order| {
            let bought = self.zone.day_of(order.arrives);
            Pack {
                id: order.id.clone(),
                team: order.team,
                bought,
                enters: order.arrives,
                ends: self.zone.start_of(bought.next_year()),
                size: order.tokens,
                left: order.tokens,
                on_hand: false,
                ordered: true,
            }
        });
        let packs: Vec<Pack> = packs.collect();
        self.packs.extend(packs);
    }
}
