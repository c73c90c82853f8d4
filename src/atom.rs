//! Atom: what changed in a feed, for feed readers.
//!
//! Every feed has one, under its address with `.atom`. It does not select entries. Source: RFC 4287, RFC 4151.

use std::collections::BTreeSet;

use atom_syndication::{Entry, FixedDateTime, Generator, Link, Person, Text};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

use crate::feed::{Feed, Selection};
use crate::ledger::{Changes, EventChange};
use crate::private::to_hex;
use crate::text::Line;
use crate::timetable::{Group, Uid};
use crate::wording;

/// The largest number of changes in a document.
const MAX_ENTRIES: usize = 100;

/// Renders what changed in a feed, the latest first.
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
/// let feed = Feed::new(&index, Selection::All(id("sg12")), None);
/// assert!(convene::atom::render(&feed).contains("<feed"));
/// ```
pub fn render(feed: &Feed<'_>) -> String {
    let groups = feed.selection.groups(&feed.release.timetable);
    let Some(group) = groups.first() else { return String::new() };
    let filter = ChangeFilter::new(feed);
    let mut entries = Vec::new();
    for changes in &feed.release.changes {
        for change in changes.list.iter().filter(|change| filter.includes(change)) {
            entries.push(entry(change, changes, group, feed));
        }
    }
    entries.truncate(MAX_ENTRIES);
    let latest = feed.entries().map(|entry| feed.release.revision(entry.ledger_uid()).modified).max();
    let updated = entries.first().map_or_else(|| date(latest.unwrap_or(feed.release.instant)), |entry| entry.updated);
    let mut document = atom_syndication::Feed {
        title: Text::plain(wording::feed_name(feed)),
        subtitle: Some(Text::plain(wording::feed_description(feed))),
        id: tag(group, &name(feed)),
        updated,
        authors: vec![Person { name: group.short_in(&feed.language).to_owned(), ..Person::default() }],
        generator: Some(Generator { value: "convene".to_owned(), ..Generator::default() }),
        lang: Some(feed.language.to_string()),
        entries,
        ..atom_syndication::Feed::default()
    };
    if let Some(path) = &feed.path {
        let base_url = &feed.release.base_url;
        document.links = vec![
            link("self", "application/atom+xml", format!("{base_url}{path}.atom")),
            link("alternate", "text/calendar", format!("{base_url}{path}.ics")),
        ];
    }
    document.to_string()
}

/// The changes that a feed tells.
struct ChangeFilter {
    /// The feeds whose changes are included.
    paths: BTreeSet<String>,
    /// The events whose changes are included, whatever feed they were in.
    uids: BTreeSet<Uid>,
    has_private: bool,
}

impl ChangeFilter {
    fn new(feed: &Feed<'_>) -> Self {
        let timetable = &feed.release.timetable;
        let mut paths: BTreeSet<String> = BTreeSet::new();
        let mut uids = BTreeSet::new();
        match &feed.selection {
            Selection::Follow(_) | Selection::Part { .. } | Selection::Delegate(_) => {
                for follows in feed.selection.follows() {
                    let Some(group) = timetable.group(follows.group.as_str()) else { continue };
                    let bodies = follows.bodies.iter().map(|body| group.bodies[*body].address());
                    let audiences =
                        follows.audiences.iter().map(|audience| format!("follow/{}", group.audiences[*audience].id));
                    paths.extend(bodies.chain(audiences).map(|name| format!("{}/{name}", group.id)));
                }
                uids.extend(feed.entries().map(|entry| entry.uid().clone()));
            }
            selection => paths.extend(crate::feed::path(timetable, selection)),
        }
        Self { paths, uids, has_private: matches!(feed.selection, Selection::Delegate(_)) }
    }

    fn includes(&self, change: &EventChange) -> bool {
        let is_theirs = self.uids.contains(&change.uid) || change.feeds.iter().any(|path| self.paths.contains(path));
        is_theirs && (!change.is_private || (self.has_private && self.uids.contains(&change.uid)))
    }
}

fn entry(change: &EventChange, changes: &Changes, group: &Group, feed: &Feed<'_>) -> Entry {
    let (title, text) = wording::describe_change_in_list(change, group, &feed.language);
    let page = format!("{}{}/changes/#release-{}", feed.release.base_url, change.group, changes.release);
    Entry {
        title: Text::plain(Line::clean(&title.to_string())),
        id: tag(group, &format!("{}/{}", change.uid.as_str(), changes.release)),
        updated: date(changes.instant),
        summary: Some(Text::plain(Line::clean(&text.to_string()))),
        links: vec![link("alternate", "text/html", page)],
        ..Entry::default()
    }
}

fn link(rel: &str, media_type: &str, href: String) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

/// Returns a name that identifies a feed: its path, or a digest for a delegate's, because people forward files.
fn name(feed: &Feed<'_>) -> String {
    match (&feed.path, &feed.selection) {
        (Some(path), _) => path.clone(),
        (None, Selection::Delegate(delegate)) => {
            format!("delegate/{}", to_hex(&Sha256::digest(delegate.id.as_str())[..8]))
        }
        (None, _) => String::new(),
    }
}

/// Returns a permanent name. RFC 4151: a domain, a date on which it was the study group's, and a name
fn tag(group: &Group, name: &str) -> String {
    const LEFT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'/').remove(b'@').remove(b'_');
    format!("tag:{},2020:{}", group.uid_domain, utf8_percent_encode(name, LEFT))
}

fn date(instant: Timestamp) -> FixedDateTime {
    let date = chrono::DateTime::from_timestamp(instant.as_second(), 0).expect("chrono has every instant of jiff");
    date.fixed_offset()
}
