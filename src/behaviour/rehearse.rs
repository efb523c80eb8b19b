use super::{Library, Planner};
use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Source};
use crate::ids::UserId;
use crate::scenario::Scenario;

/// Runs the first user of each group through the horizon, once: what only running shows. At most one diagnostic a
/// script.
pub fn rehearse(library: &Library, scenario: &Scenario) -> Vec<Diagnostic> {
    let mut planner = Planner::new(library, scenario, scenario.forecast.seed);
    let mut sessions = Vec::new();
    let groups = scenario.groups.iter().filter(|group| !group.users.is_empty());
    let mut through = |user: UserId| {
        let inside = |day: &Day| (scenario.first_day..=scenario.last_day).contains(day);
        // Days inside the horizon first: they mean more to whoever reads the error.
        let outside = scenario.days_somewhere().filter(|day| !inside(day));
        scenario.days_somewhere().filter(inside).chain(outside).find_map(|day| {
            sessions.clear();
            planner.plan(0, user, day, &mut sessions).err()
        })
    };
    let mut found: Vec<Diagnostic> = Vec::new();
    for problem in groups.filter_map(|group| through(UserId(group.users.start))) {
        if !found.iter().any(|other| source_of(other) == source_of(&problem)) {
            found.push(*problem);
        }
    }
    found
}

fn source_of(problem: &Diagnostic) -> Option<&Source> {
    problem.place.as_ref().map(|place| &*place.source)
}
