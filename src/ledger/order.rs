use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{PartId, Parts};
use crate::ids::PackId;
use crate::time::Instant;
use crate::tokens::Tokens;

/// A team's packs with tokens to burn, in burn order (rules.md P4): the earliest end date, the smallest size when bought, the
/// oldest purchase, the order of entry.
#[derive(Clone, Debug, Default)]
pub(super) struct BurnOrder {
    /// Exactly the parts that are `queued`; the first one always has something left.
    queue: BinaryHeap<Reverse<(Rank, PartId)>>,
    /// Whether another part has become the first since this was last set back.
    pub(super) has_turned: bool,
}

/// End, size when bought, purchase, entry.
type Rank = (Instant, Tokens, Instant, PackId);

impl BurnOrder {
    pub(super) fn clear(&mut self) {
        self.queue.clear();
    }

    /// What burns next.
    pub(super) fn first(&self) -> Option<PartId> {
        self.queue.peek().map(|Reverse((_, part))| *part)
    }

    /// A part has got tokens.
    pub(super) fn add(&mut self, id: PartId, parts: &mut Parts) {
        let part = &mut parts[id.index()];
        if !part.queued && !part.left.is_zero() {
            part.queued = true;
            let pack = &part.entered;
            self.queue.push(Reverse(((pack.ends, pack.size, pack.bought, part.pack), id)));
            self.has_turned |= self.first() == Some(id);
        }
    }

    /// Parts may have lost what they had left: those leave as they come to the front, each once for each time it was added.
    pub(super) fn settle(&mut self, parts: &mut Parts) {
        while let Some(id) = self.first()
            && parts[id.index()].left.is_zero()
        {
            parts[id.index()].queued = false;
            self.queue.pop();
            self.has_turned = true;
        }
    }
}
