use super::text::Row;
use crate::diagnostic::{Diagnostic, nearest};

/// A column that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    User,
    Product,
    Opened,
    Closed,
    Version,
    Device,
    Platform,
    Online,
    Quantity,
    Idle,
    Identity,
    Failed,
    FailedQuantity,
}

/// Those that must be there come first.
const KNOWN: [(Column, &str); 13] = [
    (Column::User, "user"),
    (Column::Product, "product"),
    (Column::Opened, "opened"),
    (Column::Closed, "closed"),
    (Column::Version, "version"),
    (Column::Device, "device"),
    (Column::Platform, "platform"),
    (Column::Online, "online"),
    (Column::Quantity, "quantity"),
    (Column::Idle, "idle"),
    (Column::Identity, "identity"),
    (Column::Failed, "failed"),
    (Column::FailedQuantity, "failed_quantity"),
];
const REQUIRED: usize = 4;

/// The names of all columns that a session log may have.
pub fn log_columns() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|(_, name)| *name)
}

/// Where each known column stands.
pub(super) struct Columns {
    places: [Option<usize>; KNOWN.len()],
    /// Unknown columns, each with the missing one that it may be meant to be.
    pub(super) near: Vec<(String, &'static str)>,
}

impl Column {
    /// As the header has it.
    pub(super) fn name(self) -> &'static str {
        KNOWN[self as usize].1
    }
}

impl Columns {
    /// Reads the header; errors are without their place.
    pub(super) fn find(header: &Row) -> Result<Self, Vec<Diagnostic>> {
        let names: Vec<&str> = header.fields().collect();
        if let [only] = names[..]
            && only.contains([';', '\t'])
        {
            let error = Diagnostic::new("the columns aren't separated by commas");
            return Err(vec![error.help("save it as CSV with commas")]);
        }
        let unknown: Vec<&str> = names.iter().copied().filter(|name| !is_known(name)).collect();
        let mut places = [None; KNOWN.len()];
        let mut errors = Vec::new();
        for (column, name) in KNOWN {
            let mut found = (0..names.len()).filter(|place| names[*place] == name);
            places[column as usize] = found.next();
            if found.next().is_some() {
                errors.push(Diagnostic::new(format!("column `{name}` is there twice")));
            }
        }
        let missing: Vec<&'static str> =
            KNOWN.iter().filter(|known| places[known.0 as usize].is_none()).map(|known| known.1).collect();
        let required = |name: &&str| KNOWN[..REQUIRED].iter().any(|known| known.1 == *name);
        errors.extend(missing.iter().copied().filter(required).map(|name| without(name, &unknown)));
        let near =
            unknown.iter().filter_map(|name| Some(((*name).to_owned(), nearest(name, missing.iter().copied())?)));
        if errors.is_empty() { Ok(Columns { places, near: near.collect() }) } else { Err(errors) }
    }

    /// The field of a column; empty where the column isn't there.
    pub(super) fn get<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.places[column as usize].and_then(|place| row.field(place)).unwrap_or("")
    }

    /// Whether the row ends before it has come to all columns that must be there: the first of these.
    pub(super) fn cut_off(&self, row: &Row) -> Option<Column> {
        let required = KNOWN[..REQUIRED].iter().map(|known| known.0);
        required
            .into_iter()
            .find(|column| self.places[*column as usize].is_some_and(|place| row.field(place).is_none()))
    }

    /// The first known column whose field has a line break in it.
    pub(super) fn broken(&self, row: &Row) -> Option<Column> {
        KNOWN.iter().map(|known| known.0).find(|column| self.get(row, *column).contains(['\n', '\r']))
    }
}

fn is_known(name: &str) -> bool {
    KNOWN.iter().any(|known| known.1 == name)
}

fn without(name: &str, unknown: &[&str]) -> Diagnostic {
    let error = Diagnostic::new(format!("column `{name}` is missing"));
    let error = error.expected("expected a header with user, product, opened and closed, in any order");
    match nearest(name, unknown.iter().copied()) {
        Some(near) => error.help(format!("is `{near}` meant to be `{name}`?")),
        None => error,
    }
}
