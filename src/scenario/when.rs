//! Days, instants, durations and zones: how each is written, what the schema says of it, and the remedy for likely slips.

use serde_json::json;

use super::decode::Leaf;
use super::leaf::text;
use super::tree::{Kind, Scalar};
use crate::calendar::{Day, Zone, parse_instant};
use crate::diagnostic::nearest;
use crate::time::{Instant, Span};

/// A day, or an instant: both are written where something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A day in the scenario's zone.
    Day(Day),
    /// An instant with its offset.
    Instant(Instant),
}

impl Moment {
    /// The instant, or the start of the day.
    pub fn start(self, zone: Zone) -> Instant {
        match self {
            Moment::Day(day) => zone.start_of(day),
            Moment::Instant(at) => at,
        }
    }

    /// The instant, or the end of the day: both exclusive.
    pub fn end(self, zone: Zone) -> Instant {
        match self {
            Moment::Day(day) => zone.start_of(day.plus(1)),
            Moment::Instant(at) => at,
        }
    }

    /// The day, or the one the instant falls on.
    pub fn day(self, zone: Zone) -> Day {
        match self {
            Moment::Day(day) => day,
            Moment::Instant(at) => zone.day_of(at),
        }
    }
}

/// Years that calendars and zones are known for, and then some.
fn within_reach(day: Day) -> bool {
    (1970..2200).contains(&day.ymd().0)
}

const BEYOND: &str = "dates are known from 1970 to 2199";

fn read_instant(text: &str) -> Option<Instant> {
    let (earliest, latest) = (parse_instant("1970-01-01T00:00:00Z"), parse_instant("2200-01-01T00:00:00Z"));
    parse_instant(text).filter(|at| (earliest..latest).contains(&Some(*at)))
}

const DAY_PATTERN: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

impl Leaf for Day {
    const NAME: &'static str = "a date";
    const EXPECTED: &'static str = "a date such as 2027-03-01";

    fn read(scalar: &Scalar) -> Option<Self> {
        text(scalar).and_then(Day::parse).filter(|day| within_reach(*day))
    }

    fn help(scalar: &Scalar) -> Option<String> {
        if Day::parse(&scalar.text).is_some() {
            return Some(BEYOND.to_owned());
        }
        let day = scalar.text.get(..10).filter(|_| scalar.text.len() > 10).and_then(Day::parse)?;
        Some(format!("a day is meant here, without a time: {day}"))
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "format": "date", "pattern": DAY_PATTERN})
    }
}

impl Leaf for Moment {
    const NAME: &'static str = "a date or an instant";
    const EXPECTED: &'static str = "a date such as 2027-03-01, or an instant such as 2027-03-01T09:00:00+01:00";

    fn read(scalar: &Scalar) -> Option<Self> {
        let day = || Day::read(scalar).map(Moment::Day);
        day().or_else(|| text(scalar).and_then(read_instant).map(Moment::Instant))
    }

    fn help(scalar: &Scalar) -> Option<String> {
        if Day::parse(&scalar.text).is_some() || parse_instant(&scalar.text).is_some() {
            return Some(BEYOND.to_owned());
        }
        let with_offset = read_instant(&format!("{}Z", scalar.text)).or(read_instant(&format!("{}:00Z", scalar.text)));
        with_offset
            .map(|_| "an instant has seconds and ends with its offset from UTC, such as `Z` or `+01:00`".to_owned())
    }

    fn schema() -> serde_json::Value {
        json!({"anyOf": [<Day as Leaf>::schema(), {"type": "string", "format": "date-time"}]})
    }
}

/// The units of durations in seconds.
const UNITS: [(char, i64); 4] = [('d', 86_400), ('h', 3600), ('m', 60), ('s', 1)];

/// Reads a duration such as `90s`, `5m`, `1h30m` or `3d`.
pub fn duration(text: &str) -> Option<Span> {
    let mut rest = Some(text).filter(|text| !text.is_empty())?;
    let mut seconds = 0;
    while !rest.is_empty() {
        let (number, after) = rest.split_at(rest.find(|letter: char| !letter.is_ascii_digit())?);
        let unit = UNITS.iter().find(|(unit, _)| after.starts_with(*unit))?;
        seconds += unit.1 * number.parse::<i64>().ok().filter(|number| *number < 1_000_000)?;
        rest = &after[1..];
    }
    Some(Span::from_seconds(seconds))
}

impl Leaf for Span {
    const NAME: &'static str = "a duration";
    const EXPECTED: &'static str = "a duration such as 90s, 5m, 1h30m or 3d";

    fn read(scalar: &Scalar) -> Option<Self> {
        text(scalar).and_then(duration)
    }

    fn help(scalar: &Scalar) -> Option<String> {
        (scalar.kind == Kind::Integer).then(|| format!("add the unit: `{0}s`, `{0}m`, `{0}h` or `{0}d`", scalar.text))
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "pattern": "^([0-9]{1,6}[dhms])+$"})
    }
}

impl Leaf for Zone {
    const NAME: &'static str = "a time zone";
    const EXPECTED: &'static str = "a zone such as Europe/Amsterdam, or UTC";

    fn read(scalar: &Scalar) -> Option<Self> {
        text(scalar).and_then(Zone::parse)
    }

    fn help(scalar: &Scalar) -> Option<String> {
        let city = |name: &&str| name.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&scalar.text));
        let meant = Zone::names().find(city).or_else(|| nearest(&scalar.text, Zone::names()));
        meant.map(|name| format!("did you mean `{name}`?"))
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "enum": Zone::names().collect::<Vec<_>>()})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::rfc3339;

    fn read<T: Leaf>(text: &str) -> Option<T> {
        T::read(&Scalar { text: text.to_owned(), kind: Kind::Text })
    }

    #[test]
    fn moments_start_end_and_fall_on_a_day_in_a_zone() {
        let zone = Zone::parse("Europe/Amsterdam").unwrap();
        let check = |text: &str, start: &str, end: &str, day: &str| {
            let moment = read::<Moment>(text).unwrap();
            let found = [rfc3339(moment.start(zone)), rfc3339(moment.end(zone)), moment.day(zone).to_string()];
            assert_eq!(found, [start, end, day], "{text}");
        };
        check("2027-03-01", "2027-02-28T23:00:00Z", "2027-03-01T23:00:00Z", "2027-03-01");
        // The day of the clock change has 23 hours.
        check("2027-03-28", "2027-03-27T23:00:00Z", "2027-03-28T22:00:00Z", "2027-03-28");
        check("2027-03-01T23:30:00Z", "2027-03-01T23:30:00Z", "2027-03-01T23:30:00Z", "2027-03-02");
        check("2027-03-01T09:00:00+01:00", "2027-03-01T08:00:00Z", "2027-03-01T08:00:00Z", "2027-03-01");
        for text in ["2027-02-29", "1969-12-31", "2200-01-01", "2027-03-01T09:00:00", "9999-12-31T23:59:59Z", "soon"] {
            assert_eq!(read::<Moment>(text), None, "{text}");
        }
    }

    #[test]
    fn durations_have_units() {
        for (text, seconds) in [("90s", 90), ("5m", 300), ("24h", 86_400), ("3d", 259_200), ("1h30m", 5400), ("0s", 0)]
        {
            assert_eq!(read(text), Some(Span::from_seconds(seconds)), "{text}");
        }
        for text in ["", "5", "m", "5 m", "5M", "-5m", "5min", "1.5h", "9999999d", "5ü"] {
            assert_eq!(read::<Span>(text), None, "{text}");
        }
    }
}
