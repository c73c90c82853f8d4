//! The entries of one meeting, each once, with all that decides who gets it: made once, and shared by all feeds and by
//! the releases in which the meeting stays as it is.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use super::entry::{Entry, Length, What};
use super::reach::Bits;
use super::session::{occurrences, series};
use crate::id::Id;
use crate::timetable::{Group, Meeting, Timetable, Uid, When};

/// The entries of one meeting.
pub(super) struct Listing {
    /// In the order of feeds.
    pub(super) lines: Vec<Line>,
    /// Whom each line reaches in the meeting's own study group.
    reach: Vec<u64>,
    /// The lines that reach other study groups.
    pub(super) guests: Vec<Guests>,
    /// The latest end of them, in seconds since 1970.
    pub(super) ends: i64,
}

/// The lines of a meeting that reach another study group.
pub(super) struct Guests {
    /// The study group.
    pub(super) group: Id,
    /// The lines, by their index.
    pub(super) lines: Vec<usize>,
    reach: Vec<u64>,
}

/// One entry of a meeting.
pub(super) struct Line {
    /// What it is.
    pub(super) at: At,
    /// Its identity.
    pub(super) uid: Uid,
    /// What it is sorted by: see [`order`].
    pub(super) begins: i64,
    /// The instance of a series that it is an exception to, by the same order; the least for none.
    pub(super) exception: i64,
    /// When it is over, in seconds since 1970.
    pub(super) ends: i64,
    /// What kind of line it is.
    pub(super) kind: LineKind,
    /// Whom it is for, of readers who see cancelled events and of those who do not.
    pub(super) shown: Shown,
    /// Whether it has a link that is kept to an audience.
    pub(super) has_kept_link: bool,
    /// How long its texts are.
    pub(super) length: Length,
}

/// Where an entry is in its meeting.
#[derive(Clone, Copy)]
pub(super) enum At {
    /// An occurrence of a session.
    Session(usize, usize),
    /// A series, with its cancelled instances or without.
    Series(usize, Shown),
    /// A deadline.
    Deadline(usize),
    /// The days of the meeting.
    Span,
    /// The notice that a body has no session.
    NoSession(usize),
}

/// The kinds of lines that feeds tell apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    /// A session, or one for an audience.
    Session,
    /// A session in the feeds of delegates alone.
    PrivateSession,
    /// A deadline of everybody's.
    Deadline,
    /// A deadline for an audience.
    DeadlineFor,
    /// The days of a meeting that is known by them alone.
    DatesAlone,
    /// The days of any other meeting.
    Span,
    /// The notice that a body has no session.
    Notice,
}

/// For whom a line is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// For everybody.
    Always,
    /// For those who see what is cancelled.
    WithCancelled,
    /// For those who do not.
    WithoutCancelled,
}

impl Shown {
    /// Whether a reader sees it.
    pub(super) fn to(self, hides_cancelled: bool) -> bool {
        match self {
            Self::Always => true,
            Self::WithCancelled => !hides_cancelled,
            Self::WithoutCancelled => hides_cancelled,
        }
    }
}

impl Listing {
    /// That of a meeting, by the bits of each study group.
    pub(super) fn of(timetable: &Timetable, bits: &[Bits], group: usize, meeting: &Meeting) -> Self {
        let own = &timetable.groups[group];
        let all = entries(meeting);
        let mut lines: Vec<(Line, Vec<u64>)> =
            all.into_iter().map(|(at, shown)| line(own, &bits[group], meeting, (at, shown))).collect();
        lines.sort_by(|(a, _), (b, _)| a.order().cmp(&b.order()));
        let (lines, reach): (Vec<Line>, Vec<Vec<u64>>) = lines.into_iter().unzip();
        let mut groups: Vec<&Id> =
            meeting.sessions.iter().flat_map(|session| &session.guests).map(|guest| &guest.group).collect();
        groups.sort();
        groups.dedup();
        let position = |id: &Id| timetable.groups.iter().position(|group| group.id == *id);
        let guests = groups.into_iter().filter_map(|id| Some(guests(id, &bits[position(id)?], own, meeting, &lines)));
        Self {
            guests: guests.collect(),
            ends: lines.iter().map(|line| line.ends).max().unwrap_or(i64::MIN),
            reach: reach.concat(),
            lines,
        }
    }

    /// That of a meeting that is not looked at.
    pub(super) fn nothing() -> Self {
        Self { lines: Vec::new(), reach: Vec::new(), guests: Vec::new(), ends: i64::MIN }
    }

    /// Each line with whom it reaches in the meeting's own study group.
    pub(super) fn reach(&self) -> impl Iterator<Item = (usize, &[u64])> {
        let width = self.reach.len() / self.lines.len().max(1);
        self.reach.chunks_exact(width.max(1)).enumerate()
    }
}

impl Guests {
    /// Each line that reaches the study group, with whom it reaches.
    pub(super) fn reach(&self) -> impl Iterator<Item = (usize, &[u64])> {
        let width = self.reach.len() / self.lines.len().max(1);
        self.lines.iter().copied().zip(self.reach.chunks_exact(width.max(1)))
    }
}

impl Line {
    /// What entries are sorted by: the start on the wall clock, all-day ones first, then the UID. A series stands before
    /// its exceptions, and these by the instances that they replace. clients.md A9
    pub(super) fn order(&self) -> (i64, &Uid, i64) {
        (self.begins, &self.uid, self.exception)
    }

    /// What it is, in its meeting.
    pub(super) fn what<'r>(&self, meeting: &'r Meeting) -> What<'r> {
        self.at.what(meeting).unwrap_or_else(|| unreachable!("a line is of its meeting"))
    }
}

