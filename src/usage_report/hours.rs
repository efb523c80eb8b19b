//! At which hours there was use, and what one person did.

use super::book::UsageBook;
use super::build::Question;
use super::model::{OpensOfWeekday, Person, PersonCharge, PersonSession};
use crate::calendar::{Weekday, parse_instant};

/// By weekday, how often products were opened in each hour.
pub(super) fn hours(book: &UsageBook, question: &Question) -> Vec<OpensOfWeekday> {
    let mut weekdays = Weekday::ALL.map(|day| OpensOfWeekday { weekday: day.name().to_owned(), opens: vec![0; 24] });
    let days = question.days();
    let asked = book.opens.iter().filter(|of| question.team.is_none() || of.team == question.team);
    for of in asked.filter(|of| days.contains(&of.day)) {
        let opens = &mut weekdays[of.day.weekday() as usize].opens;
        opens.iter_mut().zip(of.hours).for_each(|(all, more)| *all += more);
    }
    weekdays.into()
}

/// What was open or charged in the range.
pub(super) fn person(person: &Person, question: &Question) -> Person {
    let days = question.days();
    let day = |instant: &String| parse_instant(instant).map(|at| question.zone.day_of(at));
    let within = |from: &String, until: Option<&String>| {
        day(from).is_some_and(|from| from <= *days.end())
            && until.and_then(day).is_none_or(|until| until >= *days.start())
    };
    let is_open = |session: &&PersonSession| {
        let PersonSession { opened, closed, denied, .. } = session;
        within(opened, closed.as_ref().or(denied.as_ref().map(|_| opened)))
    };
    let is_charged = |charge: &&PersonCharge| within(&charge.start, charge.end.as_ref().or(Some(&charge.start)));
    Person {
        user: person.user.clone(),
        sessions: person.sessions.iter().filter(is_open).cloned().collect(),
        charges: person.charges.iter().filter(is_charged).cloned().collect(),
    }
}
