//! Slots: every day of a session combined with every one of its times, as first planned.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};

use super::clock::ResolvedTime;
use super::context::MeetingContext;
use super::{UniqueValues, rule};
use crate::definition::{self, Spanned, TimeOfDay, WrittenDate, weekday_name};
use crate::problem::{Problem, Problems, Span, Warning};
use crate::timetable::{Days, KnownDates};
use crate::zone::Zone;

/// The largest number of slots of a session.
const MAX_SLOTS: usize = 1_000;
/// The largest number of slots of the sessions of a file.
const MAX_SLOTS_OF_FILE: usize = 20_000;
/// The largest number of recurrence rules in a file.
const MAX_RULES: usize = 1_000;
/// The largest number of invalid rules in a file. Finding out that a rule is invalid takes longer than expanding a
/// valid one.
const MAX_INVALID_RULES: usize = 20;

/// One occurrence as first planned.
pub(super) struct Slot<'a> {
    /// The day.
    pub(super) day: Spanned<Date>,
    /// The time of day.
    pub(super) at: &'a Spanned<TimeOfDay>,
}

impl MeetingContext<'_> {
    /// Resolves the slots of a session, in the order of its days.
    pub(super) fn slots<'t>(&mut self, raw: &'t definition::Session, zone: &Zone) -> Vec<Slot<'t>> {
        let at = self.times(raw);
        let days = match (&raw.repeat, &raw.day) {
            (Some(repeat), Some(day)) if at.len() == 1 => {
                report_weekday(day.value, &day.span, self.problems);
                let start = match self.resolve_time(&at[0].value) {
                    Some(ResolvedTime::Range(range, _)) => range.start,
                    _ => Time::midnight(),
                };
                self.rule(repeat, day, start, zone)
            }
            (Some(repeat), _) => {
                self.report_repeat(raw, repeat);
                Vec::new()
            }
            (None, _) => self.days(raw),
        };
        // A weekday that was written shows that the day is meant.
        let mut unsure = days.clone();
        unsure.retain(|day| !has_weekday(raw, &day.span));
        self.report_odd_days(&unsure);
        let slots = days.len() * at.len();
        if slots > MAX_SLOTS {
            self.report(too_many_slots(&raw.span, slots));
            return Vec::new();
        }
        self.slots_so_far += slots;
        if self.slots_so_far > MAX_SLOTS_OF_FILE {
            // Reported at the session that exceeds the limit.
            if self.slots_so_far - slots <= MAX_SLOTS_OF_FILE {
                let problem = Problem::error(&raw.span, "the sessions of this file have too many occurrences")
                    .label(format!("expected at most {MAX_SLOTS_OF_FILE} in a file"))
                    .help("split the file, or write fewer days or hours; the rest of the file is not checked");
                self.report(problem);
            }
            return Vec::new();
        }
        days.iter().flat_map(|day| at.iter().map(|at| Slot { day: day.clone(), at })).collect()
    }

    fn report_repeat(&mut self, raw: &definition::Session, repeat: &Spanned<definition::RecurrenceRule>) {
        let title = if raw.has("days") {
            "a rule repeats one day"
        } else if raw.at.as_ref().is_some_and(|at| at.is_list) {
            "a rule repeats one time of the day"
        } else {
            // The missing or invalid key has been reported.
            return;
        };
        self.report(
            Problem::error(&repeat.span, title)
                .label("expected `day: …` with the first day, and one `at: …`")
                .help("write a session of its own for each weekday and hour that repeats"),
        );
    }

    /// Returns each time of day once. One without known hours is reported.
    fn times<'t>(&mut self, raw: &'t definition::Session) -> Vec<&'t Spanned<TimeOfDay>> {
        let mut seen: UniqueValues<String> = UniqueValues::new();
        let mut times = Vec::new();
        let Some(at) = &raw.at else { return times };
        for one in &at.values {
            // The part or the starting hour distinguishes the events of a day, and their UIDs.
            let start = Spanned { value: one.value.part_or_hour(), span: one.span.clone() };
            if !seen.insert(start, "start", self.problems) {
                continue;
            }
            if one.value == TimeOfDay::Unknown && at.values.len() > 1 {
                self.report(
                    Problem::error(&one.span, "`unknown` with other times")
                        .label("expected hours or parts of the day, or `unknown` alone"),
                );
            } else if self.resolve_time(&one.value).is_some() {
                times.push(one);
            } else {
                self.report_missing_hours(one);
            }
        }
        times
    }

    /// Returns the days of a session, each once.
    fn days(&mut self, raw: &definition::Session) -> Vec<Spanned<Date>> {
        let mut seen: UniqueValues<Date> = UniqueValues::new();
        match (&raw.day, &raw.days) {
            (Some(day), None) => {
                report_weekday(day.value, &day.span, self.problems);
                seen.0.insert(day.value.date, day.span.clone());
            }
            (None, Some(days)) => {
                for range in &days.values {
                    report_weekday(range.value.first, &range.span, self.problems);
                    if range.value.last != range.value.first {
                        report_weekday(range.value.last, &range.span, self.problems);
                    }
                    let (first, last) = (range.value.first.date, range.value.last.date);
                    let mut all = first.series(jiff::Span::new().days(1)).take_while(|date| *date <= last);
                    // One duplicate day is enough to report.
                    let again = all.find(|date| {
                        let date = Spanned { value: *date, span: range.span.clone() };
                        let what = format!("the day {}", date.value);
                        !seen.insert(date, &what, self.problems)
                    });
                    if again.is_some() || seen.0.len() > MAX_SLOTS {
                        break;
                    }
                }
            }
            (Some(_), Some(days)) => self.report(
                Problem::error(&days.span, "both `day` and `days` are written")
                    .label("expected one of the two")
                    .help("write all of its days in `days: […]`"),
            ),
            // An invalid day has been reported.
            (None, None) if raw.has("day") || raw.has("days") => {}
            (None, None) => self.report(
                Problem::error(&raw.span, "missing key `day` in a session")
                    .label("expected a line `day: …` or `days: […]` here"),
            ),
        }
        seen.0.into_iter().map(|(value, span)| Spanned { value, span }).collect()
    }

    /// Returns the days of a rule, the first of which is the session's day.
    fn rule(
        &mut self,
        repeat: &Spanned<definition::RecurrenceRule>,
        day: &Spanned<WrittenDate>,
        start: Time,
        zone: &Zone,
    ) -> Vec<Spanned<Date>> {
        self.rules_so_far += 1;
        if self.rules_so_far > MAX_RULES || self.faults_so_far >= MAX_INVALID_RULES {
            if self.rules_so_far == MAX_RULES + 1 || self.faults_so_far == MAX_INVALID_RULES {
                self.faults_so_far += 1;
                let problem = Problem::error(&repeat.span, "too many rules, or too many invalid ones, in this file")
                    .label(format!(
                        "expected at most {MAX_RULES} rules, and fewer than {MAX_INVALID_RULES} invalid ones"
                    ))
                    .help("fix the errors above first: the rules from here on are not checked yet");
                self.report(problem);
            }
            return Vec::new();
        }
        match rule::days(&repeat.value, day.value.date.to_datetime(start), zone) {
            Ok(days) => days.into_iter().map(|value| Spanned { value, span: day.span.clone() }).collect(),
            Err(fault) => {
                self.faults_so_far += 1;
                self.report(fault.problem(&repeat.span, &day.span));
                Vec::new()
            }
        }
    }

    /// Reports days on a weekend or outside the meeting, once for each place where they are written.
    pub(super) fn report_odd_days(&mut self, dates: &[Spanned<Date>]) {
        let mut reported: BTreeSet<Span> = BTreeSet::new();
        for date in dates {
            let is_end_known = self.known_dates != KnownDates::FirstDay;
            let is_late = |days: &Days| is_end_known && date.value > days.last();
            let outside = self.days.filter(|days| date.value < days.first() || is_late(days));
            // A meeting that begins or ends on a weekend means it.
            let is_end = self.days.is_some_and(|days| [days.first(), days.last()].contains(&date.value));
            let weekend = matches!(date.value.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_end;
            if (outside.is_none() && !weekend) || !reported.insert(date.span.clone()) {
                continue;
            }
            if let (Some(days), Some(swapped)) = (outside, swapped(date.value))
                && swapped >= days.first()
                && swapped <= days.last()
            {
                self.report(
                    Problem::error(&date.span, "day and month of this date seem to be swapped")
                        .label(format!("expected {} to {}, found {}", days.first(), days.last(), date.value))
                        .help(format!("write {swapped}"))
                        .help(format!(
                            "if it is correct, write its weekday: {} {}",
                            weekday_name(date.value.weekday()),
                            date.value
                        )),
                );
                continue;
            }
            let written = weekday_name(date.value.weekday());
            self.report(match outside {
                Some(days) => {
                    Problem::warning(&date.span, Warning::OutsideMeeting, "this day is outside the meeting's dates")
                        .label(format!("expected {} to {}, found {}", days.first(), days.last(), date.value))
                        .help(if is_far_off(days, date.value) {
                            "was the file copied from another meeting? Then correct this day"
                        } else {
                            "correct the day, or the meeting's `starts:` and `ends:`"
                        })
                        .help("if it is correct, add `allow: {outside-meeting: REASON}` to the session")
                }
                None => Problem::warning(&date.span, Warning::Weekend, "this day is on a weekend")
                    .label(format!("{} is a {written}", date.value))
                    .help("if it is correct, add `allow: {weekend: REASON}` to the session"),
            });
        }
    }
}

