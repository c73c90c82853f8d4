//! The catalogue of a release: every entry of every meeting once, from which feeds are picked.
//!
//! Made anew for each release, with the listings of the release before where a meeting stays as it was: an edit costs work
//! for what it edits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::entry::{Entry, Length};
use super::listing::{Guests, Line, Listing};
use super::reach::Bits;
use crate::body::Id;
use crate::revision::Release;
use crate::timetable::{Group, Meeting, Uid, is_same_meeting};

/// A release with every entry of it.
pub struct Catalogue {
    release: Arc<Release>,
    /// By study group, in the order of the timetable.
    shelves: Vec<Shelf>,
}

/// The entries that a study group's feeds may hold.
pub(super) struct Shelf {
    pub(super) bits: Bits,
    /// The group's own meetings, by what they begin with.
    pub(super) own: Vec<Listed>,
    /// Where each meeting stands among them.
    by_meeting: Vec<usize>,
    /// Meetings of others that reach it, by what they begin with, each with the number of its guests.
    pub(super) others: Vec<(Listed, usize)>,
}

/// A meeting and its listing.
#[derive(Clone)]
pub(super) struct Listed {
    /// The index of its study group.
    pub(super) group: usize,
    /// Its index among the meetings of that group.
    pub(super) meeting: usize,
    pub(super) listing: Arc<Listing>,
}

/// Where an entry stands in a catalogue: by the indices of the study group, of the meeting and of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The study group.
    pub group: usize,
    /// The meeting.
    pub meeting: usize,
    /// The entry.
    pub line: usize,
}

impl Catalogue {
    /// That of a release. What has not changed since `before` is taken from there.
    pub fn of(release: Arc<Release>, before: Option<&Self>) -> Self {
        Self::of_some(release, before, |_| true)
    }

    /// That of some meetings of a release alone.
    pub fn of_some(release: Arc<Release>, before: Option<&Self>, is_wanted: impl Fn(&Meeting) -> bool) -> Self {
        let timetable = &release.timetable;
        let bits: Vec<Bits> = timetable.groups.iter().map(Bits::of).collect();
        let known = Known::of(before, &timetable.groups);
        let mut own: Vec<Vec<Listed>> = Vec::new();
        for (group, of) in timetable.groups.iter().enumerate() {
            let wanted = of.meetings.iter().enumerate().filter(|(_, meeting)| is_wanted(meeting));
            let listed = wanted.map(|(meeting, what)| {
                let listing = known.listing(of, what);
                let listing = listing.unwrap_or_else(|| Arc::new(Listing::of(timetable, &bits, group, what)));
                Listed { group, meeting, listing }
            });
            own.push(listed.collect());
        }
        let mut others: Vec<Vec<(Listed, usize)>> = vec![Vec::new(); own.len()];
        for listed in own.iter().flatten() {
            for (number, guests) in listed.listing.guests.iter().enumerate() {
                let group = timetable.groups.iter().position(|group| group.id == guests.group);
                others.get_mut(group.unwrap_or(usize::MAX)).into_iter().for_each(|others| {
                    others.push((listed.clone(), number));
                });
            }
        }
        let shelves = bits.into_iter().zip(own).zip(others).map(|((bits, mut own), mut others)| {
            own.sort_by_key(|listed| listed.listing.begins);
            others.sort_by_key(|(listed, _)| listed.listing.begins);
            let mut by_meeting = vec![usize::MAX; own.iter().map(|listed| listed.meeting + 1).max().unwrap_or(0)];
            own.iter().enumerate().for_each(|(at, listed)| by_meeting[listed.meeting] = at);
            Shelf { bits, own, by_meeting, others }
        });
        let shelves = shelves.collect();
        Self { release, shelves }
    }

    /// The release.
    pub fn release(&self) -> &Arc<Release> {
        &self.release
    }

    /// How many entries a meeting has, whoever gets them.
    pub fn entries_of_meeting(&self, group: usize, meeting: usize) -> usize {
        self.listing(group, meeting).lines.len()
    }

