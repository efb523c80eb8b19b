use crate::behaviour::{Call, Planned};
use crate::calendar::Day;
use crate::ids::UserId;

/// How many of a user's days with denials are remembered: what is still to come was planned on one of these.
const DAYS: usize = 32;

/// What became of the days of users who react to denials.
pub(super) struct Reactions {
    users: Vec<OfUser>,
}

#[derive(Clone, Default)]
struct OfUser {
    /// The last day of which something has been done.
    begun: Option<Day>,
    days: Vec<OfDay>,
}

#[derive(Clone, Copy)]
struct OfDay {
    day: Day,
    /// Denials so far.
    denials: u16,
    /// Sessions that were planned after them.
    sessions: u16,
    /// Counts the plans for this day: what planned before the first that is valid has been dropped.
    plans: u16,
    first_valid: u16,
}

impl Reactions {
    pub(super) fn new(users: usize) -> Self {
        Reactions { users: vec![OfUser::default(); users] }
    }

    pub(super) fn clear(&mut self) {
        for user in &mut self.users {
            user.begun = None;
            user.days.clear();
        }
    }

    /// Something that was planned for a day is done.
    pub(super) fn begin(&mut self, user: UserId, day: Day) {
        let begun = &mut self.users[user.index()].begun;
        *begun = (*begun).max(Some(day));
    }

    /// Whether anything that was planned for a day has been done.
    pub(super) fn has_begun(&self, user: UserId, day: Day) -> bool {
        self.users[user.index()].begun >= Some(day)
    }

    /// Another denial of what was planned for a day.
    pub(super) fn deny(&mut self, user: UserId, day: Day) -> Call {
        let of_day = self.day(user, day);
        of_day.denials = of_day.denials.saturating_add(1);
        of_day.plans += 1;
        Call { number: of_day.denials, plan: of_day.plans, sessions: of_day.sessions.into() }
    }

    /// Notes how many sessions were planned after a denial.
    pub(super) fn planned(&mut self, user: UserId, day: Day, sessions: usize) {
        self.day(user, day).sessions += sessions as u16;
    }

    /// Drops what was planned for a day before a plan.
    pub(super) fn drop_before(&mut self, user: UserId, day: Day, plan: u16) {
        self.day(user, day).first_valid = plan;
    }

    /// Drops all that was planned for a day; gives the number of the plan that takes its place.
    pub(super) fn plan_again(&mut self, user: UserId, day: Day) -> u16 {
        let of_day = self.day(user, day);
        of_day.plans += 1;
        of_day.first_valid = of_day.plans;
        of_day.plans
    }

    /// Whether something planned has been dropped.
    pub(super) fn is_dropped(&self, planned: &Planned) -> bool {
        let mut days = self.users[planned.user.index()].days.iter();
        days.any(|of_day| of_day.day == planned.origin.day && planned.origin.plan < of_day.first_valid)
    }

    fn day(&mut self, user: UserId, day: Day) -> &mut OfDay {
        let days = &mut self.users[user.index()].days;
        let place = match days.binary_search_by_key(&day, |of_day| of_day.day) {
            Ok(place) => place,
            Err(place) => {
                days.insert(place, OfDay { day, denials: 0, sessions: 0, plans: 0, first_valid: 0 });
                let forgotten = days.len() > DAYS && place > 0;
                if forgotten {
                    days.remove(0);
                }
                place - usize::from(forgotten)
            }
        };
        &mut days[place]
    }
}
