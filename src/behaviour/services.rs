//! Cloud services, which are charged per result.

use rhai::ImmutableString;

use super::draft::{Act, Desk, within_reach};
use super::failure::{Outcome, fail};
use super::natives::{Effects, Natives};
use super::person::Me;
use crate::diagnostic::Diagnostic;
use crate::tokens::Tokens;

/// A job that a script has just ordered: its number on the desk.
#[derive(Clone, Copy, Default)]
pub(super) struct Job(usize);

/// Registers `me.orders(product, at, quantity)` and `job.fails(at, quantity)`; quantities are whole or with a fraction.
pub(super) fn register(natives: &mut Natives<'_>) {
    natives.engine.register_type_with_name::<Job>("a job");
    natives.method("orders", Effects::ACTS, |desk: &mut Desk, _: Me, product: ImmutableString, at: i64, count: i64| {
        desk.order(&product, at, whole(count)?)
    });
    natives.method("orders", Effects::ACTS, |desk: &mut Desk, _: Me, product: ImmutableString, at: i64, count: f64| {
        desk.order(&product, at, part(count)?)
    });
    natives.method("fails", Effects::ACTS, |desk: &mut Desk, job: Job, at: i64| {
        let all = desk.draft.sessions[job.0].quantity();
        desk.fail_results(job, at, all)
    });
    natives.method("fails", Effects::ACTS, |desk: &mut Desk, job: Job, at: i64, count: i64| {
        desk.fail_results(job, at, whole(count)?)
    });
    natives.method("fails", Effects::ACTS, |desk: &mut Desk, job: Job, at: i64, count: f64| {
        desk.fail_results(job, at, part(count)?)
    });
}

/// The most results that a job may have: more than anybody pays for, and few enough to be counted in millionths.
const MOST: i64 = 1_000_000_000;

fn whole(quantity: i64) -> Outcome<Tokens> {
    if (0..=MOST).contains(&quantity) { Ok(Tokens::whole(quantity)) } else { not_a_quantity(&quantity.to_string()) }
}

/// To the nearest millionth.
fn part(quantity: f64) -> Outcome<Tokens> {
    if !(0.0..=MOST as f64).contains(&quantity) {
        return not_a_quantity(&quantity.to_string());
    }
    Ok(Tokens::from_millionths((quantity * 1e6).round() as i64))
}

fn not_a_quantity<T>(written: &str) -> Outcome<T> {
    fail(Diagnostic::new(format!("`{written}` isn't a quantity")).expected(format!("a number from 0 to {MOST}")))
}

impl Desk {
    /// Adds an order; of nothing, where the quantity is 0.
    fn order(&mut self, product: &str, at: i64, quantity: Tokens) -> Outcome<Job> {
        let id = self.service(product)?;
        if let Some(rate) = self.rates[id.index()].iter().find(|rate| rate.times(quantity).is_none()) {
            let inexact = Diagnostic::new(format!("{quantity} results can't be charged exactly"));
            let inexact = inexact.expected(format!("at {rate} tokens for each result of `{product}`"));
            return fail(inexact.help("tokens have at most six decimals"));
        }
        let number = self.put(id, at, None)?;
        let sketch = &mut self.draft.sessions[number];
        (sketch.act, sketch.extra().quantity) = (Act::Orders, quantity);
        Ok(Job(number))
    }

    /// Has so many results of a job fail.
    fn fail_results(&mut self, job: Job, at: i64, quantity: Tokens) -> Outcome<Job> {
        let at = within_reach(at)?;
        let sketch = &mut self.draft.sessions[job.0];
        if quantity > sketch.quantity() {
            let more = Diagnostic::new(format!("{quantity} results fail, and {} were ordered", sketch.quantity()));
            return fail(more.expected("at most as many as were ordered"));
        }
        if let Some(rate) = self.rates[sketch.product.index()].iter().find(|rate| rate.times(quantity).is_none()) {
            let inexact = Diagnostic::new(format!("{quantity} results can't be given back exactly"));
            return fail(inexact.expected(format!("at {rate} tokens for each result")));
        }
        sketch.extra().failed = Some((at, quantity)).filter(|_| !quantity.is_zero());
        Ok(job)
    }
}
