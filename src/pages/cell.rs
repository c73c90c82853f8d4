//! A session in a timetable.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::cancelled_mark::CancelledMark;
use super::layout::{Layout, MarkedText, Markup};
use crate::feed::{Entry, EntryKind};
use crate::ledger::Difference;
use crate::text::Text;
use crate::timetable::{
    AnnouncedHours, AnnouncedTime, Cancellation, DayPart, Moment, Occurrence, Session, SessionOrder, Status, When,
};
use crate::wording::{self, DateFormat};
use crate::zone::Zone;

/// A session in a timetable.
pub(super) struct SessionCell {
    /// The kind, as in definitions: `plenary`.
    pub(super) kind: &'static str,
    pub(super) title: MarkedText,
    /// The page of the session.
    pub(super) href: String,
    pub(super) clock: Option<CellTime>,
    /// What is not announced of its hours.
    pub(super) hours: Option<String>,
    /// Which of its hours are announced.
    pub(super) announced: AnnouncedHours,
    /// The bodies that it concerns; empty for the whole study group.
    pub(super) bodies: Vec<String>,
    pub(super) audiences: Vec<MarkedText>,
    pub(super) room: Option<MarkedText>,
    /// Where it is, if not where its meeting is.
    pub(super) place: Vec<MarkedText>,
    pub(super) join: Option<String>,
    /// Whether it may not take place.
    pub(super) is_tentative: bool,
    /// Whether it takes place, but its time may change.
    pub(super) is_provisional: bool,
    /// When it was planned before it was moved.
    pub(super) moved: Option<String>,
    /// The room before the last change, in words.
    pub(super) former_room: Option<Markup>,
    pub(super) reason: Option<MarkedText>,
    /// That it does not take place.
    pub(super) cancelled: Option<CancelledMark>,
    /// How its bodies share it.
    pub(super) order: Option<String>,
    pub(super) when: When,
}

impl SessionCell {
    /// Returns `true` if its hours are usual ones, or assumed.
    pub(super) fn is_usual(&self) -> bool {
        self.announced.usual_part().is_some() || self.announced.is_start_assumed()
    }

    /// Returns `true` if its end is not announced.
    pub(super) fn has_usual_end(&self) -> bool {
        self.announced.is_end_assumed()
    }
}

/// The hours of a session, in the time zone of the timetable.
pub(super) struct CellTime {
    pub(super) start: String,
    pub(super) end: String,
    /// In RFC 3339 form: `2025-01-14T11:00:00+01:00`.
    pub(super) start_exact: String,
    pub(super) end_exact: String,
    /// Whether it ends on another day.
    pub(super) ends_later: bool,
    /// The announced hours in their own time zone, if that is another one: `22:00–01:00 Asia/Tokyo`.
    pub(super) announced: Option<String>,
}

/// An occurrence of a session that an entry of a feed contains. A series has one for each instance.
pub(super) struct EntryOccurrence<'r> {
    pub(super) entry: Entry<'r>,
    pub(super) session: &'r Session,
    pub(super) occurrence: &'r Occurrence,
    /// What the last change of the entry changed in it; of an instance of a series with the time that readers were shown.
    pub(super) differences: Vec<(Option<&'r When>, &'r Difference)>,
}

