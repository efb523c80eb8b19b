//! Civil days, zones, holidays and clock changes: the only user of chrono besides `scenario`.

/// A civil day: days since 1970-01-01, without a zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// A time zone with its clock changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(chrono_tz::Tz);

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
