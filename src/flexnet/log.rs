//! The logs of one server, in the order of time, each with the day it begins on.

use std::path::{Path, PathBuf};

use super::clock::{ServerClock, days_between, later};
use super::event::{Stamp, date, line};
use super::lines::Lines;
use crate::calendar::{Day, Zone, rfc3339};
use crate::diagnostic::Diagnostic;
use crate::time::Instant;

/// A file that is a log.
#[derive(Clone, Debug)]
pub struct Log {
    /// Where it is.
    pub path: PathBuf,
    first_day: Day,
    /// Seconds after 00:00 of the first day.
    first_wall: i64,
}

impl Log {
    /// Looks for the log's first date, and reckons back from it to the day of its first line. `start` is that day where the log
    /// names none.
    pub fn find(path: &Path, start: Option<Day>) -> Result<Self, Box<Diagnostic>> {
        let mut lines = Lines::open(path).map_err(|error| unreadable(path, &error))?;
        let (mut first_wall, mut last, mut days) = (None, 0, 0);
        while let Some(text) = lines.next().map_err(|error| unreadable(path, &error))? {
            let Some(line) = line(&text) else { continue };
            let (wall, named) = match line.stamp {
                Stamp::Wall(wall) => (wall, date(line.message).map(|(day, _)| day)),
                Stamp::Instant(at) => (at.seconds().rem_euclid(86_400), Some(Zone::UTC.day_of(at))),
            };
            days += if first_wall.is_some() { days_between(last, wall) } else { 0 };
            last = wall;
            let first_wall = *first_wall.get_or_insert(wall);
            if let Some(day) = named {
                return Ok(Log { path: path.to_owned(), first_day: later(day, -days), first_wall });
            }
        }
        match (first_wall, start) {
            (Some(first_wall), Some(first_day)) => Ok(Log { path: path.to_owned(), first_day, first_wall }),
            (Some(_), None) => Err(undated(path)),
            (None, _) => Err(no_log(path)),
        }
    }

    /// The server's clock at the first line.
    pub fn clock(&self, zone: Zone) -> ServerClock {
        ServerClock::new(zone, self.first_day, self.first_wall)
    }

    /// Refuses a log that begins before the one before it has ended.
    pub fn follows(&self, before: &Log, ended: Instant, begins: Instant) -> Result<(), Box<Diagnostic>> {
        if begins.seconds() >= ended.seconds() - 3600 {
            return Ok(());
        }
        let (name, earlier) = (self.path.display(), before.path.display());
        let error = Diagnostic::new(format!("{name} begins before {earlier} ends"))
            .expected(format!("{name} begins at {}, {earlier} ends at {}", rfc3339(begins), rfc3339(ended)))
            .help("give the logs of one server, each once; import those of another server by themselves");
        Err(Box::new(error))
    }
}

/// An error of the file system, as the user meets it.
pub fn unreadable(path: &Path, error: &std::io::Error) -> Box<Diagnostic> {
    let error = Diagnostic::new(format!("can't read the log {}: {error}", path.display()));
    Box::new(error.help("check the path and the permissions"))
}

fn undated(path: &Path) -> Box<Diagnostic> {
    let error = Diagnostic::new(format!("{} names no date", path.display()));
    Box::new(
        error
            .expected("expected a line such as `7:56:05 (lmgrd) TIMESTAMP 3/30/2016`")
            .help("say on which day it begins: --start 2016-03-30"),
    )
}

fn no_log(path: &Path) -> Box<Diagnostic> {
    let error = Diagnostic::new(format!("{} isn't a FlexNet debug log", path.display()));
    let error = error.expected("expected lines such as `9:27:32 (adskflex) OUT: \"64300ACD_F\" anna@pc7`");
    Box::new(error.help(
        "the debug log is the file that LMTOOLS names under Config Services (lmgrd's -l); a report log can't be read, nor can UTF-16",
    ))
}
