//! The title of an entry as the heading of a page: typed text or convene's own, with its language.

use super::{Localizer, event_title};
use crate::feed::Entry;
use crate::ledger::TitleBase;
use crate::text::{Language, TextRun};
use crate::timetable::{STUDY_GROUP, WrittenName};

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
/// let opening = Selection::Event { group: id("sg12"), meeting: id("2025-01-geneva"), event: id("opening-plenary") };
/// let feed = Feed::new(&index, opening, None);
/// let entry = feed.entries().next().expect("an entry");
/// assert_eq!(convene::wording::heading(&entry, &Language::english()).text, "Opening plenary");
/// ```
pub fn heading(entry: &Entry<'_>, language: &Language) -> TextRun {
    let reader = Localizer::new(language);
    let own = |text: String| TextRun { text, language: reader.messages.language().clone() };
    match event_title(entry).map(|title| title.base) {
        Some(TitleBase::Title(title) | TitleBase::Meeting(title, _) | TitleBase::Deadline { title, .. }) => {
            title.tagged(language, entry.group.first_language())
        }
        Some(TitleBase::Kind(kind, bodies)) => own(reader.kind(kind.word(), &bodies)),
        None => own(reader.title(entry)),
    }
}

/// Returns `true` if an entry concerns its study group as a whole, so that naming bodies is unnecessary.
pub fn concerns_whole_group(entry: &Entry<'_>) -> bool {
    entry.session().is_none_or(|session| session.bodies == [STUDY_GROUP] && session.guests.is_empty())
}

/// Returns the bodies of an entry as people write them in a language: those of its own study group, then those of others.
pub fn bodies(entry: &Entry<'_>, language: &Language) -> Vec<String> {
    written_names(entry).into_iter().map(|name| name.in_language(language).to_owned()).collect()
}

/// Returns the bodies of an entry.
pub(super) fn written_names<'e>(entry: &Entry<'e>) -> Vec<&'e WrittenName> {
    entry.session().into_iter().flat_map(|session| session.body_names(entry.group)).collect()
}
