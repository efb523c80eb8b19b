//! Who is assigned to which team as of a day.

use std::collections::BTreeMap;

use crate::calendar::Day;
use crate::ids::{TeamId, UserId};
use crate::scenario::{Event, EventKind, Scenario};
use crate::time::{Instant, Span};

/// A user's place in a team, now or before.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seat {
    /// Since when; `None` where since before the scenario starts.
    pub(super) assigned: Option<Day>,
    /// Since when not any more.
    pub(super) unassigned: Option<Day>,
}

/// By user and team.
pub(super) type Seats = BTreeMap<(UserId, TeamId), Seat>;

/// An invitation that isn't accepted within so many days lapses (rules.md E2).
const ACCEPTED_WITHIN: Span = Span::from_seconds(7 * 86_400);

/// Everybody who is or was assigned at the end of a day.
pub(super) fn seats(scenario: &Scenario, as_of: Day) -> Seats {
    let end = scenario.zone.start_of(as_of.plus(1));
    let there = scenario.users.iter().enumerate().filter(|(_, user)| user.is_there_from_the_start());
    let own = there.flat_map(|(place, user)| {
        user.memberships.iter().map(move |member| ((UserId::from_index(place), member.team), Seat::default()))
    });
    let mut seats: Seats = own.collect();
    let mut changes: Vec<(Instant, &Event)> =
        scenario.events.iter().filter_map(|event| Some((begins(scenario, event)?, event))).collect();
    changes.sort_by_key(|(at, _)| *at);
    for (at, event) in changes.into_iter().take_while(|(at, _)| *at < end) {
        change(&mut seats, &event.what, scenario.zone.day_of(at));
    }
    seats
}

/// When an event takes effect: an invitation of someone new when it is accepted, in time.
fn begins(scenario: &Scenario, event: &Event) -> Option<Instant> {
    match &event.what {
        EventKind::Invite { user, accepts_after, .. } if !scenario.users[user.index()].existing => {
            accepts_after.filter(|after| *after <= ACCEPTED_WITHIN).map(|after| event.at + after)
        }
        _ => Some(event.at),
    }
}

fn change(seats: &mut Seats, what: &EventKind, day: Day) {
    let is_there = |seat: &Seat| seat.unassigned.is_none();
    match what {
        EventKind::Invite { user, member, .. } | EventKind::Assign { user, member, .. } => {
            let seat = seats.entry((*user, member.team));
            let seat = seat.or_insert(Seat { assigned: None, unassigned: Some(day) });
            if !is_there(seat) {
                *seat = Seat { assigned: Some(day), unassigned: None };
            }
        }
        EventKind::Unassign { user, team } => {
            let seat = seats.get_mut(&(*user, *team)).filter(|seat| is_there(seat));
            seat.into_iter().for_each(|seat| seat.unassigned = Some(day));
        }
        EventKind::Leave(user) => {
            let own = seats.range_mut((*user, TeamId(0))..=(*user, TeamId(u32::MAX))).map(|(_, seat)| seat);
            own.filter(|seat| is_there(seat)).for_each(|seat| seat.unassigned = Some(day));
        }
        EventKind::Merge { from, into } => {
            let moved: Vec<_> =
                seats.iter().filter(|((_, team), seat)| team == from && is_there(seat)).map(|(key, _)| *key).collect();
            for (user, team) in moved {
                seats.entry((user, team)).and_modify(|seat| seat.unassigned = Some(day));
                let seat = seats.entry((user, *into)).or_insert(Seat { assigned: Some(day), unassigned: None });
                if !is_there(seat) {
                    *seat = Seat { assigned: Some(day), unassigned: None };
                }
            }
        }
        _ => {}
    }
}
