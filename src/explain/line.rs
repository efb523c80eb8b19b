//! Which packs stood in line when a charge was set aside (rules.md P4).

use std::collections::BTreeMap;

use super::{Criterion, InLine, Next, PackName};
use crate::calendar::Day;
use crate::ids::{PackId, TeamId};
use crate::ledger::Posting;
use crate::replay::TableNames;
use crate::time::Instant;
use crate::tokens::Tokens;

/// What each team has of each pack: left and on hold, as the ledger's rows add up.
#[derive(Debug, Default)]
pub(super) struct Line {
    packs: BTreeMap<(TeamId, PackId), Tokens>,
}

/// A pack's place in the burn order.
type Rank = (Instant, Tokens, Day, PackId);

fn rank(pack: PackId, names: &TableNames<'_>) -> Rank {
    let known = names.pack(pack);
    (known.ends, known.size, known.bought, pack)
}

impl Line {
    pub(super) fn read(&mut self, posting: &Posting) {
        let place = (posting.team, posting.pack);
        let has = self.packs.entry(place).or_default();
        *has += posting.tokens;
        if has.is_zero() {
            self.packs.remove(&place);
        }
    }

    /// The packs of a team with tokens that haven't ended, in burn order.
    pub(super) fn of(&self, team: TeamId, at: Instant, names: &TableNames<'_>) -> Vec<PackId> {
        let packs = self.packs.range((team, PackId(0))..=(team, PackId(u32::MAX))).map(|((_, pack), _)| *pack);
        let mut line: Vec<_> = packs.filter(|pack| names.pack(*pack).ends > at).collect();
        line.sort_by_key(|pack| rank(*pack, names));
        line
    }
}

/// Why these packs paid, and no others of the line.
pub(super) fn in_line(line: &[PackId], paid: &[PackId], names: &TableNames<'_>) -> InLine {
    let Some(last) = paid.last() else { return InLine::default() };
    let others = || line.iter().filter(|pack| !paid.contains(pack));
    let before = |pack: &&PackId| rank(**pack, names) < rank(*last, names);
    let next = others().find(|pack| !before(pack)).map(|pack| names.pack_name(*pack));
    InLine {
        // Who comes before and doesn't pay had nothing free: all that it had was set aside for others.
        on_hold_before: others().filter(before).map(|pack| names.pack_name(*pack)).collect(),
        next: next.map(|next| Next { decided_by: names.pack_name(*last).goes_before(&next), pack: next }),
    }
}

impl PackName {
    /// What puts it before a pack that stands behind it in line.
    pub fn goes_before(&self, other: &PackName) -> Criterion {
        if self.ends != other.ends {
            Criterion::EndDate
        } else if self.size != other.size {
            Criterion::Size
        } else if self.bought != other.bought {
            Criterion::Bought
        } else {
            Criterion::Entry
        }
    }
}
