//! The title of an event, in parts.
//!
//! Stored with the changes of an event, so that they can be told in every language, even after the event is gone.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::text::Text;
use crate::timetable::{SessionKind, WrittenName};

/// The title of an event, in parts that are put together in the language of a reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventTitle<'n> {
    /// What the event is called.
    #[serde(rename = "called")]
    pub base: TitleBase<'n>,
    /// The audiences of a session that is in the feeds of its bodies too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Cow<'n, Text>>,
    /// The suffixes that warn readers.
    #[serde(rename = "marks", default, skip_serializing_if = "Vec::is_empty")]
    pub suffixes: Vec<TitleSuffix>,
    /// The city after which readers know the time zone of an hour in the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<Cow<'n, Text>>,
}

/// What an event is called, without suffixes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TitleBase<'n> {
    /// A session with a title.
    Title(Cow<'n, Text>),
    /// A session without a title: its kind, and its bodies as people write them unless it is the study group's.
    Kind(SessionKind, Vec<WrittenName>),
    /// A deadline.
    Deadline {
        /// Its title.
        title: Cow<'n, Text>,
        /// Whether it is a recommendation.
        #[serde(default)]
        recommended: bool,
        /// The hour (`16:00`) with its time zone, if it has one.
        #[serde(default)]
        hour: Option<(String, String)>,
        /// The bodies that it concerns, as people write them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        bodies: Vec<WrittenName>,
        /// The names of the only audiences that it concerns.
        #[serde(default)]
        audiences: Vec<Cow<'n, Text>>,
    },
    /// The days of a meeting: its title and its city.
    Meeting(Cow<'n, Text>, Option<Cow<'n, Text>>),
}

/// A suffix of a title that no reader may miss.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TitleSuffix {
    /// It may not take place.
    Tentative,
    /// It takes place, but its time may change.
    Provisional,
    /// Its end is not announced.
    Open,
    /// Its hours are the usual ones.
    Usual,
    /// Its hours are not known.
    Unknown,
    /// Its hours are approximate.
    About,
    /// Its end is the latest one.
    AtLatest,
    /// Its end alone is announced: the hour (`16:00`) with its time zone.
    Until(String, String),
    /// Of its days the month alone is known.
    MonthAlone,
    /// Of its days the first alone is known.
    FirstDayAlone,
    /// It is after another session, which is called so.
    After(Box<TitleBase<'static>>),
}

impl EventTitle<'_> {
    /// Returns the same title without borrowed parts.
    pub fn into_owned(self) -> EventTitle<'static> {
        let audiences = self.audiences.into_iter().map(owned).collect();
        let (base, city) = (self.base.into_owned(), self.city.map(owned));
        EventTitle { base, audiences, suffixes: self.suffixes, city }
    }
}

impl TitleBase<'_> {
    /// Returns the same without borrowed parts.
    pub fn into_owned(self) -> TitleBase<'static> {
        match self {
            Self::Title(title) => TitleBase::Title(owned(title)),
            Self::Kind(kind, bodies) => TitleBase::Kind(kind, bodies),
            Self::Deadline { title, recommended, hour, bodies, audiences } => {
                let audiences = audiences.into_iter().map(owned).collect();
                TitleBase::Deadline { title: owned(title), recommended, hour, bodies, audiences }
            }
            Self::Meeting(title, city) => TitleBase::Meeting(owned(title), city.map(owned)),
        }
    }
}

fn owned(text: Cow<'_, Text>) -> Cow<'static, Text> {
    Cow::Owned(text.into_owned())
}
