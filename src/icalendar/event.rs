//! VEVENT: from an entry of a feed to the `icalendar` crate's event. Source: RFC 5545 3.6.1, clients.md C to G.

use ::icalendar::{Component, Event, EventStatus, Property};
use jiff::Timestamp;

use super::{alarm, recurrence};
use crate::feed::{Entry, What};
use crate::ledger::Revision;
use crate::revision::{Release, StampOffset};
use crate::text::Language;
use crate::timetable::{CancellationStyle, Days, Delegate, Status, TimedSpan, When};
use crate::wording::{self, LastChange};

/// For whom events are written.
pub(super) struct Reader<'a> {
    /// Their language.
    pub(super) language: &'a Language,
    /// The release whose stamps events carry, with what each says of its last change; none for what is compared.
    pub(super) release: Option<&'a Release>,
    /// The delegate whose feed it is.
    pub(super) delegate: Option<&'a Delegate>,
}

/// The event of an entry.
pub(super) fn event(entry: &Entry<'_>, reader: &Reader<'_>) -> Event {
    let mut event = Event::new();
    event.uid(entry.uid().as_str());
    if let Some(release) = reader.release {
        stamps(&mut event, stamp(entry, release, reader.delegate));
    }
    match entry.when() {
        When::Timed(span) => timed(&mut event, span),
        When::AllDay(days) => all_day(&mut event, *days),
    }
    match &entry.what {
        What::Series(_, series, instances) => recurrence::rule(&mut event, series, instances),
        _ => {
            if let Some(original) = entry.exception() {
                recurrence::exception(&mut event, original);
            }
        }
    }
    let change = reader.release.and_then(|release| LastChange::of(entry, release));
    let wording = wording::entry(entry, reader.language, change.as_ref());
    event.summary(&wording.summary);
    event.description(&wording.description);
    if let Some(location) = &wording.location {
        event.append_property(("LOCATION", location.as_str()));
    }
    if let Some(url) = &wording.url {
        event.url(url.as_str());
    }
    let venue = entry.meeting.and_then(|meeting| meeting.venue.as_ref());
    let is_there = entry.session().is_some() || matches!(entry.what, What::Meeting(..));
    if let Some((north, east)) = venue.and_then(|venue| venue.geo.as_ref()).filter(|_| is_there) {
        event.append_property(("GEO", format!("{north};{east}").as_str()));
    }
    if let Some(join) = entry.join() {
        conference(&mut event, join.url.as_str(), &wording::join_label(reader.language));
    }
    availability(&mut event, entry);
    if let Some(delegate) = reader.delegate {
        alarm::add(&mut event, entry, delegate, &wording.summary);
    }
    event
}

/// clients.md G8: beside LOCATION and DESCRIPTION, for the clients that make a button of it
fn conference(event: &mut Event, url: &str, label: &str) {
    let property = Property::new("CONFERENCE", url)
        .add_parameter("VALUE", "URI")
        .add_parameter("FEATURE", "AUDIO,VIDEO")
        .add_parameter("LABEL", label)
        .done();
    event.append_property(property);
}

/// The stamps of an entry. What a delegate wishes is seen in every event of the delegate's feed, and counts there.
fn stamp(entry: &Entry<'_>, release: &Release, delegate: Option<&Delegate>) -> Revision {
    let wishes = delegate.and_then(|delegate| release.preferences(delegate));
    StampOffset::from_preferences(wishes).apply(release.revision(entry.recorded()))
}

/// clients.md D5 to D8: always all of them, always in UTC, DTSTAMP equal to LAST-MODIFIED
fn stamps(event: &mut Event, revision: Revision) {
    event.sequence(revision.sequence);
    event.append_property(("CREATED", utc(revision.created).as_str()));
    event.append_property(("DTSTAMP", utc(revision.modified).as_str()));
    event.append_property(("LAST-MODIFIED", utc(revision.modified).as_str()));
}

/// clients.md E11: both ends in one form
fn timed(event: &mut Event, span: &TimedSpan) {
    event.append_property(recurrence::moment("DTSTART", span, span.start()));
    event.append_property(recurrence::moment("DTEND", span, span.end()));
}

/// clients.md E13: dates without a clock, the end being the day after the last
fn all_day(event: &mut Event, days: Days) {
    event.append_property(recurrence::date("DTSTART", days.first()));
    event.append_property(recurrence::date("DTEND", days.day_after()));
}

/// clients.md G1, G3, G4, E16: STATUS, TRANSP and Microsoft's property say the same
fn availability(event: &mut Event, entry: &Entry<'_>) {
    let is_cancelled = entry.cancelled().is_some();
    let is_tentative = entry.status() == Status::Tentative;
    // A study group may leave cancelled events confirmed, with the word in the title alone: Google removes the others.
    let status = match (is_cancelled, entry.group.cancelled) {
        (true, CancellationStyle::Status) => EventStatus::Cancelled,
        (false, _) if is_tentative => EventStatus::Tentative,
        _ => EventStatus::Confirmed,
    };
    event.append_property(status);
    let is_timed = matches!(entry.when(), When::Timed(_)) && !matches!(entry.what, What::Deadline(_));
    let (transparency, busy) = match (is_timed && !is_cancelled, is_tentative) {
        (false, _) => ("TRANSPARENT", "FREE"),
        (true, true) => ("OPAQUE", "TENTATIVE"),
        (true, false) => ("OPAQUE", "BUSY"),
    };
    event.append_property(("TRANSP", transparency));
    event.append_property(("X-MICROSOFT-CDO-BUSYSTATUS", busy));
}

/// RFC 5545 3.3.5, form 2
pub(super) fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}