/// Returns `true` if the days at a span are written with their weekday.
fn has_weekday(raw: &definition::Session, span: &Span) -> bool {
    let day = raw.day.iter().any(|day| day.span == *span && day.value.weekday.is_some());
    let mut days = raw.days.iter().flat_map(|days| &days.values);
    day || days.any(|days| days.span == *span && days.value.first.weekday.is_some())
}

/// Returns a date with day and month swapped, if there is such a date.
fn swapped(date: Date) -> Option<Date> {
    Date::new(date.year(), date.day(), date.month()).ok().filter(|swapped| *swapped != date)
}

/// Returns `true` if a day is so far from a meeting that it probably belongs to another one.
fn is_far_off(days: Days, date: Date) -> bool {
    let far = jiff::Span::new().days(21);
    date < days.first().saturating_sub(far) || date > days.last().saturating_add(far)
}

fn too_many_slots(span: &Span, slots: usize) -> Problem {
    Problem::error(span, "this session has too many occurrences")
        .label(format!("expected at most {MAX_SLOTS}, found {slots}"))
        .help("write fewer days or hours, or several sessions")
}

/// Reports a weekday that does not match its date.
pub(super) fn report_weekday(day: WrittenDate, span: &Span, problems: &mut Problems) {
    let right = day.date.weekday();
    if let Some(written) = day.weekday.filter(|written| *written != right) {
        let (written, right) = (weekday_name(written), weekday_name(right));
        problems.push(
            Problem::error(span, "the weekday does not match the date")
                .label(format!("expected {right} {}, found {written}", day.date))
                .help("correct the weekday or the date"),
        );
    }
}
