//! Calls the buyers, one call for each buyer and day.

use super::compile::Hook;
use super::draft::{Desk, Knowledge, Role};
use super::engine::for_buyers;
use super::knowledge::{knowledge, names};
use super::library::Library;
use super::lots::Lots;
use super::market::{Market, Order};
use super::noted::{Author, Note};
use super::redraw::Redraw;
use super::shop::Shop;
use super::streams::Drawer;
use super::troupe::Troupe;
use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Draws};
use crate::keys::name_key;
use crate::scenario::Scenario;
use crate::tokens::Tokens;

/// A scenario's buyers, for one thread.
pub struct Buyers<'a> {
    scenario: &'a Scenario,
    seed: u64,
    /// By buyer.
    troupe: Troupe<'a>,
    redraw: Redraw<'a>,
    /// By buyer.
    keys: Vec<u64>,
    desk: Box<Desk>,
    /// What may be ordered in a replication.
    room: Tokens,
    noted: Vec<Note>,
}

impl<'a> Buyers<'a> {
    /// A scenario's buyers, whose draws hang on the seed.
    pub fn new(library: &'a Library, scenario: &'a Scenario, seed: u64) -> Buyers<'a> {
        let names = names(library);
        let mut desk = Desk::new(scenario, &[], Vec::new());
        desk.shop = Shop::new(scenario, &library.names.teams);
        let clock = desk.clock(scenario.zone.name()).expect("the name of a zone names a zone");
        let bindings: Vec<_> = scenario.buyers.iter().map(|buyer| &library.buyers[&buyer.name]).collect();
        for (buyer, binding) in scenario.buyers.iter().zip(&bindings) {
            let Knowledge { parameters, states, initial } = knowledge(library, Some(binding), &names);
            desk.carried.add(1, &initial);
            desk.roles.push(Role { parameters, states, calendar: buyer.calendar, clock });
        }
        Buyers {
            scenario,
            seed,
            troupe: Troupe::new(library, &bindings, for_buyers),
            redraw: Redraw::new(library, bindings.into_iter().enumerate()),
            keys: scenario.buyers.iter().map(|buyer| name_key(&buyer.name)).collect(),
            desk: Box::new(desk),
            room: Tokens::LARGEST - scenario.packs.iter().map(|pack| pack.size).sum(),
            noted: Vec::new(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.troupe.len() == 0
    }

    /// What the compiler left to Rhai's engine, and why: each place once.
    pub fn notes(&self) -> &[Diagnostic] {
        &self.troupe.notes
    }

    /// What can't go well in the scripts, whatever is drawn.
    pub fn mistakes(&self) -> &[Diagnostic] {
        &self.troupe.mistakes
    }

    /// Says where the values of uncertain parameters come from, rather than from the seed.
    pub fn set_lots(&mut self, lots: Lots) {
        self.redraw.lots = lots;
    }

    /// Draws what is uncertain for a replication. Before this is first called, everything has its median.
    pub fn draw(&mut self, replication: u32) {
        self.redraw.draw(self.seed, replication, &mut self.desk, &mut self.troupe);
    }

    /// Starts a replication: nothing is ordered yet and no buyer carries anything from another.
    pub fn begin(&mut self) {
        self.desk.shop.room = self.room;
        self.desk.carried.reset();
    }

    /// Calls every buyer at the start of a day of the scenario's zone, in the order of writing; adds what they order, also to
    /// the market.
    pub fn buy(
        &mut self,
        replication: u32,
        day: Day,
        market: &mut Market,
        orders: &mut Vec<Order>,
    ) -> Result<(), Box<Diagnostic>> {
        self.desk.shop.market = std::mem::take(market);
        let done = (0..self.troupe.len()).try_for_each(|buyer| self.call(replication, buyer, day));
        *market = std::mem::take(&mut self.desk.shop.market);
        orders.append(&mut self.desk.shop.orders);
        done
    }

    /// Says whether what buyers note is kept, to be taken.
    pub fn keep_notes(&mut self, keep: bool) {
        self.desk.draft.notes.are_kept = keep;
    }

    /// Takes what buyers have noted.
    pub fn take_notes(&mut self) -> Vec<Note> {
        std::mem::take(&mut self.noted)
    }

    fn call(&mut self, replication: u32, buyer: usize, day: Day) -> Result<(), Box<Diagnostic>> {
        let drawer = Drawer { seed: self.seed, replication, user: self.keys[buyer] };
        let Buyers { troupe, desk, .. } = self;
        desk.begin(buyer, drawer, buyer, day);
        desk.carried.begin();
        desk.shop.begin(buyer, day);
        let anew = |desk: &mut Desk| {
            desk.begin(buyer, drawer, buyer, day);
            desk.carried.begin_again(buyer);
            desk.shop.begin_again();
        };
        let called = troupe.call(desk, buyer, Hook::Buy, anew);
        desk.take_notes(Author::Buyer(buyer), &mut self.noted);
        called.map_err(|mut problem| {
            let (who, seed) = (&self.scenario.buyers[buyer].name, self.seed);
            problem.message += &format!(" ({who} on {day}, seed {seed}, replication {replication})");
            problem.draws = Some(Box::new(Draws { seed, replication, again: None }));
            Box::new(problem)
        })
    }
}
