use flexcast::behaviour::Details;
use flexcast::calendar::Day;
use flexcast::ids::{ProductId, VersionId};

use super::today::Today;
use super::{DAY, HOUR, MINUTE, People, REVIT};

pub struct IdleAware {
    product: ProductId,
    version: VersionId,
    attendance: f64,
    arrives: i64,
    leaves: i64,
    lunch: i64,
    eats: i64,
    meets: f64,
    spread: f64,
    /// The day on which it is closed, by user.
    open_until: Vec<Day>,
}

impl Default for IdleAware {
    fn default() -> Self {
        IdleAware {
            product: REVIT,
            version: VersionId(1),
            attendance: 0.95,
            arrives: 9 * HOUR,
            leaves: 17 * HOUR + 30 * MINUTE,
            lunch: 12 * HOUR + 30 * MINUTE,
            eats: 45 * MINUTE,
            meets: 0.4,
            spread: (25 * MINUTE) as f64,
            open_until: Vec::new(),
        }
    }
}

impl People for IdleAware {
    fn reset(&mut self, people: usize) {
        self.open_until.clear();
        self.open_until.resize(people, Day::default());
    }

    fn day<'a>(&'a mut self, mut today: Today<'a>) {
        let open_until = &mut self.open_until[today.user.index()];
        if !today.is_working() || today.day <= *open_until {
            return;
        }
        let mut draws = today.draws();
        if !draws.chance(self.attendance) {
            return;
        }
        let worked_on = (1..5).take_while(|days| today.calendar.is_working(today.day.plus(*days)));
        let last = worked_on.count() as i64;
        *open_until = today.day.plus(last as i32);

        let departure = last * DAY + draws.normal_whole(self.leaves, self.spread);
        let opens = draws.normal_whole(self.arrives, self.spread);
        let mut idle = Vec::new();
        let mut idle_since = 0;
        for number in 0..=last {
            let morning = number * DAY;
            let arrival = morning + draws.normal_whole(self.arrives, self.spread);
            if number > 0 && !draws.chance(self.attendance) {
                continue;
            }
            if number > 0 {
                idle.push((today.instant(idle_since), today.instant(arrival)));
            }
            let lunch = morning + draws.normal_whole(self.lunch, self.spread);
            let eats = draws.normal_whole(self.eats, (10 * MINUTE) as f64);
            idle.push((today.instant(lunch), today.instant(lunch + eats)));
            if draws.chance(self.meets) {
                let meeting = morning + draws.uniform_whole(14 * HOUR, 15 * HOUR);
                let takes = draws.uniform_whole(45 * MINUTE, 90 * MINUTE);
                idle.push((today.instant(meeting), today.instant(meeting + takes)));
            }
            idle_since = morning + draws.normal_whole(self.leaves, self.spread);
        }
        if idle_since < departure {
            idle.push((today.instant(idle_since), today.instant(departure)));
        }
        let session = today.uses(self.product, opens, departure);
        session.version = self.version;
        session.details = Some(Box::new(Details { idle, ..Details::default() }));
    }
}
