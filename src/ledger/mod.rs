//! Packs: burn order, holds, expiry, moves. The only place where tokens change; it knows nothing of users and rules.
//!
//! A pack that is moved while some of it is on hold is in two teams at once: what a team holds of a pack is a part. For every
//! part, and so for every pack, at every instant (rules.md P9): entered + moved in = left + held + burned + expired + moved
//! out, and nothing is negative.

mod holds;
mod moves;
mod order;
mod pack;
mod watch;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::ids::{PackId, TeamId};
use crate::time::Instant;
use crate::tokens::Tokens;
pub use holds::Hold;
use holds::Holds;
use order::BurnOrder;
pub use pack::{NewPack, Part, Posting, PostingKind, Shortage};
use pack::{PartId, Standing};
use watch::Watched;

/// Every team's packs.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// By `PackId`: its first part, in the order of the teams.
    packs: Vec<PartId>,
    parts: Parts,
    teams: Vec<Team>,
    holds: Holds,
    ends: BinaryHeap<Reverse<(Instant, PackId)>>,
    /// The most that was set aside at once since the watch began.
    most_at_once: Tokens,
}

type Parts = Vec<Part>;

#[derive(Clone, Debug, Default)]
struct Team {
    order: BurnOrder,
    free: Tokens,
    held: Tokens,
    /// How many packs it has that haven't ended.
    packs: u32,
    /// Whether a pack of its own has ended.
    lost_a_pack: bool,
    watched: Watched,
}

impl Ledger {
    /// A ledger of `teams` teams without packs.
    pub fn new(teams: usize) -> Self {
        Ledger {
            packs: Vec::new(),
            parts: Vec::new(),
            teams: vec![Team::default(); teams],
            holds: Holds::default(),
            ends: BinaryHeap::new(),
            most_at_once: Tokens::ZERO,
        }
    }

    /// Takes every pack away, and keeps the memory for the next run.
    pub fn clear(&mut self) {
        self.packs.clear();
        self.parts.clear();
        self.holds.clear();
        self.ends.clear();
        for team in &mut self.teams {
            team.order.clear();
            *team = Team { order: std::mem::take(&mut team.order), ..Team::default() };
        }
    }

    /// What the teams hold of each pack, in the order in which that began.
    pub fn parts(&self) -> &[Part] {
        &self.parts
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
        let first = self.teams[team.index()].order.first();
        first.map_or(Instant::MAX, |part| self.parts[part.index()].entered.ends)
    }

    /// Why the team can't pay a rate that is more than it has free.
    pub fn shortage(&self, team: TeamId) -> Shortage {
        let team = &self.teams[team.index()];
        if team.free > Tokens::ZERO {
            Shortage::Low
        } else if team.packs > 0 || !team.lost_a_pack {
            Shortage::Zero
        } else {
            Shortage::Expired
        }
    }

    /// Adds a pack to its team's balance.
    pub fn enter(&mut self, new: NewPack, post: &mut impl FnMut(Posting)) -> PackId {
        let pack = PackId::from_index(self.packs.len());
        let id = self.new_part(pack, new.team, new, None);
        self.packs.push(id);
        self.ends.push(Reverse((new.ends, pack)));
        self.receive(id, new.left);
        self.parts[id.index()].size = new.left;
        let kind = if new.on_hand { PostingKind::Opening } else { PostingKind::Purchase };
        post(self.posting(id, kind, new.left));
        pack
    }

    /// When the next pack ends; [`Instant::MAX`] where there is none.
    pub fn next_expiry(&self) -> Instant {
        self.ends.peek().map_or(Instant::MAX, |Reverse((ends, _))| *ends)
    }

    /// Lets the next pack end: what it has left expires, what is on hold outlives it (rules.md P4, P5).
    pub fn expire_next(&mut self, post: &mut impl FnMut(Posting)) {
        let Some(Reverse((_, pack))) = self.ends.pop() else { return };
        let mut next = self.first_part(pack);
        while let Some(id) = next {
            let part = &mut self.parts[id.index()];
            let team = &mut self.teams[part.team.index()];
            next = part.next;
            if part.standing == Standing::Here {
                team.packs -= 1;
                team.lost_a_pack = true;
            }
            let lost = std::mem::take(&mut part.left);
            part.standing = Standing::Ended;
            part.expired += lost;
            team.free -= lost;
            team.order.settle(&mut self.parts);
            self.post(id, PostingKind::Expire, -lost, post);
        }
    }

    /// Sets `amount` of the team's packs aside in burn order; `None` where less is free.
    pub fn hold(&mut self, team: TeamId, amount: Tokens) -> Option<Hold> {
        let team = &mut self.teams[team.index()];
        if team.free < amount {
            return None;
        }
        team.free -= amount;
        team.held += amount;
        team.watched.ask(amount);
        self.most_at_once = self.most_at_once.max(amount);
        let mut hold = Hold::EMPTY;
        let mut open = amount;
        while !open.is_zero() {
            let id = team.order.first().expect("what is free is in the burn order");
            let part = &mut self.parts[id.index()];
            let share = part.left.min(open);
            part.left -= share;
            part.held += share;
            open -= share;
            self.holds.add(&mut hold, id, share);
            team.order.settle(&mut self.parts);
        }
        Some(hold)
    }

