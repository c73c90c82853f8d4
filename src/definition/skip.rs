//! An occurrence that was never planned: by its day, or with the reason.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::decode::{Decode, Spanned};
use super::group::LocalizedText;
use super::node::{Node, Value};
use super::record::record;
use super::scalars::OccurrenceRef;
use crate::problem::Problems;

record! {
    /// An occurrence that was never planned, with the reason.
    SkipWithReason is "a skip" {
        /// The occurrence, by its original day and part or starting hour.
        required on "on": Spanned<OccurrenceRef>,
        /// Why it was never planned. Readers of a series see it.
        optional reason "reason": LocalizedText,
    }
}

/// An occurrence that was never planned.
#[derive(Debug, Clone, PartialEq)]
pub enum Skip {
    /// By its day.
    Occurrence(Spanned<OccurrenceRef>),
    /// With the reason.
    WithReason(Box<SkipWithReason>),
}

impl Skip {
    /// Returns the occurrence, if it could be decoded.
    pub fn on(&self) -> Option<&Spanned<OccurrenceRef>> {
        match self {
            Self::Occurrence(on) => Some(on),
            Self::WithReason(skip) => skip.on.as_ref(),
        }
    }

    /// Returns the reason, if one is written.
    pub fn reason(&self) -> Option<&LocalizedText> {
        match self {
            Self::Occurrence(_) => None,
            Self::WithReason(skip) => skip.reason.as_ref(),
        }
    }
}

impl Decode for Skip {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        match &node.value {
            Value::Map(_) => SkipWithReason::decode(node, problems).map(Box::new).map(Self::WithReason),
            _ => Spanned::decode(node, problems).map(Self::Occurrence),
        }
    }
}

impl JsonSchema for Skip {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Skipped".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let occurrence = generator.subschema_for::<Spanned<OccurrenceRef>>();
        let with_reason = generator.subschema_for::<SkipWithReason>();
        super::schema::either(&occurrence, &with_reason)
    }
}
