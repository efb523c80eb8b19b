//! What scripts say of themselves.

use super::tables::{lines, words};
use crate::behaviour::{Declared, Kind, Manual, Parameter, State};

/// A row for each shipped script.
pub fn list() -> String {
    let mut rows = words(&["script", "hooks", "describes"]);
    for (name, manual) in Manual::shipped() {
        rows.add_row([name, &manual.hooks.join(", "), &manual.declared.description]);
    }
    lines(&rows)
}

/// A script's header, hooks, parameters and state.
pub fn describe(name: &str, manual: &Manual) -> String {
    let declared = &manual.declared;
    let mut text = format!("{name}: {}\nhooks: {}\n", declared.description, manual.hooks.join(", "));
    for line in manual.header() {
        text += format!("  {line}").trim_end();
        text += "\n";
    }
    format!("{text}{}{}", parameters(declared), states(declared))
}

fn parameters(declared: &Declared) -> String {
    if declared.parameters.is_empty() {
        return "\nIt has no parameters.\n".into();
    }
    let mut rows = words(&["parameter", "kind", "default", "meaning"]);
    for parameter in &declared.parameters {
        rows.add_row([&parameter.name, parameter.kind.name(), &default(parameter), &parameter.meaning]);
    }
    let used = |kind: &Kind| declared.parameters.iter().any(|parameter| parameter.kind == *kind);
    let kinds = Kind::all().filter(used).map(|kind| format!("  {}: {}\n", kind.name(), kind.expects()));
    let uncertain = "  Any of them may be uncertain, and is then drawn once for each run: {from: .., to: ..}, with likely: ..,\n  \
                     {mean: .., sd: ..} or {one_of: [..]} in place of a value.\n";
    format!("\n{}\n{}{uncertain}", lines(&rows), kinds.collect::<String>())
}

/// What a person carries from day to day.
fn states(declared: &Declared) -> String {
    if declared.states.is_empty() {
        return String::new();
    }
    let mut rows = words(&["state", "begins with", "meaning"]);
    for State { name, initial, meaning } in &declared.states {
        rows.add_row([name, &initial.to_string(), meaning]);
    }
    format!("\n{}", lines(&rows))
}

fn default(Parameter { kind, default, .. }: &Parameter) -> String {
    if kind.must_be_given(default) { "must be given".into() } else { kind.written(default) }
}
