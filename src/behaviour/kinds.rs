//! The kinds of parameters that a script declares, and what a value given for one must be.

use super::literals::{parse_duration, parse_time};
use crate::calendar::{Day, Weekday, Zone};
use crate::diagnostic::{Diagnostic, nearest};
use crate::scenario::GivenValue;

/// The names that a scenario gives: scripts may say no others.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Of products, in the order of their ids.
    pub products: Vec<String>,
    /// Of teams, in the order of their ids.
    pub teams: Vec<String>,
}

/// What a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A probability, 0 to 1.
    Chance,
    /// Any number.
    Number,
    /// A whole number from 0 on.
    Count,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A day.
    Date,
    /// `true` or `false`.
    YesNo,
    /// Any text.
    Text,
    /// A product of the scenario.
    Product,
    /// Products of the scenario.
    Products,
    /// A time zone.
    Zone,
    /// Time zones.
    Zones,
    /// Days of the week.
    Weekdays,
    /// A team of the scenario.
    Team,
    /// Teams of the scenario.
    Teams,
    /// Any numbers.
    Numbers,
    /// Times of day.
    Times,
    /// Lengths of time.
    Durations,
    /// Days.
    Dates,
    /// A path into the scenario.
    Path,
}

/// A parameter's value as a script sees it: times and durations in seconds, a date as its day number.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Of a [`Kind::YesNo`].
    Bool(bool),
    /// Of a [`Kind::Count`], [`Kind::Time`], [`Kind::Duration`] or [`Kind::Date`].
    Integer(i64),
    /// Of a [`Kind::Chance`] or [`Kind::Number`].
    Number(f64),
    /// Of a [`Kind::Text`], [`Kind::Product`], [`Kind::Zone`], [`Kind::Team`] or [`Kind::Path`].
    Text(String),
    /// Of a [`Kind::Products`], [`Kind::Zones`], [`Kind::Weekdays`] or [`Kind::Teams`].
    List(Vec<String>),
    /// Of a [`Kind::Times`], [`Kind::Durations`] or [`Kind::Dates`].
    Integers(Vec<i64>),
    /// Of a [`Kind::Numbers`].
    Numbers(Vec<f64>),
}

/// Each kind with the name scripts give it and what a value of it must be.
const KINDS: [(Kind, &str, &str); 20] = [
    (Kind::Chance, "chance", "a number from 0 to 1"),
    (Kind::Number, "number", "a number"),
    (Kind::Count, "count", "a whole number, 0 or more"),
    (Kind::Time, "time", "a time of day such as \"09:00\""),
    (Kind::Duration, "duration", "a duration such as \"30m\" or \"7h30m\""),
    (Kind::Date, "date", "a date such as \"2027-03-01\""),
    (Kind::YesNo, "yes_no", "true or false"),
    (Kind::Text, "text", "a text"),
    (Kind::Product, "product", "the name of a product"),
    (Kind::Products, "products", "a list of products such as [\"Revit\"]"),
    (Kind::Zone, "zone", "a time zone such as \"Europe/Amsterdam\""),
    (Kind::Zones, "zones", "a list of time zones such as [\"Europe/Amsterdam\"]"),
    (Kind::Weekdays, "weekdays", "a list of days such as [\"mon\", \"tue\"]"),
    (Kind::Team, "team", "the name of a team"),
    (Kind::Teams, "teams", "a list of teams such as [\"design\"]"),
    (Kind::Numbers, "numbers", "a list of numbers such as [1.5, 2]"),
    (Kind::Times, "times", "a list of times such as [\"06:00\", \"14:00\"]"),
    (Kind::Durations, "durations", "a list of durations such as [\"30m\", \"2h\"]"),
    (Kind::Dates, "dates", "a list of dates such as [\"2027-03-01\"]"),
    (Kind::Path, "path", "a path into the scenario such as people.architects.count"),
];

impl Kind {
    /// The kind of a name, or what is wrong with the name.
    pub(super) fn named(name: &str) -> Result<Kind, Diagnostic> {
        let names = || KINDS.iter().map(|(_, name, _)| *name);
        KINDS.iter().find(|(_, known, _)| *known == name).map(|(kind, ..)| *kind).ok_or_else(|| {
            let list = names().collect::<Vec<_>>().join(", ");
            Diagnostic::new(format!("unknown kind `{name}`")).expected(format!("one of {list}")).nearest(name, names())
        })
    }

    /// Every kind.
    pub fn all() -> impl Iterator<Item = Kind> {
        KINDS.iter().map(|(kind, ..)| *kind)
    }

