//! The entries of one meeting, each once, with everything that decides who gets it. Built once, and shared by all
//! feeds and by all releases in which the meeting is the same.

use super::entry::Entry;
use super::indexed_entry::{CancelledVisibility, EntryCategory, EntryClass, EntryKey, EntryPosition, IndexedEntry};
use super::mask::MaskLayout;
use super::session::{occurrences, series};
use super::text_length::TextLength;
use crate::id::Id;
use crate::timetable::{Deadline, Group, Meeting, Timetable};

/// The entries of one meeting.
pub(super) struct MeetingIndex {
    /// In feed order.
    pub(super) entries: Vec<IndexedEntry>,
    /// The audience mask of each entry in the meeting's own study group.
    masks: Vec<u64>,
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
    masks: Vec<u64>,
}

impl MeetingIndex {
    /// Indexes a meeting. `mask_layouts` are those of the study groups.
    pub(super) fn new(timetable: &Timetable, mask_layouts: &[MaskLayout], group: usize, meeting: &Meeting) -> Self {
        let own = &timetable.groups[group];
        let index = |(at, visibility)| index_entry(own, meeting, at, visibility);
        let mut entries: Vec<IndexedEntry> = positions(meeting).into_iter().map(index).collect();
        let of_meeting = TextLength::from_meeting(meeting);
        for entry in &mut entries {
            entry.length = entry.length.plus(of_meeting);
        }
        entries.sort_by(|a, b| a.key.order(&a.uid).cmp(&b.key.order(&b.uid)));
        let width = mask_layouts[group].words();
        // One piece of memory for all masks: there may be very many.
        let mut masks = vec![0; width * entries.len()];
        for (entry, mask) in entries.iter().zip(masks.chunks_exact_mut(width)) {
            set_mask(mask, &mask_layouts[group], meeting, entry);
        }
        let mut groups: Vec<&Id> = meeting.guests().map(|guest| &guest.group).collect();
        groups.sort();
        groups.dedup();
        let position = |id: &Id| timetable.groups.iter().position(|group| group.id == *id);
        let guests =
            groups.into_iter().filter_map(|id| Some(guests(id, &mask_layouts[position(id)?], own, meeting, &entries)));
        Self {
            guests: guests.collect(),
            ends: entries.iter().map(|entry| entry.key.ends).max().unwrap_or(i64::MIN),
            masks,
            entries,
        }
    }

    /// Creates the index of a meeting that is not looked at.
    pub(super) fn empty() -> Self {
        Self { entries: Vec::new(), masks: Vec::new(), guests: Vec::new(), ends: i64::MIN }
    }

    /// Iterates over the entries with their audience masks in the meeting's own study group.
    pub(super) fn masks(&self) -> impl Iterator<Item = (usize, &[u64])> {
        let width = self.masks.len() / self.entries.len().max(1);
        self.masks.chunks_exact(width.max(1)).enumerate()
    }
}

impl GuestEntries {
    /// Iterates over the entries that reach the study group, with their audience masks.
    pub(super) fn masks(&self) -> impl Iterator<Item = (usize, &[u64])> {
        let width = self.masks.len() / self.entries.len().max(1);
        self.entries.iter().copied().zip(self.masks.chunks_exact(width.max(1)))
    }
}

