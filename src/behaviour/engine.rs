//! The engine, closed: no clock, no files, no sleeping, no code made at run time, and nothing that could give other
//! bits on another machine. No package of Rhai's is loaded; what a script may say is registered word by word.

use std::cell::RefCell;
use std::rc::Rc;

use rhai::{AST, Engine, OptimizationLevel};

use super::draft::Desk;
use super::laboratory::Laboratory;
use super::natives::{Natives, Shared, Table};
use super::{
    basics, buyer, denial, distributions, draws, limits, noted, person, presence, services, sign_in, today, variants,
};
use crate::diagnostic::{Diagnostic, Source};

/// Parts of the language that are closed: `**` of fractions gives other bits on other machines, a map can grow past its
/// limit, and the rest makes or looks for code at run time, or prints.
const CLOSED: [&str; 12] =
    ["**", "**=", "#{", "eval", "print", "debug", "Fn", "call", "curry", "type_of", "is_def_fn", "is_def_var"];

/// An engine in which only the language itself works.
fn bare() -> Engine {
    let mut engine = Engine::new_raw();
    limits::set(&mut engine);
    engine.set_strict_variables(true).set_allow_anonymous_fn(false);
    // `Full` would run the random draws when compiling.
    engine.set_optimization_level(OptimizationLevel::Simple);
    for symbol in CLOSED {
        engine.disable_symbol(symbol);
    }
    engine
}

/// One that also knows numbers, times and lists.
fn with_basics() -> Engine {
    let mut engine = bare();
    let shared = Rc::new(RefCell::new(Box::new(Desk::empty())));
    basics::register(&mut Natives { engine: &mut engine, shared, table: Table::default() });
    engine
}

/// For the top of a script: `register` adds the declarations.
pub(super) fn for_declarations(register: impl FnOnce(&mut Engine)) -> Engine {
    let mut engine = with_basics();
    register(&mut engine);
    engine
}

/// For `day`: everything that [`super::vocabulary::WORDS`] lists, and the table of it.
pub(super) fn for_days(shared: &Shared) -> (Engine, Table) {
    for_calls(shared, |natives| {
        person::register(natives);
        sign_in::register(natives);
        services::register(natives);
        presence::register(natives);
        denial::register(natives);
    })
}

/// For `buy`: what [`super::vocabulary::BUYING`] lists and what isn't about a person, and the table of it.
pub(super) fn for_buyers(shared: &Shared) -> (Engine, Table) {
    for_calls(shared, buyer::register)
}

/// What all scripts know that are called day by day, and what `register` adds.
fn for_calls(shared: &Shared, register: impl FnOnce(&mut Natives<'_>)) -> (Engine, Table) {
    let mut engine = bare();
    let mut natives = Natives { engine: &mut engine, shared: shared.clone(), table: Table::default() };
    basics::register(&mut natives);
    draws::register(&mut natives);
    distributions::register(&mut natives);
    today::register(&mut natives);
    noted::register(&mut natives);
    register(&mut natives);
    let table = natives.table;
    (engine, table)
}

/// For `what_if`: what [`super::vocabulary::WHAT_IF`] lists, and what is about numbers.
pub(super) fn for_what_ifs(laboratory: &Rc<dyn Laboratory>) -> Engine {
    let mut engine = with_basics();
    engine.set_max_operations(limits::STEPS_OF_WHAT_IF);
    variants::register(&mut engine, laboratory);
    engine
}

/// An engine that parses a text as it is written.
pub(super) fn plain() -> Engine {
    let mut engine = bare();
    engine.set_optimization_level(OptimizationLevel::None);
    engine
}

/// The syntax tree of a script as it is written, for checks.
pub(super) fn parse(source: &std::sync::Arc<Source>) -> Result<AST, Box<Diagnostic>> {
    plain().compile(&source.text).map_err(|error| Box::new(super::failure::unreadable(&error, source)))
}
