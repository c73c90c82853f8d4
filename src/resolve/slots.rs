//! Slots: every day of a session with every one of its hours or parts of the day, as first planned.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time, Weekday};

use super::names::{Scope, Section};
use super::reading::Reading;
use super::{Seen, rule};
use crate::definition::{self, At, Day, HourRange, Located, Part, weekday_name};
use crate::problem::{Place, Problem, Problems};
use crate::timetable::{Days, Hours, Moment, TimedSpan, When};
use crate::zone::{ClockChange, Zone};

/// Most occurrences of one session.
const MOST_SLOTS: usize = 1_000;

/// One occurrence as first planned.
pub(super) struct Slot<'a> {
    /// Its day.
    pub(super) day: Located<Date>,
    /// Its hour or part of the day.
    pub(super) at: &'a Located<At>,
}

/// A time on the wall clock of a day.
#[derive(Clone, Copy)]
pub(super) enum Clock {
    /// From a start to an end.
    Range(HourRange, Hours),
    /// Nobody knows.
    Unknown,
}

impl Reading<'_> {
    /// The slots of a session, in the order of its days, and the hours of each of its times where they are known.
    pub(super) fn slots<'t>(&mut self, typed: &'t definition::Session, zone: &Zone) -> Vec<Slot<'t>> {
        let at = self.times(typed);
        let days = match (&typed.repeat, &typed.day) {
            (Some(repeat), Some(day)) if at.len() == 1 => {
                report_weekday(day.value, &day.place, self.problems);
                let start = match self.clock(at[0].value) {
                    Some(Clock::Range(range, _)) => range.start,
                    _ => Time::midnight(),
                };
                self.rule(repeat, day, start, zone)
            }
            (Some(repeat), _) => {
                self.report_repeat(typed, repeat);
                Vec::new()
            }
            (None, _) => self.days(typed),
        };
        self.report_odd_days(&days);
        if days.len() * at.len() > MOST_SLOTS {
            self.report(too_many(&typed.place, days.len() * at.len()));
            return Vec::new();
        }
        days.iter().flat_map(|day| at.iter().map(|at| Slot { day: day.clone(), at })).collect()
    }

    fn report_repeat(&mut self, typed: &definition::Session, repeat: &Located<definition::Repeat>) {
        let title = if typed.has("days") {
            "a rule repeats one day"
        } else if typed.at.as_ref().is_some_and(|at| at.is_list) {
            "a rule repeats one time of the day"
        } else {
            // What is lacking or could not be read has been reported.
            return;
        };
        self.report(
            Problem::error(&repeat.place, title)
                .label("expected `day: …` with the first day, and one `at: …`")
                .help("write a session of its own for each weekday and hour that repeats"),
        );
    }

    /// Each of the hours or parts of the day, once. One without hours has been reported.
    fn times<'t>(&mut self, typed: &'t definition::Session) -> Vec<&'t Located<At>> {
        let mut seen: Seen<String> = Seen::none();
        let mut times = Vec::new();
        let Some(at) = &typed.at else { return times };
        for one in &at.values {
            // The part or the starting hour is what tells the events of a day apart, and their UIDs.
            let start = Located { value: one.value.part_or_hour(), place: one.place.clone() };
            if !seen.is_new(start, "this start", self.problems) {
                continue;
            }
            if one.value == At::Unknown && at.values.len() > 1 {
                self.report(
                    Problem::error(&one.place, "`unknown` stands alone")
                        .label("expected hours or parts of the day, or nothing but `unknown`"),
                );
            } else if self.clock(one.value).is_some() || self.reports_without_hours(one) {
                times.push(one);
            }
        }
        times
    }

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

    /// The days of a session, each once.
    fn days(&mut self, typed: &definition::Session) -> Vec<Located<Date>> {
        let mut seen: Seen<Date> = Seen::none();
        match (&typed.day, &typed.days) {
            (Some(day), None) => {
                report_weekday(day.value, &day.place, self.problems);
                seen.0.insert(day.value.date, day.place.clone());
            }
            (None, Some(days)) => {
                for range in &days.values {
                    report_weekday(range.value.first, &range.place, self.problems);
                    if range.value.last != range.value.first {
                        report_weekday(range.value.last, &range.place, self.problems);
                    }
                    let (first, last) = (range.value.first.date, range.value.last.date);
                    let mut all = first.series(jiff::Span::new().days(1)).take_while(|date| *date <= last);
                    // One day that stands twice is enough to tell.
                    let again = all.find(|date| {
                        let date = Located { value: *date, place: range.place.clone() };
                        let what = format!("the day {}", date.value);
                        !seen.is_new(date, &what, self.problems)
                    });
                    if again.is_some() || seen.0.len() > MOST_SLOTS {
                        break;
                    }
                }
            }
            (Some(_), Some(days)) => self.report(
                Problem::error(&days.place, "a session has `day` or `days`, not both")
                    .label("expected one of the two")
                    .help("write all of its days in `days: […]`"),
            ),
            // A day that could not be read has been reported.
            (None, None) if typed.has("day") || typed.has("days") => {}
            (None, None) => self.report(
                Problem::error(&typed.place, "a session lacks its day")
                    .label("expected a line `day: …` or `days: […]` here"),
            ),
        }
        seen.0.into_iter().map(|(value, place)| Located { value, place }).collect()
    }

    /// The days that a rule gives, the first of which is the session's day.
    fn rule(
        &mut self,
        repeat: &Located<definition::Repeat>,
        day: &Located<Day>,
        start: Time,
        zone: &Zone,
    ) -> Vec<Located<Date>> {
        match rule::days(&repeat.value, day.value.date.to_datetime(start), zone) {
            Ok(days) => days.into_iter().map(|value| Located { value, place: day.place.clone() }).collect(),
            Err(fault) => {
                self.report(fault.problem(&repeat.place, &day.place));
                Vec::new()
            }
        }
    }

    /// Reports days on a weekend, and days on which the meeting does not take place; what was written once is told once.
    pub(super) fn report_odd_days(&mut self, dates: &[Located<Date>]) {
        let mut told: BTreeSet<Place> = BTreeSet::new();
        for date in dates {
            let outside = self.days.filter(|days| date.value < days.first() || date.value > days.last());
            let weekend = matches!(date.value.weekday(), Weekday::Saturday | Weekday::Sunday);
            if (outside.is_none() && !weekend) || !told.insert(date.place.clone()) {
                continue;
            }
            let written = weekday_name(date.value.weekday());
            self.report(match outside {
                Some(days) => {
                    Problem::warning(&date.place, "outside-meeting", "this day is outside the meeting's dates")
                        .label(format!("expected {} to {}, found {}", days.first(), days.last(), date.value))
                        .help(if copied(days, date.value) {
                            "was the file copied from another meeting? Then this day has stayed behind"
                        } else {
                            "correct the day, or the meeting's `starts:` and `ends:`"
                        })
                        .help("if it is right, add `allow: {outside-meeting: why}` to the session")
                }
                None => Problem::warning(&date.place, "weekend", "this day is on a weekend")
                    .label(format!("{} is a {written}", date.value))
                    .help("if it is right, add `allow: {weekend: why}` to the session"),
            });
        }
    }
}

