//! Calls the buyers, one call for each buyer and day.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, CallFnOptions, Dynamic, Engine, Scope};

use super::carried::register_state;
use super::draft::{Desk, Knowledge, Role};
use super::engine::for_buyers;
use super::failure::{place_of_function, raised};
use super::knowledge::{knowledge, names};
use super::library::Library;
use super::market::{Market, Order};
use super::natives::Shared;
use super::person::{Me, register_name};
use super::subject::Subject;

use super::shop::Shop;
use super::streams::Drawer;
use super::today::Today;
use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Source};
use crate::keys::name_key;
use crate::scenario::Scenario;
use crate::tokens::Tokens;

/// A scenario's buyers, for one thread. A buyer has few days, so Rhai's own evaluator is quick enough.
pub struct Buyers<'a> {
    scenario: &'a Scenario,
    seed: u64,
    engine: Engine,
    /// By buyer: the script.
    scripts: Vec<(&'a Arc<Source>, AST)>,
    /// By buyer.
    keys: Vec<u64>,
    desk: Shared,
    /// What may be ordered in a replication.
    room: Tokens,
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
        let desk: Shared = Rc::new(RefCell::new(Box::new(desk)));
        let mut engine = for_buyers(&desk);
        for (index, name) in names.iter().enumerate() {
            register_name(&mut engine, &desk, name, index);
            register_state(&mut engine, &desk, name, index);
        }
        let script = |source: &'a Arc<Source>| {
            let ast = engine.compile(&source.text).expect("a script in the library compiles");
            (source, ast.clone_functions_only())
        };
        Buyers {
            scenario,
            seed,
            scripts: bindings.iter().map(|binding| script(&library.scripts[binding.script].source)).collect(),
            keys: scenario.buyers.iter().map(|buyer| name_key(&buyer.name)).collect(),
            engine,
            desk,
            room: Tokens::LARGEST - scenario.packs.iter().map(|pack| pack.size).sum(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.scripts.is_empty()
    }

    /// Starts a replication: nothing is ordered yet, and no buyer carries anything from another.
    pub fn begin(&mut self) {
        let desk = &mut *self.desk.borrow_mut();
        desk.shop.room = self.room;
        desk.carried.reset();
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
        self.desk.borrow_mut().shop.market = std::mem::take(market);
        let done = (0..self.scripts.len()).try_for_each(|buyer| self.call(replication, buyer, day));
        let shop = &mut self.desk.borrow_mut().shop;
        *market = std::mem::take(&mut shop.market);
        orders.append(&mut shop.orders);
        done
    }

    fn call(&self, replication: u32, buyer: usize, day: Day) -> Result<(), Box<Diagnostic>> {
        {
            let desk = &mut *self.desk.borrow_mut();
            desk.begin(buyer, Drawer { seed: self.seed, replication, user: self.keys[buyer] }, buyer, day);
            (desk.shop.buyer, desk.shop.today) = (buyer, day);
        }
        let (source, ast) = &self.scripts[buyer];
        let options = CallFnOptions::new().eval_ast(false);
        let (name, arguments) = (Subject::Buyer.hook(), (Dynamic::from(Me), Dynamic::from(Today)));
        let called = self.engine.call_fn_with_options::<Dynamic>(options, &mut Scope::new(), ast, name, arguments);
        called.map(drop).map_err(|error| {
            let mut problem = raised(*error, source, || place_of_function(source, name));
            let (who, seed) = (&self.scenario.buyers[buyer].name, self.seed);
            problem.message += &format!(" ({who} on {day}, seed {seed}, replication {replication})");
            Box::new(problem)
        })
    }
}
