//! A log as lines of text, whatever stands in the file.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// No line of a log is nearly as long; of a longer one the beginning is kept.
const LONGEST: u64 = 1 << 16;

/// The lines of a file, one at a time.
#[derive(Debug)]
pub struct Lines {
    file: BufReader<File>,
    bytes: Vec<u8>,
    /// Of the last line read, from 1.
    pub number: u64,
}

impl Lines {
    /// Opens a file. Logs are read twice, once for their dates, so a pipe won't do.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "it isn't a file; what comes from a pipe, save first",
            ));
        }
        Ok(Lines { file: BufReader::new(file), bytes: Vec::new(), number: 0 })
    }

    /// The next line without its end; `None` at the file's end.
    pub fn next(&mut self) -> io::Result<Option<String>> {
        self.bytes.clear();
        if (&mut self.file).take(LONGEST).read_until(b'\n', &mut self.bytes)? == 0 {
            return Ok(None);
        }
        if !self.bytes.ends_with(b"\n") {
            self.file.skip_until(b'\n')?;
        }
        self.number += 1;
        Ok(Some(text(&self.bytes).trim_start_matches('\u{feff}').trim_end().to_owned()))
    }
}

/// UTF-8, or else the one-byte letters of western Windows servers, in which the first 256 of Unicode stand for themselves.
fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}
