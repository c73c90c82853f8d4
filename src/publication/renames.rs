//! Renames that the definitions do not declare: an entry that is new and another that went, on the same day with the same
//! title and bodies. They are reported, because the event has lost its identity unless `was:` is written.

use std::sync::Arc;

use crate::id::Id;
use crate::ledger::Ledger;
use crate::revision::{DefinedUids, Release};
use crate::text::Text;
use crate::timetable::{Cancellation, Deadline, Group, Meeting, Session, Timetable, Uid, When, WrittenName};

/// An entry that seems to have been renamed without `was:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikelyRename {
    /// The UID of the new entry.
    pub uid: Uid,
    /// The id of the entry that went.
    pub was: Id,
}

/// Returns the entries that seem to have been renamed. `after` has the new release, with what was removed.
pub(super) fn likely_renames(before: &Release, after: &Timetable, defined: &DefinedUids) -> Vec<LikelyRename> {
    let mut found = Vec::new();
    for group in &after.groups {
        let Some(then) = before.timetable.group(group.id.as_str()) else { continue };
        let search = Search { group, then, ledger: &before.ledger, defined };
        found.extend(search.meetings());
        found.extend(search.entries());
    }
    found
}

/// A study group in both releases.
struct Search<'a> {
    group: &'a Group,
    then: &'a Group,
    ledger: &'a Ledger,
    defined: &'a DefinedUids,
}

impl Search<'_> {
    fn meetings(&self) -> Vec<LikelyRename> {
        let was_there = |meeting: &&Meeting| meeting.cancelled != Some(Cancellation::Gone);
        let has = |meeting: &Meeting| {
            std::iter::once(&meeting.uid).chain(meeting.entry_uids()).any(|uid| self.defined.contains(uid))
        };
        let gone = self.then.listed_meetings().filter(was_there).filter(|meeting| !has(meeting));
        let is_known = |meeting: &&Meeting| self.then.meetings.iter().any(|then| then.uid == meeting.uid);
        let is_new = |meeting: &&Meeting| has(meeting) && !is_known(meeting) && !self.is_in_ledger(&meeting.uid);
        let new = self.group.listed_meetings().filter(is_new);
        let is_same = |new: &Meeting, gone: &Meeting| {
            let has_same_entries = || all_starts(new).is_some_and(|starts| Some(starts) == all_starts(gone));
            new.id != gone.id
                && new.title == gone.title
                && new.days == gone.days
                && (new.days.is_some() || has_same_entries())
        };
        let renames = pairs(&new.collect::<Vec<_>>(), &gone.collect::<Vec<_>>(), is_same);
        renames.into_iter().map(|(new, gone)| LikelyRename { uid: new.uid.clone(), was: gone.id.clone() }).collect()
    }

    /// Returns the renamed sessions and deadlines of meetings that both releases have.
    fn entries(&self) -> Vec<LikelyRename> {
        let positions = self.then.meeting_positions();
        let mut found = Vec::new();
        for meeting in self.group.listed_meetings() {
            let Some(then) = positions.get(&meeting.uid).map(|position| &self.then.meetings[*position]) else {
                continue;
            };
            if !std::ptr::eq(meeting, Arc::as_ptr(then)) {
                found.extend(self.sessions(meeting, then));
                found.extend(self.deadlines(meeting, then));
            }
        }
        found
    }

    fn sessions(&self, meeting: &Meeting, then: &Meeting) -> Vec<LikelyRename> {
        let has = |session: &Session, is_wanted: &dyn Fn(&Uid) -> bool| {
            session.occurrences.iter().any(|occurrence| is_wanted(&occurrence.uid))
        };
        let is_defined = |session: &&Session| has(session, &|uid| self.defined.contains(uid));
        let is_new = |session: &&Session| !has(session, &|uid| self.is_in_ledger(uid));
        let was_there = |session: &&Session| {
            // Of a series that was removed while it ran, the first instances took place.
            let last = session.occurrences.last().and_then(|occurrence| session.cancelled(occurrence));
            !last.is_some_and(Cancellation::is_removal)
        };
        let new: Vec<&Session> = meeting.sessions.iter().filter(is_defined).filter(is_new).collect();
        let gone = then.sessions.iter().filter(was_there).filter(|session| !is_defined(session));
        // With the same id, it was given a `uid:`.
        let is_same = |new: &Session, gone: &Session| {
            new.id != gone.id && SessionKey::new(self.group, new) == SessionKey::new(self.then, gone)
        };
        let renames = pairs(&new, &gone.collect::<Vec<_>>(), is_same);
        let rename = |(new, gone): (&Session, &Session)| LikelyRename {
            uid: new.occurrences[0].uid.clone(),
            was: gone.id.clone(),
        };
        renames.into_iter().map(rename).collect()
    }

    fn deadlines(&self, meeting: &Meeting, then: &Meeting) -> Vec<LikelyRename> {
        let is_new = |deadline: &&Deadline| self.defined.contains(&deadline.uid) && !self.is_in_ledger(&deadline.uid);
        let is_gone = |deadline: &&Deadline| deadline.cancelled.is_none() && !self.defined.contains(&deadline.uid);
        let new: Vec<&Deadline> = meeting.deadlines.iter().filter(is_new).collect();
        let gone: Vec<&Deadline> = then.deadlines.iter().filter(is_gone).collect();
        let is_same =
            |new: &Deadline, gone: &Deadline| new.id != gone.id && new.title == gone.title && new.due == gone.due;
        let renames = pairs(&new, &gone, is_same).into_iter();
        renames.map(|(new, gone)| LikelyRename { uid: new.uid.clone(), was: gone.id.clone() }).collect()
    }

    fn is_in_ledger(&self, uid: &Uid) -> bool {
        self.ledger.records.contains_key(uid)
    }
}

/// What makes a session the same under another id.
#[derive(PartialEq)]
struct SessionKey<'a> {
    title: Option<&'a Text>,
    first: &'a When,
    bodies: Vec<&'a WrittenName>,
    is_private: bool,
}

impl<'a> SessionKey<'a> {
    fn new(group: &'a Group, session: &'a Session) -> Self {
        Self {
            title: session.details.title.as_ref(),
            first: &session.occurrences[0].original,
            bodies: session.body_names(group).collect(),
            is_private: session.is_private,
        }
    }
}

/// Returns the starts of all sessions of a meeting, in the order of the file; `None` without any.
fn all_starts(meeting: &Meeting) -> Option<Vec<&When>> {
    let starts = meeting.sessions.iter().map(|session| &session.occurrences[0].original);
    let starts: Vec<&When> = starts.collect();
    (!starts.is_empty()).then_some(starts)
}

/// Returns the pairs of a new and a former entry that are the same. What may belong to several is left out.
fn pairs<'a, T>(new: &[&'a T], gone: &[&'a T], is_same: impl Fn(&T, &T) -> bool) -> Vec<(&'a T, &'a T)> {
    let mut found = Vec::new();
    for one in new {
        let mut matches = gone.iter().filter(|gone| is_same(one, gone));
        if let (Some(gone), None) = (matches.next(), matches.next())
            && new.iter().filter(|other| is_same(other, gone)).count() == 1
        {
            found.push((*one, *gone));
        }
    }
    found
}
