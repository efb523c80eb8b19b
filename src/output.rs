//! Output files: all of them appear, whole, or none does; only where one can't be replaced after others were, the error names
//! those.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Files for one folder, written aside and put in place together. Errors name the file.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    /// The folders that weren't there, the innermost first: they go again where nothing comes to stand in them.
    made: Vec<PathBuf>,
    files: Vec<(PathBuf, NamedTempFile)>,
}

/// A file that is being written aside. Errors name it.
#[derive(Debug)]
pub struct OutputFile {
    path: PathBuf,
    aside: BufWriter<File>,
}

impl Output {
    /// Makes the folder where there is none.
    pub fn new(folder: &Path) -> io::Result<Self> {
        let missing = |path: &&Path| !path.as_os_str().is_empty() && !path.exists();
        let made = folder.ancestors().take_while(missing).map(Path::to_owned).collect();
        fs::create_dir_all(folder).map_err(|error| named(folder, &error))?;
        Ok(Output { folder: folder.to_owned(), made, files: Vec::new() })
    }

    /// A file by itself, and what puts it in place; its folder is made where there is none.
    pub fn of_file(path: &Path) -> io::Result<(Self, OutputFile)> {
        if path.file_name().is_none() {
            return Err(io::Error::other(format!("can't write {}: it names no file", path.display())));
        }
        let mut output = Output::new(path.parent().unwrap_or(Path::new("")))?;
        let file = output.create_at(path.to_owned())?;
        Ok((output, file))
    }

    /// Begins a file. It is complete once it was flushed.
    pub fn create(&mut self, name: &str) -> io::Result<OutputFile> {
        self.create_at(self.folder.join(name))
    }

    fn create_at(&mut self, path: PathBuf) -> io::Result<OutputFile> {
        let begin = || {
            let aside = builder().tempfile_in(folder_of(&path))?;
            Ok((aside.reopen()?, aside))
        };
        let (file, aside) = begin().map_err(|error: io::Error| named(&path, &error))?;
        self.files.push((path.clone(), aside));
        Ok(OutputFile { path, aside: BufWriter::new(file) })
    }

    /// Writes a whole file aside.
    pub fn write(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let mut file = self.create(name)?;
        file.write_all(content)?;
        file.flush()
    }

    /// Writes a whole file aside that goes to another folder, which is there.
    pub fn write_at(&mut self, path: &Path, content: &[u8]) -> io::Result<()> {
        let mut file = self.create_at(path.to_owned())?;
        file.write_all(content)?;
        file.flush()
    }

    /// Puts every file in place; says which.
    pub fn commit(mut self) -> io::Result<Vec<PathBuf>> {
        for (path, aside) in &self.files {
            check_replaceable(path)?;
            aside.as_file().sync_all().map_err(|error| named(path, &error))?;
        }
        let mut placed = Vec::new();
        for (path, aside) in std::mem::take(&mut self.files) {
            match aside.persist(&path) {
                Ok(_) => placed.push(path),
                Err(refused) if placed.is_empty() => return Err(named(&path, &refused.error)),
                Err(refused) => return Err(half_placed(&path, &refused.error, &placed)),
            }
        }
        Ok(placed)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        self.files.clear();
        for folder in &self.made {
            // Fails, as it should, where something stands in it.
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.aside.write(bytes).map_err(|error| named(&self.path, &error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.aside.flush().map_err(|error| named(&self.path, &error))
    }
}

/// Writes one file, whole or not at all.
pub fn write_file(path: &Path, content: &[u8]) -> io::Result<()> {
    let (output, mut file) = Output::of_file(path)?;
    file.write_all(content)?;
    file.flush()?;
    output.commit().map(drop)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes a file that only its owner may read, whole and once: `false` where there is such a file already, which stays as it is.
pub fn write_secret(path: &Path, content: &[u8]) -> io::Result<bool> {
    let write = || {
        // As strict as temporary files are anyway.
        let mut aside = tempfile::Builder::new().prefix(".flexcast-").tempfile_in(folder_of(path))?;
        aside.write_all(content)?;
        aside.as_file().sync_all()?;
        match aside.persist_noclobber(path) {
            Ok(_) => Ok(true),
            Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(refused) => Err(refused.error),
        }
    };
    write().map_err(|error| named(path, &error))
}

/// A device, a pipe or a folder must not be replaced by a file.
fn check_replaceable(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => Err(named(path, &io::ErrorKind::IsADirectory.into())),
        Ok(there) if !there.is_file() => Err(named(path, &io::Error::other("it is a device or a pipe"))),
        _ => Ok(()),
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

/// Only where a file can't be replaced though its folder can be written to.
fn half_placed(path: &Path, error: &io::Error, placed: &[PathBuf]) -> io::Error {
    let placed: Vec<String> = placed.iter().map(|path| path.display().to_string()).collect();
    io::Error::other(format!("can't write {}: {error}; already new: {}", path.display(), placed.join(", ")))
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::other(format!("can't write {}: {error}; no file was changed", path.display()))
}
