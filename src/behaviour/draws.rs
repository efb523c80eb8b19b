//! Random draws. Each takes exactly one uniform number of its stream.

use rhai::{Dynamic, ImmutableString};

use super::draft::Desk;
use super::failure::{Outcome, fail};
use super::natives::Natives;
use super::streams::Stream;
use crate::diagnostic::Diagnostic;

/// Registers the draws of the day, the same from streams of longer spans, and those streams.
pub(super) fn register(natives: &mut Natives<'_>) {
    natives.engine.register_type_with_name::<Stream>("draws");
    natives.draw("chance", chance);
    natives.draw("chance", |draws: &mut Stream, probability: i64| chance(draws, probability as f64));
    natives.draw("uniform", uniform);
    natives.draw("uniform", |draws: &mut Stream, a: i64, b: f64| uniform(draws, a as f64, b));
    natives.draw("uniform", |draws: &mut Stream, a: f64, b: i64| uniform(draws, a, b as f64));
    natives.draw("uniform", |draws: &mut Stream, a: i64, b: i64| Ok(draws.uniform_whole(a, b)));
    natives.draw("normal", normal);
    natives.draw("normal", |draws: &mut Stream, mean: f64, deviation: i64| normal(draws, mean, deviation as f64));
    natives.draw("normal", normal_whole);
    natives.draw("normal", |draws: &mut Stream, mean: i64, deviation: i64| normal_whole(draws, mean, deviation as f64));
    natives.draw_from_list("pick", pick);
    natives.asks("this_week", |desk: &mut Desk, purpose: ImmutableString| {
        Ok(desk.draft.drawer.week(desk.draft.day, &purpose))
    });
    natives.asks("this_month", |desk: &mut Desk, purpose: ImmutableString| {
        Ok(desk.draft.drawer.month(desk.draft.day, &purpose))
    });
    natives.asks("always", |desk: &mut Desk, purpose: ImmutableString| Ok(desk.draft.drawer.always(&purpose)));
}

#[inline]
fn chance(draws: &mut Stream, probability: f64) -> Outcome<bool> {
    if !(0.0..=1.0).contains(&probability) {
        return fail(Diagnostic::new(format!("`{probability}` isn't a probability")).expected("a number from 0 to 1"));
    }
    Ok(draws.chance(probability))
}

fn uniform(draws: &mut Stream, a: f64, b: f64) -> Outcome<f64> {
    Ok(a + draws.unit() * (b - a))
}

fn normal(draws: &mut Stream, mean: f64, deviation: f64) -> Outcome<f64> {
    let deviation = a_deviation(deviation)?;
    Ok(mean + deviation * draws.normal())
}

#[inline]
fn normal_whole(draws: &mut Stream, mean: i64, deviation: f64) -> Outcome<i64> {
    let deviation = a_deviation(deviation)?;
    Ok(draws.normal_whole(mean, deviation))
}

#[inline]
fn a_deviation(deviation: f64) -> Outcome<f64> {
    if deviation.is_nan() || deviation < 0.0 {
        return fail(
            Diagnostic::new(format!("`{deviation}` isn't a standard deviation")).expected("a number from 0 on"),
        );
    }
    Ok(deviation)
}

fn pick(draws: &mut Stream, list: &[Dynamic]) -> Outcome<Dynamic> {
    let index = (draws.unit() * list.len() as f64) as usize;
    match list.get(index) {
        Some(item) => Ok(item.clone()),
        None => fail(Diagnostic::new("nothing to pick from an empty list")),
    }
}
