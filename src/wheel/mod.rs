//! What is yet to happen, in the order of instants: adding and taking cost the same however much there is.
//!
//! A timing wheel over blocks of 64 seconds. Its lowest level has a slot for each block of 64, the next one a slot for each 64 such
//! blocks, and so on. What is added waits in the level of the highest digit, to the base of 64, in which its block differs from the one
//! that the wheel has reached; when the wheel comes to a slot, its first block is due, and the rest is dealt out to the levels below.

mod due;

use crate::time::Instant;
use due::Due;

/// Something that happens at an instant.
pub trait Dated {
    /// Orders what happens at one instant; among equals, what was added first comes first.
    type Place: Ord;

    /// When it happens.
    fn at(&self) -> Instant;

    /// Its place among what happens at the same instant.
    fn place(&self) -> Self::Place;
}

/// What is yet to happen. Once it is warm, it allocates nothing, but to sort many things of one second.
#[derive(Debug)]
pub struct Wheel<T> {
    /// The block it has come to; what is added up to its end goes among what is due.
    reached: u64,
    due: Due<T>,
    /// By level and digit.
    slots: Box<[[Slot; SLOTS]; LEVELS]>,
    /// By level: a bit for each slot that holds something.
    occupied: [u64; LEVELS],
    chunks: Vec<Chunk<T>>,
    /// The first of a chain.
    unused: u32,
    next: Instant,
}

/// A chain of chunks, in the order of adding.
#[derive(Clone, Copy, Debug)]
struct Slot {
    first: u32,
    last: u32,
}

/// Some of what waits in a slot: read in a row, rather than fetched one by one from all over the memory.
#[derive(Debug)]
struct Chunk<T> {
    items: Vec<T>,
    next: u32,
}

const BITS: u32 = 6;
const SLOTS: usize = 1 << BITS;
/// Enough for the 58 bits of a block.
const LEVELS: usize = 10;
const CHUNK: usize = 64;
const NONE: u32 = u32::MAX;
const EMPTY: Slot = Slot { first: NONE, last: NONE };

impl<T> Default for Wheel<T> {
    fn default() -> Self {
        Wheel {
            reached: 0,
            due: Due::default(),
            slots: Box::new([[EMPTY; SLOTS]; LEVELS]),
            occupied: [0; LEVELS],
            chunks: Vec::new(),
            unused: NONE,
            next: Instant::MAX,
        }
    }
}

impl<T: Dated> Wheel<T> {
    /// Forgets all, and keeps the memory.
    pub fn clear(&mut self) {
        while let Some((level, digit)) = self.first_slot() {
            self.empty(level, digit, |_, items| items.clear());
        }
        self.due.clear();
        (self.reached, self.next) = (0, Instant::MAX);
    }

    /// Takes all, and keeps the memory; of what happens at one instant and place, what was added first comes first.
    pub fn drain(&mut self, mut take: impl FnMut(T)) {
        while let Some(due) = self.due.take() {
            take(due);
        }
        while let Some((level, digit)) = self.first_slot() {
            self.empty(level, digit, |_, items| items.drain(..).for_each(&mut take));
        }
        self.clear();
    }

    /// Adds something that happens no earlier than what was taken last.
    #[inline]
    pub fn add(&mut self, item: T) {
        let at = item.at();
        if block(at) > self.reached {
            let (level, digit) = self.put(item);
            self.next = self.next.min(instant(self.start(level, digit)));
            return;
        }
        self.next = self.next.min(at);
        self.due.insert(item);
    }

    /// An instant before which nothing happens; [`Instant::MAX`] where nothing is left. Where nothing happens at it either, turning
    /// the wheel to it gives a later one.
    #[inline]
    pub fn next(&self) -> Instant {
        self.next
    }

    /// Turns the wheel to an instant: the first of what happens up to it. `ahead` is shown what comes close, a minute or so before it
    /// happens.
    #[inline]
    pub fn first(&mut self, until: Instant, ahead: impl FnMut(&T)) -> Option<&T> {
        if self.next > until {
            return None;
        }
        if self.due.is_empty() {
            self.turn(until, ahead);
        }
        self.due.first().filter(|first| first.at() <= until)
    }

    /// Takes the first, as [`Wheel::first`] gave it.
    #[inline]
    pub fn take(&mut self) -> Option<T> {
        let taken = self.due.take();
        self.note_next();
        taken
    }

    /// Goes on from slot to slot until something is due.
    fn turn(&mut self, until: Instant, mut ahead: impl FnMut(&T)) {
        while self.due.is_empty()
            && self.next <= until
            && let Some((level, digit)) = self.first_slot()
        {
            let start = self.start(level, digit);
            self.reached = start;
            self.empty(level, digit, |wheel, items| {
                // All of them first: what is read for each comes from the memory at the same time.
                items.iter().filter(|item| block(item.at()) == start).for_each(&mut ahead);
                for item in items.drain(..) {
                    if block(item.at()) == start {
                        wheel.due.gather(item);
                    } else {
                        wheel.put(item);
                    }
                }
            });
            self.due.arrange();
            self.note_next();
        }
    }

    fn note_next(&mut self) {
        let slot = || self.first_slot().map_or(Instant::MAX, |(level, digit)| instant(self.start(level, digit)));
        self.next = self.due.first().map_or_else(slot, T::at);
    }

    /// What waits in a level happens before all of the levels above.
    fn first_slot(&self) -> Option<(usize, usize)> {
        let level = self.occupied.iter().position(|slots| *slots != 0)?;
        Some((level, self.occupied[level].trailing_zeros() as usize))
    }

