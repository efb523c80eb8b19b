//! One user and one product: the devices, the open sessions, the running window. A pair exists from its first open on.

use std::hint::black_box;

use super::journal::Window;
use super::sessions::{Chain, SessionId};
use crate::ids::{DeviceId, ProductId, TeamId, UserId};
use crate::ledger::Hold;
use crate::meter::Grant;
use crate::tokens::Tokens;

/// A user and a product that has been opened at least once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PairId(pub(super) u32);

/// Two lines of the cache, and no more: in a large company this is what an open waits for.
#[derive(Clone, Debug)]
#[repr(C, align(128))]
pub(super) struct Pair {
    pub(super) user: UserId,
    pub(super) product: ProductId,
    pub(super) sessions: Chain,
    pub(super) window: Option<Running>,
    devices: [Option<DeviceId>; DEVICES],
    next_of_user: Option<PairId>,
}

const _: () = assert!(size_of::<Pair>() == 128);

/// A product may be installed on so many devices (E10).
const DEVICES: usize = 3;

/// A window that runs, or ran until its pair opens the next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Running {
    pub(super) window: Window,
    pub(super) charge: Charge,
    /// `None` once it is posted.
    pub(super) undecided: Option<Undecided>,
}

/// What a window costs, and which decision carries that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charge {
    pub(super) decision: u64,
    pub(super) reason: Grant,
    pub(super) tokens: Tokens,
}

/// What decides a held window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Undecided {
    pub(super) hold: Hold,
    /// Closed in time, it is free; still open when its grace is over, the hold is posted.
    pub(super) decider: SessionId,
}

/// Every user's first pair has the place of its user; further ones follow behind these.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    users: usize,
    pairs: Vec<Pair>,
}

/// What a user's first pair is of before anything was opened.
const NOTHING: ProductId = ProductId(u32::MAX);

impl Pairs {
    pub(super) fn new(users: usize) -> Self {
        let mut pairs = Pairs { users, pairs: Vec::with_capacity(users) };
        pairs.clear();
        pairs
    }

    pub(super) fn clear(&mut self) {
        self.pairs.clear();
        self.pairs.extend((0..self.users).map(|user| Pair::new(UserId::from_index(user), NOTHING)));
    }

    pub(super) fn get(&self, id: PairId) -> &Pair {
        &self.pairs[id.0 as usize]
    }

    pub(super) fn get_mut(&mut self, id: PairId) -> &mut Pair {
        &mut self.pairs[id.0 as usize]
    }

    /// The pair, if it has been opened before. Users have few products: a chain is walked, no table kept for pairs
    /// that never exist.
    pub(super) fn find(&self, user: UserId, product: ProductId) -> Option<PairId> {
        self.of(user).find(|id| self.get(*id).product == product)
    }

    pub(super) fn find_or_add(&mut self, user: UserId, product: ProductId) -> PairId {
        if let Some(id) = self.find(user, product) {
            return id;
        }
        let first = &mut self.pairs[user.index()];
        if first.product == NOTHING {
            first.product = product;
            return PairId(user.0);
        }
        let id = PairId(u32::try_from(self.pairs.len()).expect("more than 2^32 pairs"));
        let next_of_user = self.pairs[user.index()].next_of_user.replace(id);
        self.pairs.push(Pair { next_of_user, ..Pair::new(user, product) });
        id
    }

    /// Reads what an event of a pair will need: while it is on its way from a slow memory, so is what the next events need.
    pub(super) fn foresee(&self, id: PairId) -> Option<&Pair> {
        let pair = self.pairs.get(id.0 as usize)?;
        black_box((pair.user, pair.next_of_user));
        Some(pair)
    }

    /// The windows that a team pays for become another's (P8).
    pub(super) fn windows_go_along(&mut self, from: TeamId, into: TeamId) {
        let windows = self.pairs.iter_mut().filter_map(|pair| pair.window.as_mut());
        windows.filter(|running| running.window.team == from).for_each(|running| running.window.team = into);
    }

    /// The user's pairs.
    pub(super) fn of(&self, user: UserId) -> impl Iterator<Item = PairId> + '_ {
        let first = PairId(user.0);
        let first = Some(first).filter(|first| self.get(*first).product != NOTHING);
        std::iter::successors(first, |id| self.get(*id).next_of_user)
    }
}

impl Pair {
    fn new(user: UserId, product: ProductId) -> Self {
        let (sessions, devices) = (Chain::default(), [None; DEVICES]);
        Pair { user, product, sessions, window: None, devices, next_of_user: None }
    }

    /// Counts a device from the first open tried on it; `false` for a fourth (E10).
    pub(super) fn admits(&mut self, device: DeviceId) -> bool {
        for place in &mut self.devices {
            match place {
                Some(known) if *known == device => return true,
                Some(_) => {}
                None => {
                    *place = Some(device);
                    return true;
                }
            }
        }
        false
    }
}
