//! What an import came to.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// How many places of torn lines are told.
const SHOWN: usize = 5;

/// What became of a feature for which no table names a product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Unmapped {
    /// What stands for the product: the letters in the feature's code, or the feature itself.
    pub product: String,
    /// How many sessions it has.
    pub sessions: u64,
}

/// Counts of one import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Sessions in the table.
    pub sessions: u64,
    /// Users who have a session.
    pub users: BTreeSet<String>,
    /// The sessions of each product.
    pub products: BTreeMap<String, u64>,
    /// The features for which no table names a product.
    pub unmapped: BTreeMap<String, Unmapped>,
    /// Sessions that were open at the end of the log.
    pub still_open: u64,
    /// Sessions that ended because the server did.
    pub ended_by_server: u64,
    /// Sessions that ended because the server took an idle licence back.
    pub inactive: u64,
    /// Licences that came back without having gone out in this log.
    pub returned_only: u64,
    /// Licences that went out; a start may check out two.
    pub checkouts: u64,
    /// Licences that came back.
    pub returns: u64,
    /// Requests that were refused.
    pub denied: u64,
    /// Those who were refused.
    pub denied_users: BTreeSet<String>,
    /// Requests for what the server doesn't have.
    pub unsupported: u64,
    /// Lines about licences that are torn.
    pub torn: u64,
    /// Where the first of them are: `FILE:LINE`.
    pub torn_at: Vec<String>,
    /// How often the server's clock was set back.
    pub set_back: u64,
    /// Whether the log tells times by the clock on the server's wall, so that a zone matters.
    pub local_times: bool,
    /// What the server calls its zone.
    pub server_zone: Option<String>,
}

impl Summary {
    pub(super) fn torn(&mut self, place: impl FnOnce() -> String) {
        self.torn += 1;
        if self.torn_at.len() < SHOWN {
            self.torn_at.push(place());
        }
    }
}
