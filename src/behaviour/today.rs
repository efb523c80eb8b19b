//! `today`: the local calendar day.

use super::draft::Desk;
use super::failure::{Outcome, fail};
use super::limits;
use super::natives::{Effects, Natives};
use super::streams::week_number;
use crate::calendar::{Calendar, Day};
use crate::diagnostic::Diagnostic;

/// `today` in a script; which day that is, the desk knows.
#[derive(Clone, Copy)]
pub(super) struct Today;

/// Registers the properties of `today`.
pub(super) fn register(natives: &mut Natives<'_>) {
    natives.engine.register_type_with_name::<Today>("`today`");
    natives
        .property("weekday", |desk: &mut Desk, _: Today| Ok(desk.weekdays[desk.draft.day.weekday() as usize].clone()));
    natives.property("is_working", |desk: &mut Desk, _: Today| Ok(desk.calendar().is_working(desk.draft.day)));
    natives.property("is_weekend", |desk: &mut Desk, _: Today| Ok(desk.calendar().is_weekend(desk.draft.day)));
    natives.property("is_day_off", |desk: &mut Desk, _: Today| Ok(desk.calendar().is_day_off(desk.draft.day)));
    natives.property("is_before_weekend", |desk: &mut Desk, _: Today| {
        let (calendar, day) = (desk.calendar(), desk.draft.day);
        Ok(calendar.is_working(day) && !calendar.is_working(day.plus(1)))
    });
    natives.property("is_before_day_off", |desk: &mut Desk, _: Today| {
        let (calendar, day) = (desk.calendar(), desk.draft.day);
        let next = day.plus(1);
        Ok(calendar.is_working(day) && calendar.is_day_off(next) && !calendar.is_weekend(next))
    });
    natives
        .property("next_working_in", |desk: &mut Desk, _: Today| Ok(next_working_in(desk.draft.day, desk.calendar())));
    natives.property("date", |desk: &mut Desk, _: Today| Ok(i64::from(desk.draft.day.number())));
    natives.property("week", |desk: &mut Desk, _: Today| Ok(i64::from(week_number(desk.draft.day))));
    natives.property("year", |desk: &mut Desk, _: Today| Ok(i64::from(desk.draft.day.ymd().0)));
    natives.property("month", |desk: &mut Desk, _: Today| Ok(i64::from(desk.draft.day.ymd().1)));
    natives.property("day_of_month", |desk: &mut Desk, _: Today| Ok(i64::from(desk.draft.day.ymd().2)));
    natives.property("days_in_month", |desk: &mut Desk, _: Today| Ok(days_in_month(desk.draft.day)));
    natives.property("is_first_working_of_month", |desk: &mut Desk, _: Today| {
        let (calendar, day) = (desk.calendar(), desk.draft.day);
        let before = (1..day.ymd().2 as i32).map(|days| day.plus(-days));
        Ok(calendar.is_working(day) && !before.into_iter().any(|day| calendar.is_working(day)))
    });
    natives.property("is_last_working_of_month", |desk: &mut Desk, _: Today| {
        let (calendar, day) = (desk.calendar(), desk.draft.day);
        let left = days_in_month(day) as i32 - day.ymd().2 as i32;
        Ok(calendar.is_working(day) && !(1..=left).any(|days| calendar.is_working(day.plus(days))))
    });
    natives.method("working_days_until", Effects::NONE, |desk: &mut Desk, _: Today, date: i64| {
        working_days_until(desk.draft.day, date, desk.calendar())
    });
}

fn days_in_month(day: Day) -> i64 {
    let (.., of_month) = day.ymd();
    let first = day.plus(1 - of_month as i32);
    // The next month begins within 32 days of this one.
    let next = first.plus(31);
    i64::from(31 - (next.ymd().2 as i32 - 1))
}

/// Those after today, up to and including the date.
fn working_days_until(today: Day, date: i64, calendar: &Calendar) -> Outcome<i64> {
    let days = date.saturating_sub(today.number().into());
    if days > limits::DAYS_COUNTED {
        let far = Diagnostic::new(format!("the date is {days} days ahead"));
        return fail(far.expected(format!("at most {} days", limits::DAYS_COUNTED)));
    }
    Ok(if days > 0 { calendar.working_days(today, today.plus(days as i32)) } else { 0 })
}

/// A year where no day of it is worked.
fn next_working_in(today: Day, calendar: &Calendar) -> i64 {
    (1..366).find(|days| calendar.is_working(today.plus(*days))).unwrap_or(366).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_out_of_all_bounds_is_past_or_far_ahead() {
        let (today, calendar) = (Day::from_number(20_000), Calendar::default());
        assert_eq!(working_days_until(today, i64::MIN, &calendar).ok(), Some(0));
        assert!(working_days_until(today, i64::MAX, &calendar).is_err());
    }
}
