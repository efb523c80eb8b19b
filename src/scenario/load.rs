//! From a path to a scenario: everything is read and checked, whatever is wrong elsewhere.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::decode::{At, Decode, Errors};
use super::events::{Scene, Written};
use super::given::{BehaviourUse, GivenValue};
use super::known::Known;
use super::model::{Change, Scenario};
use super::overrides::{Override, apply, find};
use super::parameters::plain_value;
use super::people::People;
use super::settings::Period;
use super::sheets::Sheets;
use super::spec::{RateSheetSpec, ScenarioSpec};
use super::tree::{Node, Value};
use super::unions::RatesSpec;
use super::{events, idle, plan, policy, products, read, settings, supply, tree};
use crate::diagnostic::{Diagnostic, Source};
use crate::keys::name_key;
use crate::pseudonyms::Pseudonyms;

/// What became of a scenario's file.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The scenario, unless there is an error.
    pub scenario: Option<Scenario>,
    /// The behaviours of groups and users, as far as they could be read: each with its group.
    pub behaviours: Vec<(Behaving, BehaviourUse)>,
    /// The behaviours of buyers.
    pub buyers: Vec<(Behaving, BehaviourUse)>,
    /// The names of the products, as far as they could be read.
    pub products: Vec<String>,
    /// The names of the teams.
    pub teams: Vec<String>,
    /// The variants under `what_if`, in the order of writing.
    pub what_ifs: Vec<WhatIf>,
    /// Every error.
    pub diagnostics: Vec<Diagnostic>,
}

/// Who has a behaviour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behaving {
    /// The name of the group or buyer.
    pub name: String,
    /// The key of its name as it is written, on which draws hang.
    pub key: u64,
}

impl Behaving {
    /// Under the name as it is written.
    pub fn named(name: &str) -> Self {
        Behaving { name: name.to_owned(), key: name_key(name) }
    }
}

/// A variant of a scenario, as `what_if` names it.
#[derive(Debug)]
pub struct WhatIf {
    /// Its name.
    pub name: String,
    /// What is changed.
    pub overrides: Vec<Override>,
    /// What became of it, but for the scenario and the errors.
    pub loaded: Loaded,
}

impl WhatIf {
    /// Says of an error that it is this variant's.
    pub fn own(&self, error: Diagnostic) -> Diagnostic {
        Diagnostic { message: format!("{} (in the what-if `{}`)", error.message, self.name), ..error }
    }
}

/// Reads and checks a scenario, its rate sheets and its variants.
pub fn load(path: &Path) -> Loaded {
    match ScenarioFile::open(path) {
        Ok(file) => file.load(),
        Err(error) => Loaded { diagnostics: vec![error], ..Loaded::default() },
    }
}

/// Reads and checks a scenario with changes, made one after the other.
pub fn load_with(path: &Path, overrides: &[Override]) -> Loaded {
    match ScenarioFile::open(path) {
        Ok(file) => file.load_with(overrides),
        Err(error) => Loaded { diagnostics: vec![error], ..Loaded::default() },
    }
}

/// A scenario's file as it is written: it is read once, and every variant is made of it.
#[derive(Clone, Debug)]
pub struct ScenarioFile {
    path: PathBuf,
    source: Arc<Source>,
    pub(super) root: Node,
    /// What people are called once it is loaded.
    pseudonyms: Pseudonyms,
    /// What was changed, and those of the products changed that only a rate sheet can have.
    changes: Vec<Change>,
    of_sheets: Vec<At<String>>,
}

impl ScenarioFile {
    /// Reads the file; nothing is checked but that it is YAML.
    pub fn open(path: &Path) -> Result<Self, Diagnostic> {
        let source = read::read(path)?;
        let root = tree::parse(&source)?;
        Ok(ScenarioFile {
            path: path.to_owned(),
            source,
            root,
            pseudonyms: Pseudonyms::default(),
            changes: Vec::new(),
            of_sheets: Vec::new(),
        })
    }

    /// The same, where people are called as these pseudonyms have it.
    pub fn calling(self, pseudonyms: Pseudonyms) -> Self {
        let pseudonyms = pseudonyms.knowing(self.names());
        ScenarioFile { pseudonyms, ..self }
    }

    /// What people are called, with every name that is written in the file known.
    pub fn pseudonyms(&self) -> &Pseudonyms {
        &self.pseudonyms
    }

