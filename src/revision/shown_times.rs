//! The times that readers were shown of occurrences that are at another time now: only the ledger tells what is a move, and
//! what is announced for the first time.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::timetable::{FormerTime, Meeting, Occurrence, Session, Timetable, Uid};

/// Sets, for the occurrences that `changes` give another time, the time that the previous release showed.
pub(super) fn keep_shown_times(timetable: &mut Timetable, before: &Timetable) {
    for group in &mut timetable.groups {
        let Some(before) = before.group(group.id.as_str()) else { continue };
        let positions = before.meeting_positions();
        for meeting in &mut group.meetings {
            let then = positions.get(&meeting.uid).map(|position| &before.meetings[*position]);
            let Some(then) = then.filter(|then| !Arc::ptr_eq(then, meeting)) else { continue };
            let shown = shown_times(meeting, then);
            if shown.is_empty() {
                continue;
            }
            let sessions = &mut Arc::make_mut(meeting).sessions;
            for ShownOccurrence { session, occurrence, time } in shown {
                if let Some(change) = &mut sessions[session].occurrences[occurrence].overridden_by {
                    change.shown = Some(Box::new(time));
                }
            }
        }
    }
}

/// The time that was shown of an occurrence, which has these indices.
struct ShownOccurrence {
    session: usize,
    occurrence: usize,
    time: FormerTime,
}

fn shown_times(meeting: &Meeting, before: &Meeting) -> Vec<ShownOccurrence> {
    let is_elsewhere =
        |occurrence: &Occurrence| occurrence.overridden_by.is_some() && occurrence.when != occurrence.original;
    let mut shown = Vec::new();
    // Most meetings have no such occurrence.
    let mut known: Option<KnownOccurrences<'_>> = None;
    for (index, session) in meeting.sessions.iter().enumerate() {
        for (position, occurrence) in session.occurrences.iter().enumerate().filter(|(_, it)| is_elsewhere(it)) {
            let known = known.get_or_insert_with(|| occurrences(before));
            let Some((then, earlier)) = known.get(&(&occurrence.uid, occurrence.original.first_day())) else {
                continue;
            };
            // Readers must not learn where it was before it became public.
            if then.is_private && !session.is_private {
                continue;
            }
            if let Some(time) = shown_time(earlier, occurrence) {
                shown.push(ShownOccurrence { session: index, occurrence: position, time });
            }
        }
    }
    shown
}

/// Occurrences with their sessions, by UID and by the day for which they were planned.
type KnownOccurrences<'m> = BTreeMap<(&'m Uid, Date), (&'m Session, &'m Occurrence)>;

fn occurrences(meeting: &Meeting) -> KnownOccurrences<'_> {
    let pairs = meeting.sessions.iter().flat_map(|session| session.occurrences.iter().map(move |it| (session, it)));
    pairs.map(|(session, it)| ((&it.uid, it.original.first_day()), (session, it))).collect()
}

/// Returns the time from which an occurrence was moved: the one from which it had been moved before, else the one that the
/// previous release showed.
fn shown_time(then: &Occurrence, now: &Occurrence) -> Option<FormerTime> {
    let times = then.former_time().into_iter().chain([(&then.when, &then.hours)]);
    let mut times = times.map(|(when, hours)| FormerTime { when: when.clone(), hours: hours.clone() });
    times.find(|time| time.is_left_for(&now.when, &now.hours))
}
