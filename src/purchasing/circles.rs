//! Teams that share people: whoever may draw on several is paid for by the one whose turn it is, so that what is bought for one team shifts
//! the demand of the others.

use crate::ids::TeamId;
use crate::plan::Problem;
use crate::scenario::{EventKind, Scenario};

/// Teams that share people, each with some of the others.
#[derive(Clone, Debug)]
pub(super) struct Circle {
    /// The places of those among the planned teams.
    places: Vec<usize>,
    /// The place of a team that all of its people may draw on, where all of its teams are planned for.
    pub(super) common: Option<usize>,
}

/// All circles that a planned team is in.
pub(super) fn circles(scenario: &Scenario, planned: &[TeamId]) -> Vec<Circle> {
    let lists = teams_of_users(scenario);
    let mut circle_of: Vec<usize> = (0..scenario.teams.len()).collect();
    for teams in &lists {
        for pair in teams.windows(2) {
            let [one, other] = [pair[0], pair[1]].map(|team| circle_of[team.index()]);
            circle_of.iter_mut().filter(|circle| **circle == other).for_each(|circle| *circle = one);
        }
    }
    let circle = |number: usize| {
        let is_in = |team: &TeamId| circle_of[team.index()] == number;
        let places: Vec<usize> = (0..planned.len()).filter(|place| is_in(&planned[*place])).collect();
        let teams = circle_of.iter().filter(|circle| **circle == number).count();
        let people = || scenario.users.iter().zip(&lists).filter(|(_, teams)| teams.iter().any(is_in));
        let is_everybodys = |place: &&usize| {
            people().all(|(user, _)| user.memberships.iter().any(|member| member.team == planned[**place]))
        };
        let is_open = teams > places.len();
        let common = places.iter().filter(|_| !is_open).find(is_everybodys).copied();
        (teams > 1 && !places.is_empty()).then_some(Circle { places, common })
    };
    (0..scenario.teams.len()).filter_map(circle).collect()
}

fn teams_of_users(scenario: &Scenario) -> Vec<Vec<TeamId>> {
    let of_user = |user: &crate::scenario::User| user.memberships.iter().map(|member| member.team).collect();
    let mut teams: Vec<Vec<TeamId>> = scenario.users.iter().map(of_user).collect();
    for event in &scenario.events {
        if let EventKind::Invite { user, member, .. } | EventKind::Assign { user, member, .. } = &event.what {
            teams[user.index()].push(member.team);
        }
    }
    teams
}

impl Circle {
    /// The problems with all that its teams have and need at the common one, if there is one.
    pub(super) fn joined(&self, mut problems: Vec<Problem>) -> Vec<Problem> {
        let Some(at) = self.common else { return problems };
        let all: Vec<&Problem> = self.places.iter().map(|place| &problems[*place]).collect();
        let joined = Problem::joined(&all);
        for place in &self.places {
            problems[*place] = problems[*place].emptied();
        }
        problems[at] = joined;
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::Inputs;

    /// Of teams `one`, `two` and `three`, with people who are in these.
    fn common(people: &[&str], planned: &[u32]) -> Vec<Option<usize>> {
        let user = |(place, teams): (usize, &&str)| {
            format!(
                "  - {{user: u{place}, teams: {teams}, access: all, behaviour: occasional, with: {{product: Revit}}}}\n"
            )
        };
        let people: String = people.iter().enumerate().map(user).collect();
        let start = "start: 2027-01-01\nend: 2027-01-31\nproducts: {Revit: {rate: 10}}\n";
        let scenario = format!("{start}teams: {{one: {{}}, two: {{}}, three: {{}}}}\npeople:\n{people}");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scenario.yaml");
        std::fs::write(&path, scenario).unwrap();
        let scenario = Inputs::load(&path).unwrap_or_else(|errors| panic!("{errors:?}")).scenario;
        let planned: Vec<TeamId> = planned.iter().map(|team| TeamId(*team)).collect();
        circles(&scenario, &planned).iter().map(|circle| circle.common).collect()
    }

    #[test]
    fn a_common_team_is_one_that_all_may_draw_on() {
        let all = [0, 1, 2];
        assert_eq!(common(&["[one]", "[two]", "[three]"], &all), []);
        assert_eq!(common(&["[one, two]", "[two]", "[three]"], &all), [Some(1)]);
        assert_eq!(common(&["[one]", "[two]", "[one, two]"], &all), [None]);
        assert_eq!(common(&["[one, two]", "[two, three]", "[three]"], &all), [None]);
        assert_eq!(common(&["[one, two, three]", "[three]"], &all), [Some(2)]);
        // By the place among those that are planned for.
        assert_eq!(common(&["[two, three]", "[three]"], &[1, 2]), [Some(1)]);
        assert_eq!(common(&["[one, two]"], &[0]), [None], "another team may pay");
        assert_eq!(common(&["[one, two]"], &[2]), []);
    }
}
