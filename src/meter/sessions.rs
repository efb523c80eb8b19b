//! Open sessions, chained by pair in the order of opening. Each pair has a place of its own; where more than one is open, the others
//! are in a table with a free list.

use std::hint::black_box;

use super::pairs::PairId;
use crate::ids::{DeviceId, IdentityId, VersionId};
use crate::meter::Grant;
use crate::time::Instant;

/// Names one session for good: a place in a table, and which of the sessions that have stood there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionId {
    place: u32,
    serial: u32,
}

/// From open to close: one user, one product, one device, one version.
#[derive(Clone, Copy, Debug)]
pub(super) struct Session {
    pub(super) pair: PairId,
    pub(super) opened: Instant,
    pub(super) device: DeviceId,
    pub(super) version: VersionId,
    pub(super) identity: IdentityId,
    pub(super) online: bool,
    /// The session of its host that an add-in closes with at the latest (X2).
    pub(super) host: Option<SessionId>,
    /// Opened by its host rather than by the user.
    pub(super) with_host: bool,
    /// What a charge is for that this session decides.
    pub(super) reason: Grant,
    /// The number of the decision that would carry that charge.
    pub(super) decision: u64,
    /// The held window in which that decision is undecided.
    pub(super) undecided_in: Option<u64>,
    /// Whether it is still to be seen that it has been open for the grace.
    pub(super) awaits_grace: bool,
    /// Free by a subscription, a trial or for want of a rate when it was last checked: at its open, a renewal, or the end of a
    /// cover.
    pub(super) covered: bool,
    /// Left open though its renewal couldn't be paid (P7): it is never charged again.
    pub(super) unpaid: bool,
    /// Whether charges pause while it is idle (T7).
    pub(super) idle_aware: bool,
    /// Without meaningful use since.
    pub(super) idle_since: Option<Instant>,
}

impl Chain {
    /// Whether none is open.
    pub(super) fn is_empty(self) -> bool {
        self.first == NONE
    }
}

/// The sessions of one pair, in the order of opening.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chain {
    first: u32,
    last: u32,
}

#[derive(Clone, Debug)]
#[repr(C, align(128))]
struct Slot {
    serial: u32,
    open: bool,
    session: Session,
    next: u32,
    previous: u32,
}

const _: () = assert!(size_of::<Slot>() == 128);

/// All open sessions.
#[derive(Clone, Debug)]
pub(super) struct Sessions {
    pairs: usize,
    /// By pair; named by even places.
    own: Vec<Slot>,
    /// Named by odd places.
    others: Vec<Slot>,
    /// The first of the others that isn't used.
    unused: u32,
}

const NONE: u32 = u32::MAX;

impl Default for Chain {
    fn default() -> Self {
        Chain { first: NONE, last: NONE }
    }
}

impl Slot {
    /// Where nothing has been open yet.
    const EMPTY: Slot = Slot {
        serial: 0,
        open: false,
        session: Session {
            pair: PairId(NONE),
            opened: Instant::MIN,
            device: DeviceId(0),
            version: VersionId(0),
            identity: IdentityId(0),
            online: false,
            host: None,
            with_host: false,
            reason: Grant::NewWindow,
            decision: 0,
            undecided_in: None,
            awaits_grace: false,
            covered: false,
            unpaid: false,
            idle_aware: false,
            idle_since: None,
        },
        next: NONE,
        previous: NONE,
    };
}

impl Sessions {
    /// Of so many pairs, or more.
    pub(super) fn new(pairs: usize) -> Self {
        Sessions { pairs, own: vec![Slot::EMPTY; pairs], others: Vec::new(), unused: NONE }
    }

    pub(super) fn clear(&mut self) {
        self.own.truncate(self.pairs);
        self.own.fill(Slot::EMPTY);
        self.others.clear();
        self.unused = NONE;
    }

    fn slot(&self, place: u32) -> Option<&Slot> {
        let table = if place.is_multiple_of(2) { &self.own } else { &self.others };
        table.get(place as usize / 2)
    }

