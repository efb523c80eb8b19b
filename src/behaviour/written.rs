//! Values as a scenario writes them.

use std::fmt;

use super::kinds::{Kind, Value};
use super::literals::{duration_text, time_text};
use crate::calendar::Day;

impl Kind {
    /// A value of this kind as a scenario writes it: `09:00`, `7h30m`, `[Revit, Maya]`.
    pub fn written(self, value: &Value) -> String {
        match (self, value) {
            (Kind::Time, Value::Integer(seconds)) => time_text(*seconds),
            (Kind::Duration, Value::Integer(seconds)) => duration_text(*seconds),
            (Kind::Date, Value::Integer(number)) => Day::from_number(*number as i32).to_string(),
            (kind, Value::Integers(numbers)) => {
                listed(numbers.iter().map(|number| kind.item().written(&Value::Integer(*number))))
            }
            _ => value.to_string(),
        }
    }

    /// Of a kind of lists, that of their items.
    fn item(self) -> Kind {
        match self {
            Kind::Times => Kind::Time,
            Kind::Durations => Kind::Duration,
            Kind::Dates => Kind::Date,
            other => other,
        }
    }
}

/// A plain value, as a script or a scenario writes it.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Integer(number) => number.fmt(f),
            Value::Number(number) => number.fmt(f),
            Value::Bool(yes) => yes.fmt(f),
            Value::Text(text) => text.fmt(f),
            Value::List(texts) => write!(f, "[{}]", texts.join(", ")),
            Value::Integers(numbers) => f.write_str(&listed(numbers.iter().map(i64::to_string))),
            Value::Numbers(numbers) => f.write_str(&listed(numbers.iter().map(f64::to_string))),
        }
    }
}

fn listed(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::GivenValue;

    #[test]
    fn what_is_written_is_read_again() {
        for (kind, text) in [
            (Kind::Time, "09:05"),
            (Kind::Time, "24:00"),
            (Kind::Duration, "7h30m"),
            (Kind::Duration, "1d"),
            (Kind::Duration, "0s"),
            (Kind::Date, "2027-03-01"),
            (Kind::Zone, "Asia/Tokyo"),
        ] {
            let value = kind.read(&GivenValue::Text(text.into())).unwrap();
            assert_eq!(kind.written(&value), text);
        }
        assert_eq!(Kind::Zones.written(&Value::List(vec!["a".into(), "b".into()])), "[a, b]");
        assert_eq!(Kind::Chance.written(&Value::Number(0.02)), "0.02");
    }
}
