//! `flexcast check`: everything that is wrong with a scenario, at once.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::report::diagnostics::render;
use crate::scenario;

/// Say everything that is wrong with a scenario
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario
    pub scenario: PathBuf,
}

/// Loads the scenario; its errors go to the standard error.
pub fn run(args: &Args) -> io::Result<ExitCode> {
    let loaded = scenario::load(&args.scenario);
    let Some(scenario) = loaded.scenario else {
        write!(anstream::stderr(), "{}", render(&loaded.diagnostics, true))?;
        return Ok(ExitCode::FAILURE);
    };
    let (users, products) = (scenario.users.len(), scenario.products.len());
    let (teams, packs) = (scenario.teams.len(), scenario.packs.len());
    let name = args.scenario.display();
    writeln!(io::stdout(), "{name}: no errors (users {users}, products {products}, teams {teams}, packs {packs})")?;
    Ok(ExitCode::SUCCESS)
}
