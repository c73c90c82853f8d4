//! The dates of a deadline: written, counted from something, or one for each day of a session or of a rule.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::builder::DeadlineBuilder;
use crate::definition::{self, CalendarOffset, CalendarUnit, CountedFrom, Due, DueDate, Spanned};
use crate::id::Id;
use crate::problem::{Problem, Span, Warning};
use crate::resolve::context::MeetingContext;
use crate::resolve::rule;
use crate::timetable::{Cancellation, Days, KnownDates, Occurrence, Session};

/// The days of a meeting's sessions, from which deadlines are counted.
pub(super) type DaysOfSessions<'m> = BTreeMap<&'m Id, Vec<SessionDay>>;

/// A day of a session.
pub(super) struct SessionDay {
    /// The day for which it was first planned.
    original: Date,
    /// The day on which it is.
    day: Date,
    /// Why it does not take place.
    cancelled: Option<Cancellation>,
}

/// A date of a deadline.
pub(super) struct DeadlineDate {
    pub(super) due: DueDate,
    /// Why nothing is due: the session does not take place on that day.
    pub(super) cancelled: Option<Cancellation>,
}

impl SessionDay {
    pub(super) fn new(session: &Session, occurrence: &Occurrence) -> Self {
        Self {
            original: occurrence.original.first_day(),
            day: occurrence.when.first_day(),
            cancelled: session.cancelled(occurrence).cloned(),
        }
    }
}

