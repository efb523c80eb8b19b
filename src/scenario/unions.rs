//! What may be written in more than one way.

use schemars::generate::SchemaGenerator;
use schemars::{Schema, json_schema};

use super::decode::{At, Decode, Errors, Leaf, mistyped};
use super::schema::subschema;
use super::spec::DaySpanSpec;
use super::tree::{Node, Value};
use crate::calendar::Day;
use crate::diagnostic::nearest;

/// `all`, or a list of products.
#[derive(Clone, Debug)]
pub enum AccessSpec {
    /// Every product.
    All,
    /// These products.
    List(Vec<At<String>>),
}

impl Decode for AccessSpec {
    const NAME: &'static str = "an access";

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        match &node.value {
            Value::List(_) => Decode::decode(node, errors).map(AccessSpec::List),
            Value::Scalar(scalar) if scalar.text == "all" => Some(AccessSpec::All),
            value => {
                let error = mistyped(node, Self::NAME).expected("expected `all`, or a list of products in brackets");
                errors.push(match value {
                    Value::Scalar(scalar) if nearest(&scalar.text, ["all"]).is_some() => {
                        error.help("did you mean `all`?")
                    }
                    Value::Scalar(scalar) => error.help(format!("for one product alone write `[{}]`", scalar.text)),
                    _ => error,
                });
                None
            }
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [{"enum": ["all"]}, subschema::<Vec<String>>(generator)]})
    }
}

/// A day off, or a span of them.
#[derive(Clone, Debug)]
pub enum DaysOff {
    /// One day.
    Day(Day),
    /// A span.
    Span(DaySpanSpec),
}

impl Decode for DaysOff {
    const NAME: &'static str = "a date, or a span of days";

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        match &node.value {
            Value::Map(_) => DaySpanSpec::decode(node, errors).map(DaysOff::Span),
            _ => Decode::decode(node, errors).map(DaysOff::Day),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [<Day as Leaf>::schema(), subschema::<DaySpanSpec>(generator)]})
    }
}
