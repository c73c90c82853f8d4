//! The changes of a release as lines for a terminal.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::Id;
use crate::ledger::{Difference, EventChange, Preferences, summarize};
use crate::revision::Release;
use crate::text::{Language, Text};
use crate::timetable::{Body, DateAndHour, DateSource, Group, Timetable, TimetableDiff, Uid, When, find_later_body};
use crate::wording;
use crate::zone::Zone;

/// Returns the changes by meeting, each meeting below its name, with one line per change in order of time. Many new
/// entries of one meeting are counted instead. `names_feeds` adds the names of the feeds.
pub fn lines(changes: &[EventChange], names_feeds: bool) -> Vec<String> {
    let (counted, listed) = summarize(&changes.iter().collect::<Vec<_>>());
    let mut meetings: BTreeMap<(Id, Option<Id>), Vec<String>> = BTreeMap::new();
    for (meeting, number) in counted {
        meetings.entry(meeting).or_default().push(format!("  {number} new entries"));
    }
    for change in listed {
        let meeting = (change.group.clone(), change.meeting.clone());
        meetings.entry(meeting).or_default().push(format!("  {}", line(change, names_feeds)));
    }
    let with_head = |((group, meeting), lines): ((Id, Option<Id>), Vec<String>)| {
        let meeting = meeting.map(|meeting| format!("/{meeting}")).unwrap_or_default();
        std::iter::once(format!("{group}{meeting}:")).chain(lines)
    };
    meetings.into_iter().flat_map(with_head).collect()
}

/// `SG12: Q6/12: Tue 2025-01-14 14:30, room K -> Wed 2025-01-15 09:30, room L; 7 feeds`
fn line(change: &EventChange, names_feeds: bool) -> String {
    let times = change.differences.iter().find_map(|difference| times(change, difference));
    let room_of = |difference: &Difference| match difference {
        Difference::Room(room) => Some(room.clone()),
        _ => None,
    };
    let other_room = change.differences.iter().find_map(room_of);
    let is_in_times = |difference: &Difference| difference.is_of_time() || matches!(difference, Difference::Room(_));
    let others = change.differences.iter().filter(|difference| !is_in_times(difference)).cloned().collect::<Vec<_>>();
    let mut parts = Vec::new();
    let now = || start(&change.when, change.is_deadline(), None);
    if times.is_some() || other_room.is_some() {
        let (then, now) = times.unwrap_or_else(|| (now(), now()));
        let before = place(&then, other_room.as_ref().unwrap_or(&change.room).as_ref());
        parts.push(format!("{before} -> {}", place(&now, change.room.as_ref())));
    } else {
        parts.push(now());
    }
    if !others.is_empty() {
        parts.push(wording::describe_differences(change, &others, &Language::english()));
    }
    format!("{}: {}; {}", change.title.first(), parts.join("; "), feeds(change, names_feeds))
}

/// Returns the times before and after a difference, each with its zone if the zones differ; `None` if it has none.
fn times(change: &EventChange, difference: &Difference) -> Option<(String, String)> {
    let (then, is_end) = match difference {
        Difference::Moved(when) | Difference::Zone(when) => (when, false),
        Difference::Until(when) => (when, true),
        Difference::MovedFromPart(date, part) => {
            let before = format!("{} {}", date.strftime("%a %Y-%m-%d"), part.word());
            return Some((before, start(&change.when, change.is_deadline(), None)));
        }
        _ => return None,
    };
    let zones = match (then, &change.when) {
        (When::Timed(then), When::Timed(now)) if then.zone() != now.zone() => Some((then.zone(), now.zone())),
        _ => None,
    };
    let written = |when: &When, zone: Option<&Zone>| {
        if is_end { span(when, zone) } else { start(when, change.is_deadline(), zone) }
    };
    Some((written(then, zones.map(|(then, _)| then)), written(&change.when, zones.map(|(_, now)| now))))
}

