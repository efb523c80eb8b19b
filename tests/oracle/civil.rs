//! Days and instants, by hand: as much of the calendar as packs and covers need (P2, P3).

use crate::case::{DAY, Instant, Moment, Scenario, Zone};

/// Days since 1970 of a date, after Howard Hinnant's `days_from_civil`.
pub fn day(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of the month.
pub fn date(days: i64) -> (i64, i64, i64) {
    let year = (1970..2200).rev().find(|year| day(*year, 1, 1) <= days).expect("a year within reach");
    let month = (1..=12).rev().find(|month| day(year, *month, 1) <= days).expect("a month");
    (year, month, days - day(year, month, 1) + 1)
}

pub fn date_text(days: i64) -> String {
    let (year, month, day) = date(days);
    format!("{year:04}-{month:02}-{day:02}")
}

pub fn instant_text(at: Instant) -> String {
    let of_day = at.rem_euclid(DAY);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", date_text(at.div_euclid(DAY)))
}

/// The same date of the next year; 29 February ends as 28 February does (P2).
pub fn next_year(days: i64) -> i64 {
    match date(days) {
        (year, 2, 29) => day(year + 1, 2, 28),
        (year, month, of_month) => day(year + 1, month, of_month),
    }
}

/// The last Sunday of a month of 31 days, on which Europe's clocks change.
fn last_sunday(year: i64, month: i64) -> i64 {
    let last = day(year, month, 31);
    // 1970-01-04 was a Sunday.
    last - (last - 3).rem_euclid(7)
}

impl Zone {
    pub fn name(self) -> &'static str {
        match self {
            Zone::Utc => "UTC",
            Zone::Amsterdam => "Europe/Amsterdam",
        }
    }

    /// 00:00 of a day (P3). Clocks change after that hour, so that the day of a change begins as the day before did.
    pub fn start_of(self, days: i64) -> Instant {
        let (year, ..) = date(days);
        let summer = days > last_sunday(year, 3) && days <= last_sunday(year, 10);
        match self {
            Zone::Utc => days * DAY,
            Zone::Amsterdam => days * DAY - if summer { 7200 } else { 3600 },
        }
    }

    pub fn day_of(self, at: Instant) -> i64 {
        let near = at.div_euclid(DAY) + 1;
        (near - 2..=near).rev().find(|day| self.start_of(*day) <= at).expect("a day")
    }
}

impl Scenario {
    pub fn begins(&self) -> Instant {
        self.zone.start_of(self.start)
    }

    /// An instant, or the beginning of a day.
    pub fn from(&self, moment: Moment) -> Instant {
        match moment {
            Moment::Day(day) => self.zone.start_of(day),
            Moment::At(at) => at,
        }
    }

    /// An instant, or the end of a last good day.
    pub fn until(&self, moment: Moment) -> Instant {
        match moment {
            Moment::Day(day) => self.zone.start_of(day + 1),
            Moment::At(at) => at,
        }
    }
}
