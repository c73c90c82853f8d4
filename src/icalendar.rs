//! iCalendar: turns a feed into bytes that every client reads the same way.
//!
//! The `icalendar` crate is the model of components and properties; `content_line` makes the bytes. Decides nothing
//! about what is in a feed and reads no clock: the same feed gives the same bytes. Source: RFC 5545, RFC 7986 and the
//! rules of clients.md, cited where they are obeyed.

mod alarm;
mod assembly;
pub mod content_line;
mod event;
mod fragment;
mod head;
mod recurrence;
mod shelf;
pub mod vtimezone;

use std::collections::BTreeMap;

use ::icalendar::Property;

pub use assembly::Assembly;
pub use shelf::Shelf;

use crate::feed::{Entry, Feed};
use crate::text::Language;
use crate::timetable::When;
use crate::zone::Zone;

/// The bytes of a feed, each line ended by CRLF. Never empty: a feed has at least one entry.
pub fn render(feed: &Feed<'_>) -> String {
    let entries: Vec<Entry<'_>> = feed.entries().collect();
    let mut out = String::with_capacity(1024 * (1 + entries.len()));
    head::write(&mut out, feed);
    // clients.md E4: exactly one VTIMEZONE for every TZID used, before the events
    for zone in zones(&entries).values() {
        vtimezone::write(&mut out, zone);
    }
    let delegate = feed.selection.delegate();
    let reader = event::Reader { language: &feed.language, release: Some(feed.release), delegate };
    for entry in &entries {
        content_line::component(&mut out, &event::event(entry, &reader));
    }
    content_line::end(&mut out, "VCALENDAR");
    out
}

/// What a release compares of an event: the bytes of its entries in a language, with their zones, without stamps and
/// without what they say of their last change.
pub fn unstamped(entries: &[Entry<'_>], language: &Language) -> String {
    let mut out = String::with_capacity(1024 * entries.len());
    for zone in zones(entries).values() {
        vtimezone::write(&mut out, zone);
    }
    let reader = event::Reader { language, release: None, delegate: None };
    for entry in entries {
        content_line::component(&mut out, &event::event(entry, &reader));
    }
    out
}

/// What makes these bytes: another renderer, or another time zone database, may make others of the same timetable. The
/// number is raised with every change of the bytes, which a test sees to.
pub fn renderer() -> String {
    format!("2/{}", crate::zone::database_version())
}

/// Whether this renderer is older than another one: by its number, then by its time zone database.
pub fn is_older_than(other: &str) -> bool {
    fn order(renderer: &str) -> Option<(u32, &str)> {
        let (number, database) = renderer.split_once('/')?;
        Some((number.parse().ok()?, database))
    }
    order(&renderer()) < order(other)
}

/// A property with one parameter.
fn parameter(key: &str, value: &str, name: &str, of: &str) -> Property {
    Property::new(key, value).add_parameter(name, of).done()
}

/// The zones that events of the feed name, by name: those of their hours, of the exceptions to a series and of what is
/// left out of it.
fn zones<'e>(entries: &'e [Entry<'_>]) -> BTreeMap<&'static str, &'e Zone> {
    let mut zones = BTreeMap::new();
    for entry in entries {
        for when in std::iter::once(entry.when()).chain(entry.exception()) {
            if let When::Timed(span) = when
                && span.fits_vtimezone()
            {
                zones.insert(span.zone().name(), span.zone());
            }
        }
    }
    zones
}
