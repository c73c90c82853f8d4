//! JSON Schemas of the three kinds of file, from the same tables that the files are read by: an editor completes keys
//! and marks mistakes while typing. Source: JSON Schema 2020-12.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::decode::Scalar;
use super::record::KeyOf;
use super::{Delegate, Group, Meeting};

/// The name of each file of schemas, beside the definitions, and its content.
pub fn schemas() -> Vec<(&'static str, String)> {
    vec![
        ("delegates.schema.json", document::<Vec<Delegate>>("The delegates: who follows what")),
        ("group.schema.json", document::<Group>("A study group")),
        ("meeting.schema.json", document::<Meeting>("A meeting")),
    ]
}

fn document<T: JsonSchema>(title: &str) -> String {
    let generator = SchemaGenerator::new(SchemaSettings::draft2020_12());
    let schema = generator.into_root_schema_for::<T>();
    let mut document = Map::new();
    document.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    document.insert("title".to_owned(), json!(title));
    for (key, value) in schema.as_object().into_iter().flatten() {
        document.entry(key.clone()).or_insert_with(|| value.clone());
    }
    // An empty file of delegates is one without delegates.
    if document.get("type") == Some(&json!("array")) {
        document.insert("type".to_owned(), json!(["array", "null"]));
    }
    format!("{:#}\n", Value::Object(document))
}

/// The schema of a record: its keys and no others.
pub(super) fn record(table: &[KeyOf], aliases: &[(&str, &str)], values: Vec<Schema>, doc: &str) -> Schema {
    let mut properties = Map::new();
    for (key, mut value) in table.iter().zip(values) {
        for (alias, _) in aliases.iter().filter(|(_, name)| *name == key.name) {
            properties.insert((*alias).to_owned(), value.clone().to_value());
        }
        value.insert("description".to_owned(), json!(key.doc.trim()));
        properties.insert(key.name.to_owned(), value.to_value());
    }
    let is_aliased = |name: &str| aliases.iter().any(|(_, key)| *key == name);
    let required: Vec<&str> =
        table.iter().filter(|key| key.is_required && !is_aliased(key.name)).map(|key| key.name).collect();
    let mut record = json!({"type": "object", "description": doc.trim(), "properties": properties});
    if !required.is_empty() {
        record["required"] = json!(required);
    }
    let either = |(alias, name): &(&str, &str)| json!({"oneOf": [{"required": [name]}, {"required": [alias]}]});
    let needed = |(_, name): &&(&str, &str)| table.iter().any(|key| key.name == *name && key.is_required);
    let all: Vec<Value> = aliases.iter().filter(needed).map(either).collect();
    if !all.is_empty() {
        record["allOf"] = json!(all);
    }
    record["additionalProperties"] = json!(false);
    of(record)
}

/// The schema of a word or line that matches a regular expression.
pub(super) fn pattern(pattern: &str, expected: &str) -> Value {
    // The message is not part of the standard; editors show it in the place of the pattern.
    let message = format!("expected {expected}");
    json!({"type": ["string", "number", "boolean"], "pattern": pattern, "patternErrorMessage": message})
}

/// One value, or a list of at least one.
pub(super) fn one_or_many(one: &Schema) -> Schema {
    of(json!({"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}))
}

/// A map whose keys the editor chooses.
pub(super) fn entries<K: Scalar>(value: &Schema) -> Schema {
    let mut names = K::schema();
    // A key of JSON is a string, whatever it looks like.
    if names.get("type").is_some() {
        names["type"] = json!("string");
    }
    of(json!({"type": "object", "propertyNames": names, "additionalProperties": value}))
}

/// Either of two.
pub(super) fn either(one: &Schema, other: &Schema) -> Schema {
    of(json!({"anyOf": [one, other]}))
}

pub(super) fn of(value: Value) -> Schema {
    // Everything here is an object, which is a schema.
    Schema::try_from(value).unwrap_or_default()
}
