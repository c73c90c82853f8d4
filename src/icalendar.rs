//! iCalendar: turns a feed into bytes that every client reads the same way.
//!
//! The `icalendar` crate is the model of components and properties; `content_line` makes the bytes. Decides nothing
//! about what is in a feed and reads no clock: the same feed gives the same bytes. Source: RFC 5545, RFC 7986 and the
//! rules of clients.md, cited where they are obeyed.

mod alarm;
pub mod content_line;
mod event;
mod recurrence;
pub mod vtimezone;

use std::collections::BTreeMap;

use ::icalendar::{Calendar, Property};

use crate::feed::{Entry, Feed};
use crate::text::Language;
use crate::timetable::When;
use crate::wording;
use crate::zone::Zone;

/// The bytes of a feed, each line ended by CRLF. Never empty: a feed has at least one entry.
pub fn render(feed: &Feed<'_>) -> String {
    let mut out = String::with_capacity(1024 * (1 + feed.entries.len()));
    content_line::begin(&mut out, "VCALENDAR");
    for property in &calendar(feed).properties {
        content_line::write(&mut out, property);
    }
    // clients.md E4: exactly one VTIMEZONE for every TZID used, before the events
    for zone in zones(&feed.entries).values() {
        vtimezone::write(&mut out, zone);
    }
    let delegate = feed.selection.delegate(&feed.release.timetable);
    let reader = event::Reader { language: &feed.language, release: Some(feed.release), delegate };
    for entry in &feed.entries {
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
    format!("1/{}", crate::zone::database_version())
}

/// Whether this renderer is newer than another one: by its number, then by its time zone database.
pub fn is_newer_than(other: &str) -> bool {
    fn order(renderer: &str) -> Option<(u32, &str)> {
        let (number, database) = renderer.split_once('/')?;
        Some((number.parse().ok()?, database))
    }
    order(&renderer()) > order(other)
}

/// The properties of the whole calendar, in the order in which they are written. clients.md B
fn calendar(feed: &Feed<'_>) -> Calendar {
    let (name, description) = (wording::feed_name(feed), wording::feed_description(feed));
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//convene//convene 1//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", &name),
        ("X-WR-CALNAME", &name),
        ("DESCRIPTION", &description),
        ("X-WR-CALDESC", &description),
        ("X-PUBLISHED-TTL", "PT1H"),
        ("COLOR", "steelblue"),
        ("X-APPLE-CALENDAR-COLOR", "#4682B4"),
    ] {
        calendar.append_property((key, value));
    }
    // clients.md B8: the VALUE parameter is required here
    calendar.append_property(parameter("REFRESH-INTERVAL", "PT1H", "VALUE", "DURATION"));
    if let Some(path) = &feed.path {
        let source = format!("{}{path}.ics", feed.release.base_url);
        calendar.append_property(parameter("SOURCE", &source, "VALUE", "URI"));
    }
    calendar
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
                && span.is_told()
            {
                zones.insert(span.zone().name(), span.zone());
            }
        }
    }
    zones
}