    /// The first block of a slot.
    fn start(&self, level: usize, digit: usize) -> u64 {
        let below = BITS * level as u32;
        let above = self.reached.checked_shr(below + BITS).unwrap_or(0);
        (above.checked_shl(below + BITS).unwrap_or(0)) | ((digit as u64) << below)
    }

    /// Adds something of a block that the wheel hasn't reached to its slot, and says which that is.
    fn put(&mut self, item: T) -> (usize, usize) {
        let block = block(item.at());
        let level = (block ^ self.reached).ilog2() / BITS;
        let digit = (block >> (BITS * level)) as usize % SLOTS;
        let level = level as usize;
        self.occupied[level] |= 1 << digit;
        let last = self.slots[level][digit].last;
        if let Some(chunk) = self.chunks.get_mut(last as usize)
            && chunk.items.len() < CHUNK
        {
            chunk.items.push(item);
            return (level, digit);
        }
        let new = self.chunk();
        self.chunks[new as usize].items.push(item);
        let slot = &mut self.slots[level][digit];
        slot.last = new;
        match last {
            NONE => slot.first = new,
            last => self.chunks[last as usize].next = new,
        }
        (level, digit)
    }

    fn chunk(&mut self) -> u32 {
        if self.unused == NONE {
            self.chunks.push(Chunk { items: Vec::with_capacity(CHUNK), next: NONE });
            return u32::try_from(self.chunks.len() - 1).expect("fewer than 2^32 chunks");
        }
        let chunk = self.unused;
        self.unused = std::mem::replace(&mut self.chunks[chunk as usize].next, NONE);
        chunk
    }

    /// Empties a slot; `take` takes what is in each of its chunks.
    fn empty(&mut self, level: usize, digit: usize, mut take: impl FnMut(&mut Self, &mut Vec<T>)) {
        let mut next = std::mem::replace(&mut self.slots[level][digit], EMPTY).first;
        self.occupied[level] &= !(1 << digit);
        while next != NONE {
            let chunk = next;
            let mut items = std::mem::take(&mut self.chunks[chunk as usize].items);
            take(self, &mut items);
            let emptied = &mut self.chunks[chunk as usize];
            emptied.items = items;
            next = std::mem::replace(&mut emptied.next, self.unused);
            self.unused = chunk;
        }
    }
}

/// Seconds in the order of their instants, none negative.
const fn second(at: Instant) -> u64 {
    (at.seconds() as u64) ^ (1 << 63)
}

const fn block(at: Instant) -> u64 {
    second(at) >> BITS
}

/// The first instant of a block.
const fn instant(block: u64) -> Instant {
    Instant::from_seconds(((block << BITS) ^ (1 << 63)) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// When, its place, and the order of adding.
    type Item = (i64, u8, u32);

    impl Dated for Item {
        type Place = u8;

        fn at(&self) -> Instant {
            Instant::from_seconds(self.0)
        }

        fn place(&self) -> u8 {
            self.1
        }
    }

    /// Numbers that look like chance.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, limit: u64) -> u64 {
            self.0 = crate::keys::mix(&[self.0]);
            self.0 % limit
        }

        /// Mostly soon, at times years ahead.
        fn ahead(&mut self) -> i64 {
            let reach = [1, 3, 100, 5_000, 90_000, 3_000_000, 200_000_000][self.below(7) as usize];
            self.below(reach) as i64
        }
    }

    /// Against a sorted table, with additions and takings mixed, before 1970 as after it.
    #[test]
    fn everything_comes_in_the_order_of_instants_places_and_adding() {
        let mut numbers = Numbers(7);
        let mut wheel = Wheel::default();
        for start in [-5_000_000_000, -70, 0, 63, 1_800_000_000] {
            let (mut now, mut table, mut taken, mut shown) = (start, BTreeMap::new(), 0, Vec::new());
            wheel.clear();
            for number in 0..20_000 {
                let item = (now + numbers.ahead(), numbers.below(3) as u8, number);
                wheel.add(item);
                table.insert(item, ());
                let until = now + numbers.ahead() / 4;
                while numbers.below(4) > 0 {
                    assert!(wheel.next() <= table.keys().next().map_or(Instant::MAX, Dated::at));
                    let expected = table.keys().next().copied().filter(|item| item.0 <= until);
                    let first = wheel.first(Instant::from_seconds(until), |item| shown.push(item.2)).copied();
                    assert_eq!(first, expected);
                    let Some(first) = first else { break };
                    assert_eq!(wheel.take(), Some(first));
                    table.remove(&first);
                    now = first.0;
                    taken += 1;
                }
                // Nothing is added before what the wheel was turned to.
                now = now.max(if numbers.below(2) == 0 { until } else { now });
                if now == until {
                    wheel.first(Instant::from_seconds(until - 1), |_| {});
                }
            }
            assert!(taken > 5_000 && !table.is_empty(), "{taken}");
            shown.sort_unstable();
            assert!(shown.windows(2).all(|pair| pair[0] != pair[1]), "each is shown once");
        }
    }

    #[test]
    fn what_lies_further_ahead_than_a_minute_is_shown_once_before_it_is_due() {
        let mut wheel = Wheel::default();
        wheel.add((1_800_000_000, 0, 0));
        wheel.first(Instant::from_seconds(1_800_000_000), |_| {});
        wheel.take();
        wheel.add((1_800_000_900, 0, 1));
        let mut shown = Vec::new();
        assert_eq!(wheel.first(Instant::from_seconds(1_800_000_899), |item: &Item| shown.push(item.2)), None);
        assert_eq!(shown, [1]);
    }
}
