use super::{Day, Zone};
use crate::time::{Instant, Span};

/// What the clock on the wall shows in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    /// The civil day.
    pub day: Day,
    /// Seconds after 00:00, as the clock on the wall counts them.
    pub seconds: i64,
    /// How far it is ahead of UTC.
    pub offset: Span,
    /// Whether it showed the same an hour or so before, as a clock change set it back.
    pub repeated: bool,
}

impl Zone {
    /// The wall-clock time of an instant.
    pub fn local(self, at: Instant) -> Local {
        let offset = self.offset(at);
        let wall = (at + offset).seconds();
        let day = Day::from_number(wall.div_euclid(Span::DAY.seconds()) as i32);
        let seconds = wall.rem_euclid(Span::DAY.seconds());
        Local { day, seconds, offset, repeated: self.instant(day, seconds) != at }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse_instant;
    use super::*;

    #[test]
    fn the_clock_on_the_wall_repeats_itself_where_it_is_set_back() {
        let zone = Zone::parse("Europe/Amsterdam").unwrap();
        for (utc, day, hours, offset, repeated) in [
            ("2027-01-04T23:30:00Z", "2027-01-05", 0.5, 1, false),
            ("2027-10-31T00:30:00Z", "2027-10-31", 2.5, 2, false),
            ("2027-10-31T01:30:00Z", "2027-10-31", 2.5, 1, true),
            ("2027-03-28T01:00:00Z", "2027-03-28", 3.0, 2, false),
        ] {
            let local = zone.local(parse_instant(utc).unwrap());
            let shown = (local.day.to_string(), local.seconds as f64 / 3600.0, local.offset.seconds(), local.repeated);
            assert_eq!(shown, (day.to_owned(), hours, offset * 3600, repeated), "{utc}");
        }
    }
}
