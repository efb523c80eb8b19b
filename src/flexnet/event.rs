//! Lines as FlexNet writes them, and what they say. The forms are those of the vendor's licence administration guide ("Debug Log
//! Messages") and of real logs.

use crate::calendar::{Day, parse_instant};
use crate::time::Instant;

/// A line: when it was written, by which daemon, and what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// When.
    pub stamp: Stamp,
    /// `lmgrd`, or a vendor's daemon such as `adskflex`.
    pub daemon: &'a str,
    /// The rest of the line.
    pub message: &'a str,
}

/// When a line was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// By the clock on the server's wall: seconds after 00:00 of a day that the line doesn't tell.
    Wall(i64),
    /// With its date and offset: the server runs with `-datestamp`.
    Instant(Instant),
}

/// What a line tells of licences and of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A licence goes out.
    Out(Checkout<'a>),
    /// A licence comes back, whoever returned it: with the server's word for why, such as `INACTIVE`.
    In(Checkout<'a>, &'a str),
    /// A request was refused: with the reason as the server words it.
    Denied(Checkout<'a>, &'a str),
    /// A request for what the server doesn't have.
    Unsupported,
    /// The daemon ends.
    Exits,
    /// A daemon starts: this one, or all where none is named.
    Starts(Option<&'a str>),
    /// A line of one of these kinds that is torn.
    Torn,
    /// All else.
    Other,
}

/// Who has which licence where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkout<'a> {
    /// The feature's name or code.
    pub feature: &'a str,
    /// The user, as the server names them.
    pub user: &'a str,
    /// The device.
    pub host: &'a str,
    /// The server's number for this checkout, where the log is verbose.
    pub handle: Option<&'a str>,
}

/// Takes a line apart: `H:MM:SS (daemon) message`.
pub fn line(text: &str) -> Option<Line<'_>> {
    let (stamp, rest) = text.trim().split_once(char::is_whitespace)?;
    let (daemon, message) = rest.trim_start().strip_prefix('(')?.split_once(')')?;
    let stamp = wall(stamp).map(Stamp::Wall).or_else(|| dated(stamp).map(Stamp::Instant))?;
    (!daemon.is_empty()).then_some(Line { stamp, daemon, message: message.trim() })
}

fn wall(text: &str) -> Option<i64> {
    let mut parts = text.split(':').map(|part| part.parse::<u8>().ok().filter(|_| part.len() <= 2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    // A second of 60 is a leap second's.
    let valid = parts.next().is_none() && hour < 24 && minute < 60 && second <= 60;
    valid.then_some(i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second))
}

/// `2027-03-01T09:00:00+0100`, with or without a colon in the offset.
fn dated(text: &str) -> Option<Instant> {
    if !text.contains('T') {
        return None;
    }
    parse_instant(text).or_else(|| {
        let (before, minutes) = text.split_at_checked(text.len().checked_sub(2)?)?;
        parse_instant(&format!("{before}:{minutes}"))
    })
}

/// What a line says.
pub fn event<'a>(line: &Line<'a>) -> Event<'a> {
    let message = line.message;
    let told = |rest: &'a str, event: fn(Checkout<'a>, &'a str) -> Event<'a>| {
        checkout(rest).map_or(Event::Torn, |(checkout, tail)| event(checkout, reason(tail)))
    };
    let (word, rest) = message.split_once(char::is_whitespace).unwrap_or((message, ""));
    match word {
        "OUT:" => told(rest, |checkout, _| Event::Out(checkout)),
        "IN:" => told(rest, Event::In),
        "DENIED:" => told(rest, Event::Denied),
        "UNSUPPORTED:" => Event::Unsupported,
        "EXITING" if line.daemon != "lmgrd" => Event::Exits,
        _ if line.daemon == "lmgrd" => started(word, rest),
        "FlexNet" if rest.starts_with("Licensing version") => Event::Starts(Some(line.daemon)),
        _ => Event::Other,
    }
}

fn started<'a>(word: &str, rest: &'a str) -> Event<'a> {
    match word {
        "Started" | "Restarted" | "REStarted" => Event::Starts(rest.split_whitespace().next()),
        _ if rest.contains(") started on ") => Event::Starts(None),
        _ => Event::Other,
    }
}

/// Whether a line that isn't of the form tells of a licence all the same: its beginning is torn off.
pub fn seems_torn(text: &str) -> bool {
    ["OUT: \"", "IN: \"", "DENIED: \""].iter().any(|word| text.contains(word))
}

/// `"feature" user@host  (2 licenses)`, and what stands after the host. Users may have spaces and @ in their names.
fn checkout(text: &str) -> Option<(Checkout<'_>, &str)> {
    let (feature, rest) = text.trim_start().strip_prefix('"')?.split_once('"')?;
    let at = rest.find('@')?;
    let end = rest[at..].find(char::is_whitespace).map_or(rest.len(), |length| at + length);
    let (user, host) = rest[..end].rsplit_once('@')?;
    let tail = rest[end..].trim();
    let mut verbose = tail.split_once("^^^").map_or("", |(_, rest)| rest).split_whitespace().skip(1);
    let named = verbose.next();
    let handle = verbose.nth(2);
    let user = Some(user.trim()).filter(|user| !user.is_empty()).or(named)?;
    let whole = !feature.is_empty() && !host.is_empty();
    whole.then_some((Checkout { feature, user, host, handle }, tail))
}

/// `(Licensed number of users already reached. (-4,342))` without the brackets around it.
fn reason(tail: &str) -> &str {
    let tail = tail.split("^^^").next().unwrap_or_default().trim();
    tail.strip_prefix('(').map_or(tail, |inner| inner.strip_suffix(')').unwrap_or(inner))
}

/// The day that a line names as its own, and what it says of the server's zone.
pub fn date(message: &str) -> Option<(Day, Option<&str>)> {
    if let Some(date) = message.strip_prefix("TIMESTAMP ") {
        return Some((slashed(date.split_whitespace().next()?)?, None));
    }
    if let Some((_, rest)) = message.split_once(") started on ") {
        return Some((slashed(rest.rsplit_once('(')?.1.strip_suffix(')')?)?, None));
    }
    let spelled = ["Start-Date: ", "Server's System Date and Time: ", "SLOG@) Time: "];
    let rest = spelled.iter().find_map(|word| Some(message.split_once(word)?.1))?;
    let mut words = rest.splitn(6, ' ').skip(1);
    let (month, day, year) = (words.next()?, words.next()?, words.next()?);
    let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        .iter()
        .position(|name| *name == month)?;
    Some((day_of(year, &(month + 1).to_string(), day)?, words.nth(1)))
}

/// `3/30/2016`: the month comes first, wherever the server stands.
fn slashed(text: &str) -> Option<Day> {
    let mut parts = text.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    day_of(year, month, day)
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Day> {
    // FlexLM was first sold in 1988; what is far from now is no date but a torn line.
    let year = year.parse().ok().filter(|year| (1980..2200).contains(year))?;
    Day::from_ymd(year, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
#[path = "event/tests.rs"]
mod tests;
