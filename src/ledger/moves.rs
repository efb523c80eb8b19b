//! Moves and merges (rules.md P8): what is left of a pack goes to another team; what is on hold stays until it is decided.

use super::{Ledger, PartId, Posting, PostingKind, Standing};
use crate::ids::{PackId, TeamId};
use crate::tokens::Tokens;

impl Ledger {
    /// Moves all that is left of a pack to a team, wherever it is, in the order of the teams.
    pub fn move_pack(&mut self, pack: PackId, to: TeamId, post: &mut impl FnMut(Posting)) {
        let mut next = self.first_part(pack);
        while let Some(id) = next {
            next = self.parts[id.index()].next;
            if self.parts[id.index()].team != to {
                self.move_part(id, to, post);
            }
        }
    }

    /// Moves all that a team has left to another, in the order of the packs' entry.
    pub fn merge(&mut self, from: TeamId, into: TeamId, post: &mut impl FnMut(Posting)) {
        for pack in (0..self.packs.len()).map(PackId::from_index) {
            if let Some(id) = self.part(pack, from) {
                self.move_part(id, into, post);
            }
        }
    }

    fn move_part(&mut self, id: PartId, to: TeamId, post: &mut impl FnMut(Posting)) {
        let part = &mut self.parts[id.index()];
        if part.standing != Standing::Here {
            return;
        }
        let (pack, tokens) = (part.pack, std::mem::take(&mut part.left));
        let team = &mut self.teams[part.team.index()];
        part.moved_out += tokens;
        part.moved = true;
        team.free -= tokens;
        team.order.settle(&mut self.parts);
        self.leave_if_empty(id);
        self.post(id, PostingKind::MoveOut, -tokens, post);
        let arrived = self.part(pack, to).unwrap_or_else(|| self.add_part(pack, to));
        self.receive(arrived, tokens);
        self.parts[arrived.index()].moved_in += tokens;
        self.post(arrived, PostingKind::MoveIn, tokens, post);
    }

    /// A pack that was moved is still its old team's as long as something of it is on hold there.
    pub(super) fn leave_if_empty(&mut self, id: PartId) {
        let part = &mut self.parts[id.index()];
        if part.standing == Standing::Here && part.moved && (part.left + part.held).is_zero() {
            part.standing = Standing::Left;
            self.teams[part.team.index()].packs -= 1;
        }
    }

    /// Gives a part tokens; one that had left its team is back.
    pub(super) fn receive(&mut self, id: PartId, tokens: Tokens) {
        let part = &mut self.parts[id.index()];
        let team = &mut self.teams[part.team.index()];
        if part.standing == Standing::Left {
            part.standing = Standing::Here;
            team.packs += 1;
        }
        part.moved = false;
        part.left += tokens;
        team.free += tokens;
        team.order.add(id, &mut self.parts);
    }
}
