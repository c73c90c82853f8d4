//! Selects the entries of a feed from the index of a release, in feed order, and cuts what does not fit.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::MAX_EVENTS;
use super::cut::{Omitted, cut};
use super::entry::{Entry, EntryKind, NoticeKind};
use super::index::{EntryIndex, EntryRef, GroupIndex};
use super::indexed_entry::EntryKey;
use super::notices;
use super::selection::{InclusionRules, Selection};
use super::text_length::TextLength;
use crate::id::Id;
use crate::timetable::{AudienceIndex, BodyIndex, Cancellation, Follows, Group, Meeting, MeetingRef, Uid};

/// An entry of a feed, with its sort key and its end.
pub struct SelectedEntry<'c> {
    /// The entry.
    pub what: SelectedKind<'c>,
    pub(super) key: EntryKey,
}

/// A selected entry: one of the index, or a notice of the feed's own.
pub enum SelectedKind<'c> {
    /// An entry of the index.
    Indexed {
        /// Where it is in the index.
        entry_ref: EntryRef,
        /// Whether the reader is given links for an audience.
        may_join: bool,
    },
    /// A notice.
    Notice(Box<Entry<'c>>),
}

/// Returns the entries of a selection in feed order, at least one and at most `most`, and what does not fit.
pub(super) fn select<'c>(
    entry_index: &'c EntryIndex,
    selection: &Selection,
    most: usize,
) -> (Vec<SelectedEntry<'c>>, Omitted) {
    let mut selector = Selector::new(entry_index, selection, most);
    for group in selection.groups(&entry_index.release().timetable) {
        selector.take_group(group);
    }
    selector.finish()
}

/// Counts the entries of a feed, and adds the lengths of the texts of the first ones, as many as fit, without selecting
/// them. `None` for feeds of which some entries are left out or found twice.
pub(super) fn lengths(entry_index: &EntryIndex, selection: &Selection) -> Option<(usize, TextLength)> {
    let timetable = &entry_index.release().timetable;
    let [group] = selection.groups(timetable)[..] else { return None };
    if selection.meeting().is_some() || selection.closed(group).is_some() {
        return None;
    }
    let group_index = entry_index.group_index(entry_index.position(&group.id)?);
    let wanted = selection.inclusion_rules(group, &group_index.mask_layout);
    let mut count = 0;
    let mut sum = TextLength::default();
    for (row, _) in group_index.rows().filter(|(row, mask)| wanted.includes(row.class, mask)) {
        count += 1;
        // Above that number, the number alone is told.
        if count <= MAX_EVENTS {
            sum = sum.plus(entry_index.length(row.entry));
        }
    }
    for notice in notices::feed_notices(entry_index.release(), selection, group) {
        count += 1;
        sum = sum.plus(notice.length());
    }
    Some((count, sum))
}

/// The state while a feed is selected.
struct Selector<'c, 's> {
    entry_index: &'c EntryIndex,
    selection: &'s Selection,
    /// What ends by this instant, in Unix seconds, is past.
    instant: i64,
    /// The largest number of entries.
    most: usize,
    found: Vec<SelectedEntry<'c>>,
}

impl<'c, 's> Selector<'c, 's> {
    fn new(entry_index: &'c EntryIndex, selection: &'s Selection, most: usize) -> Self {
        let instant = entry_index.release().instant.as_second();
        Self { entry_index, selection, instant, most, found: Vec::with_capacity(128) }
    }

    /// Selects the entries of a study group.
    fn take_group(&mut self, group: &'c Group) {
        let Some(position) = self.entry_index.position(&group.id) else { return };
        let release = self.entry_index.release();
        let of_group = self.entry_index.group_index(position);
        let wanted = self.selection.inclusion_rules(group, &of_group.mask_layout);
        match self.selection.meeting() {
            Some(meeting) => self.take_meetings(position, meeting, &wanted),
            None => self.take_rows(of_group, &wanted),
        }
        let notices = notices::feed_notices(release, self.selection, group);
        self.found.extend(notices.into_iter().map(SelectedEntry::notice));
        if let Some((body, closed)) = self.selection.closed(group) {
            self.limit_closed_body(group, body, closed);
        }
    }

    /// Selects entries of several meetings, up to twice as many as fit, because a joint session of two study groups
    /// is found twice.
    fn take_rows(&mut self, of_group: &GroupIndex, wanted: &InclusionRules) {
        let enough = self.most.saturating_mul(2);
        let mut ahead = 0;
        for (row, mask) in of_group.rows() {
            if !wanted.includes(row.class, mask) {
                continue;
            }
            ahead += usize::from(row.key.ends > self.instant);
            if ahead > enough {
                break;
            }
            let may_join = row.class.has_audience_link && self.may_join(row.entry);
            let what = SelectedKind::Indexed { entry_ref: row.entry, may_join };
            self.found.push(SelectedEntry { what, key: row.key });
        }
    }

    /// Selects entries of one meeting, however long ago it was. What only an archived meeting of the same id has is
    /// taken from there.
    fn take_meetings(&mut self, group: usize, id: &Id, wanted: &InclusionRules) {
        let meetings = self.entry_index.release().timetable.groups[group].meetings.iter().enumerate();
        let (archived, listed): (Vec<_>, Vec<_>) =
            meetings.filter(|(_, meeting)| meeting.id == *id).partition(|(_, meeting)| meeting.is_archived);
        let is_whole = !listed.is_empty() && !self.selection.is_event();
        for (index, meeting) in listed {
            self.take_meeting(MeetingRef { group, meeting: index }, meeting, wanted);
        }
        for (index, meeting) in archived.into_iter().filter(|_| !is_whole) {
            if self.found.is_empty() {
                self.take_meeting(MeetingRef { group, meeting: index }, meeting, wanted);
            }
        }
    }

