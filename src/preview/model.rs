use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::meter::{Denial, EndedBy, Grant};
use crate::time::Instant;
use crate::tokens::Tokens;

/// What one person did in a horizon, and what it cost.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Preview {
    /// Who.
    pub user: String,
    /// Whose days and months these are.
    pub zone: String,
    /// The first day.
    pub first_day: Day,
    /// The last day.
    pub last_day: Day,
    /// The horizon's end: exclusive.
    pub end: Instant,
    /// In the order of opening.
    pub sessions: Vec<Session>,
    /// Each day of the horizon.
    pub days: Vec<DayOf>,
    /// Each month that the horizon touches.
    pub months: Vec<Month>,
    /// What the script noted, by day.
    pub notes: Vec<Noted>,
}

/// A session, or results that were ordered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Session {
    /// The product.
    pub product: String,
    /// Its version; empty where the script names none.
    pub version: String,
    /// The device; empty where the script names none.
    pub device: String,
    /// By whose clock it was planned.
    pub zone: String,
    /// When it was opened, or the results were ordered.
    pub opened: Instant,
    /// When it ended, whoever ended it; `None` where it ran on at the horizon's end, for results and for what was denied.
    pub closed: Option<Instant>,
    /// Whether it was left open until its user opened the product again.
    pub left_open: bool,
    /// Why the meter ended it, where its user didn't.
    pub ended_by: Option<EndedBy>,
    /// Without meaningful use.
    pub idle: Vec<(Instant, Instant)>,
    /// Whether it was opened without a connection.
    pub offline: bool,
    /// The sign-in; empty where it is the user's own.
    pub identity: String,
    /// How often it has been tried: 1 where the day planned it, one more where it follows a denial.
    pub attempt: u16,
    /// How many results were ordered.
    pub results: Option<Tokens>,
    /// Why it was granted; `None` where it was denied.
    pub granted: Option<Grant>,
    /// What it paid for, its renewals and the add-ins that came along included.
    pub charges: Vec<Charge>,
    /// What was denied to it: its opening, or a renewal, which ends it.
    pub denials: Vec<Refused>,
}

/// A charge for a window, or for results.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Charge {
    /// The window's start: the charge belongs to its day (rules.md T9).
    pub start: Instant,
    /// The window's end, exclusive; `None` for results.
    pub end: Option<Instant>,
    /// Of which product.
    pub product: String,
    /// Why it was due.
    pub reason: Grant,
    /// What was paid, and kept where results failed.
    pub tokens: Tokens,
    /// What was given back for results that failed.
    pub given_back: Tokens,
    /// What needn't have been paid.
    pub avoidable: Tokens,
}

/// A denial.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Refused {
    /// When.
    pub at: Instant,
    /// Of which product.
    pub product: String,
    /// Why.
    pub reason: Denial,
}

/// What the script noted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Noted {
    /// For which day.
    pub day: Day,
    /// What it said.
    pub note: String,
}

/// A day of the person's.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DayOf {
    /// Which.
    pub day: Day,
    /// Whether it is worked, by the person's calendar.
    pub working: bool,
    /// Sessions opened and results ordered on it.
    pub sessions: u32,
    /// Of these, those that were granted.
    pub granted: u32,
    /// Paid windows that start on it.
    pub windows: u32,
    /// Of these, those that were paid though nobody needed them.
    pub avoidable_windows: u32,
    /// Charged.
    pub tokens: Tokens,
    /// Of it, avoidable.
    pub avoidable: Tokens,
    /// Denials.
    pub denials: u32,
}

/// What a month comes to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Month {
    /// Its first day in the horizon.
    pub first_day: Day,
    /// Days on which something was opened.
    pub days_used: u32,
    /// Sessions opened and results ordered.
    pub sessions: u32,
    /// Hours that products were open, each product for itself.
    pub hours: f64,
    /// Paid windows.
    pub windows: u32,
    /// Charged.
    pub tokens: Tokens,
    /// Of it, avoidable.
    pub avoidable: Tokens,
    /// Denials.
    pub denials: u32,
}

impl Session {
    /// Whether something was opened: the product, or a cloud service.
    pub fn is_granted(&self) -> bool {
        self.granted.is_some()
    }
}

impl Month {
    /// All months together.
    pub fn total(months: &[Month]) -> Month {
        let mut total = Month { first_day: months[0].first_day, ..Month::empty(months[0].first_day) };
        for month in months {
            total.days_used += month.days_used;
            total.sessions += month.sessions;
            total.hours += month.hours;
            total.windows += month.windows;
            total.tokens += month.tokens;
            total.avoidable += month.avoidable;
            total.denials += month.denials;
        }
        total
    }

    pub(super) fn empty(first_day: Day) -> Month {
        Month {
            first_day,
            days_used: 0,
            sessions: 0,
            hours: 0.0,
            windows: 0,
            tokens: Tokens::ZERO,
            avoidable: Tokens::ZERO,
            denials: 0,
        }
    }
}
