//! From an entry of a feed to what a person reads in their language: title, place, description.
//!
//! What every renderer shows, said once. Knows nothing of iCalendar or HTML: texts are plain, unescaped Unicode.

mod change;
mod dates;
mod description;
mod feeds;
mod phrase;
mod speech;
mod spoken;
mod titles;
mod words;

use url::Url;

pub use change::{LastChange, change, published};
pub use dates::{Form, date};
pub use feeds::{feed_description, feed_heading, feed_holds, feed_name, followed};
pub use phrase::Phrase;
pub use spoken::{bodies, heading, is_of_all};
pub use titles::name;
pub use words::{LANGUAGES, Words};

use crate::feed::{Entry, What};
use crate::text::{Language, Text, line, single_line};
use crate::timetable::{Group, Meeting};

/// What a person reads of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// One line.
    pub summary: String,
    /// One or more lines.
    pub description: String,
    /// One line: room, venue, city.
    pub location: Option<String>,
    /// Where to read on.
    pub url: Option<Url>,
}

/// What a reader of `language` sees of an entry, and of its last change where that is told.
pub fn entry(entry: &Entry<'_>, language: &Language, change: Option<&LastChange<'_>>) -> Wording {
    let reader = Reader::of(language);
    Wording {
        summary: line(&reader.summary(entry)),
        description: reader.description(entry, change),
        location: reader.location(entry).map(|location| single_line(&location)),
        url: source_of(entry),
    }
}

/// The title of an entry in one line.
pub fn summary(entry: &Entry<'_>, language: &Language) -> String {
    line(&Reader::of(language).summary(entry))
}

/// The title of an entry for lists of changes, which say themselves that it is cancelled.
pub fn title(entry: &Entry<'_>, language: &Language) -> String {
    line(&Reader::of(language).title(entry))
}

/// What a button to take part from afar says, in one line.
pub fn join_label(language: &Language) -> String {
    Reader::of(language).words.say("join-label", &[])
}

/// Says things to a reader of one language.
#[derive(Clone, Copy)]
struct Reader<'a> {
    words: Words,
    language: &'a Language,
    /// The language of what was typed and has no wording in the reader's.
    first: &'a Language,
}

impl<'a> Reader<'a> {
    fn of(language: &'a Language) -> Self {
        Self { words: Words::of(language), language, first: language }
    }

    /// The same reader, of what a study group typed.
    fn among(self, group: &'a Group) -> Self {
        Self { first: group.first_language(), ..self }
    }

    fn text<'t>(&self, text: &'t Text) -> &'t str {
        text.wording(self.language)
    }

    /// The bodies of a session as people write them, unless it is the study group alone.
    fn bodies(&self, entry: &Entry<'_>) -> Option<String> {
        if spoken::is_of_all(entry) {
            return None;
        }
        Some(self.words.list(&bodies(entry)))
    }

    fn audiences(&self, entry: &Entry<'_>, audiences: &[usize]) -> String {
        let names: Vec<&str> =
            audiences.iter().map(|audience| self.text(&entry.group.audiences[*audience].name)).collect();
        self.words.list(&names)
    }

    /// Room, venue and city, and where to take part from afar. clients.md G7
    fn location(&self, entry: &Entry<'_>) -> Option<String> {
        let meeting = entry.meeting;
        let room = match &entry.what {
            What::Session(..) | What::Series(..) => entry.details().and_then(|details| details.room.as_ref()),
            What::Meeting(..) => None,
            _ => return None,
        };
        let venue = meeting.and_then(|meeting| meeting.venue.as_ref());
        let city = meeting.and_then(Meeting::city);
        let place = venue.and_then(|venue| venue.address.as_ref()).or(city);
        let parts = [room, venue.map(|venue| &venue.name), place];
        let parts: Vec<&str> = parts.into_iter().flatten().map(|part| self.text(part)).collect();
        let places = (!parts.is_empty()).then(|| self.words.joined("places", &parts));
        match (places, entry.join()) {
            (Some(places), Some(join)) => Some(format!("{places} / {}", join.url)),
            (places, join) => places.or_else(|| join.map(|join| join.url.to_string())),
        }
    }
}

/// The page of the meeting's document, else of the study group.
fn source_of(entry: &Entry<'_>) -> Option<Url> {
    let letter = entry.meeting.and_then(|meeting| meeting.letter.as_ref()).and_then(|letter| letter.url.as_ref());
    letter.or(entry.group.homepage.as_ref()).cloned()
}
