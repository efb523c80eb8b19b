//! `today`: the local calendar day.

use super::draft::Desk;
use super::natives::Natives;
use super::streams::week_number;
use crate::calendar::{Calendar, Day};

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
    natives
        .property("next_working_in", |desk: &mut Desk, _: Today| Ok(next_working_in(desk.draft.day, desk.calendar())));
    natives.property("date", |desk: &mut Desk, _: Today| Ok(i64::from(desk.draft.day.number())));
    natives.property("week", |desk: &mut Desk, _: Today| Ok(i64::from(week_number(desk.draft.day))));
    natives.property("year", |desk: &mut Desk, _: Today| Ok(i64::from(desk.draft.day.ymd().0)));
    natives.property("month", |desk: &mut Desk, _: Today| Ok(i64::from(desk.draft.day.ymd().1)));
    natives.property("day_of_month", |desk: &mut Desk, _: Today| Ok(i64::from(desk.draft.day.ymd().2)));
}

/// A year where no day of it is worked.
fn next_working_in(today: Day, calendar: &Calendar) -> i64 {
    (1..366).find(|days| calendar.is_working(today.plus(*days))).unwrap_or(366).into()
}
