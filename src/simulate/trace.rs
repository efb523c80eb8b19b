use super::avoidable::Avoided;
use super::intent::Intent;
use crate::behaviour::{Author, Note, Order};
use crate::calendar::Day;
use crate::ids::UserId;
use crate::meter::Entry;
use crate::scenario::Scenario;
use crate::usage_log::Logged;

/// All that one replication did: the sessions it opened, as a log would hold them, and what the meter said.
#[derive(Debug, Default)]
pub struct Trace {
    /// In the order of opening; without a close where the session was still open at the end, or never granted.
    pub sessions: Vec<Logged>,
    /// What buyers ordered, in the order of ordering.
    pub orders: Vec<Order>,
    /// In the order of the core.
    pub entries: Vec<Entry>,
    /// By the place in `sessions`: what was meant.
    pub intents: Vec<Intent>,
    /// Charges that turned out avoidable.
    pub avoided: Vec<Avoided>,
    /// What scripts noted, by day, and then in the order of their calls.
    pub notes: Vec<Note>,
}

impl Trace {
    /// Adds a session or an order; gives its place.
    pub(super) fn add(&mut self, logged: Logged, intent: Intent) -> usize {
        self.sessions.push(logged);
        self.intents.push(intent);
        self.sessions.len() - 1
    }

    /// Sorts what was noted; that of days that lie outside the horizon by their users' clocks is dropped, as their sessions are.
    pub(super) fn finish(&mut self, scenario: &Scenario) {
        let zone = |author| match author {
            Author::User(user) => scenario.groups[scenario.users[user.index()].group as usize].zone,
            Author::Buyer(_) => scenario.zone,
        };
        self.notes.retain(|note| {
            let zone = zone(note.author);
            zone.start_of(note.day) < scenario.end && zone.start_of(note.day.plus(1)) > scenario.start
        });
        self.notes.sort_by_key(|note| note.day);
    }

    /// Drops what was noted for a day that is planned again.
    pub(super) fn drop_notes(&mut self, user: UserId, day: Day) {
        self.notes.retain(|note| (note.author, note.day) != (Author::User(user), day));
    }
}
