//! Why each charge was due, which packs paid and why these first, what would have avoided it, and what each denial lacked: data,
//! put together from the meter's journal while sessions are metered. The words for it are made in `report`.
//!
//! `answer` is what comes out. `follow` reads the journal and keeps what was asked for; `history` knows who had what open, and
//! which windows there were; `line` knows which packs stood in line. `charge`, `avoid` and `missing` make answers of that. What is
//! kept grows with what is asked for, with what is open, and with the number of users and products, and not with the log.

mod answer;
mod asked;
mod avoid;
mod charge;
mod follow;
mod history;
mod json;
mod line;
mod missing;
mod names;

pub use answer::*;
pub use asked::Asked;

use follow::{Follower, Row};

use crate::meter::Meter;
use crate::queue::Queue;
use crate::replay::TableNames;
use crate::scenario::Setup;
use crate::time::{Instant, Span};
use crate::usage_log::Logged;

/// Meters sessions up to and including `until`, and explains what was asked for.
pub fn explain(
    names: TableNames<'_>,
    setup: &Setup,
    sessions: impl IntoIterator<Item = Logged>,
    until: Instant,
    seed: u64,
    asked: &Asked,
) -> Answer {
    let meter = Meter::new(setup.roster.clone(), names.scenario.rules.clone(), seed);
    let mut metering = Metering {
        queue: Queue::new(meter, &setup.timeline),
        administration: setup.timeline.iter().map(|(at, _)| *at).collect::<Vec<_>>().into_iter(),
        follower: Follower::new(names, asked),
    };
    for session in sessions.into_iter().take_while(|session| session.opened <= until) {
        metering.open(&session);
    }
    metering.advance(until);
    metering.follower.finish()
}

struct Metering<'a> {
    queue: Queue<'a>,
    /// When what is administered changes.
    administration: std::vec::IntoIter<Instant>,
    follower: Follower<'a>,
}

impl Metering<'_> {
    fn open(&mut self, session: &Logged) {
        self.catch_up(session.opened);
        let opened = self.queue.open(session.opened, session.open, session.closed, &[]);
        let row =
            Row { product: session.open.product, closed: session.closed, session: opened.map(|opened| opened.session) };
        self.read(Some(row));
    }

    fn advance(&mut self, until: Instant) {
        self.catch_up(until);
        self.queue.advance(until);
        self.read(None);
    }

    /// Stops before each instant of administration, so that what was decided before it is read with the roster of then.
    fn catch_up(&mut self, limit: Instant) {
        while let Some(at) = self.administration.as_slice().first().copied().filter(|at| *at <= limit) {
            self.administration.next();
            self.queue.advance(at - Span::from_seconds(1));
            self.read(None);
        }
    }

    fn read(&mut self, row: Option<Row>) {
        self.follower.read(&self.queue.journal.entries, self.queue.roster(), row);
        self.queue.journal.clear();
    }
}
