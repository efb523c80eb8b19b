use super::{Buyers, Library, Market, Planner};
use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Source};
use crate::ids::UserId;
use crate::scenario::Scenario;
use crate::tokens::Tokens;

/// What the compiler left to Rhai's engine, and why: each place once.
pub fn notes(library: &Library, scenario: &Scenario) -> Vec<Diagnostic> {
    let seed = scenario.forecast.seed;
    let mut notes = Planner::new(library, scenario, seed).notes().to_vec();
    notes.extend_from_slice(Buyers::new(library, scenario, seed).notes());
    notes
}

/// Runs the first user of each group through the horizon, once, and the buyers: what only running shows. At most one diagnostic
/// a script.
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
    let of_people: Vec<_> = groups.filter_map(|group| through(UserId(group.users.start))).collect();
    for problem in of_people.into_iter().chain(rehearse_buyers(library, scenario)) {
        if !found.iter().any(|other| source_of(other) == source_of(&problem)) {
            found.push(*problem);
        }
    }
    found
}

/// Runs the buyers through the horizon, while what is there burns evenly: the packs on hand within a quarter of a year.
fn rehearse_buyers(library: &Library, scenario: &Scenario) -> Option<Box<Diagnostic>> {
    let mut buyers = Buyers::new(library, scenario, scenario.forecast.seed);
    let mut market = Market::at_start(scenario);
    let daily: Vec<Tokens> =
        market.teams.iter().map(|stock| Tokens::from_millionths(stock.balance.millionths() / 90)).collect();
    let mut orders = Vec::new();
    buyers.begin();
    (scenario.first_day.number()..=scenario.last_day.number()).map(Day::from_number).find_map(|day| {
        for (stock, daily) in market.teams.iter_mut().zip(&daily) {
            if day > scenario.first_day {
                stock.burn(*daily);
            }
            stock.arrive(day, scenario.zone);
        }
        buyers.buy(0, day, &mut market, &mut orders).err()
    })
}

fn source_of(problem: &Diagnostic) -> Option<&Source> {
    problem.place.as_ref().map(|place| &*place.source)
}
