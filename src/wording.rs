//! Wording: what a person reads of an entry in their language: title, place, description.
//!
//! All renderers show these texts. Knows nothing of iCalendar or HTML: texts are plain, unescaped Unicode.

mod change;
mod dates;
mod description;
mod feeds;
mod heading;
mod messages;
mod tagged_text;
mod text_builder;
mod titles;
mod zone_name;

use std::ops::Deref;

use url::Url;

pub use change::{LastChange, describe_change_in_list, describe_differences, describe_last_change};
pub use dates::{DateFormat, date, day_of_month, time};
pub use description::{interpretation, language_names, letter_title};
pub use feeds::{
    feed_contents, feed_description, feed_heading, feed_name, follow_names, follow_names_in_sentence, kind_names,
};
pub use heading::{bodies, concerns_whole_group, heading};
pub use messages::{Messages, fluent_sources};
pub use tagged_text::TaggedText;
pub use titles::{due_time, event_title, unannounced_hours};
pub use zone_name::clock_name;

use crate::feed::{Entry, EntryKind};
use crate::text::{Language, Line, Prose, Text};
use crate::timetable::{AudienceIndex, Group};

/// The texts of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The title, in one line.
    pub summary: Line,
    /// The description, in one or more lines.
    pub description: Prose,
    /// The place, in one line: room, venue, city.
    pub location: Option<Line>,
    /// A link for more.
    pub url: Option<Url>,
}

/// Returns the texts of an entry for a reader of `language`, including its last change if there is one.
///
/// ```
/// # use convene::definition::{DefinitionFile, read};
/// # use convene::resolve::resolve;
/// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
/// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
/// # let (definitions, mut problems) = read("meetings", files);
/// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
/// # let instant = "2024-12-20T08:00:00Z".parse().expect("an instant");
/// # let base_url: url::Url = "https://calendars.example.org/".parse().expect("a URL");
/// # let release = convene::revision::Release::draft(timetable, instant, base_url);
/// # let index = convene::feed::EntryIndex::new(std::sync::Arc::new(release), None);
/// # let id = |id: &str| convene::id::Id::parse(id).expect("an id");
/// use convene::feed::{Feed, Selection};
/// use convene::text::Language;
///
/// let feed = Feed::new(&index, Selection::Meetings(id("sg12")), None);
/// let entry = feed.entries().next().expect("an entry");
/// let wording = convene::wording::entry(&entry, &Language::english(), None);
/// assert!(wording.location.is_some_and(|place| place.contains("Geneva")));
/// ```
pub fn entry(entry: &Entry<'_>, language: &Language, change: Option<&LastChange<'_>>) -> Wording {
    let reader = Localizer::new(language);
    Wording {
        summary: Line::clean(&reader.summary(entry)).truncated_to_limit(),
        description: reader.description(entry, change),
        location: reader.location(entry).map(|location| Line::clean(&location)),
        url: source_of(entry),
    }
}

/// Returns the title of an entry, in one line.
///
/// ```
/// # use convene::definition::{DefinitionFile, read};
/// # use convene::resolve::resolve;
/// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
/// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
/// # let (definitions, mut problems) = read("meetings", files);
/// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
/// # let instant = "2024-12-20T08:00:00Z".parse().expect("an instant");
/// # let base_url: url::Url = "https://calendars.example.org/".parse().expect("a URL");
/// # let release = convene::revision::Release::draft(timetable, instant, base_url);
/// # let index = convene::feed::EntryIndex::new(std::sync::Arc::new(release), None);
/// # let id = |id: &str| convene::id::Id::parse(id).expect("an id");
/// use convene::feed::{Feed, Selection};
/// use convene::text::Language;
/// use convene::wording::summary;
///
/// let opening = Selection::Event { group: id("sg12"), meeting: id("2025-01-geneva"), event: id("opening-plenary") };
/// let feed = Feed::new(&index, opening, None);
/// let entry = feed.entries().next().expect("an entry");
/// assert_eq!(&*summary(&entry, &Language::english()), "SG12: Opening plenary (end time not announced)");
/// ```
pub fn summary(entry: &Entry<'_>, language: &Language) -> Line {
    Line::clean(&Localizer::new(language).summary(entry)).truncated_to_limit()
}

/// Returns the title of an entry without the mark that it is cancelled, for lists of changes.
pub fn title(entry: &Entry<'_>, language: &Language) -> Line {
    Line::clean(&Localizer::new(language).title(entry)).truncated_to_limit()
}

/// Returns the label of a button for remote participation.
pub fn join_label(language: &Language) -> String {
    Localizer::new(language).messages.format("label-join", &[])
}

/// Writes texts for a reader of one language.
#[derive(Clone, Copy)]
struct Localizer<'a> {
    messages: Messages,
    language: &'a Language,
    /// The language of typed texts that have no wording in the reader's.
    first: &'a Language,
}

impl<'a> Localizer<'a> {
    fn new(language: &'a Language) -> Self {
        Self { messages: Messages::for_language(language), language, first: language }
    }

    /// Returns a localizer for texts that a study group typed.
    fn with_group(self, group: &'a Group) -> Self {
        Self { first: group.first_language(), ..self }
    }

    fn text<'t, W: Deref<Target = str>>(&self, text: &'t Text<W>) -> &'t str {
        text.wording(self.language)
    }

    /// Lists the bodies of a session as people write them; `None` for the study group alone.
    fn bodies(&self, entry: &Entry<'_>) -> Option<String> {
        if heading::concerns_whole_group(entry) {
            return None;
        }
        Some(self.messages.list(&bodies(entry, self.language)))
    }

    fn audiences<'e>(&self, entry: &'e Entry<'_>, audiences: &[AudienceIndex]) -> Vec<&'e str> {
        audiences.iter().map(|audience| self.text(&entry.group.audiences[*audience].name)).collect()
    }

    /// Returns room, venue and city, and the link for remote participation. clients.md G7
    fn location(&self, entry: &Entry<'_>) -> Option<String> {
        let room = match &entry.kind {
            EntryKind::Session(..) | EntryKind::Series(..) => entry.details().and_then(|details| details.room.as_ref()),
            EntryKind::Meeting(..) => None,
            _ => return None,
        };
        let (venue, city) = (entry.venue(), entry.city());
        let place = venue.and_then(|venue| venue.address.as_ref()).or(city);
        let parts = [room, venue.map(|venue| &venue.name), place];
        let mut parts: Vec<&str> = parts.into_iter().flatten().map(|part| self.text(part)).collect();
        // A link says it by itself.
        let online = (entry.is_online() && entry.join().is_none()).then(|| self.messages.format("online", &[]));
        parts.extend(online.as_deref());
        let places = (!parts.is_empty()).then(|| self.messages.join("places", &parts));
        match (places, entry.join()) {
            (Some(places), Some(join)) => Some(format!("{places} / {}", join.url)),
            (places, join) => places.or_else(|| join.map(|join| join.url.to_string())),
        }
    }
}

/// Returns the URL of the meeting's letter, else of the study group's homepage.
fn source_of(entry: &Entry<'_>) -> Option<Url> {
    let letter = entry.meeting.and_then(|meeting| meeting.letter.as_ref()).and_then(|letter| letter.url.as_ref());
    letter.or(entry.group.homepage.as_ref()).cloned()
}
