//! What a feed holds: from a catalogue and a selection to the lines that it takes, in order, and to what has no room in it.

use std::cmp::Ordering;
use std::ops::Range;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::catalogue::{Catalogue, Listed, Shelf, Spot};
use super::entry::{Entry, Length, What};
use super::listing::{self, Line};
use super::notices;
use super::selection::{Selection, Wanted};
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
    /// What is over by then is out of the window.
    opens: i64,
    /// How many it may hold.
    most: usize,
    found: Vec<Pick<'c>>,
}

impl<'c, 's> Picking<'c, 's> {
    fn of(catalogue: &'c Catalogue, selection: &'s Selection, most: usize) -> Self {
        let instant = catalogue.release().instant;
        let opens = instant.checked_sub((400 * 24).hours()).unwrap_or(Timestamp::MIN).as_second();
        Self { catalogue, selection, instant: instant.as_second(), opens, most, found: Vec::new() }
    }

    /// Takes what the selection wants of a study group.
    fn take_group(&mut self, group: &'c Group) {
        let Some(position) = self.catalogue.position(&group.id) else { return };
        let release = self.catalogue.release();
        let Shelf { bits, own, others, .. } = self.catalogue.shelf(position);
        let wanted = self.selection.wanted(&release.timetable, group, bits);
        let before = self.found.len();
        for listed in own {
            if !self.is_worth_a_look(listed, before) {
                break;
            }
            self.take(listed, listed.reach(), &wanted);
        }
        if self.selection.has_guests() {
            let before = self.found.len();
            for (listed, number) in others {
                if !self.is_worth_a_look(listed, before) {
                    break;
                }
                self.take(listed, listed.reach_of_guests(*number), &wanted);
            }
        }
        let notices = notices::of_feed(release, self.selection, group);
        self.found.extend(notices.into_iter().map(Pick::notice));
        if let Some((body, closed)) = self.selection.closed(group) {
            self.close(group, body, closed);
        }
    }

    /// Whether something of a meeting may be nearer than what was found since: twice as much as there is room for is enough,
    /// because a joint session may be there twice.
    fn is_worth_a_look(&self, listed: &Listed, before: usize) -> bool {
        let found = &self.found[before..];
        let enough = self.most.saturating_mul(2);
        if self.selection.is_of_one_meeting() || found.len() < enough {
            return true;
        }
        let ahead = found.iter().filter(|pick| pick.ends > self.instant);
        ahead.filter(|pick| pick.begins < listed.listing.begins).count() < enough
    }

    fn take<'l>(
        &mut self,
        listed: &Listed,
        lines: impl Iterator<Item = (usize, &'l Line, &'l [u64])>,
        wanted: &Wanted,
    ) {
        let (home, meeting) = self.catalogue.meeting(listed);
        if !self.selection.has_meeting(meeting) {
            return;
        }
        // The group's latest meeting is in its feeds however long ago it was.
        let is_whole = self.selection.is_of_one_meeting()
            || home.latest_meeting().is_some_and(|latest| std::ptr::eq(latest, &raw const **meeting));
        if !is_whole && listed.listing.ends <= self.opens {
            return;
        }
        for (line, about, reach) in lines {
            let is_in_window = is_whole || about.ends > self.opens;
            if !is_in_window || !wanted.has(about, reach) || self.selection.is_of_another_than(about, meeting) {
                continue;
            }
            let spot = Spot { group: listed.group, meeting: listed.meeting, line };
            let may_join = about.has_kept_link && self.may_join(home, &about.what(meeting));
            self.found.push(Pick {
                what: Picked::Line { spot, may_join },
                begins: about.begins,
                exception: about.exception,
                ends: about.ends,
            });
        }
    }

    /// Whether the reader is of an audience to which the link of an entry is kept: one of the session's own study group.
    fn may_join(&self, home: &Group, what: &What<'_>) -> bool {
        let timetable = &self.catalogue.release().timetable;
        if self.selection.delegate(timetable).is_none() {
            return false;
        }
        let follows: Option<&Follows> =
            self.selection.follows(timetable).iter().find(|follows| follows.group == home.id);
        let details = match what {
            What::Session(session, occurrence) => session.details(occurrence),
            What::Series(session, ..) => &session.details,
            _ => return false,
        };
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
                entry.session().is_some_and(|session| session.bodies_of(&group.id, &entry.group.id).contains(&body));
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
        self.found.sort_by(order);
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
            begins: listing::order(entry.begins().order()),
            exception: i64::MIN,
            ends: entry.ends().end_instant().as_second(),
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
        let by_uid = || self.uid(catalogue).cmp(other.uid(catalogue));
        self.begins.cmp(&other.begins).then_with(by_uid).then_with(|| self.exception.cmp(&other.exception))
    }
}
