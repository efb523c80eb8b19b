//! Random draws beyond the plainest. Each inverts a distribution function, and so takes exactly one uniform number.

use rhai::Dynamic;

use super::failure::{Outcome, fail};
use super::natives::Natives;
use super::streams::Stream;
use crate::diagnostic::Diagnostic;

/// Registers them; what is whole at first gives what is whole.
pub(super) fn register(natives: &mut Natives<'_>) {
    natives.draw("log_normal", log_normal);
    natives.draw("log_normal", |draws: &mut Stream, median: f64, spread: i64| log_normal(draws, median, spread as f64));
    natives.draw("log_normal", |draws: &mut Stream, median: i64, spread: f64| {
        log_normal(draws, median as f64, spread).map(whole)
    });
    natives.draw("log_normal", |draws: &mut Stream, median: i64, spread: i64| {
        log_normal(draws, median as f64, spread as f64).map(whole)
    });
    natives.draw("exponential", exponential);
    natives.draw("exponential", |draws: &mut Stream, mean: i64| exponential(draws, mean as f64).map(whole));
    natives.draw("poisson", poisson);
    natives.draw("poisson", |draws: &mut Stream, mean: i64| poisson(draws, mean as f64));
    natives.weighted_draw("pick", weighted);
    natives.draw_from_list("empirical", empirical);
}

fn whole(number: f64) -> i64 {
    number.round() as i64
}

/// Whose logarithm is normal, around that of the median.
fn log_normal(draws: &mut Stream, median: f64, spread: f64) -> Outcome<f64> {
    let spread = not_negative(spread, "spread")?;
    Ok(draws.log_normal(not_negative(median, "median")?, spread))
}

fn exponential(draws: &mut Stream, mean: f64) -> Outcome<f64> {
    Ok(not_negative(mean, "mean")? * -libm::log1p(-draws.unit()))
}

/// The largest mean of a Poisson draw.
const MOST: f64 = 500.0;

fn poisson(draws: &mut Stream, mean: f64) -> Outcome<i64> {
    if !(0.0..=MOST).contains(&mean) {
        let wrong = Diagnostic::new(format!("`{mean}` isn't a mean for `poisson`"));
        return fail(wrong.expected(format!("a number from 0 to {MOST}")).help("`normal` is close to it beyond"));
    }
    Ok(draws.poisson(mean))
}

fn weighted(draws: &mut Stream, list: &[Dynamic], weights: &[Dynamic]) -> Outcome<Dynamic> {
    if list.len() != weights.len() {
        let wrong = Diagnostic::new(format!("{} to pick from, and {} weights", list.len(), weights.len()));
        return fail(wrong.expected("a weight for each"));
    }
    let weights = numbers(weights)?;
    for weight in &weights {
        not_negative(*weight, "weight")?;
    }
    let mut left = draws.unit() * weights.iter().sum::<f64>();
    for (item, weight) in list.iter().zip(&weights) {
        left -= weight;
        if left < 0.0 {
            return Ok(item.clone());
        }
    }
    fail(Diagnostic::new("nothing to pick").expected("a weight above 0"))
}

/// Evenly spaced quantiles from the least to the greatest, linear between them; whole where all are.
fn empirical(draws: &mut Stream, values: &[Dynamic]) -> Outcome<Dynamic> {
    let mut sorted = numbers(values)?;
    let Some(last) = sorted.len().checked_sub(1) else {
        return fail(Diagnostic::new("nothing to draw from an empty list"));
    };
    sorted.sort_by(f64::total_cmp);
    let place = draws.unit() * last as f64;
    let below = (place as usize).min(last);
    let above = (below + 1).min(last);
    let drawn = sorted[below] + (place - below as f64) * (sorted[above] - sorted[below]);
    let is_whole = values.iter().all(Dynamic::is_int);
    Ok(if is_whole { Dynamic::from(whole(drawn)) } else { Dynamic::from(drawn) })
}

fn numbers(list: &[Dynamic]) -> Outcome<Vec<f64>> {
    let number = |item: &Dynamic| item.as_float().or(item.as_int().map(|whole| whole as f64));
    match list.iter().map(number).collect() {
        Ok(numbers) => Ok(numbers),
        Err(other) => fail(Diagnostic::new(format!("a list with {other} in it")).expected("a list of numbers")),
    }
}

fn not_negative(number: f64, what: &str) -> Outcome<f64> {
    if number.is_finite() && number >= 0.0 {
        return Ok(number);
    }
    fail(Diagnostic::new(format!("`{number}` isn't a {what}")).expected("a number from 0 on"))
}
