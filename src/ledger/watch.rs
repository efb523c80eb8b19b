//! Whether the order in which tokens were asked for could matter.

use super::Ledger;
use crate::ids::TeamId;
use crate::tokens::Tokens;

/// A team since the watch began.
#[derive(Clone, Debug, Default)]
pub(super) struct Watched {
    /// What its first part had left then.
    left: Tokens,
    /// What wasn't set aside then.
    free: Tokens,
    /// All that was set aside since, whatever became of it; counted up to [`Tokens::LARGEST`].
    asked: Tokens,
}

impl Watched {
    pub(super) fn ask(&mut self, amount: Tokens) {
        self.asked = (self.asked + amount).min(Tokens::LARGEST);
    }
}

impl Ledger {
    /// Begins to watch what is asked of the teams.
    pub fn watch(&mut self) {
        self.most_at_once = Tokens::ZERO;
        for team in &mut self.teams {
            let left = team.order.first().map_or(Tokens::ZERO, |part| self.parts[part.index()].left);
            team.watched = Watched { left, free: team.free, asked: Tokens::ZERO };
            team.order.has_turned = false;
        }
    }

    /// What a team's first pack has left.
    pub fn left_of_first(&self, team: TeamId) -> Tokens {
        let first = self.teams[team.index()].order.first();
        first.map_or(Tokens::ZERO, |part| self.parts[part.index()].left)
    }

    /// What was set aside of a team's tokens since the watch began, be it given back since.
    pub fn asked(&self, team: TeamId) -> Tokens {
        self.teams[team.index()].watched.asked
    }

    /// The most that was set aside at once since the watch began, of any team's tokens.
    pub fn most_at_once(&self) -> Tokens {
        self.most_at_once
    }

    /// Whether all that was set aside since the watch began could have been so in any other order, of the same packs: every team had
    /// one first pack all along, from which everything would come, and enough of it for one more that is as large as the largest;
    /// or nothing came or went, so that whoever was denied would always have been.
    pub fn order_was_free(&self) -> bool {
        self.teams.iter().all(|team| {
            let Watched { left, free, asked } = team.watched;
            let is_untouched = asked.is_zero() && team.free == free;
            !team.order.has_turned && (is_untouched || left - asked > self.most_at_once)
        })
    }
}
