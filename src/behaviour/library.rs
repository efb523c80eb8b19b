//! The behaviours of a scenario: its scripts, read and checked, and each group's values for their parameters.

use std::collections::BTreeMap;
use std::sync::Arc;

use rhai::AST;

use super::check::{calls, check_calls, check_properties, defines};
use super::declare::{Declared, Parameter, declare};
use super::engine::parse;
use super::find::find;
use super::kinds::{Names, Value};
use super::subject::Subject;
use crate::diagnostic::{Diagnostic, Source};
use crate::scenario::{BehaviourUse, Given, Loaded};

/// Scripts and values, as plain data that threads can share: each thread makes its own [`super::Planner`] of it.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub(super) scripts: Vec<Script>,
    pub(super) bindings: BTreeMap<String, Binding>,
    /// Of buyers, by name.
    pub(super) buyers: BTreeMap<String, Binding>,
    pub(super) names: Names,
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
    /// Index of [`Library::scripts`].
    pub script: usize,
    /// In the order of the script's parameters.
    pub values: Vec<Value>,
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
    /// What a group plays; `None` where it has no behaviour.
    pub fn in_force(&self, group: &str) -> Option<InForce<'_>> {
        let binding = self.bindings.get(group)?;
        let declared = &self.scripts[binding.script].declared;
        let parameters = declared.parameters.iter().zip(&binding.values);
        let parameters = parameters.map(|(parameter, value)| (parameter.name.as_str(), parameter.kind.written(value)));
        Some(InForce { describes: &declared.description, parameters: parameters.collect() })
    }
}

/// Reads and checks the scripts that groups and buyers use, and the parameters that the scenario gives. Who has a behaviour
/// with something wrong is left out of the library.
pub fn load(loaded: &Loaded) -> (Library, Vec<Diagnostic>) {
    let names = Names { products: loaded.products.clone(), teams: loaded.teams.clone() };
    let mut loading =
        Loading { library: Library { names, ..Library::default() }, known: Vec::new(), found: Vec::new() };
    for (group, usage) in &loaded.behaviours {
        let binding = loading.bind(usage, Subject::People);
        loading.library.bindings.extend(binding.map(|binding| (group.clone(), binding)));
    }
    for (buyer, usage) in &loaded.buyers {
        let binding = loading.bind(usage, Subject::Buyer);
        loading.library.buyers.extend(binding.map(|binding| (buyer.clone(), binding)));
    }
    (loading.library, loading.found)
}

/// Reads and checks a script of what-ifs for the scenario of a library: the script, and the values of its parameters.
pub(super) fn load_what_ifs(usage: &BehaviourUse, of: &Library) -> Result<(Script, Vec<Value>), Vec<Diagnostic>> {
    let library = Library { names: of.names.clone(), ..Library::default() };
    let mut loading = Loading { library, known: Vec::new(), found: Vec::new() };
    let binding = loading.bind(usage, Subject::WhatIfs).ok_or(loading.found)?;
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
    /// What somebody does, whose script is to describe this.
    fn bind(&mut self, usage: &BehaviourUse, subject: Subject) -> Option<Binding> {
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
        self.values(script?, usage, subject)
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

    fn values(&mut self, script: usize, usage: &BehaviourUse, subject: Subject) -> Option<Binding> {
        let parameters = &self.library.scripts[script].declared.parameters;
        let before = self.found.len();
        self.found.extend(usage.with.iter().filter_map(|given| misspelt(given, parameters, &usage.script)));
        let mut values = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            match value(parameter, usage, &self.library.names, subject) {
                Ok(value) => values.push(value),
                Err(problem) => self.found.push(*problem),
            }
        }
        (self.found.len() == before).then_some(Binding { script, values })
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

/// The value of a parameter: as given, or else its default.
fn value(
    parameter: &Parameter,
    usage: &BehaviourUse,
    names: &Names,
    subject: Subject,
) -> Result<Value, Box<Diagnostic>> {
    let Parameter { name, kind, default, meaning } = parameter;
    let described = format!("`{name}`: {}, {meaning}", kind.expects());
    let Some(given) = usage.with.iter().find(|given| given.name == *name) else {
        let problem = match kind.check_scenario(default, names) {
            Ok(()) if !kind.must_be_given(default) => return Ok(default.clone()),
            Ok(()) => Diagnostic::new(format!("`{}` needs a parameter `{name}`", usage.script)),
            Err(unknown) => Diagnostic::new(format!("{}, the default of `{name}`", unknown.message)),
        };
        return Err(Box::new(problem.at(&usage.place).expected(described).help(subject.giving(name))));
    };
    let value = kind.read(&given.value).and_then(|value| {
        kind.check_scenario(&value, names)?;
        if kind.must_be_given(&value) { Err(Diagnostic::new(format!("`{name}` is empty"))) } else { Ok(value) }
    });
    value.map_err(|problem| {
        let expected = problem.expected.clone().unwrap_or(described);
        Box::new(problem.at(&given.value_place).expected(expected))
    })
}
