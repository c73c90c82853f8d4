//! Removed entries: what the definitions no longer contain is kept as cancelled until it is over, and archived then.
//!
//! Bodies, audiences and languages are kept for good, because addresses of feeds name them. A removed body is closed.

use std::sync::Arc;

use foldhash::{HashSet, HashSetExt};
use jiff::Timestamp;

use super::archive::Archive;
use super::former_names;
use super::index_remap::Remaps;
use super::shown_times::keep_shown_times;
use super::taken_out::{
    Shortened, TakenOut, forget_postponed, is_instance, is_taken_out_of, series_as_cancelled, taken_out_of_series,
    without_postponed,
};
use crate::id::Id;
use crate::timetable::{Cancellation, Deadline, Group, Meeting, Occurrence, Session, Timetable, Uid, When};

/// The UIDs of everything that the definitions contain, without notices.
#[derive(Default)]
pub struct DefinedUids(HashSet<Uid>);

impl DefinedUids {
    /// Collects the UIDs of a timetable as the definitions mean it.
    pub fn from_timetable(timetable: &Timetable) -> Self {
        let meetings = || timetable.groups.iter().flat_map(|group| &group.meetings);
        let number = |meeting: &Arc<Meeting>| meeting.sessions.len() + meeting.deadlines.len() + 1;
        let mut defined = HashSet::with_capacity(meetings().map(number).sum());
        for meeting in meetings() {
            defined.extend(meeting.entry_uids().cloned());
            defined.extend(meeting.days.map(|_| meeting.uid.clone()));
        }
        Self(defined)
    }

    /// Returns `true` if the definitions contain something with this UID.
    pub fn contains(&self, uid: &Uid) -> bool {
        self.0.contains(uid)
    }
}

/// Adds to a timetable, as cancelled, what the previous release had and it does not, unless that is over at
/// `instant`. `defined` has the timetable's own UIDs.
pub fn keep_removed_as_cancelled(
    mut timetable: Timetable,
    defined: &DefinedUids,
    before: &Timetable,
    instant: Timestamp,
) -> Timetable {
    for group in &before.groups {
        if timetable.group(group.id.as_str()).is_none() {
            timetable.groups.push(Group { meetings: Vec::new(), ..group.clone() });
        }
    }
    timetable.groups.sort_by(|a, b| a.id.cmp(&b.id));
    let known = |id: &Id| before.group(id.as_str());
    let remaps = Remaps::extend_groups(&mut timetable.groups, before, instant);
    for group in &mut timetable.groups {
        if let Some(before) = known(&group.id) {
            former_names::keep_former_names(group, before);
        }
    }
    timetable.reuse_unchanged_from(before);
    keep_shown_times(&mut timetable, before);
    let gone = RemovedEntries { defined, remaps: &remaps, instant };
    for group in &mut timetable.groups {
        if let Some(before) = known(&group.id) {
            gone.add_to_group(group, before);
        }
    }
    // With what was removed from it, a meeting may be equal to what it was.
    timetable.reuse_unchanged_from(before);
    timetable
}

/// Adds removed entries to study groups.
struct RemovedEntries<'a> {
    defined: &'a DefinedUids,
    remaps: &'a Remaps,
    instant: Timestamp,
}

/// Where a removed entry belongs.
struct RemovedFrom<'a> {
    group: &'a Id,
    uid_domain: &'a str,
    /// The meeting as it is now, if it was not removed.
    meeting: Option<&'a Meeting>,
    /// Whether the whole meeting is cancelled, as it was before.
    has_reason: bool,
}

impl RemovedFrom<'_> {
    /// Returns why a removed entry does not take place. A reason that was announced stays.
    fn reason(&self, known: Option<&Cancellation>, why: Cancellation) -> Option<Cancellation> {
        match known {
            Some(Cancellation::Announced(_)) => known.cloned(),
            None if self.has_reason => None,
            _ => Some(why),
        }
    }
}

