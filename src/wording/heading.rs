//! The title of an entry as the heading of a page: typed text or convene's own, with its language.

use super::Localizer;
use crate::feed::{Entry, EntryKind};
use crate::text::{Language, TextRun};
use crate::timetable::STUDY_GROUP;

/// Returns the title of an entry without the study group and without suffixes, with its language.
pub fn heading(entry: &Entry<'_>, language: &Language) -> TextRun {
    let first = entry.group.first_language();
    let title = match &entry.kind {
        EntryKind::Session(..) | EntryKind::Series(..) => entry.details().and_then(|details| details.title.as_ref()),
        EntryKind::Deadline(deadline) => Some(&deadline.title),
        EntryKind::Meeting(..) => entry.meeting.map(|meeting| &meeting.title),
        EntryKind::NoSession(..) | EntryKind::Closed(..) | EntryKind::Renamed(..) | EntryKind::Nothing { .. } => None,
    };
    title.map_or_else(|| heading_without_title(entry, language), |title| title.tagged(language, first))
}

/// Returns what convene calls an entry without a typed title.
fn heading_without_title(entry: &Entry<'_>, language: &Language) -> TextRun {
    let reader = Localizer::new(language);
    let text = match entry.session() {
        Some(session) => reader.session_title(entry, session),
        None => reader.title(entry),
    };
    TextRun { text, language: reader.messages.language().clone() }
}

/// Returns `true` if an entry concerns its study group as a whole, so that naming bodies is unnecessary.
pub fn concerns_whole_group(entry: &Entry<'_>) -> bool {
    entry.session().is_none_or(|session| session.bodies == [STUDY_GROUP] && session.guests.is_empty())
}

/// Returns the bodies of an entry as people write them: those of its own study group, then those of others.
pub fn bodies(entry: &Entry<'_>) -> Vec<String> {
    let Some(session) = entry.session() else { return Vec::new() };
    let own = session.bodies.iter().map(|body| entry.group.bodies[*body].written.clone());
    own.chain(session.guests.iter().flat_map(|guest| guest.written.iter().cloned())).collect()
}
