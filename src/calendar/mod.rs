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
}
