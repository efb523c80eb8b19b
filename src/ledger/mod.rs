//! Packs: burn order, holds, expiry. The only place where tokens change; it knows nothing of users and rules.
//!
//! For every pack, at every instant (rules.md P9): entered = left + held + burned + expired, and nothing is negative.

mod holds;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::ids::{PackId, TeamId};
use crate::time::Instant;
use crate::tokens::Tokens;
pub use holds::Hold;
use holds::Holds;

/// Every team's packs.
#[derive(Clone, Debug)]
pub struct Ledger {
    packs: Vec<Pack>,
    teams: Vec<Team>,
    holds: Holds,
    ends: BinaryHeap<Reverse<(Instant, PackId)>>,
}

/// A pack to be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewPack {
    /// The team that gets it.
    pub team: TeamId,
    /// Tokens when bought: at equal end dates the smallest pack burns first (rules.md P4).
    pub size: Tokens,
    /// Tokens now: less than `size` where some burned before.
    pub left: Tokens,
    /// Orders packs of one end date and size: the oldest purchase first.
    pub bought: Instant,
    /// When it dies: exclusive.
    pub ends: Instant,
    /// Whether it was on hand at the start.
    pub on_hand: bool,
}

/// One change of one pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The pack.
    pub pack: PackId,
    /// The team that holds it.
    pub team: TeamId,
    /// What happened.
    pub kind: PostingKind,
    /// How many tokens: negative where they leave.
    pub tokens: Tokens,
    /// The team's balance after it: left and held.
    pub balance: Tokens,
}

/// What happened to a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostingKind {
    /// It was on hand at the start.
    Opening,
    /// It was bought.
    Purchase,
    /// Its tokens were charged.
    Burn,
    /// Its tokens reached their end date unused.
    Expire,
}

/// Why a team can't pay, from the best case to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shortage {
    /// Something is free, but less than the rate.
    Low,
    /// Nothing is free, though a pack is alive, or there never was one.
    Zero,
    /// Every pack has ended.
    Expired,
}

/// What is known of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pack {
    /// The team that holds it.
    pub team: TeamId,
    /// As entered.
    pub entered: NewPack,
    /// Free to burn.
    pub left: Tokens,
    /// Set aside for sessions that may still turn out to be free.
    pub held: Tokens,
    /// Charged since it was entered.
    pub burned: Tokens,
    /// Lost at its end.
    pub expired: Tokens,
    alive: bool,
}

#[derive(Clone, Debug, Default)]
struct Team {
    /// Packs that haven't ended, in burn order.
    alive: VecDeque<PackId>,
    /// Place in `alive` of the first pack with tokens left; its length where there is none.
    first: usize,
    free: Tokens,
    held: Tokens,
    had_a_pack: bool,
}

impl Ledger {
    /// A ledger of `teams` teams without packs.
    pub fn new(teams: usize) -> Self {
        let teams = vec![Team::default(); teams];
        Ledger { packs: Vec::new(), teams, holds: Holds::default(), ends: BinaryHeap::new() }
    }

    /// Takes every pack away, and keeps the memory for the next run.
    pub fn clear(&mut self) {
        self.packs.clear();
        self.holds.clear();
        self.ends.clear();
        for team in &mut self.teams {
            team.alive.clear();
            *team = Team { alive: std::mem::take(&mut team.alive), ..Team::default() };
        }
    }

    /// Every pack, in the order of entry.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// What a team can still burn: its balance less what is on hold.
    pub fn free(&self, team: TeamId) -> Tokens {
        self.teams[team.index()].free
    }

    /// A team's balance: free and on hold.
    pub fn balance(&self, team: TeamId) -> Tokens {
        let team = &self.teams[team.index()];
        team.free + team.held
    }

    /// The end date of the pack that the team burns next; [`Instant::MAX`] where nothing is free.
    pub fn next_to_burn_ends(&self, team: TeamId) -> Instant {
        let team = &self.teams[team.index()];
        team.alive.get(team.first).map_or(Instant::MAX, |pack| self.packs[pack.index()].entered.ends)
    }

    /// Why the team can't pay a rate that is more than it has free.
    pub fn shortage(&self, team: TeamId) -> Shortage {
        let team = &self.teams[team.index()];
        if team.free > Tokens::ZERO {
            Shortage::Low
        } else if !team.alive.is_empty() || !team.had_a_pack {
            Shortage::Zero
        } else {
            Shortage::Expired
        }
    }

