use std::path::Path;

use crate::behaviour::{self, Buyers, Library, Planner};
use crate::diagnostic::Diagnostic;
use crate::scenario::{self, Loaded, Scenario};

/// What a run needs: a scenario and its scripts, without an error.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The scenario.
    pub scenario: Scenario,
    /// Its scripts, with the parameters of each group.
    pub library: Library,
}

impl Inputs {
    /// Reads both, and the variants under `what_if`; every error in any is told.
    pub fn load(path: &Path) -> Result<Self, Vec<Diagnostic>> {
        Inputs::of(scenario::load(path))
    }

    /// Reads the scripts of what was loaded.
    pub fn of(loaded: Loaded) -> Result<Self, Vec<Diagnostic>> {
        let (library, mut errors) = behaviour::load(&loaded);
        if errors.is_empty() {
            for variant in &loaded.what_ifs {
                let (_, found) = behaviour::load(&variant.loaded);
                errors.extend(found.into_iter().map(|error| variant.own(error)));
            }
        }
        let mut diagnostics = loaded.diagnostics;
        diagnostics.extend(errors);
        let Some(scenario) = loaded.scenario.filter(|_| diagnostics.is_empty()) else { return Err(diagnostics) };
        let seed = scenario.forecast.seed;
        let mut mistakes = Planner::new(&library, &scenario, seed).mistakes().to_vec();
        mistakes.extend_from_slice(Buyers::new(&library, &scenario, seed).mistakes());
        if mistakes.is_empty() { Ok(Inputs { scenario, library }) } else { Err(mistakes) }
    }
}
