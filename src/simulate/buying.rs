//! Buyers in a replication: what they see, and the packs that come of their orders.

use std::collections::BTreeSet;

use super::Days;
use super::outcome::Tally;
use crate::behaviour::{Buyers, Library, Lots, Market, Note, OnHand, Order};
use crate::diagnostic::Diagnostic;
use crate::ids::TeamId;
use crate::ledger::{Ledger, NewPack, Part};
use crate::queue::Queue;
use crate::scenario::{Ordered, Scenario};
use crate::time::Instant;
use crate::tokens::Tokens;

/// The buyers, with what they have ordered in this replication.
pub(super) struct Buying<'a> {
    scenario: &'a Scenario,
    days: &'a Days,
    buyers: Buyers<'a>,
    market: Market,
    orders: Vec<Order>,
}

impl<'a> Buying<'a> {
    pub(super) fn new(scenario: &'a Scenario, library: &'a Library, days: &'a Days, seed: u64) -> Self {
        let buyers = Buyers::new(library, scenario, seed);
        Buying { scenario, days, buyers, market: Market::default(), orders: Vec::new() }
    }

    /// Says where the values of buyers' uncertain parameters come from.
    pub(super) fn set_lots(&mut self, lots: Lots) {
        self.buyers.set_lots(lots);
    }

    /// Whether nobody buys.
    pub(super) fn is_idle(&self) -> bool {
        self.buyers.is_empty()
    }

    /// What was ordered, in the order of ordering.
    pub(super) fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// Starts a replication: of what is to come, the planned purchases are known.
    pub(super) fn begin(&mut self, number: u32, keeps_notes: bool) {
        self.buyers.begin();
        self.buyers.draw(number);
        self.buyers.keep_notes(keeps_notes);
        self.orders.clear();
        self.market = Market::at_start(self.scenario);
    }

    /// Has every buyer look at the market as a day begins, and puts what they order on its way.
    pub(super) fn day(
        &mut self,
        number: u32,
        place: usize,
        queue: &mut Queue<'_>,
        tally: &Tally<'_>,
    ) -> Result<(), Box<Diagnostic>> {
        self.look(place, queue.ledger(), tally);
        let before = self.orders.len();
        self.buyers.buy(number, self.days.day(place), &mut self.market, &mut self.orders)?;
        for order in &self.orders[before..] {
            queue.buy(order.arrives, self.pack(order));
        }
        Ok(())
    }

    /// Takes what buyers have noted.
    pub(super) fn take_notes(&mut self) -> Vec<Note> {
        self.buyers.take_notes()
    }

    /// Where the pack of an order is counted: the line's place, after the packs that the scenario names.
    pub(super) fn place(&self, order: u32) -> usize {
        let Order { buyer, team, tokens, .. } = &self.orders[order as usize];
        self.scenario.packs.len() + self.scenario.line(*buyer, *team, *tokens)
    }

    fn pack(&self, order: &Order) -> NewPack {
        let zone = self.scenario.zone;
        let day = zone.day_of(order.arrives);
        NewPack {
            team: order.team,
            size: order.tokens,
            left: order.tokens,
            bought: zone.start_of(day),
            ends: zone.start_of(day.next_year()),
            on_hand: false,
        }
    }

    fn look(&mut self, place: usize, ledger: &Ledger, tally: &Tally<'_>) {
        let now = self.days.start(place);
        for (team, stock) in (0..).map(TeamId).zip(&mut self.market.teams) {
            stock.balance = ledger.balance(team);
            stock.burned.clear();
            stock.burned.extend_from_slice(&tally.burned(team)[..place]);
            stock.coming.retain(|coming| coming.arrives > now);
            stock.packs.clear();
        }
        let mut parts: Vec<&Part> = ledger.parts().iter().filter(|part| holds_tokens(part, now)).collect();
        parts.sort_by_key(|part| (part.entered.ends, part.entered.size, part.entered.bought, part.pack));
        for part in parts {
            let day = |at: Instant| self.scenario.zone.day_of(at);
            let (bought, ends) = (day(part.entered.bought), day(part.entered.ends));
            let pack = OnHand { left: part.left + part.held, size: part.entered.size, bought, ends };
            self.market.teams[part.team.index()].packs.push(pack);
        }
    }
}

fn holds_tokens(part: &Part, now: Instant) -> bool {
    part.left + part.held > Tokens::ZERO && part.entered.ends > now
}

/// Orders of one replication as packs with ids: those of a buyer are numbered from 1 on, without ids that the scenario has given.
pub fn ordered(scenario: &Scenario, orders: &[Order]) -> Vec<Ordered> {
    let taken: BTreeSet<&str> = scenario.packs.iter().map(|pack| &*pack.id).collect();
    let mut numbers = vec![0u32; scenario.buyers.len()];
    let mut id = |buyer: usize| {
        loop {
            numbers[buyer] += 1;
            let id = format!("{}-{}", scenario.buyers[buyer].name, numbers[buyer]);
            if !taken.contains(&*id) {
                return id;
            }
        }
    };
    let named = orders.iter().map(|order| Ordered {
        id: id(order.buyer),
        buyer: scenario.buyers[order.buyer].name.clone(),
        team: order.team,
        tokens: order.tokens,
        ordered: scenario.zone.start_of(order.ordered),
        arrives: order.arrives,
    });
    named.collect()
}
