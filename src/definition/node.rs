//! The tree of a YAML file, in which every key and value has a span.

use crate::problem::Span;

/// A value and where it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    /// Where the value is. A list or a map is shown by its first line.
    pub(super) span: Span,
    /// The end of the value. For a list or a map, it may include comments that follow.
    pub(super) end: usize,
    pub(super) value: Value,
}

/// The content of a node.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// No value after a key.
    Nothing,
    /// Text as typed, with the escapes of quoted text resolved.
    Scalar(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the order of the file, with duplicate keys.
    Map(Vec<(Node, Node)>),
}

/// How a missing or invisible value is described in messages.
pub(super) const NOTHING: &str = "nothing";

impl Value {
    /// Describes the value for a message.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Nothing => NOTHING.to_owned(),
            Self::Scalar(text) if text.trim().is_empty() => NOTHING.to_owned(),
            Self::Scalar(text) => format!("`{}`", crate::text::line(text)),
            Self::List(_) => "a list".to_owned(),
            Self::Map(_) => "a map of keys".to_owned(),
        }
    }
}
