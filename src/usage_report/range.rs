use std::ops::RangeInclusive;

use crate::calendar::Day;
use crate::scenario::Ranges;

/// A range of days as it is asked for (rules.md U1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeAsked {
    /// The last 30 days.
    Days,
    /// The last three, six, nine or twelve months.
    Months(u32),
    /// From one date to another, both counted.
    Dates(Day, Day),
}

/// A range of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first day.
    pub from: Day,
    /// The last day, counted.
    pub to: Day,
    /// What averages per month are divided by.
    pub months: u32,
}

impl RangeAsked {
    /// Reads `30d`, `3m`, `6m`, `9m`, `12m` or `2027-01-10..2027-03-20`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "30d" => Some(RangeAsked::Days),
            "3m" => Some(RangeAsked::Months(3)),
            "6m" => Some(RangeAsked::Months(6)),
            "9m" => Some(RangeAsked::Months(9)),
            "12m" => Some(RangeAsked::Months(12)),
            dates => {
                let (from, to) = dates.split_once("..")?;
                let (from, to) = (Day::parse(from)?, Day::parse(to)?);
                (from <= to).then_some(RangeAsked::Dates(from, to))
            }
        }
    }

    /// The days that are meant on a day, which is the last of the 30, and of rolling months. The month that it is in is running, and left
    /// out of completed months. Between two dates every month that has begun counts.
    pub fn on(self, as_of: Day, ranges: Ranges) -> Range {
        match self {
            RangeAsked::Days => Range { from: as_of.plus(-29), to: as_of, months: 1 },
            RangeAsked::Months(months) => {
                let back = -(months as i32);
                let (from, to) = match ranges {
                    Ranges::Rolling => (as_of.months_later(back), as_of),
                    Ranges::CompletedMonths => {
                        let running = as_of.month_start();
                        (running.months_later(back), running.plus(-1))
                    }
                };
                Range { from, to, months }
            }
            RangeAsked::Dates(from, to) => {
                let begun = (1..).find(|months| from.months_later(*months) > to);
                Range { from, to, months: begun.expect("months go on") as u32 }
            }
        }
    }
}

impl Range {
    /// Its days.
    pub fn days(&self) -> RangeInclusive<Day> {
        self.from..=self.to
    }

    /// How many days it has.
    pub fn count(&self) -> u32 {
        (self.to.number() - self.from.number() + 1) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_begin_and_end_as_the_rules_say() {
        use Ranges::{CompletedMonths, Rolling};
        for (asked, as_of, ranges, from, to, months) in [
            ("30d", "2027-03-01", CompletedMonths, "2027-01-31", "2027-03-01", 1),
            ("30d", "2028-03-01", Rolling, "2028-02-01", "2028-03-01", 1),
            ("3m", "2027-01-10", CompletedMonths, "2026-10-01", "2026-12-31", 3),
            ("3m", "2027-01-10", Rolling, "2026-10-10", "2027-01-10", 3),
            ("6m", "2027-12-31", CompletedMonths, "2027-06-01", "2027-11-30", 6),
            ("3m", "2028-05-31", CompletedMonths, "2028-02-01", "2028-04-30", 3),
            ("3m", "2028-05-31", Rolling, "2028-02-29", "2028-05-31", 3),
            ("3m", "2027-05-31", Rolling, "2027-02-28", "2027-05-31", 3),
            ("12m", "2028-02-29", Rolling, "2027-02-28", "2028-02-29", 12),
            ("9m", "2028-03-01", CompletedMonths, "2027-06-01", "2028-02-29", 9),
            ("2027-01-10..2027-01-10", "2027-12-31", Rolling, "2027-01-10", "2027-01-10", 1),
            ("2027-01-10..2027-02-09", "2027-12-31", Rolling, "2027-01-10", "2027-02-09", 1),
            ("2027-01-10..2027-02-10", "2027-12-31", Rolling, "2027-01-10", "2027-02-10", 2),
            ("2027-01-31..2027-02-27", "2027-12-31", Rolling, "2027-01-31", "2027-02-27", 1),
            ("2027-01-31..2027-03-30", "2027-12-31", Rolling, "2027-01-31", "2027-03-30", 2),
            ("2027-01-01..2027-12-31", "2027-12-31", Rolling, "2027-01-01", "2027-12-31", 12),
        ] {
            let day = |text| Day::parse(text).unwrap();
            let range = RangeAsked::parse(asked).unwrap().on(day(as_of), ranges);
            assert_eq!(range, Range { from: day(from), to: day(to), months }, "{asked} as of {as_of}, {ranges:?}");
        }
        for text in ["", "1m", "4m", "30", "2027-01-02..2027-01-01", "2027-01-01", "2027-02-29..2027-03-01"] {
            assert_eq!(RangeAsked::parse(text), None, "{text}");
        }
        let year = Range { from: Day::from_number(0), to: Day::from_number(364), months: 12 };
        assert_eq!(year.count(), 365);
    }
}
