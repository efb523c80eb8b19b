mod preview;
mod stage;

use clap::Subcommand;

use super::{CliError, print};
use crate::behaviour::Manual;
use crate::pseudonyms::Pseudonyms;
use crate::report::language::language;
use crate::report::scripts::{describe, list};

/// Lists the shipped behaviour scripts, and tells of scripts; `--help` is the guide to their language.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", language()))]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  flexcast scripts
  flexcast scripts describe office_week
  flexcast scripts preview office_week
  flexcast scripts show office_week > night_shift.rhai";

#[derive(Debug, Subcommand)]
enum Command {
    /// Prints a script, to start one's own from.
    Show(Script),
    /// Tells whom a script describes, its hooks, and its parameters.
    Describe(Script),
    Preview(preview::Args),
}

#[derive(Debug, clap::Args)]
struct Script {
    /// The name of a shipped script, or the path of one's own
    script: String,
}

impl Args {
    /// What people are called in errors.
    pub(super) fn pseudonyms(&self) -> Pseudonyms {
        match &self.command {
            Some(Command::Preview(args)) => args.scenario_args().pseudonyms().unwrap_or_default(),
            _ => Pseudonyms::default(),
        }
    }
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    match &args.command {
        None => print(&list()),
        Some(Command::Show(Script { script })) => print(&Manual::of(script)?.source.text),
        Some(Command::Describe(Script { script })) => print(&describe(script, &Manual::of(script)?)),
        Some(Command::Preview(args)) => preview::run(args),
    }
}
