use std::fmt;

use chrono::{DateTime, Duration, LocalResult, NaiveTime, TimeZone};
use chrono_tz::Tz;

use super::Day;
use crate::time::{Instant, Span};

/// A time zone with its clock changes, by its IANA name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Zone = Zone(Tz::UTC);

    /// The zone of an IANA name such as `Europe/Amsterdam`.
    pub fn parse(name: &str) -> Option<Zone> {
        name.parse().ok().map(Zone)
    }

    /// Every name that [`Zone::parse`] takes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The instant at which the day begins: 00:00, or the first moment after it where a clock change skips 00:00.
    pub fn start_of(self, day: Day) -> Instant {
        self.instant(day, 0)
    }

    /// The instant of a wall-clock time, `seconds` after 00:00 of `day` as the clock on the wall counts them; 24 hours
    /// and more mean the days after. A time that a clock change skips is moved on by what is skipped; of a time that
    /// comes twice, the first is meant.
    pub fn instant(self, day: Day, seconds: i64) -> Instant {
        let wall = day.date().and_time(NaiveTime::MIN) + Duration::seconds(seconds);
        let resolved = match self.0.from_local_datetime(&wall) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.timestamp(),
            LocalResult::None => {
                // Read the skipped time with the offset that held before the change: that moves it on by the gap.
                let before = wall - Duration::hours(24);
                let earlier = self.0.from_local_datetime(&before).earliest();
                earlier.expect("no two clock changes within a day").timestamp() + 86_400
            }
        };
        Instant::from_seconds(resolved)
    }

    /// The second instant of a wall-clock time that comes twice, where the clock is set back; see [`Zone::instant`].
    pub fn second_instant(self, day: Day, seconds: i64) -> Option<Instant> {
        let wall = day.date().and_time(NaiveTime::MIN) + Duration::seconds(seconds);
        match self.0.from_local_datetime(&wall) {
            LocalResult::Ambiguous(_, second) => Some(Instant::from_seconds(second.timestamp())),
            _ => None,
        }
    }

    /// How far the zone is ahead of UTC at an instant.
    pub fn offset(self, at: Instant) -> Span {
        let utc = DateTime::from_timestamp(at.seconds(), 0).expect("years 1 to 9999");
        let local = utc.with_timezone(&self.0).naive_local();
        Span::from_seconds(local.and_utc().timestamp() - at.seconds())
    }

    /// The civil day in this zone at an instant.
    pub fn day_of(self, at: Instant) -> Day {
        let utc = DateTime::from_timestamp(at.seconds(), 0).expect("years 1 to 9999");
        Day::from_date(utc.with_timezone(&self.0).date_naive())
    }
}

/// The IANA name.
impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::super::rfc3339;
    use super::*;

    #[test]
    fn wall_clock_times_become_instants_across_clock_changes() {
        let check = |zone: &str, day: &str, hours: f64, utc: &str| {
            let seconds = (hours * 3600.0) as i64;
            let at = Zone::parse(zone).unwrap().instant(Day::parse(day).unwrap(), seconds);
            assert_eq!(rfc3339(at), utc, "{zone} {day} {hours}");
        };
        check("Europe/Amsterdam", "2027-01-04", 9.0, "2027-01-04T08:00:00Z");
        check("Europe/Amsterdam", "2027-07-01", 9.0, "2027-07-01T07:00:00Z");
        // 28 March 2027: 02:00 to 03:00 is skipped, so 02:30 is moved on to 03:30 summer time.
        check("Europe/Amsterdam", "2027-03-28", 2.5, "2027-03-28T01:30:00Z");
        check("Europe/Amsterdam", "2027-03-28", 3.5, "2027-03-28T01:30:00Z");
        // 31 October 2027: 02:00 to 03:00 comes twice; the first is meant.
        check("Europe/Amsterdam", "2027-10-31", 2.5, "2027-10-31T00:30:00Z");
        // Beyond midnight, by the clock on the wall: 33:00 on Saturday is Sunday 09:00, summer time by then.
        check("Europe/Amsterdam", "2027-03-27", 33.0, "2027-03-28T07:00:00Z");
        // In Beirut the clock skips 00:00 itself.
        check("Asia/Beirut", "2027-03-28", 0.0, "2027-03-27T22:00:00Z");
        check("Pacific/Kiritimati", "2027-01-01", 0.0, "2026-12-31T10:00:00Z");
    }
}
