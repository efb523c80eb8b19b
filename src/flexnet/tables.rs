//! The tables that come of a log.

use std::io::{self, Write};

use crate::calendar::rfc3339;
use crate::spreadsheet::Rows;
use crate::time::Instant;

/// A session, as the log of sessions has it.
#[derive(Clone, Copy, Debug)]
pub struct Session<'a> {
    /// The user.
    pub user: &'a str,
    /// The product.
    pub product: &'a str,
    /// When it was opened.
    pub opened: Instant,
    /// When it was closed; `None` where it was still open at the log's end.
    pub closed: Option<Instant>,
    /// The version; empty where nothing tells it.
    pub version: &'a str,
    /// The device.
    pub device: &'a str,
}

/// A request that the server refused.
#[derive(Clone, Copy, Debug)]
pub struct Refusal<'a> {
    /// When.
    pub time: Instant,
    /// The user.
    pub user: &'a str,
    /// The product.
    pub product: &'a str,
    /// The version; empty where nothing tells it.
    pub version: &'a str,
    /// The device.
    pub device: &'a str,
    /// The feature that was asked for.
    pub feature: &'a str,
    /// Why, as the server words it.
    pub reason: &'a str,
}

/// Where sessions go, and refused requests where they are wanted.
pub struct Tables<W: Write> {
    sessions: Rows<W>,
    denied: Option<Rows<W>>,
}

impl<W: Write> Tables<W> {
    /// Begins both with their headers.
    pub fn new(sessions: W, denied: Option<W>) -> io::Result<Self> {
        let mut tables = Tables { sessions: Rows::new(sessions), denied: denied.map(Rows::new) };
        tables.sessions.write_record(["user", "product", "opened", "closed", "version", "device"])?;
        if let Some(denied) = &mut tables.denied {
            denied.write_record(["time", "user", "product", "version", "device", "feature", "reason"])?;
        }
        Ok(tables)
    }

    pub(super) fn session(&mut self, session: &Session<'_>) -> io::Result<()> {
        let closed = session.closed.map_or(String::new(), rfc3339);
        let Session { user, product, version, device, .. } = *session;
        self.sessions.write_record([user, product, &rfc3339(session.opened), &closed, version, device])
    }

    pub(super) fn refusal(&mut self, refusal: &Refusal<'_>) -> io::Result<()> {
        let Refusal { user, product, version, device, feature, reason, .. } = *refusal;
        match &mut self.denied {
            Some(denied) => {
                denied.write_record([&rfc3339(refusal.time), user, product, version, device, feature, reason])
            }
            None => Ok(()),
        }
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.sessions.flush()?;
        self.denied.as_mut().map_or(Ok(()), Rows::flush)
    }
}
