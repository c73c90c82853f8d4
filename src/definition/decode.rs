//! Decodes YAML trees to typed values, and collects every problem.
//!
//! One table of keys for each kind of map (the `record!` macro) drives the decoder, the JSON Schemas and the guide.
//! Knows the shape of values and not their meaning.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::node::{NOTHING, Node, Value};
use super::record::MapRecord;
use crate::problem::{Problem, Problems, Span};

/// A value with its span.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

/// Something that can be decoded from a YAML node.
pub(super) trait Decode: Sized {
    /// Decodes a node and adds what is wrong to `problems`. `None` if there is no usable value.
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self>;
}

/// Something that is written as a YAML scalar.
pub(super) trait Scalar: Sized {
    /// What it is, for messages: "date".
    const NAME: &'static str;
    /// What is expected, for messages: "a date such as 2025-01-14".
    const EXPECTED: &'static str;
    /// A regular expression that matches everything that [`Scalar::from_text`] accepts, and little else, so that editors
    /// can mark mistakes.
    const PATTERN: &'static str;

    /// Returns the JSON Schema. JSON may take a scalar for a number or a boolean.
    fn schema() -> serde_json::Value {
        super::schema::pattern(Self::PATTERN, Self::EXPECTED)
    }

    /// Parses the text of a scalar.
    ///
    /// # Errors
    ///
    /// Returns what to do, or `None` if [`Scalar::EXPECTED`] says enough.
    fn from_text(typed: &str) -> Result<Self, Option<String>>;
}

impl<T: Scalar> Decode for Spanned<T> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let Value::Scalar(text) = &node.value else {
            problems.push_error(|| unexpected(node, T::EXPECTED));
            return None;
        };
        match T::from_text(text.trim()) {
            Ok(value) => Some(Self { value, span: node.span.clone() }),
            Err(help) => {
                // An invisible or confusable character is the likely cause.
                let help = || super::confusables::help(text).or(help);
                problems.push_error(|| invalid::<T>(node).optional_help(help()));
                None
            }
        }
    }
}

/// One value or a list of values.
#[derive(Debug, Clone, PartialEq)]
pub struct OneOrMany<T> {
    /// The values, at least one unless there was a problem.
    pub values: Vec<T>,
    /// Whether a list was written.
    pub is_list: bool,
    /// Whether every value could be decoded.
    pub is_complete: bool,
    /// Where they are written.
    pub span: Span,
}

impl<T: Decode> Decode for OneOrMany<T> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let (values, written): (Vec<T>, Option<usize>) = match &node.value {
            Value::List(nodes) if nodes.is_empty() => {
                problems.push(
                    Problem::error(&node.span, "empty list")
                        .label("expected at least one value")
                        .help("remove the key if there is no value"),
                );
                return None;
            }
            Value::List(nodes) => {
                (nodes.iter().filter_map(|node| T::decode(node, problems)).collect(), Some(nodes.len()))
            }
            _ => (T::decode(node, problems).into_iter().collect(), None),
        };
        let is_whole = values.len() == written.unwrap_or(1);
        Some(Self { values, is_list: written.is_some(), is_complete: is_whole, span: node.span.clone() })
    }
}

/// A list of maps, such as the sessions of a meeting.
impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let Value::List(nodes) = &node.value else {
            problems
                .push(unexpected(node, "a list").help("write each entry on its own line, after a hyphen and a space"));
            return None;
        };
        Some(nodes.iter().filter_map(|node| T::decode(node, problems)).collect())
    }
}

/// A map whose keys the editor chooses, such as the working parties of a study group, in the order of the file. A key
/// with an invalid value is kept, so that references to it are not reported too.
#[derive(Debug, Clone, PartialEq)]
pub struct Entries<K, V> {
    /// Each key with its value.
    pub list: Vec<(Spanned<K>, Option<V>)>,
    /// Whether every key could be decoded.
    pub is_whole: bool,
    /// Where it is written.
    pub span: Span,
}

impl<K: Scalar + Ord + Clone, V: Decode> Decode for Entries<K, V> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let Value::Map(pairs) = &node.value else {
            problems
                .push(unexpected(node, "a map").help("write {name: value}, or a line `name: value` for each entry"));
            return None;
        };
        let mut entries: Vec<(Spanned<K>, Option<V>)> = Vec::new();
        let mut seen: BTreeMap<K, Span> = BTreeMap::new();
        let mut is_whole = true;
        for (key, value) in pairs {
            let key = Spanned::<K>::decode(key, problems);
            let value = V::decode(value, problems);
            let Some(key) = key else {
                is_whole = false;
                continue;
            };
            if let Some(first) = seen.get(&key.value) {
                problems.push(duplicate_key(&key.span, first));
            } else {
                seen.insert(key.value.clone(), key.span.clone());
                entries.push((key, value));
            }
        }
        Some(Self { list: entries, is_whole, span: node.span.clone() })
    }
}

/// The keys of one map.
pub(super) struct MapKeys<'a> {
    what: &'static str,
    span: &'a Span,
    pairs: Vec<(&'static str, &'a Node, &'a Node)>,
    misspelt: Vec<&'static str>,
}

