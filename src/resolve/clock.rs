//! What the clocks show at a time of the day: from parts of the day and open ends to spans in a zone.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use super::names::{Scope, Section};
use super::reading::Reading;
use crate::definition::{At, HourRange, Located, Part};
use crate::problem::{Place, Problem};
use crate::timetable::{Days, Hours, Moment, TimedSpan, When};
use crate::zone::{ClockChange, Zone};

/// A time on the wall clock of a day.
#[derive(Clone, Copy)]
pub(super) enum Clock {
    /// From a start to an end.
    Range(HourRange, Hours),
    /// Nobody knows.
    Unknown,
}

impl Reading<'_> {
    /// Reports a time without hours; it is no time then.
    pub(super) fn reports_without_hours(&mut self, at: &Located<At>) -> bool {
        let is_told = !self.scope.knows(Section::Hours) || self.scope.hours.values().any(Option::is_none);
        if !is_told {
            let problem = without_hours(at, &self.scope.hours);
            self.report(problem);
        }
        false
    }

    /// What the clocks show at a time of the day, if the group's usual hours know it.
    pub(super) fn clock(&self, at: At) -> Option<Clock> {
        on_clock(at, self.scope)
    }
}

fn on_clock(at: At, scope: &Scope) -> Option<Clock> {
    match at {
        At::Hours(range) => Some(Clock::Range(range, Hours::Announced)),
        At::From(start) => {
            let (part, end) = next_end(start, &scope.hours)?;
            Some(Clock::Range(HourRange { start, end, next_day: end <= start }, Hours::StartAnnounced(part)))
        }
        At::Part(part) => {
            let range = scope.hours.get(&part).copied().flatten()?;
            Some(Clock::Range(range, Hours::Usual(part)))
        }
        At::Unknown => Some(Clock::Unknown),
    }
}

/// The first end of a part of the day after a start: today's, or that of a part that ends after midnight.
fn next_end(start: Time, usual: &BTreeMap<Part, Option<HourRange>>) -> Option<(Part, Time)> {
    let ranges = || usual.iter().filter_map(|(part, range)| Some((*part, (*range)?)));
    let today = ranges().filter(|(_, range)| !range.next_day && range.end > start);
    let tonight = || ranges().find(|(_, range)| range.next_day);
    let first = today.min_by_key(|(_, range)| range.end).or_else(tonight);
    first.map(|(part, range)| (part, range.end))
}

fn without_hours(at: &Located<At>, usual: &BTreeMap<Part, Option<HourRange>>) -> Problem {
    match at.value {
        At::Part(part) => {
            Problem::error(&at.place, format!("the study group has no usual hours for the {}", part.word()))
                .label("expected a part of the day that `hours:` in group.yaml knows")
                .suggest(part.word(), usual.keys().map(|part| part.word()))
        }
        _ => Problem::error(&at.place, "this session has no end")
            .label("expected an end: no part of the day in `hours:` of group.yaml ends after this start")
            .help("write the end behind the start, such as 19:00-20:00"),
    }
}

/// When something is that is planned for a day and a time, on the clocks of a zone.
///
/// # Errors
///
/// A clock change skips or repeats its start or its end.
pub(super) fn when(date: Date, clock: Clock, zone: &Zone) -> Result<(When, Hours), (Date, Time, ClockChange)> {
    let Clock::Range(range, hours) = clock else { return Ok((When::AllDay(Days::single(date)), Hours::Unknown)) };
    let moment = |date: Date, time: Time| {
        let wall = date.to_datetime(time);
        zone.instant(wall).map(|instant| Moment { wall, instant }).map_err(|change| (date, time, change))
    };
    let last = if range.next_day { date.saturating_add(jiff::Span::new().days(1)) } else { date };
    let (start, end) = (moment(date, range.start)?, moment(last, range.end)?);
    // The clocks may go back by more than a short session lasts, but then its end comes twice.
    let span = TimedSpan::between(zone.clone(), start, end).ok_or((last, range.end, ClockChange::Repeated))?;
    Ok((When::Timed(span), hours))
}

/// The problem of a time that a clock change skips or repeats.
pub(super) fn not_on_clock(at: &Place, (date, time, change): (Date, Time, ClockChange)) -> Problem {
    let time = time.strftime("%H:%M");
    let (title, label) = match change {
        ClockChange::Skipped => ("a clock change skips this time", format!("on {date} there is no {time}")),
        ClockChange::Repeated => ("a clock change repeats this time", format!("on {date} {time} comes twice")),
    };
    Problem::error(at, title).label(label).help("choose hours that the clocks show once on that day")
}