fn place(when: &str, room: Option<&Text>) -> String {
    room.map_or_else(|| when.to_owned(), |room| format!("{when}, room {}", room.first()))
}

fn feeds(change: &EventChange, names_feeds: bool) -> String {
    let number = match &change.feeds[..] {
        [] if change.is_private => return "private".to_owned(),
        [] => return "in no feed".to_owned(),
        [_] => "1 feed".to_owned(),
        all => format!("{} feeds", all.len()),
    };
    if names_feeds { format!("{number}: {}", change.feeds.join(", ")) } else { number }
}

/// `Tue 2025-01-14 14:30`: the start, or the end of a deadline
fn start(when: &When, is_deadline: bool, zone: Option<&Zone>) -> String {
    match when {
        When::Timed(span) => {
            let DateAndHour { date, hour } =
                if is_deadline { span.end().as_deadline() } else { span.start().as_start() };
            format!("{} {hour}{}", date.strftime("%a %Y-%m-%d"), behind(zone))
        }
        When::AllDay(days) if days.first() == days.last() => days.first().strftime("%a %Y-%m-%d").to_string(),
        When::AllDay(days) => format!("{} to {}", days.first(), days.last()),
    }
}

/// `Tue 2025-01-14 14:30-16:00`, `Tue 2025-01-14 20:00 to Wed 2025-01-15 02:00`
fn span(when: &When, zone: Option<&Zone>) -> String {
    match when {
        When::Timed(span) => {
            let (first, last) = (span.start().wall.date(), span.end().wall.date());
            let (before, form) = if first == last { ("-", "%H:%M") } else { (" to ", "%a %Y-%m-%d %H:%M") };
            format!("{}{before}{}{}", start(when, false, None), span.end().wall.strftime(form), behind(zone))
        }
        When::AllDay(days) => format!("{} to {}", days.first(), days.last()),
    }
}

fn behind(zone: Option<&Zone>) -> String {
    zone.map(|zone| format!(" {}", zone.name())).unwrap_or_default()
}

/// Returns how many events were changed, added and so on: `2 changed, 1 new`.
pub fn counts(changes: &[EventChange]) -> String {
    let mut counts: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for change in changes {
        let what = match &change.differences[..] {
            [Difference::New, ..] => (1, "new"),
            [Difference::Back, ..] => (2, "announced again"),
            [Difference::Gone, ..] => (3, "no longer announced"),
            [Difference::Replaced, ..] => (4, "replaced"),
            [Difference::Cancelled, ..] => (5, "cancelled"),
            [Difference::Postponed, ..] => (6, "postponed"),
            _ => (0, "changed"),
        };
        *counts.entry(what).or_default() += 1;
    }
    let counts = counts.iter().map(|((_, what), number)| format!("{number} {what}"));
    counts.collect::<Vec<_>>().join(", ")
}

/// Returns what a secretary should also know about a release: new study groups, bodies that are closed because
/// group.yaml no longer has them or have another address, sessions that are private now or public, and printed deadlines
/// that did not move with their meeting.
pub fn notes(before: Option<&Release>, after: &Release) -> Vec<String> {
    let mut notes = Vec::new();
    let preferences = before.map(|before| &before.ledger.preferences);
    let has_changed = |id: &str, now: &Preferences| {
        preferences.and_then(|preferences| preferences.get(id)).is_some_and(|then| then != now)
    };
    let changed = after.ledger.preferences.iter().filter(|(id, now)| has_changed(id, now)).count();
    if changed > 0 {
        notes.push(format!("delegates with changed preferences: {changed}. Their calendars update every entry"));
    }
    let none = Timetable::default();
    let before = before.map_or(&none, |before| &before.timetable);
    let diff = TimetableDiff::between(before, &after.timetable);
    for group in &after.timetable.groups {
        match before.group(group.id.as_str()) {
            None => notes.push(new_group(group)),
            Some(known) => {
                notes.extend(closed(known, group));
                notes.extend(other_addresses(known, group));
                notes.extend(other_readers(group, &diff));
                notes.extend(unmoved(group, &diff));
            }
        }
    }
    notes
}

