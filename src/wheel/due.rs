//! What happens in the block that the wheel has reached.

use super::{Dated, SLOTS, second};
use crate::time::Instant;

/// Things in the order in which they happen.
#[derive(Debug)]
pub(super) struct Due<T> {
    /// In any order; each is there until it is taken.
    items: Vec<Option<T>>,
    /// Places in `items`, in the order in which they happen.
    order: Vec<u32>,
    /// How many of these are taken.
    taken: usize,
}

/// So few are sorted faster by comparing.
const FEW: usize = 16;

impl<T> Default for Due<T> {
    fn default() -> Self {
        Due { items: Vec::new(), order: Vec::new(), taken: 0 }
    }
}

impl<T: Dated> Due<T> {
    pub(super) fn clear(&mut self) {
        self.items.clear();
        self.order.clear();
        self.taken = 0;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.taken == self.order.len()
    }

    pub(super) fn first(&self) -> Option<&T> {
        self.items[*self.order.get(self.taken)? as usize].as_ref()
    }

    pub(super) fn take(&mut self) -> Option<T> {
        let first = self.items[*self.order.get(self.taken)? as usize].take();
        self.taken += 1;
        if self.is_empty() {
            self.clear();
        }
        first
    }

    /// Adds one more behind those that happen no later.
    pub(super) fn insert(&mut self, item: T) {
        let own = Some(key(&item));
        let later = self.order[self.taken..].partition_point(|place| key_of(&self.items, *place) <= own);
        self.order.insert(self.taken + later, self.items.len() as u32);
        self.items.push(Some(item));
    }

    /// Adds to what [`Due::arrange`] then brings into order; nothing is due before.
    pub(super) fn gather(&mut self, item: T) {
        self.items.push(Some(item));
    }

    /// Brings what was gathered into order.
    pub(super) fn arrange(&mut self) {
        let gathered = 0..self.items.len() as u32;
        if self.items.len() <= FEW {
            self.order.extend(gathered);
        } else {
            self.count_seconds();
        }
        let (items, order) = (&self.items, &mut self.order);
        if !order.is_sorted_by_key(|place| key_of(items, *place)) {
            order.sort_by_key(|place| key_of(items, *place));
        }
    }

    /// Sorts by the second alone, in one pass.
    fn count_seconds(&mut self) {
        let of = |item: &Option<T>| item.as_ref().map_or(0, |item| second(item.at()) as usize % SLOTS);
        let mut places = [0_u32; SLOTS];
        self.items.iter().for_each(|item| places[of(item)] += 1);
        let mut before = 0;
        for place in &mut places {
            before += std::mem::replace(place, before);
        }
        self.order.resize(self.items.len(), 0);
        for (item, number) in self.items.iter().zip(0..) {
            let place = &mut places[of(item)];
            self.order[*place as usize] = number;
            *place += 1;
        }
    }
}

fn key_of<T: Dated>(items: &[Option<T>], place: u32) -> Option<(Instant, T::Place)> {
    items[place as usize].as_ref().map(key)
}

fn key<T: Dated>(item: &T) -> (Instant, T::Place) {
    (item.at(), item.place())
}
