use flexcast::ids::{DeviceId, ProductId};

use super::today::Today;
use super::{AUTOCAD, HOUR, MINUTE, People, REVIT};

const AT_FIRST: DeviceId = DeviceId(5);
const AT_SECOND: DeviceId = DeviceId(6);

pub struct Consultant {
    first: Vec<ProductId>,
    second: Vec<ProductId>,
    shortest: i64,
    longest: i64,
    attendance: f64,
    arrives: i64,
    stays: i64,
    spread: f64,
    /// By user.
    assignments: Vec<Assignment>,
}

/// What a consultant carries from day to day.
#[derive(Clone, Copy, Default)]
struct Assignment {
    week: i32,
    left: i64,
    at_first: bool,
}

impl Default for Consultant {
    fn default() -> Self {
        Consultant {
            first: vec![REVIT],
            second: vec![AUTOCAD],
            shortest: 1,
            longest: 4,
            attendance: 0.9,
            arrives: 9 * HOUR,
            stays: 8 * HOUR,
            spread: (40 * MINUTE) as f64,
            assignments: Vec::new(),
        }
    }
}

impl People for Consultant {
    fn reset(&mut self, people: usize) {
        self.assignments.clear();
        self.assignments.resize(people, Assignment::default());
    }

    fn day<'a>(&'a mut self, mut today: Today<'a>) {
        let assignment = &mut self.assignments[today.user.index()];
        if today.week() != assignment.week {
            assignment.week = today.week();
            assignment.left -= 1;
            if assignment.left < 1 {
                assignment.at_first = !assignment.at_first;
                assignment.left = today.drawer.week(today.day, "stay").uniform_whole(self.shortest, self.longest);
            }
        }
        if !today.is_working() {
            return;
        }
        let mut draws = today.draws();
        if !draws.chance(self.attendance) {
            return;
        }
        let arrival = draws.normal_whole(self.arrives, self.spread);
        let departure = arrival + draws.normal_whole(self.stays, self.spread);
        let (products, device) = if assignment.at_first { (&self.first, AT_FIRST) } else { (&self.second, AT_SECOND) };
        for product in products {
            today.uses(*product, arrival, departure).device = device;
        }
    }
}
