//! The entries of one meeting, each once, with everything that decides who gets it. Built once, and shared by all
//! feeds and by all releases in which the meeting is the same.

use super::entry::Entry;
use super::indexed_entry::{CancelledVisibility, EntryCategory, EntryKey, EntryPosition, IndexedEntry};
use super::mask::MaskLayout;
use super::session::{occurrences, series};
use crate::id::Id;
use crate::timetable::{Group, Meeting, Timetable};

/// The entries of one meeting.
pub(super) struct MeetingIndex {
    /// In feed order.
    pub(super) entries: Vec<IndexedEntry>,
    /// The audience mask of each entry in the meeting's own study group.
    reach: Vec<u64>,
    /// The entries that reach other study groups.
    pub(super) guests: Vec<GuestEntries>,
    /// The latest end, in Unix seconds.
    pub(super) ends: i64,
}

/// The entries of a meeting that reach another study group.
pub(super) struct GuestEntries {
    /// The study group.
    pub(super) group: Id,
    /// The entries, by their index.
    pub(super) entries: Vec<usize>,
    reach: Vec<u64>,
}

impl MeetingIndex {
    /// Indexes a meeting. `masks` are those of the study groups.
    pub(super) fn new(timetable: &Timetable, bits: &[MaskLayout], group: usize, meeting: &Meeting) -> Self {
        let own = &timetable.groups[group];
        let all = entries(meeting);
        let mut lines: Vec<(IndexedEntry, Vec<u64>)> =
            all.into_iter().map(|(at, shown)| line(own, &bits[group], meeting, at, shown)).collect();
        lines.sort_by(|(a, _), (b, _)| a.key.order(&a.uid).cmp(&b.key.order(&b.uid)));
        let (lines, reach): (Vec<IndexedEntry>, Vec<Vec<u64>>) = lines.into_iter().unzip();
        let mut groups: Vec<&Id> =
            meeting.sessions.iter().flat_map(|session| &session.guests).map(|guest| &guest.group).collect();
        groups.sort();
        groups.dedup();
        let position = |id: &Id| timetable.groups.iter().position(|group| group.id == *id);
        let guests = groups.into_iter().filter_map(|id| Some(guests(id, &bits[position(id)?], own, meeting, &lines)));
        Self {
            guests: guests.collect(),
            ends: lines.iter().map(|line| line.key.ends).max().unwrap_or(i64::MIN),
            reach: reach.concat(),
            entries: lines,
        }
    }

    /// Creates the index of a meeting that is not looked at.
    pub(super) fn empty() -> Self {
        Self { entries: Vec::new(), reach: Vec::new(), guests: Vec::new(), ends: i64::MIN }
    }

    /// Iterates over the entries with their audience masks in the meeting's own study group.
    pub(super) fn reach(&self) -> impl Iterator<Item = (usize, &[u64])> {
        let width = self.reach.len() / self.entries.len().max(1);
        self.reach.chunks_exact(width.max(1)).enumerate()
    }
}

impl GuestEntries {
    /// Iterates over the entries that reach the study group, with their audience masks.
    pub(super) fn reach(&self) -> impl Iterator<Item = (usize, &[u64])> {
        let width = self.reach.len() / self.entries.len().max(1);
        self.entries.iter().copied().zip(self.reach.chunks_exact(width.max(1)))
    }
}

