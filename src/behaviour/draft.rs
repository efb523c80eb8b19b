//! What the native functions of one engine share: who is planned for, on which day, and the sessions so far.

use std::collections::BTreeMap;

use rhai::{Dynamic, ImmutableString};

use super::carried::Carried;
use super::denial::Facts;
use super::failure::{Outcome, fail};
use super::noted::Notes;
use super::planned::{Call, Denial, Until};
use super::shop::Shop;
use super::streams::{Drawer, Stream};
use super::{kinds, limits};
use crate::calendar::{Calendar, Clock, Day, Weekday};
use crate::diagnostic::Diagnostic;
use crate::ids::ProductId;
use crate::scenario::{Per, Scenario};
use crate::time::{Instant, Span};
use crate::tokens::Tokens;

/// The draft with what doesn't change from day to day.
pub(super) struct Desk {
    /// By the index that groups name.
    pub calendars: Vec<Calendar>,
    /// By group; one without a behaviour stays empty.
    pub roles: Vec<Role>,
    /// Those that can be opened.
    products: BTreeMap<String, ProductId>,
    /// The first of their names that scripts used: the same text is mostly the same object.
    met: Vec<(ImmutableString, ProductId)>,
    /// Those of which results can be ordered.
    services: BTreeMap<String, ProductId>,
    /// By product: every rate that it has at some time.
    pub rates: Vec<Vec<Tokens>>,
    /// Of all products.
    names: Vec<String>,
    horizon: (Day, Day),
    /// The names of the days of the week.
    pub weekdays: [ImmutableString; 7],
    /// The day being planned.
    pub draft: Draft,
    /// What people carry from day to day.
    pub carried: Carried,
    /// What buyers see, and order.
    pub shop: Shop,
}

/// What the users of a group have in common.
pub(super) struct Role {
    /// By the index that the engine's property has; `None` for parameters of other scripts.
    pub parameters: Vec<Option<Dynamic>>,
    /// By the same index: the place of a state among its script's.
    pub states: Vec<Option<usize>>,
    /// Index of [`Desk::calendars`].
    pub calendar: usize,
    /// Index of [`Draft::clocks`].
    pub clock: usize,
}

/// What the users of a group know and carry, by the index of each name.
pub(super) struct Knowledge {
    /// As [`Role::parameters`].
    pub parameters: Vec<Option<Dynamic>>,
    /// As [`Role::states`].
    pub states: Vec<Option<usize>>,
    /// What each state begins with.
    pub initial: Vec<Dynamic>,
}

/// One user's day while it is planned.
pub(super) struct Draft {
    /// Whose day it is.
    pub user: usize,
    /// Who draws.
    pub drawer: Drawer,
    /// The user's group.
    pub group: usize,
    /// The local day.
    pub day: Day,
    /// The day's own draws, once there was one.
    draws: Option<Stream>,
    /// The clock on the wall where the user is.
    pub clock: usize,
    /// The clocks of all zones met so far.
    pub clocks: Vec<Clock>,
    /// In the order of planning.
    pub sessions: Vec<Sketch>,
    /// How many more were planned for this day before.
    pub sessions_before: usize,
    /// What was denied, where this is about that.
    pub denial: Option<Facts>,
    /// Whether the user goes home.
    pub goes_home: bool,
    /// What is noted.
    pub notes: Notes,
}

/// A session, or something else that is planned, as a script says it: seconds after 00:00 by a clock on the wall.
pub(super) struct Sketch {
    pub act: Act,
    pub product: ProductId,
    pub device: Option<ImmutableString>,
    pub version: Option<ImmutableString>,
    pub from: i64,
    pub until: Option<i64>,
    pub clock: usize,
    /// What few say.
    pub extra: Option<Box<Extra>>,
}

/// What few say of what they plan.
#[derive(Default)]
pub(super) struct Extra {
    /// Spans of idle time.
    pub idle: Vec<(i64, i64)>,
    pub offline: bool,
    pub identity: Option<ImmutableString>,
    /// Of an order.
    pub quantity: Tokens,
    /// When so many of the results ordered fail.
    pub failed: Option<(i64, Tokens)>,
}

/// What is planned.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Opens,
    Orders,
    Leaves,
    Joins,
}

impl Draft {
    /// The day's own draws; many a day has none.
    #[inline]
    pub fn draws(&mut self) -> &mut Stream {
        self.draws.get_or_insert_with(|| self.drawer.day(self.day))
    }
}

impl Sketch {
    /// An order of no results.
    pub fn is_nothing(&self) -> bool {
        self.act == Act::Orders && self.quantity().is_zero()
    }

    /// How many results are ordered.
    pub fn quantity(&self) -> Tokens {
        self.extra.as_ref().map_or(Tokens::ZERO, |extra| extra.quantity)
    }

    /// What few say, to be changed.
    pub fn extra(&mut self) -> &mut Extra {
        self.extra.get_or_insert_default()
    }
}

impl Desk {
    /// A desk with nothing on it.
    pub fn empty() -> Desk {
        let (drawer, day) = (Drawer { seed: 0, replication: 0, user: 0 }, Day::default());
        let draft = Draft {
            user: 0,
            drawer,
            group: 0,
            day,
            draws: None,
            clock: 0,
            clocks: Vec::new(),
            sessions: Vec::new(),
            sessions_before: 0,
            denial: None,
            goes_home: false,
            notes: Notes::default(),
        };
        Desk {
            calendars: Vec::new(),
            roles: Vec::new(),
            products: BTreeMap::new(),
            met: Vec::new(),
            services: BTreeMap::new(),
            rates: Vec::new(),
            names: Vec::new(),
            horizon: (day, day),
            weekdays: Weekday::NAMES.map(ImmutableString::from),
            draft,
            carried: Carried::default(),
            shop: Shop::default(),
        }
    }

