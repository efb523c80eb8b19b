//! Users apart: while nobody's use can matter to anybody else, some users may be metered over a span of time before others are.

use std::collections::VecDeque;

use super::timers::WindowEnd;
use super::{Meter, SessionId};
use crate::ids::UserId;
use crate::time::Instant;

/// What becomes due for some users, and how far they have come.
#[derive(Clone, Debug)]
pub struct Waiting {
    now: Instant,
    pub(super) graces: VecDeque<(Instant, SessionId)>,
    pub(super) window_ends: VecDeque<WindowEnd>,
}

impl Default for Waiting {
    fn default() -> Self {
        Waiting { now: Instant::MIN, graces: VecDeque::new(), window_ends: VecDeque::new() }
    }
}

impl Waiting {
    /// Forgets all, and keeps the memory.
    pub fn clear(&mut self) {
        self.graces.clear();
        self.window_ends.clear();
    }
}

impl Meter {
    /// Goes on with the users of a block, who may have come less far, and puts those aside with whom it went on so far: theirs is what
    /// becomes due by itself, but for packs and covers that end.
    pub fn swap(&mut self, waiting: &mut Waiting) {
        std::mem::swap(&mut self.now, &mut waiting.now);
        self.timers.swap(waiting);
    }

    /// Deals what becomes due out to the blocks of its users, none of whose sessions is ever idle (T7).
    pub fn part(&mut self, blocks: &mut [Waiting], block: impl Fn(UserId) -> usize) {
        blocks.iter_mut().for_each(|waiting| waiting.now = self.now);
        while let Some((at, session)) = self.timers.graces.pop_front() {
            blocks[block(self.user_of(session))].graces.push_back((at, session));
        }
        // Of one instant, they have come in the order in which they stand here, and before all that begin from now on.
        for order in i64::MIN.. {
            let Some(end) = self.timers.window_ends.pop_front() else { break };
            let end = WindowEnd { since: Instant::from_seconds(order), ..end };
            blocks[block(self.pairs.get(end.pair).user)].window_ends.push_back(end);
        }
        self.timers.look_again();
    }

    /// Brings together what becomes due in the blocks, and goes on with all their users.
    pub fn join(&mut self, blocks: &mut [Waiting]) {
        let Meter { timers, pairs, .. } = self;
        for waiting in blocks {
            self.now = self.now.max(waiting.now);
            timers.graces.append(&mut waiting.graces);
            timers.window_ends.append(&mut waiting.window_ends);
        }
        timers.graces.make_contiguous().sort_unstable_by_key(|(at, session)| (*at, *session));
        let ends = timers.window_ends.make_contiguous();
        ends.sort_unstable_by_key(|end| (end.at, end.since, pairs.get(end.pair).user, end.window));
        timers.look_again();
    }

    /// Whose session it is, or was.
    pub fn user_of(&self, session: SessionId) -> UserId {
        self.sessions.foresee(session).map_or(UserId(0), |pair| self.pairs.get(pair).user)
    }

    /// The first instant at which something becomes due that blocks of users have in common: packs and covers that end.
    pub fn next_for_all(&self) -> Instant {
        self.ledger.next_expiry().min(self.timers.next_lapse())
    }
}
