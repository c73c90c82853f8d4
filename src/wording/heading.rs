//! The title of an entry as the heading of a page: typed text or convene's own, with its language.

use super::Localizer;
use crate::feed::{Entry, EntryKind};
use crate::text::{Language, TextRun};
use crate::timetable::STUDY_GROUP;

/// Returns the title of an entry without the study group and without suffixes, with its language.
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
/// let opening = Selection::Event(id("sg12"), id("2025-01-geneva"), id("opening-plenary"));
/// let feed = Feed::new(&index, opening, None);
/// let entry = feed.entries().next().expect("an entry");
/// assert_eq!(convene::wording::heading(&entry, &Language::english()).text, "Opening plenary");
/// ```
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
