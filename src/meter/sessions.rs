//! Open sessions in one table with a free list, chained by pair in the order of opening.

use super::pairs::PairId;
use crate::ids::{DeviceId, IdentityId, VersionId};
use crate::meter::Grant;
use crate::time::Instant;

/// Names one session for good: a place in a table, and which of the sessions that have stood there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// The sessions of one pair, in the order of opening.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chain {
    first: u32,
    last: u32,
}

#[derive(Clone, Debug)]
struct Slot {
    session: Session,
    serial: u32,
    open: bool,
    next: u32,
    previous: u32,
}

/// All open sessions.
#[derive(Clone, Debug)]
pub(super) struct Sessions {
    slots: Vec<Slot>,
    unused: u32,
}

const NONE: u32 = u32::MAX;

impl Default for Chain {
    fn default() -> Self {
        Chain { first: NONE, last: NONE }
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Sessions { slots: Vec::new(), unused: NONE }
    }
}

impl Sessions {
    pub(super) fn clear(&mut self) {
        self.slots.clear();
        self.unused = NONE;
    }

    /// The session, unless it has ended.
    pub(super) fn get(&self, id: SessionId) -> Option<&Session> {
        let slot = &self.slots[id.place as usize];
        (slot.open && slot.serial == id.serial).then_some(&slot.session)
    }

    pub(super) fn get_mut(&mut self, id: SessionId) -> Option<&mut Session> {
        let slot = &mut self.slots[id.place as usize];
        (slot.open && slot.serial == id.serial).then_some(&mut slot.session)
    }

    /// Adds a session at the end of its pair's chain.
    pub(super) fn open(&mut self, session: Session, chain: &mut Chain) -> SessionId {
        let (place, serial) = if self.unused == NONE {
            (self.slots.len() as u32, 0)
        } else {
            let slot = &self.slots[self.unused as usize];
            let taken = (self.unused, slot.serial.wrapping_add(1));
            self.unused = slot.next;
            taken
        };
        let slot = Slot { session, serial, open: true, next: NONE, previous: chain.last };
        match self.slots.get_mut(place as usize) {
            Some(unused) => *unused = slot,
            None => self.slots.push(slot),
        }
        match chain.last {
            NONE => chain.first = place,
            last => self.slots[last as usize].next = place,
        }
        chain.last = place;
        SessionId { place, serial }
    }

    /// Takes an open session out of its pair's chain.
    pub(super) fn close(&mut self, id: SessionId, chain: &mut Chain) {
        let slot = &mut self.slots[id.place as usize];
        let (next, previous) = (slot.next, slot.previous);
        slot.open = false;
        slot.next = self.unused;
        self.unused = id.place;
        match previous {
            NONE => chain.first = next,
            previous => self.slots[previous as usize].next = next,
        }
        match next {
            NONE => chain.last = previous,
            next => self.slots[next as usize].previous = previous,
        }
    }

    /// Changes each open session of a chain.
    pub(super) fn update(&mut self, chain: Chain, mut change: impl FnMut(&mut Session)) {
        let mut place = chain.first;
        while let Some(slot) = self.slots.get_mut(place as usize) {
            change(&mut slot.session);
            place = slot.next;
        }
    }

    /// The session of a chain that was opened last.
    pub(super) fn last(&self, chain: Chain) -> Option<(SessionId, &Session)> {
        let slot = self.slots.get(chain.last as usize)?;
        Some((SessionId { place: chain.last, serial: slot.serial }, &slot.session))
    }

    /// The open sessions of a chain, in the order of opening.
    pub(super) fn of(&self, chain: Chain) -> impl Iterator<Item = (SessionId, &Session)> {
        let mut place = chain.first;
        std::iter::from_fn(move || {
            let slot = self.slots.get(place as usize)?;
            let id = SessionId { place, serial: slot.serial };
            place = slot.next;
            Some((id, &slot.session))
        })
    }
}
