//! The days of the shipped people's scripts once more, each written by hand in Rust for that script alone: typed, with the parameters
//! as plain fields, and no rule beyond what the script needs.

mod add_in_user;
mod batch_renderer;
mod consultant;
mod flex_year;
mod idle_aware;
mod occasional;
mod office_week;
mod part_timer;
mod project_crunch;
mod shift_worker;
mod short_sessions;
mod student_term;
mod today;
mod traveller;

use flexcast::behaviour::{Drawer, Planned};
use flexcast::calendar::{Calendar, Clock, Day, Zone};
use flexcast::ids::{ProductId, UserId};
use flexcast::keys::name_key;
use flexcast::scenario::Scenario;

use today::Today;

/// People of one script, with its defaults.
trait People {
    /// Plans the day of one of them.
    fn day<'a>(&'a mut self, today: Today<'a>);

    /// A replication begins: so many people carry nothing from another.
    fn reset(&mut self, _people: usize) {}
}

// As the stage numbers its products.
const AUTOCAD: ProductId = ProductId(0);
const REVIT: ProductId = ProductId(1);
const MAYA: ProductId = ProductId(2);
const POINT_LAYOUT: ProductId = ProductId(3);
const RENDERING: ProductId = ProductId(4);

/// The devices of all scripts, by their numbers here; the first is the unnamed one.
pub const DEVICES: [&str; 7] = ["", "workstation", "laptop", "workplace", "lab", "first client", "second client"];
/// The versions, likewise.
pub const VERSIONS: [&str; 2] = ["", "2027"];
/// The zones, by the numbers of their clocks; people live in the first.
pub const ZONES: [&str; 3] = ["Europe/Amsterdam", "America/New_York", "Asia/Singapore"];

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Plans days as a planner does, by hand.
pub struct ByHand<'a> {
    calendar: &'a Calendar,
    clocks: Vec<Clock>,
    seed: u64,
    keys: Vec<u64>,
    people: Box<dyn People>,
}

impl<'a> ByHand<'a> {
    /// The days of the people of a shipped script.
    pub fn new(script: &str, scenario: &'a Scenario, seed: u64) -> Self {
        let (first, last) = scenario.first_and_last_somewhere();
        let clock = |zone| Clock::new(Zone::parse(zone).unwrap(), first, last.plus(1));
        let mut by_hand = ByHand {
            calendar: &scenario.calendars[0],
            clocks: ZONES.map(clock).into(),
            seed,
            keys: scenario.users.iter().map(|user| name_key(&user.name)).collect(),
            people: people(script),
        };
        by_hand.reset();
        by_hand
    }

    /// A replication begins.
    pub fn reset(&mut self) {
        self.people.reset(self.keys.len());
    }

    /// Adds what a user plans on a day.
    pub fn plan(&mut self, replication: u32, user: UserId, day: Day, sessions: &mut Vec<Planned>) {
        let drawer = Drawer { seed: self.seed, replication, user: self.keys[user.index()] };
        let (calendar, clocks) = (self.calendar, &self.clocks);
        self.people.day(Today { user, drawer, day, calendar, clocks, clock: 0, sessions });
    }
}

fn people(script: &str) -> Box<dyn People> {
    match script {
        "office_week" => Box::new(office_week::OfficeWeek::default()),
        "traveller" => Box::new(traveller::Traveller::default()),
        "add_in_user" => Box::new(add_in_user::AddInUser::default()),
        "occasional" => Box::new(occasional::Occasional::default()),
        "part_timer" => Box::new(part_timer::PartTimer::default()),
        "shift_worker" => Box::new(shift_worker::ShiftWorker::default()),
        "project_crunch" => Box::new(project_crunch::ProjectCrunch::default()),
        "student_term" => Box::new(student_term::StudentTerm::default()),
        "batch_renderer" => Box::new(batch_renderer::BatchRenderer::default()),
        "short_sessions" => Box::new(short_sessions::ShortSessions::default()),
        "consultant" => Box::new(consultant::Consultant::default()),
        "idle_aware" => Box::new(idle_aware::IdleAware::default()),
        "flex_year" => Box::new(flex_year::FlexYear::default()),
        other => panic!("nobody has written `{other}` by hand"),
    }
}

/// A date written as 2027-03-01.
fn date(text: &str) -> Day {
    Day::parse(text).unwrap()
}
