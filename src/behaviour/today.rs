//! `today`: the local calendar day.

use std::rc::Rc;

use rhai::{Engine, ImmutableString, Variant};

use super::draft::Desk;
use super::streams::week_number;
use crate::calendar::{Calendar, Day, Weekday};

/// `today` in a script; which day that is, the desk knows.
#[derive(Clone)]
pub(super) struct Today;

/// Registers the properties of `today`.
pub(super) fn register(engine: &mut Engine, desk: &Rc<Desk>) {
    engine.register_type_with_name::<Today>("`today`");
    let names = Weekday::NAMES.map(ImmutableString::from);
    property(engine, desk, "weekday", move |day, _| names[day.weekday() as usize].clone());
    property(engine, desk, "is_working", |day, calendar| calendar.is_working(day));
    property(engine, desk, "is_weekend", |day, calendar| calendar.is_weekend(day));
    property(engine, desk, "is_day_off", |day, calendar| calendar.is_day_off(day));
    property(engine, desk, "is_before_weekend", |day, calendar| {
        calendar.is_working(day) && !calendar.is_working(day.plus(1))
    });
    property(engine, desk, "next_working_in", next_working_in);
    property(engine, desk, "date", |day, _| i64::from(day.number()));
    property(engine, desk, "week", |day, _| i64::from(week_number(day)));
    property(engine, desk, "year", |day, _| i64::from(day.ymd().0));
    property(engine, desk, "month", |day, _| i64::from(day.ymd().1));
    property(engine, desk, "day_of_month", |day, _| i64::from(day.ymd().2));
}

fn property<T: Variant + Clone>(
    engine: &mut Engine,
    desk: &Rc<Desk>,
    name: &str,
    read: impl Fn(Day, &Calendar) -> T + 'static,
) {
    let own = desk.clone();
    engine.register_get(name, move |_: &mut Today| {
        let draft = own.draft.borrow();
        read(draft.day, &own.calendars[own.roles[draft.group].calendar])
    });
}

/// A year where no day of it is worked.
fn next_working_in(today: Day, calendar: &Calendar) -> i64 {
    (1..366).find(|days| calendar.is_working(today.plus(*days))).unwrap_or(366).into()
}
