//! What buyers see, as plain figures, and what they order.

use crate::calendar::{Day, Zone};
use crate::ids::TeamId;
use crate::scenario::Scenario;
use crate::time::Instant;
use crate::tokens::Tokens;

/// What buyers see at the start of a day: what is there, what is known to come, and what burned before.
#[derive(Clone, Debug, Default)]
pub struct Market {
    /// By `TeamId`.
    pub teams: Vec<Stock>,
}

impl Market {
    /// As a scenario starts, before the first day: nothing has burned, and all purchases are to come.
    pub fn at_start(scenario: &Scenario) -> Self {
        let mut teams = vec![Stock::default(); scenario.teams.len()];
        for pack in &scenario.packs {
            let stock = &mut teams[pack.team.index()];
            if pack.on_hand {
                let (left, size) = (pack.left, pack.size);
                stock.balance += left;
                stock.packs.push(OnHand { left, size, bought: pack.bought, ends: scenario.zone.day_of(pack.ends) });
            } else {
                stock.coming.push(Coming { arrives: pack.enters, tokens: pack.size });
            }
        }
        Market { teams }
    }
}

impl Stock {
    /// A day passes on which so much burns, where it is there.
    pub(super) fn burn(&mut self, tokens: Tokens) {
        let mut rest = tokens.min(self.balance);
        self.burned.push(rest);
        for pack in &mut self.packs {
            let share = pack.left.min(rest);
            pack.left -= share;
            rest -= share;
        }
    }

    /// A day begins: what has arrived by then is there, and what has ended isn't.
    pub(super) fn arrive(&mut self, day: Day, zone: Zone) {
        let now = zone.start_of(day);
        for coming in self.coming.extract_if(.., |coming| coming.arrives <= now) {
            let (left, size, bought) = (coming.tokens, coming.tokens, zone.day_of(coming.arrives));
            self.packs.push(OnHand { left, size, bought, ends: bought.next_year() });
        }
        self.packs.retain(|pack| !pack.left.is_zero() && pack.ends > day);
        self.packs.sort_by_key(|pack| (pack.ends, pack.size, pack.bought));
        self.balance = self.packs.iter().map(|pack| pack.left).sum();
    }
}

/// What a team has.
#[derive(Clone, Debug, Default)]
pub struct Stock {
    /// Free and on hold.
    pub balance: Tokens,
    /// In burn order (rules.md P4).
    pub packs: Vec<OnHand>,
    /// What burned on each whole day of the horizon before today.
    pub burned: Vec<Tokens>,
    /// Ordered or planned, and not there yet.
    pub coming: Vec<Coming>,
}

/// A pack with tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OnHand {
    /// Free and on hold.
    pub left: Tokens,
    /// When bought.
    pub size: Tokens,
    /// The day of the purchase.
    pub bought: Day,
    /// The first day on which it is dead.
    pub ends: Day,
}

/// Tokens that haven't arrived yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coming {
    /// When they do.
    pub arrives: Instant,
    /// How many.
    pub tokens: Tokens,
}

/// What a buyer has ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// Index of `Scenario::buyers`.
    pub buyer: usize,
    /// Who gets the pack.
    pub team: TeamId,
    /// How many tokens: whole ones.
    pub tokens: Tokens,
    /// The day on which it was ordered, in the scenario's zone.
    pub ordered: Day,
    /// When the pack arrives: that is its purchase date (rules.md P2).
    pub arrives: Instant,
}
