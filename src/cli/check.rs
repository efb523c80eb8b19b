use super::discreet::discreet;
use super::scenario_args::ScenarioArgs;
use super::{CliError, note, print};
use crate::behaviour::{self, Lots};
use crate::diagnostic::Diagnostic;
use crate::report::diagnostics::notes;
use crate::report::numbers::counted;
use crate::scenario::{ScenarioFile, WhatIf};
use crate::simulate::Inputs;

/// Checks a scenario and its scripts without running it, and tells every error at once.
///
/// The scripts are compiled and checked, and one user of each group plans the horizon once: a script that throws or never ends
/// shows here. The same is done for each variant under `what_if`. What the scripts' compiler leaves to Rhai's interpreter, which is
/// slower, is noted with its place.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast check scenarios/studio.yaml
  flexcast check office.yaml --set people.designers.count=6")]
pub struct Args {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let file = args.scenario.open()?;
    let mut loaded = file.load();
    let what_ifs = std::mem::take(&mut loaded.what_ifs);
    let Inputs { scenario, library } = Inputs::of(loaded)?;
    let mut failures = behaviour::rehearse(&library, &scenario);
    if failures.is_empty() {
        failures.extend(what_ifs.iter().flat_map(|what_if| rehearsed(&file, what_if)));
    }
    if !failures.is_empty() {
        return Err(CliError::Input(failures));
    }
    note(&notes(&discreet(&behaviour::notes(&library, &scenario), &scenario.pseudonyms), true));
    let counts = [
        (scenario.users.len(), "user"),
        (scenario.products.len(), "product"),
        (scenario.teams.len(), "team"),
        (scenario.packs.len(), "pack"),
        (what_ifs.len(), "what-if"),
        (library.drawn(Lots::default(), 0, 0).len(), "uncertain parameter"),
    ];
    let counts = counts.iter().filter(|(count, what)| *count > 0 || !["what-if", "uncertain parameter"].contains(what));
    let counts: Vec<String> = counts.map(|(count, what)| counted(*count as u64, what)).collect();
    print(&format!("{}: no errors; {}\n", args.scenario.scenario.display(), counts.join(", ")))
}

/// What is wrong with the scripts of a variant, as far as the scenario itself doesn't have it.
fn rehearsed(file: &ScenarioFile, what_if: &WhatIf) -> Vec<Diagnostic> {
    let failures = match Inputs::of(file.load_with(&what_if.overrides)) {
        Ok(Inputs { scenario, library }) => behaviour::rehearse(&library, &scenario),
        Err(errors) => errors,
    };
    failures.into_iter().map(|failure| what_if.own(failure)).collect()
}
