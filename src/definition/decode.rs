//! From a tree of YAML to typed values, gathering every problem on the way.
//!
//! One table of keys per kind of map (the `record!` macro) serves the decoder, the JSON Schemas and the guide.
//! Knows the shape of values and nothing of their meaning.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::tree::{NOTHING, Node, Value};
use crate::problem::{Place, Problem, Problems};

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// Something that can be read from a node of YAML.
pub(super) trait Decode: Sized {
    /// Reads it; what is wrong goes to `problems`. `None` if nothing could be made of it.
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self>;
}

/// Something that is written as one word or line.
pub(super) trait Scalar: Sized {
    /// What is expected, in words: "a date such as 2025-01-14".
    const EXPECTED: &'static str;
    /// A regular expression that accepts everything that [`Scalar::from_typed`] does, and refuses most of the rest: what
    /// an editor can mark while typing.
    const PATTERN: &'static str;

    /// Its JSON Schema. JSON makes numbers and truth values of some words, so a text may be any of these.
    fn schema() -> serde_json::Value {
        super::schema::pattern(Self::PATTERN, Self::EXPECTED)
    }

    /// Reads it.
    ///
    /// # Errors
    ///
    /// What to do, or nothing where what was expected says enough.
    fn from_typed(typed: &str) -> Result<Self, Option<String>>;
}

impl<T: Scalar> Decode for Located<T> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let Value::Scalar(typed) = &node.value else {
            problems.push_error(|| unexpected(node, T::EXPECTED));
            return None;
        };
        match T::from_typed(typed.trim()) {
            Ok(value) => Some(Self { value, place: node.place.clone() }),
            Err(help) => {
                // What cannot be seen in the message is said first, and says enough.
                problems.push_error(|| unexpected(node, T::EXPECTED).advice(super::lookalikes::help(typed).or(help)));
                None
            }
        }
    }
}

/// One value, or a list of them.
#[derive(Debug, Clone, PartialEq)]
pub struct OneOrMany<T> {
    /// The values, at least one unless a problem was found.
    pub values: Vec<T>,
    /// Whether it was written as a list.
    pub is_list: bool,
    /// Whether every value could be read.
    pub is_whole: bool,
    /// Where it stands.
    pub place: Place,
}

impl<T: Decode> Decode for OneOrMany<T> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let (values, written): (Vec<T>, Option<usize>) = match &node.value {
            Value::List(nodes) if nodes.is_empty() => {
                problems.push(
                    Problem::error(&node.place, "this list is empty")
                        .label("expected at least one value")
                        .help("remove the key if there is none"),
                );
                return None;
            }
            Value::List(nodes) => {
                (nodes.iter().filter_map(|node| T::decode(node, problems)).collect(), Some(nodes.len()))
            }
            _ => (T::decode(node, problems).into_iter().collect(), None),
        };
        let is_whole = values.len() == written.unwrap_or(1);
        Some(Self { values, is_list: written.is_some(), is_whole, place: node.place.clone() })
    }
}

/// A list of maps, such as the sessions of a meeting.
impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let Value::List(nodes) = &node.value else {
            problems.push(
                unexpected(node, "a list").help("begin each entry on a line of its own with a hyphen and a blank"),
            );
            return None;
        };
        Some(nodes.iter().filter_map(|node| T::decode(node, problems)).collect())
    }
}

/// A map whose keys the editor chooses, such as the working parties of a study group, in the order of the file.
/// A key whose value could not be read is kept, so that what names it is not blamed too.
#[derive(Debug, Clone, PartialEq)]
pub struct Entries<K, V> {
    /// Each key with its value.
    pub list: Vec<(Located<K>, Option<V>)>,
    /// Whether every key could be read.
    pub is_whole: bool,
    /// Where it stands.
    pub place: Place,
}

impl<K: Scalar + Ord + Clone, V: Decode> Decode for Entries<K, V> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let Value::Map(pairs) = &node.value else {
            problems
                .push(unexpected(node, "a map").help("write {name: value}, or a line `name: value` for each below it"));
            return None;
        };
        let mut entries: Vec<(Located<K>, Option<V>)> = Vec::new();
        let mut seen: BTreeMap<K, Place> = BTreeMap::new();
        let mut is_whole = true;
        for (key, value) in pairs {
            let key = Located::<K>::decode(key, problems);
            let value = V::decode(value, problems);
            let Some(key) = key else {
                is_whole = false;
                continue;
            };
            if let Some(first) = seen.get(&key.value) {
                problems.push(duplicate(&key.place, first));
            } else {
                seen.insert(key.value.clone(), key.place.clone());
                entries.push((key, value));
            }
        }
        Some(Self { list: entries, is_whole, place: node.place.clone() })
    }
}

