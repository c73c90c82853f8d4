//! What changed in an event, found by comparing what readers saw of it with what they see.

use crate::feed::{Entry, Event, What};
use crate::ledger::Difference;
use crate::text::Text;
use crate::timetable::{AnnouncedHours, Cancellation, Details, Meeting, Occurrence, Series, Session, Status, When};

/// Most instances of a series that are told of one by one.
const MOST_INSTANCES: usize = 6;

/// What changed, at least one thing: an event of which nothing can be named has other details.
pub(super) fn between(before: &Event<'_>, after: &Event<'_>) -> Vec<Difference> {
    let (then, now) = (before.first(), after.first());
    let mut found = Vec::new();
    compare(&Facts::of(then), &Facts::of(now), &mut found);
    if let (What::Series(before, series, _), What::Series(after, series_now, _)) = (&then.what, &now.what) {
        let has_other_dates = is_other_rule(series, series_now);
        if has_other_dates {
            found.push(Difference::Dates);
        } else {
            instances((before, series), (after, series_now), &mut found);
        }
    }
    if matches!(then.what, What::Series(..)) != matches!(now.what, What::Series(..)) {
        found.push(Difference::Dates);
    }
    if found.is_empty() {
        found.push(Difference::Details);
    }
    found
}

/// What is compared by name.
struct Facts<'a> {
    when: &'a When,
    cancelled: Option<&'a Cancellation>,
    title: Option<&'a Text>,
    room: Option<&'a Text>,
    place: Option<&'a Text>,
    chair: Option<&'a Text>,
    status: Status,
    hours: Option<AnnouncedHours>,
    bodies: Vec<String>,
    link: Option<&'a str>,
}

impl<'a> Facts<'a> {
    fn of(entry: &'a Entry<'_>) -> Self {
        let details = entry.details();
        let title = match &entry.what {
            What::Deadline(deadline) => Some(&deadline.title),
            What::Meeting(..) => entry.meeting.map(|meeting| &meeting.title),
            _ => details.and_then(|details| details.title.as_ref()),
        };
        let place = entry.meeting.and_then(place).filter(|_| !matches!(entry.what, What::Deadline(_)));
        let written = |body: &usize| entry.group.bodies[*body].written.clone();
        let bodies = entry.session().map(|session| {
            let guests = session.guests.iter().flat_map(|guest| guest.written.iter().cloned());
            session.bodies.iter().map(written).chain(guests).collect()
        });
        // The first instance of a series that is shown may change while the series does not.
        let when = match &entry.what {
            What::Series(_, series, _) => &series.first,
            _ => entry.when(),
        };
        Self {
            when,
            cancelled: entry.cancelled(),
            title,
            room: details.and_then(|details| details.room.as_ref()),
            place,
            chair: details.and_then(|details| details.chair.as_ref()),
            status: entry.status(),
            hours: entry.hours(),
            bodies: bodies.unwrap_or_default(),
            link: details.and_then(link),
        }
    }

    /// Those of one instance of a series. What it shares with all of them is compared with the series.
    fn of_instance(session: &'a Session, occurrence: &'a Occurrence) -> Self {
        let details = session.details(occurrence);
        Self {
            when: &occurrence.when,
            cancelled: session.cancelled(occurrence),
            title: details.title.as_ref(),
            room: details.room.as_ref(),
            place: None,
            chair: details.chair.as_ref(),
            status: details.status,
            hours: Some(occurrence.hours),
            bodies: Vec::new(),
            link: link(details),
        }
    }
}

fn link(details: &Details) -> Option<&str> {
    details.join.as_ref().map(|join| join.url.as_str())
}

/// The venue, else the city.
fn place(meeting: &Meeting) -> Option<&Text> {
    meeting.venue.as_ref().map(|venue| &venue.name).or_else(|| meeting.city())
}

fn compare(then: &Facts<'_>, now: &Facts<'_>, found: &mut Vec<Difference>) {
    match (then.cancelled, now.cancelled) {
        (None, Some(Cancellation::Announced(_))) => found.push(Difference::Cancelled),
        (None, Some(Cancellation::Gone)) => found.push(Difference::Gone),
        (None, Some(Cancellation::Replaced)) => found.push(Difference::Replaced),
        (Some(_), None) => found.push(Difference::Restored),
        _ => {}
    }
    let was_unknown = then.hours == Some(AnnouncedHours::Unknown) && now.hours != then.hours;
    if was_unknown && then.when.first_day() == now.when.first_day() {
        found.push(Difference::Hours);
    } else if then.when.sort_key() == now.when.sort_key() && then.when != now.when {
        found.push(Difference::Until(then.when.clone()));
    } else if then.when != now.when {
        found.push(Difference::Moved(then.when.clone()));
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
    if then.status != now.status {
        found.push(Difference::Status(then.status));
    }
    if then.hours != now.hours && now.hours == Some(AnnouncedHours::Announced) && !was_unknown {
        found.push(Difference::Hours);
    }
    if then.bodies != now.bodies {
        found.push(Difference::Bodies(then.bodies.clone()));
    }
    if then.link != now.link {
        found.push(Difference::Link);
    }
}

fn is_other_rule(then: &Series, now: &Series) -> bool {
    then.rule.to_rrule(None) != now.rule.to_rrule(None) || then.first != now.first
}

/// The instances of a series that are other than they were, the first few of them by name.
fn instances((before, then): (&Session, &Series), (after, now): (&Session, &Series), found: &mut Vec<Difference>) {
    let instance = |session: &Session, original: &When| -> Option<Occurrence> {
        session.occurrences.iter().find(|occurrence| occurrence.original == *original).cloned()
    };
    let originals = |session: &Session, series: &Series| -> Vec<When> {
        let taking_place = session.occurrences.iter().map(|occurrence| &occurrence.original);
        taking_place.chain(&series.skipped).cloned().collect()
    };
    let mut all = originals(before, then);
    all.extend(originals(after, now));
    all.sort_by_key(When::sort_key);
    all.dedup();
    let mut told = Vec::new();
    for original in all {
        let difference = match (instance(before, &original), instance(after, &original)) {
            (Some(_), None) => Difference::Gone,
            (None, Some(_)) => Difference::New,
            (Some(one), Some(other)) if one.change != other.change || one.when != other.when => {
                let mut of_it = Vec::new();
                compare(&Facts::of_instance(before, &one), &Facts::of_instance(after, &other), &mut of_it);
                // What changed in the whole series is said of the series.
                match of_it.into_iter().find(|difference| !found.contains(difference)) {
                    Some(Difference::Moved(_)) => Difference::MovedTo(other.when.clone()),
                    of_it => of_it.unwrap_or(Difference::Details),
                }
            }
            _ => continue,
        };
        told.push(Difference::Instance(original, Box::new(difference)));
    }
    let is_more = told.len() > MOST_INSTANCES;
    found.extend(told.into_iter().take(MOST_INSTANCES));
    if is_more {
        found.push(Difference::Dates);
    }
}