/// Returns the occurrences that an entry contains. `last_change` is that of the entry.
pub(super) fn entry_occurrences<'r>(entry: &Entry<'r>, last_change: &'r [Difference]) -> Vec<EntryOccurrence<'r>> {
    let of = |session: &'r Session, occurrence: &'r Occurrence| EntryOccurrence {
        entry: Entry { kind: EntryKind::Session(session, occurrence), ..entry.clone() },
        session,
        occurrence,
        differences: in_occurrence(last_change, session, occurrence),
    };
    // An entry that was replaced by another one at the same time is not shown.
    if entry.cancelled() == Some(&Cancellation::Replaced) {
        return Vec::new();
    }
    match entry.kind {
        EntryKind::Session(session, occurrence) => vec![of(session, occurrence)],
        EntryKind::Series(session, ..) => {
            // Overrides are entries of their own.
            let same = session.occurrences.iter().filter(|occurrence| occurrence.overridden_by.is_none());
            same.map(|occurrence| of(session, occurrence)).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns what a change of an entry changed in one occurrence.
fn in_occurrence<'d>(
    differences: &'d [Difference],
    session: &Session,
    occurrence: &Occurrence,
) -> Vec<(Option<&'d When>, &'d Difference)> {
    // Readers are told of an instance by the time that they were shown, from which it may have been moved.
    let moved_here = |difference: &&'d Difference| matches!(difference, Difference::Instance(_, what) if matches!(&**what, Difference::MovedTo(to) if *to == occurrence.when));
    let shown = differences.iter().find(moved_here);
    let is_meant = |when: &When| match shown {
        Some(Difference::Instance(shown, _)) => when == shown,
        _ => *when == occurrence.when || *when == occurrence.original,
    };
    let of_it = |difference: &'d Difference| match difference {
        Difference::Instance(when, what) => is_meant(when).then_some((Some(when), &**what)),
        // The times of a series are those of one of its instances, and an override has its own details.
        other if other.is_of_time() && session.series.is_some() => None,
        _ if session.series.is_some() && occurrence.overridden_by.is_some() => None,
        other => Some((None, other)),
    };
    differences.iter().filter_map(of_it).collect()
}

impl EntryOccurrence<'_> {
    /// Returns when readers were shown it before its last change, if that moved it.
    pub(super) fn shown_before(&self) -> Option<&When> {
        self.differences.iter().find_map(|(shown, difference)| match difference {
            Difference::Moved(before) => Some(before),
            Difference::MovedTo(_) => *shown,
            _ => None,
        })
    }

    /// Returns the part of a day in which readers were told that it is, before its last change, if that moved it.
    pub(super) fn part_before(&self) -> Option<(Date, DayPart)> {
        self.differences.iter().find_map(|(_, difference)| match difference {
            Difference::MovedFromPart(date, part) => Some((*date, *part)),
            _ => None,
        })
    }

    /// Returns the room that readers were shown before its last change.
    fn former_room(&self) -> Option<&Text> {
        self.differences.iter().find_map(|(_, difference)| match difference {
            Difference::Room(before) => before.as_ref(),
            _ => None,
        })
    }

    /// Returns the hours in a time zone; `None` for whole days.
    pub(super) fn walls(&self, zone: Option<&Zone>) -> Option<(DateTime, DateTime)> {
        let When::Timed(span) = &self.occurrence.when else { return None };
        let on = |moment: Moment| zone.map_or(moment.wall, |zone| zone.wall_clock(moment.instant));
        Some((on(span.start()), on(span.end())))
    }

    /// Returns the sort key: the instant, whole days before the hours of their first day.
    pub(super) fn begins(&self) -> (Timestamp, bool) {
        match &self.occurrence.when {
            When::Timed(span) => (span.start().instant, true),
            When::AllDay(days) => {
                let midnight = days.first().to_datetime(jiff::civil::Time::midnight());
                (jiff::tz::Offset::UTC.to_timestamp(midnight).unwrap_or_default(), false)
            }
        }
    }

    /// Returns the first and the last day in a time zone.
    pub(super) fn days(&self, zone: Option<&Zone>) -> (Date, Date) {
        let when = &self.occurrence.when;
        self.walls(zone).map_or((when.first_day(), when.last_day()), |(start, end)| (start.date(), last_date(end)))
    }

    /// Returns the cell for a timetable in a time zone.
    pub(super) fn cell(&self, layout: &Layout, zone: Option<&Zone>) -> SessionCell {
        let Self { entry, session, occurrence, .. } = self;
        let details = session.details(occurrence);
        let text = |text| layout.text(text, entry.group);
        let hours = wording::unannounced_hours(entry, &layout.language);
        let previously = |room: &Text| {
            let room = layout.typed(room, entry.group);
            layout.markup(&layout.messages.format_tagged("timetable-previously", &[("before", &room)]))
        };
        let order = session.order.map(|order| match order {
            SessionOrder::Parallel => "timetable-parallel",
            SessionOrder::Sequential => "timetable-sequential",
        });
        SessionCell {
            kind: session.kind.word(),
            title: layout.heading(entry),
            href: page_of(entry, layout),
            clock: self.clock(zone, layout),
            hours: Some(hours).filter(|hours| !hours.is_empty()),
            announced: occurrence.hours.clone(),
            bodies: if wording::concerns_whole_group(entry) {
                Vec::new()
            } else {
                wording::bodies(entry, &layout.language)
            },
            audiences: session.audience.iter().map(|audience| text(&entry.group.audiences[*audience].name)).collect(),
            room: details.room.as_ref().map(text),
            place: if details.place.is_some() { super::meeting::place(entry, layout) } else { Vec::new() },
            join: entry.join().filter(|_| entry.cancelled().is_none()).map(|join| join.url.to_string()),
            is_tentative: details.status == Status::Tentative && entry.cancelled().is_none(),
            is_provisional: details.status == Status::Provisional && entry.cancelled().is_none(),
            moved: self.moved(zone, layout),
            former_room: self.former_room().map(previously),
            reason: occurrence.overridden_by.as_ref().and_then(|change| change.reason.as_ref()).map(text),
            cancelled: CancelledMark::from_entry(entry, layout),
            order: order.map(|order| layout.say(order)),
            when: occurrence.when.clone(),
        }
    }

    /// Returns the hours for a timetable in a time zone.
    fn clock(&self, zone: Option<&Zone>, layout: &Layout) -> Option<CellTime> {
        let When::Timed(span) = &self.occurrence.when else { return None };
        let ((start, end), zone) = (self.walls(zone)?, zone.unwrap_or(span.zone()));
        let time = |wall: DateTime| layout.time(&hour(wall));
        let announced = || {
            let clock = layout.clock(span.zone(), self.entry.meeting, self.entry.group);
            let (start, end) = (time(span.start().wall), time(span.end().wall));
            let times = [("start", &*start), ("end", &*end), ("clock", &*clock)];
            layout.messages.format("times-on-clock", &times)
        };
        Some(CellTime {
            start: time(start),
            end: time(end),
            start_exact: zone.rfc3339(span.start().instant),
            end_exact: zone.rfc3339(span.end().instant),
            ends_later: start.date() != last_date(end),
            announced: (zone != span.zone()).then(announced),
        })
    }

    /// Says from when it was moved, in the time zone of the timetable: by its last change, else by its definition.
    fn moved(&self, zone: Option<&Zone>, layout: &Layout) -> Option<String> {
        let day = |date: Date| layout.date(date, DateFormat::Short);
        let announced = match (self.shown_before(), self.part_before()) {
            (Some(When::Timed(span)), _) => AnnouncedTime::Span(span),
            (Some(When::AllDay(days)), _) => AnnouncedTime::Day(days.first()),
            (None, Some((date, part))) => AnnouncedTime::DayPart(date, part),
            (None, None) => self.occurrence.moved_from()?,
        };
        let before = match announced {
            AnnouncedTime::Span(span) => {
                let wall = zone.map_or(span.start().wall, |zone| zone.wall_clock(span.start().instant));
                layout.date_and_hour(wall.date(), DateFormat::Short, &hour(wall))
            }
            AnnouncedTime::DayPart(date, part) => {
                let part = layout.say(&format!("part-{}", part.word()));
                layout.messages.format("day-and-part", &[("date", &day(date)), ("part", &part)])
            }
            AnnouncedTime::Day(date) => day(date),
        };
        Some(layout.with("timetable-previously", "before", &before))
    }
}

/// Returns the page of an entry of a meeting.
pub(super) fn page_of(entry: &Entry<'_>, layout: &Layout) -> String {
    let id = match &entry.kind {
        EntryKind::Session(session, _) | EntryKind::Series(session, ..) => &session.id,
        EntryKind::Deadline(deadline) => &deadline.id,
        _ => return String::new(),
    };
    let Some(meeting) = entry.meeting else { return String::new() };
    format!("{}{}/{}/{id}/", layout.home, entry.group.id, meeting.id)
}

/// Returns the date of an end. An end at midnight belongs to the day before.
fn last_date(end: DateTime) -> Date {
    end.checked_sub(jiff::Span::new().nanoseconds(1)).unwrap_or(end).date()
}

pub(super) fn hour(wall: DateTime) -> String {
    wall.strftime("%H:%M").to_string()
}
