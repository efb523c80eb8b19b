//! Real session logs: CSV in, sessions in the order of the core out. A log is read once, as a stream: what stays in memory are
//! its distinct names and a bounded number of its rows; the others wait on the disk.

mod columns;
mod fields;
mod orders;
mod record;
mod rows;
mod sorted;
#[cfg(test)]
mod tests;
mod text;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, Source};
use crate::meter::{Moment, Open, Phase};
use crate::scenario::{Names, Scenario};
use crate::time::Instant;
use crate::tokens::Tokens;
use columns::Columns;
pub use columns::log_columns;
pub use orders::{ORDER_COLUMNS, Orders, read_orders};
use rows::Rows;
pub use sorted::Sorted;
use sorted::{RUN_BYTES, Sorter};
pub(crate) use text::{Row, Text};

/// A log, read and sorted.
#[derive(Debug)]
pub struct UsageLog {
    /// By instant of opening; at equal instants in the order of writing.
    pub rows: Sorted,
    /// Users who aren't in the scenario: their ids follow the scenario's.
    pub strangers: Vec<String>,
    /// By `DeviceId`.
    pub devices: Names,
    /// By `VersionId`.
    pub versions: Names,
    /// The last instant in the log, where it has any.
    pub last: Option<Instant>,
    /// Columns that aren't read though their names are near to known ones: each with the one that may be meant.
    pub near_columns: Vec<(String, &'static str)>,
    /// What the log is called: its path as it was given, or `standard input`.
    pub name: String,
    /// The fingerprint of the bytes that were read.
    pub sha256: [u8; 32],
    /// How many rows were bad and left out.
    pub bad_rows: usize,
    /// What is wrong with the first of them.
    pub bad: Vec<Diagnostic>,
}

/// One row of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// When the session was opened, or the result asked for.
    pub opened: Instant,
    /// What was opened by whom.
    pub open: Open,
    /// What came of it.
    pub what: Use,
}

/// What a row of a log is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Use {
    /// A session of a product that is charged for windows.
    Session {
        /// When it was closed; `None` where it was still open at the log's end.
        closed: Option<Instant>,
        /// Without meaningful use (rules.md T7): half-open spans inside the session, in order, none overlapping another.
        idle: Vec<(Instant, Instant)>,
    },
    /// Results of a cloud service (rules.md X4).
    Results {
        /// How many, where one token stands for one result: more than 0.
        quantity: Tokens,
        /// What failed of it, and was given back.
        failed: Option<Failed>,
    },
}

/// Results that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed {
    /// When: not before they were asked for.
    pub at: Instant,
    /// How many, where one token stands for one result: at most as many as were asked for.
    pub quantity: Tokens,
}

impl Use {
    /// A session that was never idle.
    pub const fn session(closed: Option<Instant>) -> Self {
        Use::Session { closed, idle: Vec::new() }
    }

    /// When a session was closed.
    pub const fn closed(&self) -> Option<Instant> {
        match self {
            Use::Session { closed, .. } => *closed,
            Use::Results { .. } => None,
        }
    }

    /// When a session was without meaningful use.
    pub fn idle(&self) -> &[(Instant, Instant)] {
        match self {
            Use::Session { idle, .. } => idle,
            Use::Results { .. } => &[],
        }
    }
}

/// Idle spans (rules.md T7) clipped to their session, in order; those that overlap are one. Where two touch, there was use in between.
pub fn idle_within(
    opened: Instant,
    closed: Option<Instant>,
    mut spans: Vec<(Instant, Instant)>,
) -> Vec<(Instant, Instant)> {
    for (from, until) in &mut spans {
        *from = opened.max(*from);
        *until = closed.map_or(*until, |closed| closed.min(*until));
    }
    spans.retain(|(from, until)| from < until);
    spans.sort();
    spans.dedup_by(|next, last| {
        let overlap = next.0 < last.1;
        if overlap {
            last.1 = last.1.max(next.1);
        }
        overlap
    });
    spans
}

impl Logged {
    /// Notes when a session that was still open was closed.
    pub fn close(&mut self, at: Instant) {
        if let Use::Session { closed, idle } = &mut self.what {
            *closed = Some(at);
            *idle = idle_within(self.opened, *closed, std::mem::take(idle));
        }
    }

    /// When it enters the meter: results come after opens.
    fn moment(&self) -> Moment {
        match self.what {
            Use::Session { .. } => (self.opened, Phase::Open),
            Use::Results { .. } => (self.opened, Phase::Result),
        }
    }

