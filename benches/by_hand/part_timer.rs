use flexcast::calendar::Weekday;
use flexcast::ids::ProductId;

use super::today::Today;
use super::{AUTOCAD, HOUR, MINUTE, People};

pub struct PartTimer {
    products: Vec<ProductId>,
    weekdays: [bool; 7],
    attendance: f64,
    arrives: i64,
    stays: i64,
    spread: f64,
    forgets: f64,
}

impl Default for PartTimer {
    fn default() -> Self {
        use Weekday::{Monday, Thursday, Tuesday};
        PartTimer {
            products: vec![AUTOCAD],
            weekdays: Weekday::ALL.map(|day| [Monday, Tuesday, Thursday].contains(&day)),
            attendance: 0.95,
            arrives: 9 * HOUR,
            stays: 6 * HOUR,
            spread: (30 * MINUTE) as f64,
            forgets: 0.03,
        }
    }
}

impl People for PartTimer {
    fn day<'a>(&'a mut self, mut today: Today<'a>) {
        if !today.is_working() || !self.weekdays[today.day.weekday() as usize] {
            return;
        }
        let mut draws = today.draws();
        if !draws.chance(self.attendance) {
            return;
        }
        let arrival = draws.normal_whole(self.arrives, self.spread);
        let departure = arrival + draws.normal_whole(self.stays, self.spread);
        for product in &self.products {
            if draws.chance(self.forgets) {
                today.leaves_open(*product, arrival);
            } else {
                today.uses(*product, arrival, departure);
            }
        }
    }
}
