//! VEVENT: from an entry of a feed to the `icalendar` crate's event. Source: RFC 5545 3.6.1, clients.md C to G.

use ::icalendar::{Component, Event, EventStatus, Property};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{parameter, vtimezone};
use crate::feed::{Entry, Feed, Span, What};
use crate::timetable::{Days, Moment, Status, TimedSpan};
use crate::wording;

/// The event of an entry, in the language of the feed.
pub(super) fn event(entry: &Entry<'_>, feed: &Feed<'_>) -> Event {
    let mut event = Event::new();
    stamps(&mut event, entry, feed);
    let is_timed = match entry.span() {
        Span::Timed(span) => {
            timed(&mut event, span);
            true
        }
        Span::Days(days) => {
            all_day(&mut event, days);
            false
        }
    };
    let wording = wording::entry(entry, &feed.language);
    event.summary(&wording.summary);
    event.description(&wording.description);
    if let Some(location) = &wording.location {
        event.append_property(("LOCATION", location.as_str()));
    }
    if let Some(url) = &wording.url {
        event.url(url.as_str());
    }
    let geo = entry.meeting.and_then(|meeting| meeting.venue.as_ref()).and_then(|venue| venue.geo.as_ref());
    if let Some((north, east)) = geo.filter(|_| wording.location.is_some()) {
        event.append_property(("GEO", format!("{north};{east}").as_str()));
    }
    availability(&mut event, entry, is_timed);
    event
}

/// clients.md D5 to D8: always all of them, always in UTC, DTSTAMP equal to LAST-MODIFIED
fn stamps(event: &mut Event, entry: &Entry<'_>, feed: &Feed<'_>) {
    let revision = feed.release.revision(entry.uid());
    event.uid(entry.uid().as_str());
    event.sequence(revision.sequence);
    event.append_property(("CREATED", utc(revision.created).as_str()));
    event.append_property(("DTSTAMP", utc(revision.modified).as_str()));
    event.append_property(("LAST-MODIFIED", utc(revision.modified).as_str()));
}

/// clients.md E2: on the clock of its zone where a VTIMEZONE can say it, else in UTC. E11: both ends in one form
fn timed(event: &mut Event, span: &TimedSpan) {
    let with_zone = vtimezone::says(span);
    let mut moment = |key: &str, moment: Moment| {
        event.append_property(if with_zone {
            parameter(key, &moment.wall.strftime("%Y%m%dT%H%M%S").to_string(), "TZID", span.zone().name())
        } else {
            Property::new(key, utc(moment.instant))
        });
    };
    moment("DTSTART", span.start());
    moment("DTEND", span.end());
}

/// clients.md E13: dates without a clock, the end being the day after the last
fn all_day(event: &mut Event, days: Days) {
    let mut day = |key: &str, date: Date| {
        event.append_property(parameter(key, &date.strftime("%Y%m%d").to_string(), "VALUE", "DATE"));
    };
    day("DTSTART", days.first());
    day("DTEND", days.after());
}

/// clients.md G3, G4, E16: STATUS, TRANSP and Microsoft's property say the same
fn availability(event: &mut Event, entry: &Entry<'_>, is_timed: bool) {
    let is_tentative = matches!(entry.what, What::Session(session, _) if session.status == Status::Tentative);
    let status = if is_tentative { EventStatus::Tentative } else { EventStatus::Confirmed };
    event.append_property(status);
    let (transparency, busy) = match (is_timed, is_tentative) {
        (false, _) => ("TRANSPARENT", "FREE"),
        (true, true) => ("OPAQUE", "TENTATIVE"),
        (true, false) => ("OPAQUE", "BUSY"),
    };
    event.append_property(("TRANSP", transparency));
    event.append_property(("X-MICROSOFT-CDO-BUSYSTATUS", busy));
}

/// RFC 5545 3.3.5, form 2
fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}
