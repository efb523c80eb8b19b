use crate::ids::PackId;
use crate::tokens::Tokens;

/// Tokens set aside from one or more packs, to be burned or released exactly once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    first: u32,
    last: u32,
}

/// The parts of all holds in one table with a free list: no allocation once it is warm.
#[derive(Clone, Debug)]
pub(super) struct Holds {
    parts: Vec<Part>,
    unused: u32,
}

#[derive(Clone, Copy, Debug)]
struct Part {
    pack: PackId,
    tokens: Tokens,
    next: u32,
}

const NONE: u32 = u32::MAX;

impl Default for Holds {
    fn default() -> Self {
        Holds { parts: Vec::new(), unused: NONE }
    }
}

impl Holds {
    pub(super) fn clear(&mut self) {
        self.parts.clear();
        self.unused = NONE;
    }

    pub(super) fn empty(&self) -> Hold {
        Hold { first: NONE, last: NONE }
    }

    pub(super) fn add(&mut self, hold: &mut Hold, pack: PackId, tokens: Tokens) {
        let part = Part { pack, tokens, next: NONE };
        let place = if self.unused == NONE {
            self.parts.push(part);
            (self.parts.len() - 1) as u32
        } else {
            let place = self.unused;
            self.unused = self.parts[place as usize].next;
            self.parts[place as usize] = part;
            place
        };
        if hold.first == NONE {
            hold.first = place;
        } else {
            self.parts[hold.last as usize].next = place;
        }
        hold.last = place;
    }

    /// Takes the first part off a hold.
    pub(super) fn take(&mut self, hold: &mut Hold) -> Option<(PackId, Tokens)> {
        let place = hold.first;
        let part = *self.parts.get(place as usize)?;
        hold.first = part.next;
        self.parts[place as usize].next = self.unused;
        self.unused = place;
        Some((part.pack, part.tokens))
    }
}
