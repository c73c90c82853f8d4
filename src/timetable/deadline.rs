//! Deadlines: what is due, when, and for whom.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{AudienceIndex, Cancellation, Uid, When};
use crate::body::Id;
use crate::text::Text;

/// A due date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Its part of an address.
    pub id: Id,
    /// Its earlier ids, whose addresses lead to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Id>,
    /// Its identity in every calendar.
    pub uid: Uid,
    /// What is due.
    pub title: Text,
    /// The date, the same for every reader; one with an hour is the half hour that ends at it.
    pub due: When,
    /// Why nothing is due after all.
    pub cancelled: Option<Cancellation>,
    /// Where the date comes from.
    pub source: DateSource,
    /// Whom it concerns; everybody if empty.
    pub audience: Vec<AudienceIndex>,
    /// Advice, not an obligation.
    pub recommended: bool,
    /// How to do it.
    pub how: Option<Text>,
    /// Where to do it.
    pub url: Option<Url>,
    /// Whom to write to about it.
    pub contact: Option<String>,
    /// What else to know.
    pub note: Option<Text>,
}

impl Deadline {
    /// The date on which it is due.
    pub fn date(&self) -> Date {
        match &self.due {
            When::Timed(span) => span.end().wall.date(),
            When::AllDay(days) => days.first(),
        }
    }
}

/// Where the date of a deadline comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateSource {
    /// A document prints it.
    Printed,
    /// The definitions state it; whether a document prints it, they do not say.
    Stated,
    /// A rule of the study group gives it.
    Rule,
}
