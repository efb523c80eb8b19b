//! The way into the meter that simulation and real logs share: opens are handed in in their order, and administration and
//! closes find their moments between them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::ledger::Ledger;
use crate::meter::{Event, Journal, Meter, Moment, Open, Phase, SessionId};
use crate::time::{Instant, Span};

/// A meter, with what is yet to happen to it.
#[derive(Debug)]
pub struct Queue<'a> {
    meter: Meter,
    timeline: &'a [(Instant, Event)],
    next_event: usize,
    closes: BinaryHeap<Reverse<Close>>,
    opened: u64,
    /// What the meter has said since it was last cleared.
    pub journal: Journal,
}

/// A session that the meter granted.
#[derive(Clone, Copy, Debug)]
pub struct Opened {
    /// As the meter names it.
    pub session: SessionId,
    /// Counts from 0 in the order of opening: at equal instants, sessions close in this order.
    number: u64,
}

#[derive(Clone, Copy, Debug)]
struct Close {
    at: Instant,
    of: Opened,
}

impl<'a> Queue<'a> {
    /// A queue in front of a fresh meter. The timeline is in the order of its moments.
    pub fn new(meter: Meter, timeline: &'a [(Instant, Event)]) -> Self {
        Queue { meter, timeline, next_event: 0, closes: BinaryHeap::new(), opened: 0, journal: Journal::default() }
    }

    /// Back to the start with another seed, keeping the memory.
    pub fn reset(&mut self, seed: u64) {
        self.meter.reset(seed);
        self.next_event = 0;
        self.closes.clear();
        self.opened = 0;
        self.journal.clear();
    }

    /// The packs.
    pub fn ledger(&self) -> &Ledger {
        self.meter.ledger()
    }

    /// Opens a product, after all that comes before it; says which session began, where it was granted. The session
    /// closes at `closed`; without it, it stays open until [`Queue::close`].
    pub fn open(&mut self, at: Instant, open: Open, closed: Option<Instant>) -> Option<Opened> {
        self.catch_up((at, Phase::Open));
        let session = self.meter.apply(at, Event::Open(open), &mut self.journal)?;
        let opened = Opened { session, number: self.opened };
        self.opened += 1;
        match closed {
            Some(closed) if closed <= at => drop(self.meter.apply(at, Event::Close(session), &mut self.journal)),
            Some(closed) => self.close(closed, opened),
            None => {}
        }
        Some(opened)
    }

    /// Has a session close at an instant that isn't past.
    pub fn close(&mut self, at: Instant, of: Opened) {
        self.closes.push(Reverse(Close { at, of }));
    }

    /// Does all that happens up to and including an instant.
    pub fn advance(&mut self, until: Instant) {
        self.catch_up((until + Span::from_seconds(1), Phase::Expiry));
        self.meter.advance(until, &mut self.journal);
    }

    fn catch_up(&mut self, limit: Moment) {
        loop {
            let event = self.timeline.get(self.next_event).map(|(at, event)| (*at, event.phase()));
            let close = self.closes.peek().map(|Reverse(close)| (close.at, Phase::Close));
            match (event, close) {
                (Some(event), close) if event < limit && close.is_none_or(|close| event < close) => {
                    let (at, event) = self.timeline[self.next_event];
                    self.next_event += 1;
                    self.meter.apply(at, event, &mut self.journal);
                }
                (_, Some(close)) if close < limit => {
                    let Some(Reverse(close)) = self.closes.pop() else { return };
                    self.meter.apply(close.at, Event::Close(close.of.session), &mut self.journal);
                }
                _ => return,
            }
        }
    }
}

impl PartialEq for Close {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Close {}

impl PartialOrd for Close {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Close {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.of.number).cmp(&(other.at, other.of.number))
    }
}
