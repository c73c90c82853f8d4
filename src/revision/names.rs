//! Names of before: an address that was published once leads to what has another name since, however often it was renamed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::id::Id;
use crate::timetable::{Deadline, Group, Meeting, Session, Uid};

/// Adds the names that meetings, sessions and deadlines had in the release before, and those that they had before that.
pub(super) fn carry(group: &mut Group, before: &Group) {
    let known: BTreeMap<&Uid, &Arc<Meeting>> = before.meetings.iter().map(|meeting| (&meeting.uid, meeting)).collect();
    for meeting in &mut group.meetings {
        let Some(then) = known.get(&meeting.uid).filter(|then| !Arc::ptr_eq(then, meeting)) else { continue };
        let (sessions, deadlines) = (sessions(meeting, then), deadlines(meeting, then));
        let own = added(&meeting.id, &meeting.former, (&then.id, &then.former));
        if own.is_empty() && sessions.is_empty() && deadlines.is_empty() {
            continue;
        }
        let meeting = Arc::make_mut(meeting);
        meeting.former.extend(own);
        for (index, names) in sessions {
            meeting.sessions[index].former.extend(names);
        }
        for (index, names) in deadlines {
            meeting.deadlines[index].former.extend(names);
        }
    }
}

/// The names that are not known yet.
fn added(id: &Id, former: &[Id], (then, before): (&Id, &Vec<Id>)) -> Vec<Id> {
    let is_new = |name: &&Id| *name != id && !former.contains(name);
    before.iter().chain([then]).filter(is_new).cloned().collect()
}

type Added = Vec<(usize, Vec<Id>)>;

fn sessions(now: &Meeting, then: &Meeting) -> Added {
    let of_all = then.sessions.iter().flat_map(|session| uids(session).map(move |uid| (uid, session)));
    let known: BTreeMap<&Uid, &Session> = of_all.collect();
    let names = |session: &Session| {
        // Any of its occurrences tells which it was: days come and go.
        let then = uids(session).find_map(|uid| known.get(uid))?;
        Some(added(&session.id, &session.former, (&then.id, &then.former)))
    };
    renamed(now.sessions.iter().map(names))
}

fn uids(session: &Session) -> impl Iterator<Item = &Uid> {
    let series = session.series.iter().map(|series| &series.uid);
    series.chain(session.occurrences.iter().map(|occurrence| &occurrence.uid))
}

fn deadlines(now: &Meeting, then: &Meeting) -> Added {
    let known: BTreeMap<&Uid, &Deadline> = then.deadlines.iter().map(|deadline| (&deadline.uid, deadline)).collect();
    let names = |deadline: &Deadline| {
        let then = known.get(&deadline.uid)?;
        Some(added(&deadline.id, &deadline.former, (&then.id, &then.former)))
    };
    renamed(now.deadlines.iter().map(names))
}

fn renamed(names: impl Iterator<Item = Option<Vec<Id>>>) -> Added {
    let names = names.enumerate().filter_map(|(index, names)| Some((index, names?)));
    names.filter(|(_, names)| !names.is_empty()).collect()
}
