use std::collections::{BTreeMap, VecDeque};

use super::{Decision, Entry, Grant, Verdict};
use crate::tokens::Tokens;

/// Decisions as they turned out, in the order of the core: each waits until its window has settled, and so do those
/// behind it. What waits is what was opened within the grace.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    waiting: VecDeque<Waiting>,
    /// The number of the first that waits.
    first: u64,
    /// By window that is held: its first and last undecided decision.
    held: BTreeMap<u64, (u64, u64)>,
}

#[derive(Clone, Debug)]
struct Waiting {
    decision: Decision,
    /// The held window that it was undecided in, and the next decision that was.
    held_in: Option<u64>,
    next: Option<u64>,
}

impl Decisions {
    /// Reads one entry of a journal.
    pub fn read(&mut self, entry: &Entry) {
        match *entry {
            Entry::Decision(decision) => self.add(decision),
            Entry::Free { decision } => self.free(decision),
            Entry::Posted { window, decision: charged } => {
                self.settle_window(window, |number| (number != charged).then_some(Grant::CoveredByWindow));
            }
            Entry::Voided { window } => self.settle_window(window, |_| Some(Grant::WithinGrace)),
            Entry::Pack(_) | Entry::Short(_) | Entry::Choice(_) | Entry::Ended(_) | Entry::Mail(_) => {}
        }
    }

    /// The next decision, unless it still waits.
    pub fn next_settled(&mut self) -> Option<Decision> {
        let first = self.waiting.front()?;
        if matches!(first.decision.verdict, Verdict::Undecided(_)) {
            return None;
        }
        self.first += 1;
        self.waiting.pop_front().map(|first| first.decision)
    }

    /// At the end, what is still undecided stands as within the grace, for no tokens.
    pub fn finish(&mut self) {
        for window in std::mem::take(&mut self.held).into_keys().collect::<Vec<_>>() {
            self.settle_window(window, |_| Some(Grant::WithinGrace));
        }
        for number in self.first..self.first + self.waiting.len() as u64 {
            self.settle(number, Grant::WithinGrace);
        }
    }

    fn add(&mut self, decision: Decision) {
        let number = decision.number;
        if self.waiting.is_empty() {
            self.first = number;
        }
        let undecided = matches!(decision.verdict, Verdict::Undecided(_));
        let held_in = decision.window.filter(|_| undecided).map(|window| window.number);
        self.waiting.push_back(Waiting { decision, held_in, next: None });
        let Some(window) = held_in else { return };
        let (_, last) = self.held.entry(window).or_insert((number, number));
        let last = std::mem::replace(last, number);
        if last != number {
            self.at(last).expect("undecided decisions wait").next = Some(number);
        }
    }

    /// A decision that may leave now, so its window's chain must not begin with it.
    fn free(&mut self, number: u64) {
        self.settle(number, Grant::WithinGrace);
        let Some(window) = self.at(number).and_then(|waiting| waiting.held_in) else { return };
        let Some(&(mut first, last)) = self.held.get(&window) else { return };
        while let Some(waiting) = self.at(first)
            && !matches!(waiting.decision.verdict, Verdict::Undecided(_))
        {
            match waiting.next {
                Some(next) => first = next,
                None => {
                    self.held.remove(&window);
                    return;
                }
            }
        }
        self.held.insert(window, (first, last));
    }

    fn at(&mut self, number: u64) -> Option<&mut Waiting> {
        self.waiting.get_mut(number.checked_sub(self.first)? as usize)
    }

    /// Settles what is undecided in a window; `None` is the decision that carries the charge.
    fn settle_window(&mut self, window: u64, how: impl Fn(u64) -> Option<Grant>) {
        let mut next = self.held.remove(&window).map(|(first, _)| first);
        while let Some(number) = next {
            let Some(waiting) = self.at(number) else { return };
            next = waiting.next;
            match (how(number), waiting.decision.verdict) {
                (None, Verdict::Undecided(reason)) => waiting.decision.verdict = Verdict::Granted(reason),
                (Some(grant), _) => self.settle(number, grant),
                (None, _) => {}
            }
        }
    }

    fn settle(&mut self, number: u64, grant: Grant) {
        let Some(waiting) = self.at(number) else { return };
        if matches!(waiting.decision.verdict, Verdict::Undecided(_)) {
            waiting.decision.verdict = Verdict::Granted(grant);
            waiting.decision.tokens = Tokens::ZERO;
            if grant == Grant::WithinGrace {
                waiting.decision.window = None;
            }
        }
    }
}
