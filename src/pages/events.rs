//! A meeting as an Event of schema.org in JSON-LD, for machines that read pages. Source: schema.org/Event

use serde_json::{Map, Value, json};

use super::cell::EntryOccurrence;
use super::meeting::{cancellation, days};
use crate::ledger::Difference;
use crate::revision::Release;
use crate::text::{Language, Text};
use crate::timetable::{Cancellation, Days, Group, KnownDates, Meeting, Venue, When};
use crate::wording;

/// Returns a meeting with its sessions as JSON-LD; empty if it has no days.
pub(super) fn json_ld(
    meeting: &Meeting,
    group: &Group,
    occurrences: &[EntryOccurrence<'_>],
    release: &Release,
    language: &Language,
) -> String {
    let Some(days) = days(meeting) else { return String::new() };
    let text = |text: &Text| text.wording(language).to_owned();
    let page = format!("{}{}/{}/", release.base_url, group.id, meeting.id);
    let place = place(meeting.venue.as_ref(), meeting.city(), group, language);
    let organizer = organizer(group, language);
    let cancelled = cancellation(meeting);
    let mut event = event(&text(&meeting.title), &days.first().to_string(), &days.last().to_string(), cancelled);
    if !meeting.known_dates.is_complete() {
        event.remove("endDate");
    }
    if meeting.known_dates == KnownDates::Month {
        event.insert("startDate".to_owned(), json!(days.first().strftime("%Y-%m").to_string()));
    }
    event.insert("@context".to_owned(), json!("https://schema.org"));
    event.insert("url".to_owned(), json!(page));
    event.insert("location".to_owned(), place.clone());
    event.insert("organizer".to_owned(), organizer.clone());
    let moved = release.last_change(&meeting.uid).iter().find_map(|difference| match difference {
        Difference::Moved(before) => Some(before),
        _ => None,
    });
    add_earlier_start(&mut event, moved.filter(|_| cancelled.is_none()));
    let has_place = meeting.venue.is_some() || meeting.city().is_some();
    let mut public = meeting.sessions.iter().filter(|session| !session.is_private);
    add_attendance_mode(&mut event, public.any(|session| session.details.join.is_some()), has_place);
    if let Some(note) = &meeting.note {
        event.insert("description".to_owned(), json!(note.wording(language)));
    }
    let sessions = occurrences.iter().map(|item| {
        let title = wording::summary(&item.entry, language);
        let (start, end) = item.occurrence.when.rfc3339();
        let mut session = self::event(&title, &start, &end, item.entry.cancelled());
        let part_before = item.part_before().map(|(date, _)| When::AllDay(Days::from_date(date)));
        let before = item.shown_before().or(part_before.as_ref());
        add_earlier_start(&mut session, before.filter(|_| item.entry.cancelled().is_none()));
        let (venue, city) = (item.entry.venue(), item.entry.city());
        let has_link = item.session.details(item.occurrence).join.is_some() && item.entry.cancelled().is_none();
        let has_place = venue.is_some() || city.is_some();
        add_attendance_mode(&mut session, has_link || item.entry.is_online(), has_place);
        let place = self::place(venue, city, group, language);
        let room = item.session.details(item.occurrence).room.as_ref();
        let location = if item.entry.is_online() {
            online(item.entry.join().map(|join| join.url.as_str()), &format!("{page}{}/", item.session.id))
        } else {
            room.map_or_else(|| place.clone(), |room| in_room(&text(room), &place))
        };
        session.insert("location".to_owned(), location);
        session.insert("organizer".to_owned(), organizer.clone());
        session.insert("url".to_owned(), json!(format!("{page}{}/", item.session.id)));
        Value::Object(session)
    });
    event.insert("subEvent".to_owned(), sessions.collect());
    // The end tag of a script must not occur in it.
    Value::Object(event).to_string().replace('<', "\\u003c")
}

fn event(name: &str, start: &str, end: &str, cancelled: Option<&Cancellation>) -> Map<String, Value> {
    let status = match cancelled {
        Some(Cancellation::Postponed(_)) => "EventPostponed",
        Some(_) => "EventCancelled",
        None => "EventScheduled",
    };
    let members = json!({
        "@type": "Event",
        "name": name,
        "startDate": start,
        "endDate": end,
        "eventStatus": format!("https://schema.org/{status}"),
    });
    match members {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// Adds the start before the last change, if that moved the event.
fn add_earlier_start(event: &mut Map<String, Value>, before: Option<&When>) {
    if let Some(before) = before {
        event.insert("eventStatus".to_owned(), json!("https://schema.org/EventRescheduled"));
        event.insert("previousStartDate".to_owned(), json!(before.rfc3339().0));
    }
}

/// Adds how one can attend: remotely if there is a link, even if it is for an audience only. Nothing if nothing is said.
fn add_attendance_mode(event: &mut Map<String, Value>, has_link: bool, has_place: bool) {
    let mode = match (has_link, has_place) {
        (true, true) => "MixedEventAttendanceMode",
        (true, false) => "OnlineEventAttendanceMode",
        (false, true) => "OfflineEventAttendanceMode",
        (false, false) => return,
    };
    event.insert("eventAttendanceMode".to_owned(), json!(format!("https://schema.org/{mode}")));
}

/// Returns the link of a session that is online; its page if the link is not public.
fn online(link: Option<&str>, page: &str) -> Value {
    json!({"@type": "VirtualLocation", "url": link.unwrap_or(page)})
}

/// Returns venue, address and coordinates; the study group if nothing is known.
fn place(venue: Option<&Venue>, city: Option<&Text>, group: &Group, language: &Language) -> Value {
    let text = |text: &Text| text.wording(language).to_owned();
    let name = venue.map(|venue| &venue.name).or(city).map_or_else(|| group.short_in(language).to_owned(), text);
    let address = venue.and_then(|venue| venue.address.as_ref()).or(city);
    let mut place = json!({"@type": "Place", "name": name, "address": address.map_or_else(|| name.clone(), text)});
    if let Some((latitude, longitude)) = venue.and_then(|venue| venue.geo.as_ref()) {
        place["geo"] = json!({"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude});
    }
    place
}

fn in_room(room: &str, place: &Value) -> Value {
    let mut within = place.clone();
    within["name"] = json!(format!("{room}, {}", place["name"].as_str().unwrap_or_default()));
    within
}

fn organizer(group: &Group, language: &Language) -> Value {
    let mut organizer = json!({
        "@type": "Organization",
        "name": format!("{}: {}", group.short_in(language), group.name.wording(language)),
    });
    if let Some(homepage) = &group.homepage {
        organizer["url"] = json!(homepage.as_str());
    }
    organizer
}
