use flexcast::ids::{DeviceId, ProductId};

use super::today::Today;
use super::{HOUR, MINUTE, People, REVIT};

const WORKPLACE: DeviceId = DeviceId(3);

pub struct ShiftWorker {
    product: ProductId,
    shifts: Vec<i64>,
    lasts: i64,
    attendance: f64,
    spread: f64,
}

impl Default for ShiftWorker {
    fn default() -> Self {
        ShiftWorker {
            product: REVIT,
            shifts: vec![6 * HOUR, 14 * HOUR, 22 * HOUR],
            lasts: 8 * HOUR,
            attendance: 0.93,
            spread: (8 * MINUTE) as f64,
        }
    }
}

impl People for ShiftWorker {
    fn day<'a>(&'a mut self, mut today: Today<'a>) {
        if !today.is_working() {
            return;
        }
        let mut draws = today.draws();
        if !draws.chance(self.attendance) {
            return;
        }
        let crew = today.drawer.always("crew").uniform_whole(0, self.shifts.len() as i64 - 1);
        let shift = self.shifts[(i64::from(today.week()) + crew) as usize % self.shifts.len()];
        let start = draws.normal_whole(shift, self.spread);
        let end = draws.normal_whole(shift + self.lasts, self.spread);
        today.uses(self.product, start, end).device = WORKPLACE;
    }
}
