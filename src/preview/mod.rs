//! One person's time as a script plays it: sessions with what they cost, days and months. Data; how it is shown is the matter of
//! `report` and `chart`.
//!
//! The person is simulated as in any replication, through the real meter; `follow` finds each session's decisions in the trace.

mod days;
mod follow;
mod json;
mod model;

pub use model::*;

use days::{days, months};
use follow::sessions;

use crate::behaviour::{Author, Planner};
use crate::calendar::Day;
use crate::ids::UserId;
use crate::scenario::{Names, Scenario};
use crate::simulate::Trace;

/// Who knows the names that scripts say.
#[derive(Clone, Copy)]
pub struct Spoken<'a> {
    /// Those of devices and versions.
    pub planner: &'a Planner<'a>,
    /// Those of sign-ins.
    pub identities: &'a Names,
}

/// What a user did in a traced replication.
pub fn preview(scenario: &Scenario, names: Spoken<'_>, trace: &Trace, user: UserId) -> Preview {
    let group = &scenario.groups[scenario.users[user.index()].group as usize];
    let sessions = sessions(scenario, names, trace, user);
    let (first, last) = (group.zone.day_of(scenario.start), group.zone.day_of(scenario.end).plus(-1));
    let horizon: Vec<Day> = (first.number()..=last.number().max(first.number())).map(Day::from_number).collect();
    let days = days(&horizon, &scenario.calendars[group.calendar], group.zone, &sessions);
    let months = months(&days, &sessions, group.zone, scenario.end);
    Preview {
        user: scenario.users[user.index()].name.clone(),
        zone: group.zone.name().to_owned(),
        first_day: days[0].day,
        last_day: days[days.len() - 1].day,
        end: scenario.end,
        sessions,
        days,
        months,
        notes: notes(scenario, trace, user),
    }
}

/// What a user's script noted, by day.
fn notes(scenario: &Scenario, trace: &Trace, user: UserId) -> Vec<Noted> {
    let own = trace.notes.iter().filter(|note| note.author == Author::User(user));
    own.map(|note| Noted { day: note.day, note: scenario.pseudonyms.text(&note.text).into_owned() }).collect()
}
