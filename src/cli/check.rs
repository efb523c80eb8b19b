use std::path::PathBuf;

use super::{CliError, Inputs, print};
use crate::behaviour;
use crate::report::numbers::counted;

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
    print(&format!(
        "{}: no errors; {}, {}, {}, {}\n",
        args.scenario.display(),
        counted(scenario.users.len() as u64, "user"),
        counted(scenario.products.len() as u64, "product"),
        counted(scenario.teams.len() as u64, "team"),
        counted(scenario.packs.len() as u64, "pack"),
    ))
}
