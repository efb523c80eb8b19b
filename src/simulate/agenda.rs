use crate::behaviour::Planned;
use crate::ids::UserId;
use crate::time::Instant;
use crate::wheel::{Dated, Wheel};

/// What is planned and not done yet, in the order of its places; among equals, what days planned comes before what was planned on the
/// way, after a denial; then come the users in their order, and what each of them planned first.
#[derive(Default)]
pub(super) struct Agenda(Wheel<Planned>);

impl Dated for Planned {
    type Place = (u8, bool, UserId);

    fn at(&self) -> Instant {
        self.opened
    }

    fn place(&self) -> (u8, bool, UserId) {
        (self.rank(), self.origin.plan > 0, self.user)
    }
}

impl Agenda {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds what was planned; nothing of it comes before what is done already.
    pub(super) fn add(&mut self, new: &mut Vec<Planned>) {
        new.drain(..).for_each(|planned| self.0.add(planned));
    }

    /// Takes all that is planned, what one user planned first before the rest.
    pub(super) fn drain(&mut self, take: impl FnMut(Planned)) {
        self.0.drain(take);
    }

    /// An instant before which there is nothing to do; [`Instant::MAX`] where there is nothing at all.
    pub(super) fn next(&self) -> Instant {
        self.0.next()
    }

    /// Takes the first of what is to be done up to an instant; `ahead` is shown what comes close.
    pub(super) fn take(&mut self, until: Instant, ahead: impl FnMut(&Planned)) -> Option<Planned> {
        self.0.first(until, ahead)?;
        self.0.take()
    }
}
