//! How people are called on results: the options, and the key.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{CliError, note};
use crate::diagnostic::Diagnostic;
use crate::output;
use crate::pseudonyms::Pseudonyms;

/// How people are called.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct NamesArgs {
    /// What users, their sign-ins and devices are called on all that is shown and written: by their names, or by hashes of them,
    /// the same for the same key
    #[arg(long, value_enum, value_name = "shown|hashed", default_value_t, hide_possible_values = true)]
    names: Naming,
    /// The key of the hashes; it is made where there is no such file [default: flexcast-names.key beside the scenario, or in the
    /// working folder where there is none]
    #[arg(long, value_name = "FILE")]
    names_key: Option<PathBuf>,
}

/// `shown` or `hashed`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Naming {
    /// By their names.
    #[default]
    Shown,
    /// By keyed hashes.
    Hashed,
}

const KEY: &str = "flexcast-names.key";
/// A key that is made has 256 bits.
const BYTES: usize = 32;
/// What serves as a key, in bytes: shorter ones might be tried out.
const SHORTEST: usize = 32;
/// What is read of it at most, in bytes.
const LONGEST: u64 = 1 << 16;

impl NamesArgs {
    /// What people are called, where a key of no name of its own lies in this folder. The key is read, or made.
    pub(super) fn pseudonyms(&self, folder: &Path) -> Result<Pseudonyms, CliError> {
        match self.names {
            Naming::Hashed => Ok(Pseudonyms::under(&self.key(folder)?)),
            Naming::Shown if self.names_key.is_none() => Ok(Pseudonyms::default()),
            Naming::Shown => {
                let useless = Diagnostic::new("`--names-key` is of no use where names are shown");
                Err(Box::new(useless.help("add `--names hashed`, or leave it out")).into())
            }
        }
    }

    /// The same names for what lies elsewhere, too.
    pub(super) fn at(&self, folder: &Path) -> NamesArgs {
        let key = matches!(self.names, Naming::Hashed).then(|| self.path(folder));
        NamesArgs { names: self.names, names_key: key.or_else(|| self.names_key.clone()) }
    }

    /// The options again, as words of a command; none where names are shown.
    pub(super) fn command(&self) -> Vec<String> {
        let mut words = Vec::new();
        if self.names == Naming::Hashed {
            words.extend(["--names".to_owned(), "hashed".to_owned()]);
        }
        if let Some(key) = &self.names_key {
            words.extend(["--names-key".to_owned(), key.display().to_string()]);
        }
        words
    }

    fn path(&self, folder: &Path) -> PathBuf {
        self.names_key.clone().unwrap_or_else(|| folder.join(KEY))
    }

    fn key(&self, folder: &Path) -> Result<Vec<u8>, CliError> {
        let path = self.path(folder);
        match read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            read => return usable(&path, read),
        }
        let made = hexadecimal(&random()?);
        if !output::write_secret(&path, format!("{made}\n").as_bytes())? {
            // Somebody else made one in between.
            return usable(&path, read(&path));
        }
        note(&format!("made {}, the key of the hashes: keep it, as another key hashes otherwise\n", path.display()));
        Ok(made.into_bytes())
    }
}

/// What is in a file, as far as a key goes.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    // A pipe or a device might never end.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no plain file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn usable(path: &Path, read: io::Result<Vec<u8>>) -> Result<Vec<u8>, CliError> {
    let bytes = read.map_err(|error| {
        let unreadable = Diagnostic::new(format!("can't read the key {}: {error}", path.display()));
        Box::new(unreadable.help("name another file with `--names-key`"))
    })?;
    let key = bytes.trim_ascii();
    if key.len() >= SHORTEST {
        return Ok(key.to_vec());
    }
    let short = Diagnostic::new(format!("{} is too short for a key", path.display()));
    let short = short.expected(format!("expected {SHORTEST} bytes at least"));
    Err(Box::new(short.help("name a file that isn't there, and a key is made")).into())
}

fn random() -> Result<[u8; BYTES], std::io::Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(format!("can't make a key: {error}")))?;
    Ok(bytes)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