fn new_group(group: &Group) -> String {
    let sessions =
        group.listed_meetings().flat_map(|meeting| &meeting.sessions).map(|session| session.occurrences.len());
    let deadlines = group.listed_meetings().map(|meeting| meeting.deadlines.len());
    let (sessions, deadlines): (usize, usize) = (sessions.sum(), deadlines.sum());
    let meetings = group.listed_meetings().count();
    format!("{} is new: meetings: {meetings}, sessions: {sessions}, deadlines: {deadlines}", group.short())
}

fn closed(before: &Group, after: &Group) -> Vec<String> {
    let open: BTreeSet<&str> =
        before.bodies.iter().filter(|body| body.closed.is_none()).map(|body| body.written.first()).collect();
    let closed = after.bodies.iter().filter(|body| body.closed.is_some() && open.contains(body.written.first()));
    let line = |body: &Body| {
        let name = body.written.first();
        let successor = after.bodies.iter().find(|other| other.closed.is_none() && other.address() == body.address());
        match successor {
            Some(other) => format!("note: {name} is closed, and its address is that of {} now", other.written.first()),
            None => format!(
                "note: {name} is closed: its feed stays, and says so. If it was renamed, write `was:` in group.yaml"
            ),
        }
    };
    closed.map(line).collect()
}

fn other_addresses(before: &Group, after: &Group) -> Vec<String> {
    let bodies = before.indexed_bodies().skip(1).filter_map(|(earlier, then)| {
        let later = find_later_body(&before.bodies, earlier, &after.bodies)?;
        Some((&after.bodies[later], then.address()))
    });
    let line = |(now, then): (&Body, String)| {
        let leads_there = after.bodies.iter().all(|other| other.address() != then);
        let leads = if leads_there { ", which leads there" } else { "" };
        let address = now.address();
        (then != address).then(|| {
            format!("note: the address of {} is {}/{address} instead of {then}{leads}", now.written.first(), after.id)
        })
    };
    bodies.filter_map(line).collect()
}

fn other_readers(after: &Group, diff: &TimetableDiff<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for meeting in &after.meetings {
        let Some(known) = diff.earlier_meeting(&after.id, &meeting.uid) else { continue };
        let then = known.sessions.iter().map(|session| (&session.occurrences[0].uid, session.is_private));
        let then: BTreeMap<&Uid, bool> = then.collect();
        for session in &meeting.sessions {
            let told = match (then.get(&session.occurrences[0].uid), session.is_private) {
                (Some(false), true) => "private now: only delegates of its audience see it",
                (Some(true), false) => "public now",
                _ => continue,
            };
            notes.push(format!("note: {}/{}/{} is {told}", after.id, meeting.id, session.id));
        }
    }
    notes
}

fn unmoved(after: &Group, diff: &TimetableDiff<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for meeting in &after.meetings {
        let Some(known) = diff.earlier_meeting(&after.id, &meeting.uid) else { continue };
        let (Some(then), Some(now)) = (known.days, meeting.days) else { continue };
        if then.first() == now.first() {
            continue;
        }
        for deadline in meeting.deadlines.iter().filter(|deadline| deadline.source == DateSource::Printed) {
            let is_same = |other: &&crate::timetable::Deadline| other.uid == deadline.uid && other.due == deadline.due;
            if known.deadlines.iter().any(|other| is_same(&other)) {
                notes.push(format!(
                    "note: {}/{} now starts on {} instead of {}, but its deadline `{}` is still due on {}: that date is printed",
                    after.id,
                    meeting.id,
                    now.first(),
                    then.first(),
                    deadline.id,
                    deadline.date()
                ));
            }
        }
    }
    notes
}
