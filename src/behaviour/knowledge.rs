//! What scripts call the values that a group has, and what these are.

use rhai::{Dynamic, ImmutableString};

use super::declare::Declared;
use super::draft::Knowledge;
use super::kinds::Value;
use super::library::{Binding, Library};

/// Each name of a parameter or state once, over all scripts.
pub(super) fn names(library: &Library) -> Vec<&str> {
    let declared = library.scripts.iter().map(|script| &script.declared);
    let mut names: Vec<&str> = declared.flat_map(Declared::names).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What a group knows and carries, by the indices of `names`.
pub(super) fn knowledge(library: &Library, binding: Option<&Binding>, names: &[&str]) -> Knowledge {
    let (mut parameters, mut states) = (vec![None; names.len()], vec![None; names.len()]);
    let Some(Binding { script, values: given, .. }) = binding else {
        return Knowledge { parameters, states, initial: Vec::new() };
    };
    let declared = &library.scripts[*script].declared;
    let index = |name: &str| names.binary_search(&name).expect("every name has an index");
    for (parameter, value) in declared.parameters.iter().zip(given) {
        parameters[index(&parameter.name)] = Some(dynamic(value));
    }
    for (place, state) in declared.states.iter().enumerate() {
        states[index(&state.name)] = Some(place);
    }
    let initial = declared.states.iter().map(|state| dynamic(&state.initial)).collect();
    Knowledge { parameters, states, initial }
}

pub(super) fn dynamic(value: &Value) -> Dynamic {
    match value {
        Value::Bool(yes) => Dynamic::from(*yes),
        Value::Integer(number) => Dynamic::from(*number),
        Value::Number(number) => Dynamic::from(*number),
        Value::Text(text) => Dynamic::from(ImmutableString::from(text)),
        Value::List(texts) => texts.iter().map(|text| Dynamic::from(ImmutableString::from(text))).collect(),
        Value::Integers(numbers) => numbers.iter().map(|number| Dynamic::from(*number)).collect(),
        Value::Numbers(numbers) => numbers.iter().map(|number| Dynamic::from(*number)).collect(),
    }
}