/// Whether a day is so far from a meeting that it is likely another meeting's.
fn copied(days: Days, date: Date) -> bool {
    let far = jiff::Span::new().days(21);
    date < days.first().saturating_sub(far) || date > days.last().saturating_add(far)
}

fn too_many(place: &Place, slots: usize) -> Problem {
    Problem::error(place, "this session has too many occurrences")
        .label(format!("expected at most {MOST_SLOTS}, found {slots}"))
        .help("write fewer days or hours, or several sessions")
}

/// Reports a weekday that is not the date's.
pub(super) fn report_weekday(day: Day, place: &Place, problems: &mut Problems) {
    let right = day.date.weekday();
    if let Some(written) = day.weekday.filter(|written| *written != right) {
        let (written, right) = (weekday_name(written), weekday_name(right));
        problems.push(
            Problem::error(place, "the weekday is not the date's")
                .label(format!("expected {right} {}, found {written}", day.date))
                .help("one of the two was mistyped: correct the weekday or the date"),
        );
    }
}

fn on_clock(at: At, scope: &Scope) -> Option<Clock> {
    match at {
        At::Hours(range) => Some(Clock::Range(range, Hours::Announced)),
        At::From(start) => {
            let (part, end) = next_end(start, &scope.hours)?;
            Some(Clock::Range(HourRange { start, end, next_day: end < start }, Hours::StartAnnounced(part)))
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
