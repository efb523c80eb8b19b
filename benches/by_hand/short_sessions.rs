use flexcast::ids::ProductId;

use super::today::Today;
use super::{AUTOCAD, HOUR, MINUTE, People};

pub struct ShortSessions {
    product: ProductId,
    active: f64,
    starts: f64,
    median: i64,
    spread: f64,
    earliest: i64,
    latest: i64,
    longest: i64,
}

impl Default for ShortSessions {
    fn default() -> Self {
        ShortSessions {
            product: AUTOCAD,
            active: 0.6,
            starts: 2.3,
            median: 12 * MINUTE,
            spread: 3.13,
            earliest: 8 * HOUR,
            latest: 17 * HOUR,
            longest: 10 * HOUR,
        }
    }
}

impl People for ShortSessions {
    fn day<'a>(&'a mut self, mut today: Today<'a>) {
        if !today.is_working() {
            return;
        }
        let mut draws = today.draws();
        if !draws.chance(self.active) {
            return;
        }
        for _ in 0..1 + draws.poisson(self.starts - 1.0) {
            let start = draws.uniform_whole(self.earliest, self.latest);
            let length = draws.log_normal(self.median as f64, self.spread).round() as i64;
            today.uses(self.product, start, start + length.min(self.longest));
        }
    }
}
