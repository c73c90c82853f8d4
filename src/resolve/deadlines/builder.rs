//! Builds a deadline of a meeting: its date comes from the rule and from the printed date.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::DeadlineFields;
use crate::definition::{self, CalendarOffset, CalendarUnit, CountedFrom, Due, DueDate, Spanned};
use crate::id::Id;
use crate::problem::{Problem, Problems, Span, Warning};
use crate::resolve::clock::ClockFault;
use crate::resolve::context::MeetingContext;
use crate::resolve::identity::{ResolvedUid, former_ids};
use crate::timetable::{DateSource, Days, Deadline, Moment, TimedSpan, When};
use crate::zone::Zone;

/// A deadline put together from the rule of the group and the deadline of the meeting.
pub(super) struct DeadlineBuilder<'a> {
    pub(super) id: &'a Spanned<Id>,
    pub(super) raw: Option<&'a definition::Deadline>,
    pub(super) fields: DeadlineFields,
}

impl DeadlineBuilder<'_> {
    pub(super) fn build(self, first_days: &BTreeMap<&Id, Date>, context: &mut MeetingContext<'_>) -> Option<Deadline> {
        if self.fields.due.as_ref().is_some_and(|due| due.value == Due::Dropped) {
            return None;
        }
        let printed = self.raw.and_then(|raw| raw.printed.as_ref());
        let by_rule = self.date_by_rule(first_days, context);
        if let Some((printed, by_rule)) = printed.zip(by_rule) {
            report_difference(printed, by_rule, context.problems);
        }
        let due = combine_dates(printed.map(|printed| printed.value), by_rule)?;
        // A printed date that differs from the rule's has been reported already.
        if by_rule.is_none_or(|by_rule| by_rule.date == due.date) {
            self.report_late(due.date, printed, context);
        }
        let was = self.raw.and_then(|raw| raw.was.as_ref());
        let uid = self.raw.and_then(|raw| raw.uid.as_ref());
        if let Some(was) = was.filter(|was| was.value.occurrence.is_some()) {
            context.report(
                Problem::error(&was.span, "a deadline has no occurrences")
                    .label("expected a former id of this deadline alone"),
            );
        }
        let id = Spanned { value: self.id.value.clone(), span: self.span(context.file).clone() };
        let identity = context.identity(&id, was, uid, false);
        let ResolvedUid { uid, named } = identity.whole;
        context.register(&uid, &id.span, &identity.source);
        let zone = self.fields.zone.clone().unwrap_or_else(|| context.zone.clone());
        Some(Deadline {
            id: self.id.value.clone(),
            former: former_ids(was),
            uid,
            named,
            due: self.when(due, zone, printed.map(|printed| &printed.span), context)?,
            cancelled: None,
            source: self.source(printed.is_some()),
            title: self.fields.title?,
            concerns: self.fields.concerns.unwrap_or_else(|| context.concerns.clone()),
            audience: self.fields.audience.unwrap_or_default(),
            recommended: self.fields.recommended.unwrap_or_default(),
            how: self.fields.how,
            url: self.fields.url,
            contact: self.fields.contact,
            note: self.fields.note,
        })
    }

    /// Returns the span for problems of the deadline as a whole. An inherited one is in another file, so the meeting
    /// that inherits it is shown instead.
    fn span<'p>(&'p self, file: &'p Span) -> &'p Span {
        self.raw.and_then(|raw| raw.id.as_ref()).map_or(file, |id| &id.span)
    }

    fn source(&self, is_printed: bool) -> DateSource {
        match self.fields.due.as_ref().map(|due| &due.value) {
            _ if is_printed => DateSource::Printed,
            Some(Due::Counted { .. }) => DateSource::Rule,
            _ => DateSource::Stated,
        }
    }

    /// Returns the date that `due` gives.
    fn date_by_rule(&self, first_days: &BTreeMap<&Id, Date>, context: &mut MeetingContext<'_>) -> Option<DueDate> {
        let due = self.fields.due.as_ref()?;
        let (count, from, hour) = match &due.value {
            Due::Dropped => return None,
            Due::On(date) => return Some(*date),
            Due::Counted { count, from, hour } => (*count, from, *hour),
        };
        let day = match from {
            CountedFrom::Start => context.days.map(Days::first),
            CountedFrom::End => context.days.map(Days::last),
            CountedFrom::Session(id) => first_days.get(id).copied(),
        };
        if day.is_none() {
            self.report_missing_anchor(due, from, context);
        }
        Some(DueDate { date: add_offset(day?, count)?, hour })
    }

    fn report_missing_anchor(&self, due: &Spanned<Due>, from: &CountedFrom, context: &mut MeetingContext<'_>) {
        let meeting = context.raw;
        let is_here = due.span.file == context.file.file;
        let span = if is_here { &due.span } else { self.span(context.file) };
        let problem = match from {
            CountedFrom::Start | CountedFrom::End if meeting.has("starts") || meeting.has("ends") => return,
            CountedFrom::Start | CountedFrom::End => Problem::error(span, "no first day to count from")
                .label("expected a date, because the meeting has no `starts:`"),
            CountedFrom::Session(id) => {
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

    /// Reports a deadline after the first day, unless it is counted from something else.
    fn report_late(&self, due: Date, printed: Option<&Spanned<DueDate>>, context: &mut MeetingContext<'_>) {
        let is_meant = self.fields.due.as_ref().is_some_and(
            |due| matches!(&due.value, Due::Counted { count, from, .. } if count.number > 0 || *from != CountedFrom::Start),
        );
        let Some(days) = context.days.filter(|days| due > days.first() && !is_meant) else { return };
        let span = printed.map_or_else(|| self.span(context.file), |printed| &printed.span);
        let problem = Problem::warning(
            span,
            Warning::AfterStart,
            format!("the deadline `{}` falls after the meeting starts", self.id.value),
        )
        .label(format!("expected {} or earlier, found {due}", days.first()))
        .help("if it is correct, add `allow: {after-start: REASON}` to the deadline");
        context.report(problem);
    }

    /// Returns the half hour that ends at the hour, or the whole day if there is no hour.
    fn when(&self, due: DueDate, zone: Zone, printed: Option<&Span>, context: &mut MeetingContext<'_>) -> Option<When> {
        let Some(hour) = due.hour else { return Some(When::AllDay(Days::from_date(due.date))) };
        // Midnight is the end of the day.
        let date = if hour == Time::midnight() { due.date.tomorrow().ok()? } else { due.date };
        let end = date.to_datetime(hour);
        let instant = match zone.instant(end) {
            Ok(instant) => instant,
            Err(change) => {
                let span = printed.or(self.fields.due.as_ref().map(|due| &due.span)).unwrap_or(context.file);
                let problem = ClockFault { date, time: hour, change }.problem(span);
                context.report(problem);
                return None;
            }
        };
        let before = instant.checked_sub(30.minutes()).ok()?;
        let start = Moment { wall: zone.wall_clock(before), instant: before };
        TimedSpan::new(zone, start, Moment { wall: end, instant }).map(When::Timed)
    }
}

/// Returns the printed date, else that of the rule, with the hour of either.
fn combine_dates(printed: Option<DueDate>, by_rule: Option<DueDate>) -> Option<DueDate> {
    let date = printed.or(by_rule)?;
    let hour: Option<Time> = date.hour.or(by_rule.and_then(|by_rule| by_rule.hour));
    Some(DueDate { hour, ..date })
}

/// Reports a printed date that differs from the rule's.
fn report_difference(printed: &Spanned<DueDate>, by_rule: DueDate, problems: &mut Problems) {
    let hours_differ = printed.value.hour.zip(by_rule.hour).is_some_and(|(printed, by_rule)| printed != by_rule);
    if printed.value.date == by_rule.date && !hours_differ {
        return;
    }
    let describe = |due: DueDate| match due.hour.filter(|_| hours_differ) {
        Some(hour) if hour == Time::midnight() => format!("{} 24:00", due.date),
        Some(hour) => format!("{} {}", due.date, hour.strftime("%H:%M")),
        None => due.date.to_string(),
    };
    let (by_rule, found) = (describe(by_rule), describe(printed.value));
    problems.push(
        Problem::warning(&printed.span, Warning::PrintedDate, "the printed date differs from the rule")
            .label(format!("the rule gives {by_rule}, the letter prints {found}; the printed date is used"))
            .help("correct the date if it was mistyped, or the rule if it has changed")
            .help("if the letter is right, add `allow: {printed-date: REASON}` to the deadline"),
    );
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
