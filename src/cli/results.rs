use std::io;
use std::path::PathBuf;

use serde::Serialize;

use super::{CliError, note, print};
use crate::output::Output;

/// Where what a command found goes.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ResultArgs {
    /// The folder for the results [default: none are written]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Print the results as JSON rather than in words
    #[arg(long)]
    json: bool,
}

/// The way there, which is open before the work begins: a folder that can't be written to is told at once.
pub(super) struct Results<'a> {
    args: &'a ResultArgs,
    output: Option<Output>,
}

impl ResultArgs {
    pub(super) fn open(&self) -> Result<Results<'_>, CliError> {
        Ok(Results { args: self, output: self.out.as_deref().map(Output::new).transpose()? })
    }
}

impl Results<'_> {
    /// Writes NAME.json, and with `write` what else there is, prints the one or the other, and says what was written.
    pub(super) fn give(
        self,
        name: &str,
        found: &impl Serialize,
        words: impl FnOnce() -> String,
        write: impl FnOnce(&mut Output) -> io::Result<()>,
    ) -> Result<(), CliError> {
        let json = serde_json::to_string_pretty(found).expect("plain numbers and names") + "\n";
        let mut written = Vec::new();
        if let Some(mut output) = self.output {
            output.write(&format!("{name}.json"), json.as_bytes())?;
            write(&mut output)?;
            written = output.commit()?;
        }
        print(&if self.args.json { json } else { words() })?;
        if let Some(folder) = &self.args.out {
            let names: Vec<_> = written.iter().filter_map(|path| path.file_name()?.to_str()).collect();
            note(&format!("\nwrote to {}: {}\n", folder.display(), names.join(", ")));
        }
        Ok(())
    }
}
