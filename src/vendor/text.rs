use std::io::{self, Read};

use super::columns::Columns;
use super::table::{Table, unreadable};
use crate::diagnostic::Diagnostic;
use crate::usage_log::{Text, placed};

/// Rows of CSV, as a log has them.
pub(super) struct CsvTable {
    text: Text<Box<dyn Read>>,
    columns: Columns,
    name: String,
}

impl CsvTable {
    pub(super) fn open(input: Box<dyn Read>, name: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut text = Text::new(input);
        match text.next().map_err(|error| vec![unreadable(name, &error)])? {
            Some(Ok(())) => {}
            Some(Err(error)) => return Err(vec![placed(error, &text.row, name)]),
            None => return Err(vec![Diagnostic::new(format!("the export {name} is empty"))]),
        }
        let columns = Columns::find(text.row.fields()).map_err(|errors| -> Vec<Diagnostic> {
            errors.into_iter().map(|error| placed(error, &text.row, name)).collect()
        })?;
        Ok(CsvTable { text, columns, name: name.to_owned() })
    }
}

impl Table for CsvTable {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn next(&mut self) -> io::Result<Option<Result<(), Diagnostic>>> {
        self.text.next()
    }

    fn cell(&self, place: usize) -> &str {
        self.text.row.field(place).unwrap_or_default()
    }

    fn wrong(&mut self, error: Diagnostic) -> Diagnostic {
        let error = placed(error, &self.text.row, &self.name);
        self.text.take_back();
        error
    }

    fn sha256(self: Box<Self>) -> [u8; 32] {
        self.text.sha256()
    }
}
