use crate::calendar::Day;
use crate::tokens::Tokens;

/// Which names columns have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// The older ones, such as `tokens_used`.
    Snake,
    /// Those of 2026, such as `Tokens used`.
    Title,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// What isn't known.
    Empty,
    /// A text, whatever it begins with.
    Text(String),
    /// Tokens, exact.
    Tokens(Tokens),
    /// An average of tokens.
    Average(f64),
    /// A whole number.
    Count(u64),
    /// A civil day.
    Day(Day),
    /// A civil day that the vendor writes with its midnight, `2027-01-04 00:00`.
    Midnight(Day),
}

/// A table to be written: as many cells in each row as there are columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What a sheet of it is called.
    pub name: &'static str,
    /// The names of the columns.
    pub columns: Vec<&'static str>,
    /// The rows, in their order.
    pub rows: Vec<Vec<Cell>>,
}

/// A column: its name in either generation, empty where that has no such one, and what it says of a row.
pub(super) struct Column<R> {
    pub(super) snake: &'static str,
    pub(super) title: &'static str,
    pub(super) cell: fn(&R) -> Cell,
}

impl Table {
    /// The rows under the columns that a generation has: the older ones in the order given, the newer ones by their names, as the
    /// vendor's documentation lists them.
    pub(super) fn new<R>(name: &'static str, columns: &[Column<R>], naming: Columns, rows: &[R]) -> Table {
        let of = |column: &Column<R>| match naming {
            Columns::Snake => column.snake,
            Columns::Title => column.title,
        };
        let mut there: Vec<&Column<R>> = columns.iter().filter(|column| !of(column).is_empty()).collect();
        if naming == Columns::Title {
            there.sort_by_key(|column| column.title);
        }
        Table {
            name,
            columns: there.iter().map(|column| of(column)).collect(),
            rows: rows.iter().map(|row| there.iter().map(|column| (column.cell)(row)).collect()).collect(),
        }
    }
}

impl Cell {
    /// A text; empty where there is none.
    pub(super) fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    /// A day, where it is known.
    pub(super) fn day(day: Option<Day>) -> Cell {
        day.map_or(Cell::Empty, Cell::Day)
    }

    /// In plain letters, as CSV has it.
    pub fn written(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Tokens(tokens) => tokens.to_string(),
            Cell::Average(average) => average.to_string(),
            Cell::Count(count) => count.to_string(),
            Cell::Day(day) => day.to_string(),
            Cell::Midnight(day) => format!("{day} 00:00"),
        }
    }
}

/// A person as the columns name one.
#[derive(Clone, Debug)]
pub(super) struct Who {
    pub(super) name: String,
    /// Whether the name is a hash.
    pub(super) hashed: bool,
}

impl Who {
    pub(super) fn hash(&self) -> Cell {
        if self.hashed { Cell::text(&*self.name) } else { Cell::Empty }
    }

    /// The only name that there is.
    pub(super) fn id(&self) -> Cell {
        if self.hashed { Cell::Empty } else { Cell::text(&*self.name) }
    }

    pub(super) fn mail(&self) -> Cell {
        if !self.hashed && self.name.contains('@') { Cell::text(&*self.name) } else { Cell::Empty }
    }

    /// What stands for the mail where no other column names the person.
    pub(super) fn mail_or_name(&self) -> Cell {
        Cell::text(&*self.name)
    }
}
