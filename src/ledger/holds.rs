use super::PartId;
use crate::tokens::Tokens;

/// Tokens set aside from one or more packs, to be burned or released exactly once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    first: u32,
    last: u32,
}

/// The shares of all holds and receipts in one table with a free list: no allocation once it is warm.
#[derive(Clone, Debug)]
pub(super) struct Holds {
    shares: Vec<Share>,
    unused: u32,
}

#[derive(Clone, Copy, Debug)]
struct Share {
    part: PartId,
    tokens: Tokens,
    next: u32,
}

const NONE: u32 = u32::MAX;

impl Default for Holds {
    fn default() -> Self {
        Holds { shares: Vec::new(), unused: NONE }
    }
}

impl Hold {
    pub(super) const EMPTY: Hold = Hold { first: NONE, last: NONE };
}

impl Holds {
    pub(super) fn clear(&mut self) {
        self.shares.clear();
        self.unused = NONE;
    }

    /// Adds a share behind the others.
    pub(super) fn add(&mut self, hold: &mut Hold, part: PartId, tokens: Tokens) {
        let place = self.store(Share { part, tokens, next: NONE });
        match hold.last {
            NONE => hold.first = place,
            last => self.shares[last as usize].next = place,
        }
        hold.last = place;
    }

    /// Adds a share in front of the others.
    pub(super) fn add_first(&mut self, hold: &mut Hold, part: PartId, tokens: Tokens) {
        let place = self.store(Share { part, tokens, next: hold.first });
        hold.first = place;
        if hold.last == NONE {
            hold.last = place;
        }
    }

    fn store(&mut self, share: Share) -> u32 {
        if self.unused == NONE {
            self.shares.push(share);
            return (self.shares.len() - 1) as u32;
        }
        let place = self.unused;
        self.unused = self.shares[place as usize].next;
        self.shares[place as usize] = share;
        place
    }

    /// Takes the first share off a hold.
    pub(super) fn take(&mut self, hold: &mut Hold) -> Option<(PartId, Tokens)> {
        let place = hold.first;
        let share = *self.shares.get(place as usize)?;
        hold.first = share.next;
        self.shares[place as usize].next = self.unused;
        self.unused = place;
        Some((share.part, share.tokens))
    }
}
