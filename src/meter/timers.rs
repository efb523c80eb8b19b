//! What becomes due by itself, in the order of moments.

use std::collections::VecDeque;

use super::pairs::PairId;
use super::roster::Cover;
use super::waiting::Waiting;
use super::{Moment, Phase, SessionId};
use crate::time::Instant;

/// What becomes due by itself, in the order within an instant. Window ends come before lapses: a paid window ends as any other
/// (E7). What is used again after an idle span comes last: only where nothing else began a window does it begin one (T7).
#[derive(Clone, Copy, Debug)]
pub(super) enum Due {
    Expiry,
    Grace,
    WindowEnd,
    Lapse,
    Resumption,
}

const DUES: [(Phase, Due); 5] = [
    (Phase::Expiry, Due::Expiry),
    (Phase::Grace, Due::Grace),
    (Phase::Renewal, Due::WindowEnd),
    (Phase::Renewal, Due::Lapse),
    (Phase::Renewal, Due::Resumption),
];

/// When a window ends: it does nothing where its pair has another one by then.
#[derive(Clone, Copy, Debug)]
pub(super) struct WindowEnd {
    pub(super) at: Instant,
    pub(super) pair: PairId,
    pub(super) window: u64,
    /// When the first of the windows started that renewed one another up to this one: of windows that end at one instant, that of the
    /// oldest chain arrived first.
    pub(super) since: Instant,
}

/// All that becomes due by itself.
#[derive(Clone, Debug)]
pub(super) struct Timers {
    /// When the first of each kind is due, by [`Due`].
    first: [Instant; DUES.len()],
    /// When sessions have been open for the grace, in order: the grace is the same for all.
    pub(super) graces: VecDeque<(Instant, SessionId)>,
    /// How many of the first of them have been foreseen.
    foreseen_graces: usize,
    /// In order: every window is as long as the other.
    pub(super) window_ends: VecDeque<WindowEnd>,
    /// How many of the first of them have been foreseen.
    foreseen_window_ends: usize,
    /// Ends of covers, ascending; places in `roster.covers`.
    lapses: Vec<(Instant, u32)>,
    next_lapse: usize,
    /// Sessions that are used again, in order.
    resumed: VecDeque<(Instant, SessionId)>,
}

impl Timers {
    /// The covers lapse; nothing else is due yet.
    pub(super) fn new(covers: &[Cover]) -> Self {
        let mut lapses: Vec<_> = (0u32..).zip(covers).map(|(place, cover)| (cover.holds.1, place)).collect();
        lapses.sort();
        let mut timers = Timers {
            first: [Instant::MAX; DUES.len()],
            graces: VecDeque::new(),
            foreseen_graces: 0,
            window_ends: VecDeque::new(),
            foreseen_window_ends: 0,
            lapses,
            next_lapse: 0,
            resumed: VecDeque::new(),
        };
        timers.clear();
        timers
    }

    /// Back to the start, keeping the memory.
    pub(super) fn clear(&mut self) {
        self.graces.clear();
        self.window_ends.clear();
        self.resumed.clear();
        (self.foreseen_graces, self.foreseen_window_ends) = (0, 0);
        self.next_lapse = 0;
        self.first = [Instant::MAX; DUES.len()];
        self.first[Due::Lapse as usize] = self.lapses.first().map_or(Instant::MAX, |lapse| lapse.0);
    }

    /// What is due next before a moment.
    pub(super) fn next(&self, limit: Moment) -> Option<(Instant, Due)> {
        let mut next = 0;
        for kind in 1..DUES.len() {
            if self.first[kind] < self.first[next] {
                next = kind;
            }
        }
        let (phase, due) = DUES[next];
        ((self.first[next], phase) < limit).then_some((self.first[next], due))
    }

    /// When the first is due.
    pub(super) fn first(&self) -> Instant {
        self.first.into_iter().min().unwrap_or(Instant::MAX)
    }