    /// Turns a hold into a burn of the packs it was set aside from, ended or not.
    pub fn burn(&mut self, hold: Hold, post: &mut impl FnMut(Posting)) {
        let mut rest = hold;
        while let Some((id, share)) = self.holds.take(&mut rest) {
            self.burn_share(id, share, post);
        }
    }

    /// As [`Ledger::burn`]; what comes back says what to give back where that is asked for, the last that paid first.
    pub fn burn_with_receipt(&mut self, hold: Hold, post: &mut impl FnMut(Posting)) -> Hold {
        let (mut rest, mut receipt) = (hold, Hold::EMPTY);
        while let Some((id, share)) = self.holds.take(&mut rest) {
            self.burn_share(id, share, post);
            self.holds.add_first(&mut receipt, id, share);
        }
        receipt
    }

    fn burn_share(&mut self, id: PartId, share: Tokens, post: &mut impl FnMut(Posting)) {
        let part = &mut self.parts[id.index()];
        part.held -= share;
        part.burned += share;
        self.teams[part.team.index()].held -= share;
        self.leave_if_empty(id);
        self.post(id, PostingKind::Burn, -share, post);
    }

    /// Gives a hold back to the packs it was set aside from; what belongs to one that has ended expires.
    pub fn release(&mut self, hold: Hold, post: &mut impl FnMut(Posting)) {
        let mut rest = hold;
        while let Some((id, share)) = self.holds.take(&mut rest) {
            let part = &mut self.parts[id.index()];
            let team = &mut self.teams[part.team.index()];
            part.held -= share;
            team.held -= share;
            if part.standing == Standing::Ended {
                part.expired += share;
                self.post(id, PostingKind::Expire, -share, post);
            } else {
                part.left += share;
                team.free += share;
                team.order.add(id, &mut self.parts);
            }
        }
    }

    /// Gives `amount` of what was burned back to the packs that paid; what belongs to one that has ended meanwhile expires
    /// (rules.md X4).
    pub fn give_back(&mut self, receipt: Hold, amount: Tokens, post: &mut impl FnMut(Posting)) {
        let (mut rest, mut open) = (receipt, amount);
        while let Some((id, paid)) = self.holds.take(&mut rest) {
            let share = paid.min(open);
            open -= share;
            self.parts[id.index()].burned -= share;
            if share.is_zero() {
                continue;
            }
            if self.parts[id.index()].standing == Standing::Ended {
                self.refund_and_expire(id, share, post);
            } else {
                self.receive(id, share);
                self.post(id, PostingKind::Refund, share, post);
            }
        }
    }

    fn refund_and_expire(&mut self, id: PartId, share: Tokens, post: &mut impl FnMut(Posting)) {
        let part = &mut self.parts[id.index()];
        part.expired += share;
        let expired = self.posting(id, PostingKind::Expire, -share);
        post(Posting { kind: PostingKind::Refund, tokens: share, balance: expired.balance + share, ..expired });
        post(expired);
    }

    fn first_part(&self, pack: PackId) -> Option<PartId> {
        Some(self.packs[pack.index()])
    }

    /// What a team holds of a pack.
    fn part(&self, pack: PackId, team: TeamId) -> Option<PartId> {
        let mut parts = std::iter::successors(self.first_part(pack), |id| self.parts[id.index()].next);
        parts.find(|id| self.parts[id.index()].team == team)
    }

    /// A new part of a pack, at its place in the order of the teams.
    fn add_part(&mut self, pack: PackId, team: TeamId) -> PartId {
        let first = self.packs[pack.index()];
        let entered = self.parts[first.index()].entered;
        if team < self.parts[first.index()].team {
            let id = self.new_part(pack, team, entered, Some(first));
            self.packs[pack.index()] = id;
            return id;
        }
        let mut before = first;
        while let Some(next) = self.parts[before.index()].next
            && self.parts[next.index()].team < team
        {
            before = next;
        }
        let id = self.new_part(pack, team, entered, self.parts[before.index()].next);
        self.parts[before.index()].next = Some(id);
        id
    }

    fn new_part(&mut self, pack: PackId, team: TeamId, entered: NewPack, next: Option<PartId>) -> PartId {
        let id = PartId(u32::try_from(self.parts.len()).expect("fewer than 2^32 parts"));
        let zero = Tokens::ZERO;
        self.parts.push(Part {
            pack,
            team,
            entered,
            size: zero,
            moved_in: zero,
            moved_out: zero,
            left: zero,
            held: zero,
            burned: zero,
            expired: zero,
            standing: Standing::Left,
            moved: false,
            queued: false,
            next,
        });
        id
    }

    /// Tells of a change, where there is one.
    fn post(&self, id: PartId, kind: PostingKind, tokens: Tokens, post: &mut impl FnMut(Posting)) {
        if !tokens.is_zero() {
            post(self.posting(id, kind, tokens));
        }
    }

    fn posting(&self, id: PartId, kind: PostingKind, tokens: Tokens) -> Posting {
        let Part { pack, team, .. } = self.parts[id.index()];
        Posting { pack, team, kind, tokens, balance: self.balance(team) }
    }
}

#[cfg(test)]
mod tests;