/// The keys of one map, taken out one by one; what is left over is unknown.
pub(super) struct Keys<'a> {
    what: &'static str,
    place: &'a Place,
    pairs: Vec<(&'static str, &'a Node, &'a Node)>,
    misspelt: Vec<&'static str>,
}

impl<'a> Keys<'a> {
    /// The keys of a map, once its unknown and duplicate keys have been reported.
    pub(super) fn of(
        node: &'a Node,
        what: &'static str,
        (known, aliases): (&'static [&'static str], &'static [(&'static str, &'static str)]),
        problems: &mut Problems,
    ) -> Option<Self> {
        let Value::Map(pairs) = &node.value else {
            problems.push_error(|| {
                unexpected(node, &format!("{what}: a map of keys")).help(format!("known here: {}", known.join(", ")))
            });
            return None;
        };
        let mut keys = Self { what, place: &node.place, pairs: Vec::new(), misspelt: Vec::new() };
        for (key, value) in pairs {
            let Value::Scalar(typed) = &key.value else {
                problems.push(unexpected(key, "a key"));
                continue;
            };
            let name = aliases.iter().find(|(alias, _)| alias == typed).map_or(typed.as_str(), |(_, name)| *name);
            if let Some((_, first, _)) = keys.pairs.iter().find(|(known, ..)| *known == name) {
                problems.push(duplicate(&key.place, &first.place));
            } else if let Some(known) = known.iter().find(|known| **known == name) {
                keys.pairs.push((known, key, value));
            } else {
                if !problems.is_full() {
                    keys.misspelt.extend(crate::problem::nearest(name, known));
                }
                problems.push_error(|| unknown_key((key, value), name, what, known));
            }
        }
        Some(keys)
    }

    /// Reads the value of a key that may be left out.
    pub(super) fn optional<T: Decode>(&self, name: &str, problems: &mut Problems) -> Option<T> {
        let (_, _, value) = self.pairs.iter().find(|(known, ..)| *known == name)?;
        T::decode(value, problems)
    }

    /// The keys that were written, the misspelt ones as they were meant.
    pub(super) fn written(&self) -> Vec<&'static str> {
        self.pairs.iter().map(|(name, ..)| *name).chain(self.misspelt.iter().copied()).collect()
    }

    /// Reads the value of a key that must be there.
    pub(super) fn required<T: Decode>(&self, name: &str, problems: &mut Problems) -> Option<T> {
        // A key that was misspelt has been reported, and is not missing too.
        if !self.pairs.iter().any(|(known, ..)| *known == name) && !self.misspelt.contains(&name) {
            problems.push_error(|| {
                Problem::error(self.place, format!("{} lacks the key `{name}`", self.what))
                    .label(format!("expected a line `{name}: …` here"))
            });
        }
        self.optional(name, problems)
    }
}

fn unknown_key((key, value): (&Node, &Node), name: &str, what: &str, known: &[&str]) -> Problem {
    let problem = Problem::error(&key.place, format!("unknown key `{}` in {what}", crate::text::line(name)))
        .label("expected a key that is known here");
    // Between braces a comma ends a text, and what follows it stands there without a colon.
    if value.value == Value::Nothing && value.place.start == value.place.end && super::lookalikes::help(name).is_none()
    {
        return problem
            .advice(crate::problem::near(name, known))
            .help("a text with a comma between { and } needs quotes (\"IESG, IAB\"), and several values need brackets ([Q1, Q2])");
    }
    if what == super::Meeting::WHAT && super::Session::KEYS.contains(&name) {
        return problem.help("it is a key of a session: set it in, under the session that it belongs to");
    }
    problem.advice(super::lookalikes::help(name).or_else(|| crate::problem::suggestion(name, known)))
}

fn duplicate(place: &Place, first: &Place) -> Problem {
    Problem::error(place, "this key stands here twice")
        .label("expected each key once")
        .related(first, "first here")
        .help("remove one of the two, or give it another name")
}

/// The problem of a node that is not what was expected.
pub(super) fn unexpected(node: &Node, expected: &str) -> Problem {
    let title = match node.value.found() {
        found if found == NOTHING => "a value is missing here".to_owned(),
        found => format!("{found} does not belong here"),
    };
    Problem::error(&node.place, title).label(format!("expected {expected}, found {}", node.value.found()))
}

impl<T: Scalar> JsonSchema for Located<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::EXPECTED.into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        super::schema::of(T::schema())
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
