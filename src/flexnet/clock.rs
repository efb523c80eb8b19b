//! From the times of day that a server writes to instants: dates, midnights, clock changes.

use super::event::Stamp;
use crate::calendar::{Day, Zone};
use crate::time::{Instant, Span};

/// A step back by more than this is midnight; a smaller one is the clock, which summer time and people set back.
const MIDNIGHT: i64 = 2 * 3600;

/// Lines may stand in the wrong order by this much: several threads and daemons write to one file.
const DISORDER: i64 = 5 * 60;

const DAY: i64 = Span::DAY.seconds();

/// The day `days` later, within the years that have dates, however often a broken log passes midnight.
pub fn later(day: Day, days: i32) -> Day {
    // 0001-02-01 and 9998-12-01, so that no zone leads beyond.
    Day::from_number(day.number().saturating_add(days).clamp(-719_131, 2_932_501))
}

/// How many days lie between two lines without a date, by their seconds after 00:00: 1 over midnight; −1 for a straggler that was
/// written before a midnight that other lines have passed.
pub fn days_between(before: i64, now: i64) -> i32 {
    match now - before {
        step if step < -MIDNIGHT => 1,
        step if step > DAY - DISORDER => -1,
        _ => 0,
    }
}

/// The clock on the server's wall, followed line by line.
#[derive(Clone, Debug)]
pub struct ServerClock {
    zone: Zone,
    day: Day,
    /// Seconds after 00:00 of `day`.
    wall: i64,
    now: Instant,
    /// How often it was set back by more than lines in disorder explain.
    pub set_back: u64,
}

impl ServerClock {
    /// A clock that stands at `wall` seconds after 00:00 of `day`.
    pub fn new(zone: Zone, day: Day, wall: i64) -> Self {
        let day = later(day, 0);
        ServerClock { zone, day, wall, now: zone.instant(day, wall), set_back: 0 }
    }

    /// The instant of the last line.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The instant of the next line, which may name its day.
    pub fn read(&mut self, stamp: Stamp, named: Option<Day>) -> Instant {
        let at = match stamp {
            Stamp::Instant(at) => at,
            Stamp::Wall(wall) => self.instant(wall, named),
        };
        if at < self.now - Span::from_seconds(DISORDER) {
            self.set_back += 1;
        }
        self.now = at;
        at
    }

    fn instant(&mut self, wall: i64, named: Option<Day>) -> Instant {
        let passed = days_between(self.wall, wall);
        let day = named.unwrap_or_else(|| later(self.day, passed));
        (self.day, self.wall) = (day, wall);
        self.nearest(day, wall)
    }

    /// Of a time that comes twice, the first unless the log has passed it.
    fn nearest(&self, day: Day, wall: i64) -> Instant {
        let first = self.zone.instant(day, wall);
        let passed = first < self.now - Span::from_seconds(DISORDER);
        if passed { self.zone.second_instant(day, wall).unwrap_or(first) } else { first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::rfc3339;

    fn check(zone: &str, lines: &[(&str, &str, &str)]) {
        let seconds = |text: &str| {
            let parts: Vec<i64> = text.split(':').map(|part| part.parse().unwrap()).collect();
            parts[0] * 3600 + parts[1] * 60 + parts[2]
        };
        let (day, first) = (Day::parse(lines[0].0).unwrap(), seconds(lines[0].1));
        let mut clock = ServerClock::new(Zone::parse(zone).unwrap(), day, first);
        for (named, wall, utc) in lines {
            let at = clock.read(Stamp::Wall(seconds(wall)), Day::parse(named));
            assert_eq!(rfc3339(at), *utc, "{zone} {named} {wall}");
        }
    }

    #[test]
    fn midnight_passes_once_and_disorder_is_no_midnight() {
        check(
            "UTC",
            &[
                ("2027-03-01", "9:00:00", "2027-03-01T09:00:00Z"),
                ("", "8:59:57", "2027-03-01T08:59:57Z"),
                ("", "23:59:58", "2027-03-01T23:59:58Z"),
                ("", "0:00:01", "2027-03-02T00:00:01Z"),
                ("", "23:59:59", "2027-03-01T23:59:59Z"),
                ("", "0:00:02", "2027-03-02T00:00:02Z"),
                ("", "18:00:00", "2027-03-02T18:00:00Z"),
                ("", "7:00:00", "2027-03-03T07:00:00Z"),
                // The server was away for a week, and says so.
                ("2027-03-10", "6:00:00", "2027-03-10T06:00:00Z"),
                ("", "6:00:01", "2027-03-10T06:00:01Z"),
            ],
        );
    }

    #[test]
    fn summer_time_begins_and_ends() {
        check(
            "Europe/Amsterdam",
            &[
                ("2027-10-31", "1:59:00", "2027-10-30T23:59:00Z"),
                ("", "2:10:00", "2027-10-31T00:10:00Z"),
                ("", "2:50:00", "2027-10-31T00:50:00Z"),
                ("", "2:49:58", "2027-10-31T00:49:58Z"),
                // The hour comes again.
                ("", "2:05:00", "2027-10-31T01:05:00Z"),
                ("", "2:50:00", "2027-10-31T01:50:00Z"),
                ("", "3:00:00", "2027-10-31T02:00:00Z"),
                ("2028-03-26", "1:59:59", "2028-03-26T00:59:59Z"),
                // This time doesn't come; a server that isn't where `--zone` says may write it.
                ("", "2:30:00", "2028-03-26T01:30:00Z"),
                ("", "3:31:00", "2028-03-26T01:31:00Z"),
            ],
        );
    }
}
