//! The way into the meter that simulation and real logs share: opens are handed in in their order, and administration and
//! closes find their moments between them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::ledger::Ledger;
use crate::meter::{Event, JobId, Journal, Meter, Moment, Open, Order, Phase, Roster, SessionId, Started};
use crate::time::{Instant, Span};
use crate::tokens::Tokens;

/// A meter, with what is yet to happen to it.
#[derive(Debug)]
pub struct Queue<'a> {
    meter: Meter,
    timeline: &'a [(Instant, Event)],
    next_event: usize,
    later: BinaryHeap<Reverse<Later>>,
    opened: u32,
    /// What the meter has said since it was last cleared.
    pub journal: Journal,
}

/// A session that the meter granted.
#[derive(Clone, Copy, Debug)]
pub struct Opened {
    /// As the meter names it.
    pub session: SessionId,
    /// Counts from 0 in the order of opening: at equal instants, sessions close in this order.
    number: u32,
}

/// Something that follows from what was opened or ordered, small: the queue is sifted at every open and close.
#[derive(Clone, Copy, Debug)]
struct Later {
    at: Instant,
    /// The place of the session or job in the order of opening.
    number: u32,
    what: What,
}

/// One session's are in this order where they fall together: where two idle spans touch, there was use in between.
#[derive(Clone, Copy, Debug)]
enum What {
    Close(SessionId),
    Resume(SessionId),
    Idle(SessionId),
    GiveBack(JobId),
}

impl What {
    const fn event(self) -> Event {
        match self {
            What::Close(session) => Event::Close(session),
            What::Idle(session) => Event::Idle(session),
            What::Resume(session) => Event::Resume(session),
            What::GiveBack(job) => Event::GiveBack(job),
        }
    }
}

impl Later {
    /// Its place among others of the same instant.
    fn place(&self) -> (Phase, u32, u8) {
        let kind = match self.what {
            What::Close(_) => 0,
            What::Resume(_) => 1,
            What::Idle(_) => 2,
            What::GiveBack(_) => 3,
        };
        (self.phase(), self.number, kind)
    }

    const fn phase(&self) -> Phase {
        self.what.event().phase()
    }
}

impl<'a> Queue<'a> {
    /// A queue in front of a fresh meter. The timeline is in the order of its moments.
    pub fn new(meter: Meter, timeline: &'a [(Instant, Event)]) -> Self {
        Queue { meter, timeline, next_event: 0, later: BinaryHeap::new(), opened: 0, journal: Journal::default() }
    }

    /// Back to the start with another seed, keeping the memory.
    pub fn reset(&mut self, seed: u64) {
        self.meter.reset(seed);
        self.next_event = 0;
        self.later.clear();
        self.opened = 0;
        self.journal.clear();
    }

    /// The packs.
    pub fn ledger(&self) -> &Ledger {
        self.meter.ledger()
    }

    /// Who may open what now.
    pub fn roster(&self) -> &Roster {
        self.meter.roster()
    }

    /// Opens a product, after all that comes before it; says which session began, where it was granted. The session
    /// closes at `closed`; without it, it stays open until [`Queue::close`]. It is idle in half-open spans, in their order,
    /// of which none overlaps the next.
    pub fn open(
        &mut self,
        at: Instant,
        open: Open,
        closed: Option<Instant>,
        idle: &[(Instant, Instant)],
    ) -> Option<Opened> {
        self.catch_up((at, Phase::Open));
        let session = self.meter.apply(at, Event::Open(open), &mut self.journal)?.session()?;
        let opened = Opened { session, number: self.next_number() };
        if closed.is_some_and(|closed| closed <= at) {
            self.meter.apply(at, Event::Close(session), &mut self.journal);
            return Some(opened);
        }
        if let Some(closed) = closed {
            self.close(closed, opened);
        }
        if open.idle_aware {
            for (from, until) in idle {
                self.idle(at, (*from, *until), opened);
            }
        }
        Some(opened)
    }

    fn idle(&mut self, opened_at: Instant, (from, until): (Instant, Instant), of: Opened) {
        if from <= opened_at {
            self.meter.apply(opened_at, Event::Idle(of.session), &mut self.journal);
        } else {
            self.later.push(Reverse(Later { at: from, number: of.number, what: What::Idle(of.session) }));
        }
        self.later.push(Reverse(Later { at: until, number: of.number, what: What::Resume(of.session) }));
    }

    /// Orders results, after all that comes before; where so many of them fail at an instant, they are given back then.
    pub fn order(&mut self, at: Instant, open: Open, quantity: Tokens, failed: Option<(Instant, Tokens)>) {
        self.catch_up((at, Phase::Result));
        let order = Order { open, quantity, failing: failed.map(|failed| failed.1) };
        let started = self.meter.apply(at, Event::Order(order), &mut self.journal);
        let number = self.next_number();
        let (Some(job), Some((failed, _))) = (started.and_then(Started::job), failed) else { return };
        if failed <= at {
            self.meter.apply(at, Event::GiveBack(job), &mut self.journal);
        } else {
            self.later.push(Reverse(Later { at: failed, number, what: What::GiveBack(job) }));
        }
    }

    fn next_number(&mut self) -> u32 {
        let number = self.opened;
        self.opened = number.checked_add(1).expect("fewer than 2^32 sessions in a run");
        number
    }

    /// Has a session close at an instant that isn't past.
    pub fn close(&mut self, at: Instant, of: Opened) {
        self.later.push(Reverse(Later { at, number: of.number, what: What::Close(of.session) }));
    }

    /// Does all that happens up to and including an instant.
    pub fn advance(&mut self, until: Instant) {
        self.catch_up((until + Span::from_seconds(1), Phase::Expiry));
        self.meter.advance(until, &mut self.journal);
    }

    /// When something happens next by itself: [`Instant::MAX`] where nothing is left to happen.
    pub fn next_due(&self) -> Instant {
        let event = self.timeline.get(self.next_event).map_or(Instant::MAX, |(at, _)| *at);
        let later = self.later.peek().map_or(Instant::MAX, |Reverse(later)| later.at);
        self.meter.next_due().min(event).min(later)
    }

    fn catch_up(&mut self, limit: Moment) {
        loop {
            let event = self.timeline.get(self.next_event).map(|(at, event)| (*at, event.phase()));
            let later = self.later.peek().map(|Reverse(later)| (later.at, later.phase()));
            match (event, later) {
                (Some(event), later) if event < limit && later.is_none_or(|later| event < later) => {
                    let (at, event) = self.timeline[self.next_event];
                    self.next_event += 1;
                    self.meter.apply(at, event, &mut self.journal);
                }
                (_, Some(later)) if later < limit => {
                    let Some(Reverse(later)) = self.later.pop() else { return };
                    self.meter.apply(later.at, later.what.event(), &mut self.journal);
                }
                _ => return,
            }
        }
    }
}

impl PartialEq for Later {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Later {}

impl PartialOrd for Later {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Later {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.at.cmp(&other.at).then_with(|| self.place().cmp(&other.place()))
    }
}
