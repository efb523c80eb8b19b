//! YAML as a tree in which every node knows its place: what the decoder reads, and what diagnostics point at.

use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::options::{AliasLimits, MergeKeyPolicy};
use serde_yaml::{Budget, DuplicateKeyPolicy, Location, NonFiniteFloatPolicy, Options, Spanned};

use super::syntax::syntax_error;
use crate::diagnostic::{Diagnostic, Place, Source};

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it is written: of a list or a map, its first character or key.
    pub place: Place,
    /// What is written there.
    pub value: Value,
}

/// What may be written in YAML, keys given twice included.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Empty,
    /// A single value.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order of writing.
    Map(Vec<(Node, Node)>),
}

/// A single value as its characters, so that decimals stay exact.
#[derive(Clone, Debug)]
pub struct Scalar {
    /// Of a number or truth value as written; of a text without its quotes.
    pub text: String,
    /// What YAML takes it for.
    pub kind: Kind,
}

/// What YAML takes a single value for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A number with a decimal point or an exponent.
    Number,
    /// Anything else.
    Text,
}

/// Reads the only document of a text.
pub fn parse(source: &Arc<Source>) -> Result<Node, Diagnostic> {
    parse_text(&source.text, source)
}

/// The same of a text whose places are those of a source: what isn't YAML in the source is blank in it.
pub(super) fn parse_text(text: &str, source: &Arc<Source>) -> Result<Node, Diagnostic> {
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options()) {
        Ok(raw) => Ok(node(raw, text, source)),
        Err(error) => Err(syntax_error(error.without_snippet(), source)),
    }
}

/// Limits far above what a scenario needs, so that a hostile file is refused before it is expanded.
fn options() -> Options {
    serde_yaml::options! {
        budget: limits(),
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::Merge,
        alias_limits: replay_limits(),
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        reject_unsupported_tags: true,
        with_snippet: false,
    }
}

fn limits() -> Option<Budget> {
    serde_yaml::budget! { max_depth: 24, flow_nesting_limit: 24, max_nodes: 200_000, max_events: 500_000 }
}

fn replay_limits() -> AliasLimits {
    serde_yaml::alias_limits! { max_total_replayed_events: 50_000, max_replay_stack_depth: 8 }
}

/// A value before its characters are looked up: the parser hands numbers over as numbers.
enum Raw {
    Empty,
    Plain(Kind),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

fn node(raw: Spanned<Raw>, text: &str, source: &Arc<Source>) -> Node {
    let located = |raw| node(raw, text, source);
    let value = match raw.value {
        Raw::Empty => Value::Empty,
        Raw::Plain(kind) => Value::Scalar(Scalar { text: written(raw.defined, text), kind }),
        Raw::Text(text) => Value::Scalar(Scalar { text, kind: Kind::Text }),
        Raw::List(items) => Value::List(items.into_iter().map(located).collect()),
        Raw::Map(entries) => {
            Value::Map(entries.into_iter().map(|(key, value)| (located(key), located(value))).collect())
        }
    };
    Node { place: place_of(raw.defined, &value, source), value }
}

/// The characters at a location.
fn written(location: Location, text: &str) -> String {
    let span = location.span();
    let start = span.byte_offset().unwrap_or(0) as usize;
    let end = start + span.byte_len().unwrap_or(0) as usize;
    text.get(start..end).unwrap_or_default().trim().to_owned()
}

fn place_of(location: Location, value: &Value, source: &Arc<Source>) -> Place {
    let length = match value {
        Value::Scalar(_) => location.span().len() as u32,
        Value::Map(entries) => match entries.first() {
            Some((key, _)) if place(location, 1, source).starts_as(&key.place) => key.place.length,
            _ => 1,
        },
        Value::Empty | Value::List(_) => 1,
    };
    place(location, length, source)
}

/// The place of a parser's location.
pub(super) fn place(location: Location, length: u32, source: &Arc<Source>) -> Place {
    let (line, column) = (location.line().max(1) as u32, location.column().max(1) as u32);
    Place { source: source.clone(), line, column, length: length.max(1) }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value, a list or a map")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Empty)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Plain(Kind::Bool))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Plain(Kind::Integer))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Plain(Kind::Integer))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Plain(Kind::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Node, Diagnostic> {
        parse(&Arc::new(Source::new("test.yaml", text)))
    }

    /// Every scalar with its kind and place.
    fn scalars(node: &Node) -> Vec<String> {
        let Place { line, column, length, .. } = node.place;
        match &node.value {
            Value::Empty => vec![format!("{line}:{column} empty")],
            Value::Scalar(Scalar { text, kind }) => vec![format!("{line}:{column}+{length} {kind:?} {text}")],
            Value::List(items) => items.iter().flat_map(scalars).collect(),
            Value::Map(entries) => {
                entries.iter().flat_map(|(key, value)| [scalars(key), scalars(value)].concat()).collect()
            }
        }
    }

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(scalars(&read(text).unwrap()), expected, "{text}");
    }

    #[test]
    fn every_scalar_keeps_its_characters_and_its_place() {
        check("é: 0.50", &["1:1+1 Text é", "1:4+4 Number 0.50"]);
        check("a: [true, \"7\"]", &["1:1+1 Text a", "1:5+4 Bool true", "1:11+3 Text 7"]);
        check("on: no\non: 9:30", &["1:1+2 Text on", "1:5+2 Text no", "2:1+2 Text on", "2:5+4 Text 9:30"]);
        check("- 007\n- 1_000\n- ~", &["1:3+3 Text 007", "2:3+5 Text 1_000", "3:3 empty"]);
        check("- &a 7\n- *a", &["1:6+1 Integer 7", "1:6+1 Integer 7"]);
        check("# nothing", &["1:10 empty"]);
    }

    #[test]
    fn hostile_texts_are_refused_before_they_are_expanded() {
        let check = |text: &str, message: &str| {
            let error = read(text).unwrap_err();
            assert!(error.message.starts_with(message) && error.place.is_some(), "{}", error.message);
        };
        let level = |number: usize| format!("- &a{} [{}]\n", number + 1, vec![format!("*a{number}"); 10].join(", "));
        let bomb: String = std::iter::once("- &a0 x\n".to_owned()).chain((0..30).map(level)).collect();
        check(&bomb, "too many values are repeated");
        check(&"[".repeat(1_000_000), "nested too deep");
        check(&"- ".repeat(1_000_000), "nested too deep");
        check(&format!("[{}]", "1,".repeat(300_000)), "too large");
        check("a: &a [*a]", "an alias repeats a value inside itself");
    }
}