impl RemovedEntries<'_> {
    /// Adds what a study group had: as cancelled what is ahead, to the archive what is over.
    fn add_to_group(&self, group: &mut Group, before: &Group) {
        let positions = group.meeting_positions();
        let mut archive = Archive::default();
        for meeting in before.meetings.iter().filter(|meeting| meeting.is_archived) {
            self.archive(group, meeting, positions.get(&meeting.uid).copied(), &mut archive);
        }
        for meeting in before.meetings.iter().filter(|meeting| !meeting.is_archived) {
            let home = positions.get(&meeting.uid).copied();
            // An unchanged meeting lacks nothing.
            if !home.is_some_and(|home| Arc::ptr_eq(&group.meetings[home], meeting)) {
                let home = self.add_to_meeting(group, meeting, home);
                self.archive(group, meeting, home, &mut archive);
            }
        }
        group.meetings.extend(archive.into_meetings());
        group.sort_meetings();
    }

    /// Adds to a meeting, as cancelled, what it had and is ahead. Returns where the meeting is, if it is not over as a
    /// whole.
    fn add_to_meeting(&self, group: &mut Group, meeting: &Meeting, home: Option<usize>) -> Option<usize> {
        let now = home.map(|home| &*group.meetings[home]);
        // Entries that were cancelled with their meeting have that reason.
        // What was postponed and then removed is no longer announced.
        let cancelled = meeting.cancelled.as_ref().filter(|known| !known.is_postponed());
        let says_why = cancelled.is_some() && now.is_none_or(|now| now.cancelled == meeting.cancelled);
        let place = RemovedFrom { group: &group.id, uid_domain: &group.uid_domain, meeting: now, has_reason: says_why };
        let mut sessions: Vec<Session> =
            meeting.sessions.iter().flat_map(|session| self.removed_sessions(session, &place)).collect();
        let deadlines: Vec<Deadline> =
            meeting.deadlines.iter().filter_map(|deadline| self.removed_deadline(deadline, &place)).collect();
        let Shortened { longer, on_their_own } =
            now.map(|now| self.shortened_series(now, meeting, &place)).unwrap_or_default();
        let days = meeting.days.or(meeting.former_days);
        let days = days.filter(|days| self.is_removed(&meeting.uid, &When::AllDay(*days)));
        sessions.extend(on_their_own);
        if sessions.is_empty() && longer.is_empty() && deadlines.is_empty() && days.is_none() {
            return home;
        }
        if let Some(home) = home {
            let meeting = Arc::make_mut(&mut group.meetings[home]);
            for (index, session) in longer {
                meeting.sessions[index] = session;
            }
            meeting.sessions.extend(sessions);
            meeting.deadlines.extend(deadlines);
            meeting.deadlines.sort_by(|a, b| (a.due.sort_key(), &a.id).cmp(&(b.due.sort_key(), &b.id)));
            meeting.former_days = days;
            return Some(home);
        }
        group.meetings.push(Arc::new(Meeting {
            cancelled: Some(cancelled.cloned().unwrap_or(Cancellation::Gone)),
            concerns: self.remaps.concerns(&meeting.concerns, &group.id),
            without_session: Vec::new(),
            sessions,
            deadlines,
            ..Meeting::clone(meeting)
        }));
        Some(group.meetings.len() - 1)
    }

    /// Returns what becomes of instances that were taken out of the series of a meeting.
    fn shortened_series(&self, now: &Meeting, meeting: &Meeting, place: &RemovedFrom<'_>) -> Shortened {
        let otherwise = place.reason(None, Cancellation::Gone);
        let mut shortened = Shortened::default();
        for session in &meeting.sessions {
            let Some(uid) = session.series.as_ref().map(|series| &series.uid) else { continue };
            let mut sessions = now.sessions.iter().enumerate();
            let continues = |session: &Session| session.occurrences.iter().any(|occurrence| occurrence.uid == *uid);
            let Some((index, now)) = sessions.find(|(_, session)| continues(session)) else { continue };
            let before = without_postponed(self.remaps.session(session, place.group));
            match taken_out_of_series(now, &before, otherwise.as_ref(), self.instant, place.uid_domain) {
                Some(TakenOut::InSeries(session)) => shortened.longer.push((index, session)),
                Some(TakenOut::OnTheirOwn(session)) => shortened.add_on_their_own(session, meeting),
                None => {}
            }
        }
        shortened
    }

    /// Archives what a meeting had and is over: the public sessions and deadlines whose addresses lead nowhere else.
    /// `home` is where the rest of the meeting is.
    fn archive(&self, group: &Group, meeting: &Meeting, home: Option<usize>, archive: &mut Archive) {
        let home = home.map(|home| &*group.meetings[home]);
        let has_id = |id: &Id| {
            let Some(home) = home else { return false };
            let sessions = home.sessions.iter().map(|session| (&session.id, &session.former));
            let mut all = sessions.chain(home.deadlines.iter().map(|deadline| (&deadline.id, &deadline.former)));
            all.any(|(own, former)| own == id || former.contains(id))
        };
        let is_defined = |session: &Session| {
            let mut uids = session.occurrences.iter().map(|occurrence| &occurrence.uid);
            uids.any(|uid| self.defined.contains(uid))
        };
        let sessions = meeting.sessions.iter().filter(|session| !session.is_private && !has_id(&session.id));
        let sessions = sessions.filter(|session| !is_defined(session));
        let deadlines = meeting.deadlines.iter().filter(|deadline| !has_id(&deadline.id));
        let deadlines = deadlines.filter(|deadline| !self.defined.contains(&deadline.uid));
        archive.add(Meeting {
            is_archived: true,
            concerns: self.remaps.concerns(&meeting.concerns, &group.id),
            uid: if home.is_some() { meeting.uid.archived_part(&meeting.id) } else { meeting.uid.clone() },
            named: if home.is_some() { None } else { meeting.named.clone() },
            without_session: Vec::new(),
            sessions: sessions.map(|session| self.remaps.session(session, &group.id)).collect(),
            deadlines: deadlines.map(|deadline| self.remaps.deadline(deadline, &group.id)).collect(),
            ..meeting.clone()
        });
    }

    fn is_removed(&self, uid: &Uid, when: &When) -> bool {
        !self.defined.contains(uid) && when.end() > self.instant
    }

    /// Returns the removed parts of a session: nothing, the series, or some of its occurrences. Those that the
    /// session has under another UID at the same time are in a session of their own.
    fn removed_sessions(&self, session: &Session, place: &RemovedFrom<'_>) -> Vec<Session> {
        let is_gone = |occurrence: &Occurrence| self.is_removed(&occurrence.uid, &occurrence.when);
        let has_gone = match &session.series {
            Some(series) => {
                let mut ends = session.occurrences.iter().map(|occurrence| &occurrence.when).chain([&series.last]);
                !self.defined.contains(&series.uid) && ends.any(|when| when.end() > self.instant)
            }
            None => session.occurrences.iter().any(is_gone),
        };
        // Most sessions of a changed meeting lack nothing.
        if !has_gone {
            return Vec::new();
        }
        let session = self.remaps.session(session, place.group);
        let today = || place.meeting.into_iter().flat_map(|meeting| &meeting.sessions);
        let is_replaced = |occurrence: &Occurrence| {
            let takes_place = |by: &Session, other: &Occurrence| {
                other.when == occurrence.when && by.cancelled(other).is_none() && other.uid != occurrence.uid
            };
            let is_same = |by: &Session, other: &Occurrence| {
                (by.id == session.id && by.bodies == session.bodies) || is_instance(occurrence, other, place.uid_domain)
            };
            today().any(|by| by.occurrences.iter().any(|other| takes_place(by, other) && is_same(by, other)))
        };
        // Instances that were taken out of a series go along when that is renamed.
        let renamed = today().find(|by| is_taken_out_of(&session, by, place.uid_domain));
        let id = renamed.map_or(&session.id, |by| &by.id).clone();
        let session = &Session { id, ..session.clone() };
        if session.series.is_some() {
            let why =
                |occurrence: &_| if is_replaced(occurrence) { Cancellation::Replaced } else { Cancellation::Gone };
            let why = |occurrence: &_| place.reason(None, why(occurrence));
            return vec![series_as_cancelled(&session.with_end(self.instant, None), why, self.instant)];
        }
        let gone = session.occurrences.iter().filter(|occurrence| is_gone(occurrence)).cloned();
        let (mut replaced, mut gone): (Vec<_>, Vec<_>) = gone.partition(is_replaced);
        // It takes place after all: what was announced of it before does not hold.
        for change in replaced.iter_mut().filter_map(|occurrence: &mut Occurrence| occurrence.overridden_by.as_mut()) {
            change.cancelled = None;
        }
        gone.iter_mut().for_each(forget_postponed);
        [(replaced, Cancellation::Replaced), (gone, Cancellation::Gone)]
            .into_iter()
            .filter(|(occurrences, _)| !occurrences.is_empty())
            .map(|(occurrences, why)| Session {
                cancelled: match &session.cancelled {
                    Some(Cancellation::Announced(_)) if why == Cancellation::Replaced => Some(why),
                    known => place.reason(known.as_ref(), why),
                },
                occurrences,
                ..session.clone()
            })
            .collect()
    }

    fn removed_deadline(&self, deadline: &Deadline, place: &RemovedFrom<'_>) -> Option<Deadline> {
        self.is_removed(&deadline.uid, &deadline.due).then(|| Deadline {
            cancelled: place.reason(deadline.cancelled.as_ref(), Cancellation::Gone),
            ..self.remaps.deadline(deadline, place.group)
        })
    }
}