    /// The last instant that it names.
    fn last(&self) -> Instant {
        let named = match &self.what {
            Use::Session { closed, idle } => closed.or(idle.last().map(|span| span.1)),
            Use::Results { failed, .. } => failed.map(|failed| failed.at),
        };
        named.unwrap_or(self.opened)
    }
}

/// Why a log isn't metered.
#[derive(Debug)]
pub enum Unread {
    /// It can't be read, or rows of it are bad.
    Refused(Vec<Diagnostic>),
    /// Its rows can't be put aside on the disk.
    Disk(io::Error),
}

impl From<Vec<Diagnostic>> for Unread {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Unread::Refused(diagnostics)
    }
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        let folder = std::env::temp_dir();
        Unread::Disk(io::Error::other(format!("can't put the log's rows aside in {}: {error}", folder.display())))
    }
}

/// Reads a log for a scenario; `-` is the standard input. Identities are named as the scenario's covers name them.
///
/// A bad row is an error that names its line (of very many, the first are told); with `skip_bad_rows` it is left out
/// instead, and counted.
pub fn read(path: &Path, scenario: &Scenario, identities: &mut Names, skip_bad_rows: bool) -> Result<UsageLog, Unread> {
    let (input, name): (Box<dyn Read>, _) = if path == Path::new("-") {
        (Box::new(io::stdin().lock()), "standard input".to_owned())
    } else {
        let name = path.display().to_string();
        (Box::new(File::open(path).map_err(|error| vec![unreadable(&name, &error)])?), name)
    };
    let log = read_from(input, name, scenario, identities, RUN_BYTES)?;
    if log.bad_rows == 0 || skip_bad_rows { Ok(log) } else { Err(log.bad.into()) }
}

fn read_from(
    input: impl Read,
    name: String,
    scenario: &Scenario,
    identities: &mut Names,
    run_bytes: usize,
) -> Result<UsageLog, Unread> {
    let mut text = Text::new(input);
    let failed = |error: io::Error| vec![unreadable(&name, &error)];
    match text.next().map_err(failed)? {
        Some(Ok(())) => {}
        Some(Err(error)) => return Err(vec![placed(error, &text.row, &name)].into()),
        None => return Err(vec![Diagnostic::new(format!("the session log {name} is empty"))].into()),
    }
    let columns = Columns::find(&text.row)
        .map_err(|errors| -> Vec<_> { errors.into_iter().map(|error| placed(error, &text.row, &name)).collect() })?;
    let near_columns = columns.near.clone();
    let mut rows = Rows::new(scenario, identities, columns);
    let mut sorter = Sorter::new(run_bytes);
    let mut bad = Bad::default();
    let mut last = None;
    while let Some(row) = text.next().map_err(failed)? {
        match row.and_then(|()| rows.logged(&text.row)) {
            Ok(logged) => {
                last = last.max(Some(logged.last()));
                sorter.add(logged)?;
            }
            Err(error) => {
                bad.add(|| placed(error, &text.row, &name));
                rows.suggest = bad.rows < SHOWN;
                text.take_back();
            }
        }
    }
    Ok(UsageLog {
        rows: sorter.finish()?,
        strangers: rows.strangers,
        devices: rows.devices,
        versions: rows.versions,
        last,
        near_columns,
        sha256: text.sha256(),
        name,
        bad_rows: bad.rows,
        bad: bad.told(),
    })
}

fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    let error = Diagnostic::new(format!("can't read the session log {name}: {error}"));
    error.help("give the path of a CSV file, or - for the standard input")
}

/// The error with its row shown.
pub(crate) fn placed(error: Diagnostic, row: &Row, name: &str) -> Diagnostic {
    let line = u32::try_from(row.line).unwrap_or(u32::MAX);
    let source = Source::excerpt(name, line, row.excerpt());
    let length = source.text.chars().count().max(1) as u32;
    error.at(&Place { source: Arc::new(source), line, column: 1, length })
}

/// How many bad rows are shown.
const SHOWN: usize = 20;

/// Bad rows: how many, and what is wrong with the first of them.
#[derive(Debug, Default)]
pub(crate) struct Bad {
    pub(crate) rows: usize,
    first: Vec<Diagnostic>,
}

impl Bad {
    pub(crate) fn add(&mut self, error: impl FnOnce() -> Diagnostic) {
        self.rows += 1;
        if self.rows <= SHOWN {
            self.first.push(error());
        }
    }

    pub(crate) fn told(mut self) -> Vec<Diagnostic> {
        if self.rows > SHOWN {
            self.first.push(Diagnostic::new(format!("{} more rows are bad", self.rows - SHOWN)));
        }
        self.first
    }
}
