//! FlexNet debug logs into sessions: what companies have from their old licence servers.
//!
//! A server writes a line for each licence that goes out, comes back or is refused, with the time of day; dates stand in lines of
//! their own. So lines become events ([`event`]), times become instants ([`clock`]), and checkouts become sessions
//! ([`checkouts`]): from when a licence goes out until it comes back. A log is read as a stream; what is out, and the names, are all that is
//! held.
//!
//! | reading | why |
//! | --- | --- |
//! | Returns go to the oldest checkout of the same feature, user and device, or to that of the same handle in a verbose log. | The log tells no more. |
//! | A package (`64300ACD_F`) and a version (`86604ACD_2017_0F`) that go out to one user and device within 2 seconds are one session, if the server lists the version in the package or lists nothing of it. | One start checks out both. |
//! | What is out when a daemon exits ends then; what is out when one starts ended at the last sign of its life before. | No licence outlives its server. |
//! | A step back of more than 2 hours is midnight; stragglers of up to 5 minutes are none. | Daemons and threads write to one file. |
//! | A time that comes twice is the first one, unless the log has passed it; a time that doesn't come is moved on by the gap. | As in the rest of flexcast. |
//! | Users and devices are in lower case. | Windows signs the same user in as `Anna` and `anna`. |

pub mod checkouts;
pub mod clock;
pub mod event;
mod feature;
mod lines;
mod log;
mod packages;
mod summary;
mod tables;

use std::io::{self, Write};
use std::path::PathBuf;

pub use feature::Products;
pub use summary::{Summary, Unmapped};
pub use tables::{Refusal, Session, Tables};

use crate::calendar::{Day, Zone};
use crate::diagnostic::Diagnostic;
use crate::pseudonyms::Pseudonyms;
use crate::time::Instant;
use checkouts::{Checkouts, Return, Seat, Start};
use clock::ServerClock;
use event::{Checkout, Event, Line, Stamp};
use lines::Lines;
use log::{Log, unreadable};
use packages::Packages;

/// How a log is to be read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the server's clock hangs.
    pub zone: Zone,
    /// The day on which a log begins that names no date.
    pub start: Option<Day>,
    /// What features stand for.
    pub products: Products,
    /// Users and devices as written, not in lower case.
    pub keep_case: bool,
    /// What users and devices are called.
    pub pseudonyms: Pseudonyms,
}

/// Why an import failed.
#[derive(Debug)]
pub enum Failure {
    /// A log can't be read.
    Log(Box<Diagnostic>),
    /// A table can't be written.
    Table(io::Error),
}

impl From<Box<Diagnostic>> for Failure {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        Failure::Log(diagnostic)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Table(error)
    }
}

/// Reads the logs of one server, given in any order, into tables.
pub fn import<W: Write>(paths: &[PathBuf], options: &Options, tables: Tables<W>) -> Result<Summary, Failure> {
    let mut logs = Vec::new();
    for path in paths {
        logs.push(Log::find(path, options.start)?);
    }
    let begins = |log: &Log| log.clock(options.zone).now();
    logs.sort_by_key(begins);
    let mut import = Import {
        options,
        tables,
        checkouts: Checkouts::default(),
        packages: Packages::default(),
        alive: logs.first().map_or(Instant::MIN, begins),
        summary: Summary::default(),
    };
    let mut before: Option<(&Log, Instant)> = None;
    for log in &logs {
        if let Some((before, ended)) = before {
            log.follows(before, ended, begins(log))?;
        }
        before = Some((log, import.read(log)?));
    }
    Ok(import.finish()?)
}

/// An import under way.
struct Import<'a, W: Write> {
    options: &'a Options,
    tables: Tables<W>,
    checkouts: Checkouts,
    packages: Packages,
    /// The last sign of a vendor's daemon.
    alive: Instant,
    summary: Summary,
}

