//! Builds a deadline of a meeting: its date comes from the rule and from the printed date.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::DeadlineFields;
use super::dates::{DaysOfSessions, DeadlineDate};
use crate::definition::{self, CountedFrom, Due, DueDate, Spanned};
use crate::id::Id;
use crate::problem::{Problem, Problems, Span, Warning};
use crate::resolve::clock::ClockFault;
use crate::resolve::context::MeetingContext;
use crate::resolve::identity::{Identity, ResolvedUid, former_ids};
use crate::timetable::{DateSource, Days, Deadline, KnownDates, Moment, TimedSpan, When};
use crate::zone::Zone;

/// A deadline put together from the rule of the group and the deadline of the meeting.
pub(super) struct DeadlineBuilder<'a> {
    pub(super) id: &'a Spanned<Id>,
    pub(super) raw: Option<&'a definition::Deadline>,
    pub(super) fields: DeadlineFields,
}

impl DeadlineBuilder<'_> {
    /// Returns the deadline; several if it is counted from each day of a session, or repeats.
    pub(super) fn build(self, days: &DaysOfSessions<'_>, context: &mut MeetingContext<'_>) -> Vec<Deadline> {
        if self.fields.due.as_ref().is_some_and(|due| due.value == Due::Dropped) {
            return Vec::new();
        }
        match self.several_dates(days, context) {
            Some(dates) => self.build_several(dates, context),
            None => self.build_one(days, context).into_iter().collect(),
        }
    }

    fn build_one(self, days: &DaysOfSessions<'_>, context: &mut MeetingContext<'_>) -> Option<Deadline> {
        let printed = self.raw.and_then(|raw| raw.printed.as_ref());
        let by_rule = self.date_by_rule(days, context);
        if let Some((printed, by_rule)) = printed.zip(by_rule) {
            report_difference(printed, by_rule, context.problems);
        }
        let due = combine_dates(printed.map(|printed| printed.value), by_rule)?;
        // A printed date that differs from the rule's has been reported already.
        if by_rule.is_none_or(|by_rule| by_rule.date == due.date) {
            self.report_late(due.date, printed, context);
        }
        let identity = self.identity(false, context);
        let uid = identity.whole.clone();
        self.deadline(uid, &identity, due, context)
    }

    /// Builds a deadline for each date. Its UID has the day by which the date was found.
    fn build_several(self, dates: BTreeMap<Date, DeadlineDate>, context: &mut MeetingContext<'_>) -> Vec<Deadline> {
        let identity = self.identity(true, context);
        let mut deadlines = Vec::new();
        for (day, DeadlineDate { due, cancelled }) in dates {
            let uid = identity.occurrence_uid(day, "due");
            let deadline = self.deadline(uid, &identity, due, context);
            deadlines.extend(deadline.map(|deadline| Deadline { cancelled, ..deadline }));
        }
        deadlines
    }

    fn identity(&self, has_several: bool, context: &mut MeetingContext<'_>) -> Identity {
        let was = self.raw.and_then(|raw| raw.was.as_ref());
        let uid = self.raw.and_then(|raw| raw.uid.as_ref());
        if let Some(was) = was.filter(|was| was.value.occurrence.is_some()) {
            context.report(
                Problem::error(&was.span, "a deadline has no occurrences")
                    .label("expected a former id of this deadline alone"),
            );
        }
        let id = Spanned { value: self.id.value.clone(), span: self.span(context.file).clone() };
        context.identity(&id, was, uid, has_several)
    }

    fn deadline(
        &self,
        ResolvedUid { uid, named }: ResolvedUid,
        identity: &Identity,
        due: DueDate,
        context: &mut MeetingContext<'_>,
    ) -> Option<Deadline> {
        let span = self.span(context.file).clone();
        context.register(&uid, &span, &identity.source);
        let printed = self.raw.and_then(|raw| raw.printed.as_ref());
        let fields = self.fields.clone();
        let zone = fields.zone.unwrap_or_else(|| context.zone.clone());
        Some(Deadline {
            id: self.id.value.clone(),
            former: former_ids(self.raw.and_then(|raw| raw.was.as_ref())),
            uid,
            named,
            due: self.when(due, zone, printed.map(|printed| &printed.span), context)?,
            cancelled: None,
            source: self.source(printed.is_some()),
            title: fields.title?,
            concerns: fields.concerns.unwrap_or_else(|| context.concerns.clone()),
            audience: fields.audience.unwrap_or_default(),
            recommended: fields.recommended.unwrap_or_default(),
            how: fields.how,
            url: fields.url,
            contact: fields.contact,
            note: fields.note,
        })
    }

    /// Returns the span for problems of the deadline as a whole. An inherited one is in another file, so the meeting
    /// that inherits it is shown instead.
    pub(super) fn span<'p>(&'p self, file: &'p Span) -> &'p Span {
        self.raw.and_then(|raw| raw.id.as_ref()).map_or(file, |id| &id.span)
    }

    /// Returns `true` if it is due on a date, not by a rule.
    fn is_dated(&self) -> bool {
        self.fields.due.as_ref().is_none_or(|due| matches!(due.value, Due::On(_)))
    }

    fn source(&self, is_printed: bool) -> DateSource {
        match self.fields.due.as_ref().map(|due| &due.value) {
            _ if is_printed => DateSource::Printed,
            Some(Due::Counted { .. }) => DateSource::Rule,
            _ => DateSource::Stated,
        }
    }

    /// Reports a deadline after the first day, unless it is counted from something else, or is a date after the meeting.
    fn report_late(&self, due: Date, printed: Option<&Spanned<DueDate>>, context: &mut MeetingContext<'_>) {
        let is_meant = self.fields.due.as_ref().is_some_and(
            |due| matches!(&due.value, Due::Counted { count, from, .. } if count.number > 0 || *from != CountedFrom::Start),
        );
        let is_after = |days: Days| due > days.last() && (printed.is_some() || self.is_dated());
        let is_late = |days: &Days| due > days.first() && !is_meant && !is_after(*days);
        let is_known = context.known_dates != KnownDates::Month;
        let Some(days) = context.days.filter(|days| is_known && is_late(days)) else { return };
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
