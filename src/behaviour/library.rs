//! The behaviours of a scenario: its scripts, read and checked, and each group's values for their parameters.

use std::collections::BTreeMap;
use std::sync::Arc;

use rhai::AST;

use super::check::{calls, check_calls, check_properties, defines};
use super::declare::{Declared, Parameter, declare};
use super::engine::parse;
use super::find::find;
use super::kinds::{Kind, Names, Value};
use super::lots::{Drawn, LotDrawer, Lots, Uncertain, UncertainParameter, Unknown};
use super::spread::Spread;
use super::subject::Subject;
use crate::diagnostic::{Diagnostic, Source};
use crate::keys::{mix, name_key};
use crate::scenario::{Behaving, BehaviourUse, Distribution, Given, GivenValue, Loaded};

/// Scripts and values, as plain data that threads can share: each thread makes its own [`super::Planner`] of it.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub(super) scripts: Vec<Script>,
    pub(super) bindings: BTreeMap<String, Binding>,
    /// Of buyers, by name.
    pub(super) buyers: BTreeMap<String, Binding>,
    pub(super) names: Names,
    pub(super) uncertain: Vec<Uncertain>,
    /// How the scripts are run.
    pub interpreter: Interpreter,
}

/// How scripts are run; what comes of it is the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interpreter {
    /// Compiled to closures as far as that goes.
    #[default]
    Compiled,
    /// By Rhai's own evaluator.
    Rhai,
}

/// A script that was found and has nothing wrong that can be seen.
#[derive(Clone, Debug)]
pub(super) struct Script {
    pub source: Arc<Source>,
    pub declared: Declared,
    /// Whether its people may leave while something is open.
    pub may_leave: bool,
    /// Whether it says what people do after a denial.
    pub reacts: bool,
}

/// What a group or a buyer does.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    /// That of the name of the group or buyer.
    pub key: u64,
    /// Index of [`Library::scripts`].
    pub script: usize,
    /// In the order of the script's parameters; of an uncertain one, the median.
    pub values: Vec<Value>,
    /// Which of them are uncertain.
    pub unknowns: Vec<Unknown>,
}

impl Binding {
    /// The values in a replication.
    pub fn drawn(&self, drawer: LotDrawer, uncertain: &[Uncertain]) -> Vec<Value> {
        let mut values = self.values.clone();
        for unknown in &self.unknowns {
            values[unknown.parameter] = unknown.value(drawer, uncertain);
        }
        values
    }
}

impl Library {
    /// The scripts' texts, in the order of their first use: what a fingerprint of the inputs must cover.
    pub fn sources(&self) -> Vec<Arc<Source>> {
        self.scripts.iter().map(|script| script.source.clone()).collect()
    }
}

/// What a group plays.
#[derive(Clone, Debug)]
pub struct InForce<'a> {
    /// Whom its script describes.
    pub describes: &'a str,
    /// The script's parameters in force, each as a scenario writes it.
    pub parameters: Vec<(&'a str, String)>,
}

impl Library {
    /// What a group plays in a replication of a run with this seed; `None` where it has no behaviour.
    pub fn in_force(&self, group: &str, seed: u64, replication: u32) -> Option<InForce<'_>> {
        let binding = self.bindings.get(group)?;
        let declared = &self.scripts[binding.script].declared;
        let drawn = binding.drawn(LotDrawer { lots: Lots::default(), seed, replication }, &self.uncertain);
        let parameters = declared.parameters.iter().zip(&drawn);
        let parameters = parameters.map(|(parameter, value)| (parameter.name.as_str(), parameter.kind.written(value)));
        Some(InForce { describes: &declared.description, parameters: parameters.collect() })
    }

    /// What is uncertain, in the order of its first use.
    pub fn uncertain(&self) -> &[Uncertain] {
        &self.uncertain
    }

    /// The values of all uncertain parameters in a replication of a run with this seed.
    pub fn drawn(&self, lots: Lots, seed: u64, replication: u32) -> Vec<Drawn> {
        let drawer = LotDrawer { lots, seed, replication };
        let parameters = self.uncertain.iter().flat_map(|uncertain| &uncertain.parameters);
        let drawn = parameters.map(|UncertainParameter { of, parameter, unknown, .. }| Drawn {
            of: of.clone(),
            parameter: parameter.clone(),
            value: unknown.kind.written(&unknown.value(drawer, &self.uncertain)),
        });
        drawn.collect()
    }
}

