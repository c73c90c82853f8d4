//! Changes that nobody may have meant: hours that shift because a venue and its zone went, and events of a session that all
//! become others because its days or hours were written anew. Both are reported, and published all the same.

use std::collections::BTreeMap;

use crate::id::Id;
use crate::revision::{DefinedUids, Release};
use crate::timetable::{Meeting, Occurrence, Session, Timetable, Uid, When};

/// The least number of events that become others at once.
const MIN_REPLACED: usize = 2;

/// Sessions of a meeting that keep their hours on another clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftedHours {
    /// The UID of the first one.
    pub uid: Uid,
    /// The number of events.
    pub count: usize,
    /// The zone that they had.
    pub before: String,
    /// The zone that they have.
    pub now: String,
}

/// Events of a session that end, while others begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplacedEvents {
    /// The UID of the first new one.
    pub uid: Uid,
    /// The id of the session.
    pub session: Id,
    /// The number of events.
    pub count: usize,
}

/// Returns the sessions whose hours shift to another clock, by meeting.
pub(super) fn shifted_hours(before: &Timetable, after: &Timetable) -> Vec<ShiftedHours> {
    let mut found = Vec::new();
    for (meeting, then) in changed_meetings(before, after) {
        let known: BTreeMap<&Uid, &Occurrence> = occurrences(then).map(|one| (&one.uid, one)).collect();
        let mut shifted: BTreeMap<(&str, &str), ShiftedHours> = BTreeMap::new();
        for occurrence in occurrences(meeting) {
            let Some(then) = known.get(&occurrence.uid) else { continue };
            let (When::Timed(one), When::Timed(other)) = (&then.when, &occurrence.when) else { continue };
            if one.start().wall == other.start().wall && one.start().instant != other.start().instant {
                let zones = (one.zone().name(), other.zone().name());
                let of_zones = shifted.entry(zones).or_insert_with(|| ShiftedHours {
                    uid: occurrence.uid.clone(),
                    count: 0,
                    before: zones.0.to_owned(),
                    now: zones.1.to_owned(),
                });
                of_zones.count += 1;
            }
        }
        found.extend(shifted.into_values());
    }
    found
}

/// Returns the sessions whose events are replaced by others. `before` is the previous release.
pub(super) fn replaced_events(before: &Release, after: &Timetable, defined: &DefinedUids) -> Vec<ReplacedEvents> {
    let mut found = Vec::new();
    for (meeting, then) in changed_meetings(&before.timetable, after) {
        for session in &meeting.sessions {
            let Some(then) = then.sessions.iter().find(|then| then.id == session.id) else { continue };
            let is_gone = |occurrence: &&Occurrence| {
                !defined.contains(&occurrence.uid)
                    && occurrence.when.end() > before.instant
                    && then.cancelled(occurrence).is_none()
            };
            let gone = then.occurrences.iter().filter(is_gone).count();
            let new: Vec<&Occurrence> = new_occurrences(session, before, defined).collect();
            let count = gone.min(new.len());
            if let Some(first) = new.first().filter(|_| count >= MIN_REPLACED) {
                found.push(ReplacedEvents { uid: first.uid.clone(), session: session.id.clone(), count });
            }
        }
    }
    found
}

fn new_occurrences<'s>(
    session: &'s Session,
    before: &Release,
    defined: &DefinedUids,
) -> impl Iterator<Item = &'s Occurrence> {
    let is_new = |uid: &Uid| defined.contains(uid) && !before.ledger.records.contains_key(uid);
    session.occurrences.iter().filter(move |occurrence| is_new(&occurrence.uid))
}

/// Returns the meetings that both timetables have and that are not the same, each with what it was.
fn changed_meetings<'t>(before: &'t Timetable, after: &'t Timetable) -> Vec<(&'t Meeting, &'t Meeting)> {
    let mut changed = Vec::new();
    for group in &after.groups {
        let Some(then) = before.group(group.id.as_str()) else { continue };
        let positions = then.meeting_positions();
        for meeting in group.listed_meetings() {
            let known = positions.get(&meeting.uid).map(|position| &*then.meetings[*position]);
            changed.extend(known.filter(|then| !std::ptr::eq(*then, meeting)).map(|then| (meeting, then)));
        }
    }
    changed
}

fn occurrences(meeting: &Meeting) -> impl Iterator<Item = &Occurrence> {
    meeting.sessions.iter().flat_map(|session| &session.occurrences)
}
