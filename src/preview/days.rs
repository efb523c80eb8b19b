use super::{Charge, DayOf, Month, Session};
use crate::calendar::{Calendar, Day, Zone};
use crate::time::Instant;
use crate::tokens::Tokens;

/// Each day with what falls on it.
pub(super) fn days(horizon: &[Day], calendar: &Calendar, zone: Zone, sessions: &[Session]) -> Vec<DayOf> {
    let empty = |day: &Day| DayOf {
        day: *day,
        working: calendar.is_working(*day),
        sessions: 0,
        granted: 0,
        windows: 0,
        avoidable_windows: 0,
        tokens: Tokens::ZERO,
        avoidable: Tokens::ZERO,
        denials: 0,
    };
    let mut days: Vec<DayOf> = horizon.iter().map(empty).collect();
    let last = days.len() - 1;
    let place = |at: Instant| ((zone.day_of(at).number() - horizon[0].number()).max(0) as usize).min(last);
    for session in sessions {
        let day = &mut days[place(session.opened)];
        day.sessions += 1;
        day.granted += u32::from(session.is_granted());
        for Charge { start, end, tokens, avoidable, .. } in &session.charges {
            let day = &mut days[place(*start)];
            day.windows += u32::from(end.is_some());
            day.avoidable_windows += u32::from(!avoidable.is_zero());
            day.tokens += *tokens;
            day.avoidable += *avoidable;
        }
        for refused in &session.denials {
            days[place(refused.at)].denials += 1;
        }
    }
    days
}

/// The days by month; hours count where they are spent.
pub(super) fn months(days: &[DayOf], sessions: &[Session], zone: Zone, end: Instant) -> Vec<Month> {
    let month = |day: Day| (day.ymd().0, day.ymd().1);
    let months = days.chunk_by(|a, b| month(a.day) == month(b.day)).map(|days| {
        let mut sum = Month::empty(days[0].day);
        for day in days {
            sum.days_used += u32::from(day.granted > 0);
            sum.sessions += day.sessions;
            sum.windows += day.windows;
            sum.tokens += day.tokens;
            sum.avoidable += day.avoidable;
            sum.denials += day.denials;
        }
        let span = (zone.start_of(days[0].day), zone.start_of(days[days.len() - 1].day.plus(1)));
        sum.hours = sessions.iter().map(|session| seconds_within(session, span, end)).sum::<i64>() as f64 / 3600.0;
        sum
    });
    months.collect()
}

/// How long a session was open within a span.
fn seconds_within(session: &Session, (from, until): (Instant, Instant), end: Instant) -> i64 {
    if !session.is_granted() || session.results.is_some() {
        return 0;
    }
    let closed = session.closed.unwrap_or(end);
    (closed.min(until) - session.opened.max(from)).seconds().max(0)
}
