//! What the native functions of one engine share: who is planned for, on which day, and the sessions so far.

use std::collections::BTreeMap;

use rhai::{Dynamic, ImmutableString};

use super::failure::{Outcome, fail};
use super::streams::{Drawer, Stream};
use super::{kinds, limits};
use crate::calendar::{Calendar, Clock, Day, Weekday};
use crate::diagnostic::Diagnostic;
use crate::ids::ProductId;
use crate::scenario::{Per, Scenario};

/// The draft with what doesn't change from day to day.
pub(super) struct Desk {
    /// By the index that groups name.
    pub calendars: Vec<Calendar>,
    /// By group; one without a behaviour stays empty.
    pub roles: Vec<Role>,
    /// Those that can be opened.
    products: BTreeMap<String, ProductId>,
    /// Of all products.
    names: Vec<String>,
    horizon: (Day, Day),
    /// The names of the days of the week.
    pub weekdays: [ImmutableString; 7],
    /// The day being planned.
    pub draft: Draft,
}

/// What the users of a group have in common.
pub(super) struct Role {
    /// By the index that the engine's property has; `None` for parameters of other scripts.
    pub parameters: Vec<Option<Dynamic>>,
    /// Index of [`Desk::calendars`].
    pub calendar: usize,
    /// Index of [`Draft::clocks`].
    pub clock: usize,
}

/// One user's day while it is planned.
pub(super) struct Draft {
    /// Who draws.
    pub drawer: Drawer,
    /// The user's group.
    pub group: usize,
    /// The local day.
    pub day: Day,
    /// The day's own draws.
    pub draws: Stream,
    /// The clock on the wall where the user is.
    pub clock: usize,
    /// The clocks of all zones met so far.
    pub clocks: Vec<Clock>,
    /// In the order of planning.
    pub sessions: Vec<Sketch>,
}

/// A session as a script says it: seconds after 00:00 by a clock on the wall.
pub(super) struct Sketch {
    pub product: ProductId,
    pub device: Option<ImmutableString>,
    pub version: Option<ImmutableString>,
    pub from: i64,
    pub until: Option<i64>,
    /// Spans of idle time.
    pub idle: Vec<(i64, i64)>,
    pub clock: usize,
}

impl Desk {
    /// A desk with nothing on it.
    pub fn empty() -> Desk {
        let (drawer, day) = (Drawer { seed: 0, replication: 0, user: 0 }, Day::default());
        let draft = Draft {
            drawer,
            group: 0,
            day,
            draws: Stream::unused(),
            clock: 0,
            clocks: Vec::new(),
            sessions: Vec::new(),
        };
        Desk {
            calendars: Vec::new(),
            roles: Vec::new(),
            products: BTreeMap::new(),
            names: Vec::new(),
            horizon: (day, day),
            weekdays: Weekday::NAMES.map(ImmutableString::from),
            draft,
        }
    }

    /// A desk for the groups of a scenario; `parameters` gives those of each group.
    pub fn new(scenario: &Scenario, products: &[String], parameters: Vec<Vec<Option<Dynamic>>>) -> Desk {
        let ids = products.iter().cloned().zip((0..).map(ProductId));
        let mut desk = Desk {
            calendars: scenario.calendars.clone(),
            roles: Vec::new(),
            products: ids.filter(|(_, id)| scenario.products[id.index()].per == Per::Day).collect(),
            names: products.to_vec(),
            horizon: scenario.first_and_last_somewhere(),
            ..Desk::empty()
        };
        for (group, parameters) in scenario.groups.iter().zip(parameters) {
            let clock = desk.clock(group.zone.name()).expect("the name of a zone names a zone");
            desk.roles.push(Role { parameters, calendar: group.calendar, clock });
        }
        desk
    }

    /// Starts the day of a user.
    pub fn begin(&mut self, drawer: Drawer, group: usize, day: Day) {
        let draft = &mut self.draft;
        (draft.drawer, draft.group, draft.day, draft.draws) = (drawer, group, day, drawer.day(day));
        draft.clock = self.roles[group].clock;
        draft.sessions.clear();
    }

    /// The calendar of the day's user.
    pub fn calendar(&self) -> &Calendar {
        &self.calendars[self.roles[self.draft.group].calendar]
    }

    /// The index of a zone's clock.
    pub fn clock(&mut self, zone: &str) -> Outcome<usize> {
        let draft = &mut self.draft;
        if let Some(index) = draft.clocks.iter().position(|clock| clock.zone().name() == zone) {
            return Ok(index);
        }
        let zone = kinds::zone(zone).or_else(fail)?;
        let (first, last) = self.horizon;
        draft.clocks.push(Clock::new(zone, first, last.plus(1)));
        Ok(draft.clocks.len() - 1)
    }

    /// Adds a session, a time before 00:00 taken as 00:00, an end before its start as its start; gives its number.
    pub fn add(&mut self, product: &str, from: i64, until: Option<i64>) -> Outcome<usize> {
        let Some(product) = self.products.get(product).copied() else {
            return fail(self.cannot_open(product));
        };
        let draft = &mut self.draft;
        let from = within_reach(from)?;
        let until = until.map(within_reach).transpose()?.map(|until| until.max(from));
        if draft.sessions.len() == limits::SESSIONS {
            return fail(Diagnostic::new(format!("more than {} sessions on one day", limits::SESSIONS)));
        }
        draft.sessions.push(Sketch {
            product,
            device: None,
            version: None,
            from,
            until,
            idle: Vec::new(),
            clock: draft.clock,
        });
        Ok(draft.sessions.len() - 1)
    }
}

impl Desk {
    /// Adds a span of idle time to a session.
    pub fn idle(&mut self, session: usize, from: i64, until: i64) -> Outcome<()> {
        let span = (within_reach(from)?, within_reach(until)?);
        let idle = &mut self.draft.sessions[session].idle;
        if idle.len() == limits::SESSIONS {
            return fail(Diagnostic::new(format!("more than {} idle spans in one session", limits::SESSIONS)));
        }
        idle.push(span);
        Ok(())
    }

    fn cannot_open(&self, product: &str) -> Diagnostic {
        let per_result = || {
            Diagnostic::new(format!("`{product}` is charged per result"))
                .expected("scripts open products with a daily rate only; `flexcast meter` meters results too")
        };
        kinds::product(product, &self.names).err().unwrap_or_else(per_result)
    }
}

fn within_reach(seconds: i64) -> Outcome<i64> {
    if seconds > limits::DAYS_AHEAD * 86_400 {
        let far = format!("{seconds} seconds after 00:00 is more than {} days ahead", limits::DAYS_AHEAD);
        return fail(Diagnostic::new(far).expected("seconds after 00:00 of the day, such as `hours(9)`"));
    }
    Ok(seconds.max(0))
}
