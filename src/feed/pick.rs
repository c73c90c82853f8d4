//! What a feed holds: from a catalogue and a selection to the lines that it takes, in order, and to what has no room in it.

use std::cmp::Ordering;
use std::ops::Range;

use jiff::civil::Date;

use super::catalogue::{Catalogue, Shelf, Spot};
use super::entry::{Entry, Length, What};
use super::listing;
use super::notices;
use super::selection::{Selection, Wanted};
use crate::id::Id;
use crate::timetable::{AudienceIndex, Cancellation, Follows, Group, Uid};

/// One entry of a feed: what it is, and what it is sorted and measured by.
pub struct Pick<'c> {
    /// What it is.
    pub what: Picked<'c>,
    begins: i64,
    exception: i64,
    ends: i64,
}

/// What a pick is: a line of the catalogue, or a notice of the feed's own.
pub enum Picked<'c> {
    /// A line.
    Line {
        /// Where it stands.
        spot: Spot,
        /// Whether the reader is given a link that is kept to an audience.
        may_join: bool,
    },
    /// A notice.
    Notice(Box<Entry<'c>>),
}

/// What has no room in a feed, because calendars would lose events without a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Whether entries that are over are left out.
    pub has_past: bool,
    /// The day from which entries that are ahead are left out.
    pub from: Option<Date>,
}

/// What a selection holds, in order, at least one pick, and at most so many; and what has no room.
pub(super) fn picks<'c>(catalogue: &'c Catalogue, selection: &Selection, most: usize) -> (Vec<Pick<'c>>, LeftOut) {
    let mut picking = Picking::of(catalogue, selection, most);
    for group in selection.groups(&catalogue.release().timetable) {
        picking.take_group(group);
    }
    picking.end()
}

/// What is known while a feed is put together.
struct Picking<'c, 's> {
    catalogue: &'c Catalogue,
    selection: &'s Selection,
    /// What is over by then is over.
    instant: i64,
    /// How many it may hold.
    most: usize,
    found: Vec<Pick<'c>>,
}

impl<'c, 's> Picking<'c, 's> {
    fn of(catalogue: &'c Catalogue, selection: &'s Selection, most: usize) -> Self {
        let instant = catalogue.release().instant.as_second();
        Self { catalogue, selection, instant, most, found: Vec::with_capacity(128) }
    }

    /// Takes what the selection wants of a study group.
    fn take_group(&mut self, group: &'c Group) {
        let Some(position) = self.catalogue.position(&group.id) else { return };
        let release = self.catalogue.release();
        let of_group = self.catalogue.shelf(position);
        let wanted = self.selection.wanted(group, &of_group.bits);
        match self.selection.meeting() {
            Some(meeting) => self.take_meeting((position, meeting), &wanted),
            None => self.take_rows(of_group, &wanted),
        }
        let notices = notices::of_feed(release, self.selection, group);
        self.found.extend(notices.into_iter().map(Pick::notice));
        if let Some((body, closed)) = self.selection.closed(group) {
            self.close(group, body, closed);
        }
    }

    /// Takes what a feed of several meetings wants, as far as there may be room: twice as much, because a joint session of
    /// two study groups is found twice.
    fn take_rows(&mut self, of_group: &Shelf, wanted: &Wanted) {
        let enough = self.most.saturating_mul(2);
        let mut ahead = 0;
        for (row, reach) in of_group.rows() {
            if !wanted.has(row.kind, row.shown, reach) {
                continue;
            }
            ahead += usize::from(row.ends > self.instant);
            if ahead > enough {
                break;
            }
            let may_join = row.has_kept_link && self.may_join(row.spot);
            self.found.push(Pick {
                what: Picked::Line { spot: row.spot, may_join },
                begins: row.begins,
                exception: row.exception,
                ends: row.ends,
            });
        }
    }

    /// Takes what a feed of one meeting wants, however long ago it was.
    fn take_meeting(&mut self, (group, id): (usize, &Id), wanted: &Wanted) {
        let meetings = &self.catalogue.release().timetable.groups[group].meetings;
        for (index, meeting) in meetings.iter().enumerate().filter(|(_, meeting)| meeting.id == *id) {
            let listing = self.catalogue.listing(group, index);
            for (line, reach) in listing.reach() {
                let about = &listing.lines[line];
                let is_another = || self.selection.is_of_another_than(about, meeting);
                if !wanted.has(about.kind, about.shown, reach) || is_another() {
                    continue;
                }
                let what = Picked::Line { spot: Spot { group, meeting: index, line }, may_join: false };
                let (begins, exception, ends) = (about.begins, about.exception, about.ends);
                self.found.push(Pick { what, begins, exception, ends });
            }
        }
    }

    /// Whether the reader is of an audience to which the link of an entry is kept: one of the session's own study group.
    fn may_join(&self, spot: Spot) -> bool {
        if self.selection.delegate().is_none() {
            return false;
        }
        let entry = self.catalogue.entry(spot);
        let follows: Option<&Follows> = self.selection.follows().iter().find(|follows| follows.group == entry.group.id);
        let Some(details) = entry.details() else { return false };
        let is_theirs = |audience: &AudienceIndex| follows.is_some_and(|follows| follows.audiences.contains(audience));
        details.join.as_ref().is_some_and(|join| join.audience.iter().any(is_theirs))
    }

