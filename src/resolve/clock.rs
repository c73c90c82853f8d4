//! Resolves times of day: parts of the day, open ends and references to other sessions become spans in a zone.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::context::MeetingContext;
use super::day_parts::{DayParts, HoursSource, are_hours_complete};
use super::names::{ResolvedVenue, Scope, Section};
use crate::definition::{self, DayPart, HourRange, Length, Spanned, TimeOfDay};
use crate::id::Id;
use crate::problem::{Problem, Span};
use crate::timetable::{AnnouncedHours, Days, Moment, TimedSpan, When, ZonedHour};
use crate::zone::{ClockChange, Zone};

/// A resolved time of day.
#[derive(Clone)]
pub(super) enum ResolvedTime {
    /// From a start to an end.
    Range(HourRange, AnnouncedHours),
    /// Until an end. The start is not known.
    Until(Time),
    /// After another session of the day.
    After(Id),
    /// Not known.
    Unknown,
}

/// What is assumed of the hours of a session.
#[derive(Clone, Copy, Default)]
pub(super) struct HourAssumptions {
    /// The hours of the parts of the day.
    pub(super) parts: DayParts,
    /// How long a session takes whose start alone is announced.
    pub(super) usual_length: Option<Length>,
}

/// When the sessions end to which other sessions refer, by day.
pub(super) type AnnouncedEnds = BTreeMap<Id, BTreeMap<Date, DayEnd>>;

/// When a session ends on a day.
#[derive(Clone, Copy)]
pub(super) enum DayEnd {
    /// At a moment that is announced.
    At(Moment),
    /// That is not announced.
    Unknown,
    /// It does not take place.
    Cancelled,
}

impl MeetingContext<'_> {
    /// Reports a time of day whose hours are not defined, unless these have an error themselves.
    pub(super) fn report_missing_hours(&mut self, at: &Spanned<TimeOfDay>) {
        // All others can be resolved.
        let TimeOfDay::Part(part) = at.value else { return };
        // Hours of this file that are invalid have been reported.
        let is_complete = are_hours_complete(self.raw.hours.as_ref(), self.raw.has("hours"));
        if self.scope.is_complete(Section::Hours) && is_complete {
            let known = self.assumptions.parts.known().map(DayPart::word);
            let problem =
                Problem::error(&at.span, format!("no usual hours for the {} in this study group", part.word()))
                    .label("expected a part of the day that is in `hours:` of group.yaml, or of this file")
                    .suggest(part.word(), known);
            self.report(problem);
        }
    }

    /// Resolves a time of day, if its hours are defined.
    pub(super) fn resolve_time(&self, at: &TimeOfDay) -> Option<ResolvedTime> {
        let start_alone = |start: Time| self.assumptions.end_of_start_alone(start);
        Some(match at {
            TimeOfDay::Range(range) => ResolvedTime::Range(*range, AnnouncedHours::Announced),
            TimeOfDay::About(range) => ResolvedTime::Range(*range, AnnouncedHours::About),
            TimeOfDay::AtLatest(range) => ResolvedTime::Range(*range, AnnouncedHours::AtLatest),
            TimeOfDay::Start(start) => {
                let (range, hours) = start_alone(*start);
                ResolvedTime::Range(range, hours)
            }
            TimeOfDay::AboutStart(start) => ResolvedTime::Range(start_alone(*start).0, AnnouncedHours::AboutStart),
            TimeOfDay::Part(part) => {
                let hours = self.assumptions.parts.get(*part)?;
                let announced = match hours.source {
                    HoursSource::Meeting => AnnouncedHours::Announced,
                    HoursSource::Group => AnnouncedHours::Usual(*part),
                    HoursSource::Venue => AnnouncedHours::UsualAtVenue(*part),
                };
                ResolvedTime::Range(hours.range, announced)
            }
            TimeOfDay::Until(end) => ResolvedTime::Until(*end),
            TimeOfDay::After(id) => ResolvedTime::After(id.clone()),
            TimeOfDay::Unknown => ResolvedTime::Unknown,
        })
    }

    /// Resolves a day and a time to a span on the clock of a zone, or to the day.
    ///
    /// # Errors
    ///
    /// Returns the start or end that a clock change skips or repeats.
    pub(super) fn resolve_when(
        &self,
        date: Date,
        time: &ResolvedTime,
        zone: &Zone,
    ) -> Result<(When, AnnouncedHours), ClockFault> {
        let all_day = |hours: AnnouncedHours| Ok((When::AllDay(Days::from_date(date)), hours));
        match time {
            ResolvedTime::Range(range, hours) => {
                Ok((When::Timed(timed_span(date, *range, hours.is_end_assumed(), zone)?), hours.clone()))
            }
            ResolvedTime::Until(hour) => {
                let (hour, exists) = (*hour, zone.instant(date.to_datetime(*hour)));
                exists.map_err(|change| ClockFault { date, time: hour, change })?;
                all_day(AnnouncedHours::Until(Box::new(ZonedHour { hour, zone: zone.clone() })))
            }
            ResolvedTime::After(id) => {
                let hours = || AnnouncedHours::After(Box::new(id.clone()));
                let end = match self.announced_ends.get(id).and_then(|ends| ends.get(&date)) {
                    Some(DayEnd::At(end)) => Some(*end),
                    Some(DayEnd::Unknown | DayEnd::Cancelled) | None => None,
                };
                let Some(start) = end.map(|end| zone.wall_clock(end.instant)) else { return all_day(hours()) };
                let (range, _) = self.assumptions.end_of_start_alone(start.time());
                // An assumed hour that the clocks repeat is not shown. In another zone it may be on another day.
                timed_span(start.date(), range, true, zone)
                    .map_or_else(|_| all_day(hours()), |span| Ok((When::Timed(span), hours())))
            }
            ResolvedTime::Unknown => all_day(AnnouncedHours::Unknown),
        }
    }
}

