//! Users apart, block by block: see [`crate::meter::Waiting`].

use super::{Later, Queue, What};
use crate::ids::UserId;
use crate::meter::Waiting;

/// By block: what is to happen to its users, while these are put aside.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    meter: Vec<Waiting>,
    later: Vec<Vec<Later>>,
}

impl Blocks {
    pub(super) fn clear(&mut self) {
        self.meter.iter_mut().for_each(Waiting::clear);
        self.later.iter_mut().for_each(Vec::clear);
    }
}

impl Queue<'_> {
    /// Puts all users aside, in blocks of so many. Nothing has been bought that is yet to come.
    pub fn part(&mut self, users: usize) {
        let count = self.roster().users.len().div_ceil(users);
        let Queue { later, meter, blocks, .. } = self;
        blocks.meter.resize(count, Waiting::default());
        blocks.later.resize(count, Vec::new());
        let block = |user: UserId| user.index() / users;
        meter.part(&mut blocks.meter, block);
        later.drain(|later| {
            let user = match later.what {
                What::Close(session) | What::Resume(session) | What::Idle(session) => meter.user_of(session),
                What::GiveBack(job) => meter.user_of_job(job),
                What::Enter => unreachable!("nothing is on its way"),
            };
            blocks.later[block(user)].push(later);
        });
    }

    /// Goes on with the users of a block.
    pub fn take_up(&mut self, block: usize) {
        self.meter.swap(&mut self.blocks.meter[block]);
        self.blocks.later[block].drain(..).for_each(|later| self.later.add(later));
    }

    /// Puts the users aside who were taken up.
    pub fn put_aside(&mut self, block: usize) {
        self.meter.swap(&mut self.blocks.meter[block]);
        self.later.drain(|later| self.blocks.later[block].push(later));
    }

    /// Goes on with all users, who were put aside.
    pub fn join(&mut self) {
        self.meter.join(&mut self.blocks.meter);
        self.blocks.later.iter_mut().flat_map(|later| later.drain(..)).for_each(|later| self.later.add(later));
    }
}
