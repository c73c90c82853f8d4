//! What an event is called, in parts.
//!
//! Kept with what changed of the event, so that this can be told in every language, also when nothing else knows the event
//! any more.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::text::Text;
use crate::timetable::Kind;

/// What an event is called, in parts that are put together in the language of a reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name<'n> {
    /// What it is called.
    pub called: Called<'n>,
    /// What stands behind that, because nobody may overlook it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// What an event is called, without its marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Called<'n> {
    /// A session that has a title.
    Title(Cow<'n, Text>),
    /// A session that has none: its kind, and its bodies as people write them, unless it is the study group's own.
    Kind(Kind, Vec<String>),
    /// A deadline.
    Deadline {
        /// Its title.
        title: Cow<'n, Text>,
        /// Whether it is a recommendation.
        #[serde(default)]
        recommended: bool,
        /// The hour, `16:00`, and the zone on whose clock that is, where it has one.
        #[serde(default)]
        hour: Option<(String, String)>,
        /// The names of those whom it concerns alone.
        #[serde(default)]
        audiences: Vec<Cow<'n, Text>>,
    },
    /// A meeting from its first to its last day: its title and its city.
    Meeting(Cow<'n, Text>, Option<Cow<'n, Text>>),
}

/// What nobody may overlook of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// It may not take place.
    Tentative,
    /// Its end is not announced.
    Open,
    /// Its hours are the usual ones.
    Usual,
    /// Its hours are not known.
    Unknown,
}

impl Name<'_> {
    /// The same, which holds on to nothing else.
    pub fn into_owned(self) -> Name<'static> {
        fn owned(text: Cow<'_, Text>) -> Cow<'static, Text> {
            Cow::Owned(text.into_owned())
        }
        let called = match self.called {
            Called::Title(title) => Called::Title(owned(title)),
            Called::Kind(kind, bodies) => Called::Kind(kind, bodies),
            Called::Deadline { title, recommended, hour, audiences } => {
                let audiences = audiences.into_iter().map(owned).collect();
                Called::Deadline { title: owned(title), recommended, hour, audiences }
            }
            Called::Meeting(title, city) => Called::Meeting(owned(title), city.map(owned)),
        };
        Name { called, marks: self.marks }
    }
}