    fn take_meeting(&mut self, place: MeetingRef, meeting: &Meeting, wanted: &InclusionRules) {
        let MeetingRef { group, meeting: index } = place;
        let meeting_index = self.entry_index.meeting_index(group, index);
        for (entry, mask) in meeting_index.masks() {
            let indexed = &meeting_index.entries[entry];
            if wanted.includes(indexed.class, mask) && !self.selection.excludes(indexed, meeting) {
                let entry_ref = EntryRef { group, meeting: index, index: entry };
                let what = SelectedKind::Indexed { entry_ref, may_join: false };
                self.found.push(SelectedEntry { what, key: indexed.key });
            }
        }
    }

    /// Returns `true` if the reader belongs to an audience of the entry's link, in the session's own study group.
    fn may_join(&self, entry_ref: EntryRef) -> bool {
        if self.selection.delegate().is_none() {
            return false;
        }
        let entry = self.entry_index.entry(entry_ref);
        let follows: Option<&Follows> = self.selection.follows().iter().find(|follows| follows.group == entry.group.id);
        let Some(details) = entry.details() else { return false };
        let is_theirs = |audience: &AudienceIndex| follows.is_some_and(|follows| follows.audiences.contains(audience));
        details.join.as_ref().is_some_and(|join| join.audience.iter().any(is_theirs))
    }

    /// Limits the feed of a closed body to what began before it was closed, and what was removed with it, of which
    /// subscribers are told.
    fn limit_closed_body(&mut self, group: &Group, body: BodyIndex, closed: Date) {
        let entry_index = self.entry_index;
        self.found.retain(|selected_entry| {
            let entry = selected_entry.entry(entry_index);
            // A series is kept or dropped with all of its overrides.
            let is_open = selected_entry.key.first_day() <= closed;
            let is_its_own =
                entry.session().is_some_and(|session| session.bodies_in(&group.id, &entry.group.id).contains(&body));
            let is_gone = is_its_own && entry.cancelled().is_some_and(Cancellation::is_removal);
            is_open
                || is_gone
                || matches!(&entry.kind, EntryKind::Notice(notice) if matches!(notice.kind, NoticeKind::Renamed(..)))
        });
    }

    /// Returns the selected entries in feed order, each once, as far as they fit.
    fn finish(mut self) -> (Vec<SelectedEntry<'c>>, Omitted) {
        if self.found.is_empty() {
            self.found.extend(
                notices::otherwise_empty(self.entry_index.release(), self.selection).map(SelectedEntry::notice),
            );
        }
        let order = |a: &SelectedEntry<'c>, b: &SelectedEntry<'c>| a.order(b, self.entry_index);
        if !self.found.is_sorted_by(|a, b| order(a, b) != Ordering::Greater) {
            self.found.sort_by(order);
        }
        // A joint session of two study groups that are both followed is one event.
        self.found.dedup_by(|a, b| order(a, b) == Ordering::Equal);
        let ones = vec![1; self.found.len()];
        let left_out = cut(&mut self.found, self.entry_index, self.most, &ones);
        (self.found, left_out)
    }
}

impl<'c> SelectedEntry<'c> {
    fn notice(entry: Entry<'c>) -> Self {
        let key = EntryKey::new(&entry);
        Self { what: SelectedKind::Notice(Box::new(entry)), key }
    }

    /// Returns the entry.
    pub fn entry(&self, entry_index: &'c EntryIndex) -> Entry<'c> {
        match &self.what {
            SelectedKind::Indexed { entry_ref, may_join } => {
                Entry { has_link_access: *may_join, ..entry_index.entry(*entry_ref) }
            }
            SelectedKind::Notice(entry) => Entry::clone(entry),
        }
    }

    /// Returns the length of its texts.
    pub(super) fn length(&self, entry_index: &EntryIndex) -> TextLength {
        match &self.what {
            SelectedKind::Indexed { entry_ref, .. } => entry_index.length(*entry_ref),
            SelectedKind::Notice(entry) => entry.length(),
        }
    }

    /// Returns the UID.
    pub(super) fn uid<'s>(&'s self, entry_index: &'c EntryIndex) -> &'s Uid {
        match &self.what {
            SelectedKind::Indexed { entry_ref, .. } => entry_index.uid(*entry_ref),
            SelectedKind::Notice(entry) => entry.uid(),
        }
    }

    /// Compares sort keys as [`EntryKey::order`] does: by begin, by UID, and overrides of a series by their instances.
    fn order(&self, other: &Self, entry_index: &'c EntryIndex) -> Ordering {
        let of_one_meeting = match (&self.what, &other.what) {
            (SelectedKind::Indexed { entry_ref: one, .. }, SelectedKind::Indexed { entry_ref: other, .. }) => {
                // The entries of a meeting are in this order.
                ((one.group, one.meeting) == (other.group, other.meeting)).then(|| one.index.cmp(&other.index))
            }
            _ => None,
        };
        let by_uid =
            || self.uid(entry_index).cmp(other.uid(entry_index)).then(self.key.exception.cmp(&other.key.exception));
        self.key.begins.cmp(&other.key.begins).then_with(|| of_one_meeting.unwrap_or_else(by_uid))
    }
}