impl At {
    /// What it is, in its meeting; none for a series of which nothing is shown.
    fn what(self, meeting: &Meeting) -> Option<What<'_>> {
        let days = || meeting.days.or(meeting.former_days).map(When::AllDay);
        match self {
            Self::Session(session, occurrence) => {
                let session = &meeting.sessions[session];
                Some(What::Session(session, &session.occurrences[occurrence]))
            }
            Self::Series(session, shown) => series(&meeting.sessions[session], shown == Shown::WithoutCancelled),
            Self::Deadline(deadline) => Some(What::Deadline(&meeting.deadlines[deadline])),
            Self::Span => Some(What::Meeting(days()?, &meeting.uid)),
            Self::NoSession(notice) => {
                let (body, uid) = &meeting.without_session[notice];
                Some(What::NoSession(days()?, *body, uid))
            }
        }
    }
}

/// A moment as a number: seconds on the wall clock, whole days before the hours of their first day.
pub(super) fn order((wall, is_timed): (DateTime, bool)) -> i64 {
    let seconds = Offset::UTC.to_timestamp(wall).map_or(0, jiff::Timestamp::as_second);
    2 * seconds + i64::from(is_timed)
}

/// The day of such a number.
pub(super) fn day(order: i64) -> Date {
    let instant = jiff::Timestamp::from_second(order.div_euclid(2)).unwrap_or_default();
    Offset::UTC.to_datetime(instant).date()
}

/// Where the entries of a meeting are, and for whom as far as that is known from what they are.
fn entries(meeting: &Meeting) -> Vec<(At, Shown)> {
    let mut all = Vec::new();
    for (index, session) in meeting.sessions.iter().enumerate() {
        let hides_some = session.occurrences.iter().any(|occurrence| session.cancelled(occurrence).is_some());
        if session.series.is_some() && hides_some {
            all.push((At::Series(index, Shown::WithCancelled), Shown::WithCancelled));
            if meeting.cancelled.is_none() && series(session, true).is_some() {
                all.push((At::Series(index, Shown::WithoutCancelled), Shown::WithoutCancelled));
            }
        } else if session.series.is_some() {
            all.push((At::Series(index, Shown::Always), Shown::Always));
        }
        all.extend(occurrences(session).map(|(occurrence, _)| (At::Session(index, occurrence), Shown::Always)));
    }
    all.extend((0..meeting.deadlines.len()).map(|deadline| (At::Deadline(deadline), Shown::Always)));
    if meeting.days.or(meeting.former_days).is_some() {
        all.push((At::Span, Shown::Always));
        all.extend((0..meeting.without_session.len()).map(|notice| (At::NoSession(notice), Shown::Always)));
    }
    all
}

/// A line with whom it reaches in the meeting's own study group.
fn line(group: &Group, bits: &Bits, meeting: &Meeting, (at, shown): (At, Shown)) -> (Line, Vec<u64>) {
    let what = at.what(meeting).unwrap_or_else(|| unreachable!("an entry of this meeting"));
    let entry = Entry { group, meeting: Some(meeting), what, may_join: false };
    // A series that is cancelled as a whole, or whose meeting is, is hidden as a whole.
    let shown = match shown {
        Shown::Always | Shown::WithCancelled if entry.cancelled().is_some() => Shown::WithCancelled,
        other => other,
    };
    let (kind, reach) = match at {
        At::Session(session, _) | At::Series(session, _) => {
            let session = &meeting.sessions[session];
            let reach = if session.audience.is_empty() {
                bits.of_named(&session.bodies)
            } else {
                bits.exactly(&[], &session.audience)
            };
            (if session.is_private { LineKind::PrivateSession } else { LineKind::Session }, reach)
        }
        At::Deadline(deadline) => {
            let audience = &meeting.deadlines[deadline].audience;
            let kind = if audience.is_empty() { LineKind::Deadline } else { LineKind::DeadlineFor };
            (kind, bits.exactly(&[], audience))
        }
        // What is private changes nothing in public.
        At::Span if meeting.sessions.iter().all(|session| session.is_private) => (LineKind::DatesAlone, bits.none()),
        At::Span => (LineKind::Span, bits.none()),
        At::NoSession(notice) => (LineKind::Notice, bits.exactly(&[meeting.without_session[notice].0], &[])),
    };
    let join = entry.details().and_then(|details| details.join.as_ref());
    let line = Line {
        uid: entry.uid().clone(),
        begins: order(entry.begins().sort_key()),
        exception: entry.exception().map_or(i64::MIN, |when| order(when.sort_key())),
        ends: entry.ends().end().as_second(),
        has_kept_link: join.is_some_and(|join| !join.audience.is_empty()),
        length: entry.length(),
        at,
        kind,
        shown,
    };
    (line, reach)
}

/// The lines of joint sessions that reach another study group. Audiences are those of the session's own.
fn guests(group: &Id, bits: &Bits, own: &Group, meeting: &Meeting, lines: &[Line]) -> Guests {
    let mut guests = Guests { group: group.clone(), lines: Vec::new(), reach: Vec::new() };
    for (index, line) in lines.iter().enumerate() {
        let (At::Session(session, _) | At::Series(session, _)) = line.at else { continue };
        let session = &meeting.sessions[session];
        let named = session.bodies_in(group, &own.id);
        if !named.is_empty() && session.audience.is_empty() {
            guests.lines.push(index);
            guests.reach.extend(bits.of_named(named));
        }
    }
    guests
}
