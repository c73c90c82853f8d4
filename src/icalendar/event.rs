//! VEVENT: turns an entry into an event of the crate `icalendar`. Source: RFC 5545 3.6.1, clients.md C to G.

use ::icalendar::{Component, Event, EventStatus, Property};
use jiff::Timestamp;

use super::recurrence;
use crate::feed::{Entry, EntryKind};
use crate::ledger::Revision;
use crate::revision::Release;
use crate::text::Language;
use crate::timetable::{CancellationStyle, Days, Status, TimedSpan, When};
use crate::wording::{self, LastChange};

/// The options for writing events.
pub(super) struct EventOptions<'a> {
    /// The language of the reader.
    pub(super) language: &'a Language,
    /// The release with the stamps and the last changes; `None` for fingerprints.
    pub(super) release: Option<&'a Release>,
}

/// Creates the event of an entry. What differs between delegates, their stamps and reminders, is added to its bytes.
pub(super) fn event(entry: &Entry<'_>, options: &EventOptions<'_>) -> Event {
    let mut event = Event::new();
    event.uid(entry.uid().as_str());
    if let Some(release) = options.release {
        add_stamps(&mut event, release.revision(entry.ledger_uid()));
    }
    match entry.when() {
        When::Timed(span) => add_times(&mut event, span),
        When::AllDay(days) => add_dates(&mut event, *days),
    }
    match &entry.kind {
        EntryKind::Series(_, series, instances) => recurrence::add_rule(&mut event, series, instances),
        _ => {
            if let Some(original) = entry.overridden_instance() {
                recurrence::add_recurrence_id(&mut event, original);
            }
        }
    }
    let change = options.release.and_then(|release| LastChange::from_entry(entry, release));
    let wording = wording::entry(entry, options.language, change.as_ref());
    event.summary(&wording.summary);
    event.description(&wording.description);
    if let Some(location) = &wording.location {
        event.append_property(("LOCATION", &**location));
    }
    if let Some(url) = &wording.url {
        event.url(url.as_str());
    }
    let venue = entry.venue();
    let is_there = entry.session().is_some() || matches!(entry.kind, EntryKind::Meeting(..));
    if let Some((north, east)) = venue.and_then(|venue| venue.geo.as_ref()).filter(|_| is_there) {
        event.append_property(("GEO", format!("{north};{east}").as_str()));
    }
    if let Some(join) = entry.join() {
        add_conference(&mut event, join.url.as_str(), &wording::join_label(options.language));
    }
    add_availability(&mut event, entry);
    event
}

/// clients.md G8: besides LOCATION and DESCRIPTION, for clients that make it a button
fn add_conference(event: &mut Event, url: &str, label: &str) {
    let property = Property::new("CONFERENCE", url)
        .add_parameter("VALUE", "URI")
        .add_parameter("FEATURE", "AUDIO,VIDEO")
        .add_parameter("LABEL", label)
        .done();
    event.append_property(property);
}

/// clients.md D5 to D8: always all of them, always in UTC, DTSTAMP equal to LAST-MODIFIED
fn add_stamps(event: &mut Event, revision: Revision) {
    event.sequence(revision.sequence);
    event.append_property(("CREATED", format_utc(revision.created).as_str()));
    let modified = format_utc(revision.modified);
    event.append_property(("DTSTAMP", modified.as_str()));
    event.append_property(("LAST-MODIFIED", modified.as_str()));
}

/// clients.md E11: both ends in one form
fn add_times(event: &mut Event, span: &TimedSpan) {
    let zone = span.vtimezone();
    event.append_property(recurrence::moment("DTSTART", span.start(), zone));
    event.append_property(recurrence::moment("DTEND", span.end(), zone));
}

/// clients.md E13: dates without a clock, the end being the day after the last
fn add_dates(event: &mut Event, days: Days) {
    event.append_property(recurrence::date("DTSTART", days.first()));
    event.append_property(recurrence::date("DTEND", days.day_after()));
}

/// clients.md G1, G3, G4, E16: STATUS, TRANSP and Microsoft's property say the same
fn add_availability(event: &mut Event, entry: &Entry<'_>) {
    let is_cancelled = entry.cancelled().is_some();
    let is_tentative = entry.status() == Status::Tentative;
    // A study group may keep cancelled events confirmed, with the word only in the title, because Google removes
    // others.
    let status = match (is_cancelled, entry.group.cancelled) {
        (true, CancellationStyle::Status) => EventStatus::Cancelled,
        (false, _) if is_tentative => EventStatus::Tentative,
        _ => EventStatus::Confirmed,
    };
    event.append_property(status);
    let is_timed = matches!(entry.when(), When::Timed(_)) && !matches!(entry.kind, EntryKind::Deadline(_));
    let is_free = entry.session().is_some_and(|session| session.is_free);
    let (transparency, busy) = match (is_timed && !is_cancelled && !is_free, is_tentative) {
        (false, _) => ("TRANSPARENT", "FREE"),
        (true, true) => ("OPAQUE", "TENTATIVE"),
        (true, false) => ("OPAQUE", "BUSY"),
    };
    event.append_property(("TRANSP", transparency));
    event.append_property(("X-MICROSOFT-CDO-BUSYSTATUS", busy));
}

/// RFC 5545 3.3.5, form 2
pub(super) fn format_utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}
