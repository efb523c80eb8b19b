use std::path::PathBuf;

use super::{CliError, Inputs, print};
use crate::behaviour;

/// Checks a scenario and its scripts without running it, and tells every error at once.
///
/// The scripts are compiled and checked, and one user of each group plans the horizon once: a script that throws or never ends
/// shows here.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  flexcast check scenarios/studio.yaml")]
pub struct Args {
    /// The scenario (YAML)
    scenario: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let Inputs { scenario, library } = Inputs::load(&args.scenario)?;
    let failures = behaviour::rehearse(&library, &scenario);
    if !failures.is_empty() {
        return Err(CliError::Input(failures));
    }
    let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    print(&format!(
        "{}: no errors; {}, {}, {}, {}\n",
        args.scenario.display(),
        count(scenario.users.len(), "user"),
        count(scenario.products.len(), "product"),
        count(scenario.teams.len(), "team"),
        count(scenario.packs.len(), "pack"),
    ))
}
