use super::denial::REASONS;
use super::lots::{Lot, Lots};
use super::{Buyers, Call, Denial, Library, Market, Planned, Planner, Until, What};
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

/// Denials that are made up for one user, beside those that follow in a row.
const DENIALS: usize = 300;

/// Runs the first user of each group through the horizon, once, and where the script reacts to denials once more with such made up;
/// and the buyers: what only running shows; with what is uncertain in the middle, and all of it near either end. At most one
/// diagnostic a script.
pub fn rehearse(library: &Library, scenario: &Scenario) -> Vec<Diagnostic> {
    let ends = [(Lot::Quantile(1), "low"), (Lot::Quantile(999), "high")];
    let ends = ends.into_iter().filter(|_| !library.uncertain().is_empty());
    let at_ends = ends.flat_map(|(lot, end)| {
        let told = move |problem: Diagnostic| Diagnostic {
            message: format!("{} (all that is uncertain at its {end} end)", problem.message),
            ..problem
        };
        rehearsal(library, scenario, lot).into_iter().map(told)
    });
    let mut found: Vec<Diagnostic> = Vec::new();
    for problem in rehearsal(library, scenario, Lot::Middle).into_iter().chain(at_ends) {
        if !found.iter().any(|other| source_of(other) == source_of(&problem)) {
            found.push(problem);
        }
    }
    found
}

fn rehearsal(library: &Library, scenario: &Scenario, lot: Lot) -> Vec<Diagnostic> {
    let mut planner = Planner::new(library, scenario, scenario.forecast.seed);
    planner.set_lots(Lots { all: lot, but: None });
    planner.draw(0);
    let groups = scenario.groups.iter().filter(|group| !group.users.is_empty());
    let mut through = |user: UserId| {
        planner.reset();
        let planned = through_days(&mut planner, scenario, user, |_, _| Ok(()));
        if planned.is_err() || !planner.reacts(user) {
            return planned.err();
        }
        planner.reset();
        let mut made_up = 0;
        through_days(&mut planner, scenario, user, |planner, sessions| {
            sessions
                .iter()
                .filter(|planned| asks(planned))
                .try_for_each(|planned| if made_up >= DENIALS { Ok(()) } else { deny(planner, planned, &mut made_up) })
        })
        .err()
    };
    let of_people: Vec<_> = groups.filter_map(|group| through(UserId(group.users.start))).collect();
    of_people.into_iter().chain(rehearse_buyers(library, scenario, lot)).map(|problem| *problem).collect()
}

/// Plans every day of a user.
fn through_days(
    planner: &mut Planner<'_>,
    scenario: &Scenario,
    user: UserId,
    mut then: impl FnMut(&mut Planner<'_>, &[Planned]) -> Result<(), Box<Diagnostic>>,
) -> Result<(), Box<Diagnostic>> {
    let inside = |day: &Day| (scenario.first_day..=scenario.last_day).contains(day);
    // Days inside the horizon first: they mean more to whoever reads the error.
    let outside = scenario.days_somewhere().filter(|day| !inside(day));
    let mut sessions = Vec::new();
    scenario.days_somewhere().filter(inside).chain(outside).try_for_each(|day| {
        sessions.clear();
        planner.plan(0, user, day, &mut sessions)?;
        then(planner, &sessions)
    })
}

fn asks(planned: &Planned) -> bool {
    matches!(planned.what, What::Session(_) | What::Results)
}

/// Denies something, and what is tried then, and so on, each for another reason.
fn deny(planner: &mut Planner<'_>, planned: &Planned, made_up: &mut usize) -> Result<(), Box<Diagnostic>> {
    let mut next = Some(planned.clone());
    let mut call = Call { number: 0, plan: 0, sessions: 0 };
    while let Some(planned) = next {
        (call.number, call.plan) = (call.number + 1, call.plan + 1);
        let reason = REASONS[*made_up % REASONS.len()];
        let until = planned.closed().unwrap_or(Until::At(planned.opened));
        let (user, product, origin, at) = (planned.user, planned.product, planned.origin, planned.opened);
        let denial = Denial { user, product, origin, until, at, reason };
        let mut again = Vec::new();
        planner.denied(0, &denial, call, false, &mut again).map_err(|mut problem| {
            problem.message += &format!(", with a made-up denial: {reason}");
            problem
        })?;
        call.sessions += again.len();
        *made_up += 1;
        next = again.into_iter().find(asks);
    }
    Ok(())
}

/// Runs the buyers through the horizon, while what is there burns evenly: the packs on hand within a quarter of a year.
fn rehearse_buyers(library: &Library, scenario: &Scenario, lot: Lot) -> Option<Box<Diagnostic>> {
    let mut buyers = Buyers::new(library, scenario, scenario.forecast.seed);
    buyers.set_lots(Lots { all: lot, but: None });
    buyers.draw(0);
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
