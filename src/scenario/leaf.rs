//! Texts and numbers: how each is written, what the schema says of it, and the remedy for likely slips.

use std::num::NonZeroU32;

use serde_json::json;

use super::decode::Leaf;
use super::model::Money;
use super::tree::{Kind, Scalar};
use crate::tokens::Tokens;

/// An amount of tokens above zero: of a pack, of a purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bought(pub Tokens);

/// A share from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share(pub f64);

/// How sure a forecast is to be: a share above 0 and under 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision(pub f64);

/// Three letters such as `EUR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency(pub String);

fn is_number(scalar: &Scalar) -> bool {
    matches!(scalar.kind, Kind::Integer | Kind::Number)
}

/// What is written, where it is a text.
pub(super) fn text(scalar: &Scalar) -> Option<&str> {
    (scalar.kind == Kind::Text).then_some(scalar.text.as_str())
}

/// The plain number that a text in quotes, or with separators, stands for.
fn plain_number(scalar: &Scalar) -> Option<String> {
    let plain = scalar.text.replace(['_', ' '], "");
    let is_text = scalar.kind == Kind::Text && Tokens::parse(&plain).is_some();
    is_text.then(|| format!("write the number alone, without quotes or separators: {plain}"))
}

/// What a plain number goes beyond that is no amount of tokens.
fn beyond_tokens(scalar: &Scalar) -> Option<String> {
    let plain = is_number(scalar) && scalar.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let beyond = plain && Tokens::parse(&scalar.text).is_none();
    beyond.then(|| format!("tokens are counted in millionths, up to {}", Tokens::LARGEST))
}

impl Leaf for String {
    const NAME: &'static str = "a text";
    const EXPECTED: &'static str = "a text in one line";

    fn read(scalar: &Scalar) -> Option<Self> {
        // A session log is read without the spaces around its fields: a name with such would never be met there.
        let text = text(scalar).filter(|text| !text.is_empty() && text.trim() == *text)?;
        (!text.contains(char::is_control)).then(|| text.to_owned())
    }

    fn help(scalar: &Scalar) -> Option<String> {
        match text(scalar) {
            None => Some(format!("as a text, write it in quotes: \"{}\"", scalar.text)),
            Some(text) => (text.trim() != text).then(|| "take out the spaces at its ends".to_owned()),
        }
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

/// Reads a share such as `0.01` or `1%`.
pub fn share(text: &str) -> Option<f64> {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    let number = |text: &str| text.parse::<f64>().ok().filter(|_| plain(text));
    let share = match text.strip_suffix('%') {
        Some(percent) => number(percent.trim_end())? / 100.0,
        None => number(text)?,
    };
    (0.0..=1.0).contains(&share).then_some(share)
}

fn written_share(scalar: &Scalar) -> Option<f64> {
    let text = is_number(scalar) || scalar.text.ends_with('%');
    share(&scalar.text).filter(|_| text)
}

const PERCENTAGE: &str = "^[0-9]+([.][0-9]+)? ?%$";

impl Leaf for Share {
    const NAME: &'static str = "a share";
    const EXPECTED: &'static str = "a share from 0 to 1, such as 0.99 or 99%";

    fn read(scalar: &Scalar) -> Option<Self> {
        written_share(scalar).map(Share)
    }

    fn help(scalar: &Scalar) -> Option<String> {
        plain_number(scalar)
    }

    fn schema() -> serde_json::Value {
        json!({"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": PERCENTAGE}]})
    }
}

impl Precision {
    /// Reads a precision such as `1%` or `0.01`.
    pub fn parse(text: &str) -> Option<Precision> {
        share(text.trim()).filter(|share| 0.0 < *share && *share < 1.0).map(Precision)
    }
}

impl Leaf for Precision {
    const NAME: &'static str = "a precision";
    const EXPECTED: &'static str = "a share above 0 and under 1, such as 1% or 0.01";

    fn read(scalar: &Scalar) -> Option<Self> {
        written_share(scalar).and_then(|_| Precision::parse(&scalar.text))
    }

    fn help(scalar: &Scalar) -> Option<String> {
        plain_number(scalar)
    }

    fn schema() -> serde_json::Value {
        let number = json!({"type": "number", "exclusiveMinimum": 0, "maximum": 1});
        json!({"anyOf": [number, {"type": "string", "pattern": PERCENTAGE}]})
    }
}

impl Leaf for Tokens {
    const NAME: &'static str = "an amount of tokens";
    const EXPECTED: &'static str = "a plain decimal such as 7 or 0.5";

    fn read(scalar: &Scalar) -> Option<Self> {
        if is_number(scalar) { Tokens::parse(&scalar.text) } else { None }
    }

    fn help(scalar: &Scalar) -> Option<String> {
        plain_number(scalar).or_else(|| beyond_tokens(scalar))
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
        plain_number(scalar).or_else(|| beyond_tokens(scalar))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: Leaf>(text: &str, kind: Kind, shown: impl Fn(T) -> String, expected: Option<&str>) {
        let read = T::read(&Scalar { text: text.to_owned(), kind });
        assert_eq!(read.map(shown).as_deref(), expected, "{text}");
    }

    #[test]
    fn numbers_are_plain_exact_and_in_range() {
        use Kind::{Integer, Number, Text};
        let tokens = |amount: Tokens| amount.to_string();
        check("0.50", Number, tokens, Some("0.5"));
        check("7", Integer, tokens, Some("7"));
        check("7", Text, tokens, None);
        check("1e3", Number, tokens, None);
        check("0x10", Integer, tokens, None);
        check("0", Integer, |Bought(amount)| amount.to_string(), None);
        check("3.10", Number, |Money(millionths)| millionths.to_string(), Some("3100000"));
        check("4294967295", Integer, |count: NonZeroU32| count.to_string(), Some("4294967295"));
        check("4294967296", Integer, |count: NonZeroU32| count.to_string(), None);
        check("0", Integer, |count: NonZeroU32| count.to_string(), None);
        check("18446744073709551615", Integer, |seed: u64| seed.to_string(), Some("18446744073709551615"));
        check("-1", Integer, |seed: u64| seed.to_string(), None);
        check("1", Integer, |Share(share)| share.to_string(), Some("1"));
        check("1.01", Number, |Share(share)| share.to_string(), None);
        check("99%", Text, |Share(share)| share.to_string(), Some("0.99"));
        check("101%", Text, |Share(share)| share.to_string(), None);
        check("0.5", Text, |Share(share)| share.to_string(), None);
        check("1%", Text, |Precision(share)| share.to_string(), Some("0.01"));
        check("0.02", Number, |Precision(share)| share.to_string(), Some("0.02"));
        check("0%", Text, |Precision(share)| share.to_string(), None);
        check("nan%", Text, |Precision(share)| share.to_string(), None);
    }

    #[test]
    fn texts_are_lines() {
        let same = |text: String| text;
        check("Point Layout", Kind::Text, same, Some("Point Layout"));
        for text in ["two\nlines", "", " ", " Revit", "Revit\u{a0}"] {
            check(text, Kind::Text, same, None);
        }
        check("7", Kind::Integer, same, None);
        check("true", Kind::Bool, same, None);
        check("EUR", Kind::Text, |Currency(letters)| letters, Some("EUR"));
        check("eur", Kind::Text, |Currency(letters)| letters, None);
        check("true", Kind::Bool, |yes: bool| yes.to_string(), Some("true"));
        check("yes", Kind::Text, |yes: bool| yes.to_string(), None);
    }
}