    fn slot_mut(&mut self, place: u32) -> Option<&mut Slot> {
        let table = if place.is_multiple_of(2) { &mut self.own } else { &mut self.others };
        table.get_mut(place as usize / 2)
    }

    /// Where a session of a pair's can be.
    fn free(&mut self, pair: PairId) -> u32 {
        let own = pair.0 as usize;
        if own >= self.own.len() {
            self.own.resize(own + 1, Slot::EMPTY);
        }
        if !self.own[own].open {
            return pair.0.checked_mul(2).expect("fewer than 2^31 pairs");
        }
        if self.unused == NONE {
            self.others.push(Slot::EMPTY);
            return 2 * (self.others.len() - 1) as u32 + 1;
        }
        let place = self.unused;
        self.unused = self.others[place as usize / 2].next;
        place
    }

    /// Reads what an event of a session will need, as [`super::pairs::Pairs::foresee`] does; gives its pair.
    pub(super) fn foresee(&self, id: SessionId) -> Option<PairId> {
        let slot = self.slot(id.place)?;
        black_box((slot.serial, slot.previous));
        Some(if id.place.is_multiple_of(2) { PairId(id.place / 2) } else { slot.session.pair })
    }

    /// The same for a session that a pair will open.
    pub(super) fn foresee_open(&self, pair: PairId) {
        self.foresee(SessionId { place: pair.0.saturating_mul(2), serial: 0 });
    }

    /// The session, unless it has ended.
    pub(super) fn get(&self, id: SessionId) -> Option<&Session> {
        let slot = self.slot(id.place)?;
        (slot.open && slot.serial == id.serial).then_some(&slot.session)
    }

    pub(super) fn get_mut(&mut self, id: SessionId) -> Option<&mut Session> {
        let slot = self.slot_mut(id.place)?;
        (slot.open && slot.serial == id.serial).then_some(&mut slot.session)
    }

    /// Adds a session at the end of its pair's chain.
    pub(super) fn open(&mut self, session: Session, chain: &mut Chain) -> SessionId {
        let (place, previous) = (self.free(session.pair), chain.last);
        if let Some(previous) = self.slot_mut(previous) {
            previous.next = place;
        } else {
            chain.first = place;
        }
        chain.last = place;
        let slot = self.slot_mut(place).expect("it is free");
        let serial = slot.serial.wrapping_add(1);
        *slot = Slot { serial, open: true, session, next: NONE, previous };
        SessionId { place, serial }
    }

    /// Takes an open session out of its pair's chain.
    pub(super) fn close(&mut self, id: SessionId, chain: &mut Chain) {
        let unused = self.unused;
        let Some(slot) = self.slot_mut(id.place) else { return };
        let (next, previous) = (slot.next, slot.previous);
        slot.open = false;
        if !id.place.is_multiple_of(2) {
            slot.next = unused;
            self.unused = id.place;
        }
        match self.slot_mut(previous) {
            Some(previous) => previous.next = next,
            None => chain.first = next,
        }
        match self.slot_mut(next) {
            Some(next) => next.previous = previous,
            None => chain.last = previous,
        }
    }

    /// Changes each open session of a chain.
    pub(super) fn update(&mut self, chain: Chain, mut change: impl FnMut(&mut Session)) {
        let mut place = chain.first;
        while let Some(slot) = self.slot_mut(place) {
            change(&mut slot.session);
            place = slot.next;
        }
    }

    /// The session of a chain that was opened last.
    pub(super) fn last(&self, chain: Chain) -> Option<(SessionId, &Session)> {
        let slot = self.slot(chain.last)?;
        Some((SessionId { place: chain.last, serial: slot.serial }, &slot.session))
    }

    /// The open sessions of a chain, in the order of opening.
    pub(super) fn of(&self, chain: Chain) -> impl Iterator<Item = (SessionId, &Session)> {
        let mut place = chain.first;
        std::iter::from_fn(move || {
            let slot = self.slot(place)?;
            let id = SessionId { place, serial: slot.serial };
            place = slot.next;
            Some((id, &slot.session))
        })
    }
}