    /// Says when the next pack ends.
    pub(super) fn set_expiry(&mut self, at: Instant) {
        self.first[Due::Expiry as usize] = at;
    }

    /// A session will have been open for the grace.
    pub(super) fn add_grace(&mut self, at: Instant, session: SessionId) {
        self.graces.push_back((at, session));
        self.sooner(Due::Grace, at);
    }

    pub(super) fn take_grace(&mut self) -> Option<SessionId> {
        let grace = self.graces.pop_front();
        self.foreseen_graces = self.foreseen_graces.saturating_sub(1);
        self.first[Due::Grace as usize] = self.graces.front().map_or(Instant::MAX, |grace| grace.0);
        grace.map(|grace| grace.1)
    }

    /// Those that come next, a batch at a time.
    pub(super) fn unforeseen_graces(&mut self) -> impl Iterator<Item = SessionId> {
        let new = batch(&mut self.foreseen_graces, self.graces.len());
        self.graces.range(..new).map(|grace| grace.1)
    }

    pub(super) fn add_window_end(&mut self, end: WindowEnd) {
        self.window_ends.push_back(end);
        self.sooner(Due::WindowEnd, end.at);
    }

    pub(super) fn take_window_end(&mut self) -> Option<WindowEnd> {
        let end = self.window_ends.pop_front();
        self.foreseen_window_ends = self.foreseen_window_ends.saturating_sub(1);
        self.first[Due::WindowEnd as usize] = self.window_ends.front().map_or(Instant::MAX, |end| end.at);
        end
    }

    /// Those that come next, a batch at a time.
    pub(super) fn unforeseen_window_ends(&mut self) -> impl Iterator<Item = WindowEnd> {
        let new = batch(&mut self.foreseen_window_ends, self.window_ends.len());
        self.window_ends.range(..new).copied()
    }

    /// When the next cover ends.
    pub(super) fn next_lapse(&self) -> Instant {
        self.first[Due::Lapse as usize]
    }

    /// Goes on with what becomes due for other users, and puts aside what it had.
    pub(super) fn swap(&mut self, waiting: &mut Waiting) {
        std::mem::swap(&mut self.graces, &mut waiting.graces);
        std::mem::swap(&mut self.window_ends, &mut waiting.window_ends);
        self.look_again();
    }

    /// What becomes due for users has been changed from outside.
    pub(super) fn look_again(&mut self) {
        (self.foreseen_graces, self.foreseen_window_ends) = (0, 0);
        self.first[Due::Grace as usize] = self.graces.front().map_or(Instant::MAX, |grace| grace.0);
        self.first[Due::WindowEnd as usize] = self.window_ends.front().map_or(Instant::MAX, |end| end.at);
    }

    pub(super) fn add_resumption(&mut self, at: Instant, session: SessionId) {
        self.resumed.push_back((at, session));
        self.sooner(Due::Resumption, at);
    }

    pub(super) fn take_resumption(&mut self) -> Option<SessionId> {
        let resumed = self.resumed.pop_front();
        self.first[Due::Resumption as usize] = self.resumed.front().map_or(Instant::MAX, |resumed| resumed.0);
        resumed.map(|resumed| resumed.1)
    }

    /// The place of the cover that lapses.
    pub(super) fn take_lapse(&mut self) -> Option<usize> {
        let lapse = self.lapses.get(self.next_lapse)?;
        self.next_lapse += 1;
        let next = self.lapses.get(self.next_lapse);
        self.first[Due::Lapse as usize] = next.map_or(Instant::MAX, |lapse| lapse.0);
        Some(lapse.1 as usize)
    }

    fn sooner(&mut self, due: Due, at: Instant) {
        let first = &mut self.first[due as usize];
        *first = at.min(*first);
    }
}

/// Of so many that wait, how many are to be foreseen now: none while some that were are left.
fn batch(foreseen: &mut usize, waiting: usize) -> usize {
    const BATCH: usize = 64;
    if *foreseen > 0 {
        return 0;
    }
    *foreseen = waiting.min(BATCH);
    *foreseen
}
