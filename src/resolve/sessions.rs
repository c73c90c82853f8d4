//! The sessions of a meeting: who, and when exactly on which clock.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};

use super::names::{Scope, Section};
use super::texts::Texts;
use crate::definition::{self, At, Day, HourRange, Kind, Located, OneOrMany, Part, weekday_name};
use crate::problem::{Place, Problem, Problems};
use crate::timetable::{Days, Hours, Interpretation, Moment, Occurrence, STUDY_GROUP, Session, Status, TimedSpan, Uid};
use crate::zone::ClockChange;

/// The sessions of a meeting, in the order of the file.
pub(super) fn resolve(
    typed: &definition::Meeting,
    days: Option<Days>,
    names: (&str, &Scope),
    problems: &mut Problems,
) -> Vec<Session> {
    typed.sessions.iter().flatten().filter_map(|session| resolve_one(session, days, names, problems)).collect()
}

fn resolve_one(
    typed: &definition::Session,
    days: Option<Days>,
    (path, scope): (&str, &Scope),
    problems: &mut Problems,
) -> Option<Session> {
    let texts = Texts { languages: &scope.languages };
    let title = texts.line(typed.title.as_ref(), problems);
    let room = texts.line(typed.room.as_ref(), problems);
    let note = texts.prose(typed.note.as_ref(), problems);
    let links = texts.links(typed.links.as_ref(), problems);
    let audience = scope.audiences(typed.audience.as_ref(), problems);
    let mut bodies = scope.bodies(typed.bodies.as_ref(), problems);
    if bodies.is_empty() {
        report_nobodys(typed, problems);
        bodies.push(STUDY_GROUP);
    }
    let interpretation = typed.interpretation.as_ref().map(interpretation);
    let occurrences = occurrences(typed, days, (path, scope), problems);
    if occurrences.is_empty() {
        return None;
    }
    Some(Session {
        id: typed.id.as_ref()?.value.clone(),
        kind: typed.kind.as_ref()?.value,
        title,
        bodies,
        order: typed.order.as_ref().map(|order| order.value),
        room,
        audience,
        status: typed.status.as_ref().map_or(Status::Confirmed, |status| status.value),
        note,
        links,
        interpretation,
        occurrences,
    })
}

/// Reports a session of Questions or working parties that names none: it would be in everybody's feed.
fn report_nobodys(typed: &definition::Session, problems: &mut Problems) {
    let Some(kind) = &typed.kind else { return };
    if matches!(kind.value, Kind::Question | Kind::WorkingParty) && !typed.has("for") {
        problems.push(
            Problem::warning(
                &kind.place,
                format!("a session of kind `{}` does not say whose it is", kind.value.word()),
            )
            .label("without `for`, it is in the feeds of all bodies")
            .help("add `for: […]` with the bodies concerned, or the study group if all are"),
        );
    }
}

fn interpretation(typed: &definition::Interpretation) -> Interpretation {
    let languages = typed.languages.iter().flat_map(|languages| &languages.values);
    Interpretation {
        languages: languages.map(|language| language.value.clone()).collect(),
        on_request: typed.on_request.as_ref().is_some_and(|on_request| on_request.value),
    }
}

/// Every day of a session with every one of its hours or parts of the day, in order of time.
fn occurrences(
    typed: &definition::Session,
    meeting: Option<Days>,
    (path, scope): (&str, &Scope),
    problems: &mut Problems,
) -> Vec<Occurrence> {
    let dates = dates(typed, problems);
    report_odd_days(&dates, meeting, problems);
    let Some(at) = &typed.at else { return Vec::new() };
    // One of several days or parts carries them in its UID, also while the list has one entry only: a day that is
    // added later must not change the UID of the first.
    let is_dated = typed.days.is_some() || at.is_list;
    let mut occurrences = Vec::new();
    for (at, span) in hours(at, scope, problems) {
        for day in &dates {
            let Some(span) = span_on(day.value, span, at, scope, problems) else { continue };
            let Some(id) = &typed.id else { continue };
            let plain = format!("{path}/{}", id.value);
            let uid = if is_dated { format!("{plain}/{}/{}", day.value, part_or_hour(at.value)) } else { plain };
            occurrences.push(Occurrence {
                uid: Uid::of(&scope.uid_domain, &uid),
                span,
                hours: announced(at.value, scope),
            });
        }
    }
    occurrences.sort_by_key(|occurrence| (occurrence.span.start().instant, occurrence.span.end().instant));
    occurrences
}

