use std::io::{self, Cursor};
use std::sync::Arc;

use calamine::{Data, ExcelDateTime, Range, Reader, Xlsx};
use sha2::{Digest, Sha256};

use super::columns::Columns;
use super::table::Table;
use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Place, Source};

/// The header is among so many rows at the top of its sheet.
const TOP: usize = 20;

/// The sheet of a workbook (XLSX) that has the rows.
pub(super) struct Workbook {
    /// The file and the sheet.
    name: String,
    columns: Columns,
    /// The header and what is under it, as text.
    rows: Vec<Vec<String>>,
    /// The number of the first of these rows, from 1.
    first: usize,
    /// The place of the row in them.
    at: usize,
    sha256: [u8; 32],
}

impl Workbook {
    /// Finds the sheet by its header.
    pub(super) fn open(bytes: &[u8], name: &str) -> Result<Self, Vec<Diagnostic>> {
        let unreadable = |error: calamine::XlsxError| {
            let error = Diagnostic::new(format!("can't read the workbook {name}: {error}"));
            vec![error.help("open it in a spreadsheet program and save it as .xlsx, or as CSV")]
        };
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
        for sheet in workbook.sheet_names() {
            let cells = workbook.worksheet_range(&sheet).map_err(unreadable)?;
            let Some(header) = header(&cells) else { continue };
            let rows: Vec<Vec<String>> = cells.rows().skip(header).map(|row| row.iter().map(text).collect()).collect();
            let first = cells.start().map_or(0, |start| start.0 as usize) + header + 1;
            let name = format!("{name}, sheet {sheet}");
            let columns = Columns::find(rows[0].iter().map(String::as_str)).map_err(|errors| -> Vec<Diagnostic> {
                errors.into_iter().map(|error| placed(error, &name, first, &rows[0])).collect()
            })?;
            return Ok(Workbook { name, columns, rows, first, at: 0, sha256: Sha256::digest(bytes).into() });
        }
        let error = Diagnostic::new(format!("no sheet of {name} is an export of use"));
        let expected = "expected a header with a user, a product, and `day_used` or `days_used`";
        Err(vec![error.expected(expected).help("export the daily usage or the usage report")])
    }
}

/// The place of the row that names the columns.
fn header(cells: &Range<Data>) -> Option<usize> {
    let names = |row: &[Data]| row.iter().map(text).collect::<Vec<_>>();
    cells.rows().take(TOP).position(|row| Columns::are_named_by(names(row).iter().map(String::as_str)))
}

/// A cell as CSV would have it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => decimal(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.trim().to_owned(),
        Data::Bool(is) => is.to_string(),
        Data::DateTime(at) => date(*at),
        Data::Error(error) => error.to_string(),
    }
}

/// To the millionth: sums of a spreadsheet are binary floats.
fn decimal(number: f64) -> String {
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A date with its time, unless that is midnight.
fn date(at: ExcelDateTime) -> String {
    let (year, month, day, hours, minutes, seconds, _) = at.to_ymd_hms_milli();
    match Day::from_ymd(year.into(), month.into(), day.into()) {
        Some(day) if at.is_datetime() && (hours, minutes, seconds) == (0, 0, 0) => day.to_string(),
        Some(day) if at.is_datetime() => format!("{day} {hours:02}:{minutes:02}:{seconds:02}"),
        _ => decimal(at.as_f64()),
    }
}

fn placed(error: Diagnostic, name: &str, line: usize, row: &[String]) -> Diagnostic {
    let shown = row.join(" | ").replace(char::is_control, " ");
    let source = Source::excerpt(name, line as u32, shown);
    let length = source.text.chars().count().max(1) as u32;
    error.at(&Place { source: Arc::new(source), line: line as u32, column: 1, length })
}

impl Table for Workbook {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn next(&mut self) -> io::Result<Option<Result<(), Diagnostic>>> {
        let next =
            self.rows.iter().enumerate().skip(self.at + 1).find(|(_, row)| row.iter().any(|cell| !cell.is_empty()));
        let next = next.map(|(place, _)| place);
        Ok(next.map(|place| {
            self.at = place;
            Ok(())
        }))
    }

    fn cell(&self, place: usize) -> &str {
        self.rows[self.at].get(place).map_or("", String::as_str)
    }

    fn wrong(&mut self, error: Diagnostic) -> Diagnostic {
        placed(error, &self.name, self.first + self.at, &self.rows[self.at])
    }

    fn sha256(self: Box<Self>) -> [u8; 32] {
        self.sha256
    }
}
