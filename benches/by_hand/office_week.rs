use flexcast::ids::ProductId;

use super::today::Today;
use super::{HOUR, MINUTE, People, REVIT};

pub struct OfficeWeek {
    products: Vec<ProductId>,
    attendance: f64,
    arrives: i64,
    leaves: i64,
    spread: f64,
    forgets_night: f64,
    forgets_weekend: f64,
}

impl Default for OfficeWeek {
    fn default() -> Self {
        OfficeWeek {
            products: vec![REVIT],
            attendance: 0.92,
            arrives: 9 * HOUR,
            leaves: 17 * HOUR + 30 * MINUTE,
            spread: (30 * MINUTE) as f64,
            forgets_night: 0.02,
            forgets_weekend: 0.02,
        }
    }
}

impl People for OfficeWeek {
    fn day<'a>(&'a mut self, mut today: Today<'a>) {
        if !today.is_working() {
            return;
        }
        let mut draws = today.draws();
        if !draws.chance(self.attendance) {
            return;
        }
        let arrival = draws.normal_whole(self.arrives, self.spread);
        let departure = draws.normal_whole(self.leaves, self.spread);
        let is_before_weekend = !today.calendar.is_working(today.day.plus(1));
        let forgets = if is_before_weekend { self.forgets_weekend } else { self.forgets_night };
        for product in &self.products {
            if draws.chance(forgets) {
                today.leaves_open(*product, arrival);
            } else {
                today.uses(*product, arrival, departure);
            }
        }
    }
}