/// Reads and checks the scripts that groups and buyers use, and the parameters that the scenario gives. Who has a behaviour
/// with something wrong is left out of the library.
pub fn load(loaded: &Loaded) -> (Library, Vec<Diagnostic>) {
    let names = Names { products: loaded.products.clone(), teams: loaded.teams.clone() };
    let mut loading =
        Loading { library: Library { names, ..Library::default() }, known: Vec::new(), found: Vec::new() };
    for (group, usage) in &loaded.behaviours {
        let binding = loading.bind(group, usage, Subject::People);
        loading.library.bindings.extend(binding.map(|binding| (group.name.clone(), binding)));
    }
    for (buyer, usage) in &loaded.buyers {
        let binding = loading.bind(buyer, usage, Subject::Buyer);
        loading.library.buyers.extend(binding.map(|binding| (buyer.name.clone(), binding)));
    }
    (loading.library, loading.found)
}

/// Reads and checks a script of what-ifs for the scenario of a library: the script, and the values of its parameters.
pub(super) fn load_what_ifs(usage: &BehaviourUse, of: &Library) -> Result<(Script, Vec<Value>), Vec<Diagnostic>> {
    let library = Library { names: of.names.clone(), ..Library::default() };
    let mut loading = Loading { library, known: Vec::new(), found: Vec::new() };
    let binding = loading.bind(&Behaving::named(""), usage, Subject::WhatIfs).ok_or(loading.found)?;
    Ok((loading.library.scripts.swap_remove(binding.script), binding.values))
}

/// A script as its text has it, or everything wrong with it.
fn examine(ast: &AST, source: &Arc<Source>, names: &Names, subject: Subject) -> Result<Script, Vec<Diagnostic>> {
    let problems = check_calls(ast, source, names, subject);
    if !problems.is_empty() {
        return Err(problems);
    }
    let declared = declare(ast, source).map_err(|problem| vec![problem])?;
    let problems = check_properties(ast, source, &declared, subject);
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Script { source: source.clone(), declared, may_leave: calls(ast, "leaves"), reacts: defines(ast, "denied") })
}

/// Scripts on their way into a library.
struct Loading {
    library: Library,
    /// Each script met, what it was checked for, and its index where nothing was wrong.
    known: Vec<(Arc<Source>, Subject, Option<usize>)>,
    found: Vec<Diagnostic>,
}

impl Loading {
    /// What somebody of this name does, whose script is to describe this.
    fn bind(&mut self, who: &Behaving, usage: &BehaviourUse, subject: Subject) -> Option<Binding> {
        let found = find(&usage.script, &usage.folder, &[subject]);
        let source = found.map_err(|problem| self.found.push(problem.at(&usage.place))).ok()?;
        let known = self.known.iter().find(|(seen, of, _)| *seen == source && *of == subject);
        let script = match known {
            Some((.., script)) => *script,
            None => {
                let script = self.add(&source, usage, subject);
                self.known.push((source, subject, script));
                script
            }
        };
        self.values(script?, who, usage, subject)
    }

    fn add(&mut self, source: &Arc<Source>, usage: &BehaviourUse, subject: Subject) -> Option<usize> {
        let ast = parse(source).map_err(|problem| self.found.push(*problem)).ok()?;
        if let Some(problem) = subject.mismatch(&ast, &usage.script) {
            self.found.push(problem.at(&usage.place));
            return None;
        }
        let examined = examine(&ast, source, &self.library.names, subject);
        let script = examined.map_err(|problems| self.found.extend(problems)).ok()?;
        self.library.scripts.push(script);
        Some(self.library.scripts.len() - 1)
    }

    fn values(&mut self, script: usize, who: &Behaving, usage: &BehaviourUse, subject: Subject) -> Option<Binding> {
        let parameters = self.library.scripts[script].declared.parameters.clone();
        let before = self.found.len();
        self.found.extend(usage.with.iter().filter_map(|given| misspelt(given, &parameters, &usage.script)));
        let values = Vec::with_capacity(parameters.len());
        let mut binding = Binding { key: who.key, script, values, unknowns: Vec::new() };
        for (place, parameter) in parameters.iter().enumerate() {
            let (value, spread) = match value(parameter, usage, &self.library.names, subject) {
                Ok(found) => found,
                Err(problem) => {
                    self.found.push(*problem);
                    continue;
                }
            };
            let middle = value.clone();
            binding.values.push(value);
            if let Some((spread, alike)) = spread {
                let draw = self.draw((who, subject), parameter, alike);
                let unknown = Unknown { parameter: place, kind: parameter.kind, draw, spread, middle };
                self.library.uncertain[draw].parameters.push(UncertainParameter {
                    of: who.name.clone(),
                    parameter: parameter.name.clone(),
                    distribution: unknown.spread.words(parameter.kind),
                    unknown: unknown.clone(),
                });
                binding.unknowns.push(unknown);
            }
        }
        (self.found.len() == before).then_some(binding)
    }

