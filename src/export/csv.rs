use std::io::{self, Write};

use super::table::Table;
use crate::spreadsheet::Rows;

/// Writes a table as CSV.
pub fn write_csv(table: &Table, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    rows.write_record(&table.columns)?;
    for row in &table.rows {
        rows.write_record(row.iter().map(super::Cell::written))?;
    }
    rows.flush()
}
