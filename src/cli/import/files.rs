use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::super::CliError;
use crate::diagnostic::Diagnostic;
use crate::output::{Output, OutputFile};

pub(super) fn same(one: &Path, other: &Path) -> bool {
    one == other || fs::canonicalize(one).is_ok_and(|one| fs::canonicalize(other).is_ok_and(|other| one == other))
}

/// Refuses to write over what is read; `-` is no file.
pub(super) fn spare(inputs: &[&Path], output: &Path) -> Result<(), CliError> {
    if output == Path::new("-") || !inputs.iter().any(|input| same(input, output)) {
        return Ok(());
    }
    Err(Box::new(Diagnostic::new(format!("{} is read, and would be written over", output.display()))).into())
}

/// Files in folders of their own, that appear together.
#[derive(Default)]
pub(super) struct Files {
    outputs: Vec<Output>,
}

impl Files {
    pub(super) fn create(&mut self, path: &Path) -> io::Result<OutputFile> {
        let (output, file) = Output::of_file(path)?;
        self.outputs.push(output);
        Ok(file)
    }

    /// A file, or the standard output where it is `-`.
    pub(super) fn sink(&mut self, path: &Path) -> io::Result<Sink> {
        Ok(if path == Path::new("-") { Sink::Screen(io::stdout()) } else { Sink::File(self.create(path)?) })
    }

    pub(super) fn commit(self) -> io::Result<()> {
        self.outputs.into_iter().try_for_each(|output| output.commit().map(drop))
    }
}

pub(super) enum Sink {
    Screen(io::Stdout),
    File(OutputFile),
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Screen(screen) => screen.write(bytes),
            Sink::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Screen(screen) => screen.flush(),
            Sink::File(file) => file.flush(),
        }
    }
}
