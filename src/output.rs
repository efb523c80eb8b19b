//! Output files: all of them appear, whole, or none does.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Files for one folder, written aside and put in place together.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    files: Vec<(PathBuf, NamedTempFile)>,
}

/// What couldn't be written, and why.
#[derive(Debug)]
pub struct OutputError {
    path: PathBuf,
    cause: io::Error,
}

impl Output {
    /// Makes the folder where there is none.
    pub fn new(folder: &Path) -> Result<Self, OutputError> {
        fs::create_dir_all(folder).map_err(error(folder))?;
        Ok(Output { folder: folder.to_owned(), files: Vec::new() })
    }

    /// Writes a file aside, by `write`.
    pub fn file(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut BufWriter<&mut NamedTempFile>) -> io::Result<()>,
    ) -> Result<(), OutputError> {
        let path = self.folder.join(name);
        let mut aside = builder().tempfile_in(&self.folder).map_err(error(&path))?;
        let mut buffer = BufWriter::new(&mut aside);
        write(&mut buffer).and_then(|()| buffer.flush()).map_err(error(&path))?;
        drop(buffer);
        aside.as_file().sync_all().map_err(error(&path))?;
        self.files.push((path, aside));
        Ok(())
    }

    /// Puts every file in place; says which.
    pub fn commit(self) -> Result<Vec<PathBuf>, OutputError> {
        if let Some((path, _)) = self.files.iter().find(|(path, _)| path.is_dir()) {
            return Err(error(path)(io::ErrorKind::IsADirectory.into()));
        }
        let place = |(path, aside): (PathBuf, NamedTempFile)| {
            aside.persist(&path).map_err(|refused| error(&path)(refused.error))?;
            Ok(path)
        };
        self.files.into_iter().map(place).collect()
    }
}

/// Readable as any other new file is, where the default of a temporary file is stricter.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".flexcast-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

fn error(path: &Path) -> impl FnOnce(io::Error) -> OutputError {
    let path = path.to_owned();
    |cause| OutputError { path, cause }
}

impl std::fmt::Display for OutputError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "can't write {}: {}; no file was changed", self.path.display(), self.cause)
    }
}

impl std::error::Error for OutputError {}
