//! The JSON Schema of a scenario, made of the same definitions that read it.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema, json_schema};
use serde_json::{Map, Value, json};

use super::decode::Decode;
use super::spec::ScenarioSpec;

/// The JSON Schema of a scenario, for editors that complete and check as one writes.
pub fn schema() -> Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<Described<ScenarioSpec>>().to_value()
}

/// The schema of what stands at a key or in a list: a reference, where it has a definition.
pub fn subschema<T: Decode>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<Described<T>>()
}

/// What can be decoded, as schemars wants to see it.
struct Described<T>(PhantomData<T>);

impl<T: Decode> JsonSchema for Described<T> {
    fn inline_schema() -> bool {
        T::DEFINITION.is_none()
    }

    fn schema_name() -> Cow<'static, str> {
        T::DEFINITION.unwrap_or(T::NAME).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

/// The schema of a record while its keys are listed.
pub struct RecordSchema<'a> {
    generator: &'a mut SchemaGenerator,
    properties: Map<String, Value>,
    required: Vec<&'static str>,
}

impl<'a> RecordSchema<'a> {
    pub fn new(generator: &'a mut SchemaGenerator) -> Self {
        RecordSchema { generator, properties: Map::new(), required: Vec::new() }
    }

    /// Adds a key that may be left out.
    pub fn optional<T: Decode>(&mut self, key: &'static str, doc: &[&str]) {
        let mut schema = subschema::<T>(self.generator).to_value();
        // Beside a reference, draft 7 reads no other keyword.
        if schema.get("$ref").is_some() {
            schema = json!({"allOf": [schema]});
        }
        schema["description"] = joined(doc).into();
        self.properties.insert(key.to_owned(), schema);
    }

    /// Adds a key that must be there.
    pub fn required<T: Decode>(&mut self, key: &'static str, doc: &[&str]) {
        self.optional::<T>(key, doc);
        self.required.push(key);
    }

    pub fn finish(self, doc: &[&str]) -> Schema {
        json_schema!({
            "type": "object",
            "description": joined(doc),
            "properties": self.properties,
            "required": self.required,
            "additionalProperties": false,
        })
    }
}

fn joined(doc: &[&str]) -> String {
    doc.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_says_what_the_decoder_reads() {
        let schema = schema();
        let check = |path: &str, expected: Value| assert_eq!(schema.pointer(path), Some(&expected), "{path}");
        check("/additionalProperties", json!(false));
        check("/required", json!(["start", "end"]));
        check("/properties/start/format", json!("date"));
        check("/properties/start/description", json!("The first day simulated."));
        check("/properties/people/items/$ref", json!("#/definitions/PersonSpec"));
        check("/definitions/PersonSpec/additionalProperties", json!(false));
        check("/definitions/PersonSpec/properties/access/anyOf/0/enum", json!(["all"]));
        check("/definitions/PackSpec/required", json!(["bought", "size"]));
        check("/definitions/ProductSpec/properties/per/enum", json!(["day", "result"]));
        check("/definitions/RulesSpec/properties/grace/type", json!("string"));
        check("/properties/forecast/allOf/0/$ref", json!("#/definitions/ForecastSpec"));
        check("/definitions/ForecastSpec/properties/service_level/anyOf/0/maximum", json!(1));
        check("/properties/events/items/$ref", json!("#/definitions/EventSpec"));
        check("/definitions/EventSpec/required", json!(["on"]));
        check("/definitions/EventSpec/oneOf/0/required", json!(["move", "to"]));
        check("/properties/what_if/additionalProperties/type", json!("object"));
    }

    #[test]
    fn every_record_is_closed_and_every_key_described() {
        let schema = schema();
        let definitions = schema["definitions"].as_object().unwrap();
        for (name, record) in definitions.iter().chain([(&"scenario".to_owned(), &schema)]) {
            assert_eq!(record["additionalProperties"], json!(false), "{name}");
            for (key, property) in record["properties"].as_object().unwrap() {
                assert!(property["description"].as_str().is_some_and(|text| text.len() > 5), "{name}.{key}");
            }
        }
    }
}
