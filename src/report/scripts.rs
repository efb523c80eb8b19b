//! What scripts say of themselves.

use super::tables::{lines, words};
use crate::behaviour::{Kind, Manual, Parameter};

/// A row for each shipped script.
pub fn list() -> String {
    let mut rows = words(&["script", "hooks", "describes"]);
    for (name, manual) in Manual::shipped() {
        rows.add_row([name, &manual.hooks.join(", "), &manual.declared.description]);
    }
    lines(&rows)
}

/// A script's header, hooks and parameters.
pub fn describe(name: &str, manual: &Manual) -> String {
    let declared = &manual.declared;
    let mut text = format!("{name}: {}\nhooks: {}\n", declared.description, manual.hooks.join(", "));
    for line in manual.header() {
        text += format!("  {line}").trim_end();
        text += "\n";
    }
    if declared.parameters.is_empty() {
        return text + "\nIt has no parameters.\n";
    }
    let mut rows = words(&["parameter", "kind", "default", "meaning"]);
    for parameter in &declared.parameters {
        rows.add_row([&parameter.name, parameter.kind.name(), &default(parameter), &parameter.meaning]);
    }
    let used = |kind: &Kind| declared.parameters.iter().any(|parameter| parameter.kind == *kind);
    let kinds = Kind::all().filter(used).map(|kind| format!("  {}: {}\n", kind.name(), kind.expects()));
    format!("{text}\n{}\n{}", lines(&rows), kinds.collect::<String>())
}

fn default(Parameter { kind, default, .. }: &Parameter) -> String {
    if kind.must_be_given(default) { "must be given".into() } else { kind.written(default) }
}
