//! From a path to a scenario: everything is read and checked, whatever is wrong elsewhere.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::decode::{Decode, Errors};
use super::events::{Scene, Written};
use super::known::Known;
use super::model::{BehaviourUse, Scenario};
use super::people::People;
use super::settings::Period;
use super::sheets::Sheets;
use super::spec::{RateSheetSpec, ScenarioSpec};
use super::unions::RatesSpec;
use super::{events, idle, policy, products, read, settings, supply, tree};
use crate::diagnostic::{Diagnostic, Source};

/// What became of a scenario's file.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The scenario, unless there is an error.
    pub scenario: Option<Scenario>,
    /// The behaviours of groups and users, as far as they could be read: each with the name of its group.
    pub behaviours: Vec<(String, BehaviourUse)>,
    /// The behaviours of buyers, each with the buyer's name.
    pub buyers: Vec<(String, BehaviourUse)>,
    /// The names of the products, as far as they could be read.
    pub products: Vec<String>,
    /// The names of the teams.
    pub teams: Vec<String>,
    /// Every error.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks a scenario and its rate sheet.
pub fn load(path: &Path) -> Loaded {
    let mut loading = Loading { inputs: Vec::new(), errors: Errors::new() };
    let spec: Option<ScenarioSpec> = match loading.decode(path) {
        Ok(spec) => spec,
        Err(error) => {
            loading.errors.push(error);
            None
        }
    };
    match spec {
        Some(spec) => loading.mean(path, spec),
        None => Loaded { diagnostics: loading.errors, ..Loaded::default() },
    }
}

struct Loading {
    inputs: Vec<Arc<Source>>,
    errors: Errors,
}

impl Loading {
    /// Reads a file and what is written there; an error where it can't be read at all.
    fn decode<T: Decode>(&mut self, path: &Path) -> Result<Option<T>, Diagnostic> {
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

    fn mean(mut self, path: &Path, spec: ScenarioSpec) -> Loaded {
        let folder = path.parent().unwrap_or(Path::new(""));
        let period = Period::of(&spec, &mut self.errors);
        let sheets = self.rates(folder, &period, spec.rates.get());
        let name = spec.name.get().cloned();
        let name = name.unwrap_or_else(|| path.file_stem().unwrap_or_default().to_string_lossy().into_owned());
        let scenario = meaning(name, folder, &period, &spec, &sheets, &mut self.errors);
        let uses = scenario.groups.iter().filter_map(|group| Some((group.name.clone(), group.behaviour.clone()?)));
        Loaded {
            behaviours: uses.collect(),
            buyers: scenario.buyers.iter().map(|buyer| (buyer.name.clone(), buyer.behaviour.clone())).collect(),
            teams: scenario.teams.iter().map(|team| team.name.clone()).collect(),
            products: scenario.products.iter().map(|product| product.name.clone()).collect(),
            scenario: self.errors.is_empty().then_some(Scenario { inputs: self.inputs, ..scenario }),
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
        forecast: settings::forecast(spec.forecast.given(), errors),
        inputs: Vec::new(),
    }
}
