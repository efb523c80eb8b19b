use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{CliError, print};
use crate::scenario::TEMPLATE;

/// Writes a commented scenario to start from.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast new office.yaml
  flexcast new > office.yaml")]
pub struct Args {
    /// The file to write; a file that is there already stays as it is [default: standard output]
    path: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let Some(path) = &args.path else { return print(TEMPLATE) };
    write(path).map_err(|error| io::Error::other(format!("can't write {}: {error}", path.display())))?;
    anstream::eprintln!("wrote {0}; next: flexcast check {0}", path.display());
    Ok(())
}

fn write(path: &Path) -> io::Result<()> {
    File::create_new(path)?.write_all(TEMPLATE.as_bytes())
}
