//! Rate sheets one after the other: which rates hold from the start, and which come into force later (rules.md S1).

use super::decode::{At, Entries, Errors};
use super::event::{Event, EventKind};
use super::known::Known;
use super::products::{over, overlay};
use super::record::Field;
use super::settings::Period;
use super::spec::{ProductSpec, RateSheetSpec};
use super::when::Moment;
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::ids::ProductId;
use crate::tokens::Tokens;

/// What the rate sheets say together.
#[derive(Default)]
pub struct Sheets {
    /// The products with the rates of the start. One that only a later sheet has is released when that comes into force.
    pub products: Entries<ProductSpec>,
    /// Rates that come into force later, in their order.
    later: Vec<(Day, String, Tokens)>,
    effective: Option<Day>,
}

impl Sheets {
    /// Adds a sheet. The first holds from the start; of those in force by then, the last.
    pub fn add(&mut self, sheet: &RateSheetSpec, period: &Period, errors: &mut Errors) {
        let products = sheet.products.get().cloned().unwrap_or_default();
        let first = self.effective.is_none();
        let Some(effective) = sheet.effective.given() else {
            self.products = overlay(std::mem::take(&mut self.products), products);
            return;
        };
        if let Some(before) = self.effective.filter(|before| effective.value <= *before) {
            let error = Diagnostic::new("rate sheets out of order").at(&effective.place);
            errors.push(error.expected(format!("expected after {before}, when the sheet before comes into force")));
        }
        self.effective = Some(effective.value);
        if first || period.first_day.is_none_or(|start| effective.value <= start) {
            self.products = overlay(std::mem::take(&mut self.products), products);
        } else {
            products.0.into_iter().for_each(|(name, spec)| self.change(effective, name, spec, errors));
        }
    }

    fn change(&mut self, effective: &At<Day>, name: At<String>, mut spec: At<ProductSpec>, errors: &mut Errors) {
        let known = self.products.0.iter_mut().find(|(known, _)| known.value == name.value);
        let Some((_, base)) = known else {
            let released = At { value: Moment::Day(effective.value), place: effective.place.clone() };
            spec.value.released = spec.value.released.or(Field::Given(released));
            self.products.0.push((name, spec));
            return;
        };
        check_same(&name, &spec.value, &base.value, errors);
        self.later.extend(spec.value.rate.get().map(|rate| (effective.value, name.value, *rate)));
        base.value = over(base.value.clone(), spec.value);
    }

    /// The changes of rates as events, but for products whose rate the scenario itself sets.
    pub fn events(&self, own: &Entries<ProductSpec>, names: &Known, period: &Period) -> Vec<Event> {
        let is_own = |name: &str| own.0.iter().any(|(own, spec)| own.value == name && !spec.value.rate.is_absent());
        let later = self.later.iter().filter(|(_, name, _)| !is_own(name));
        let event = |(day, name, tokens): &(Day, String, Tokens)| {
            let product = ProductId::from_index(names.id(name)?);
            Some(Event { at: period.zone.start_of(*day), what: EventKind::Rate { product, tokens: *tokens } })
        };
        later.filter_map(event).collect()
    }
}

/// Only its rate can change from one sheet to the next.
fn check_same(name: &At<String>, later: &ProductSpec, base: &ProductSpec, errors: &mut Errors) {
    let per = |spec: &ProductSpec| spec.per.get().copied().unwrap_or_default();
    let loads = |spec: &ProductSpec| spec.loads_with_host.get().copied().unwrap_or_default();
    if per(later) != per(base) || loads(later) != loads(base) || later.add_in_of.get() != base.add_in_of.get() {
        let error = Diagnostic::new(format!("`{}` is another kind of product than before", name.value)).at(&name.place);
        let expected = "expected the same `per`, `add_in_of` and `loads_with_host` as in the sheet before";
        errors.push(error.expected(expected).help("only its rate can change from one sheet to the next"));
    }
}
