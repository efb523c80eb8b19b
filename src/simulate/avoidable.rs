//! Windows that nobody needed.

use crate::ids::{PackId, ProductId, UserId};
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

/// A charge that will have been avoidable, unless its user opens the product while its window runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Suspect {
    pub(super) why: Avoidable,
    pub(super) user: UserId,
    pub(super) product: ProductId,
    pub(super) pack: PackId,
    pub(super) tokens: Tokens,
    with_host: bool,
    end: Instant,
}

/// The charges under suspicion, by user.
pub(super) struct Suspects {
    suspects: Vec<Vec<Suspect>>,
}

impl Suspects {
    pub(super) fn new(users: usize) -> Self {
        Suspects { suspects: vec![Vec::new(); users] }
    }

    pub(super) fn clear(&mut self) {
        self.suspects.iter_mut().for_each(Vec::clear);
    }

    /// Notes a charge for a window that starts at `start`; `left_open` where nobody was using the product then.
    pub(super) fn charged(&mut self, cause: &Cause, start: Instant, pack: PackId, tokens: Tokens, left_open: bool) {
        let why = match cause.reason {
            Grant::RenewalLeftOpen if left_open => Avoidable::LeftOpen,
            _ if cause.with_host => Avoidable::CameAlong,
            _ => return,
        };
        let Cause { user, product, with_host, .. } = *cause;
        let end = start + Span::DAY;
        self.suspects[user.index()].push(Suspect { why, user, product, pack, tokens, with_host, end });
    }

    /// The user opens a product: its running window was needed, and so was that of an add-in it was left open with, were it not
    /// that the add-in comes along again. What ended before was avoidable: `avoided` is told.
    pub(super) fn opened(
        &mut self,
        user: UserId,
        product: ProductId,
        host_of: impl Fn(ProductId) -> Option<ProductId>,
        at: Instant,
        mut avoided: impl FnMut(&Suspect),
    ) {
        self.suspects[user.index()].retain_mut(|suspect| {
            if suspect.end <= at {
                avoided(suspect);
                return false;
            }
            if suspect.why == Avoidable::LeftOpen && suspect.with_host && host_of(suspect.product) == Some(product) {
                suspect.why = Avoidable::CameAlong;
            }
            suspect.product != product
        });
    }

    /// The horizon ends: nobody needed what is left.
    pub(super) fn finish(&mut self, mut avoided: impl FnMut(&Suspect)) {
        for suspect in self.suspects.iter_mut().flat_map(|of_user| of_user.drain(..)) {
            avoided(&suspect);
        }
    }
}
