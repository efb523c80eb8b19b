//! Random draws. Each takes exactly one uniform number of its stream.

use std::rc::Rc;

use rhai::{Array, Dynamic, Engine, ImmutableString, Variant};

use super::draft::{Desk, Draft};
use super::failure::{Outcome, fail};
use super::streams::Stream;
use crate::diagnostic::Diagnostic;

/// Registers the draws of the day, the same from streams of longer spans, and those streams.
pub(super) fn register(engine: &mut Engine, desk: &Rc<Desk>) {
    engine.register_type_with_name::<Stream>("draws");
    of_one(engine, desk, "chance", chance);
    of_one(engine, desk, "chance", |draws, probability: i64| chance(draws, probability as f64));
    of_two(engine, desk, "uniform", uniform);
    of_two(engine, desk, "uniform", |draws, a: i64, b: f64| uniform(draws, a as f64, b));
    of_two(engine, desk, "uniform", |draws, a: f64, b: i64| uniform(draws, a, b as f64));
    of_two(engine, desk, "uniform", uniform_whole);
    of_two(engine, desk, "normal", normal);
    of_two(engine, desk, "normal", |draws, mean: f64, deviation: i64| normal(draws, mean, deviation as f64));
    of_two(engine, desk, "normal", normal_whole);
    of_two(engine, desk, "normal", |draws, mean: i64, deviation: i64| normal_whole(draws, mean, deviation as f64));
    let own = desk.clone();
    engine.register_fn("pick", move |list: &mut Array| pick(&mut own.draft.borrow_mut().draws, list));
    engine.register_fn("pick", |draws: &mut Stream, list: Array| pick(draws, &list));
    stream(engine, desk, "this_week", |draft, purpose| draft.drawer.week(draft.day, purpose));
    stream(engine, desk, "this_month", |draft, purpose| draft.drawer.month(draft.day, purpose));
    stream(engine, desk, "always", |draft, purpose| draft.drawer.always(purpose));
}

fn of_one<A: Variant + Clone, T: Variant + Clone>(
    engine: &mut Engine,
    desk: &Rc<Desk>,
    name: &str,
    draw: fn(&mut Stream, A) -> Outcome<T>,
) {
    let own = desk.clone();
    engine.register_fn(name, move |a: A| draw(&mut own.draft.borrow_mut().draws, a));
    engine.register_fn(name, move |draws: &mut Stream, a: A| draw(draws, a));
}

fn of_two<A: Variant + Clone, B: Variant + Clone, T: Variant + Clone>(
    engine: &mut Engine,
    desk: &Rc<Desk>,
    name: &str,
    draw: fn(&mut Stream, A, B) -> Outcome<T>,
) {
    let own = desk.clone();
    engine.register_fn(name, move |a: A, b: B| draw(&mut own.draft.borrow_mut().draws, a, b));
    engine.register_fn(name, move |draws: &mut Stream, a: A, b: B| draw(draws, a, b));
}

fn stream(engine: &mut Engine, desk: &Rc<Desk>, name: &str, open: fn(&Draft, &str) -> Stream) {
    let own = desk.clone();
    engine.register_fn(name, move |purpose: ImmutableString| open(&own.draft.borrow(), &purpose));
}

fn chance(draws: &mut Stream, probability: f64) -> Outcome<bool> {
    if !(0.0..=1.0).contains(&probability) {
        return fail(Diagnostic::new(format!("`{probability}` isn't a probability")).expected("a number from 0 to 1"));
    }
    Ok(draws.unit() < probability)
}

fn uniform(draws: &mut Stream, a: f64, b: f64) -> Outcome<f64> {
    Ok(a + draws.unit() * (b - a))
}

fn uniform_whole(draws: &mut Stream, a: i64, b: i64) -> Outcome<i64> {
    let (low, high) = (i128::from(a.min(b)), i128::from(a.max(b)));
    let drawn = low + (draws.unit() * (high - low + 1) as f64) as i128;
    Ok(drawn.min(high) as i64)
}

fn normal(draws: &mut Stream, mean: f64, deviation: f64) -> Outcome<f64> {
    if deviation.is_nan() || deviation < 0.0 {
        return fail(
            Diagnostic::new(format!("`{deviation}` isn't a standard deviation")).expected("a number from 0 on"),
        );
    }
    Ok(mean + deviation * draws.normal())
}

fn normal_whole(draws: &mut Stream, mean: i64, deviation: f64) -> Outcome<i64> {
    Ok(normal(draws, mean as f64, deviation)?.round() as i64)
}

fn pick(draws: &mut Stream, list: &[Dynamic]) -> Outcome<Dynamic> {
    let index = (draws.unit() * list.len() as f64) as usize;
    match list.get(index) {
        Some(item) => Ok(item.clone()),
        None => fail(Diagnostic::new("nothing to pick from an empty list")),
    }
}
