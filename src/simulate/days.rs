use crate::calendar::Day;
use crate::scenario::Scenario;
use crate::time::Instant;

/// The days of the horizon in the scenario's zone: which instants belong to which.
#[derive(Clone, Debug)]
pub struct Days {
    first: Day,
    /// The start of each day, and the end of the last.
    starts: Vec<Instant>,
    /// By place: the place of the day's month among those of the horizon.
    months: Vec<u32>,
}

impl Days {
    /// The days from the scenario's first to its last.
    pub fn of(scenario: &Scenario) -> Self {
        let numbers = scenario.first_day.number()..=scenario.last_day.number() + 1;
        let starts = numbers.map(|number| scenario.zone.start_of(Day::from_number(number))).collect();
        let of_month = |day: Day| day.ymd().0 * 12 + day.ymd().1 as i32;
        let first = of_month(scenario.first_day);
        let days = scenario.first_day.number()..=scenario.last_day.number();
        let months = days.map(|number| (of_month(Day::from_number(number)) - first) as u32).collect();
        Days { first: scenario.first_day, starts, months }
    }

    /// How many days.
    pub fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many calendar months they touch.
    pub fn months(&self) -> usize {
        self.months.last().map_or(0, |last| *last as usize + 1)
    }

    /// The place of the month of the day at a place.
    pub fn month(&self, place: usize) -> usize {
        self.months[place] as usize
    }

    /// The day at a place.
    pub fn day(&self, place: usize) -> Day {
        self.first.plus(place as i32)
    }

    /// The first instant of the day at a place.
    pub fn start(&self, place: usize) -> Instant {
        self.starts[place]
    }

    /// The first instant after the day at a place.
    pub fn end(&self, place: usize) -> Instant {
        self.starts[place + 1]
    }

    /// By place: the first instant after the day.
    pub fn ends(&self) -> &[Instant] {
        &self.starts[1..]
    }

    /// The place of the day that an instant belongs to; what lies outside the horizon belongs to its first or last day.
    pub fn place(&self, at: Instant) -> usize {
        let days = (at - self.starts[0]).seconds().div_euclid(86_400).clamp(0, self.count() as i64 - 1);
        let mut place = days as usize;
        // A clock change makes a day longer or shorter by an hour or so, so the guess is off by one at the most.
        while place > 0 && at < self.starts[place] {
            place -= 1;
        }
        while place + 1 < self.count() && at >= self.starts[place + 1] {
            place += 1;
        }
        place
    }
}