    /// Makes changes for good, one after the other: every variant has them too.
    pub fn change(&mut self, overrides: &[Override]) -> Result<(), Vec<Diagnostic>> {
        let mut errors = Errors::new();
        self.of_sheets.extend(apply(&mut self.root, overrides, &mut errors));
        self.changes.extend(overrides.iter().map(Override::change));
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// The scenario as it is written, and its variants.
    pub fn load(&self) -> Loaded {
        let mut loading = Loading::new(self);
        let Some(spec) = ScenarioSpec::decode(&self.root, &mut loading.errors) else { return loading.failed() };
        let variants = spec.what_if.get().map_or_else(Vec::new, |variants| variants.0.clone());
        let mut loaded = loading.mean(&self.path, spec);
        for (name, changes) in variants {
            let variant = self.variant(&name.value, changes.0, loaded.scenario.is_some(), &mut loaded.diagnostics);
            loaded.what_ifs.push(variant);
        }
        if !loaded.diagnostics.is_empty() {
            loaded.scenario = None;
        }
        loaded
    }

    /// The scenario with changes, made one after the other.
    pub fn load_with(&self, overrides: &[Override]) -> Loaded {
        let mut loading = Loading::new(self);
        let mut root = self.root.clone();
        loading.of_sheets.extend(apply(&mut root, overrides, &mut loading.errors));
        loading.changes.extend(overrides.iter().map(Override::change));
        if !loading.errors.is_empty() {
            return loading.failed();
        }
        match ScenarioSpec::decode(&root, &mut loading.errors) {
            Some(spec) => loading.mean(&self.path, spec),
            None => loading.failed(),
        }
    }

    /// Whether the paths of changes lead somewhere: all that is wrong with them.
    pub fn check(&self, overrides: &[Override]) -> Vec<Diagnostic> {
        let mut errors = Errors::new();
        apply(&mut self.root.clone(), overrides, &mut errors);
        errors
    }

    /// A file that changes would have read and the scenario itself doesn't name: a script of one's own or a rate sheet.
    pub fn new_file(&self, overrides: &[Override]) -> Option<String> {
        let mut root = self.root.clone();
        apply(&mut root, overrides, &mut Errors::new());
        let known = files(&self.root);
        files(&root).into_iter().find(|file| !known.contains(file))
    }

    /// What stands at a path once changes are made.
    pub fn value(&self, overrides: &[Override], path: &str) -> Result<GivenValue, Diagnostic> {
        let (mut root, mut errors) = (self.root.clone(), Errors::new());
        apply(&mut root, overrides, &mut errors);
        let value = find(&root, path).and_then(|node| plain_value(node, &mut errors));
        value.ok_or_else(|| {
            let nothing = Diagnostic::new(format!("no value stands at `{path}`"));
            nothing.expected("a path to a value, or to a list of values, that is written in the scenario's file")
        })
    }

    /// A variant with its errors: in full only where the scenario itself has none, of which they would be echoes.
    fn variant(&self, name: &str, overrides: Vec<Override>, in_full: bool, errors: &mut Errors) -> WhatIf {
        let loaded = if in_full {
            self.load_with(&overrides)
        } else {
            Loaded { diagnostics: self.check(&overrides), ..Loaded::default() }
        };
        let Loaded { diagnostics, .. } = loaded;
        let loaded = Loaded { scenario: None, diagnostics: Vec::new(), ..loaded };
        let name = self.pseudonyms.text(name).into_owned();
        let variant = WhatIf { name, overrides, loaded };
        errors.extend(diagnostics.into_iter().map(|error| variant.own(error)));
        variant
    }
}

/// The files that a scenario names.
fn files(node: &Node) -> BTreeSet<String> {
    fn named(key: &str, node: &Node, files: &mut BTreeSet<String>) {
        match &node.value {
            Value::Scalar(scalar) if key == "rates" || key == "behaviour" && is_path(&scalar.text) => {
                files.insert(scalar.text.clone());
            }
            Value::Scalar(_) | Value::Empty => {}
            Value::List(items) => items.iter().for_each(|item| named(key, item, files)),
            Value::Map(entries) => {
                for (inner, value) in entries {
                    let inner = if let Value::Scalar(scalar) = &inner.value { &*scalar.text } else { "" };
                    // A list of rate sheets says from when on each holds.
                    named(if key == "rates" { key } else { inner }, value, files);
                }
            }
        }
    }
    let mut files = BTreeSet::new();
    named("", node, &mut files);
    files
}

/// Whether a behaviour is named by its path.
pub fn is_path(behaviour: &str) -> bool {
    behaviour.contains('/') || behaviour.ends_with(".rhai")
}

struct Loading {
    inputs: Vec<Arc<Source>>,
    errors: Errors,
    /// Products that are changed, and that only a rate sheet can have.
    of_sheets: Vec<At<String>>,
    changes: Vec<Change>,
    pseudonyms: Pseudonyms,
}

impl Loading {
    fn new(file: &ScenarioFile) -> Self {
        Loading {
            inputs: vec![file.source.clone()],
            errors: Errors::new(),
            of_sheets: file.of_sheets.clone(),
            changes: file.changes.clone(),
            pseudonyms: file.pseudonyms.clone(),
        }
    }

    fn failed(self) -> Loaded {
        Loaded { diagnostics: self.errors, ..Loaded::default() }
    }

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
