//! Deadlines: what is due, when, and for whom.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{AudienceIndex, Cancellation, ConcernedBodies, NamedUids, Uid, When};
use crate::id::Id;
use crate::text::{Line, Prose, Text};

/// A due date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Its part of an address.
    pub id: Id,
    /// Its earlier ids, whose addresses lead to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Id>,
    /// The UID.
    pub uid: Uid,
    /// The UIDs of its names, if they are others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named: Option<Box<NamedUids>>,
    /// What is due.
    pub title: Text,
    /// The date. A deadline with an hour is the half hour that ends at it.
    pub due: When,
    /// Why nothing is due any more.
    pub cancelled: Option<Cancellation>,
    /// How the date is known.
    pub source: DateSource,
    /// The bodies that it concerns.
    #[serde(default, skip_serializing_if = "ConcernedBodies::is_empty")]
    pub concerns: ConcernedBodies,
    /// The only audiences that it concerns; empty for everybody.
    pub audience: Vec<AudienceIndex>,
    /// Whether it is a recommendation, not an obligation.
    pub recommended: bool,
    /// How to do it.
    pub how: Option<Text<Prose>>,
    /// Where to do it.
    pub url: Option<Url>,
    /// The contact address for it.
    pub contact: Option<Line>,
    /// What else to know.
    pub note: Option<Text<Prose>>,
}

impl Deadline {
    /// Returns the date on which it is due.
    pub fn date(&self) -> Date {
        match &self.due {
            When::Timed(span) => span.end().as_deadline().date,
            When::AllDay(days) => days.first(),
        }
    }
}

/// How the date of a deadline is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateSource {
    /// A document prints it.
    Printed,
    /// The definitions have it, and do not say whether a document prints it.
    Stated,
    /// A rule of the study group gives it.
    Rule,
}
