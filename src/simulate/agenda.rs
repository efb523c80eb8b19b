use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::behaviour::Planned;
use crate::time::Instant;

/// What is planned and not done yet, in the order of its places; among equals, what was planned first comes first.
#[derive(Default)]
pub(super) struct Agenda {
    /// What days planned; sorted, and done before `next`.
    planned: Vec<Planned>,
    next: usize,
    /// What was planned on the way, after a denial: few, and anywhere.
    inserted: BinaryHeap<Reverse<Inserted>>,
    insertions: u64,
}

impl Agenda {
    pub(super) fn clear(&mut self) {
        self.planned.clear();
        self.next = 0;
        self.inserted.clear();
        self.insertions = 0;
    }

    /// Adds what a day's planning adds to the list; nothing of it comes before what is done already.
    pub(super) fn add<E>(&mut self, plan: impl FnOnce(&mut Vec<Planned>) -> Result<(), E>) -> Result<(), E> {
        self.planned.drain(..self.next);
        self.next = 0;
        plan(&mut self.planned)?;
        self.planned.sort_by_key(Planned::place);
        Ok(())
    }

    /// Puts something in its place.
    pub(super) fn insert(&mut self, planned: Planned) {
        self.inserted.push(Reverse(Inserted { planned, number: self.insertions }));
        self.insertions += 1;
    }

    /// When the first of it is to be done; [`Instant::MAX`] where there is nothing.
    pub(super) fn first(&self) -> Instant {
        let planned = self.planned.get(self.next).map_or(Instant::MAX, |planned| planned.opened);
        self.inserted.peek().map_or(planned, |Reverse(inserted)| planned.min(inserted.planned.opened))
    }

    /// Takes the first of it.
    pub(super) fn take(&mut self) -> Option<Planned> {
        let planned = self.planned.get(self.next);
        let is_before = |inserted: &Inserted| planned.is_none_or(|planned| inserted.planned.place() < planned.place());
        if self.inserted.peek().is_some_and(|Reverse(inserted)| is_before(inserted)) {
            return self.inserted.pop().map(|Reverse(inserted)| inserted.planned);
        }
        self.next += usize::from(planned.is_some());
        planned.cloned()
    }
}

struct Inserted {
    planned: Planned,
    number: u64,
}

impl Ord for Inserted {
    fn cmp(&self, other: &Self) -> Ordering {
        self.planned.place().cmp(&other.planned.place()).then(self.number.cmp(&other.number))
    }
}

impl PartialOrd for Inserted {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Inserted {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Inserted {}
