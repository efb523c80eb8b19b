use chrono::{DateTime, SecondsFormat};

use crate::time::Instant;

/// Reads an RFC 3339 instant with its offset, such as `2027-03-01T09:00:00+01:00`; fractions of a second are cut.
pub fn parse_instant(text: &str) -> Option<Instant> {
    DateTime::parse_from_rfc3339(text).ok().map(|instant| Instant::from_seconds(instant.timestamp()))
}

/// Writes an instant in UTC, `2027-01-04T08:00:00Z`. Panics beyond the years 1 to 9999.
pub fn rfc3339(instant: Instant) -> String {
    let utc = DateTime::from_timestamp(instant.seconds(), 0).expect("years 1 to 9999");
    utc.to_rfc3339_opts(SecondsFormat::Secs, true)
}
