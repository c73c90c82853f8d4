//! Finds what changed in an event, by comparing what readers saw with what they see now.

use jiff::Timestamp;

use super::instances::{compare_instances, have_same_day, same_day, tell_once_that_series_went, time_beside};
use super::time_differences::{KnownHours, hours_difference, time_difference, told_difference};
use crate::feed::{Entry, EntryKind, Event};
use crate::ledger::Difference;
use crate::text::Text;
use crate::timetable::{
    AnnouncedHours, BodyIndex, Cancellation, Details, FormerTime, Group, KnownDates, Occurrence, Session, Status, When,
    WrittenName, find_later_body,
};

/// Returns what changed in a release made at `instant`: at least one difference, [`Difference::Details`] if nothing more
/// specific is found. `is_removed` says whether the definitions no longer contain the event.
pub(super) fn between(before: &Event<'_>, after: &Event<'_>, is_removed: bool, instant: Timestamp) -> Vec<Difference> {
    let (then, now) = (before.first(), after.first());
    let mut found = Vec::new();
    let (mut fields, mut fields_now) = (ComparedFields::from_entry(then), ComparedFields::from_entry(now));
    // A body under another name is the same body.
    if renamed_bodies(then, now.group) == fields_now.bodies {
        let pairs = fields.bodies.iter().zip(&fields_now.bodies).filter(|(before, now)| before.first() != now.first());
        let name = |(before, now): (&WrittenName, &WrittenName)| Difference::BodyName {
            before: before.clone(),
            now: now.clone(),
        };
        found.extend(pairs.map(name));
        fields.bodies.clone_from(&fields_now.bodies);
    }
    match (&then.kind, &now.kind) {
        (EntryKind::Series(before, series, _), EntryKind::Series(after, series_now, _)) => {
            if let Some((one, other)) = same_day(before, after, instant) {
                (fields.when, fields_now.when) = (one, other);
            }
            compare(&fields, &fields_now, &mut found);
            if !series.rule.is_same_except_end(&series_now.rule) || !have_same_day(before, after) {
                found.push(Difference::Dates);
            }
            compare_instances(then, now, instant, &mut found);
            if is_removed {
                tell_once_that_series_went(&mut found);
            }
        }
        (one, other) => {
            // A series that is a single day now, or the other way round.
            if let EntryKind::Series(session, ..) = one {
                fields.when = time_beside(session, fields_now.when.first_day(), instant).unwrap_or(fields.when);
            }
            if let EntryKind::Series(session, ..) = other {
                fields_now.when = time_beside(session, fields.when.first_day(), instant).unwrap_or(fields_now.when);
            }
            compare(&fields, &fields_now, &mut found);
            if [one, other].iter().any(|kind| matches!(kind, EntryKind::Series(..))) {
                found.push(Difference::Dates);
            }
        }
    }
    if found.is_empty() {
        found.push(Difference::Details);
    }
    found
}

/// The fields that have a difference of their own.
pub(super) struct ComparedFields<'a> {
    pub(super) when: &'a When,
    cancelled: Option<&'a Cancellation>,
    title: Option<&'a Text>,
    room: Option<&'a Text>,
    place: Option<&'a Text>,
    chair: Option<&'a Text>,
    status: Status,
    pub(super) hours: Option<&'a AnnouncedHours>,
    /// What is known of the days of a meeting.
    pub(super) known_dates: KnownDates,
    bodies: Vec<WrittenName>,
    /// The names of the audiences.
    audiences: Vec<&'a Text>,
    link: Option<&'a str>,
}

impl<'a> ComparedFields<'a> {
    fn from_entry(entry: &'a Entry<'_>) -> Self {
        let details = entry.details();
        let title = match &entry.kind {
            EntryKind::Deadline(deadline) => Some(&deadline.title),
            EntryKind::Meeting(..) => entry.meeting.map(|meeting| &meeting.title),
            _ => details.and_then(|details| details.title.as_ref()),
        };
        let place = place(entry).filter(|_| !matches!(entry.kind, EntryKind::Deadline(_)));
        let bodies = match (entry.session(), entry.concerns()) {
            (Some(session), _) => session.body_names(entry.group).cloned().collect(),
            (None, Some(concerns)) => concerns.names(entry.group).cloned().collect(),
            (None, None) => Vec::new(),
        };
        let audiences = match &entry.kind {
            EntryKind::Deadline(deadline) => &deadline.audience[..],
            _ => entry.session().map_or(&[][..], |session| &session.audience),
        };
        Self {
            when: entry.when_planned(),
            cancelled: entry.cancelled(),
            title,
            room: details.and_then(|details| details.room.as_ref()),
            place,
            chair: details.and_then(|details| details.chair.as_ref()),
            status: entry.status(),
            hours: entry.hours(),
            known_dates: match entry.kind {
                EntryKind::Meeting(..) => entry.meeting.map(|meeting| meeting.known_dates).unwrap_or_default(),
                _ => KnownDates::All,
            },
            bodies,
            audiences: audiences.iter().map(|audience| &entry.group.audiences[*audience].name).collect(),
            link: details.and_then(link),
        }
    }

