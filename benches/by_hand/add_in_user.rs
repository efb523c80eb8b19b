use flexcast::ids::ProductId;

use super::today::Today;
use super::{AUTOCAD, HOUR, MINUTE, POINT_LAYOUT, People};

pub struct AddInUser {
    host: ProductId,
    add_ins: Vec<ProductId>,
    attendance: f64,
    arrives: i64,
    leaves: i64,
    spread: f64,
    needs: f64,
    sitting: i64,
}

impl Default for AddInUser {
    fn default() -> Self {
        AddInUser {
            host: AUTOCAD,
            add_ins: vec![POINT_LAYOUT],
            attendance: 0.92,
            arrives: 8 * HOUR + 30 * MINUTE,
            leaves: 17 * HOUR,
            spread: (30 * MINUTE) as f64,
            needs: 0.4,
            sitting: 90 * MINUTE,
        }
    }
}

impl People for AddInUser {
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
        today.uses(self.host, arrival, departure);
        for add_in in &self.add_ins {
            if draws.chance(self.needs) {
                let start = draws.uniform_whole(arrival, departure);
                let sitting = draws.normal_whole(self.sitting, (self.sitting / 3) as f64);
                today.uses(*add_in, start, departure.min(start + sitting));
            }
        }
    }
}
