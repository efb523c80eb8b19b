use crate::calendar::Day;
use crate::ids::{DeviceId, ProductId, UserId, VersionId};
use crate::time::Instant;
use crate::tokens::Tokens;

/// Something that someone means to do: mostly, to have a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Who.
    pub user: UserId,
    /// What is opened, or of which cloud service results are ordered.
    pub product: ProductId,
    /// On which device, by [`super::Planner::device_name`].
    pub device: DeviceId,
    /// In which version, by [`super::Planner::version_name`].
    pub version: VersionId,
    /// When; may lie outside the scenario's horizon where the user lives in another zone.
    pub opened: Instant,
    /// What this is.
    pub what: What,
    /// What planned it.
    pub origin: Origin,
    /// What few say of what they plan.
    pub details: Option<Box<Details>>,
}

/// The call of a script that planned something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The local day that was planned.
    pub day: Day,
    /// Which plan for that day, counted from 0.
    pub plan: u16,
    /// How often it has been tried: 1 where the day planned it, one more where it follows a denial.
    pub attempt: u16,
    /// By whose clock, as the planner counts them.
    pub(super) clock: u16,
}

impl Origin {
    /// What the day itself plans, by a clock.
    pub const fn of_day(day: Day, clock: u16) -> Self {
        Origin { day, plan: 0, attempt: 1, clock }
    }
}

/// A refusal of what someone planned.
#[derive(Clone, Debug)]
pub struct Denial {
    /// Whose.
    pub user: UserId,
    /// Of which product.
    pub product: ProductId,
    /// What planned it.
    pub origin: Origin,
    /// When it was to be closed; of results, when they were ordered.
    pub until: Until,
    /// When it was refused.
    pub at: Instant,
    /// The word of rules.md.
    pub reason: &'static str,
}

/// A call of `denied`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// Which denial of its day, counted from 1.
    pub number: u16,
    /// Which plan for its day.
    pub plan: u16,
    /// How many sessions earlier ones planned for its day.
    pub sessions: usize,
}

/// What someone does after a denial, beside what is planned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reaction {
    /// Goes home.
    pub goes_home: bool,
    /// Carries on something else, on which the next day's plan may hang.
    pub carries_on: bool,
}

/// What someone means to do. In this order, where it falls on the same instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Leaves: nothing is opened from here on, and what is open is closed.
    Leaves,
    /// Is there again.
    Joins,
    /// A session, until then.
    Session(Until),
    /// Results of a cloud service: [`Details::results`].
    Results,
}

/// When a session is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// At this instant, never before the open.
    At(Instant),
    /// When the same user next opens the same product, or at the end of the horizon.
    NextOpen,
}

/// What few say of what they plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// Without meaningful use (rules.md T7): half-open spans as the script gave them.
    pub idle: Vec<(Instant, Instant)>,
    /// Whether the device is without a connection (O1, O2).
    pub offline: bool,
    /// The sign-in, where it is another than the user's own (E6).
    pub identity: Option<String>,
    /// What is ordered.
    pub results: Results,
}

/// Results of a cloud service (rules.md X4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// How many, where one token stands for one result: more than 0.
    pub quantity: Tokens,
    /// When so many of them fail, where some do.
    pub failed: Option<(Instant, Tokens)>,
}

impl Planned {
    /// When a session is closed; `None` for all else.
    pub const fn closed(&self) -> Option<Until> {
        match self.what {
            What::Session(until) => Some(until),
            What::Leaves | What::Joins | What::Results => None,
        }
    }

    /// Its place among what is planned for the same instant.
    pub const fn rank(&self) -> u8 {
        match self.what {
            What::Leaves => 0,
            What::Joins => 1,
            What::Session(_) => 2,
            What::Results => 3,
        }
    }

    /// Spans without meaningful use.
    pub fn idle(&self) -> &[(Instant, Instant)] {
        self.details.as_ref().map_or(&[], |details| &details.idle)
    }
}
