//! The words of `what_if`: variants, their results, and what is shown of them.

use std::rc::Rc;

use rhai::{Array, Dynamic, Engine, EvalAltResult, ImmutableString, NativeCallContext, Position};

use super::failure::{Outcome, fail, fail_at};
use super::laboratory::{Figure, Laboratory, Part, Shown};
use super::limits;
use crate::diagnostic::Diagnostic;
use crate::scenario::{GivenValue, MOST_REPLICATIONS, Override};

/// `scenario`, or a variant of it.
#[derive(Clone, Default)]
pub(super) struct Variant {
    changes: Vec<Override>,
    /// Where each of them is made.
    places: Vec<Position>,
    name: ImmutableString,
}

/// What came of a variant, or a part of it.
#[derive(Clone)]
struct Found {
    result: usize,
    part: Part,
    label: ImmutableString,
}

/// Registers them.
pub(super) fn register(engine: &mut Engine, laboratory: &Rc<dyn Laboratory>) {
    engine.register_type_with_name::<Variant>("a variant").register_type_with_name::<Found>("a result");
    variants(engine, laboratory);
    parts(engine, laboratory);
    figures(engine, laboratory);
    telling(engine, laboratory);
    ranges(engine);
}

fn variants(engine: &mut Engine, laboratory: &Rc<dyn Laboratory>) {
    let own = laboratory.clone();
    engine.register_fn(
        "having",
        move |context: NativeCallContext, variant: &mut Variant, path: ImmutableString, value: Dynamic| {
            let change = Override::written(&path, &written(&value)?)
                .or_else(|wrong| fail(Diagnostic { place: None, ..wrong }))?;
            let mut changed = variant.clone();
            changed.changes.push(change);
            changed.places.push(context.call_position());
            let checked = own.check(&changed.changes);
            checked.map(|()| changed).or_else(|wrong| fail(Diagnostic { place: None, ..wrong }))
        },
    );
    engine.register_fn("named", |variant: &mut Variant, name: ImmutableString| Variant { name, ..variant.clone() });
    let own = laboratory.clone();
    engine.register_fn("value", move |variant: &mut Variant, path: ImmutableString| -> Outcome<Dynamic> {
        own.value(&variant.changes, &path).map(read).or_else(fail)
    });
    let own = laboratory.clone();
    engine.register_fn("forecast", move |variant: &mut Variant| forecast(&*own, variant, None));
    let own = laboratory.clone();
    engine.register_fn("forecast", move |variant: &mut Variant, replications: i64| {
        let count = u32::try_from(replications).ok().filter(|count| (1..=MOST_REPLICATIONS).contains(count));
        match count {
            Some(count) => forecast(&*own, variant, Some(count)),
            None => fail(
                Diagnostic::new(format!("`{replications}` replications can't be run")).expected("from 1 to a million"),
            ),
        }
    });
}

fn forecast(laboratory: &dyn Laboratory, variant: &Variant, replications: Option<u32>) -> Outcome<Found> {
    match laboratory.forecast(&variant.changes, replications) {
        Ok(result) => Ok(Found { result, part: Part::All, label: variant.name.clone() }),
        Err(errors) => Err(refused(variant, errors)),
    }
}

/// Why a variant can't be forecast: told where the change was made that is wrong, or where else it arose.
fn refused(variant: &Variant, errors: Vec<Diagnostic>) -> Box<EvalAltResult> {
    let others = errors.len().saturating_sub(1);
    let mut error = errors.into_iter().next().unwrap_or_else(|| Diagnostic::new("the variant can't be forecast"));
    let wrong = |place| variant.changes.iter().position(|change| change.holds(place));
    let change = error.place.as_ref().and_then(wrong);
    if change.is_some() {
        error.place = None;
    } else {
        error.message += &format!(" (in the variant `{}`)", variant.told());
    }
    if others > 0 {
        error.message += &format!(", and {others} more error{}", if others == 1 { "" } else { "s" });
    }
    fail_at(error, change.map_or(Position::NONE, |change| variant.places[change]))
}

impl Variant {
    /// What it is called, or what is changed in it.
    fn told(&self) -> String {
        if !self.name.is_empty() {
            return self.name.to_string();
        }
        if self.changes.is_empty() {
            return "as it is".to_owned();
        }
        let changes = self.changes.iter().map(|change| format!("{}: {}", change.path(), change.value()));
        changes.collect::<Vec<_>>().join(", ")
    }
}

fn parts(engine: &mut Engine, laboratory: &Rc<dyn Laboratory>) {
    let mut part = |name: &str, part: fn(String) -> Part| {
        let own = laboratory.clone();
        engine.register_fn(name, move |found: &mut Found, name: ImmutableString| -> Outcome<Found> {
            let part = part(name.to_string());
            let names = own.names(found.result, &part);
            if !names.iter().any(|known| *known == name) {
                let unknown = Diagnostic::new(format!("unknown {} `{name}`", part.kind()));
                let listed = names.iter().take(20).map(String::as_str).collect::<Vec<_>>().join(", ");
                let names = names.iter().map(String::as_str);
                return fail(unknown.expected(format!("one of {listed}")).nearest(&name, names));
            }
            Ok(Found { part, ..found.clone() })
        });
    };
    part("of", Part::Team);
    part("of_group", Part::Group);
    part("of_product", Part::Product);
}

