//! What a script may use up: enough for any person's day, too little to hold up or fill a machine.

use rhai::{Dynamic, Engine, EvalAltResult};

use crate::diagnostic::Diagnostic;

/// Steps of the engine for one person's day; the shipped scripts take about 50.
pub(super) const STEPS: u64 = 100_000;
/// Steps for a whole `what_if`, forecasts not counted.
pub(super) const STEPS_OF_WHAT_IF: u64 = 10_000_000;
/// Functions that call each other.
pub(super) const CALL_DEPTH: usize = 24;
/// Levels of expressions and blocks within each other.
pub(super) const EXPRESSION_DEPTH: usize = 32;
/// Variables at one time.
pub(super) const VARIABLES: usize = 100;
/// Functions in a script.
const FUNCTIONS: usize = 100;
/// Bytes of a text, or of all texts of a list; with the variables this bounds the memory.
pub(super) const TEXT: usize = 10_000;
/// Items of a list, those within its items included.
pub(super) const ITEMS: usize = 1_000;
/// Bytes of a script.
pub(super) const SCRIPT_BYTES: u64 = 256 * 1024;
/// Sessions of one person on one day.
pub(super) const SESSIONS: usize = 1_000;
/// Notes of one call of a script.
pub(super) const NOTES: usize = 1_000;
/// The latest a session may open or close, in days after its own.
pub(super) const DAYS_AHEAD: i64 = 366;
/// Orders of all buyers on one day.
pub(super) const ORDERS: usize = 1_000;
/// Tokens of one order.
pub(super) const TOKENS: i64 = 1_000_000_000;
/// Different devices, or versions, in a replication.
pub(super) const NAMES: usize = 1_000;

/// Names of products that are found without looking at their letters.
pub(super) const MET: usize = 8;

/// The furthest date up to which working days are counted, in days.
pub(super) const DAYS_COUNTED: i64 = 3_660;
/// States of one script.
pub(super) const STATES: usize = 16;
/// Bytes of a text that a person carries.
pub(super) const STATE_TEXT: usize = 100;
/// Denials in a row after which something is tried again.
pub(super) const ATTEMPTS: u16 = 100;

/// Whether a list is beyond the limits.
pub(super) fn is_too_large(list: &[Dynamic]) -> bool {
    fn sizes(list: &[Dynamic]) -> (usize, usize) {
        list.iter().fold((list.len(), 0), |(items, bytes), item| {
            if let Ok(text) = item.as_immutable_string_ref() {
                (items, bytes + text.len())
            } else if let Ok(inner) = item.as_array_ref() {
                let (more, text) = sizes(&inner);
                (items + more, bytes + text)
            } else {
                (items, bytes)
            }
        })
    }
    let (items, bytes) = sizes(list);
    items > ITEMS || bytes > TEXT
}

/// Sets the limits; they hold in every build.
pub(super) fn set(engine: &mut Engine) {
    engine
        .set_max_operations(STEPS)
        .set_max_call_levels(CALL_DEPTH)
        .set_max_expr_depths(EXPRESSION_DEPTH, EXPRESSION_DEPTH)
        .set_max_variables(VARIABLES)
        .set_max_functions(FUNCTIONS)
        .set_max_string_size(TEXT)
        .set_max_array_size(ITEMS);
}

/// What to say of an error that is a limit exceeded.
pub(super) fn exceeded(error: &EvalAltResult) -> Option<Diagnostic> {
    Some(match error {
        EvalAltResult::ErrorTooManyOperations(_) => {
            Diagnostic::new(format!("not done after {STEPS} steps")).help("look for a loop that never ends")
        }
        EvalAltResult::ErrorStackOverflow(_) => {
            Diagnostic::new(format!("functions call each other more than {CALL_DEPTH} deep"))
                .help("look for a function that calls itself without end")
        }
        EvalAltResult::ErrorTooManyVariables(_) => Diagnostic::new(format!("more than {VARIABLES} variables")),
        EvalAltResult::ErrorDataTooLarge(..) => Diagnostic::new("a value grows too large")
            .expected(format!("at most {TEXT} bytes of text and lists of {ITEMS} items")),
        _ => return None,
    })
}