impl HourAssumptions {
    /// Returns what is assumed of the hours of a meeting's sessions at a venue.
    pub(super) fn new(raw: &definition::Meeting, venue: Option<&ResolvedVenue>, scope: &Scope) -> Self {
        let usual = venue.map_or(scope.assumptions.parts, |venue| scope.assumptions.parts.with_parts_of(venue.parts));
        let length = raw.usual_length.as_ref().map(|length| length.value);
        Self {
            parts: usual.with(raw.hours.as_ref(), HoursSource::Meeting),
            usual_length: length.or(scope.assumptions.usual_length),
        }
    }

    /// Returns the hours of a session whose start alone is announced.
    fn end_of_start_alone(&self, start: Time) -> (HourRange, AnnouncedHours) {
        let near = self.parts.next_end(start).filter(|(_, end)| minutes_to(start, *end) <= MAX_TO_USUAL_END);
        let after = |minutes: i32| (start.wrapping_add(minutes.minutes()), AnnouncedHours::StartAlone);
        let (end, hours) = match (self.usual_length, near) {
            (Some(length), _) => after(length.minutes),
            (None, Some((Some(part), end))) => (end, AnnouncedHours::StartAnnounced(part)),
            (None, Some((None, end))) => (end, AnnouncedHours::StartAlone),
            (None, None) => after(60),
        };
        (HourRange { start, end, next_day: end <= start }, hours)
    }
}

/// The longest time from a start to the usual end of its part of the day, in minutes. A session that starts earlier is shown
/// for an hour.
const MAX_TO_USUAL_END: i64 = 3 * 60;

/// Returns the minutes from a start to an end, which may be on the next day.
fn minutes_to(start: Time, end: Time) -> i64 {
    start.duration_until(end).as_mins().rem_euclid(24 * 60)
}

/// Returns the span of hours of a day. An end that nobody wrote exists, however the clocks change.
fn timed_span(date: Date, range: HourRange, is_end_assumed: bool, zone: &Zone) -> Result<TimedSpan, ClockFault> {
    let moment = |date: Date, time: Time| {
        let wall = date.to_datetime(time);
        zone.instant(wall).map(|instant| Moment { wall, instant }).map_err(|change| ClockFault { date, time, change })
    };
    let last = if range.next_day { date.saturating_add(jiff::Span::new().days(1)) } else { date };
    let start = moment(date, range.start)?;
    let assumed = || {
        let instant = start.instant.checked_add(minutes_to(range.start, range.end).minutes()).ok()?;
        Some(Moment { wall: zone.wall_clock(instant), instant })
    };
    let end = moment(last, range.end).or_else(|fault| assumed().filter(|_| is_end_assumed).ok_or(fault))?;
    // The clocks may go back by more than a short session lasts, but then its end is repeated.
    let fault = ClockFault { date: last, time: range.end, change: ClockChange::Repeated };
    TimedSpan::new(zone.clone(), start, end).ok_or(fault)
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
