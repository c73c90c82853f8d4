//! The title of an entry as the heading of a page: what was typed apart from what convene says, so that each is marked with
//! its own language.

use super::Reader;
use crate::feed::{Entry, What};
use crate::text::{Language, TaggedText};
use crate::timetable::STUDY_GROUP;

/// The title of an entry without the study group and its marks, and the language that it is in.
pub fn heading(entry: &Entry<'_>, language: &Language) -> TaggedText {
    let first = entry.group.first_language();
    let title = match &entry.what {
        What::Session(..) | What::Series(..) => entry.details().and_then(|details| details.title.as_ref()),
        What::Deadline(deadline) => Some(&deadline.title),
        What::Meeting(..) => entry.meeting.map(|meeting| &meeting.title),
        What::NoSession(..) | What::Closed(..) | What::Renamed(..) | What::Nothing { .. } => None,
    };
    title.map_or_else(|| own(entry, language), |title| title.tagged(language, first))
}

/// What convene itself calls an entry.
fn own(entry: &Entry<'_>, language: &Language) -> TaggedText {
    let reader = Reader::of(language);
    let text = match entry.session() {
        Some(session) => reader.session_title(entry, session),
        None => reader.title(entry),
    };
    TaggedText { text, language: reader.words.language().clone() }
}

/// Whether an entry is for its study group as a whole, so that nobody need be told.
pub fn is_of_all(entry: &Entry<'_>) -> bool {
    entry.session().is_none_or(|session| session.bodies == [STUDY_GROUP] && session.guests.is_empty())
}

/// The bodies that an entry is for, as people write them: those of its own study group, then those of others.
pub fn bodies(entry: &Entry<'_>) -> Vec<String> {
    let Some(session) = entry.session() else { return Vec::new() };
    let own = session.bodies.iter().map(|body| entry.group.bodies[*body].written.clone());
    own.chain(session.guests.iter().flat_map(|guest| guest.written.iter().cloned())).collect()
}
