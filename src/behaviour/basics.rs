//! Numbers, lists and literals: what Rhai's own packages would bring, without what they bring too much.

use std::ops::{Range, RangeInclusive};

use rhai::{Array, Dynamic, Engine, EvalAltResult, ImmutableString, Position};

use super::failure::fail;
use super::literals::{parse_duration, parse_time};
use super::natives::Natives;
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;

/// Registers them.
pub(super) fn register(natives: &mut Natives<'_>) {
    numbers(natives);
    lists(natives.engine);
    literals(natives);
}

fn numbers(natives: &mut Natives<'_>) {
    natives
        .engine
        .register_fn("!", |value: bool| !value)
        .register_fn("-", |number: i64| number.checked_neg().ok_or_else(too_large))
        .register_fn("-", |number: f64| -number);
    natives.pure("abs", |number: i64| number.checked_abs().ok_or_else(too_large));
    natives.pure("abs", |number: f64| Ok(number.abs()));
    for name in ["round", "floor", "ceiling"] {
        natives.pure(name, |number: i64| Ok(number));
    }
    natives.pure("round", |number: f64| Ok(number.round() as i64));
    natives.pure("floor", |number: f64| Ok(number.floor() as i64));
    natives.pure("ceiling", |number: f64| Ok(number.ceil() as i64));
    natives.pure("min", |a: i64, b: i64| Ok(a.min(b)));
    natives.pure("min", |a: f64, b: f64| Ok(a.min(b)));
    natives.pure("min", |a: i64, b: f64| Ok(b.min(a as f64)));
    natives.pure("min", |a: f64, b: i64| Ok(a.min(b as f64)));
    natives.pure("max", |a: i64, b: i64| Ok(a.max(b)));
    natives.pure("max", |a: f64, b: f64| Ok(a.max(b)));
    natives.pure("max", |a: i64, b: f64| Ok(b.max(a as f64)));
    natives.pure("max", |a: f64, b: i64| Ok(a.max(b as f64)));
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
            list.iter().any(|other| is_text(other, &item))
        })
        .register_fn("contains", |list: &mut Array, item: i64| list.iter().any(|other| is_whole(other, &item)))
        .register_fn("contains", |list: &mut Array, item: f64| list.iter().any(|other| is_fraction(other, &item)))
        .register_fn("contains", |range: &mut Range<i64>, number: i64| range.contains(&number))
        .register_fn("contains", |range: &mut RangeInclusive<i64>, number: i64| range.contains(&number));
}

/// Whether an item is this text.
pub(super) fn is_text(item: &Dynamic, text: &ImmutableString) -> bool {
    item.as_immutable_string_ref().is_ok_and(|item| *item == *text)
}

/// Whether an item is this number; 1 is 1.0.
pub(super) fn is_whole(item: &Dynamic, number: &i64) -> bool {
    item.as_int() == Ok(*number) || item.as_float() == Ok(*number as f64)
}

/// Likewise.
pub(super) fn is_fraction(item: &Dynamic, number: &f64) -> bool {
    item.as_float() == Ok(*number) || item.as_int().is_ok_and(|item| item as f64 == *number)
}

fn literals(natives: &mut Natives<'_>) {
    literal(natives, "time", read_time);
    literal(natives, "duration", read_duration);
    literal(natives, "date", read_date);
    for (name, unit) in [("minutes", 60), ("hours", 3_600), ("days", 86_400)] {
        natives.pure(name, move |count: i64| count.checked_mul(unit).ok_or_else(too_large));
        natives.pure(name, move |count: f64| Ok((count * unit as f64).round() as i64));
    }
}

fn literal(natives: &mut Natives<'_>, name: &'static str, read: fn(&str) -> Result<i64, Diagnostic>) {
    natives.pure(name, move |text: ImmutableString| read(&text).or_else(fail));
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
