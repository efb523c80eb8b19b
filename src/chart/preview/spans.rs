use crate::calendar::{Day, Zone};
use crate::time::Instant;

/// A part of a span that falls on one day: from and until, in hours by the clock on the wall.
pub(in crate::chart) type Part = (Day, f64, f64);

/// A span of time, cut at midnight.
pub(in crate::chart) fn parts(zone: Zone, from: Instant, until: Instant) -> Vec<Part> {
    let (first, last) = (zone.local(from), zone.local(until));
    let hour = |seconds: i64| seconds as f64 / 3600.0;
    let days = first.day.number()..=last.day.number();
    let part = |number: i32| {
        let start = if number == first.day.number() { hour(first.seconds) } else { 0.0 };
        let end = if number == last.day.number() { hour(last.seconds) } else { 24.0 };
        (Day::from_number(number), start, end.max(start))
    };
    // What ends at midnight has no part of the day that begins then.
    days.map(part).filter(|(day, start, end)| end > start || *day == first.day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::parse_instant;

    #[test]
    fn a_span_is_cut_at_midnight_on_the_wall() {
        let zone = Zone::parse("Europe/Amsterdam").unwrap();
        let check = |from: &str, until: &str, expected: &[(&str, f64, f64)]| {
            let parts = parts(zone, parse_instant(from).unwrap(), parse_instant(until).unwrap());
            let parts: Vec<_> = parts.into_iter().map(|(day, start, end)| (day.to_string(), start, end)).collect();
            let expected: Vec<_> = expected.iter().map(|(day, start, end)| (day.to_string(), *start, *end)).collect();
            assert_eq!(parts, expected, "{from} {until}");
        };
        check("2027-01-04T08:00:00Z", "2027-01-04T16:30:00Z", &[("2027-01-04", 9.0, 17.5)]);
        check("2027-01-04T22:00:00Z", "2027-01-05T08:00:00Z", &[("2027-01-04", 23.0, 24.0), ("2027-01-05", 0.0, 9.0)]);
        check("2027-01-04T08:00:00Z", "2027-01-04T23:00:00Z", &[("2027-01-04", 9.0, 24.0)]);
        check("2027-01-04T08:00:00Z", "2027-01-04T08:00:00Z", &[("2027-01-04", 9.0, 9.0)]);
        // The clock is set on at 2:00, and the day has 23 hours.
        check("2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z", &[("2027-03-28", 1.5, 3.5)]);
    }
}