    /// The name that scripts give it.
    pub fn name(self) -> &'static str {
        KINDS[self as usize].1
    }

    /// What a value must be: "a number from 0 to 1".
    pub fn expects(self) -> &'static str {
        KINDS[self as usize].2
    }

    /// The value of what was written; of products and teams, only the form is looked at.
    pub(super) fn read(self, given: &GivenValue) -> Result<Value, Diagnostic> {
        let wrong = || Diagnostic::new(format!("{} isn't {}", shown(given), self.expects()));
        let value = match (self, given) {
            (Kind::Chance, _) => number(given).filter(|chance| (0.0..=1.0).contains(chance)).map(Value::Number),
            (Kind::Number, _) => number(given).map(Value::Number),
            (Kind::Count, GivenValue::Integer(count)) => (*count >= 0).then_some(Value::Integer(*count)),
            (Kind::Time, GivenValue::Text(text)) => parse_time(text).map(Value::Integer),
            (Kind::Duration, GivenValue::Text(text)) => parse_duration(text).map(Value::Integer),
            (Kind::Date, GivenValue::Text(text)) => Day::parse(text).map(|day| Value::Integer(day.number().into())),
            (Kind::YesNo, GivenValue::Bool(yes)) => Some(Value::Bool(*yes)),
            (Kind::Text | Kind::Product | Kind::Zone | Kind::Team | Kind::Path, GivenValue::Text(text)) => {
                Some(Value::Text(text.clone()))
            }
            (Kind::Products | Kind::Zones | Kind::Weekdays | Kind::Teams, GivenValue::List(items)) => {
                texts(items).map(Value::List)
            }
            (Kind::Numbers, GivenValue::List(items)) => {
                items.iter().map(number).collect::<Option<_>>().map(Value::Numbers)
            }
            (Kind::Times, GivenValue::List(items)) => Kind::Time.integers(items),
            (Kind::Durations, GivenValue::List(items)) => Kind::Duration.integers(items),
            (Kind::Dates, GivenValue::List(items)) => Kind::Date.integers(items),
            _ => None,
        };
        let value = value.ok_or_else(wrong)?;
        self.check_names(&value)?;
        Ok(value)
    }

    /// What items of this kind are as whole numbers.
    fn integers(self, items: &[GivenValue]) -> Option<Value> {
        let integer = |item: &GivenValue| match self.read(item) {
            Ok(Value::Integer(number)) => Some(number),
            _ => None,
        };
        items.iter().map(integer).collect::<Option<_>>().map(Value::Integers)
    }

    /// Whether every zone and weekday exists; products and teams are another matter, they are the scenario's.
    fn check_names(self, value: &Value) -> Result<(), Diagnostic> {
        match self {
            Kind::Zone | Kind::Zones => value.texts().try_for_each(|name| zone(name).map(drop)),
            Kind::Weekdays => value.texts().try_for_each(|name| known(name, "weekday", Weekday::NAMES)),
            _ => Ok(()),
        }
    }

    /// Whether the scenario has every product and team that a value names.
    pub(super) fn check_scenario(self, value: &Value, names: &Names) -> Result<(), Diagnostic> {
        match self {
            Kind::Product | Kind::Products => value.texts().try_for_each(|name| product(name, &names.products)),
            Kind::Team | Kind::Teams => value.texts().try_for_each(|name| team(name, &names.teams)),
            _ => Ok(()),
        }
    }

    /// Whether a default of this value means that the scenario must give one.
    pub fn must_be_given(self, default: &Value) -> bool {
        self != Kind::Text && matches!(default, Value::Text(text) if text.is_empty())
            || matches!(default, Value::List(list) if list.is_empty())
    }
}

impl Value {
    /// The texts in it.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let (one, many) = match self {
            Value::Text(text) if !text.is_empty() => (Some(text), &[][..]),
            Value::List(texts) => (None, &texts[..]),
            _ => (None, &[][..]),
        };
        one.into_iter().chain(many).map(String::as_str)
    }
}

/// Whether a product exists.
pub(super) fn product(name: &str, products: &[String]) -> Result<(), Diagnostic> {
    known(name, "product", products.iter().map(String::as_str))
}

/// Whether a team exists.
pub(super) fn team(name: &str, teams: &[String]) -> Result<(), Diagnostic> {
    known(name, "team", teams.iter().map(String::as_str))
}

/// The zone of a name.
pub(super) fn zone(name: &str) -> Result<Zone, Diagnostic> {
    Zone::parse(name).ok_or_else(|| {
        let unknown = Diagnostic::new(format!("unknown zone `{name}`"));
        unknown.expected("an IANA name such as Europe/Amsterdam").nearest(name, Zone::names())
    })
}