    /// A desk for the groups of a scenario, and what each knows and carries.
    pub fn new(scenario: &Scenario, products: &[String], knowledge: Vec<Knowledge>) -> Desk {
        let ids = || products.iter().cloned().zip((0..).map(ProductId));
        let charged = |per: Per| ids().filter(move |(_, id)| scenario.products[id.index()].per == per).collect();
        let mut desk = Desk {
            calendars: scenario.calendars.clone(),
            roles: Vec::new(),
            products: charged(Per::Day),
            services: charged(Per::Result),
            rates: scenario.rates(),
            names: products.to_vec(),
            horizon: scenario.first_and_last_somewhere(),
            ..Desk::empty()
        };
        for (group, Knowledge { parameters, states, initial }) in scenario.groups.iter().zip(knowledge) {
            desk.carried.add(group.users.len(), &initial);
            let clock = desk.clock(group.zone.name()).expect("the name of a zone names a zone");
            desk.roles.push(Role { parameters, states, calendar: group.calendar, clock });
        }
        desk
    }

    /// Starts the day of a user.
    #[inline]
    pub fn begin(&mut self, user: usize, drawer: Drawer, group: usize, day: Day) {
        let draft = &mut self.draft;
        (draft.user, draft.drawer, draft.group, draft.day) = (user, drawer, group, day);
        draft.draws = None;
        draft.clock = self.roles[group].clock;
        draft.sessions.clear();
        (draft.sessions_before, draft.goes_home) = (0, false);
        if draft.denial.is_some() {
            draft.denial = None;
        }
        draft.notes.begin();
    }

    /// Goes on with the day of a user after a denial.
    pub fn go_on(&mut self, denial: &Denial, call: Call) {
        let draft = &mut self.draft;
        draft.draws = Some(draft.drawer.denial(draft.day, call.number));
        draft.sessions_before = call.sessions;
        draft.clock = denial.origin.clock.into();
        let zone = draft.clocks[draft.clock].zone();
        let local = |at: Instant| {
            let local = zone.local(at);
            (i64::from(local.day.number() - draft.day.number()), local.seconds)
        };
        let (days, seconds) = local(denial.at);
        let closes = match denial.until {
            Until::At(until) => {
                let (days, seconds) = local(until);
                days * DAY + seconds
            }
            // It would have outlasted the day of the denial.
            Until::NextOpen => (days + 1) * DAY,
        };
        draft.denial = Some(Facts {
            product: self.names[denial.product.index()].as_str().into(),
            reason: denial.reason.into(),
            time: days * DAY + seconds,
            closes,
            attempt: denial.origin.attempt.into(),
        });
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

    /// Adds a session; gives its number.
    pub fn add(&mut self, product: &ImmutableString, from: i64, until: Option<i64>) -> Outcome<usize> {
        if let Some((_, id)) = self.met.iter().find(|(known, _)| known.ptr_eq(product)) {
            return self.put(*id, from, until);
        }
        let Some(id) = self.products.get(product.as_str()).copied() else { return fail(self.cannot_open(product)) };
        if self.met.len() < limits::MET {
            self.met.push((product.clone(), id));
        }
        self.put(id, from, until)
    }

    /// Adds a sketch, a time before 00:00 taken as 00:00, an end before its start as its start; gives its number.
    pub fn put(&mut self, product: ProductId, from: i64, until: Option<i64>) -> Outcome<usize> {
        let draft = &mut self.draft;
        let from = within_reach(from)?;
        let until = until.map(within_reach).transpose()?.map(|until| until.max(from));
        if draft.sessions.len() + draft.sessions_before >= limits::SESSIONS {
            return fail(Diagnostic::new(format!("more than {} sessions on one day", limits::SESSIONS)));
        }
        draft.sessions.push(Sketch {
            act: Act::Opens,
            product,
            device: None,
            version: None,
            from,
            until,
            clock: draft.clock,
            extra: None,
        });
        Ok(draft.sessions.len() - 1)
    }
}

impl Desk {
    /// Adds a span of idle time to a session.
    pub fn idle(&mut self, session: usize, from: i64, until: i64) -> Outcome<()> {
        let span = (within_reach(from)?, within_reach(until)?);
        let idle = &mut self.draft.sessions[session].extra().idle;
        if idle.len() == limits::SESSIONS {
            return fail(Diagnostic::new(format!("more than {} idle spans in one session", limits::SESSIONS)));
        }
        idle.push(span);
        Ok(())
    }

    /// A product that is charged per result.
    pub fn service(&self, product: &str) -> Outcome<ProductId> {
        let per_day = || {
            Diagnostic::new(format!("`{product}` is charged per day"))
                .expected("`me.uses(product, from, until)` opens it")
        };
        match self.services.get(product) {
            Some(id) => Ok(*id),
            None => fail(kinds::product(product, &self.names).err().unwrap_or_else(per_day)),
        }
    }

    fn cannot_open(&self, product: &str) -> Diagnostic {
        let per_result = || {
            let problem = Diagnostic::new(format!("`{product}` is charged per result"));
            problem.expected("`me.orders(product, at, quantity)` orders them")
        };
        kinds::product(product, &self.names).err().unwrap_or_else(per_result)
    }
}

const DAY: i64 = Span::DAY.seconds();

pub(super) fn within_reach(seconds: i64) -> Outcome<i64> {
    if seconds > limits::DAYS_AHEAD * DAY {
        let far = format!("{seconds} seconds after 00:00 is more than {} days ahead", limits::DAYS_AHEAD);
        return fail(Diagnostic::new(far).expected("seconds after 00:00 of the day, such as `hours(9)`"));
    }
    Ok(seconds.max(0))
}
