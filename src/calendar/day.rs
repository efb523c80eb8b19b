use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

/// A civil day: days since 1970-01-01, without a zone. Years 1 to 9999.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// A day of the week, counted from Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// From Monday on.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
    /// The short names, as scenarios and scripts write them.
    pub const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// `mon` to `sun`.
    pub const fn name(self) -> &'static str {
        Weekday::NAMES[self as usize]
    }
}

impl Day {
    /// The day `days` after 1970-01-01.
    pub const fn from_number(days: i32) -> Self {
        Day(days)
    }

    /// Days since 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day of a date, where there is such a date.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Day::from_date)
    }

    /// Reads `2027-03-01`, in exactly that form.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let plain = year.len() == 4 && month.len() == 2 && day.len() == 2;
        if !plain || !digits(year) || !digits(month) || !digits(day) {
            return None;
        }
        Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Which day of the week it is.
    pub const fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        Weekday::ALL[(self.0 + 3).rem_euclid(7) as usize]
    }

    /// Year, month (from 1) and day of the month (from 1).
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = self.date();
        (date.year(), date.month(), date.day())
    }

    /// The day `days` later, or earlier where negative.
    pub const fn plus(self, days: i32) -> Self {
        Day(self.0 + days)
    }

    /// The Monday on or before it.
    pub const fn week_start(self) -> Self {
        self.plus(-(self.weekday() as i32))
    }

    /// The first day of its month.
    pub fn month_start(self) -> Self {
        self.plus(1 - self.ymd().2 as i32)
    }

    /// The same date so many months later, or earlier where negative; the last day of that month where it has no such date.
    pub fn months_later(self, months: i32) -> Self {
        let by = Months::new(months.unsigned_abs());
        let date = self.date();
        let later = if months < 0 { date.checked_sub_months(by) } else { date.checked_add_months(by) };
        Day::from_date(later.expect("some years more or less"))
    }

    /// The same date of the next year; 28 February for 29 February (rules.md P2).
    pub fn next_year(self) -> Self {
        self.months_later(12)
    }

    pub(super) fn from_date(date: NaiveDate) -> Self {
        Day(date.to_epoch_days())
    }

    pub(super) fn date(self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.0).expect("years 1 to 9999")
    }
}

/// `2027-03-01`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        f.pad(&format!("{year:04}-{month:02}-{day:02}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_read_write_and_know_their_weekday() {
        for (text, number, weekday) in [
            ("1970-01-01", 0, Weekday::Thursday),
            ("2027-03-01", 20878, Weekday::Monday),
            ("2028-02-29", 21243, Weekday::Tuesday),
            ("1969-12-31", -1, Weekday::Wednesday),
        ] {
            let day = Day::parse(text).unwrap();
            assert_eq!((day.number(), day.weekday(), day.to_string().as_str()), (number, weekday, text));
        }
        for text in ["2027-3-1", "2027-02-29", "27-03-01", "2027-03-01T00:00", "2027/03/01", "+027-03-01", ""] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_later_is_the_same_date_and_a_leap_day_ends_as_the_day_before() {
        for (bought, ends) in [("2026-05-10", "2027-05-10"), ("2028-02-29", "2029-02-28"), ("2027-02-28", "2028-02-28")]
        {
            assert_eq!(Day::parse(bought).unwrap().next_year().to_string(), ends);
        }
    }
}
