//! What a scenario means: its parts, checked against each other.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::decode::{At, Decode, Errors};
use super::events::{Scene, Written};
use super::known::Known;
use super::load::{Behaving, Loaded, ScenarioFile};
use super::model::{Change, Scenario};
use super::people::People;
use super::settings::Period;
use super::sheets::Sheets;
use super::spec::{RateSheetSpec, ScenarioSpec};
use super::unions::RatesSpec;
use super::{events, idle, plan, policy, products, read, settings, supply, tree};
use crate::diagnostic::{Diagnostic, Source};
use crate::pseudonyms::Pseudonyms;

/// What is gathered while a scenario is read.
pub(super) struct Loading {
    pub(super) inputs: Vec<Arc<Source>>,
    pub(super) errors: Errors,
    /// Products that are changed, and that only a rate sheet can have.
    pub(super) of_sheets: Vec<At<String>>,
    pub(super) changes: Vec<Change>,
    pseudonyms: Pseudonyms,
}

impl Loading {
    pub(super) fn new(file: &ScenarioFile) -> Self {
        Loading {
            inputs: vec![file.source.clone()],
            errors: Errors::new(),
            of_sheets: file.of_sheets.clone(),
            changes: file.changes.clone(),
            pseudonyms: file.pseudonyms().clone(),
        }
    }

    pub(super) fn failed(self) -> Loaded {
        Loaded { diagnostics: self.errors, ..Loaded::default() }
    }

    /// Reads a file and what is written there; an error where it can't be read at all.
    pub(super) fn decode<T: Decode>(&mut self, path: &Path) -> Result<Option<T>, Diagnostic> {
        let source = read::read(path)?;
        self.inputs.push(source.clone());
        let root = tree::parse(&source)?;
        Ok(T::decode(&root, &mut self.errors))
    }

    /// What the rate sheets say.
    fn rates(&mut self, folder: &Path, period: &Period, rates: Option<&RatesSpec>) -> Sheets {
        let mut sheets = Sheets::default();
        for path in rates.into_iter().flat_map(|rates| &rates.0) {
            let sheet: Option<RateSheetSpec> = self.decode(&folder.join(&path.value)).unwrap_or_else(|error| {
                let error = if error.place.is_some() {
                    error
                } else {
                    error.at(&path.place).expected("expected a path relative to this file")
                };
                self.errors.push(error);
                None
            });
            sheet.into_iter().for_each(|sheet| sheets.add(&sheet, period, &mut self.errors));
        }
        sheets
    }

    pub(super) fn mean(mut self, path: &Path, spec: ScenarioSpec) -> Loaded {
        let folder = path.parent().unwrap_or(Path::new(""));
        let period = Period::of(&spec, &mut self.errors);
        let sheets = self.rates(folder, &period, spec.rates.get());
        let of_sheets =
            Known::new("product", "products", sheets.products.0.iter().map(|(name, _)| name.value.as_str()));
        of_sheets.find_all(&self.of_sheets, &mut self.errors);
        let name = spec.name.get().cloned();
        let name = name.unwrap_or_else(|| path.file_stem().unwrap_or_default().to_string_lossy().into_owned());
        let mut scenario = Scenario {
            inputs: self.inputs,
            changes: self.changes,
            ..meaning(name, folder, &period, &spec, &sheets, &mut self.errors)
        };
        scenario.call(&self.pseudonyms);
        let uses = scenario.groups.iter();
        let uses = uses.filter_map(|group| {
            Some((Behaving { name: group.name.clone(), key: group.key }, group.behaviour.clone()?))
        });
        let buyers = scenario.buyers.iter();
        let buyers = buyers.map(|buyer| (Behaving::named(&buyer.name), buyer.behaviour.clone()));
        Loaded {
            behaviours: uses.collect(),
            buyers: buyers.collect(),
            teams: scenario.teams.iter().map(|team| team.name.clone()).collect(),
            products: scenario.products.iter().map(|product| product.name.clone()).collect(),
            what_ifs: Vec::new(),
            scenario: self.errors.is_empty().then_some(scenario),
            diagnostics: self.errors,
        }
    }
}

/// The scenario as meant; where something is wrong, an error is recorded and anything stands in its place.
fn meaning(
    name: String,
    folder: &Path,
    period: &Period,
    spec: &ScenarioSpec,
    sheets: &Sheets,
    errors: &mut Errors,
) -> Scenario {
    let zone = period.zone;
    let own_products = spec.products.get().cloned().unwrap_or_default();
    let product_specs = &products::overlay(sheets.products.clone(), own_products.clone());
    let team_specs = spec.teams.get().cloned().unwrap_or_default();
    let calendars = settings::calendars(&spec.calendars.get().cloned().unwrap_or_default(), errors);
    let products = Known::new("product", "products", product_specs.0.iter().map(|(name, _)| name.value.as_str()));
    let teams = Known::new("team", "teams", team_specs.0.iter().map(|(name, _)| name.value.as_str()));
    let calendar_names = Known::new("calendar", "calendars", calendars.iter().map(|calendar| calendar.name.as_str()));
    let mut packs = supply::Packs::new(period);
    packs.on_hand(&team_specs, errors);
    packs.planned(spec.purchases.get().map_or(&[], Vec::as_slice), &teams, errors);
    let written = Written::new(spec.events.get().map_or(&[], Vec::as_slice), period, errors);
    let mut people = People {
        period,
        folder,
        products: &products,
        teams: &teams,
        calendars: &calendar_names,
        joins: written.joins(),
        groups: Vec::new(),
        users: Vec::new(),
        taken: BTreeSet::new(),
    };
    spec.people.get().into_iter().flatten().for_each(|person| people.add(person, errors));
    written.add_invited(&mut people);
    let (groups, mut users, joins) = (people.groups, people.users, people.joins);
    let (packs, team_specs) = (packs.into_packs(), supply::teams(&team_specs, &products, errors));
    let scene = Scene {
        products: &products,
        team_names: &teams,
        teams: &team_specs,
        packs: &packs,
        groups: &groups,
        joins: &joins,
    };
    let mut events = sheets.events(&own_products, &products, period);
    events.extend(events::events(&written, &scene, &mut users, errors));
    events.sort_by_key(|event| event.at);
    let idle = spec.rules.get().and_then(|rules| rules.idle_awareness.get());
    let (first_day, last_day) = (period.first_day.unwrap_or_default(), period.last_day.unwrap_or_default());
    Scenario {
        name,
        zone,
        first_day,
        last_day,
        start: zone.start_of(first_day),
        end: zone.start_of(last_day.plus(1)),
        currency: spec.currency.get().map_or_else(|| "USD".to_owned(), |currency| currency.0.clone()),
        products: products::products(product_specs, &products, zone, errors),
        teams: team_specs,
        groups,
        users,
        calendars,
        packs,
        events,
        buyers: policy::buyers(spec.policy.get(), folder, &calendar_names, errors),
        prices: spec.prices.get().map(|prices| supply::prices(prices, &products, errors)).unwrap_or_default(),
        idle_awareness: idle.map(|idle| idle::idle_awareness(idle, &products, errors)).unwrap_or_default(),
        rules: spec.rules.get().map(|rules| settings::rules(rules, errors)).unwrap_or_default(),
        reports: spec.rules.get().map(settings::reports).unwrap_or_default(),
        forecast: settings::forecast(spec.forecast.given(), errors),
        plan: plan::plan(spec.plan.get(), &teams, errors),
        changes: Vec::new(),
        inputs: Vec::new(),
        pseudonyms: Pseudonyms::default(),
    }
}