    /// The entry that stands somewhere, as a reader sees it who is given no link that is kept to an audience.
    pub fn entry(&self, spot: Spot) -> Entry<'_> {
        let group = &self.release.timetable.groups[spot.group];
        let meeting = &*group.meetings[spot.meeting];
        let what = self.line(spot).what(meeting);
        Entry { group, meeting: Some(meeting), what, may_join: false }
    }

    /// The identity of the entry that stands somewhere.
    pub(super) fn uid(&self, spot: Spot) -> &Uid {
        &self.line(spot).uid
    }

    /// How long the entry is that stands somewhere.
    pub(super) fn length(&self, spot: Spot) -> Length {
        self.line(spot).length
    }

    fn line(&self, spot: Spot) -> &Line {
        &self.listing(spot.group, spot.meeting).lines[spot.line]
    }

    fn listing(&self, group: usize, meeting: usize) -> &Listing {
        let Shelf { own, by_meeting, .. } = &self.shelves[group];
        &own[by_meeting[meeting]].listing
    }

    /// The identities of all entries of a meeting.
    pub fn uids_of_meeting(&self, group: usize, meeting: usize) -> impl Iterator<Item = &Uid> {
        self.listing(group, meeting).lines.iter().map(|line| &line.uid)
    }

    /// Whether a meeting is listed just as another catalogue lists it: nothing of it, nor of those whom it reaches, has
    /// changed then.
    pub fn has_listing_of(&self, other: &Self, (group, meeting): (usize, usize), theirs: (usize, usize)) -> bool {
        std::ptr::eq(self.listing(group, meeting), other.listing(theirs.0, theirs.1))
    }

    /// What may be in feeds of a study group.
    pub(super) fn shelf(&self, group: usize) -> &Shelf {
        &self.shelves[group]
    }

    /// The index of a study group.
    pub(super) fn position(&self, id: &Id) -> Option<usize> {
        self.release.timetable.groups.iter().position(|group| group.id == *id)
    }

    /// A meeting and its study group.
    pub(super) fn meeting(&self, listed: &Listed) -> (&Group, &Arc<Meeting>) {
        let group = &self.release.timetable.groups[listed.group];
        (group, &group.meetings[listed.meeting])
    }
}

impl Listed {
    /// Each line with whom it reaches in the meeting's own study group.
    pub(super) fn reach(&self) -> impl Iterator<Item = (usize, &Line, &[u64])> {
        self.listing.reach().map(|(line, reach)| (line, &self.listing.lines[line], reach))
    }

    /// Each line that reaches a guest, with whom it reaches there.
    pub(super) fn reach_of_guests(&self, number: usize) -> impl Iterator<Item = (usize, &Line, &[u64])> {
        let guests: &Guests = &self.listing.guests[number];
        guests.reach().map(|(line, reach)| (line, &self.listing.lines[line], reach))
    }
}

/// The listings of a catalogue of before, and which study groups have their bodies and audiences still.
struct Known<'a> {
    by_uid: BTreeMap<&'a Uid, (&'a Arc<Meeting>, &'a Arc<Listing>)>,
    same: BTreeSet<&'a Id>,
}

impl<'a> Known<'a> {
    fn of(before: Option<&'a Catalogue>, groups: &'a [Group]) -> Self {
        let mut known = Self { by_uid: BTreeMap::new(), same: BTreeSet::new() };
        let Some(before) = before else { return known };
        for group in groups {
            let then = before.release.timetable.group(group.id.as_str());
            if then.is_some_and(|then| then.has_header_of(group)) {
                known.same.insert(&group.id);
            }
        }
        for listed in before.shelves.iter().flat_map(|shelf| &shelf.own) {
            let (_, meeting) = before.meeting(listed);
            known.by_uid.insert(&meeting.uid, (meeting, &listed.listing));
        }
        known
    }

    /// The listing of a meeting, if it would be the same now.
    fn listing(&self, group: &Group, meeting: &Arc<Meeting>) -> Option<Arc<Listing>> {
        let (then, listing) = self.by_uid.get(&meeting.uid).filter(|_| self.same.contains(&group.id))?;
        let is_same = listing.guests.iter().all(|guests| self.same.contains(&guests.group));
        (is_same && is_same_meeting(then, meeting)).then(|| Arc::clone(listing))
    }
}
