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
}

/// One line of the cache; it leads to others only for who uses several products, or is under suspicion.
#[derive(Clone)]
#[repr(align(64))]
struct OfUser {
    suspects: Vec<Suspect>,
    /// When each product was last opened by hand: a charge is posted minutes after its window's start, and the user may
    /// have opened the product meanwhile.
    opened: Opened,
    others: Vec<Opened>,
}

const _: () = assert!(size_of::<OfUser>() == 64);

#[derive(Clone, Copy)]
struct Opened {
    product: ProductId,
    last: Instant,
}

/// Nothing yet.
const NEVER: Opened = Opened { product: ProductId(0), last: Instant::MIN };

impl OfUser {
    fn opened_since(&self, product: ProductId, start: Instant) -> bool {
        let mut opened = std::iter::once(&self.opened).chain(&self.others);
        opened.any(|opened| opened.product == product && opened.last >= start)
    }

    fn note(&mut self, product: ProductId, at: Instant) {
        if self.opened.last == NEVER.last {
            self.opened.product = product;
        }
        let mut opened = std::iter::once(&mut self.opened).chain(&mut self.others);
        match opened.find(|opened| opened.product == product) {
            Some(opened) => opened.last = at,
            None => self.others.push(Opened { product, last: at }),
        }
    }
}

impl Suspects {
    pub(super) fn new(users: usize) -> Self {
        let nobody = OfUser { suspects: Vec::new(), opened: NEVER, others: Vec::new() };
        Suspects { users: vec![nobody; users] }
    }

    pub(super) fn clear(&mut self) {
        for user in &mut self.users {
            user.suspects.clear();
            user.opened = NEVER;
            user.others.clear();
        }
    }

    /// Reads what an open of a user's will need.
    pub(super) fn foresee(&self, user: UserId) {
        black_box(self.users[user.index()].suspects.len());
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
        let of_user = &mut self.users[user.index()];
        if of_user.opened_since(product, start) {
            return;
        }
        let end = start + Span::DAY;
        let (pack, team, tokens) = (paid.pack, paid.team, -paid.tokens);
        let mut suspect = Suspect { why, user, product, host, pack, team, tokens, with_host, end };
        if host.is_some_and(|host| of_user.opened_since(host, start)) {
            suspect.host_opened();
        }
        of_user.suspects.push(suspect);
    }

    /// The user opens a product: its running window was needed, and so was that of an add-in it was left open with, were it not
    /// that the add-in comes along again. What ended before was avoidable: `avoided` is told.
    pub(super) fn opened(&mut self, user: UserId, product: ProductId, at: Instant, mut avoided: impl FnMut(&Suspect)) {
        let of_user = &mut self.users[user.index()];
        of_user.note(product, at);
        of_user.suspects.retain_mut(|suspect| {
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
        let suspects = self.users.iter_mut().flat_map(|user| user.suspects.drain(..));
        suspects.filter(|suspect| suspect.end <= end).for_each(|suspect| avoided(&suspect));
    }
}
