//! JSON: a feed for webmasters who draw their own timetables. Every feed has one, under its address with `.json`.
//!
//! Does not select entries and reads no clock: the same feed gives the same bytes. docs/json.md describes the format.
//! A series is listed instance by instance, so that nobody has to interpret recurrence rules.

use serde::Serialize;

use crate::feed::{Entry, EntryKind, Feed};
use crate::ledger::Revision;
use crate::revision::StampOffset;
use crate::text::{Language, Line, Prose};
use crate::timetable::{AnnouncedHours, Cancellation, Meeting, STUDY_GROUP, Status, When};
use crate::wording::{self, LastChange};

/// The version of the format. It is raised when something is removed or changes its meaning.
const VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FeedDocument<'a> {
    version: u32,
    name: Line,
    description: Line,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    calendar: Option<String>,
    modified: String,
    entries: Vec<EntryItem>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EntryItem {
    uid: String,
    /// The instance of a series: its original start.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    kind: &'static str,
    group: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    bodies: Vec<String>,
    title: Line,
    /// A date (`2025-01-14`), or a time with its offset (`2025-01-14T11:00:00+01:00`).
    start: String,
    /// The last day, inclusive, or a time with its offset.
    end: String,
    all_day: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    timezone: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<&'static str>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    join: Option<String>,
    description: Prose,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    sequence: u32,
    created: String,
    modified: String,
}

/// Renders a feed as JSON, with a line break at the end.
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
///
/// let feed = Feed::new(&index, Selection::Deadlines(id("sg12")), None);
/// let document: serde_json::Value = serde_json::from_str(&convene::json::render(&feed)).expect("JSON");
/// assert_eq!(document["entries"][0]["kind"], "deadline");
/// ```
pub fn render(feed: &Feed<'_>) -> String {
    let mut entries: Vec<(When, EntryItem)> = feed.entries().flat_map(|entry| items(&entry, feed)).collect();
    entries.sort_by(|(a, one), (b, other)| (a.sort_key(), &one.uid).cmp(&(b.sort_key(), &other.uid)));
    let base_url = &feed.release.base_url;
    let modified = entries.iter().map(|(_, item)| &item.modified).max().cloned();
    let document = FeedDocument {
        version: VERSION,
        name: wording::feed_name(feed),
        description: wording::feed_description(feed),
        language: feed.language.tag(),
        calendar: feed.path.as_ref().map(|path| format!("{base_url}{path}.ics")),
        modified: modified.unwrap_or_else(|| feed.release.instant.to_string()),
        entries: entries.into_iter().map(|(_, item)| item).collect(),
    };
    serialize(&document)
}

fn serialize(document: &FeedDocument<'_>) -> String {
    serde_json::to_string(document).expect("a document of texts and numbers") + "\n"
}

/// Returns the items of an entry: for a series, each instance without an override.
fn items(entry: &Entry<'_>, feed: &Feed<'_>) -> Vec<(When, EntryItem)> {
    let EntryKind::Series(session, _, shown) = &entry.kind else {
        let when = entry.when().clone();
        let instance = entry.overridden_instance().map(|when| when.rfc3339().0);
        return vec![(when.clone(), item(entry, &when, instance, feed))];
    };
    let is_plain = |when: &When| !shown.left_out.contains(&when) && when.sort_key() >= shown.first.sort_key();
    let instances = session.occurrences.iter().filter(|occurrence| occurrence.overridden_by.is_none());
    let instances = instances.map(|occurrence| &occurrence.original).filter(|when| is_plain(when));
    instances.map(|when| (when.clone(), item(entry, when, Some(when.rfc3339().0), feed))).collect()
}

fn item(entry: &Entry<'_>, when: &When, instance: Option<String>, feed: &Feed<'_>) -> EntryItem {
    let change = LastChange::from_entry(entry, feed.release);
    let wording = wording::entry(entry, &feed.language, change.as_ref());
    let preferences = feed.selection.delegate().and_then(|delegate| feed.release.preferences(delegate));
    let revision = feed.release.revision(entry.ledger_uid());
    let Revision { sequence, created, modified } = StampOffset::from_preferences(preferences).apply(revision);
    let text = |text: &crate::text::Text| text.wording(&feed.language).to_owned();
    let span = match when {
        When::Timed(span) => Some(span),
        When::AllDay(_) => None,
    };
    let (start, end) = when.rfc3339();
    EntryItem {
        uid: entry.uid().as_str().to_owned(),
        instance,
        kind: kind(&entry.kind),
        group: entry.group.id.to_string(),
        meeting: entry.meeting.map(|meeting: &Meeting| meeting.id.to_string()),
        id: id(&entry.kind),
        bodies: bodies(entry, &feed.language),
        title: wording.summary,
        start,
        end,
        all_day: span.is_none(),
        timezone: span.map(|span| span.zone().name()),
        hours: entry.hours().map(hours),
        status: status(entry),
        room: entry.details().and_then(|details| details.room.as_ref()).map(text),
        location: wording.location,
        join: entry.join().map(|join| join.url.to_string()),
        description: wording.description,
        url: wording.url.map(String::from),
        sequence,
        created: created.to_string(),
        modified: modified.to_string(),
    }
}

fn kind(what: &EntryKind<'_>) -> &'static str {
    match what {
        EntryKind::Session(session, _) | EntryKind::Series(session, ..) => session.kind.word(),
        EntryKind::Deadline(_) => "deadline",
        EntryKind::Meeting(..) => "meeting",
        EntryKind::Notice(_) => "notice",
    }
}

fn id(what: &EntryKind<'_>) -> Option<String> {
    match what {
        EntryKind::Session(session, _) | EntryKind::Series(session, ..) => Some(session.id.to_string()),
        EntryKind::Deadline(deadline) => Some(deadline.id.to_string()),
        _ => None,
    }
}

/// Returns the bodies concerned, as people write them.
fn bodies(entry: &Entry<'_>, language: &Language) -> Vec<String> {
    match &entry.kind {
        EntryKind::Session(..) | EntryKind::Series(..) => wording::bodies(entry, language),
        EntryKind::Notice(notice) => {
            let body = notice.kind.body().unwrap_or(STUDY_GROUP);
            vec![entry.group.bodies[body].written.in_language(language).to_owned()]
        }
        EntryKind::Deadline(_) | EntryKind::Meeting(..) => match entry.concerns() {
            Some(concerns) => concerns.names(entry.group).map(|name| name.in_language(language).to_owned()).collect(),
            None => vec![entry.group.short_in(language).to_owned()],
        },
    }
}

fn status(entry: &Entry<'_>) -> &'static str {
    match (entry.cancelled(), entry.status()) {
        (Some(Cancellation::Postponed(_)), _) => "postponed",
        (Some(_), _) => "cancelled",
        (None, Status::Tentative) => "tentative",
        (None, Status::Provisional) => "provisional",
        (None, Status::Confirmed) => "confirmed",
    }
}

fn hours(hours: &AnnouncedHours) -> &'static str {
    match hours {
        AnnouncedHours::Unknown => "unknown",
        AnnouncedHours::Announced => "announced",
        AnnouncedHours::StartAnnounced(_) | AnnouncedHours::StartAlone => "start-announced",
        AnnouncedHours::Usual(_) | AnnouncedHours::UsualAtVenue(_) => "usual",
        AnnouncedHours::About => "about",
        AnnouncedHours::AboutStart => "about-start",
        AnnouncedHours::AtLatest => "at-latest",
        AnnouncedHours::Until(_) => "end-announced",
        AnnouncedHours::After(_) => "after",
    }
}
