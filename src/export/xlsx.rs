use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::table::{Cell, Table};
use crate::calendar::Day;

/// What was exported, in words: a sheet of its own beside the table.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// What is said, and of what.
    pub lines: Vec<(&'static str, String)>,
    /// Whether it comes before the table, as in the vendor's usage report.
    pub first: bool,
    /// The day as of which it is, which the workbook bears as its own: the same export has the same bytes.
    pub as_of: Day,
}

/// A table as a workbook: days are dates, tokens numbers, and text is text, whatever it begins with.
pub fn write_xlsx(table: &Table, about: &About) -> io::Result<Vec<u8>> {
    workbook(table, about).map_err(io::Error::other)
}

fn workbook(table: &Table, about: &About) -> Result<Vec<u8>, XlsxError> {
    let (data, words) = (data(table)?, words(about)?);
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&date(about.as_of)?));
    let sheets = if about.first { [words, data] } else { [data, words] };
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer()
}

fn data(table: &Table) -> Result<Worksheet, XlsxError> {
    let (mut sheet, head, day) =
        (Worksheet::new(), Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    sheet.set_name(table.name)?.set_freeze_panes(1, 0)?;
    for (column, name) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, column, *name, &head)?;
    }
    for (place, row) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(row) {
            write(&mut sheet, place, column, cell, &day)?;
        }
    }
    if let Some(last) = table.columns.len().checked_sub(1) {
        sheet.autofilter(0, 0, table.rows.len() as u32, last as u16)?;
    }
    sheet.autofit();
    Ok(sheet)
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, day: &Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(text) => sheet.write_string(row, column, text)?,
        Cell::Tokens(tokens) => sheet.write_number(row, column, tokens.millionths() as f64 / 1e6)?,
        Cell::Average(average) => sheet.write_number(row, column, *average)?,
        Cell::Count(count) => sheet.write_number(row, column, *count as f64)?,
        Cell::Day(on) | Cell::Midnight(on) => sheet.write_datetime_with_format(row, column, date(*on)?, day)?,
    };
    Ok(())
}

fn words(about: &About) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("about")?;
    for (row, (what, said)) in (0..).zip(&about.lines) {
        sheet.write_string(row, 0, *what)?.write_string(row, 1, said)?;
    }
    sheet.autofit();
    Ok(sheet)
}

fn date(day: Day) -> Result<ExcelDateTime, XlsxError> {
    let (year, month, day) = day.ymd();
    ExcelDateTime::from_ymd(year as u16, month as u8, day as u8)
}