/// The days of a session, each once.
fn dates(typed: &definition::Session, problems: &mut Problems) -> Vec<Located<Date>> {
    let mut dates: Vec<Located<Date>> = Vec::new();
    match (&typed.day, &typed.days) {
        (Some(day), None) => {
            report_weekday(day.value, &day.place, problems);
            dates.push(Located { value: day.value.date, place: day.place.clone() });
        }
        (None, Some(days)) => days.values.iter().for_each(|range| {
            report_weekday(range.value.first, &range.place, problems);
            if range.value.last != range.value.first {
                report_weekday(range.value.last, &range.place, problems);
            }
            let (first, last) = (range.value.first.date, range.value.last.date);
            for date in first.series(jiff::Span::new().days(1)).take_while(|date| *date <= last) {
                let date = Located { value: date, place: range.place.clone() };
                let what = format!("the day {}", date.value);
                super::is_new(date, &mut dates, &what, problems);
            }
        }),
        (Some(_), Some(days)) => problems.push(
            Problem::error(&days.place, "a session has `day` or `days`, not both")
                .label("expected one of the two")
                .help("write all of its days in `days: […]`"),
        ),
        // A day that could not be read has been reported.
        (None, None) if typed.has("day") || typed.has("days") => {}
        (None, None) => problems.push(
            Problem::error(&typed.place, "a session lacks its day")
                .label("expected a line `day: …` or `days: […]` here"),
        ),
    }
    dates
}

fn report_weekday(day: Day, place: &Place, problems: &mut Problems) {
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

/// Reports days on a weekend, and days on which the meeting does not take place; a range once.
fn report_odd_days(dates: &[Located<Date>], meeting: Option<Days>, problems: &mut Problems) {
    let mut told: Option<&Place> = None;
    for date in dates {
        let outside = meeting.filter(|days| date.value < days.first() || date.value > days.last());
        let weekend = matches!(date.value.weekday(), Weekday::Saturday | Weekday::Sunday);
        if told == Some(&date.place) || (outside.is_none() && !weekend) {
            continue;
        }
        told = Some(&date.place);
        problems.push(match outside {
            Some(days) => Problem::warning(&date.place, "this day is outside the meeting's dates").label(format!(
                "expected {} to {}, found {}",
                days.first(),
                days.last(),
                date.value
            )),
            None => Problem::warning(&date.place, "this day is on a weekend").label(format!(
                "{} is a {}",
                date.value,
                weekday_name(date.value.weekday())
            )),
        });
    }
}

/// Each of the hours or parts of the day, once, with its start and end on the clock.
fn hours<'a>(
    at: &'a OneOrMany<Located<At>>,
    scope: &Scope,
    problems: &mut Problems,
) -> Vec<(&'a Located<At>, HourRange)> {
    let mut seen: Vec<Located<String>> = Vec::new();
    let mut all = Vec::new();
    for at in &at.values {
        // The part or the starting hour is what tells the events of a day apart, and their UIDs.
        let start = Located { value: part_or_hour(at.value), place: at.place.clone() };
        if !super::is_new(start, &mut seen, "this start", problems) {
            continue;
        }
        let is_told = !scope.knows(Section::Hours) || scope.hours.values().any(Option::is_none);
        match on_clock(at.value, &scope.hours) {
            Some(range) => all.push((at, range)),
            None if is_told => {}
            None => problems.push(without_hours(at, &scope.hours)),
        }
    }
    all
}

fn on_clock(at: At, usual: &BTreeMap<Part, Option<HourRange>>) -> Option<HourRange> {
    match at {
        At::Hours(range) => Some(range),
        At::From(start) => next_end(start, usual).map(|(_, end)| HourRange { start, end }),
        At::Part(part) => usual.get(&part).copied().flatten(),
    }
}

/// The first end of a part of the day after a start.
fn next_end(start: Time, usual: &BTreeMap<Part, Option<HourRange>>) -> Option<(Part, Time)> {
    let ends = usual.iter().filter_map(|(part, range)| Some((*part, range.as_ref()?.end)));
    ends.filter(|(_, end)| *end > start).min_by_key(|(_, end)| *end)
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

fn part_or_hour(at: At) -> String {
    match at {
        At::Part(part) => part.word().to_owned(),
        At::From(start) | At::Hours(HourRange { start, .. }) => start.strftime("%H:%M").to_string(),
    }
}

fn announced(at: At, scope: &Scope) -> Hours {
    match at {
        At::Hours(_) => Hours::Announced,
        At::Part(part) => Hours::Usual(part),
        At::From(start) => {
            next_end(start, &scope.hours).map_or(Hours::Announced, |(part, _)| Hours::StartAnnounced(part))
        }
    }
}

fn span_on(
    date: Date,
    range: HourRange,
    at: &Located<At>,
    scope: &Scope,
    problems: &mut Problems,
) -> Option<TimedSpan> {
    let mut moment = |time: Time| {
        let wall = date.to_datetime(time);
        let instant = scope.zone.instant(wall).map_err(|change| problems.push(not_on_clock(at, date, time, change)));
        instant.ok().map(|instant| Moment { wall, instant })
    };
    let (start, end) = (moment(range.start), moment(range.end));
    TimedSpan::between(scope.zone.clone(), start?, end?)
}

fn not_on_clock(at: &Located<At>, date: Date, time: Time, change: ClockChange) -> Problem {
    let time = time.strftime("%H:%M");
    let (title, label) = match change {
        ClockChange::Skipped => ("a clock change skips this time", format!("on {date} there is no {time}")),
        ClockChange::Repeated => ("a clock change repeats this time", format!("on {date} {time} comes twice")),
    };
    Problem::error(&at.place, title).label(label).help("choose hours that the clocks show once on that day")
}
