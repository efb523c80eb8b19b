use flexcast::ids::ProductId;

use super::today::Today;
use super::{AUTOCAD, HOUR, MINUTE, People};

pub struct Occasional {
    product: ProductId,
    weeks: f64,
    days: f64,
    earliest: i64,
    latest: i64,
    stays: i64,
    spread: f64,
    looks_in: f64,
}

impl Default for Occasional {
    fn default() -> Self {
        Occasional {
            product: AUTOCAD,
            weeks: 0.4,
            days: 0.35,
            earliest: 8 * HOUR + 30 * MINUTE,
            latest: 16 * HOUR,
            stays: 2 * HOUR,
            spread: (45 * MINUTE) as f64,
            looks_in: 0.1,
        }
    }
}

impl People for Occasional {
    fn day<'a>(&'a mut self, mut today: Today<'a>) {
        if !today.is_working() || !today.drawer.week(today.day, "busy").chance(self.weeks) {
            return;
        }
        let mut draws = today.draws();
        if !draws.chance(self.days) {
            return;
        }
        let start = draws.uniform_whole(self.earliest, self.latest);
        let stay = if draws.chance(self.looks_in) {
            draws.uniform_whole(MINUTE, 4 * MINUTE)
        } else {
            draws.normal_whole(self.stays, self.spread)
        };
        today.uses(self.product, start, start + stay);
    }
}
