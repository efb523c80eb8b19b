//! Numbers, lists and literals: what Rhai's own packages would bring, without what they bring too much.

use std::ops::{Range, RangeInclusive};

use rhai::{Array, Dynamic, Engine, EvalAltResult, ImmutableString, Position};

use super::failure::{Outcome, fail};
use super::literals::{parse_duration, parse_time};
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;

/// Registers them.
pub(super) fn register(engine: &mut Engine) {
    numbers(engine);
    lists(engine);
    literals(engine);
}

fn numbers(engine: &mut Engine) {
    engine
        .register_fn("!", |value: bool| !value)
        .register_fn("-", |number: i64| number.checked_neg().ok_or_else(too_large))
        .register_fn("-", |number: f64| -number)
        .register_fn("abs", |number: i64| number.checked_abs().ok_or_else(too_large))
        .register_fn("abs", f64::abs)
        .register_fn("round", |number: f64| number.round() as i64)
        .register_fn("floor", |number: f64| number.floor() as i64)
        .register_fn("ceiling", |number: f64| number.ceil() as i64)
        .register_fn("min", |a: i64, b: i64| a.min(b))
        .register_fn("min", |a: f64, b: f64| a.min(b))
        .register_fn("min", |a: i64, b: f64| b.min(a as f64))
        .register_fn("min", |a: f64, b: i64| a.min(b as f64))
        .register_fn("max", |a: i64, b: i64| a.max(b))
        .register_fn("max", |a: f64, b: f64| a.max(b))
        .register_fn("max", |a: i64, b: f64| b.max(a as f64))
        .register_fn("max", |a: f64, b: i64| a.max(b as f64));
}

fn too_large() -> Box<EvalAltResult> {
    EvalAltResult::ErrorArithmetic("the number grows too large".into(), Position::NONE).into()
}

fn lists(engine: &mut Engine) {
    engine
        .register_iterator::<Array>()
        .register_iterator::<Range<i64>>()
        .register_iterator::<RangeInclusive<i64>>()
        .register_fn("len", |list: &mut Array| list.len() as i64)
        .register_fn("push", |list: &mut Array, item: Dynamic| list.push(item))
        .register_fn("contains", |list: &mut Array, item: ImmutableString| {
            list.iter().any(|other| other.as_immutable_string_ref().is_ok_and(|other| *other == item))
        })
        .register_fn("contains", |list: &mut Array, item: i64| list.iter().any(|other| other.as_int() == Ok(item)))
        .register_fn("contains", |list: &mut Array, item: f64| list.iter().any(|other| other.as_float() == Ok(item)))
        .register_fn("contains", |range: &mut Range<i64>, number: i64| range.contains(&number))
        .register_fn("contains", |range: &mut RangeInclusive<i64>, number: i64| range.contains(&number));
}

fn literals(engine: &mut Engine) {
    literal(engine, "time", read_time);
    literal(engine, "duration", read_duration);
    literal(engine, "date", read_date);
    for (name, unit) in [("minutes", 60), ("hours", 3_600), ("days", 86_400)] {
        engine.register_fn(name, move |count: i64| count.checked_mul(unit).ok_or_else(too_large));
        engine.register_fn(name, move |count: f64| (count * unit as f64).round() as i64);
    }
}

fn literal(engine: &mut Engine, name: &str, read: fn(&str) -> Result<i64, Diagnostic>) {
    engine.register_fn(name, move |text: ImmutableString| -> Outcome<i64> { read(&text).or_else(fail) });
}

/// `time("09:00")`
pub(super) fn read_time(text: &str) -> Result<i64, Diagnostic> {
    parse_time(text).ok_or_else(|| not_a(text, "time of day", "09:00"))
}

/// `duration("30m")`
pub(super) fn read_duration(text: &str) -> Result<i64, Diagnostic> {
    parse_duration(text).ok_or_else(|| not_a(text, "duration", "30m"))
}

/// `date("2027-03-01")`
pub(super) fn read_date(text: &str) -> Result<i64, Diagnostic> {
    Day::parse(text).map(|day| day.number().into()).ok_or_else(|| not_a(text, "date", "2027-03-01"))
}

fn not_a(text: &str, what: &str, example: &str) -> Diagnostic {
    Diagnostic::new(format!("`{text}` isn't a {what}")).expected(format!("one such as \"{example}\""))
}
