use super::{CliError, print};

/// Prints the JSON Schema of a scenario, for editors that complete and check YAML.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  flexcast schema > scenario.schema.json
and, as the first line of a scenario:
  # yaml-language-server: $schema=scenario.schema.json")]
pub struct Args {}

pub(super) fn run() -> Result<(), CliError> {
    print(&format!("{:#}\n", crate::scenario::schema()))
}
