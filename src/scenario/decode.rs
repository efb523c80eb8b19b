//! From nodes to what is written there: every error is collected, and what was good goes on.

use schemars::generate::SchemaGenerator;
use schemars::{Schema, json_schema};
use serde_json::json;

use super::schema::subschema;
use super::tree::{Node, Scalar, Value};
use crate::diagnostic::{Diagnostic, Place};

/// Everything found wrong so far.
pub type Errors = Vec<Diagnostic>;

/// What can be read from a node. The schema lies beside the reader, so that the two can't disagree.
pub trait Decode: Sized {
    /// What it is called: "a pack".
    const NAME: &'static str;
    /// Its name among the definitions of the schema; none where the schema stands in place.
    const DEFINITION: Option<&'static str> = None;

    /// Reads it; `None`, with an error, where the node is something else altogether.
    fn decode(node: &Node, errors: &mut Errors) -> Option<Self>;

    /// What it may look like.
    fn schema(generator: &mut SchemaGenerator) -> Schema;
}

/// What can be read from a single value.
pub trait Leaf: Sized {
    /// What it is called: "a date".
    const NAME: &'static str;
    /// How it is written: "a date such as 2027-03-01".
    const EXPECTED: &'static str;

    /// Reads it.
    fn read(scalar: &Scalar) -> Option<Self>;

    /// The remedy, where one can be guessed.
    fn help(_: &Scalar) -> Option<String> {
        None
    }

    /// What it may look like.
    fn schema() -> serde_json::Value;
}

impl<T: Leaf> Decode for T {
    const NAME: &'static str = <T as Leaf>::NAME;

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        let scalar = match &node.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        };
        let read = scalar.and_then(T::read);
        if read.is_none() {
            let error = mistyped(node, <T as Leaf>::NAME).expected(format!("expected {}", T::EXPECTED));
            errors.push(Diagnostic { help: scalar.and_then(T::help), ..error });
        }
        read
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        T::schema().try_into().expect("a leaf's schema is an object")
    }
}

/// The error of a node that isn't what its place asks for.
pub fn mistyped(node: &Node, name: &str) -> Diagnostic {
    let found = match &node.value {
        Value::Empty => "an empty value".to_owned(),
        Value::Scalar(scalar) => format!("`{}`", shortened(&scalar.text)),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a map of keys".to_owned(),
    };
    Diagnostic::new(format!("{found} is not {name}")).at(&node.place)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A value with its place.
#[derive(Clone, Debug)]
pub struct At<T> {
    /// What is written.
    pub value: T,
    /// Where.
    pub place: Place,
}

impl<T: Decode> Decode for At<T> {
    const NAME: &'static str = T::NAME;
    const DEFINITION: Option<&'static str> = T::DEFINITION;

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        Some(At { value: T::decode(node, errors)?, place: node.place.clone() })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

impl<T: Decode> Decode for Vec<T> {
    const NAME: &'static str = "a list";

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        let Value::List(items) = &node.value else {
            errors.push(mistyped(node, Self::NAME).expected(format!("expected a list, each item {}", T::NAME)));
            return None;
        };
        Some(items.iter().filter_map(|item| T::decode(item, errors)).collect())
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "array", "items": subschema::<T>(generator)})
    }
}

/// Named values in the order of writing.
pub type Entries<T> = Named<At<T>>;

/// Names and what stands under them, in the order of writing, without repeats.
#[derive(Clone, Debug)]
pub struct Named<T>(pub Vec<(At<String>, T)>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Named(Vec::new())
    }
}

impl<T: Decode> Decode for Named<T> {
    const NAME: &'static str = "a map of names";

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            errors.push(mistyped(node, Self::NAME).expected(format!("expected names, each with {}", T::NAME)));
            return None;
        };
        let mut named: Vec<(At<String>, T)> = Vec::new();
        for (key, value) in unrepeated(entries, errors) {
            let value = T::decode(value, errors);
            named.extend(value.map(|value| (key, value)));
        }
        Some(Named(named))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let names = json!({"minLength": 1});
        json_schema!({"type": "object", "propertyNames": names, "additionalProperties": subschema::<T>(generator)})
    }
}

/// The entries of a map whose keys are names, each once: of a key given twice the first stands.
pub fn unrepeated<'a>(entries: &'a [(Node, Node)], errors: &mut Errors) -> Vec<(At<String>, &'a Node)> {
    let mut first = std::collections::BTreeMap::new();
    let mut unrepeated = Vec::new();
    for (key, value) in entries {
        let name = match &key.value {
            Value::Scalar(scalar) if !scalar.text.is_empty() => &scalar.text,
            _ => {
                errors.push(mistyped(key, "a key").expected("expected a name"));
                continue;
            }
        };
        if let Some(line) = first.get(name.as_str()) {
            let error = Diagnostic::new(format!("key `{}` given twice", shortened(name)));
            errors.push(error.at(&key.place).expected(format!("first given in line {line}")));
        } else {
            first.insert(name.as_str(), key.place.line);
            unrepeated.push((At { value: name.clone(), place: key.place.clone() }, value));
        }
    }
    unrepeated
}