impl<'a> MapKeys<'a> {
    /// Reads the keys of a map, and reports unknown and duplicate ones.
    pub(super) fn read<R: MapRecord>(node: &'a Node, problems: &mut Problems) -> Option<Self> {
        let known: Vec<&'static str> = R::KEYS.iter().map(|key| key.name).collect();
        let Value::Map(pairs) = &node.value else {
            problems.push_error(|| {
                let expected = format!("{}: a map of keys", R::WHAT);
                unexpected(node, &expected).help(format!("known here: {}", known.join(", ")))
            });
            return None;
        };
        let mut keys = Self { what: R::WHAT, span: &node.span, pairs: Vec::new(), misspelt: Vec::new() };
        for (key, value) in pairs {
            let Value::Scalar(written) = &key.value else {
                problems.push(unexpected(key, "a key"));
                continue;
            };
            let name = R::KEYS.iter().find(|key| key.alias == Some(written)).map_or(written.as_str(), |key| key.name);
            if let Some((_, first, _)) = keys.pairs.iter().find(|(known, ..)| *known == name) {
                problems.push(duplicate_key(&key.span, &first.span));
            } else if let Some(known) = known.iter().find(|known| **known == name) {
                keys.pairs.push((known, key, value));
            } else {
                if !problems.is_full() {
                    let meant = super::meant::keys(name, &known).first().copied();
                    keys.misspelt.extend(meant.or_else(|| crate::problem::nearest(name, &known)));
                }
                problems.push_error(|| unknown_key::<R>(key, value, name, &known));
            }
        }
        Some(keys)
    }

    /// Decodes the value of an optional key.
    pub(super) fn optional<T: Decode>(&self, name: &str, problems: &mut Problems) -> Option<T> {
        let (_, _, value) = self.pairs.iter().find(|(known, ..)| *known == name)?;
        T::decode(value, problems)
    }

    /// Returns the keys that were written, including misspelt ones as they were meant.
    pub(super) fn written(&self) -> Vec<&'static str> {
        self.pairs.iter().map(|(name, ..)| *name).chain(self.misspelt.iter().copied()).collect()
    }

    /// Decodes the value of a required key.
    pub(super) fn required<T: Decode>(&self, name: &str, problems: &mut Problems) -> Option<T> {
        // A misspelt key has been reported, and is not missing too.
        if !self.pairs.iter().any(|(known, ..)| *known == name) && !self.misspelt.contains(&name) {
            problems.push_error(|| {
                Problem::error(self.span, format!("missing key `{name}` in {}", self.what))
                    .label(format!("expected a line `{name}: …` here"))
            });
        }
        self.optional(name, problems)
    }
}

fn unknown_key<R: MapRecord>(key: &Node, value: &Node, name: &str, known: &[&'static str]) -> Problem {
    let problem = Problem::error(&key.span, format!("unknown key `{}` in {}", crate::text::line(name), R::WHAT))
        .label("expected one of the known keys");
    // In a flow map, a comma ends a text, and the rest becomes a key without a value.
    if value.value == Value::Nothing && value.span.start == value.span.end && super::confusables::help(name).is_none() {
        return problem
            .optional_help(crate::problem::did_you_mean(name, known))
            .help("between { and }, put text with a comma in quotes (\"IESG, IAB\") and several values in brackets ([Q1, Q2])");
    }
    if R::WHAT == super::Meeting::WHAT && super::Session::KEY_NAMES.contains(&name) {
        return problem.help("it is a key of a session: indent it below its session");
    }
    let help = super::confusables::help(name).or_else(|| super::meant::key(name, known));
    problem.optional_help(help.or_else(|| crate::problem::suggestion(name, known)))
}

fn duplicate_key(span: &Span, first: &Span) -> Problem {
    Problem::error(span, "duplicate key")
        .label("expected each key once")
        .related(first, "first here")
        .help("remove or rename one of the two")
}

/// Returns the problem of a scalar whose text could not be parsed.
fn invalid<T: Scalar>(node: &Node) -> Problem {
    let found = node.value.describe();
    let title = if found == NOTHING { "missing value".to_owned() } else { format!("invalid {} {found}", T::NAME) };
    Problem::error(&node.span, title).label(format!("expected {}, found {found}", T::EXPECTED))
}

/// Returns the problem of a node that is not what was expected.
pub(super) fn unexpected(node: &Node, expected: &str) -> Problem {
    let title = match node.value.describe() {
        found if found == NOTHING => "missing value".to_owned(),
        found => format!("unexpected {}", found.strip_prefix("a ").unwrap_or(&found)),
    };
    Problem::error(&node.span, title).label(format!("expected {expected}, found {}", node.value.describe()))
}

impl<T: Scalar> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::EXPECTED.into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        super::schema::schema_of(T::schema())
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("one or many: {}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        super::schema::one_or_many(&generator.subschema_for::<T>())
    }
}

impl<K: Scalar, V: JsonSchema> JsonSchema for Entries<K, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("map of {}", V::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        super::schema::entries::<K>(&generator.subschema_for::<V>())
    }
}
