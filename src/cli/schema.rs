//! `flexcast schema`: the JSON Schema of a scenario, for editors.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::scenario;

/// Print the JSON Schema of a scenario, for completion in editors
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints the schema.
pub fn run(_: &Args) -> io::Result<ExitCode> {
    writeln!(io::stdout(), "{:#}", scenario::schema())?;
    Ok(ExitCode::SUCCESS)
}
