use crate::calendar::{Local, Zone};
use crate::time::{Instant, Span};

/// Times as the clock on the wall shows them in one zone.
#[derive(Clone, Copy)]
pub(super) struct Times {
    pub(super) zone: Zone,
}

impl Times {
    /// `Mon 2027-01-04 08:00`.
    pub(super) fn full(self, at: Instant) -> String {
        let local = self.zone.local(at);
        format!("{} {} {}", weekday(&local), local.day, clock(&local))
    }

    /// As short as is clear beside another instant: `08:00`, `Mon 08:00`, or in full.
    pub(super) fn near(self, at: Instant, other: Instant) -> String {
        let (local, other) = (self.zone.local(at), self.zone.local(other));
        match (local.day.number() - other.day.number()).abs() {
            0 => clock(&local),
            1..=6 => format!("{} {}", weekday(&local), clock(&local)),
            _ => self.full(at),
        }
    }

    /// `2027-05-10`: the day that begins with an instant, or that it is in.
    pub(super) fn day(self, at: Instant) -> String {
        self.zone.day_of(at).to_string()
    }
}

/// `Mon`.
fn weekday(local: &Local) -> String {
    let name = local.day.weekday().name();
    name[..1].to_uppercase() + &name[1..]
}

/// `08:00`, or `08:00:30`; where the clock was set back and shows it again, with its offset.
fn clock(local: &Local) -> String {
    let (hours, minutes, seconds) = (local.seconds / 3600, local.seconds / 60 % 60, local.seconds % 60);
    let seconds = if seconds == 0 { String::new() } else { format!(":{seconds:02}") };
    let offset = if local.repeated { offset(local.offset) } else { String::new() };
    format!("{hours:02}:{minutes:02}{seconds}{offset}")
}

fn offset(offset: Span) -> String {
    let (sign, minutes) = (if offset.seconds() < 0 { '-' } else { '+' }, offset.seconds().abs() / 60);
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `2 days 3 hours`, `12 minutes`, `45 seconds`: its two largest units.
pub(super) fn span(span: Span) -> String {
    let mut rest = span.seconds();
    let mut parts = Vec::new();
    for (unit, seconds) in [("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)] {
        let count = rest / seconds;
        rest %= seconds;
        if count > 0 {
            parts.push(format!("{count} {unit}{}", if count == 1 { "" } else { "s" }));
        }
    }
    parts.truncate(2);
    if parts.is_empty() { "no time".to_owned() } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::parse_instant;

    #[test]
    fn times_are_as_short_as_is_clear() {
        let times = Times { zone: Zone::parse("Europe/Amsterdam").unwrap() };
        let at = |text| parse_instant(text).unwrap();
        let monday = at("2027-01-04T08:00:00+01:00");
        assert_eq!(times.full(monday), "Mon 2027-01-04 08:00");
        assert_eq!(times.near(at("2027-01-04T09:00:30+01:00"), monday), "09:00:30");
        assert_eq!(times.near(at("2027-01-10T00:00:00+01:00"), monday), "Sun 00:00");
        assert_eq!(times.near(at("2027-01-11T00:00:00+01:00"), monday), "Mon 2027-01-11 00:00");
        assert_eq!(times.full(at("2027-10-31T02:30:00+01:00")), "Sun 2027-10-31 02:30+01:00");
    }

    #[test]
    fn spans_are_told_in_two_units() {
        let shown = [0, 45, 720, 3661, 90_000, 86_400].map(|seconds| span(Span::from_seconds(seconds)));
        assert_eq!(shown, ["no time", "45 seconds", "12 minutes", "1 hour 1 minute", "1 day 1 hour", "1 day"]);
    }
}
