//! A script's parameters: kept as written, because only the script says what they mean.

use std::path::Path;

use schemars::generate::SchemaGenerator;
use schemars::{Schema, json_schema};
use serde_json::json;

use super::decode::{At, Decode, Errors, mistyped, unrepeated};
use super::distribution::{DistributionSpec, distribution};
use super::given::{BehaviourUse, Given, GivenValue};
use super::schema::subschema;
use super::tree::{Kind, Node, Scalar, Value};

/// What stands under `with`.
#[derive(Clone, Debug, Default)]
pub struct Parameters(pub Vec<Given>);

impl Decode for Parameters {
    const NAME: &'static str = "a map of parameters";

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            errors.push(mistyped(node, Self::NAME).expected("expected parameters such as `{attendance: 0.9}`"));
            return None;
        };
        let mut parameters = Vec::new();
        for (name, node) in unrepeated(entries, errors) {
            let Some(value) = given_value(node, errors) else { continue };
            let value_place = node.place.clone();
            parameters.push(Given { name: name.value, name_place: name.place, value, value_place });
        }
        Some(Parameters(parameters))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let plain = json!({"type": ["boolean", "number", "string", "array"]});
        let values = json!({"anyOf": [plain, subschema::<DistributionSpec>(generator)]});
        json_schema!({"type": "object", "additionalProperties": values})
    }
}

/// A behaviour and its parameters as a scenario asks for them.
pub fn behaviour_use(behaviour: &At<String>, with: Option<&At<Parameters>>, folder: &Path) -> BehaviourUse {
    BehaviourUse {
        script: behaviour.value.clone(),
        folder: folder.to_owned(),
        place: behaviour.place.clone(),
        with: with.map(|with| with.value.0.clone()).unwrap_or_default(),
    }
}

/// A value, a list of values, or how an uncertain value is distributed.
pub fn given_value(node: &Node, errors: &mut Errors) -> Option<GivenValue> {
    match &node.value {
        Value::Map(_) => distribution(node, errors).map(|uncertain| GivenValue::Uncertain(Box::new(uncertain))),
        _ => plain_value(node, errors),
    }
}

/// A value, or a list of values.
pub fn plain_value(node: &Node, errors: &mut Errors) -> Option<GivenValue> {
    let value = match &node.value {
        Value::Scalar(scalar) => given_scalar(scalar),
        Value::List(items) => {
            let items = items.iter().map(|item| plain_value(item, errors)).collect::<Vec<_>>();
            return items.into_iter().collect::<Option<_>>().map(GivenValue::List);
        }
        Value::Empty | Value::Map(_) => None,
    };
    if value.is_none() {
        errors.push(mistyped(node, "a parameter's value").expected("expected a value, or a list of values"));
    }
    value
}

fn given_scalar(scalar: &Scalar) -> Option<GivenValue> {
    match scalar.kind {
        Kind::Text => Some(GivenValue::Text(scalar.text.clone())),
        Kind::Bool => Some(GivenValue::Bool(scalar.text.eq_ignore_ascii_case("true"))),
        Kind::Integer => scalar.text.parse().ok().map(GivenValue::Integer),
        Kind::Number => scalar.text.parse().ok().filter(|number: &f64| number.is_finite()).map(GivenValue::Number),
    }
}
