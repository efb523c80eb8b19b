use super::{Avoided, Intent};
use crate::behaviour::Order;
use crate::meter::Entry;
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
}

impl Trace {
    /// Adds a session or an order; gives its place.
    pub(super) fn add(&mut self, logged: Logged, intent: Intent) -> usize {
        self.sessions.push(logged);
        self.intents.push(intent);
        self.sessions.len() - 1
    }
}
