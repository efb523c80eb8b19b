use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::table::{Cell, Table};

/// Writes a table as a JSON list of rows by the names of the columns; what isn't known is null.
pub fn write_json(table: &Table, mut out: impl Write) -> io::Result<()> {
    let row = |row: &Vec<Cell>| -> Value {
        let cells = table.columns.iter().zip(row);
        Value::Object(cells.map(|(name, cell)| ((*name).to_owned(), value(cell))).collect::<Map<_, _>>())
    };
    let rows: Vec<Value> = table.rows.iter().map(row).collect();
    serde_json::to_writer_pretty(&mut out, &rows)?;
    out.write_all(b"\n")?;
    out.flush()
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Tokens(tokens) => json!(tokens),
        Cell::Average(average) => json!(average),
        Cell::Count(count) => json!(count),
        Cell::Text(_) | Cell::Day(_) | Cell::Midnight(_) => json!(cell.written()),
    }
}
