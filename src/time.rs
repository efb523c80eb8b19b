//! Instants and spans: whole UTC seconds, nothing finer and nothing local.

use std::ops::{Add, Sub};

/// A point in time: whole seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// A length of elapsed time in whole seconds; may be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(i64);

impl Instant {
    /// Before every instant that a scenario can name.
    pub const MIN: Instant = Instant(i64::MIN / 4);
    /// After every instant that a scenario can name.
    pub const MAX: Instant = Instant(i64::MAX / 4);

    /// The instant `seconds` after 1970-01-01T00:00:00Z.
    pub const fn from_seconds(seconds: i64) -> Self {
        Instant(seconds)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub const fn seconds(self) -> i64 {
        self.0
    }
}

impl Span {
    /// 24 hours: the length of a window (rules.md T1).
    pub const DAY: Span = Span(86_400);

    /// A span of `seconds`.
    pub const fn from_seconds(seconds: i64) -> Self {
        Span(seconds)
    }

    /// The span in seconds.
    pub const fn seconds(self) -> i64 {
        self.0
    }
}

impl Add<Span> for Instant {
    type Output = Instant;
    fn add(self, span: Span) -> Instant {
        Instant(self.0 + span.0)
    }
}

impl Sub<Span> for Instant {
    type Output = Instant;
    fn sub(self, span: Span) -> Instant {
        Instant(self.0 - span.0)
    }
}

impl Sub for Instant {
    type Output = Span;
    fn sub(self, earlier: Instant) -> Span {
        Span(self.0 - earlier.0)
    }
}
