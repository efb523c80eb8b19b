use std::path::PathBuf;
use std::sync::Arc;

use super::CliError;
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::scenario::{BehaviourUse, Given, parameter};

/// A script and its parameters as the command line gives them; a path starts from the current folder.
pub(super) fn behaviour_use(script: &str, given: &[String]) -> Result<BehaviourUse, CliError> {
    let source = Arc::new(Source::new("the command line", script));
    let place = Place { source, line: 1, column: 1, length: script.chars().count().max(1) as u32 };
    let (mut with, mut errors) = (Vec::new(), Vec::new());
    for written in given {
        match parameter("--with", written) {
            Ok(given) if with.iter().any(|known: &Given| known.name == given.name) => {
                let twice = Diagnostic::new(format!("`--with {}=..` is given twice", given.name));
                errors.push(twice.at(&given.name_place));
            }
            Ok(given) => with.push(given),
            Err(found) => errors.extend(found),
        }
    }
    if errors.is_empty() {
        Ok(BehaviourUse { script: script.to_owned(), folder: PathBuf::new(), place, with })
    } else {
        Err(errors.into())
    }
}