    /// Collects the fields of one instance of a series, without those that the series itself has. `entry` is the series.
    pub(super) fn from_instance(entry: &Entry<'a>, session: &'a Session, occurrence: &'a Occurrence) -> Self {
        let details = session.details(occurrence);
        let venue = entry.venue_with(Some(details)).map(|venue| &venue.name);
        Self {
            when: &occurrence.when,
            cancelled: session.cancelled(occurrence),
            title: details.title.as_ref(),
            room: details.room.as_ref(),
            place: venue.or_else(|| entry.city_with(Some(details))),
            chair: details.chair.as_ref(),
            status: details.status,
            hours: Some(&occurrence.hours),
            known_dates: KnownDates::All,
            bodies: Vec::new(),
            audiences: Vec::new(),
            link: link(details),
        }
    }
}

/// Returns the bodies of an entry by the names that they have in a later release of its study group.
fn renamed_bodies(entry: &Entry<'_>, group: &Group) -> Vec<WrittenName> {
    let (own, guests) = match (entry.session(), entry.concerns()) {
        (Some(session), _) => (&session.bodies, &session.guests),
        (None, Some(concerns)) => (&concerns.bodies, &concerns.guests),
        (None, None) => return Vec::new(),
    };
    let renamed = |index: &BodyIndex| {
        let later = find_later_body(&entry.group.bodies, *index, &group.bodies);
        later.map_or(&entry.group.bodies[*index], |later| &group.bodies[later]).written.clone()
    };
    own.iter().map(renamed).chain(guests.iter().flat_map(|guest| guest.written.iter().cloned())).collect()
}

fn link(details: &Details) -> Option<&str> {
    details.join.as_ref().map(|join| join.url.as_str())
}

/// Returns the venue, else the city.
fn place<'a>(entry: &'a Entry<'_>) -> Option<&'a Text> {
    entry.venue().map(|venue| &venue.name).or_else(|| entry.city())
}

pub(super) fn compare(then: &ComparedFields<'_>, now: &ComparedFields<'_>, found: &mut Vec<Difference>) {
    match (then.cancelled, now.cancelled) {
        (None | Some(Cancellation::Postponed(_)), Some(Cancellation::Announced(_))) => {
            found.push(Difference::Cancelled);
        }
        (None | Some(Cancellation::Announced(_)), Some(Cancellation::Postponed(_))) => {
            found.push(Difference::Postponed);
        }
        (None | Some(Cancellation::Replaced | Cancellation::Postponed(_)), Some(Cancellation::Gone)) => {
            found.push(Difference::Gone);
        }
        (
            None | Some(Cancellation::Gone | Cancellation::Announced(_) | Cancellation::Postponed(_)),
            Some(Cancellation::Replaced),
        ) => {
            found.push(Difference::Replaced);
        }
        // What was postponed to a day that is known now was moved there.
        (Some(Cancellation::Postponed(_)), None) if time_difference(then.when, now.when).is_some() => {}
        (Some(Cancellation::Announced(_) | Cancellation::Postponed(_)), None) => found.push(Difference::Restored),
        (Some(Cancellation::Gone | Cancellation::Replaced), None) => found.push(Difference::Back),
        _ => {}
    }
    let (hours_then, hours_now) = (KnownHours::from_fields(then), KnownHours::from_fields(now));
    // Hours that are announced, or no longer are, are told as that.
    let is_moved = then.hours.zip(now.hours).is_none_or(|(hours, hours_now)| {
        FormerTime { when: then.when.clone(), hours: hours.clone() }.is_left_for(now.when, hours_now)
    });
    if is_moved || hours_then == hours_now {
        let difference = time_difference(then.when, now.when);
        found.extend(difference.and_then(|difference| told_difference(difference, is_moved, then, now)));
    }
    let texts = [
        (then.room, now.room, Difference::Room as fn(Option<Text>) -> Difference),
        (then.place, now.place, Difference::Place),
        (then.title, now.title, Difference::Title),
        (then.chair, now.chair, Difference::Chair),
    ];
    for (then, now, difference) in texts {
        if then != now {
            found.push(difference(then.cloned()));
        }
    }
    // Readers are not shown how certain a cancelled event is.
    if then.status != now.status && now.cancelled.is_none() {
        found.push(Difference::StatusNow(now.status));
    }
    found.extend(hours_difference(hours_then, hours_now));
    if let (Some(AnnouncedHours::Until(one)), Some(AnnouncedHours::Until(other))) = (then.hours, now.hours)
        && one != other
    {
        found.push(Difference::UntilHour(one.hour.strftime("%H:%M").to_string(), one.zone.name().to_owned()));
    }
    if then.bodies != now.bodies {
        found.push(Difference::Bodies(then.bodies.clone()));
    }
    if then.audiences != now.audiences {
        found.push(Difference::Audience(then.audiences.iter().copied().cloned().collect()));
    }
    if then.link != now.link {
        found.push(Difference::Link);
    }
}
