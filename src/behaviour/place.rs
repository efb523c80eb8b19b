//! From what a script says to what it means: instants.

use super::draft::{Act, Extra, Sketch};
use super::planned::{Details, Results, Until, What};
use crate::calendar::{Clock, Day};
use crate::time::Instant;

/// Where the times of a sketch belong.
pub(super) struct Place<'a> {
    pub clock: &'a Clock,
    pub day: Day,
    pub earliest: Instant,
}

impl Place<'_> {
    pub fn instant(&self, seconds: i64) -> Instant {
        self.clock.instant(self.day, seconds).max(self.earliest)
    }

    /// What a sketch means; a clock change can't put a close before its open.
    pub fn what(&self, sketch: &Sketch) -> What {
        match (sketch.act, sketch.until) {
            (Act::Opens, Some(until)) => What::Session(Until::At(self.instant(until).max(self.instant(sketch.from)))),
            (Act::Opens, None) => What::Session(Until::NextOpen),
            (Act::Orders, _) => What::Results,
            (Act::Leaves, _) => What::Leaves,
            (Act::Joins, _) => What::Joins,
        }
    }

    pub fn details(&self, sketch: &Sketch) -> Option<Box<Details>> {
        let Extra { idle, offline, identity, quantity, failed } = sketch.extra.as_deref()?;
        let ordered = self.instant(sketch.from);
        Some(Box::new(Details {
            idle: idle.iter().map(|(from, until)| (self.instant(*from), self.instant(*until))).collect(),
            offline: *offline,
            identity: identity.as_ref().map(ToString::to_string),
            results: Results {
                quantity: *quantity,
                failed: failed.map(|(at, quantity)| (self.instant(at).max(ordered), quantity)),
            },
        }))
    }
}
