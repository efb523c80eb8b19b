//! A file of rows of text, be it CSV or a spreadsheet.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::columns::Columns;
use super::text::CsvTable;
use super::workbook::Workbook;
use crate::diagnostic::Diagnostic;

/// Rows under a header, one after the other.
pub(super) trait Table {
    /// What its header names.
    fn columns(&self) -> &Columns;

    /// Goes to the next row; `None` at the end. The inner error is the row's own: the next one can be read.
    fn next(&mut self) -> io::Result<Option<Result<(), Diagnostic>>>;

    /// A cell of the row by its place, trimmed; empty where the row ends before.
    fn cell(&self, place: usize) -> &str;

    /// An error in the row, with the row shown. Nothing more is read of the row.
    fn wrong(&mut self, error: Diagnostic) -> Diagnostic;

    /// The fingerprint of the file.
    fn sha256(self: Box<Self>) -> [u8; 32];
}

/// What a workbook begins with: it is a ZIP archive.
const ZIP: &[u8] = b"PK\x03\x04";
/// What the workbooks of old begin with.
const OLD: &[u8] = b"\xD0\xCF\x11\xE0";

/// Opens a file; `-` is the standard input. What it is its first bytes tell.
pub(super) fn open(path: &Path, name: &str) -> Result<Box<dyn Table>, Vec<Diagnostic>> {
    let failed = |error: io::Error| vec![unreadable(name, &error)];
    let input: Box<dyn Read> =
        if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(path).map_err(failed)?) };
    let mut input = BufReader::new(input);
    let begin = input.fill_buf().map_err(failed)?;
    if begin.starts_with(OLD) {
        let error = Diagnostic::new(format!("{name} is a workbook of before 2007"));
        return Err(vec![error.help("save it as .xlsx, or as CSV")]);
    }
    if begin.starts_with(ZIP) {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes).map_err(failed)?;
        return Ok(Box::new(Workbook::open(&bytes, name)?));
    }
    Ok(Box::new(CsvTable::open(Box::new(input), name)?))
}

pub(super) fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    let error = Diagnostic::new(format!("can't read the export {name}: {error}"));
    error.help("give the path of a CSV or XLSX file, or - for the standard input")
}