/// Returns where the entries of a meeting are, with their visibility as far as the place determines it.
fn entries(meeting: &Meeting) -> Vec<(EntryPosition, CancelledVisibility)> {
    let mut all = Vec::new();
    for (index, session) in meeting.sessions.iter().enumerate() {
        let hides_some = session.occurrences.iter().any(|occurrence| session.cancelled(occurrence).is_some());
        if session.series.is_some() && hides_some {
            all.push((
                EntryPosition::Series(index, CancelledVisibility::WithCancelled),
                CancelledVisibility::WithCancelled,
            ));
            if meeting.cancelled.is_none() && series(session, true).is_some() {
                all.push((
                    EntryPosition::Series(index, CancelledVisibility::WithoutCancelled),
                    CancelledVisibility::WithoutCancelled,
                ));
            }
        } else if session.series.is_some() {
            all.push((EntryPosition::Series(index, CancelledVisibility::Always), CancelledVisibility::Always));
        }
        all.extend(
            occurrences(session)
                .map(|(occurrence, _)| (EntryPosition::Session(index, occurrence), CancelledVisibility::Always)),
        );
    }
    all.extend(
        (0..meeting.deadlines.len()).map(|deadline| (EntryPosition::Deadline(deadline), CancelledVisibility::Always)),
    );
    if meeting.days.or(meeting.former_days).is_some() {
        all.push((EntryPosition::Span, CancelledVisibility::Always));
        all.extend(
            (0..meeting.without_session.len())
                .map(|notice| (EntryPosition::NoSession(notice), CancelledVisibility::Always)),
        );
    }
    all
}

/// Indexes an entry. Also returns its audience mask in the meeting's own study group.
fn line(
    group: &Group,
    bits: &MaskLayout,
    meeting: &Meeting,
    at: EntryPosition,
    shown: CancelledVisibility,
) -> (IndexedEntry, Vec<u64>) {
    let what = at.what(meeting).unwrap_or_else(|| unreachable!("an entry of this meeting"));
    let entry = Entry { group, meeting: Some(meeting), kind: what, has_link_access: false };
    // A series that is cancelled as a whole, or with its meeting, is hidden as a whole.
    let shown = match shown {
        CancelledVisibility::Always | CancelledVisibility::WithCancelled if entry.cancelled().is_some() => {
            CancelledVisibility::WithCancelled
        }
        other => other,
    };
    let (kind, reach) = match at {
        EntryPosition::Session(session, _) | EntryPosition::Series(session, _) => {
            let session = &meeting.sessions[session];
            let reach = if session.audience.is_empty() {
                bits.related(&session.bodies)
            } else {
                bits.exactly(&[], &session.audience)
            };
            (if session.is_private { EntryCategory::PrivateSession } else { EntryCategory::Session }, reach)
        }
        EntryPosition::Deadline(deadline) => {
            let audience = &meeting.deadlines[deadline].audience;
            let kind = if audience.is_empty() { EntryCategory::Deadline } else { EntryCategory::DeadlineFor };
            (kind, bits.exactly(&[], audience))
        }
        // Private sessions do not affect what is public.
        EntryPosition::Span if meeting.sessions.iter().all(|session| session.is_private) => {
            (EntryCategory::DatesAlone, bits.none())
        }
        EntryPosition::Span => (EntryCategory::Span, bits.none()),
        EntryPosition::NoSession(notice) => {
            (EntryCategory::Notice, bits.exactly(&[meeting.without_session[notice].0], &[]))
        }
    };
    let key = EntryKey::new(&entry, kind, shown);
    (IndexedEntry { at, uid: entry.uid().clone(), key, length: entry.length() }, reach)
}

/// Returns the entries of joint sessions that reach another study group. Audiences belong to the session's own group.
fn guests(group: &Id, bits: &MaskLayout, own: &Group, meeting: &Meeting, lines: &[IndexedEntry]) -> GuestEntries {
    let mut guests = GuestEntries { group: group.clone(), entries: Vec::new(), reach: Vec::new() };
    for (index, line) in lines.iter().enumerate() {
        let (EntryPosition::Session(session, _) | EntryPosition::Series(session, _)) = line.at else { continue };
        let session = &meeting.sessions[session];
        let named = session.bodies_in(group, &own.id);
        if !named.is_empty() && session.audience.is_empty() {
            guests.entries.push(index);
            guests.reach.extend(bits.related(named));
        }
    }
    guests
}
