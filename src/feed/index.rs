//! The index of a release: every entry of every meeting once, from which feeds are selected.
//!
//! Built for each release. Meetings that have not changed keep the index of the previous release, so that an edit
//! costs only work for what it edits.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan};

use super::entry::Entry;
use super::indexed_entry::{EntryClass, EntryKey, IndexedEntry};
use super::mask::MaskLayout;
use super::meeting_index::MeetingIndex;
use super::text_length::TextLength;
use crate::id::Id;
use crate::revision::Release;
use crate::timetable::{Group, Meeting, MeetingRef, Timetable, TimetableDiff, Uid};

/// A release with all of its entries, indexed.
pub struct EntryIndex {
    release: Arc<Release>,
    /// By study group, in the order of the timetable.
    groups: Vec<GroupIndex>,
}

/// The entries that feeds of a study group may contain.
pub(super) struct GroupIndex {
    pub(super) mask_layout: MaskLayout,
    /// The study group's own meetings.
    own: Vec<Arc<MeetingIndex>>,
    /// The entries that feeds of the whole study group may contain: those in the time window, in feed order.
    rows: Vec<GroupRow>,
    /// The audience mask of each row.
    masks: Vec<u64>,
}

/// An entry of a study group, with what decides about its selection next to it.
#[derive(Clone, Copy)]
pub(super) struct GroupRow {
    pub(super) entry: EntryRef,
    pub(super) key: EntryKey,
    pub(super) class: EntryClass,
}

/// A reference to an entry: the indices of its study group, of its meeting and in the meeting's index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryRef {
    /// The study group.
    pub group: usize,
    /// The meeting.
    pub meeting: usize,
    /// The entry.
    pub index: usize,
}

impl EntryIndex {
    /// Indexes a release. What has not changed since `before` is shared with it.
    pub fn new(release: Arc<Release>, before: Option<&Self>) -> Self {
        Self::with_meetings(release, before, |_| true)
    }

    /// Indexes some meetings of a release.
    pub fn with_meetings(release: Arc<Release>, before: Option<&Self>, is_wanted: impl Fn(&Meeting) -> bool) -> Self {
        let timetable = &release.timetable;
        let mask_layouts: Vec<MaskLayout> = timetable.groups.iter().map(MaskLayout::new).collect();
        let known = before.map(|before| PreviousIndex::new(before, timetable));
        let empty = Arc::new(MeetingIndex::empty());
        let indices = |group: usize| {
            let of = &timetable.groups[group];
            let index = |meeting: &Arc<Meeting>| {
                if !is_wanted(meeting) {
                    return Arc::clone(&empty);
                }
                let unchanged = known.as_ref().and_then(|known| known.meeting_index(of, meeting));
                unchanged.unwrap_or_else(|| Arc::new(MeetingIndex::new(timetable, &mask_layouts, group, meeting)))
            };
            of.meetings.iter().map(index).collect()
        };
        let own: Vec<Vec<Arc<MeetingIndex>>> = (0..timetable.groups.len()).map(indices).collect();
        let mut groups: Vec<GroupIndex> = Vec::new();
        for (group, mask_layout) in mask_layouts.into_iter().enumerate() {
            let (rows, masks) = rows(&release, group, &own);
            groups.push(GroupIndex { mask_layout, own: own[group].clone(), rows, masks });
        }
        Self { release, groups }
    }

    /// Returns the release.
    pub fn release(&self) -> &Arc<Release> {
        &self.release
    }

    /// Returns the number of entries of a meeting.
    pub fn entries_of_meeting(&self, group: usize, meeting: usize) -> usize {
        self.meeting_index(group, meeting).entries.len()
    }

    /// Returns an entry, as seen by a reader who is not given links for an audience.
    pub fn entry(&self, entry_ref: EntryRef) -> Entry<'_> {
        let group = &self.release.timetable.groups[entry_ref.group];
        let meeting = &*group.meetings[entry_ref.meeting];
        let kind = self.indexed_entry(entry_ref).entry_kind(meeting);
        Entry { group, meeting: Some(meeting), kind, has_link_access: false }
    }

    /// Returns the UID of an entry.
    pub(super) fn uid(&self, entry_ref: EntryRef) -> &Uid {
        &self.indexed_entry(entry_ref).uid
    }

    /// Returns the length of an entry's texts.
    pub(super) fn length(&self, entry_ref: EntryRef) -> TextLength {
        self.indexed_entry(entry_ref).length
    }

    fn indexed_entry(&self, entry_ref: EntryRef) -> &IndexedEntry {
        &self.meeting_index(entry_ref.group, entry_ref.meeting).entries[entry_ref.index]
    }

    pub(super) fn meeting_index(&self, group: usize, meeting: usize) -> &MeetingIndex {
        &self.groups[group].own[meeting]
    }

    /// Iterates over the UIDs of a meeting's entries.
    pub fn uids_of_meeting(&self, group: usize, meeting: usize) -> impl Iterator<Item = &Uid> {
        self.meeting_index(group, meeting).entries.iter().map(|entry| &entry.uid)
    }

    /// Returns `true` if a meeting has the same index in two releases: nothing of it, nor of those whom it reaches,
    /// has changed then.
    pub fn shares_meeting_with(&self, other: &Self, own: MeetingRef, theirs: MeetingRef) -> bool {
        let own = self.meeting_index(own.group, own.meeting);
        std::ptr::eq(own, other.meeting_index(theirs.group, theirs.meeting))
    }

    /// Returns the entries that feeds of a study group may contain.
    pub(super) fn group_index(&self, group: usize) -> &GroupIndex {
        &self.groups[group]
    }

    /// Returns the index of a study group.
    pub(super) fn position(&self, id: &Id) -> Option<usize> {
        self.release.timetable.groups.iter().position(|group| group.id == *id)
    }
}

