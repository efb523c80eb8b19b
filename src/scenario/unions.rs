//! What may be written in more than one way.

use schemars::generate::SchemaGenerator;
use schemars::{Schema, json_schema};

use super::decode::{At, Decode, Errors, Leaf, Named, mistyped};
use super::schema::subschema;
use super::spec::{DaySpanSpec, PolicySpec};
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
        all_or_list(node, Self::NAME, ["product", ""], errors)
            .map(|list| list.map_or(AccessSpec::All, AccessSpec::List))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [{"enum": ["all"]}, subschema::<Vec<String>>(generator)]})
    }
}

/// `all` (then `None`), or a list of such things, which are written between such quotes.
fn all_or_list(
    node: &Node,
    name: &str,
    [what, quote]: [&str; 2],
    errors: &mut Errors,
) -> Option<Option<Vec<At<String>>>> {
    match &node.value {
        Value::List(_) => Decode::decode(node, errors).map(Some),
        Value::Scalar(scalar) if scalar.text == "all" => Some(None),
        value => {
            let error = mistyped(node, name).expected(format!("expected `all`, or a list of {what}s in brackets"));
            errors.push(match value {
                Value::Scalar(scalar) if nearest(&scalar.text, ["all"]).is_some() => error.help("did you mean `all`?"),
                Value::Scalar(scalar) => {
                    error.help(format!("for one {what} alone write `[{quote}{}{quote}]`", scalar.text))
                }
                _ => error,
            });
            None
        }
    }
}

/// The versions of a product: `all`, which is `None`, or a list.
#[derive(Clone, Debug)]
pub struct VersionsSpec(pub Option<Vec<At<String>>>);

impl Decode for VersionsSpec {
    const NAME: &'static str = "a choice of versions";

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        all_or_list(node, Self::NAME, ["version", "\""], errors).map(VersionsSpec)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        AccessSpec::schema(generator)
    }
}

/// Whose charges pause while they are idle: nobody's, every product's, or those of these.
#[derive(Clone, Debug)]
pub enum IdleSpec {
    /// No product's.
    Off,
    /// Every product's.
    On,
    /// Those of some versions of some products.
    Of(Named<VersionsSpec>),
}

impl Decode for IdleSpec {
    const NAME: &'static str = "an idle awareness";

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        match &node.value {
            Value::Map(_) => Decode::decode(node, errors).map(IdleSpec::Of),
            Value::Scalar(scalar) if scalar.text == "off" => Some(IdleSpec::Off),
            Value::Scalar(scalar) if scalar.text == "on" => Some(IdleSpec::On),
            _ => {
                let error =
                    mistyped(node, Self::NAME).expected("expected `off`, `on`, or products with their versions");
                errors.push(error.help("of some products alone: `{Revit: all, AutoCAD: [\"2027\"]}`"));
                None
            }
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [{"enum": ["off", "on"]}, subschema::<Named<VersionsSpec>>(generator)]})
    }
}

/// A rate sheet, or several.
#[derive(Clone, Debug)]
pub struct RatesSpec(pub Vec<At<String>>);

impl Decode for RatesSpec {
    const NAME: &'static str = "a rate sheet, or a list of them";

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        match &node.value {
            Value::List(_) => Decode::decode(node, errors).map(RatesSpec),
            _ => At::decode(node, errors).map(|sheet| RatesSpec(vec![sheet])),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [<String as Leaf>::schema(), subschema::<Vec<String>>(generator)]})
    }
}

/// A scripted buyer, or several.
#[derive(Clone, Debug)]
pub struct PoliciesSpec(pub Vec<At<PolicySpec>>);

impl Decode for PoliciesSpec {
    const NAME: &'static str = "a policy, or a list of them";

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        match &node.value {
            Value::List(_) => Decode::decode(node, errors).map(PoliciesSpec),
            _ => At::decode(node, errors).map(|policy| PoliciesSpec(vec![policy])),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [subschema::<PolicySpec>(generator), subschema::<Vec<PolicySpec>>(generator)]})
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
