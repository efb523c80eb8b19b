//! The command line: types, progress, exit codes.

mod check;
mod error;
mod meter;
mod new;
mod schema;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use error::CliError;

/// Forecasts the burn, denials, waste and purchases of Autodesk Flex tokens.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  the scenario, a script or a log is wrong; standard error says where and how to mend it
  2  the command line is wrong
  3  a result couldn't be written; no file was changed";

#[derive(Debug, Subcommand)]
enum Command {
    Meter(meter::Args),
    Check(check::Args),
    New(new::Args),
    Schema(schema::Args),
}

/// Runs the command of this process, and says how it ended.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Meter(args) => meter::run(&args),
        Command::Check(args) => check::run(&args),
        Command::New(args) => new::run(&args),
        Command::Schema(_) => schema::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.tell(),
    }
}

/// Results go to standard output.
fn print(text: &str) -> Result<(), CliError> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Reads a scenario; every error in it is told.
fn load(path: &std::path::Path) -> Result<crate::scenario::Scenario, CliError> {
    let loaded = crate::scenario::load(path);
    loaded.scenario.ok_or(CliError::Input(loaded.diagnostics))
}