impl DeadlineBuilder<'_> {
    /// Returns the dates of a deadline that is counted from each day of a session, or that repeats, each with the day by
    /// which it is found; `None` for a single one.
    pub(super) fn several_dates(
        &self,
        days: &DaysOfSessions<'_>,
        context: &mut MeetingContext<'_>,
    ) -> Option<BTreeMap<Date, DeadlineDate>> {
        let printed = self.raw.and_then(|raw| raw.printed.as_ref());
        let repeat = self.raw.and_then(|raw| raw.repeat.as_ref());
        let due = self.fields.due.as_ref();
        if let Some(Spanned { value: Due::Counted { count, from: from @ CountedFrom::Each(id), hour }, .. }) = due {
            if let Some(span) = printed.map(|printed| &printed.span).or(repeat.map(|repeat| &repeat.span)) {
                context.report(
                    Problem::error(span, "one date for several deadlines")
                        .label("this deadline is counted from each day of a session")
                        .help("remove it, or write the deadlines that differ as deadlines of their own"),
                );
            }
            let Some(days) = days.get(id) else {
                self.report_missing_anchor(due?, from, context);
                return Some(BTreeMap::new());
            };
            let rule = raw_session(id, context).and_then(|session| session.repeat.as_ref());
            if let Some(rule) = rule.filter(|rule| rule.value.is_until_further_notice()) {
                context.report(
                    rule::missing_end(&rule.span)
                        .related(self.span_of_due(due?, context), "counted from each day of this series")
                        .help("end the series, or write the deadline in the note of the session"),
                );
                return Some(BTreeMap::new());
            }
            let counted = |day: &SessionDay| {
                let due = DueDate { date: add_offset(day.day, *count)?, hour: *hour };
                Some((day.original, DeadlineDate { due, cancelled: day.cancelled.clone() }))
            };
            return Some(days.iter().filter_map(counted).collect());
        }
        let repeat = repeat?;
        let first = match (printed, due) {
            (Some(printed), _) => Some((printed.value, &printed.span)),
            (None, Some(Spanned { value: Due::On(date), span })) => Some((*date, span)),
            _ => None,
        };
        let Some((first, span)) = first else {
            context.report(
                Problem::error(&repeat.span, "a rule repeats a date")
                    .label("expected `due: …` with the first date")
                    .help("write the first date, or count from each day of a session: 1 week before each q5-call"),
            );
            return Some(BTreeMap::new());
        };
        let zone = self.fields.zone.clone().unwrap_or_else(|| context.zone.clone());
        let start = first.date.to_datetime(first.hour.unwrap_or_else(Time::midnight));
        if repeat.value.is_until_further_notice() {
            context.report(rule::missing_end(&repeat.span).help("each deadline is an event of its own"));
            return Some(BTreeMap::new());
        }
        match rule::days(&repeat.value, start, &zone) {
            Ok(days) => {
                let due = |date| DeadlineDate { due: DueDate { date, ..first }, cancelled: None };
                Some(days.into_iter().map(|date| (date, due(date))).collect())
            }
            Err(fault) => {
                context.report(fault.problem(&repeat.span, span));
                Some(BTreeMap::new())
            }
        }
    }

    /// Returns the date that `due` gives.
    pub(super) fn date_by_rule(&self, days: &DaysOfSessions<'_>, context: &mut MeetingContext<'_>) -> Option<DueDate> {
        let due = self.fields.due.as_ref()?;
        let (count, from, hour) = match &due.value {
            Due::Dropped => return None,
            Due::On(date) => return Some(*date),
            Due::Counted { count, from, hour } => (*count, from, *hour),
        };
        let day = match from {
            CountedFrom::Start => context.days.filter(|_| context.known_dates != KnownDates::Month).map(Days::first),
            CountedFrom::End => context.days.filter(|_| context.known_dates == KnownDates::All).map(Days::last),
            CountedFrom::Session(id) | CountedFrom::Each(id) => days.get(id).and_then(|days| Some(days.first()?.day)),
        };
        if day.is_none() {
            self.report_missing_anchor(due, from, context);
        }
        if let CountedFrom::Session(id) = from {
            self.report_series(due, id, day, context);
        }
        Some(DueDate { date: add_offset(day?, count)?, hour })
    }

    fn report_missing_anchor(&self, due: &Spanned<Due>, from: &CountedFrom, context: &mut MeetingContext<'_>) {
        let meeting = context.raw;
        let (is_here, span) = (is_in_file(due, context), self.span_of_due(due, context));
        let problem = match from {
            // A rule of the study group gives no date before it is known what it is counted from.
            CountedFrom::Start | CountedFrom::End if context.known_dates != KnownDates::All => {
                if !is_here {
                    return;
                }
                let label = match context.known_dates {
                    KnownDates::Month => "only the month of the meeting is known",
                    _ => "only the first day of the meeting is known",
                };
                Problem::error(span, "this deadline cannot be counted yet")
                    .label(label)
                    .help("write its date, or remove it")
            }
            CountedFrom::Start | CountedFrom::End if meeting.has("starts") || meeting.has("ends") => return,
            CountedFrom::Start | CountedFrom::End => Problem::error(span, "no first day to count from")
                .label("expected a date, because the meeting has no `starts:`"),
            CountedFrom::Session(id) | CountedFrom::Each(id) => {
                let ids: Vec<&str> = meeting
                    .sessions
                    .iter()
                    .flatten()
                    .filter_map(|session| session.id.as_ref())
                    .map(|id| id.value.as_str())
                    .collect();
                // A session that could not be decoded has been reported.
                let all_known = meeting.sessions.iter().flatten().all(|session| session.id.is_some());
                if ids.contains(&id.as_str()) || !all_known {
                    return;
                }
                let title = format!("unknown session `{id}` in the deadline `{}`", self.id.value);
                let known: Vec<&str> = ["start", "end"].into_iter().chain(ids).collect();
                Problem::error(span, title)
                    .label("expected the id of a session of this meeting, or `start` or `end`")
                    .suggest(id.as_str(), known)
            }
        };
        let problem = if is_here {
            problem
        } else {
            problem.related(&due.span, "the rule of the study group").help("`due: none` drops it for this meeting")
        };
        context.report(problem);
    }

    /// Returns the span for problems of a due date. One that is inherited is in another file.
    fn span_of_due<'p>(&'p self, due: &'p Spanned<Due>, context: &MeetingContext<'p>) -> &'p Span {
        if is_in_file(due, context) { &due.span } else { self.span(context.file) }
    }

    /// Reports a deadline that is counted from the first instance of a series.
    fn report_series(&self, due: &Spanned<Due>, id: &Id, day: Option<Date>, context: &mut MeetingContext<'_>) {
        let session = raw_session(id, context);
        if let (Some(day), true) = (day, session.is_some_and(|session| session.has("repeat"))) {
            let span = self.span_of_due(due, context);
            context.report(
                Problem::warning(span, Warning::FirstOfSeries, format!("`{id}` is a series"))
                    .label(format!("counted from its first instance, on {day}"))
                    .help(format!("write `before each {id}` for a deadline before every instance"))
                    .help("if it is correct, add `allow: {first-of-series: REASON}` to the deadline"),
            );
        }
    }
}

/// Returns a session of the meeting as it is written.
fn raw_session<'m>(id: &Id, context: &MeetingContext<'m>) -> Option<&'m definition::Session> {
    let is_it = |session: &&definition::Session| session.id.as_ref().is_some_and(|known| known.value == *id);
    context.raw.sessions.iter().flatten().find(is_it)
}

/// Returns `true` if a due date is written in the file of the meeting, and not inherited.
fn is_in_file(due: &Spanned<Due>, context: &MeetingContext<'_>) -> bool {
    due.span.file == context.file.file
}

/// Adds an offset to a day. Months are clamped to the last day of a shorter month.
fn add_offset(day: Date, count: CalendarOffset) -> Option<Date> {
    let span = match count.unit {
        CalendarUnit::Days => count.number.days(),
        CalendarUnit::Weeks => count.number.weeks(),
        CalendarUnit::Months => count.number.months(),
    };
    day.checked_add(span).ok()?.checked_add(count.more_days.days()).ok()
}
