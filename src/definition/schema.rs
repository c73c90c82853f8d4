//! JSON Schemas of the three kinds of file, made from the tables that the decoder uses, so that editors complete keys
//! and mark mistakes. Source: JSON Schema 2020-12.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::decode::Scalar;
use super::record::KeySpec;
use super::{Delegate, Group, Meeting};

/// Returns the file name and the content of each schema.
///
/// ```
/// let names: Vec<&str> = convene::definition::schemas().into_iter().map(|(name, _)| name).collect();
/// assert_eq!(names, ["delegates.schema.json", "group.schema.json", "meeting.schema.json"]);
/// ```
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
    // A delegates file may be empty.
    if document.get("type") == Some(&json!("array")) {
        document.insert("type".to_owned(), json!(["array", "null"]));
    }
    format!("{:#}\n", Value::Object(document))
}

/// Returns the schema of a record. It allows no other keys.
pub(super) fn record(keys: &[KeySpec], values: Vec<Schema>, doc: &str) -> Schema {
    let mut properties = Map::new();
    for (key, mut value) in keys.iter().zip(values) {
        if let Some(alias) = key.alias {
            properties.insert(alias.to_owned(), value.clone().to_value());
        }
        value.insert("description".to_owned(), json!(key.doc.trim()));
        properties.insert(key.name.to_owned(), value.to_value());
    }
    let is_required = |key: &&KeySpec| key.is_required;
    let required: Vec<&str> =
        keys.iter().filter(is_required).filter(|key| key.alias.is_none()).map(|key| key.name).collect();
    let mut record = json!({"type": "object", "description": doc.trim(), "properties": properties});
    if !required.is_empty() {
        record["required"] = json!(required);
    }
    let under_either_name =
        |key: &KeySpec| key.alias.map(|alias| json!({"oneOf": [{"required": [key.name]}, {"required": [alias]}]}));
    let all: Vec<Value> = keys.iter().filter(is_required).filter_map(under_either_name).collect();
    if !all.is_empty() {
        record["allOf"] = json!(all);
    }
    record["additionalProperties"] = json!(false);
    schema_of(record)
}

/// Returns the schema of a scalar that matches a regular expression.
pub(super) fn pattern(pattern: &str, expected: &str) -> Value {
    // Not part of the standard, but editors show this message instead of the pattern.
    let message = format!("expected {expected}");
    json!({"type": ["string", "number", "boolean"], "pattern": pattern, "patternErrorMessage": message})
}

/// Returns the schema of one value, or of a list of at least one.
pub(super) fn one_or_many(one: &Schema) -> Schema {
    schema_of(json!({"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}))
}

/// Returns the schema of a map whose keys the editor chooses.
pub(super) fn entries<K: Scalar>(value: &Schema) -> Schema {
    let mut names = K::schema();
    // JSON keys are strings, whatever they look like.
    if names.get("type").is_some() {
        names["type"] = json!("string");
    }
    schema_of(json!({"type": "object", "propertyNames": names, "additionalProperties": value}))
}

/// Returns the schema of either of two.
pub(super) fn either(one: &Schema, other: &Schema) -> Schema {
    schema_of(json!({"anyOf": [one, other]}))
}

pub(super) fn schema_of(value: Value) -> Schema {
    Schema::try_from(value).expect("an object, which is a schema")
}
