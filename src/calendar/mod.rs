//! Civil days, zones, holidays and clock changes: the only user of chrono besides `scenario`.

mod clock;
mod day;
mod instant;
mod local;
mod zone;

pub use clock::Clock;
pub use day::{Day, Weekday};
pub use instant::{parse_instant, rfc3339};
pub use local::Local;
pub use zone::Zone;

/// Which days are worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// As written in the scenario.
    pub name: String,
    /// By weekday from Monday: whether it is weekend.
    pub weekend: [bool; 7],
    /// Holidays and other days off, ascending, without repeats.
    pub days_off: Vec<Day>,
}

impl Default for Calendar {
    /// Saturday and Sunday off, no holidays.
    fn default() -> Self {
        let weekend = [false, false, false, false, false, true, true];
        Calendar { name: "default".into(), weekend, days_off: Vec::new() }
    }
}

impl Calendar {
    /// Whether the day falls in the weekend.
    pub fn is_weekend(&self, day: Day) -> bool {
        self.weekend[day.weekday() as usize]
    }

    /// Whether the day is listed as a day off.
    pub fn is_day_off(&self, day: Day) -> bool {
        self.days_off.binary_search(&day).is_ok()
    }

    /// Whether the day is worked: neither weekend nor day off.
    pub fn is_working(&self, day: Day) -> bool {
        !self.is_weekend(day) && !self.is_day_off(day)
    }

    /// How many days are worked after one day, up to and including another; none where that is earlier.
    pub fn working_days(&self, after: Day, until: Day) -> i64 {
        let days = until.number() - after.number();
        if days <= 0 {
            return 0;
        }
        let is_weekday = |days: &i32| !self.is_weekend(after.plus(*days));
        let of_a_week = (1..=7).filter(is_weekday).count() as i64;
        let of_the_rest = (1..=days % 7).filter(is_weekday).count() as i64;
        let off = |until: Day| self.days_off.partition_point(|off| *off <= until);
        let days_off = self.days_off[off(after)..off(until)].iter().filter(|off| !self.is_weekend(**off));
        i64::from(days / 7) * of_a_week + of_the_rest - days_off.count() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_days_are_counted_without_looking_at_each() {
        let off = ["2027-03-26", "2027-03-28", "2027-03-29", "2027-05-05"];
        let days_off = off.iter().map(|text| Day::parse(text).unwrap()).collect();
        let calendar = Calendar { days_off, ..Calendar::default() };
        let start = Day::parse("2027-03-20").unwrap();
        for first in (0..10).map(|days| start.plus(days)) {
            for days in -3..60 {
                let each = (1..=days).filter(|days| calendar.is_working(first.plus(*days))).count();
                assert_eq!(calendar.working_days(first, first.plus(days)), each as i64, "{first} and {days} days");
            }
        }
    }
}
