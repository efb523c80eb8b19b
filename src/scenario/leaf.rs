//! Single values: how each is written, what the schema says of it, and the remedy for likely slips.

use std::num::NonZeroU32;

use serde_json::json;

use super::decode::Leaf;
use super::model::Money;
use super::tree::{Kind, Scalar};
use crate::calendar::{Day, Zone, parse_instant};
use crate::diagnostic::nearest;
use crate::time::{Instant, Span};
use crate::tokens::Tokens;

/// A day, or an instant: both are written where something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A day in the scenario's zone.
    Day(Day),
    /// An instant with its offset.
    Instant(Instant),
}

impl Moment {
    /// The instant, or the start of the day.
    pub fn start(self, zone: Zone) -> Instant {
        match self {
            Moment::Day(day) => zone.start_of(day),
            Moment::Instant(at) => at,
        }
    }

    /// The instant, or the end of the day: both exclusive.
    pub fn end(self, zone: Zone) -> Instant {
        match self {
            Moment::Day(day) => zone.start_of(day.plus(1)),
            Moment::Instant(at) => at,
        }
    }

    /// The day, or the one the instant falls on.
    pub fn day(self, zone: Zone) -> Day {
        match self {
            Moment::Day(day) => day,
            Moment::Instant(at) => zone.day_of(at),
        }
    }
}

/// An amount of tokens above zero: of a pack, of a purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bought(pub Tokens);

/// A share from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share(pub f64);

/// Three letters such as `EUR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency(pub String);

fn is_number(scalar: &Scalar) -> bool {
    matches!(scalar.kind, Kind::Integer | Kind::Number)
}

fn text(scalar: &Scalar) -> Option<&str> {
    (scalar.kind == Kind::Text).then_some(scalar.text.as_str())
}

/// The plain number that a text in quotes, or with separators, stands for.
fn plain_number(scalar: &Scalar) -> Option<String> {
    let plain = scalar.text.replace(['_', ' '], "");
    let is_text = scalar.kind == Kind::Text && Tokens::parse(&plain).is_some();
    is_text.then(|| format!("write the number alone, without quotes or separators: {plain}"))
}

/// Years that calendars and zones are known for, and then some.
fn within_reach(day: Day) -> bool {
    (1970..2200).contains(&day.ymd().0)
}

fn read_instant(text: &str) -> Option<Instant> {
    let (earliest, latest) = (parse_instant("1970-01-01T00:00:00Z"), parse_instant("2200-01-01T00:00:00Z"));
    parse_instant(text).filter(|at| (earliest..latest).contains(&Some(*at)))
}

impl Leaf for String {
    const NAME: &'static str = "a text";
    const EXPECTED: &'static str = "a text in one line";

    fn read(scalar: &Scalar) -> Option<Self> {
        let text = text(scalar).filter(|text| !text.trim().is_empty())?;
        (!text.contains(char::is_control)).then(|| text.to_owned())
    }

    fn help(scalar: &Scalar) -> Option<String> {
        (scalar.kind != Kind::Text).then(|| format!("as a text, write it in quotes: \"{}\"", scalar.text))
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "minLength": 1})
    }
}

impl Leaf for bool {
    const NAME: &'static str = "a truth value";
    const EXPECTED: &'static str = "`true` or `false`";

    fn read(scalar: &Scalar) -> Option<Self> {
        (scalar.kind == Kind::Bool).then(|| scalar.text.eq_ignore_ascii_case("true"))
    }

    fn help(scalar: &Scalar) -> Option<String> {
        match scalar.text.to_lowercase().as_str() {
            "yes" | "on" | "1" | "true" => Some("write `true`".to_owned()),
            "no" | "off" | "0" | "false" => Some("write `false`".to_owned()),
            _ => None,
        }
    }

    fn schema() -> serde_json::Value {
        json!({"type": "boolean"})
    }
}

impl Leaf for NonZeroU32 {
    const NAME: &'static str = "a count";
    const EXPECTED: &'static str = "a whole number from 1 on";

    fn read(scalar: &Scalar) -> Option<Self> {
        if scalar.kind == Kind::Integer { scalar.text.parse().ok() } else { None }
    }

    fn help(scalar: &Scalar) -> Option<String> {
        plain_number(scalar)
    }

    fn schema() -> serde_json::Value {
        json!({"type": "integer", "minimum": 1, "maximum": u32::MAX})
    }
}

impl Leaf for u64 {
    const NAME: &'static str = "a number";
    const EXPECTED: &'static str = "a whole number from 0 on";

    fn read(scalar: &Scalar) -> Option<Self> {
        if is_number(scalar) { scalar.text.parse().ok() } else { None }
    }

    fn help(scalar: &Scalar) -> Option<String> {
        plain_number(scalar)
    }

    fn schema() -> serde_json::Value {
        json!({"type": "integer", "minimum": 0, "maximum": u64::MAX})
    }
}

impl Leaf for Share {
    const NAME: &'static str = "a share";
    const EXPECTED: &'static str = "a share from 0 to 1, such as 0.99";

    fn read(scalar: &Scalar) -> Option<Self> {
        let share = if is_number(scalar) { scalar.text.parse().ok()? } else { return None };
        (0.0..=1.0).contains(&share).then_some(Share(share))
    }

    fn help(scalar: &Scalar) -> Option<String> {
        plain_number(scalar)
    }

