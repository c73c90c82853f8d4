//! Resolves times of day: parts of the day and open ends become spans in a zone.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::context::MeetingContext;
use super::names::{Scope, Section};
use crate::definition::{DayPart, HourRange, Length, Spanned, TimeOfDay};
use crate::problem::{Problem, Span};
use crate::timetable::{AnnouncedHours, Days, Moment, TimedSpan, When};
use crate::zone::{ClockChange, Zone};

/// A resolved time of day.
#[derive(Clone, Copy)]
pub(super) enum ResolvedTime {
    /// From a start to an end.
    Range(HourRange, AnnouncedHours),
    /// Not known.
    Unknown,
}

impl MeetingContext<'_> {
    /// Reports a time of day that the group's usual hours do not define, unless these have an error themselves.
    pub(super) fn report_missing_hours(&mut self, at: &Spanned<TimeOfDay>) {
        // All others can be resolved.
        let TimeOfDay::Part(part) = at.value else { return };
        let hours = &self.scope.hours;
        if self.scope.is_complete(Section::Hours) && hours.values().all(Option::is_some) {
            let problem = missing_hours(at, part, hours);
            self.report(problem);
        }
    }

    /// Resolves a time of day, if the group's usual hours define it.
    pub(super) fn resolve_time(&self, at: TimeOfDay) -> Option<ResolvedTime> {
        resolve_time_of_day(at, self.scope, self.usual_length)
    }
}

fn resolve_time_of_day(at: TimeOfDay, scope: &Scope, usual_length: Option<Length>) -> Option<ResolvedTime> {
    match at {
        TimeOfDay::Range(range) => Some(ResolvedTime::Range(range, AnnouncedHours::Announced)),
        TimeOfDay::Start(start) => {
            let of_part = next_end(start, &scope.hours);
            let near = of_part.filter(|(_, end)| minutes_to(start, *end) <= MAX_TO_USUAL_END);
            let after = |minutes: i32| (start.wrapping_add(minutes.minutes()), AnnouncedHours::StartAlone);
            let (end, hours) = match (usual_length, near) {
                (Some(length), _) => after(length.minutes),
                (None, Some((part, end))) => (end, AnnouncedHours::StartAnnounced(part)),
                (None, None) => after(60),
            };
            Some(ResolvedTime::Range(HourRange { start, end, next_day: end <= start }, hours))
        }
        TimeOfDay::Part(part) => {
            let range = scope.hours.get(&part).copied().flatten()?;
            Some(ResolvedTime::Range(range, AnnouncedHours::Usual(part)))
        }
        TimeOfDay::Unknown => Some(ResolvedTime::Unknown),
    }
}

/// The longest time from a start to the usual end of its part of the day, in minutes. A session that starts earlier is shown
/// for an hour.
const MAX_TO_USUAL_END: i64 = 3 * 60;

/// Returns the minutes from a start to an end, which may be on the next day.
fn minutes_to(start: Time, end: Time) -> i64 {
    start.duration_until(end).as_mins().rem_euclid(24 * 60)
}

/// Returns the first end of a part of the day after a start: today's, or that of a part that ends after midnight.
fn next_end(start: Time, usual: &BTreeMap<DayPart, Option<HourRange>>) -> Option<(DayPart, Time)> {
    let ranges = || usual.iter().filter_map(|(part, range)| Some((*part, (*range)?)));
    let today = ranges().filter(|(_, range)| !range.next_day && range.end > start);
    let tonight = || ranges().find(|(_, range)| range.next_day);
    let first = today.min_by_key(|(_, range)| range.end).or_else(tonight);
    first.map(|(part, range)| (part, range.end))
}

fn missing_hours(at: &Spanned<TimeOfDay>, part: DayPart, usual: &BTreeMap<DayPart, Option<HourRange>>) -> Problem {
    Problem::error(&at.span, format!("no usual hours for the {} in this study group", part.word()))
        .label("expected a part of the day that is in `hours:` of group.yaml")
        .suggest(part.word(), usual.keys().map(|part| part.word()))
}

/// A wall clock time that a clock change skips or repeats.
#[derive(Clone, Copy)]
pub(super) struct ClockFault {
    pub(super) date: Date,
    pub(super) time: Time,
    pub(super) change: ClockChange,
}

impl ClockFault {
    /// Returns the problem, for a time that is written at `span`.
    pub(super) fn problem(self, span: &Span) -> Problem {
        let Self { date, time, change } = self;
        let time = time.strftime("%H:%M");
        let (title, label) = match change {
            ClockChange::Skipped => ("a clock change skips this time", format!("{time} does not exist on {date}")),
            ClockChange::Repeated => ("a clock change repeats this time", format!("{time} occurs twice on {date}")),
        };
        Problem::error(span, title).label(label).help("choose another time")
    }
}

/// Resolves a day and a time to a span on the clock of a zone.
///
/// # Errors
///
/// Returns the start or end that a clock change skips or repeats.
pub(super) fn resolve_when(date: Date, time: ResolvedTime, zone: &Zone) -> Result<(When, AnnouncedHours), ClockFault> {
    let ResolvedTime::Range(range, hours) = time else {
        return Ok((When::AllDay(Days::from_date(date)), AnnouncedHours::Unknown));
    };
    let moment = |date: Date, time: Time| {
        let wall = date.to_datetime(time);
        zone.instant(wall).map(|instant| Moment { wall, instant }).map_err(|change| ClockFault { date, time, change })
    };
    let last = if range.next_day { date.saturating_add(jiff::Span::new().days(1)) } else { date };
    let start = moment(date, range.start)?;
    // An end that nobody wrote exists, however the clocks change.
    let assumed = || {
        let instant = start.instant.checked_add(minutes_to(range.start, range.end).minutes()).ok()?;
        Some(Moment { wall: zone.wall_clock(instant), instant })
    };
    let end = moment(last, range.end).or_else(|fault| assumed().filter(|_| hours.is_end_assumed()).ok_or(fault))?;
    // The clocks may go back by more than a short session lasts, but then its end is repeated.
    let fault = ClockFault { date: last, time: range.end, change: ClockChange::Repeated };
    let span = TimedSpan::new(zone.clone(), start, end).ok_or(fault)?;
    Ok((When::Timed(span), hours))
}
