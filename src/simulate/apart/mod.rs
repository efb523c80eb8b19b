//! Large companies, block by block: while no pack can run out, what one user does matters to nobody else, so a block of users may
//! live through months before the next one does. All that it needs of the memory stays close to the processor meanwhile.
//!
//! For how long that may be so is a guess; whether it was so is known afterwards ([`Ledger::order_was_free`]). Where it wasn't, the
//! replication is played again in the order of the clock: what it comes to hangs on neither the blocks nor the guess.

#[cfg(test)]
mod tests;

use super::outcome::Tally;
use super::replication::{Replication, begins_somewhere};
use super::{Outcome, Usage};
use crate::behaviour::Planned;
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::ids::TeamId;
use crate::ledger::Ledger;
use crate::meter::TeamChoice;
use crate::scenario::{IdleAwareness, Scenario};
use crate::tokens::Tokens;

/// What is known of how long users may live apart.
pub(super) struct Apart {
    /// How many users are in a block.
    users: usize,
    /// By block: what its users plan, while they are put aside.
    planned: Vec<Vec<Planned>>,
    /// By team: the most tokens that it was asked for on a day.
    most: Vec<Tokens>,
    /// The most that any of them was asked for at once.
    largest: Tokens,
    /// How many days that is known of.
    seen: usize,
    /// How many times as much a day is reckoned with.
    caution: i64,
}

/// So many users' state fits into the second cache of a processor.
const BLOCK: usize = 2_000;
/// For fewer days it isn't worth the while.
const FEW: usize = 3;
/// So many days are looked at before the first guess.
const WEEK: usize = 7;

impl Apart {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let most = vec![Tokens::ZERO; scenario.teams.len()];
        Apart { users: BLOCK, planned: Vec::new(), most, largest: Tokens::ZERO, seen: 0, caution: 1 }
    }

    pub(super) fn clear(&mut self) {
        self.planned.iter_mut().for_each(Vec::clear);
    }

    /// For how many days the packs that burn now will last, and pay what is largest.
    fn days(&self, ledger: &Ledger) -> usize {
        let lasts = |(team, most): (usize, &Tokens)| {
            let left = ledger.left_of_first(TeamId::from_index(team)).millionths() - self.largest.millionths();
            left.max(0)
                .checked_div(most.millionths().saturating_mul(self.caution))
                .map_or(usize::MAX, |days| days as usize)
        };
        self.most.iter().enumerate().map(lasts).min().unwrap_or(0)
    }

    /// Notes what the teams were asked for in so many days.
    fn see(&mut self, days: usize, ledger: &Ledger) {
        self.seen += days;
        self.largest = self.largest.max(ledger.most_at_once());
        for (team, most) in self.most.iter_mut().enumerate() {
            let asked = ledger.asked(TeamId::from_index(team)).millionths() / days as i64;
            *most = Tokens::from_millionths(asked).max(*most);
        }
    }
}

impl Replication<'_> {
    /// Plays a replication with users apart for as long as that goes; `None` where they can't be, or where it has to be played in the
    /// order of the clock. That includes scripts that fail, as the failure that comes first is the one to be told.
    pub(super) fn play_apart(&mut self, number: u32, usage: &mut Usage) -> Option<Outcome> {
        if !self.may_be_apart() {
            return None;
        }
        self.reset(number, false);
        let mut tally = Tally::new(self.scenario, self.setup, self.days, usage);
        let days: Vec<Day> = self.scenario.days_somewhere().collect();
        let (mut rest, mut refuses) = (&days[..], false);
        while !rest.is_empty() {
            let refused = tally.refused();
            let apart = if refuses { 0 } else { self.days_apart(rest) };
            let (now, later) = rest.split_at(apart.max(1));
            self.queue.watch();
            if apart == 0 {
                self.live_day(now[0], 0..self.scenario.users.len(), &mut tally, &mut None).ok()?;
            } else {
                self.live_apart(now, &mut tally).ok()?;
            }
            let ledger = self.queue.ledger();
            if now[0] >= self.scenario.first_day {
                self.apart.see(now.len(), ledger);
            }
            refuses = tally.refused() > refused;
            if apart > 0 && (refuses || !ledger.order_was_free()) {
                self.apart.caution = self.apart.caution.saturating_mul(2);
                return None;
            }
            rest = later;
        }
        self.finish(tally, None).ok()
    }

    /// Whether there is nothing by which users, packs aside, could matter to one another: buyers who look at what all of them burned,
    /// reactions to denials, renewals that come when somebody is used again, and teams chosen by what others have left of them.
    fn may_be_apart(&self) -> bool {
        let Scenario { users, teams, rules, idle_awareness, .. } = self.scenario;
        users.len() > self.apart.users
            && self.buying.is_idle()
            && self.reactions.is_none()
            && *idle_awareness == IdleAwareness::Off
            && (rules.team_choice != TeamChoice::MostTokens || teams.len() == 1)
    }

    /// For how many of some days users may live apart, as far as one can guess; 0 where it isn't worth the while.
    fn days_apart(&self, days: &[Day]) -> usize {
        if self.apart.seen < WEEK {
            return 0;
        }
        let next = self.queue.next_for_all();
        let undisturbed = if next >= self.scenario.end {
            days.len()
        } else {
            days.partition_point(|day| begins_somewhere(day.plus(1)) <= next)
        };
        Some(undisturbed.min(self.apart.days(self.queue.ledger()))).filter(|days| *days >= FEW).unwrap_or(0)
    }

    /// Each block of users lives through some days before the next one does.
    fn live_apart(&mut self, days: &[Day], tally: &mut Tally<'_>) -> Result<(), Box<Diagnostic>> {
        let (users, size, day_place) = (self.scenario.users.len(), self.apart.users, self.day_place);
        // So far all blocks come, whatever the last of their users do.
        let until = days.last().map_or(self.scenario.end, |day| begins_somewhere(day.plus(1)).min(self.scenario.end));
        let planned = &mut self.apart.planned;
        planned.resize(users.div_ceil(size), Vec::new());
        self.queue.part(size);
        self.agenda.drain(|plan| planned[plan.user.index() / size].push(plan));
        for block in 0..users.div_ceil(size) {
            self.day_place = day_place;
            self.queue.take_up(block);
            self.agenda.add(&mut self.apart.planned[block]);
            for day in days {
                self.live_day(*day, block * size..users.min((block + 1) * size), tally, &mut None)?;
            }
            self.pass(until, tally, &mut None)?;
            self.queue.put_aside(block);
            self.agenda.drain(|plan| self.apart.planned[block].push(plan));
        }
        self.queue.join();
        self.apart.planned.iter_mut().for_each(|planned| self.agenda.add(planned));
        Ok(())
    }
}
