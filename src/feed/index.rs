//! The index of a release: every entry of every meeting once, from which feeds are selected.
//!
//! Built for each release. Meetings that have not changed keep the index of the previous release, so that an edit
//! costs only work for what it edits.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan};

use super::entry::{Entry, TextLength};
use super::indexed_entry::{EntryKey, IndexedEntry};
use super::mask::MaskLayout;
use super::meeting_index::MeetingIndex;
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
    pub(super) bits: MaskLayout,
    /// The study group's own meetings.
    own: Vec<Arc<MeetingIndex>>,
    /// The entries that feeds of the whole study group may contain: those in the time window, in feed order.
    rows: Vec<GroupRow>,
    /// The audience mask of each row.
    reach: Vec<u64>,
}

/// What decides whether an entry is selected, and its order.
pub(super) struct GroupRow {
    pub(super) entry: EntryRef,
    pub(super) key: EntryKey,
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
        let bits: Vec<MaskLayout> = timetable.groups.iter().map(MaskLayout::new).collect();
        let known = before.map(|before| PreviousIndex::new(before, timetable));
        let nothing = Arc::new(MeetingIndex::empty());
        let listings = |group: usize| {
            let of = &timetable.groups[group];
            let listing = |meeting: &Arc<Meeting>| {
                if !is_wanted(meeting) {
                    return Arc::clone(&nothing);
                }
                let listing = known.as_ref().and_then(|known| known.listing(of, meeting));
                listing.unwrap_or_else(|| Arc::new(MeetingIndex::new(timetable, &bits, group, meeting)))
            };
            of.meetings.iter().map(listing).collect()
        };
        let own: Vec<Vec<Arc<MeetingIndex>>> = (0..timetable.groups.len()).map(listings).collect();
        let mut shelves: Vec<GroupIndex> = Vec::new();
        for (group, bits) in bits.into_iter().enumerate() {
            let (rows, reach) = rows(&release, group, &own);
            shelves.push(GroupIndex { bits, own: own[group].clone(), rows, reach });
        }
        Self { release, groups: shelves }
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
        let what = self.indexed_entry(entry_ref).entry_kind(meeting);
        Entry { group, meeting: Some(meeting), kind: what, has_link_access: false }
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
        self.meeting_index(group, meeting).entries.iter().map(|line| &line.uid)
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
        let width = self.bits.words();
        self.rows.iter().zip(self.reach.chunks_exact(width))
    }
}

/// Returns what feeds of a study group may contain, in feed order: entries that end at most 400 days before the
/// release, and the whole latest meeting.
fn rows(release: &Release, group: usize, own: &[Vec<Arc<MeetingIndex>>]) -> (Vec<GroupRow>, Vec<u64>) {
    let opens = release.instant.checked_sub((400 * 24).hours()).unwrap_or(Timestamp::MIN).as_second();
    let latest: Vec<Option<usize>> = release.timetable.groups.iter().map(latest_meeting).collect();
    let mut rows: Vec<(GroupRow, &Uid, &[u64])> = Vec::new();
    let listings = own
        .iter()
        .enumerate()
        .flat_map(|(home, own)| own.iter().enumerate().map(move |(meeting, listing)| (home, meeting, listing)));
    for (home, meeting, listing) in listings {
        let is_whole = latest[home] == Some(meeting);
        if !is_whole && listing.ends <= opens {
            continue;
        }
        let mut add = |line: usize, reach| {
            let indexed = &listing.entries[line];
            let row = GroupRow { entry: EntryRef { group: home, meeting, index: line }, key: indexed.key };
            if is_whole || indexed.key.ends > opens {
                rows.push((row, &indexed.uid, reach));
            }
        };
        if home == group {
            listing.reach().for_each(|(line, reach)| add(line, reach));
        }
        let id = &release.timetable.groups[group].id;
        for guests in listing.guests.iter().filter(|guests| guests.group == *id) {
            guests.reach().for_each(|(line, reach)| add(line, reach));
        }
    }
    rows.sort_by(|(a, one, _), (b, other, _)| a.key.order(one).cmp(&b.key.order(other)));
    let reach = rows.iter().flat_map(|(_, _, reach)| reach.iter().copied()).collect();
    (rows.into_iter().map(|(row, ..)| row).collect(), reach)
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
    fn listing(&self, group: &Group, meeting: &Meeting) -> Option<Arc<MeetingIndex>> {
        let MeetingRef { group, meeting } =
            self.diff.earlier_position(&group.id, &meeting.uid).filter(|_| self.diff.is_unchanged(meeting))?;
        Some(Arc::clone(&self.before.groups[group].own[meeting]))
    }
}
