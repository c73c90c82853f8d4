//! From an entry of a feed to what a person reads in their language: title, place, description.
//!
//! What every renderer shows, said once. Knows nothing of iCalendar or HTML: texts are plain, unescaped Unicode.

mod change;
mod dates;
mod description;
mod feeds;
mod phrase;
mod spoken;
mod words;

use url::Url;

pub use change::{LastChange, change, published};
pub use dates::{Form, date};
pub use feeds::{feed_description, feed_heading, feed_holds, feed_name, followed};
pub use phrase::Phrase;
pub use spoken::{bodies, heading, is_of_all, moved};
pub use words::{LANGUAGES, Words};

use crate::feed::{Entry, What};
use crate::text::{LINE_CHARACTERS, Language, Text, line, shortened, single_line};
use crate::timetable::{Deadline, Group, Hours, Meeting, Session, Status, When};

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

    /// The same as a phrase, which says in which language it is.
    fn typed(&self, text: &Text) -> Phrase {
        Phrase::from(text.said(self.language, self.first))
    }

    /// The title of an entry, with what must not be overlooked before and behind it.
    fn summary(&self, entry: &Entry<'_>) -> String {
        let title = self.title(entry);
        match entry.cancelled() {
            Some(_) => self.words.say("cancelled-title", &[("title", &title)]),
            None => title,
        }
    }

    /// The title of an entry with its marks, without the word that it is cancelled.
    fn title(&self, entry: &Entry<'_>) -> String {
        let group = ("group", entry.group.short());
        let body = |body: &usize| entry.group.bodies[*body].written.as_str();
        match &entry.what {
            What::Session(session, _) | What::Series(session, ..) => {
                let title = self.session_title(entry, session);
                self.marked(entry, &title, &[group])
            }
            What::Deadline(deadline) => self.deadline_summary(entry, deadline),
            What::Meeting(..) => {
                let title = entry.meeting.map(|meeting| self.text(&meeting.title)).unwrap_or_default();
                let title = self.words.joined("places", &self.with_city(entry, title));
                self.marked(entry, &title, &[])
            }
            What::NoSession(_, of, _) => self.words.say("no-session", &[group, ("body", body(of))]),
            What::Closed(_, of, _) => self.words.say("closed", &[group, ("body", body(of))]),
            What::Renamed(_, of, former, _) => {
                self.words.say("renamed", &[group, ("former", former.as_str()), ("body", body(of))])
            }
            What::Nothing { .. } => self.words.say("nothing", &[group]),
        }
    }

    /// A title behind the group's short name, if there is one, and before its marks.
    fn marked(&self, entry: &Entry<'_>, title: &str, group: &[(&'static str, &str)]) -> String {
        let mut marks = Vec::new();
        if entry.status() == Status::Tentative && entry.cancelled().is_none() {
            marks.push(self.words.say("mark-tentative", &[]));
        }
        // Nobody may take an assumption for a fact, not even in a list of titles.
        match entry.hours() {
            None | Some(Hours::Announced) => {}
            Some(Hours::StartAnnounced(_)) => marks.push(self.words.say("mark-open", &[])),
            Some(Hours::Usual(_)) => marks.push(self.words.say("mark-usual", &[])),
            Some(Hours::Unknown) => marks.push(self.words.say("mark-unknown", &[])),
        }
        let marks = self.words.list(&marks);
        let title = if marks.is_empty() { title.to_owned() } else { beside(title, &marks) };
        let (message, message_marked) =
            if group.is_empty() { ("title-alone", "title-alone-marked") } else { ("summary", "summary-marked") };
        let message = if marks.is_empty() { message } else { message_marked };
        let variables: Vec<(&'static str, &str)> =
            group.iter().copied().chain([("title", title.as_str()), ("marks", marks.as_str())]).collect();
        self.words.say(message, &variables)
    }

    fn with_city(&self, entry: &Entry<'_>, title: &str) -> Vec<String> {
        let city = entry.meeting.and_then(Meeting::city).map(|place| self.text(place).to_owned());
        let city = city.filter(|city| !title.contains(city.as_str()));
        std::iter::once(title.to_owned()).chain(city).collect()
    }

    fn session_title(&self, entry: &Entry<'_>, session: &Session) -> String {
        if let Some(title) = entry.details().and_then(|details| details.title.as_ref()) {
            return self.text(title).to_owned();
        }
        let kind = self.words.say(&format!("kind-{}", session.kind.word()), &[]);
        match self.bodies(entry) {
            Some(bodies) => self.words.say("title-of-bodies", &[("bodies", &bodies), ("kind", &kind)]),
            None => kind,
        }
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

    fn deadline_summary(&self, entry: &Entry<'_>, deadline: &Deadline) -> String {
        let message = match (deadline.recommended, deadline.audience.is_empty()) {
            (false, true) => "deadline",
            (false, false) => "deadline-for",
            (true, true) => "recommended-date",
            (true, false) => "recommended-date-for",
        };
        // A deadline with an hour says it, and on whose clock.
        let hour = match &deadline.due {
            When::Timed(span) => {
                let hour = span.end().wall.strftime("%H:%M").to_string();
                let zone = span.zone().name();
                format!(" {}", self.words.say("hour-of-deadline", &[("hour", &hour), ("zone", zone)]))
            }
            When::AllDay(_) => String::new(),
        };
        let (group, audiences) = (entry.group.short(), self.audiences(entry, &deadline.audience));
        let title = beside(self.text(&deadline.title), &format!("{audiences}{hour}"));
        self.words.say(message, &[("group", group), ("hour", &hour), ("title", &title), ("audiences", &audiences)])
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

/// A title that leaves room for what stands behind it in a summary and must not be cut off.
fn beside(title: &str, behind: &str) -> String {
    // The group's short name, the words around the title and their brackets.
    const AROUND: usize = 50;
    let room = LINE_CHARACTERS.saturating_sub(behind.chars().count() + AROUND);
    shortened(&single_line(title), room.max(AROUND))
}

/// The page of the meeting's document, else of the study group.
fn source_of(entry: &Entry<'_>) -> Option<Url> {
    let letter = entry.meeting.and_then(|meeting| meeting.letter.as_ref()).and_then(|letter| letter.url.as_ref());
    letter.or(entry.group.homepage.as_ref()).cloned()
}
