use std::io;
use std::path::{Path, PathBuf};

use super::booking::{Booking, Row};
use super::columns::Column;
use super::fields::{access, day, days, shown, tokens};
use super::table::{self, Table, unreadable};
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::pseudonyms::Pseudonyms;
use crate::tokens::Tokens;
use crate::usage_log::Bad;
use crate::usage_report::UsageBook;

/// What files tell of use.
#[derive(Debug)]
pub struct Imported {
    /// By UTC days.
    pub book: UsageBook,
    /// How many rows tell of use.
    pub rows: u64,
    /// How many tell of none, and aren't booked: people who were assigned and used nothing.
    pub unused: u64,
    /// How many rows were bad and left out.
    pub bad_rows: usize,
    /// What is wrong with the first of them.
    pub bad: Vec<Diagnostic>,
    /// Each file, by its path as it was given, with its SHA-256.
    pub inputs: Vec<(String, [u8; 32])>,
}

/// Reads exports of daily use, or usage reports of one range, or records of either. `range` is what a usage report is of, as it doesn't
/// say so itself. Users are called as these pseudonyms have it.
///
/// A bad row is an error that names its line (of very many, the first are told); with `skip_bad_rows` it is left out instead, and
/// counted. What two files both tell is bad in the second one.
pub fn read(
    paths: &[PathBuf],
    range: Option<(Day, Day)>,
    skip_bad_rows: bool,
    pseudonyms: &Pseudonyms,
) -> Result<Imported, Vec<Diagnostic>> {
    let mut booking = Booking::calling(pseudonyms);
    let (mut bad, mut inputs) = (Bad::default(), Vec::new());
    for path in paths {
        let name = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
        let mut table = table::open(path, &name)?;
        check_range(table.as_ref(), range, &name)?;
        booking.next_file(&name, table.columns().has(Column::Tokens)).map_err(|error| vec![error])?;
        read_rows(table.as_mut(), range, &mut booking, &mut bad).map_err(|error| vec![unreadable(&name, &error)])?;
        inputs.push((name, table.sha256()));
    }
    if bad.rows > 0 && !skip_bad_rows {
        return Err(bad.told());
    }
    let (rows, unused, bad_rows) = (booking.rows, booking.unused, bad.rows);
    let Some(book) = booking.book() else {
        let names: Vec<&str> = inputs.iter().map(|(name, _)| name.as_str()).collect();
        let mut errors = bad.told();
        errors.push(Diagnostic::new(format!("{} tells of no use", names.join(" and "))));
        return Err(errors);
    };
    Ok(Imported { book, rows, unused, bad_rows, bad: bad.told(), inputs })
}

/// A usage report needs a range, and nothing else takes one.
fn check_range(table: &dyn Table, range: Option<(Day, Day)>, name: &str) -> Result<(), Vec<Diagnostic>> {
    let columns = table.columns();
    let of_days = columns.daily() || (columns.has(Column::From) && columns.has(Column::To));
    let error = match (of_days, range) {
        (true, Some(_)) => Diagnostic::new(format!("the rows of {name} say of which days they are"))
            .help("leave `--range` out, which is for usage reports"),
        (false, None) => Diagnostic::new(format!("{name} is a usage report, and doesn't say of which days"))
            .help(format!("flexcast import usage {name} --range FROM..TO says for which days it was exported")),
        _ => return Ok(()),
    };
    Err(vec![error])
}

fn read_rows(table: &mut dyn Table, range: Option<(Day, Day)>, booking: &mut Booking, bad: &mut Bad) -> io::Result<()> {
    while let Some(next) = table.next()? {
        let booked = match next {
            Ok(()) => read_row(table, range).and_then(|row| booking.add(row)),
            Err(error) => Err(error),
        };
        if let Err(error) = booked {
            let error = table.wrong(error);
            bad.add(|| error);
        }
    }
    Ok(())
}

fn read_row(table: &dyn Table, range: Option<(Day, Day)>) -> Result<Row<'_>, Diagnostic> {
    let (from, to) = span(table, range)?;
    let named = |column, what: &str| match cell(table, column).1 {
        "" => Err(Diagnostic::new(format!("the row names no {what}"))),
        name => Ok(name),
    };
    let (tokens, days_used) = (read_cell(table, Column::Tokens, tokens)?, days_used(table)?);
    let most = (to.number() - from.number() + 1) as u64;
    if days_used.is_some_and(|days| days > most) {
        let error = Diagnostic::new(format!("more days were used than there are from {from} to {to}"));
        return Err(error.help("is the range that of the export?"));
    }
    Ok(Row {
        from,
        to,
        team: cell(table, Column::Team).1,
        user: named(Column::User, "user")?,
        product: named(Column::Product, "product")?,
        version: cell(table, Column::Version).1,
        access: access(cell(table, Column::Access).1),
        days_used: days_used.unwrap_or((tokens >= Tokens::ZERO).into()),
        tokens,
    })
}

/// The days of which a row tells.
fn span(table: &dyn Table, range: Option<(Day, Day)>) -> Result<(Day, Day), Diagnostic> {
    if table.columns().daily() {
        let day = read_cell(table, Column::Day, day)?;
        return Ok((day, day));
    }
    if let Some(range) = range {
        return Ok(range);
    }
    let (from, to) = (read_cell(table, Column::From, day)?, read_cell(table, Column::To, day)?);
    if to < from {
        return Err(Diagnostic::new(format!("the row ends on {to}, before it begins on {from}")));
    }
    Ok((from, to))
}

/// Of a daily row it isn't said.
fn days_used(table: &dyn Table) -> Result<Option<u64>, Diagnostic> {
    let said = table.columns().has(Column::DaysUsed);
    said.then(|| read_cell(table, Column::DaysUsed, days)).transpose()
}

/// The first cell of a column that says something, and its place; the place of the last where none does.
fn cell(table: &dyn Table, column: Column) -> (usize, &str) {
    let places = table.columns().places(column);
    let cells = places.iter().map(|place| (*place, shown(table.cell(*place))));
    let last = places.last().map_or(0, |place| *place);
    cells.into_iter().find(|(_, cell)| !cell.is_empty()).unwrap_or((last, ""))
}

fn read_cell<T>(
    table: &dyn Table,
    column: Column,
    read: fn(&str, &str) -> Result<T, Diagnostic>,
) -> Result<T, Diagnostic> {
    let (place, cell) = cell(table, column);
    read(table.columns().name(place), cell)
}
