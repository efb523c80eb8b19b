use flexcast::calendar::Day;
use flexcast::ids::ProductId;

use super::today::Today;
use super::{HOUR, MINUTE, People, REVIT, date};

pub struct ProjectCrunch {
    products: Vec<ProductId>,
    deadlines: Vec<Day>,
    crunch: i64,
    attendance: f64,
    arrives: i64,
    leaves: i64,
    longer: i64,
    weekends: f64,
    rests: f64,
    spread: f64,
}

impl Default for ProjectCrunch {
    fn default() -> Self {
        ProjectCrunch {
            products: vec![REVIT],
            deadlines: ["2027-03-31", "2027-06-30", "2027-09-30"].map(date).into(),
            crunch: 10,
            attendance: 0.92,
            arrives: 9 * HOUR,
            leaves: 17 * HOUR + 30 * MINUTE,
            longer: 3 * HOUR,
            weekends: 0.5,
            rests: 0.4,
            spread: (30 * MINUTE) as f64,
        }
    }
}

impl ProjectCrunch {
    fn is_close(&self, today: &Today<'_>, deadline: Day) -> bool {
        let days = deadline.number() - today.day.number();
        (0..366).contains(&days) && today.calendar.working_days(today.day, deadline) < self.crunch
    }
}

impl People for ProjectCrunch {
    fn day<'a>(&'a mut self, mut today: Today<'a>) {
        let is_close = self.deadlines.iter().any(|deadline| self.is_close(&today, *deadline));
        let is_after = self.deadlines.iter().any(|deadline| today.day == deadline.plus(1));
        let comes = match (today.is_working(), is_close) {
            (false, true) => self.weekends,
            (false, false) => return,
            (true, true) => 1.0,
            (true, false) if is_after => self.attendance * (1.0 - self.rests),
            (true, false) => self.attendance,
        };
        let mut draws = today.draws();
        if !draws.chance(comes) {
            return;
        }
        let arrival = draws.normal_whole(self.arrives, self.spread);
        let leaves = if is_close { self.leaves + self.longer } else { self.leaves };
        let departure = draws.normal_whole(leaves, self.spread);
        for product in &self.products {
            today.uses(*product, arrival, departure);
        }
    }
}
