use flexcast::calendar::Weekday;
use flexcast::ids::{DeviceId, ProductId};

use super::today::Today;
use super::{AUTOCAD, HOUR, MINUTE, People};

const WORKSTATION: DeviceId = DeviceId(1);
const LAPTOP: DeviceId = DeviceId(2);

pub struct Traveller {
    product: ProductId,
    attendance: f64,
    travels: f64,
    trip_days: [bool; 7],
    /// The numbers of their clocks.
    destinations: Vec<usize>,
    arrives: i64,
    leaves: i64,
    spread: f64,
}

impl Default for Traveller {
    fn default() -> Self {
        use Weekday::{Thursday, Tuesday, Wednesday};
        Traveller {
            product: AUTOCAD,
            attendance: 0.9,
            travels: 0.3,
            trip_days: Weekday::ALL.map(|day| [Tuesday, Wednesday, Thursday].contains(&day)),
            destinations: vec![1, 2],
            arrives: 9 * HOUR,
            leaves: 17 * HOUR,
            spread: (45 * MINUTE) as f64,
        }
    }
}

impl People for Traveller {
    fn day<'a>(&'a mut self, mut today: Today<'a>) {
        if !today.is_working() {
            return;
        }
        let mut draws = today.draws();
        if !draws.chance(self.attendance) {
            return;
        }
        let mut device = WORKSTATION;
        if self.trip_days[today.day.weekday() as usize] {
            let mut trip = today.drawer.week(today.day, "trip");
            if trip.chance(self.travels) {
                let which = (trip.unit() * self.destinations.len() as f64) as usize;
                (today.clock, device) = (self.destinations[which], LAPTOP);
            }
        }
        let arrival = draws.normal_whole(self.arrives, self.spread);
        let departure = draws.normal_whole(self.leaves, self.spread);
        today.uses(self.product, arrival, departure).device = device;
    }
}
