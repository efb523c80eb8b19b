//! A `what_if` script: read, checked and run.

use std::rc::Rc;
use std::sync::Arc;

use rhai::{CallFnOptions, Dynamic, EvalAltResult, Scope};

use super::declare::Parameter;
use super::engine::{for_what_ifs, parse};
use super::failure::{place_of_function, raised};
use super::kinds::Value;
use super::knowledge::dynamic;
use super::laboratory::Laboratory;
use super::library::{Library, load_what_ifs};
use super::limits;
use super::variants::Variant;
use super::vocabulary::{WHAT_IF, Word};
use crate::diagnostic::{Diagnostic, Source};
use crate::scenario::BehaviourUse;

/// A script that compares variants of a scenario, with the values of its parameters.
#[derive(Debug)]
pub struct Experiment {
    source: Arc<Source>,
    parameters: Vec<(Parameter, Value)>,
}

impl Experiment {
    /// Reads and checks a script and the parameters given for it, for the scenario of a library.
    pub fn load(usage: &BehaviourUse, of: &Library) -> Result<Experiment, Vec<Diagnostic>> {
        let (script, values) = load_what_ifs(usage, of)?;
        let parameters = script.declared.parameters.into_iter().zip(values).collect();
        Ok(Experiment { source: script.source, parameters })
    }

    /// The script.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Its parameters by name, each with the value that it has here, as it is written.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, String)> {
        let written = |(parameter, value): &(Parameter, Value)| parameter.kind.written(value);
        self.parameters.iter().map(move |both| (both.0.name.as_str(), written(both)))
    }

    /// Runs it: what it shows and notes, the laboratory keeps.
    pub fn run(&self, laboratory: &Rc<dyn Laboratory>) -> Result<(), Box<Diagnostic>> {
        let mut engine = for_what_ifs(laboratory);
        for (parameter, value) in &self.parameters {
            let value = dynamic(value);
            engine.register_get(&parameter.name, move |_: &mut Variant| value.clone());
        }
        let ast = parse(&self.source)?.clone_functions_only();
        let called = engine.call_fn_with_options::<Dynamic>(
            CallFnOptions::new().eval_ast(false),
            &mut Scope::new(),
            &ast,
            "what_if",
            (Variant::default(),),
        );
        called.map(drop).map_err(|error| Box::new(self.told(*error)))
    }

    fn told(&self, error: EvalAltResult) -> Diagnostic {
        let better = match error.unwrap_inner() {
            EvalAltResult::ErrorTooManyOperations(_) => {
                let steps = limits::STEPS_OF_WHAT_IF / 1_000_000;
                Some(Diagnostic::new(format!("not done after {steps} million steps")))
            }
            EvalAltResult::ErrorDotExpr(reason, _) => reason.split('\'').nth(1).map(unknown_property),
            _ => None,
        };
        let raised = raised(error, &self.source, || place_of_function(&self.source, "what_if"));
        match better {
            Some(better) => Diagnostic { place: raised.place, help: better.help.or(raised.help), ..better },
            None => raised,
        }
    }
}

fn unknown_property(name: &str) -> Diagnostic {
    let properties = WHAT_IF.iter().filter(|word| word.arguments().is_none()).map(Word::name);
    let listed: Vec<&str> = properties.collect();
    let unknown = Diagnostic::new(format!("no property `{name}`"));
    unknown.expected(format!("of a result, one of {}", listed.join(", "))).nearest(name, listed)
}
