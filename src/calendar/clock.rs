use super::{Day, Zone};
use crate::time::{Instant, Span};

/// A zone whose day starts over a stretch of days are looked up once, so that a wall-clock time becomes an instant by
/// an addition. It answers as [`Zone::instant`] does, also outside the stretch.
#[derive(Clone, Debug)]
pub struct Clock {
    zone: Zone,
    first: Day,
    starts: Vec<Instant>,
}

impl Clock {
    /// The clock of a zone, quick from `first` to `last`.
    pub fn new(zone: Zone, first: Day, last: Day) -> Clock {
        let days = first.number()..=last.number() + 1;
        Clock { zone, first, starts: days.map(|number| zone.start_of(Day::from_number(number))).collect() }
    }

    /// Whose clock it is.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// The instant of a wall-clock time, as [`Zone::instant`] has it.
    pub fn instant(&self, day: Day, seconds: i64) -> Instant {
        const DAY: i64 = Span::DAY.seconds();
        let day = day.plus(seconds.div_euclid(DAY) as i32);
        let seconds = seconds.rem_euclid(DAY);
        let index = (day.number() - self.first.number()) as usize;
        match self.starts.get(index..index.saturating_add(2)) {
            // A day of 24 hours has no clock change.
            Some([start, next]) if *next - *start == Span::DAY => *start + Span::from_seconds(seconds),
            _ => self.zone.instant(day, seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_answers_as_its_zone_does() {
        let day = |text| Day::parse(text).unwrap();
        let (first, last) = (day("2027-01-01"), day("2027-12-31"));
        for name in ["UTC", "Europe/Amsterdam", "Asia/Beirut", "America/Havana", "America/Santiago", "Asia/Kolkata"] {
            let zone = Zone::parse(name).unwrap();
            let clock = Clock::new(zone, first, last);
            for number in first.number() - 2..=last.number() + 2 {
                for half_hour in (-3..100).chain([24 * 2 * 30]) {
                    let (day, seconds) = (Day::from_number(number), half_hour * 1800);
                    assert_eq!(clock.instant(day, seconds), zone.instant(day, seconds), "{name} {day} {seconds}");
                }
            }
        }
    }
}
