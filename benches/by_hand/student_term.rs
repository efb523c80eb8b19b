use std::ops::RangeInclusive;

use flexcast::calendar::{Day, Weekday};
use flexcast::ids::{DeviceId, ProductId};

use super::today::Today;
use super::{HOUR, MAYA, MINUTE, People, date};

const LAPTOP: DeviceId = DeviceId(2);
const LAB: DeviceId = DeviceId(4);

pub struct StudentTerm {
    product: ProductId,
    terms: Vec<RangeInclusive<Day>>,
    lab_days: [bool; 7],
    attendance: f64,
    lab: i64,
    lasts: i64,
    practises: f64,
    /// Days before a term's end.
    cramming: i32,
    crams: f64,
}

impl Default for StudentTerm {
    fn default() -> Self {
        use Weekday::{Thursday, Tuesday};
        StudentTerm {
            product: MAYA,
            terms: vec![date("2027-02-01")..=date("2027-06-25"), date("2027-09-06")..=date("2027-12-17")],
            lab_days: Weekday::ALL.map(|day| [Tuesday, Thursday].contains(&day)),
            attendance: 0.85,
            lab: 13 * HOUR + 30 * MINUTE,
            lasts: 3 * HOUR,
            practises: 0.15,
            cramming: 21,
            crams: 0.7,
        }
    }
}

impl People for StudentTerm {
    fn day<'a>(&'a mut self, mut today: Today<'a>) {
        let Some(term) = self.terms.iter().find(|term| term.contains(&today.day)) else { return };
        let left = term.end().number() - today.day.number();
        let mut draws = today.draws();
        if today.is_working() && self.lab_days[today.day.weekday() as usize] && draws.chance(self.attendance) {
            let start = draws.normal_whole(self.lab, (5 * MINUTE) as f64);
            let end = draws.normal_whole(start + self.lasts, (10 * MINUTE) as f64);
            today.uses(self.product, start, end).device = LAB;
        }
        if draws.chance(if left < self.cramming { self.crams } else { self.practises }) {
            let evening = draws.uniform_whole(18 * HOUR, 21 * HOUR);
            let stay = draws.normal_whole(2 * HOUR, (40 * MINUTE) as f64);
            today.uses(self.product, evening, evening + stay).device = LAPTOP;
        }
    }
}