impl<W: Write> Import<'_, W> {
    /// Reads a log, and says when it ends.
    fn read(&mut self, log: &Log) -> Result<Instant, Failure> {
        let mut clock = log.clock(self.options.zone);
        let mut lines = Lines::open(&log.path).map_err(|error| unreadable(&log.path, &error))?;
        while let Some(text) = lines.next().map_err(|error| unreadable(&log.path, &error))? {
            let place = || format!("{}:{}", log.path.display(), lines.number);
            match event::line(&text) {
                Some(line) => self.line(&line, &mut clock, place)?,
                None if event::seems_torn(&text) => self.summary.torn(place),
                None => {}
            }
        }
        self.summary.set_back += clock.set_back;
        Ok(clock.now())
    }

    fn line(&mut self, line: &Line<'_>, clock: &mut ServerClock, place: impl FnOnce() -> String) -> io::Result<()> {
        self.summary.local_times |= matches!(line.stamp, Stamp::Wall(_));
        let named = event::date(line.message);
        let at = clock.read(line.stamp, named.map(|(day, _)| day));
        if let Some((_, Some(zone))) = named {
            self.summary.server_zone.get_or_insert_with(|| zone.to_owned());
        }
        match event::event(line) {
            Event::Out(checkout) => self.out(line.daemon, &checkout, at),
            Event::In(checkout, why) => self.back(line.daemon, &checkout, why, at)?,
            Event::Denied(checkout, reason) => self.denied(line.daemon, &checkout, reason, at)?,
            Event::Unsupported => self.summary.unsupported += 1,
            Event::Exits => self.end(Some(line.daemon), at)?,
            Event::Starts(daemon) => self.end(daemon, self.alive)?,
            Event::Torn => self.summary.torn(place),
            Event::Other => self.packages.read(line.daemon, line.message),
        }
        if line.daemon != "lmgrd" || line.message.starts_with("TIMESTAMP") {
            self.alive = at;
        }
        Ok(())
    }

    fn out(&mut self, daemon: &str, checkout: &Checkout<'_>, at: Instant) {
        self.summary.checkouts += 1;
        self.checkouts.out(self.seat(daemon, checkout), checkout, at, &self.packages);
    }

    fn back(&mut self, daemon: &str, checkout: &Checkout<'_>, why: &str, at: Instant) -> io::Result<()> {
        self.summary.returns += 1;
        let seat = self.seat(daemon, checkout);
        match self.checkouts.back(&seat, checkout, at) {
            Return::Unknown => self.summary.returned_only += 1,
            Return::Part => {}
            Return::Whole(start) => {
                self.summary.inactive += u64::from(why == "INACTIVE");
                self.session(&seat, &start, start.closed())?;
            }
        }
        Ok(())
    }

    fn denied(&mut self, daemon: &str, checkout: &Checkout<'_>, reason: &str, at: Instant) -> io::Result<()> {
        let Seat { user, host, .. } = self.seat(daemon, checkout);
        let named = self.options.products.name(checkout.feature);
        let (product, version) = (&*named.product, &*named.version);
        let feature = checkout.feature;
        self.tables.refusal(&Refusal { time: at, user: &user, product, version, device: &host, feature, reason })?;
        self.summary.denied += 1;
        self.summary.denied_users.insert(user);
        Ok(())
    }

    /// A daemon has ended, at the latest now.
    fn end(&mut self, daemon: Option<&str>, at: Instant) -> io::Result<()> {
        for (seat, start) in self.checkouts.end(daemon) {
            self.summary.ended_by_server += u64::from(start.closed().is_none());
            let closed = start.closed().unwrap_or(at.max(start.opened));
            self.session(&seat, &start, Some(closed))?;
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<Summary> {
        for (seat, start) in self.checkouts.end(None) {
            self.summary.still_open += u64::from(start.closed().is_none());
            self.session(&seat, &start, start.closed())?;
        }
        self.tables.finish()?;
        Ok(self.summary)
    }

    fn session(&mut self, seat: &Seat, start: &Start, closed: Option<Instant>) -> io::Result<()> {
        let named = self.options.products.name(start.feature());
        self.tables.session(&Session {
            user: &seat.user,
            product: &named.product,
            opened: start.opened,
            closed,
            version: &named.version,
            device: &seat.host,
        })?;
        let summary = &mut self.summary;
        summary.sessions += 1;
        if !summary.users.contains(&seat.user) {
            summary.users.insert(seat.user.clone());
        }
        if !named.known {
            let unmapped = summary.unmapped.entry(start.feature().to_owned()).or_default();
            unmapped.product.clone_from(&named.product);
            unmapped.sessions += 1;
        }
        *summary.products.entry(named.product).or_default() += 1;
        Ok(())
    }

    fn seat(&self, daemon: &str, checkout: &Checkout<'_>) -> Seat {
        let name = |name: &str| if self.options.keep_case { name.to_owned() } else { name.to_lowercase() };
        let pseudonyms = &self.options.pseudonyms;
        Seat {
            daemon: daemon.to_owned(),
            user: pseudonyms.user(&name(checkout.user)).into_owned(),
            host: pseudonyms.device(&name(checkout.host)).into_owned(),
        }
    }
}