    /// The place of what decides an uncertain parameter: its own, or that of the parameters drawn alike.
    fn draw(&mut self, of: (&Behaving, Subject), parameter: &Parameter, alike: Option<&str>) -> usize {
        let (who, subject) = of;
        let (name, key) = match alike {
            Some(alike) => (alike.to_owned(), mix(&[name_key("as"), name_key(alike)])),
            None => {
                let key = [name_key(subject.hook()), who.key, name_key(&parameter.name)];
                (format!("{}.{}", who.name, parameter.name), mix(&key))
            }
        };
        let uncertain = &mut self.library.uncertain;
        uncertain.iter().position(|known| known.key == key).unwrap_or_else(|| {
            uncertain.push(Uncertain { name, parameters: Vec::new(), key });
            uncertain.len() - 1
        })
    }
}

fn misspelt(given: &Given, parameters: &[Parameter], script: &str) -> Option<Diagnostic> {
    let names = || parameters.iter().map(|parameter| parameter.name.as_str());
    if names().any(|name| name == given.name) {
        return None;
    }
    let unknown = Diagnostic::new(format!("`{script}` has no parameter `{}`", given.name)).at(&given.name_place);
    let listed = names().collect::<Vec<_>>().join(", ");
    let expected = if listed.is_empty() { "no parameters at all".into() } else { format!("one of {listed}") };
    Some(unknown.expected(expected).nearest(&given.name, names()))
}

/// A value, and where it is uncertain its distribution, with the name of those that are drawn alike.
type Known<'a> = (Value, Option<(Spread, Option<&'a str>)>);

/// The value of a parameter: as given, or else its default.
fn value<'a>(
    parameter: &Parameter,
    usage: &'a BehaviourUse,
    names: &Names,
    subject: Subject,
) -> Result<Known<'a>, Box<Diagnostic>> {
    let Parameter { name, kind, default, meaning } = parameter;
    let described = format!("`{name}`: {}, {meaning}", kind.expects());
    let Some(given) = usage.with.iter().find(|given| given.name == *name) else {
        let problem = match kind.check_scenario(default, names) {
            Ok(()) if !kind.must_be_given(default) => return Ok((default.clone(), None)),
            Ok(()) => Diagnostic::new(format!("`{}` needs a parameter `{name}`", usage.script)),
            Err(unknown) => Diagnostic::new(format!("{}, the default of `{name}`", unknown.message)),
        };
        return Err(Box::new(problem.at(&usage.place).expected(described).help(subject.giving(name))));
    };
    let check = |value: &Value| {
        kind.check_scenario(value, names)?;
        if kind.must_be_given(value) { Err(Diagnostic::new(format!("`{name}` is empty"))) } else { Ok(()) }
    };
    let value = match &given.value {
        GivenValue::Uncertain(distribution) => uncertain(distribution, *kind, subject, &check),
        plain => kind.read(plain).and_then(|value| check(&value).map(|()| (value, None))),
    };
    value.map_err(|problem| {
        let expected = problem.expected.clone().unwrap_or(described);
        let place = problem.place.clone().unwrap_or_else(|| given.value_place.clone());
        Box::new(problem.at(&place).expected(expected))
    })
}

/// What is uncertain with its median; a distribution with one value alone is that value.
fn uncertain<'a>(
    distribution: &'a Distribution,
    kind: Kind,
    subject: Subject,
    check: &dyn Fn(&Value) -> Result<(), Diagnostic>,
) -> Result<Known<'a>, Diagnostic> {
    if subject == Subject::WhatIfs {
        let problem = Diagnostic::new("a script of what-ifs has no uncertain parameters");
        return Err(problem.expected("a value; what is uncertain stands in the scenario"));
    }
    let spread = Spread::read(distribution, kind, check)?;
    Ok(match spread.only(kind) {
        Some(value) => (value, None),
        None => (spread.at(kind, 0.5), Some((spread, distribution.alike.as_deref()))),
    })
}
