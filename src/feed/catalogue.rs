//! The catalogue of a release: every entry of every meeting once, from which feeds are picked.
//!
//! Made anew for each release, with the listings of the release before where a meeting stays as it was: an edit costs work
//! for what it edits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{Timestamp, ToSpan};

use super::entry::{Entry, Length};
use super::listing::{Line, LineKind, Listing, Shown};
use super::reach::Bits;
use crate::id::Id;
use crate::revision::Release;
use crate::timetable::{Group, Meeting, Uid};

/// A release with every entry of it.
pub struct Catalogue {
    release: Arc<Release>,
    /// By study group, in the order of the timetable.
    shelves: Vec<Shelf>,
}

/// The entries that a study group's feeds may hold.
pub(super) struct Shelf {
    pub(super) bits: Bits,
    /// The study group's own meetings.
    own: Vec<Arc<Listing>>,
    /// What feeds of the whole study group may hold: the entries that are in the window, in the order of feeds.
    rows: Vec<Row>,
    /// Whom each of the rows reaches.
    reach: Vec<u64>,
}

/// An entry as feeds are picked from it.
pub(super) struct Row {
    pub(super) spot: Spot,
    pub(super) begins: i64,
    pub(super) exception: i64,
    pub(super) ends: i64,
    pub(super) kind: LineKind,
    pub(super) shown: Shown,
    pub(super) has_kept_link: bool,
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
        let nothing = Arc::new(Listing::nothing());
        let listings = |group: usize| {
            let of = &timetable.groups[group];
            let listing = |meeting: &Arc<Meeting>| {
                if !is_wanted(meeting) {
                    return Arc::clone(&nothing);
                }
                let listing = known.listing(of, meeting);
                listing.unwrap_or_else(|| Arc::new(Listing::of(timetable, &bits, group, meeting)))
            };
            of.meetings.iter().map(listing).collect()
        };
        let own: Vec<Vec<Arc<Listing>>> = (0..timetable.groups.len()).map(listings).collect();
        let mut shelves: Vec<Shelf> = Vec::new();
        for (group, bits) in bits.into_iter().enumerate() {
            let (rows, reach) = rows(&release, group, &own);
            shelves.push(Shelf { bits, own: own[group].clone(), rows, reach });
        }
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

    pub(super) fn listing(&self, group: usize, meeting: usize) -> &Listing {
        &self.shelves[group].own[meeting]
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
}

impl Shelf {
    /// The rows, each with whom it reaches.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&Row, &[u64])> {
        let width = self.bits.words();
        self.rows.iter().zip(self.reach.chunks_exact(width))
    }
}

/// What feeds of a study group may hold, in the order of feeds: entries that are ahead of the release or ended within 400
/// days before it, and the latest meeting whole, however long ago it was.
fn rows(release: &Release, group: usize, own: &[Vec<Arc<Listing>>]) -> (Vec<Row>, Vec<u64>) {
    let opens = release.instant.checked_sub((400 * 24).hours()).unwrap_or(Timestamp::MIN).as_second();
    let latest: Vec<Option<usize>> = release.timetable.groups.iter().map(latest_meeting).collect();
    let mut rows: Vec<(Row, &Uid, &[u64])> = Vec::new();
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
            let about = &listing.lines[line];
            let row = Row {
                spot: Spot { group: home, meeting, line },
                begins: about.begins,
                exception: about.exception,
                ends: about.ends,
                kind: about.kind,
                shown: about.shown,
                has_kept_link: about.has_kept_link,
            };
            if is_whole || about.ends > opens {
                rows.push((row, &about.uid, reach));
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
    rows.sort_by(|(a, one, _), (b, other, _)| (a.begins, one, a.exception).cmp(&(b.begins, other, b.exception)));
    let reach = rows.iter().flat_map(|(_, _, reach)| reach.iter().copied()).collect();
    (rows.into_iter().map(|(row, ..)| row).collect(), reach)
}

fn latest_meeting(group: &Group) -> Option<usize> {
    let latest = group.latest_meeting()?;
    group.meetings.iter().position(|meeting| std::ptr::eq(latest, &raw const **meeting))
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
            if then.is_some_and(|then| then.same_except_meetings(group)) {
                known.same.insert(&group.id);
            }
        }
        for (group, shelf) in before.release.timetable.groups.iter().zip(&before.shelves) {
            let listed = group.meetings.iter().zip(&shelf.own);
            known.by_uid.extend(listed.map(|(meeting, listing)| (&meeting.uid, (meeting, listing))));
        }
        known
    }

    /// The listing of a meeting, if it would be the same now.
    fn listing(&self, group: &Group, meeting: &Arc<Meeting>) -> Option<Arc<Listing>> {
        let (then, listing) = self.by_uid.get(&meeting.uid).filter(|_| self.same.contains(&group.id))?;
        let is_same = listing.guests.iter().all(|guests| self.same.contains(&guests.group));
        (is_same && *then == meeting).then(|| Arc::clone(listing))
    }
}
