use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{CliError, note, print};
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
    write(path).map_err(|error| io::Error::other(reason(path, &error)))?;
    note(&format!("wrote {0}; next: flexcast check {0}\n", path.display()));
    Ok(())
}

fn reason(path: &Path, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AlreadyExists => format!("{} is there already, and stays as it is", path.display()),
        _ => format!("can't write {}: {error}", path.display()),
    }
}

fn write(path: &Path) -> io::Result<()> {
    let written = File::create_new(path)?.write_all(TEMPLATE.as_bytes());
    // Half a scenario would be in the way of the next try.
    written.inspect_err(|_| drop(fs::remove_file(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_stays_as_it_is() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let CliError::Output(error) = run(&Args { path: Some(file.path().to_owned()) }).unwrap_err() else { panic!() };
        assert!(error.to_string().ends_with("is there already, and stays as it is"), "{error}");
        assert_eq!(std::fs::read(file.path()).unwrap(), b"");
    }
}
