//! The way into the meter that simulation and real logs share: opens are handed in in their order, and administration and
//! closes find their moments between them.

mod blocks;

use crate::ids::{PackId, ProductId, UserId};
use crate::ledger::{Ledger, NewPack};
use crate::meter::{
    Administration, Event, JobId, Journal, Meter, Moment, Open, Order, Phase, Roster, SessionId, Started,
};
use crate::time::{Instant, Span};
use crate::tokens::Tokens;
use crate::wheel::{Dated, Wheel};
use blocks::Blocks;

/// A meter, with what is yet to happen to it.
#[derive(Debug)]
pub struct Queue<'a> {
    meter: Meter,
    timeline: &'a [(Instant, Event)],
    next_event: usize,
    later: Wheel<Later>,
    /// What is to happen to users who are put aside.
    blocks: Blocks,
    opened: u32,
    /// Packs bought on the way, in the order in which they were.
    bought: Vec<NewPack>,
    /// By `PackId`.
    origins: Vec<Origin>,
    /// By place among the packs of the timeline: the id that it got when it was entered.
    planned: Vec<PackId>,
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

/// Where a pack comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The timeline: its place among the packs there.
    Planned(u32),
    /// [`Queue::buy`]: its place in the order of the calls.
    Bought(u32),
}

/// Something that follows from what was opened or ordered.
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
    /// The pack of this number among those bought.
    Enter,
    Close(SessionId),
    Resume(SessionId),
    Idle(SessionId),
    GiveBack(JobId),
}

impl Dated for Later {
    type Place = (Phase, u32, u8);

    fn at(&self) -> Instant {
        self.at
    }

    fn place(&self) -> (Phase, u32, u8) {
        let kind = match self.what {
            What::Enter | What::Close(_) => 0,
            What::Resume(_) => 1,
            What::Idle(_) => 2,
            What::GiveBack(_) => 3,
        };
        (self.phase(), self.number, kind)
    }
}

impl Later {
    fn phase(&self) -> Phase {
        match self.what {
            What::Enter => Phase::Administration,
            What::Close(_) | What::Resume(_) | What::Idle(_) => Phase::Close,
            What::GiveBack(_) => Phase::GiveBack,
        }
    }
}

impl<'a> Queue<'a> {
    /// A queue in front of a fresh meter. The timeline is in the order of its moments; it names packs by their place among its
    /// own.
    pub fn new(meter: Meter, timeline: &'a [(Instant, Event)]) -> Self {
        Queue {
            meter,
            timeline,
            next_event: 0,
            later: Wheel::default(),
            blocks: Blocks::default(),
            opened: 0,
            bought: Vec::new(),
            origins: Vec::new(),
            planned: Vec::new(),
            journal: Journal::default(),
        }
    }

    /// Back to the start with another seed, keeping the memory.
    pub fn reset(&mut self, seed: u64) {
        self.meter.reset(seed);
        self.next_event = 0;
        self.later.clear();
        self.blocks.clear();
        self.opened = 0;
        self.bought.clear();
        self.origins.clear();
        self.planned.clear();
        self.journal.clear();
    }

    /// The packs.
    pub fn ledger(&self) -> &Ledger {
        self.meter.ledger()
    }

    /// Begins to watch what is asked of the packs: [`Ledger::watch`].
    pub fn watch(&mut self) {
        self.meter.watch();
    }

    /// The first instant at which something happens by itself that all users have in common: packs, administration, covers that end.
    pub fn next_for_all(&self) -> Instant {
        let event = self.timeline.get(self.next_event).map_or(Instant::MAX, |(at, _)| *at);
        self.meter.next_for_all().min(event)
    }

    /// Who may open what now.
    pub fn roster(&self) -> &Roster {
        self.meter.roster()
    }

    /// Reads what an open will need: [`Meter::foresee_open`].
    pub fn foresee_open(&self, user: UserId, product: ProductId) {
        self.meter.foresee_open(user, product);
    }