fn known<'a>(name: &str, what: &str, names: impl IntoIterator<Item = &'a str> + Clone) -> Result<(), Diagnostic> {
    if names.clone().into_iter().any(|known| known == name) {
        return Ok(());
    }
    let listed: Vec<&str> = names.into_iter().take(20).collect();
    let unknown = Diagnostic::new(format!("unknown {what} `{name}`"));
    if listed.is_empty() {
        return Err(unknown.expected(format!("the scenario has no {what}")));
    }
    let unknown = unknown.expected(format!("one of {}", listed.join(", ")));
    Err(match nearest(name, listed) {
        Some(near) => unknown.help(format!("did you mean `{near}`?")),
        None => unknown,
    })
}

fn number(given: &GivenValue) -> Option<f64> {
    match given {
        GivenValue::Integer(number) => Some(*number as f64),
        GivenValue::Number(number) => Some(*number).filter(|number| number.is_finite()),
        _ => None,
    }
}

fn texts(items: &[GivenValue]) -> Option<Vec<String>> {
    let text = |item: &GivenValue| match item {
        GivenValue::Text(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    };
    items.iter().map(text).collect()
}

/// A value as one would write it, in backticks; a list by what it is.
fn shown(given: &GivenValue) -> String {
    match given {
        GivenValue::Bool(yes) => format!("`{yes}`"),
        GivenValue::Integer(number) => format!("`{number}`"),
        GivenValue::Number(number) => format!("`{number}`"),
        GivenValue::Text(text) => format!("`{text}`"),
        GivenValue::List(items) => format!("this list of {}", items.len()),
        GivenValue::Uncertain(_) => "a distribution".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_in_the_order_of_the_enum() {
        for (index, (kind, name, _)) in KINDS.iter().enumerate() {
            assert_eq!((*kind as usize, kind.name(), Kind::named(name).unwrap()), (index, *name, *kind));
        }
    }

    #[test]
    fn values_are_read_by_kind() {
        let text = |text: &str| GivenValue::Text(text.into());
        let list = |items: &[&str]| GivenValue::List(items.iter().map(|item| text(item)).collect());
        let good = |kind: Kind, given: GivenValue, value: Value| assert_eq!(kind.read(&given).unwrap(), value);
        good(Kind::Chance, GivenValue::Integer(1), Value::Number(1.0));
        good(Kind::Number, GivenValue::Number(-1.5), Value::Number(-1.5));
        good(Kind::Time, text("09:30"), Value::Integer(34_200));
        good(Kind::Duration, text("1h"), Value::Integer(3_600));
        good(Kind::Date, text("1970-01-02"), Value::Integer(1));
        good(Kind::YesNo, GivenValue::Bool(true), Value::Bool(true));
        good(Kind::Zone, text("Asia/Tokyo"), Value::Text("Asia/Tokyo".into()));
        good(Kind::Weekdays, list(&["mon", "fri"]), Value::List(vec!["mon".into(), "fri".into()]));
        let bad = |kind: Kind, given: GivenValue| assert!(kind.read(&given).is_err(), "{kind:?} {given:?}");
        good(Kind::Times, list(&["06:00", "14:00"]), Value::Integers(vec![21_600, 50_400]));
        good(Kind::Durations, list(&["30m"]), Value::Integers(vec![1_800]));
        good(Kind::Dates, list(&["1970-01-02"]), Value::Integers(vec![1]));
        let numbers = GivenValue::List(vec![GivenValue::Integer(1), GivenValue::Number(0.5)]);
        good(Kind::Numbers, numbers, Value::Numbers(vec![1.0, 0.5]));
        bad(Kind::Times, list(&["06:00", "25:00"]));
        bad(Kind::Dates, text("1970-01-02"));
        bad(Kind::Chance, GivenValue::Number(1.01));
        bad(Kind::Number, GivenValue::Number(f64::NAN));
        bad(Kind::Count, GivenValue::Integer(-1));
        bad(Kind::Count, GivenValue::Number(2.0));
        bad(Kind::Time, GivenValue::Integer(9));
        bad(Kind::Duration, GivenValue::Integer(30));
        bad(Kind::YesNo, text("yes"));
        bad(Kind::Zone, text("Europe/Amsterdm"));
        bad(Kind::Zones, text("Asia/Tokyo"));
        bad(Kind::Weekdays, list(&["monday"]));
        bad(Kind::Products, GivenValue::List(vec![GivenValue::Integer(1)]));
    }
}
