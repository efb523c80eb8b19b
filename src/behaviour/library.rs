//! The behaviours of a scenario: its scripts, read and checked, and each group's values for their parameters.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::check::{calls, check_calls, check_properties, defines};
use super::declare::{Declared, Parameter, declare};
use super::engine::parse;
use super::find::find;
use super::kinds::Value;
use crate::diagnostic::{Diagnostic, Source};
use crate::scenario::{BehaviourUse, Given};

/// Scripts and values, as plain data that threads can share: each thread makes its own [`super::Planner`] of it.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub(super) scripts: Vec<Script>,
    pub(super) bindings: BTreeMap<String, Binding>,
    pub(super) products: Vec<String>,
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

/// What a group does.
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

/// Reads and checks the scripts that groups use, and the parameters that the scenario gives; `products` in the order
/// of their ids. A group whose behaviour has something wrong is left out of the library.
pub fn load(uses: &[(String, BehaviourUse)], products: &[String]) -> (Library, Vec<Diagnostic>) {
    let mut library = Library { products: products.to_vec(), ..Library::default() };
    let mut known: Vec<(Arc<Source>, Option<usize>)> = Vec::new();
    let mut found = Vec::new();
    for (group, usage) in uses {
        let source = match find(&usage.script, &usage.folder) {
            Ok(source) => source,
            Err(problem) => {
                found.push(problem.at(&usage.place));
                continue;
            }
        };
        let script = match known.iter().find(|(seen, _)| *seen == source) {
            Some((_, script)) => *script,
            None => {
                let script = library.add(&source, &mut found);
                known.push((source, script));
                script
            }
        };
        if let Some(script) = script {
            library.bind(group, script, usage, &mut found);
        }
    }
    (library, found)
}

/// A script as its text has it, or everything wrong with it.
pub(super) fn examine(source: &Arc<Source>, products: &[String]) -> Result<Script, Vec<Diagnostic>> {
    let ast = parse(source).map_err(|problem| vec![*problem])?;
    let problems = check_calls(&ast, source, products);
    if !problems.is_empty() {
        return Err(problems);
    }
    let declared = declare(&ast, source).map_err(|problem| vec![problem])?;
    let problems = check_properties(&ast, source, &declared);
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Script { source: source.clone(), declared, may_leave: calls(&ast, "leaves"), reacts: defines(&ast, "denied") })
}

impl Library {
    fn add(&mut self, source: &Arc<Source>, found: &mut Vec<Diagnostic>) -> Option<usize> {
        match examine(source, &self.products) {
            Ok(script) => {
                self.scripts.push(script);
                Some(self.scripts.len() - 1)
            }
            Err(problems) => {
                found.extend(problems);
                None
            }
        }
    }

    fn bind(&mut self, group: &str, script: usize, usage: &BehaviourUse, found: &mut Vec<Diagnostic>) {
        let parameters = &self.scripts[script].declared.parameters;
        let before = found.len();
        found.extend(usage.with.iter().filter_map(|given| misspelt(given, parameters, &usage.script)));
        let mut values = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            match value(parameter, usage, &self.products) {
                Ok(value) => values.push(value),
                Err(problem) => found.push(*problem),
            }
        }
        if found.len() == before {
            self.bindings.insert(group.to_string(), Binding { script, values });
        }
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
fn value(parameter: &Parameter, usage: &BehaviourUse, products: &[String]) -> Result<Value, Box<Diagnostic>> {
    let Parameter { name, kind, default, meaning } = parameter;
    let described = format!("`{name}`: {}, {meaning}", kind.expects());
    let Some(given) = usage.with.iter().find(|given| given.name == *name) else {
        let problem = match kind.check_products(default, products) {
            Ok(()) if !kind.must_be_given(default) => return Ok(default.clone()),
            Ok(()) => Diagnostic::new(format!("`{}` needs a parameter `{name}`", usage.script)),
            Err(unknown) => Diagnostic::new(format!("{}, the default of `{name}`", unknown.message)),
        };
        let help = format!("give it here under `with: {{{name}: ..}}`");
        return Err(Box::new(problem.at(&usage.place).expected(described).help(help)));
    };
    let value = kind.read(&given.value).and_then(|value| {
        kind.check_products(&value, products)?;
        if kind.must_be_given(&value) { Err(Diagnostic::new(format!("`{name}` is empty"))) } else { Ok(value) }
    });
    value.map_err(|problem| {
        let expected = problem.expected.clone().unwrap_or(described);
        Box::new(problem.at(&given.value_place).expected(expected))
    })
}