    fn schema() -> serde_json::Value {
        json!({"type": "number", "minimum": 0, "maximum": 1})
    }
}

impl Leaf for Tokens {
    const NAME: &'static str = "an amount of tokens";
    const EXPECTED: &'static str = "a plain decimal such as 7 or 0.5";

    fn read(scalar: &Scalar) -> Option<Self> {
        if is_number(scalar) { Tokens::parse(&scalar.text) } else { None }
    }

    fn help(scalar: &Scalar) -> Option<String> {
        plain_number(scalar)
    }

    fn schema() -> serde_json::Value {
        json!({"type": "number", "minimum": 0, "maximum": 1_000_000_000_000_u64})
    }
}

impl Leaf for Bought {
    const NAME: &'static str = "an amount of tokens above 0";
    const EXPECTED: &'static str = "a plain decimal such as 500";

    fn read(scalar: &Scalar) -> Option<Self> {
        Tokens::read(scalar).filter(|tokens| !tokens.is_zero()).map(Bought)
    }

    fn help(scalar: &Scalar) -> Option<String> {
        plain_number(scalar)
    }

    fn schema() -> serde_json::Value {
        json!({"type": "number", "exclusiveMinimum": 0, "maximum": 1_000_000_000_000_u64})
    }
}

impl Leaf for Money {
    const NAME: &'static str = "a price";
    const EXPECTED: &'static str = "a plain decimal such as 3.00";

    fn read(scalar: &Scalar) -> Option<Self> {
        Tokens::read(scalar).map(|amount| Money(amount.millionths()))
    }

    fn help(_: &Scalar) -> Option<String> {
        Some("write the amount alone; `currency` names its unit".to_owned())
    }

    fn schema() -> serde_json::Value {
        Tokens::schema()
    }
}

impl Leaf for Currency {
    const NAME: &'static str = "a currency";
    const EXPECTED: &'static str = "three letters such as EUR";

    fn read(scalar: &Scalar) -> Option<Self> {
        let letters = text(scalar)?;
        let plain = letters.len() == 3 && letters.bytes().all(|letter| letter.is_ascii_uppercase());
        plain.then(|| Currency(letters.to_owned()))
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "pattern": "^[A-Z]{3}$"})
    }
}

const DAY_PATTERN: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

impl Leaf for Day {
    const NAME: &'static str = "a date";
    const EXPECTED: &'static str = "a date such as 2027-03-01";

    fn read(scalar: &Scalar) -> Option<Self> {
        text(scalar).and_then(Day::parse).filter(|day| within_reach(*day))
    }

    fn help(scalar: &Scalar) -> Option<String> {
        let day = scalar.text.get(..10).filter(|_| scalar.text.len() > 10).and_then(Day::parse)?;
        Some(format!("a day is meant here, without a time: {day}"))
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "format": "date", "pattern": DAY_PATTERN})
    }
}

impl Leaf for Moment {
    const NAME: &'static str = "a date or an instant";
    const EXPECTED: &'static str = "a date such as 2027-03-01, or an instant such as 2027-03-01T09:00:00+01:00";

    fn read(scalar: &Scalar) -> Option<Self> {
        let day = || Day::read(scalar).map(Moment::Day);
        day().or_else(|| text(scalar).and_then(read_instant).map(Moment::Instant))
    }

    fn help(scalar: &Scalar) -> Option<String> {
        let with_offset = read_instant(&format!("{}Z", scalar.text)).or(read_instant(&format!("{}:00Z", scalar.text)));
        with_offset
            .map(|_| "an instant has seconds and ends with its offset from UTC, such as `Z` or `+01:00`".to_owned())
    }

    fn schema() -> serde_json::Value {
        json!({"anyOf": [<Day as Leaf>::schema(), {"type": "string", "format": "date-time"}]})
    }
}

impl Leaf for Span {
    const NAME: &'static str = "a duration";
    const EXPECTED: &'static str = "a duration such as 90s, 5m, 24h or 3d";

    fn read(scalar: &Scalar) -> Option<Self> {
        let text = text(scalar)?;
        let (number, unit) = text.split_at(text.len().checked_sub(1).filter(|at| text.is_char_boundary(*at))?);
        let seconds = [("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)].iter().find(|(name, _)| *name == unit)?.1;
        let digits = (1..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| number.parse::<i64>().ok().map(|number| Span::from_seconds(number * seconds))).flatten()
    }

    fn help(scalar: &Scalar) -> Option<String> {
        (scalar.kind == Kind::Integer).then(|| format!("add the unit: `{0}s`, `{0}m`, `{0}h` or `{0}d`", scalar.text))
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "pattern": "^[0-9]{1,9}[smhd]$"})
    }
}

impl Leaf for Zone {
    const NAME: &'static str = "a time zone";
    const EXPECTED: &'static str = "a zone such as Europe/Amsterdam, or UTC";

    fn read(scalar: &Scalar) -> Option<Self> {
        text(scalar).and_then(Zone::parse)
    }

    fn help(scalar: &Scalar) -> Option<String> {
        let city = |name: &&str| name.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&scalar.text));
        let meant = Zone::names().find(city).or_else(|| nearest(&scalar.text, Zone::names()));
        meant.map(|name| format!("did you mean `{name}`?"))
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "enum": Zone::names().collect::<Vec<_>>()})
    }
}
