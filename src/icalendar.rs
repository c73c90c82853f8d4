//! iCalendar: renders a feed as bytes that every client understands.
//!
//! The crate `icalendar` models components and properties, and `content_line` writes the bytes. This module does not
//! select entries and reads no clock: the same feed gives the same bytes. Source: RFC 5545, RFC 7986 and the rules of
//! clients.md, which are cited where they are followed.

mod alarm;
pub mod content_line;
mod event;
mod fragment;
mod fragment_cache;
mod head;
mod recurrence;
mod rendered_feed;
pub mod vtimezone;

use std::collections::BTreeMap;
use std::sync::Arc;

use ::icalendar::Property;

pub use fragment_cache::FragmentCache;
pub use rendered_feed::RenderedFeed;

use crate::feed::{Entry, Feed};
use crate::revision::StampOffset;
use crate::text::Language;
use crate::timetable::When;
use crate::zone::Zone;
use fragment::Fragment;
use rendered_feed::{FeedEvents, FragmentRef, Reminder};

/// Renders a feed without a cache, with CRLF at the end of each line. Never empty, because a feed has at least one
/// entry. [`FragmentCache::render`] gives the same bytes, as far as they fit into a feed.
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
/// let calendar = convene::icalendar::render(&feed);
/// assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
/// ```
pub fn render(feed: &Feed<'_>) -> String {
    let delegate = feed.selection.delegate();
    let reminders = |entry: Entry<'_>, delegate| -> Vec<Arc<Reminder>> {
        let reminder = |lead: &i32| Arc::new(Reminder::new(alarm::text(&entry, *lead, &feed.language)));
        alarm::lead_times(&entry, delegate).iter().map(reminder).collect()
    };
    let fragment = |entry| FragmentRef::Own(Box::new(Fragment::new(&entry, feed.release, &feed.language)));
    let events = FeedEvents {
        fragments: feed.entries().map(fragment).collect(),
        reminders: delegate
            .map_or_else(Vec::new, |delegate| feed.entries().map(|entry| reminders(entry, delegate)).collect()),
        offset: delegate.map(|delegate| StampOffset::from_preferences(feed.release.preferences(delegate))),
    };
    let bytes = events.sizes().sum();
    String::from_utf8(RenderedFeed::new(feed, events, bytes).bytes())
        .unwrap_or_else(|_| unreachable!("texts are UTF-8"))
}

/// Renders an event for its fingerprint: the bytes of its entries in a language, with their zones, without stamps and
/// without their last change.
pub fn render_for_fingerprint(entries: &[Entry<'_>], language: &Language) -> String {
    let mut out = String::with_capacity(1024 * entries.len());
    for zone in zones(entries).values() {
        vtimezone::write(&mut out, zone);
    }
    let options = event::EventOptions { language, release: None };
    for entry in entries {
        content_line::component(&mut out, &event::event(entry, &options));
    }
    out
}

/// Returns the version of the renderer: with another number, or another time zone database, the same timetable may
/// give other bytes. The number is raised whenever bytes change, which a test ensures.
pub fn renderer_version() -> String {
    format!("6/{}", crate::zone::database_version())
}

/// Returns `true` if this renderer is older than another one: by its number, then by its time zone database.
///
/// ```
/// use convene::icalendar::{is_renderer_older_than, renderer_version};
///
/// assert!(!is_renderer_older_than(&renderer_version()));
/// assert!(is_renderer_older_than("999/2099a"));
/// ```
pub fn is_renderer_older_than(other: &str) -> bool {
    fn order(renderer: &str) -> Option<(u32, &str)> {
        let (number, database) = renderer.split_once('/')?;
        Some((number.parse().ok()?, database))
    }
    order(&renderer_version()) < order(other)
}

/// Creates a property with one parameter.
fn parameter(key: &str, value: &str, name: &str, of: &str) -> Property {
    Property::new(key, value).add_parameter(name, of).done()
}

/// Returns the zones of the entries by name: those of their times and of the instances that they override.
fn zones<'e>(entries: &'e [Entry<'_>]) -> BTreeMap<&'static str, &'e Zone> {
    let mut zones = BTreeMap::new();
    for entry in entries {
        for when in std::iter::once(entry.when()).chain(entry.overridden_instance()) {
            if let When::Timed(span) = when {
                zones.extend(span.vtimezone().map(|zone| (zone.name(), zone)));
            }
        }
    }
    zones
}