    /// Where each pack comes from that has been entered, by `PackId`.
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// Has a pack enter at an instant: after all that the timeline has for it, and after what was bought before.
    pub fn buy(&mut self, at: Instant, pack: NewPack) {
        let number = u32::try_from(self.bought.len()).expect("fewer than 2^32 packs bought");
        self.bought.push(pack);
        self.later.add(Later { at, number, what: What::Enter });
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
            self.later.add(Later { at: from, number: of.number, what: What::Idle(of.session) });
        }
        self.later.add(Later { at: until, number: of.number, what: What::Resume(of.session) });
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
            self.later.add(Later { at: failed, number, what: What::GiveBack(job) });
        }
    }

    fn next_number(&mut self) -> u32 {
        let number = self.opened;
        self.opened = number.checked_add(1).expect("fewer than 2^32 sessions in a run");
        number
    }

    /// Has a session close at an instant that isn't past.
    pub fn close(&mut self, at: Instant, of: Opened) {
        self.later.add(Later { at, number: of.number, what: What::Close(of.session) });
    }

    /// Does all that happens up to and including an instant.
    pub fn advance(&mut self, until: Instant) {
        self.catch_up((until + Span::from_seconds(1), Phase::Expiry));
        self.meter.advance(until, &mut self.journal);
    }

    /// An instant before which nothing happens by itself; [`Instant::MAX`] where nothing is left to happen. Where nothing happens at
    /// it either, advancing to it gives a later one.
    pub fn next_due(&self) -> Instant {
        let event = self.timeline.get(self.next_event).map_or(Instant::MAX, |(at, _)| *at);
        self.meter.next_due().min(event).min(self.later.next())
    }

    /// Does all that comes before the closes of an instant: packs end and are entered, and administration happens.
    pub fn begin_at(&mut self, at: Instant) {
        self.catch_up((at, Phase::Close));
        self.meter.begin_at(at, &mut self.journal);
    }

    fn catch_up(&mut self, limit: Moment) {
        loop {
            let event = self.timeline.get(self.next_event).map(|(at, event)| (*at, event.phase()));
            let later = self.first_later(limit.0);
            match (event, later) {
                (Some(event), later) if event < limit && later.is_none_or(|later| event <= later) => {
                    let (at, event) = self.timeline[self.next_event];
                    self.next_event += 1;
                    self.planned(at, event);
                }
                (_, Some(later)) if later < limit => {
                    let Some(later) = self.later.take() else { return };
                    self.happen(later);
                }
                _ => return,
            }
        }
    }

    fn first_later(&mut self, until: Instant) -> Option<Moment> {
        let meter = &self.meter;
        let foresee = |later: &Later| match later.what {
            What::Close(session) | What::Idle(session) | What::Resume(session) => meter.foresee(session),
            What::Enter | What::GiveBack(_) => {}
        };
        self.later.first(until, foresee).map(|later| (later.at, later.phase()))
    }

    /// Something of the timeline, which names packs by their place there: what was bought meanwhile has taken ids too.
    fn planned(&mut self, at: Instant, mut event: Event) {
        match &mut event {
            Event::Pack(_) => {
                let place = self.planned.len() as u32;
                self.planned.push(PackId::from_index(self.origins.len()));
                self.origins.push(Origin::Planned(place));
            }
            Event::Administration(Administration::Move { pack, .. }) => *pack = self.planned[pack.index()],
            _ => {}
        }
        self.meter.apply(at, event, &mut self.journal);
    }

    fn happen(&mut self, later: Later) {
        let event = match later.what {
            What::Enter => {
                self.origins.push(Origin::Bought(later.number));
                Event::Pack(self.bought[later.number as usize])
            }
            What::Close(session) => Event::Close(session),
            What::Idle(session) => Event::Idle(session),
            What::Resume(session) => Event::Resume(session),
            What::GiveBack(job) => Event::GiveBack(job),
        };
        self.meter.apply(later.at, event, &mut self.journal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TeamId;
    use crate::ledger::PostingKind;
    use crate::meter::{Entry, Rules, TeamTerms};

    fn pack(tokens: i64) -> NewPack {
        let size = Tokens::whole(tokens);
        let (bought, ends) = (Instant::from_seconds(0), Instant::from_seconds(1_000_000));
        NewPack { team: TeamId(0), size, left: size, bought, ends, on_hand: false }
    }

    /// What changed, in whole tokens.
    fn changes(queue: &Queue<'_>) -> Vec<(PostingKind, i64)> {
        let whole = |tokens: Tokens| tokens.millionths() / 1_000_000;
        let changes = queue.journal.entries.iter().filter_map(|entry| match entry {
            Entry::Pack(change) => Some((change.posting.kind, whole(change.posting.tokens))),
            _ => None,
        });
        changes.collect()
    }

    #[test]
    fn a_planned_pack_is_moved_though_one_was_bought_before_it_came() {
        let at = Instant::from_seconds;
        let second = Administration::Move { pack: PackId(1), to: TeamId(1) };
        let timeline = [
            (at(0), Event::Pack(pack(10))),
            (at(200), Event::Pack(pack(20))),
            (at(300), Event::Administration(second)),
        ];
        let roster = Roster { teams: vec![TeamTerms::default(); 2], ..Roster::default() };
        let mut queue = Queue::new(Meter::new(roster, Rules::default(), 1), &timeline);
        for _ in 0..2 {
            queue.reset(1);
            queue.begin_at(at(0));
            // The last one comes after all that the timeline has for its instant.
            queue.buy(at(100), pack(1));
            queue.buy(at(300), pack(2));
            queue.advance(at(400));
            use PostingKind::{MoveIn, MoveOut, Purchase};
            let bought = [10, 1, 20].map(|tokens| (Purchase, tokens));
            let expected = [&bought[..], &[(MoveOut, -20), (MoveIn, 20), (Purchase, 2)]].concat();
            assert_eq!(changes(&queue), expected);
            use Origin::{Bought, Planned};
            assert_eq!(queue.origins(), [Planned(0), Bought(0), Planned(1), Bought(1)]);
        }
    }
}
