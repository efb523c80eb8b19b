//! Days on a picture: what they are called, and which of them a time axis shows.

use super::ChartError;
use crate::calendar::{Day, Weekday};

/// From January on.
pub const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// From Monday on.
pub const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Reads a day of the forecast.
pub fn parse(text: &str) -> Result<Day, ChartError> {
    Day::parse(text).ok_or_else(|| ChartError::Day(text.to_owned()))
}

/// `12 Sep 2027`.
pub fn words(day: Day) -> String {
    format!("{} {}", day_and_month(day), day.ymd().0)
}

/// `12 Sep`.
pub fn day_and_month(day: Day) -> String {
    let (_, month, of_month) = day.ymd();
    format!("{of_month} {}", MONTHS[month as usize - 1])
}

/// The day's place on a time axis, where it begins.
pub fn place(day: Day) -> f64 {
    f64::from(day.number())
}

/// How far apart the marks of a time axis are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Every day.
    Day,
    /// Every Monday.
    Week,
    /// The first of every month whose number less one is a multiple of this.
    Months(u32),
}

impl Step {
    /// The finest step that leaves each label its room, where a day is so many units wide.
    pub fn finest(units_per_day: f64) -> Step {
        const STEPS: [(Step, f64, f64); 4] = [
            (Step::Day, 1.0, 110.0),
            (Step::Week, 7.0, 110.0),
            (Step::Months(1), 28.0, 64.0),
            (Step::Months(3), 90.0, 64.0),
        ];
        let fits = |step: &&(Step, f64, f64)| step.1 * units_per_day >= step.2;
        STEPS.iter().find(fits).map_or(Step::Months(12), |step| step.0)
    }

    /// The days from `first` up to, not including, `end` that are marked: the first of all, and each on the step.
    pub fn marks(self, first: Day, end: Day) -> Vec<Day> {
        (first.number()..end.number()).map(Day::from_number).filter(|day| *day == first || self.is_on(*day)).collect()
    }

    fn is_on(self, day: Day) -> bool {
        let (_, month, of_month) = day.ymd();
        match self {
            Step::Day => true,
            Step::Week => day.weekday() == Weekday::Monday,
            Step::Months(months) => of_month == 1 && (month - 1) % months == 0,
        }
    }

    /// What stands at a marked day; the year stands below.
    pub fn label(self, day: Day) -> String {
        match self {
            Step::Day | Step::Week => day_and_month(day),
            Step::Months(_) => MONTHS[day.ymd().1 as usize - 1].to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_axis_marks_what_has_room() {
        for (first, days, units, step, labels) in [
            ("2027-01-01", 1, 2000, Step::Day, "1 Jan"),
            ("2027-01-30", 3, 2000, Step::Day, "30 Jan, 31 Jan, 1 Feb"),
            ("2027-01-01", 22, 2000, Step::Week, "1 Jan, 4 Jan, 11 Jan, 18 Jan"),
            ("2027-11-15", 300, 2000, Step::Months(1), "Nov, Dec, Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep"),
            (
                "2027-02-02",
                1096,
                2000,
                Step::Months(3),
                "Feb, Apr, Jul, Oct, Jan, Apr, Jul, Oct, Jan, Apr, Jul, Oct, Jan",
            ),
            ("2027-01-01", 4000, 2000, Step::Months(12), &["Jan"; 11].join(", ")),
        ] {
            let first = Day::parse(first).unwrap();
            let finest = Step::finest(f64::from(units) / f64::from(days));
            let marks = finest.marks(first, first.plus(days));
            let shown: Vec<_> = marks.into_iter().map(|day| finest.label(day)).collect();
            assert_eq!((finest, shown.join(", ").as_str()), (step, labels), "{first} for {days} days");
        }
    }

    #[test]
    fn weeks_begin_on_monday_and_months_on_the_first() {
        for (day, week, month, text) in [
            ("2027-01-01", "2026-12-28", "2027-01-01", "1 Jan 2027"),
            ("2027-03-01", "2027-03-01", "2027-03-01", "1 Mar 2027"),
            ("2027-12-31", "2027-12-27", "2027-12-01", "31 Dec 2027"),
        ] {
            let day = parse(day).unwrap();
            assert_eq!((day.week_start().to_string().as_str(), day.month_start().to_string().as_str()), (week, month));
            assert_eq!(words(day), text);
        }
        assert_eq!(parse("1 Jan"), Err(ChartError::Day("1 Jan".into())));
    }
}