impl GroupIndex {
    /// Iterates over the rows with their audience masks.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&GroupRow, &[u64])> {
        let width = self.mask_layout.words();
        self.rows.iter().zip(self.masks.chunks_exact(width))
    }
}

/// Returns what feeds of a study group may contain, in feed order: entries that end at most 400 days before the
/// release, and the whole latest meeting.
fn rows(release: &Release, group: usize, own: &[Vec<Arc<MeetingIndex>>]) -> (Vec<GroupRow>, Vec<u64>) {
    let opens = release.instant.checked_sub((400 * 24).hours()).unwrap_or(Timestamp::MIN).as_second();
    let latest: Vec<Option<usize>> = release.timetable.groups.iter().map(latest_meeting).collect();
    let mut rows: Vec<(GroupRow, &Uid, &[u64])> = Vec::new();
    let indices = own
        .iter()
        .enumerate()
        .flat_map(|(home, own)| own.iter().enumerate().map(move |(meeting, index)| (home, meeting, index)));
    for (home, meeting, meeting_index) in indices {
        let is_whole = latest[home] == Some(meeting);
        let is_archived = release.timetable.groups[home].meetings[meeting].is_archived;
        if is_archived || (!is_whole && meeting_index.ends <= opens) {
            continue;
        }
        let mut add = |entry: usize, mask| {
            let indexed = &meeting_index.entries[entry];
            let entry = EntryRef { group: home, meeting, index: entry };
            if is_whole || indexed.key.ends > opens {
                rows.push((GroupRow { entry, key: indexed.key, class: indexed.class }, &indexed.uid, mask));
            }
        };
        if home == group {
            meeting_index.masks().for_each(|(entry, mask)| add(entry, mask));
        }
        let id = &release.timetable.groups[group].id;
        for guests in meeting_index.guests.iter().filter(|guests| guests.group == *id) {
            guests.masks().for_each(|(entry, mask)| add(entry, mask));
        }
    }
    // There may be very many rows: what is sorted is small, and each row is moved once.
    let mut order: Vec<(i64, usize)> = rows.iter().enumerate().map(|(at, (row, ..))| (row.key.begins, at)).collect();
    let compare_keys = |a: usize, b: usize| rows[a].0.key.order(rows[a].1).cmp(&rows[b].0.key.order(rows[b].1));
    order.sort_by(|(one, a), (other, b)| one.cmp(other).then_with(|| compare_keys(*a, *b)));
    let in_order = || order.iter().map(|(_, at)| &rows[*at]);
    (in_order().map(|(row, ..)| *row).collect(), in_order().flat_map(|(_, _, mask)| mask.iter().copied()).collect())
}

fn latest_meeting(group: &Group) -> Option<usize> {
    let latest = group.latest_meeting()?;
    group.meetings.iter().position(|meeting| std::ptr::eq(latest, &raw const **meeting))
}

/// The meeting indices of the previous release, and what has changed since.
struct PreviousIndex<'a> {
    before: &'a EntryIndex,
    diff: TimetableDiff<'a>,
}

impl<'a> PreviousIndex<'a> {
    fn new(before: &'a EntryIndex, timetable: &'a Timetable) -> Self {
        Self { before, diff: TimetableDiff::between(&before.release.timetable, timetable) }
    }

    /// Returns the index of a meeting, if it would be the same now.
    fn meeting_index(&self, group: &Group, meeting: &Meeting) -> Option<Arc<MeetingIndex>> {
        let MeetingRef { group, meeting } =
            self.diff.earlier_position(&group.id, &meeting.uid).filter(|_| self.diff.is_unchanged(meeting))?;
        Some(Arc::clone(&self.before.groups[group].own[meeting]))
    }
}
