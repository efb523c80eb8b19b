//! Windows that nobody needed.

use std::hint::black_box;

use crate::ids::{PackId, ProductId, TeamId, UserId};
use crate::ledger::Posting;
use crate::meter::{Cause, Grant};
use crate::time::{Instant, Span};
use crate::tokens::Tokens;

/// Why a window needn't have been charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Avoidable {
    /// It renewed what its user had left open, and the user didn't open the product again in it.
    LeftOpen,
    /// It paid for an add-in that its host opened, and the user didn't open the add-in in it.
    CameAlong,
}

impl Avoidable {
    /// Both.
    pub const ALL: [Avoidable; 2] = [Avoidable::LeftOpen, Avoidable::CameAlong];
}

/// A charge, or the part of one that a pack paid, that turned out avoidable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Avoided {
    /// Why.
    pub why: Avoidable,
    /// Whose.
    pub user: UserId,
    /// For which product.
    pub product: ProductId,
    /// When its window started.
    pub start: Instant,
    /// What was paid.
    pub tokens: Tokens,
}

/// A charge that will have been avoidable, unless its user opens the product while its window runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Suspect {
    pub(super) why: Avoidable,
    pub(super) user: UserId,
    pub(super) product: ProductId,
    pub(super) pack: PackId,
    pub(super) team: TeamId,
    pub(super) tokens: Tokens,
    host: Option<ProductId>,
    with_host: bool,
    end: Instant,
}

impl Suspect {
    pub(super) fn avoided(&self) -> Avoided {
        let Suspect { why, user, product, tokens, end, .. } = *self;
        Avoided { why, user, product, start: end - Span::DAY, tokens }
    }

    /// The user needed the host, with which the add-in would have come along anyway.
    fn host_opened(&mut self) {
        if self.with_host {
            self.why = Avoidable::CameAlong;
        }
    }
}

/// The charges under suspicion, by user.
pub(super) struct Suspects {
    users: Vec<OfUser>,
    /// Of who uses several products, or has been under suspicion; beyond `used`, memory for others to come.
    more: Vec<More>,
    used: usize,
}

/// What most opens need, in little memory: there is one for each user.
#[derive(Clone, Copy)]
struct OfUser {
    opened: Opened,
    /// The place of more, or [`NONE`].
    more: u32,
}

#[derive(Default)]
struct More {
    suspects: Vec<Suspect>,
    /// Of the other products.
    opened: Vec<Opened>,
}

/// When a product was last opened by hand: a charge is posted minutes after its window's start, and the user may have opened the
/// product meanwhile.
#[derive(Clone, Copy)]
struct Opened {
    last: Instant,
    product: ProductId,
}

const NONE: u32 = u32::MAX;
/// Nothing yet.
const NOBODY: OfUser = OfUser { opened: Opened { last: Instant::MIN, product: ProductId(0) }, more: NONE };

impl Suspects {
    pub(super) fn new(users: usize) -> Self {
        Suspects { users: vec![NOBODY; users], more: Vec::new(), used: 0 }
    }

    pub(super) fn clear(&mut self) {
        self.users.fill(NOBODY);
        for more in &mut self.more[..self.used] {
            more.suspects.clear();
            more.opened.clear();
        }
        self.used = 0;
    }

    /// Reads what an open of a user's will need.
    pub(super) fn foresee(&self, user: UserId) {
        black_box(self.users[user.index()].more);
    }

    fn more(&mut self, user: UserId) -> &mut More {
        let place = &mut self.users[user.index()].more;
        if *place == NONE {
            *place = self.used as u32;
            self.used += 1;
            if self.more.len() < self.used {
                self.more.push(More::default());
            }
        }
        &mut self.more[*place as usize]
    }

    fn opened_since(&self, user: UserId, product: ProductId, start: Instant) -> bool {
        let OfUser { opened, more } = &self.users[user.index()];
        let others = self.more.get(*more as usize).into_iter().flat_map(|more| &more.opened);
        std::iter::once(opened).chain(others).any(|opened| opened.product == product && opened.last >= start)
    }

    fn note(&mut self, user: UserId, product: ProductId, at: Instant) {
        let first = &mut self.users[user.index()].opened;
        if first.product == product || first.last == Instant::MIN {
            *first = Opened { last: at, product };
            return;
        }
        let others = &mut self.more(user).opened;
        match others.iter_mut().find(|opened| opened.product == product) {
            Some(opened) => opened.last = at,
            None => others.push(Opened { last: at, product }),
        }
    }

    /// Notes a charge for a window that starts at `start`; `left_open` where nobody was using the product then.
    pub(super) fn charged(
        &mut self,
        cause: &Cause,
        host: Option<ProductId>,
        start: Instant,
        paid: &Posting,
        left_open: bool,
    ) {
        let Cause { user, product, with_host, .. } = *cause;
        let why = match cause.reason {
            Grant::RenewalLeftOpen if left_open => Avoidable::LeftOpen,
            _ if with_host => Avoidable::CameAlong,
            _ => return,
        };
        if self.opened_since(user, product, start) {
            return;
        }
        let end = start + Span::DAY;
        let (pack, team, tokens) = (paid.pack, paid.team, -paid.tokens);
        let mut suspect = Suspect { why, user, product, host, pack, team, tokens, with_host, end };
        if host.is_some_and(|host| self.opened_since(user, host, start)) {
            suspect.host_opened();
        }
        self.more(user).suspects.push(suspect);
    }

    /// The user opens a product: its running window was needed, and so was that of an add-in it was left open with, were it not
    /// that the add-in comes along again. What ended before was avoidable: `avoided` is told.
    pub(super) fn opened(&mut self, user: UserId, product: ProductId, at: Instant, mut avoided: impl FnMut(&Suspect)) {
        self.note(user, product, at);
        let Some(more) = self.more.get_mut(self.users[user.index()].more as usize) else { return };
        more.suspects.retain_mut(|suspect| {
            if suspect.end <= at {
                avoided(suspect);
                return false;
            }
            if suspect.host == Some(product) {
                suspect.host_opened();
            }
            suspect.product != product
        });
    }

    /// The horizon ends: nobody needed the windows that ended in it. Of those that run on, nobody knows.
    pub(super) fn finish(&mut self, end: Instant, mut avoided: impl FnMut(&Suspect)) {
        for user in &self.users {
            let suspects = self.more.get(user.more as usize).into_iter().flat_map(|more| &more.suspects);
            suspects.filter(|suspect| suspect.end <= end).for_each(&mut avoided);
        }
    }
}