    /// Adds a pack to its team's balance.
    pub fn enter(&mut self, new: NewPack, post: &mut impl FnMut(Posting)) -> PackId {
        let id = PackId::from_index(self.packs.len());
        let zero = Tokens::ZERO;
        self.packs.push(Pack {
            team: new.team,
            entered: new,
            left: new.left,
            held: zero,
            burned: zero,
            expired: zero,
            alive: true,
        });
        let place = self.place(new.team, id);
        let team = &mut self.teams[new.team.index()];
        team.alive.insert(place, id);
        team.free += new.left;
        team.had_a_pack = true;
        if place <= team.first {
            team.first = place;
        }
        self.skip_empty(new.team);
        self.ends.push(Reverse((new.ends, id)));
        let kind = if new.on_hand { PostingKind::Opening } else { PostingKind::Purchase };
        post(self.posting(id, kind, new.left));
        id
    }

    /// When the next pack ends.
    pub fn next_expiry(&self) -> Option<Instant> {
        self.ends.peek().map(|Reverse((ends, _))| *ends)
    }

    /// Lets the next pack end: what it has left expires, what is on hold outlives it (rules.md P4, P5).
    pub fn expire_next(&mut self, post: &mut impl FnMut(Posting)) {
        let Some(Reverse((_, id))) = self.ends.pop() else { return };
        let team_id = self.packs[id.index()].team;
        let place = self.place(team_id, id);
        let pack = &mut self.packs[id.index()];
        let team = &mut self.teams[team_id.index()];
        team.alive.remove(place);
        if place < team.first {
            team.first -= 1;
        }
        let lost = std::mem::take(&mut pack.left);
        pack.alive = false;
        pack.expired += lost;
        team.free -= lost;
        self.skip_empty(team_id);
        if !lost.is_zero() {
            post(self.posting(id, PostingKind::Expire, -lost));
        }
    }

    /// Sets `amount` of the team's packs aside in burn order; `None` where less is free.
    pub fn hold(&mut self, team: TeamId, amount: Tokens) -> Option<Hold> {
        if self.free(team) < amount {
            return None;
        }
        let mut hold = self.holds.empty();
        let mut open = amount;
        while !open.is_zero() {
            let id = self.teams[team.index()].alive[self.teams[team.index()].first];
            let pack = &mut self.packs[id.index()];
            let part = pack.left.min(open);
            pack.left -= part;
            pack.held += part;
            open -= part;
            self.holds.add(&mut hold, id, part);
            self.skip_empty(team);
        }
        self.teams[team.index()].free -= amount;
        self.teams[team.index()].held += amount;
        Some(hold)
    }

    /// Turns a hold into a burn of the packs it was set aside from, dead or alive.
    pub fn burn(&mut self, hold: Hold, post: &mut impl FnMut(Posting)) {
        let mut rest = hold;
        while let Some((id, part)) = self.holds.take(&mut rest) {
            let pack = &mut self.packs[id.index()];
            pack.held -= part;
            pack.burned += part;
            self.teams[pack.team.index()].held -= part;
            post(self.posting(id, PostingKind::Burn, -part));
        }
    }

    /// Gives a hold back to the packs it was set aside from; what belongs to a dead one expires.
    pub fn release(&mut self, hold: Hold, post: &mut impl FnMut(Posting)) {
        let mut rest = hold;
        while let Some((id, part)) = self.holds.take(&mut rest) {
            let pack = &mut self.packs[id.index()];
            let team_id = pack.team;
            pack.held -= part;
            self.teams[team_id.index()].held -= part;
            if pack.alive {
                pack.left += part;
                let place = self.place(team_id, id);
                let team = &mut self.teams[team_id.index()];
                team.free += part;
                team.first = team.first.min(place);
            } else {
                pack.expired += part;
                post(self.posting(id, PostingKind::Expire, -part));
            }
        }
    }

    /// Where the pack stands, or would stand, in its team's burn order (rules.md P4).
    fn place(&self, team: TeamId, id: PackId) -> usize {
        let rank = |id: PackId| {
            let pack = &self.packs[id.index()].entered;
            (pack.ends, pack.size, pack.bought, id)
        };
        let wanted = rank(id);
        self.teams[team.index()].alive.partition_point(|other| rank(*other) < wanted)
    }

    fn skip_empty(&mut self, team: TeamId) {
        let team = &mut self.teams[team.index()];
        while team.alive.get(team.first).is_some_and(|pack| self.packs[pack.index()].left.is_zero()) {
            team.first += 1;
        }
    }

    fn posting(&self, pack: PackId, kind: PostingKind, tokens: Tokens) -> Posting {
        let team = self.packs[pack.index()].team;
        Posting { pack, team, kind, tokens, balance: self.balance(team) }
    }
}

#[cfg(test)]
mod tests;
