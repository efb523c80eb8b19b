use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, CliError};

/// Prints the completions of a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  flexcast completions bash > ~/.local/share/bash-completion/completions/flexcast")]
pub struct CompletionArgs {
    /// Which shell
    shell: Shell,
}

pub(super) fn completions(args: &CompletionArgs) -> Result<(), CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "flexcast", &mut script);
    Ok(io::stdout().write_all(&script)?)
}

/// Prints the man page.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  flexcast man > flexcast.1 && man ./flexcast.1")]
pub struct ManArgs {}

/// The page of the command, and after it those of its commands.
pub(super) fn man() -> Result<(), CliError> {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        clap_mangen::Man::new(sub.clone()).render(&mut page)?;
    }
    Ok(io::stdout().write_all(&page)?)
}