    /// Leaves the feed of a body that was closed with what began before, and with what went with the body, which those who
    /// have it in their calendars are told.
    fn close(&mut self, group: &Group, body: usize, closed: Date) {
        let catalogue = self.catalogue;
        self.found.retain(|pick| {
            let entry = pick.entry(catalogue);
            // A series is kept or dropped with all of its exceptions.
            let is_open = listing::day(pick.begins) <= closed;
            let is_its_own =
                entry.session().is_some_and(|session| session.bodies_in(&group.id, &entry.group.id).contains(&body));
            let is_gone = is_its_own && matches!(entry.cancelled(), Some(Cancellation::Gone | Cancellation::Replaced));
            is_open || is_gone || matches!(entry.what, What::Renamed(..))
        });
    }

    /// What was found, in order, each once, as far as there is room.
    fn end(mut self) -> (Vec<Pick<'c>>, LeftOut) {
        if self.found.is_empty() {
            self.found.extend(notices::nothing(self.catalogue.release(), self.selection).map(Pick::notice));
        }
        let order = |a: &Pick<'c>, b: &Pick<'c>| a.order(b, self.catalogue);
        if !self.found.is_sorted_by(|a, b| order(a, b) != Ordering::Greater) {
            self.found.sort_by(order);
        }
        // A joint session of two study groups that are both followed is one event.
        self.found.dedup_by(|a, b| order(a, b) == Ordering::Equal);
        let ones = vec![1; self.found.len()];
        let left_out = cut(&mut self.found, self.catalogue, self.most, &ones);
        (self.found, left_out)
    }
}

/// Takes away what has no room, where each pick weighs so much: what was over first, then what is farthest ahead. Something
/// is left, however large it is.
pub(super) fn cut<'c>(found: &mut Vec<Pick<'c>>, catalogue: &'c Catalogue, most: usize, weights: &[usize]) -> LeftOut {
    let mut left_out = LeftOut::default();
    let mut total: usize = weights.iter().sum();
    if total <= most {
        return left_out;
    }
    let instant = catalogue.release().instant.as_second();
    // A series stays or goes with its exceptions: they begin with it, and stand together.
    let mut events: Vec<Range<usize>> = Vec::new();
    for index in 0..found.len() {
        match events.last_mut() {
            Some(event) if found[event.start].uid(catalogue) == found[index].uid(catalogue) => event.end = index + 1,
            _ => events.push(index..index + 1),
        }
    }
    let (mut past, ahead): (Vec<Range<usize>>, Vec<Range<usize>>) =
        events.into_iter().partition(|event| found[event.start].ends <= instant);
    past.sort_by_key(|event| found[event.start].ends);
    let order = past.into_iter().map(|event| (event, true)).chain(ahead.into_iter().rev().map(|event| (event, false)));
    let mut is_kept = vec![true; found.len()];
    let mut left = found.len();
    for (event, is_past) in order {
        if total <= most || event.len() == left {
            break;
        }
        total -= weights[event.clone()].iter().sum::<usize>();
        left -= event.len();
        if is_past {
            left_out.has_past = true;
        } else {
            left_out.from = Some(listing::day(found[event.start].begins));
        }
        is_kept[event].fill(false);
    }
    let mut is_kept = is_kept.into_iter();
    found.retain(|_| is_kept.next().unwrap_or(true));
    left_out
}

impl<'c> Pick<'c> {
    fn notice(entry: Entry<'c>) -> Self {
        Self {
            begins: listing::order(entry.begins().sort_key()),
            exception: i64::MIN,
            ends: entry.ends().end().as_second(),
            what: Picked::Notice(Box::new(entry)),
        }
    }

    /// What it is.
    pub fn entry(&self, catalogue: &'c Catalogue) -> Entry<'c> {
        match &self.what {
            Picked::Line { spot, may_join } => Entry { may_join: *may_join, ..catalogue.entry(*spot) },
            Picked::Notice(entry) => Entry::clone(entry),
        }
    }

    /// How long it is.
    pub(super) fn length(&self, catalogue: &Catalogue) -> Length {
        match &self.what {
            Picked::Line { spot, .. } => catalogue.length(*spot),
            Picked::Notice(entry) => entry.length(),
        }
    }

    /// Its identity.
    pub(super) fn uid<'s>(&'s self, catalogue: &'c Catalogue) -> &'s Uid {
        match &self.what {
            Picked::Line { spot, .. } => catalogue.uid(*spot),
            Picked::Notice(entry) => entry.uid(),
        }
    }

    /// Picks are sorted as entries are: by what they begin with, by UID, and exceptions of a series by what they replace.
    fn order(&self, other: &Self, catalogue: &'c Catalogue) -> Ordering {
        let of_one_meeting = match (&self.what, &other.what) {
            (Picked::Line { spot: one, .. }, Picked::Line { spot: other, .. }) => {
                // The lines of a meeting stand in this very order.
                ((one.group, one.meeting) == (other.group, other.meeting)).then(|| one.line.cmp(&other.line))
            }
            _ => None,
        };
        let by_uid = || self.uid(catalogue).cmp(other.uid(catalogue)).then(self.exception.cmp(&other.exception));
        self.begins.cmp(&other.begins).then_with(|| of_one_meeting.unwrap_or_else(by_uid))
    }
}