/// Returns where the entries of a meeting are, with their visibility as far as the place determines it.
fn positions(meeting: &Meeting) -> Vec<(EntryPosition, CancelledVisibility)> {
    let mut all = Vec::new();
    for (index, session) in meeting.sessions.iter().enumerate() {
        let hides_some = session.occurrences.iter().any(|occurrence| session.cancelled(occurrence).is_some());
        if session.series.is_some() && hides_some {
            all.push((
                EntryPosition::Series(index, CancelledVisibility::WithCancelled),
                CancelledVisibility::WithCancelled,
            ));
            if meeting.cancelled_entries().is_none() && series(session, true).is_some() {
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

/// Indexes an entry.
fn index_entry(group: &Group, meeting: &Meeting, at: EntryPosition, visibility: CancelledVisibility) -> IndexedEntry {
    let kind = at.entry_kind(meeting).unwrap_or_else(|| unreachable!("an entry of this meeting"));
    let entry = Entry { group, meeting: Some(meeting), kind, has_link_access: false };
    // A series that is cancelled as a whole, or with its meeting, is hidden as a whole.
    let visibility = match visibility {
        CancelledVisibility::Always | CancelledVisibility::WithCancelled if entry.cancelled().is_some() => {
            CancelledVisibility::WithCancelled
        }
        other => other,
    };
    let category = match at {
        EntryPosition::Session(session, _) | EntryPosition::Series(session, _) => {
            if meeting.sessions[session].is_private { EntryCategory::PrivateSession } else { EntryCategory::Session }
        }
        EntryPosition::Deadline(deadline) if meeting.deadlines[deadline].audience.is_empty() => EntryCategory::Deadline,
        EntryPosition::Deadline(_) => EntryCategory::DeadlineFor,
        // Private sessions do not affect what is public.
        EntryPosition::Span if meeting.sessions.iter().all(|session| session.is_private) => EntryCategory::DatesAlone,
        EntryPosition::Span => EntryCategory::Span,
        EntryPosition::NoSession(_) => EntryCategory::Notice,
    };
    let (key, class) = (EntryKey::new(&entry), EntryClass::new(&entry, category, visibility));
    IndexedEntry { at, uid: entry.uid().clone(), key, class, length: entry.own_length() }
}

/// Sets the audience mask of an entry in the meeting's own study group, which is empty before.
fn set_mask(mask: &mut [u64], mask_layout: &MaskLayout, meeting: &Meeting, entry: &IndexedEntry) {
    match entry.at {
        EntryPosition::Session(session, _) | EntryPosition::Series(session, _) => {
            let session = &meeting.sessions[session];
            if session.is_for_bodies() {
                mask_layout.set_related(mask, &session.bodies);
            }
            mask_layout.set_exactly(mask, &[], &session.audience);
        }
        EntryPosition::Deadline(deadline) => {
            let Deadline { audience, concerns, .. } = &meeting.deadlines[deadline];
            mask_layout.set_related(mask, &concerns.bodies);
            mask_layout.set_exactly(mask, &[], audience);
        }
        EntryPosition::Span if entry.class.category == EntryCategory::DatesAlone => {
            mask_layout.set_related(mask, &meeting.concerns.bodies);
        }
        EntryPosition::Span => {}
        EntryPosition::NoSession(notice) => mask_layout.set_exactly(mask, &[meeting.without_session[notice].0], &[]),
    }
}

/// Returns the entries that reach another study group: those of joint sessions, and deadlines and meetings of its bodies.
/// Audiences belong to the session's own group.
fn guests(
    group: &Id,
    mask_layout: &MaskLayout,
    own: &Group,
    meeting: &Meeting,
    indexed: &[IndexedEntry],
) -> GuestEntries {
    let mut guests = GuestEntries { group: group.clone(), entries: Vec::new(), masks: Vec::new() };
    for (index, entry) in indexed.iter().enumerate() {
        let named = match entry.at {
            EntryPosition::Session(session, _) | EntryPosition::Series(session, _) => {
                let session = &meeting.sessions[session];
                if session.is_for_bodies() { session.bodies_in(group, &own.id) } else { &[] }
            }
            EntryPosition::Deadline(deadline) => meeting.deadlines[deadline].concerns.in_group(group, &own.id),
            EntryPosition::Span => meeting.concerns.in_group(group, &own.id),
            EntryPosition::NoSession(_) => &[],
        };
        if !named.is_empty() {
            guests.entries.push(index);
            guests.masks.extend(mask_layout.related(named));
        }
    }
    guests
}
