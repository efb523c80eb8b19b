//! The parser's complaints in the words of a scenario's author.

use std::sync::Arc;

use serde_yaml::budget::BudgetBreach;
use serde_yaml::{Error, Location, MessageFormatter, UserMessageFormatter};

use super::tree::place;
use crate::diagnostic::{Diagnostic, Source};

/// The diagnostic of a text that can't be read as YAML.
pub fn syntax_error(error: &Error, source: &Arc<Source>) -> Diagnostic {
    let location = error.location().unwrap_or(Location::UNKNOWN);
    let cause = if let Error::AliasError { error, .. } = error { error } else { error };
    let message = UserMessageFormatter.format_message(cause);
    let diagnostic = match cause {
        Error::Budget { breach: BudgetBreach::Depth { .. }, .. } => too_deep(),
        _ if message.contains("recursion limit exceeded") => too_deep(),
        Error::Budget { .. } => Diagnostic::new("too large: more values than a scenario can need")
            .help("a group with a `count` stands for many users"),
        Error::AliasReplayLimitExceeded { .. } | Error::AliasReplayStackDepthExceeded { .. } => {
            Diagnostic::new("too many values are repeated by aliases (`*name`)").help("write these values out")
        }
        Error::RecursiveReferencesRequireWeakTypes { .. } => {
            Diagnostic::new("an alias repeats a value inside itself").help("write the value out")
        }
        Error::UnknownAnchor { .. } => Diagnostic::new("an alias repeats a value that has no such anchor")
            .help("a text that begins with `*` needs quotes"),
        Error::MultipleDocuments { .. } => {
            Diagnostic::new("a second document begins").help("take out the line `---`: a file holds one document")
        }
        _ => plain(&message),
    };
    diagnostic.at(&place(location, 1, source))
}

fn too_deep() -> Diagnostic {
    Diagnostic::new("nested too deep").help("a scenario needs no more than a handful of levels")
}

fn plain(message: &str) -> Diagnostic {
    let first = message.lines().next().unwrap_or_default();
    let diagnostic = Diagnostic::new(format!("not valid YAML: {first}"));
    if first.contains("mapping values are not allowed") {
        return diagnostic.help("either the line is indented too far, or a text with `: ` in it needs quotes");
    }
    if first.contains("illegal placement of ':'") || first.contains("expected ',' or") {
        return diagnostic.help("a bracket, brace or quote above may not be closed");
    }
    if first.contains("tab") {
        return diagnostic.help("indent with spaces, not with tabs");
    }
    diagnostic
}
