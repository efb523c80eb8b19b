use flexcast::calendar::Weekday;
use flexcast::ids::ProductId;

use super::today::Today;
use super::{DAY, HOUR, MINUTE, People, REVIT};

pub struct FlexYear {
    product: ProductId,
    attendance: f64,
    arrives: i64,
    spread: f64,
    stays: i64,
    stays_spread: f64,
    forgets: f64,
}

impl Default for FlexYear {
    fn default() -> Self {
        FlexYear {
            product: REVIT,
            attendance: 0.8,
            arrives: 9 * HOUR,
            spread: (30 * MINUTE) as f64,
            stays: 7 * HOUR,
            stays_spread: HOUR as f64,
            forgets: 0.05,
        }
    }
}

impl People for FlexYear {
    fn day<'a>(&'a mut self, mut today: Today<'a>) {
        if today.calendar.is_weekend(today.day) {
            return;
        }
        let mut draws = today.draws();
        if !draws.chance(self.attendance) {
            return;
        }
        let arrival = draws.normal_whole(self.arrives, self.spread);
        let departure = if today.day.weekday() == Weekday::Friday && draws.chance(self.forgets) {
            3 * DAY + draws.normal_whole(self.arrives, self.spread)
        } else {
            arrival + draws.normal_whole(self.stays, self.stays_spread)
        };
        today.uses(self.product, arrival, departure);
    }
}
