//! The JSON Schema that `flexcast schema` prints accepts what flexcast accepts, and refuses plain mistakes.

use std::fs;

use flexcast::scenario::{self, TEMPLATE};
use serde_json::{Map, Value};

/// What a value has against a schema, each with the path to it. Every keyword that the schema uses is judged here, but for
/// patterns and formats; one that isn't known stops the test.
struct Walk<'a> {
    root: &'a Value,
    found: Vec<String>,
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, schema: &Value, path: &str) {
        for (keyword, rule) in schema.as_object().unwrap() {
            if !self.keyword(keyword, rule, value, schema, path) {
                self.found.push(format!("{path}: {keyword}"));
            }
        }
    }

    fn keyword(&mut self, keyword: &str, rule: &Value, value: &Value, schema: &Value, path: &str) -> bool {
        let number =
            |holds: fn(f64, f64) -> bool| value.as_f64().is_none_or(|number| holds(number, rule.as_f64().unwrap()));
        match keyword {
            "type" => match rule {
                Value::Array(kinds) => kinds.iter().any(|kind| is(value, kind.as_str().unwrap())),
                kind => is(value, kind.as_str().unwrap()),
            },
            "enum" => rule.as_array().unwrap().contains(value),
            "minimum" => number(|number, bound| number >= bound),
            "maximum" => number(|number, bound| number <= bound),
            "exclusiveMinimum" => number(|number, bound| number > bound),
            "minLength" => value.as_str().is_none_or(|text| text.len() as u64 >= rule.as_u64().unwrap()),
            "required" => {
                let named = |key: &Value| value.get(key.as_str().unwrap()).is_some();
                !value.is_object() || rule.as_array().unwrap().iter().all(named)
            }
            "properties" => {
                for (key, value) in known(value, rule) {
                    self.value(value, &rule[key], &format!("{path}.{key}"));
                }
                true
            }
            "additionalProperties" => {
                let properties = schema.get("properties").unwrap_or(&Value::Null);
                for (key, value) in value.as_object().into_iter().flatten() {
                    match rule {
                        _ if properties.get(key).is_some() => {}
                        Value::Bool(allowed) => assert!(!allowed),
                        schema => self.value(value, schema, &format!("{path}.{key}")),
                    }
                }
                rule != false || value.as_object().is_none_or(|object| known(value, properties).len() == object.len())
            }
            "propertyNames" => {
                for key in value.as_object().into_iter().flat_map(Map::keys) {
                    self.value(&Value::from(key.as_str()), rule, &format!("{path}.{key}"));
                }
                true
            }
            "items" => {
                for (place, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.value(item, rule, &format!("{path}[{place}]"));
                }
                true
            }
            "allOf" => rule.as_array().unwrap().iter().all(|schema| self.accepts(value, schema, path)),
            "anyOf" => rule.as_array().unwrap().iter().any(|schema| self.accepts(value, schema, path)),
            "oneOf" => rule.as_array().unwrap().iter().filter(|schema| self.accepts(value, schema, path)).count() == 1,
            "$ref" => {
                let schema = self.root.pointer(rule.as_str().unwrap().trim_start_matches('#')).expect("it is defined");
                self.accepts(value, schema, path)
            }
            "$schema" | "title" | "description" | "definitions" | "pattern" | "format" => true,
            unknown => panic!("{path}: this test doesn't know the keyword {unknown}"),
        }
    }

    fn accepts(&self, value: &Value, schema: &Value, path: &str) -> bool {
        let mut walk = Walk { root: self.root, found: Vec::new() };
        walk.value(value, schema, path);
        walk.found.is_empty()
    }
}

/// The entries of an object that a schema names.
fn known<'v>(value: &'v Value, properties: &Value) -> Vec<(&'v String, &'v Value)> {
    value.as_object().into_iter().flatten().filter(|(key, _)| properties.get(key).is_some()).collect()
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        unknown => panic!("unknown type {unknown}"),
    }
}

fn refusals(yaml: &str) -> Vec<String> {
    let schema = scenario::schema();
    let value: Value = serde_yaml::from_str(yaml).unwrap();
    let mut walk = Walk { root: &schema, found: Vec::new() };
    walk.value(&value, &schema, "");
    walk.found
}

#[test]
fn it_accepts_the_shipped_scenarios_and_the_template() {
    for path in [
        "scenarios/studio.yaml",
        "scenarios/flex_year.yaml",
        "tests/round_trip/nasty/scenario.yaml",
        "scenarios/buyer.yaml",
        "tests/events/scenario.yaml",
        "tests/round_trip/buyers/scenario.yaml",
    ] {
        assert_eq!(refusals(&fs::read_to_string(path).unwrap()), [""; 0], "{path}");
    }
    assert_eq!(refusals(TEMPLATE), [""; 0]);
}

#[test]
fn it_refuses_plain_mistakes() {
    let refused = |line: &str| refusals(&format!("start: 2027-01-01\nend: 2027-12-31\n{line}\n"));
    assert_eq!(refused("name: fine"), [""; 0]);
    assert_eq!(refused("people: [{user: ann, with: {chance: {from: 0.1, to: 0.2, as: mood}}}]"), [""; 0]);
    for (line, refusal) in [
        ("produts: {}", ": additionalProperties"),
        ("products: {Revit: {rat: 10}}", ".products.Revit"),
        ("products: {Revit: {rate: -1}}", ".products.Revit"),
        ("people: {group: architects}", ".people: type"),
        ("people: [{group: architects, count: 0}]", ".people"),
        ("forecast: {service_level: 99}", ".forecast"),
        ("people: [{user: ann, with: {chance: {form: 0.1, to: 0.2}}}]", ".people"),
        ("plan: {service_level: 99}", ".plan"),
        ("plan: {order_dates: monthly}", ".plan"),
        ("plan: {budget: [{from: 2027-01-01}]}", ".plan"),
        ("rules: {team_choice: any}", ".rules"),
        ("rules: {idle_awareness: {Revit: some}}", ".rules"),
        ("policy: reorder_point", ".policy"),
        ("policy: [{name: monthly}]", ".policy"),
        ("events: [{on: 2027-02-01}]", ".events"),
        ("events: [{on: 2027-02-01, move: p1}]", ".events"),
        ("events: [{on: 2027-02-01, release: Revit, withdraw: Revit}]", ".events"),
        ("events: [{on: 2027-02-01, leave: {count: 0}}]", ".events"),
    ] {
        let found = refused(line);
        assert!(found.iter().any(|found| found.starts_with(refusal)), "{line}: {found:?}");
    }
    assert_eq!(refusals("start: 2027-01-01"), [": required"]);
}
