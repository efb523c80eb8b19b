//! One user and one product: the devices, the open sessions, the running window. A pair exists from its first open on.

use super::journal::Window;
use super::sessions::{Chain, SessionId};
use crate::ids::{DeviceId, ProductId, TeamId, UserId};
use crate::ledger::Hold;
use crate::meter::Grant;
use crate::tokens::Tokens;

/// A user and a product that has been opened at least once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PairId(pub(super) u32);

#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) user: UserId,
    pub(super) product: ProductId,
    pub(super) sessions: Chain,
    pub(super) window: Option<Running>,
    devices: [Option<DeviceId>; DEVICES],
    next_of_user: Option<PairId>,
}

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

#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    pairs: Vec<Pair>,
    first_of_user: Vec<Option<PairId>>,
}

impl Pairs {
    pub(super) fn new(users: usize) -> Self {
        Pairs { pairs: Vec::new(), first_of_user: vec![None; users] }
    }

    pub(super) fn clear(&mut self) {
        self.pairs.clear();
        self.first_of_user.fill(None);
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
        let id = PairId(u32::try_from(self.pairs.len()).expect("more than 2^32 pairs"));
        let first = &mut self.first_of_user[user.index()];
        let pair = Pair {
            user,
            product,
            sessions: Chain::default(),
            window: None,
            devices: [None; DEVICES],
            next_of_user: first.replace(id),
        };
        self.pairs.push(pair);
        id
    }

    /// The windows that a team pays for become another's (P8).
    pub(super) fn windows_go_along(&mut self, from: TeamId, into: TeamId) {
        let windows = self.pairs.iter_mut().filter_map(|pair| pair.window.as_mut());
        windows.filter(|running| running.window.team == from).for_each(|running| running.window.team = into);
    }

    /// The user's pairs, the newest first.
    pub(super) fn of(&self, user: UserId) -> impl Iterator<Item = PairId> + '_ {
        std::iter::successors(self.first_of_user[user.index()], |id| self.get(*id).next_of_user)
    }
}

impl Pair {
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
