//! Tables on the terminal.

use comfy_table::{CellAlignment, Table, presets};

/// A table of words: all columns are set to the left.
pub(super) fn words(header: &[&str]) -> Table {
    let mut table = plain(header);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}

/// A table of figures: all columns but the first are set to the right.
pub(super) fn figures(header: &[&str]) -> Table {
    let mut table = plain(header);
    for (place, column) in table.column_iter_mut().enumerate() {
        column.set_padding((if place == 0 { 2 } else { 0 }, 2));
        column.set_cell_alignment(if place == 0 { CellAlignment::Left } else { CellAlignment::Right });
    }
    table
}

fn plain(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(header.to_vec());
    table
}

/// Its lines, without white at their ends.
pub(super) fn lines(table: &Table) -> String {
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