fn figures(engine: &mut Engine, laboratory: &Rc<dyn Laboratory>) {
    let figures = [
        ("burn", Figure::Burn),
        ("burn_half_width", Figure::BurnHalfWidth),
        ("stock_out", Figure::StockOut),
        ("stock_out_low", Figure::StockOutLow),
        ("stock_out_high", Figure::StockOutHigh),
        ("waste", Figure::Waste),
        ("denials", Figure::Denials),
        ("avoidable", Figure::Avoidable),
        ("cost", Figure::Cost),
    ];
    for (name, figure) in figures {
        let own = laboratory.clone();
        engine.register_get(name, move |found: &mut Found| read_figure(&*own, found, name, figure));
    }
    let own = laboratory.clone();
    engine.register_fn("burn", move |found: &mut Found, share: f64| quantile(&*own, found, share));
    let own = laboratory.clone();
    engine.register_fn("burn", move |found: &mut Found, share: i64| quantile(&*own, found, share as f64));
}

fn quantile(laboratory: &dyn Laboratory, found: &Found, share: f64) -> Outcome<f64> {
    if !(0.0..=1.0).contains(&share) {
        return fail(Diagnostic::new(format!("`{share}` isn't a share")).expected("a number from 0 to 1, such as 0.9"));
    }
    read_figure(laboratory, found, "burn", Figure::BurnAt(share))
}

fn read_figure(laboratory: &dyn Laboratory, found: &Found, name: &str, figure: Figure) -> Outcome<f64> {
    let Some(number) = laboratory.figure(found.result, &found.part, figure) else {
        let (kind, name_of_part) = (found.part.kind(), found.part.name());
        return fail(match (figure, &found.part) {
            (Figure::Cost, Part::All | Part::Team(_)) => Diagnostic::new("no cost is known")
                .expected("what is bought costs something where the scenario has `prices.tokens`"),
            (Figure::BurnHalfWidth, _) => {
                Diagnostic::new("one replication has no interval").expected("a forecast with 2 replications or more")
            }
            _ => Diagnostic::new(format!("the {kind} `{name_of_part}` has no `{name}` of its own"))
                .expected("of groups and products, `burn`, `burn_half_width` and `avoidable` are known"),
        });
    };
    Ok(number)
}

fn telling(engine: &mut Engine, laboratory: &Rc<dyn Laboratory>) {
    let own = laboratory.clone();
    engine.register_fn("show", move |found: Found| show(&*own, &found, &found.label));
    let own = laboratory.clone();
    engine.register_fn("show", move |found: Found, label: ImmutableString| show(&*own, &found, &label));
    let own = laboratory.clone();
    engine.register_fn("note", move |text: ImmutableString| own.note(&text).or_else(fail));
}

fn show(laboratory: &dyn Laboratory, found: &Found, label: &str) -> Outcome<()> {
    laboratory.show(Shown { result: found.result, part: found.part.clone(), label: label.to_owned() }).or_else(fail)
}

fn ranges(engine: &mut Engine) {
    engine
        .register_fn("numbers", numbers)
        .register_fn("numbers", |from: i64, to: i64, count: i64| numbers(from as f64, to as f64, count))
        .register_fn("numbers", |from: i64, to: f64, count: i64| numbers(from as f64, to, count))
        .register_fn("numbers", |from: f64, to: i64, count: i64| numbers(from, to as f64, count));
}

/// Evenly from one number to another, both included, rounded to the ninth decimal so that 0.3 is 0.3.
fn numbers(from: f64, to: f64, count: i64) -> Outcome<Array> {
    let limit = limits::ITEMS as i64;
    if !(2..=limit).contains(&count) {
        return fail(
            Diagnostic::new(format!("{count} numbers can't be laid out")).expected(format!("from 2 to {limit}")),
        );
    }
    let number = |at: i64| from + (to - from) * at as f64 / (count - 1) as f64;
    Ok((0..count).map(|at| Dynamic::from((number(at) * 1e9).round() / 1e9)).collect())
}

/// A value as YAML writes it; a text as it is, so that it means what it would in a scenario.
fn written(value: &Dynamic) -> Outcome<String> {
    if let Some(list) = value.read_lock::<Array>() {
        let items: Outcome<Vec<String>> = list.iter().map(written).collect();
        return Ok(format!("[{}]", items?.join(", ")));
    }
    if let Some(text) = value.read_lock::<ImmutableString>() {
        return Ok(text.to_string());
    }
    let plain = value.as_int().map(|number| number.to_string());
    let plain =
        plain.or(value.as_float().map(|number| number.to_string())).or(value.as_bool().map(|yes| yes.to_string()));
    plain.or_else(|_| {
        fail(Diagnostic::new("this can't stand in a scenario").expected("a number, a text, true or false, or a list"))
    })
}

/// A value of a scenario as a script sees it.
pub(super) fn read(value: GivenValue) -> Dynamic {
    match value {
        GivenValue::Bool(yes) => yes.into(),
        GivenValue::Integer(number) => number.into(),
        GivenValue::Number(number) => number.into(),
        GivenValue::Text(text) => text.into(),
        GivenValue::List(items) => items.into_iter().map(read).collect::<Array>().into(),
        // What is uncertain has no value before a replication begins.
        GivenValue::Uncertain(_) => Dynamic::UNIT,
    }
}
