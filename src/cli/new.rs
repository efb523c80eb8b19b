//! `flexcast new`: a scenario to start from.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::scenario::TEMPLATE;

/// Write a commented scenario to start from
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to write; the screen where it is left out
    pub path: Option<PathBuf>,
}

/// Writes the template; a file that is there already stays as it is.
pub fn run(args: &Args) -> io::Result<ExitCode> {
    let Some(path) = &args.path else {
        io::stdout().write_all(TEMPLATE.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    };
    match File::create_new(path) {
        Ok(mut file) => file.write_all(TEMPLATE.as_bytes())?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            writeln!(anstream::stderr(), "error: `{}` is there already, and stays as it is", path.display())?;
            return Ok(ExitCode::FAILURE);
        }
        Err(error) => return Err(error),
    }
    writeln!(io::stdout(), "wrote {0}; try: flexcast check {0}", path.display())?;
    Ok(ExitCode::SUCCESS)
}
