//! The occurrences of a session, with their overrides and UIDs, and the recurrence rule if calendars are given one.

use std::collections::BTreeSet;

use super::context::MeetingContext;
use super::exceptions::Exceptions;
use super::identity::ResolvedUid;
use super::overrides::new_time;
use super::rule;
use super::slots::{Slot, report_weekday};
use crate::definition::{self, RuleEnd, Spanned, TimeOfDay};
use crate::problem::{Problem, Span};
use crate::timetable::{AnnouncedHours, Days, Details, Occurrence, Series, SkippedDay, Uid, When};
use crate::zone::{ClockChange, Zone};

/// When a session takes place.
pub(super) struct Timing {
    pub(super) occurrences: Vec<Occurrence>,
    pub(super) series: Option<Series>,
    pub(super) skipped: Vec<SkippedDay>,
}

/// A slot with its time.
struct PlannedSlot<'s> {
    slot: &'s Slot<'s>,
    /// The original time, if it exists on the clock.
    original: Option<(When, AnnouncedHours)>,
    is_skipped: bool,
    change: Option<&'s definition::Change>,
}

impl MeetingContext<'_> {
    /// Resolves when a session takes place, or returns `None` if that failed, which has been reported.
    pub(super) fn timing(&mut self, raw: &definition::Session, details: &Details, zone: &Zone) -> Option<Timing> {
        let slots = self.slots(raw, zone);
        let exceptions = self.exceptions(raw, &slots);
        let planned = self.planned(&slots, &exceptions, zone);
        if !planned.is_empty() && planned.iter().all(|planned| planned.is_skipped) {
            let span = raw.skip.as_ref().map_or(&raw.span, |skip| &skip.span);
            self.report(
                Problem::error(span, "all occurrences of the session are skipped")
                    .label("expected at least one that takes place")
                    .help("remove the session, or add `cancelled:` with the reason if it was announced"),
            );
        }
        // A session with lists has the day and the part in its UIDs, even if the list has one entry: a day that is
        // added later must not change the UID of the first.
        let has_several = raw.repeat.is_none() && (raw.days.is_some() || raw.at.as_ref().is_some_and(|at| at.is_list));
        let id = raw.id.as_ref()?;
        let identity = self.identity(id, raw.was.as_ref(), raw.uid.as_ref(), has_several);
        let series = raw.repeat.as_ref().and_then(|repeat| series(repeat, &planned, zone, &identity.whole));
        if let Some(repeat) = raw.repeat.as_ref().filter(|_| series.is_none()) {
            self.report_missing_end(repeat, &planned);
        }
        // Which occurrence it was may not be clear, which is reported.
        let is_unclear = raw.was.as_ref().is_some_and(|was| was.value.is_unclear());
        let mut claimed: BTreeSet<Uid> = BTreeSet::new();
        let mut occurrences = Vec::new();
        for (index, planned) in planned.iter().filter(|planned| !planned.is_skipped).enumerate() {
            // An expanded series keeps its UID on its first instance.
            let is_whole = series.is_some() || (!has_several && index == 0);
            let uid = if is_whole {
                identity.whole.clone()
            } else {
                identity.occurrence_uid(planned.slot.day.value, &planned.slot.at.value.part_or_hour())
            };
            if claimed.insert(uid.uid.clone()) && !is_unclear {
                self.register(&uid.uid, &id.span, &identity.source);
            }
            occurrences.extend(self.occurrence(planned, uid, details, zone));
        }
        self.report_unfollowed(raw, &occurrences);
        occurrences.sort_by(|a, b| (a.when.sort_key(), &a.uid).cmp(&(b.when.sort_key(), &b.uid)));
        (!occurrences.is_empty()).then_some(Timing { skipped: exceptions.reasons, occurrences, series })
    }

    /// Resolves the times of slots. A time that a clock change skips or repeats is reported once for each `at`.
    fn planned<'s>(&mut self, slots: &'s [Slot<'s>], exceptions: &Exceptions<'s>, zone: &Zone) -> Vec<PlannedSlot<'s>> {
        let mut reported: BTreeSet<Span> = BTreeSet::new();
        let mut planned = Vec::new();
        for (index, slot) in slots.iter().enumerate() {
            let Some(clock) = self.resolve_time(&slot.at.value) else { continue };
            let change = exceptions.changed.get(&index).copied();
            let is_skipped = exceptions.skipped.contains(&index);
            let original = self.resolve_when(slot.day.value, &clock, zone);
            let is_moved = change.is_some_and(|change| new_time(change).is_some());
            if let Err(fault) = &original
                && !is_skipped
                && !is_moved
                && reported.insert(slot.at.span.clone())
            {
                self.report(fault.problem(&slot.at.span));
            }
            planned.push(PlannedSlot { slot, original: original.ok(), is_skipped, change });
        }
        planned
    }

    /// Reports a rule that goes on until further notice although calendars cannot be given it.
    fn report_missing_end(&mut self, repeat: &Spanned<definition::RecurrenceRule>, planned: &[PlannedSlot<'_>]) {
        let is_expanded = planned.iter().any(|planned| !planned.is_skipped && planned.original.is_some());
        if repeat.value.is_until_further_notice() && is_expanded {
            self.report(rule::missing_end(&repeat.span).help(
                "calendars cannot be given this series as a rule, only each of its days; a plain rule at fixed hours, \
                     such as FREQ=WEEKLY;BYDAY=TU, can go on until further notice",
            ));
        }
    }

    fn occurrence(
        &mut self,
        planned: &PlannedSlot<'_>,
        ResolvedUid { uid, named }: ResolvedUid,
        details: &Details,
        zone: &Zone,
    ) -> Option<Occurrence> {
        let Some(raw) = planned.change else {
            let (original, hours) = planned.original.clone()?;
            return Some(Occurrence { uid, named, when: original.clone(), original, hours, overridden_by: None });
        };
        let change = self.change(raw, details, zone);
        let there = self.assumptions_at(raw);
        let elsewhere = there.and_then(|there| self.usual_hours_elsewhere(there, planned.slot));
        let Some(moved) = new_time(raw).or(elsewhere) else {
            let (original, hours) = planned.original.clone()?;
            let overridden_by = Some(Box::new(change));
            return Some(Occurrence { uid, named, when: original.clone(), original, hours, overridden_by });
        };
        let usual = self.assumptions;
        self.assumptions = there.unwrap_or(usual);
        let time = self.moved(&moved, planned.slot, zone);
        self.assumptions = usual;
        let (when, hours) = time?;
        if new_time(raw).is_some() && planned.original.as_ref() == Some(&(when.clone(), hours.clone())) {
            let key = if raw.moved.is_some() { "moved" } else { "at" };
            self.report(
                Problem::error(&moved.span, format!("`{key}` has the original time"))
                    .label("expected another day or another time")
                    .help(format!("remove `{key}`, or correct it")),
            );
        }
        // If the original time does not exist on the clock, only the day is known.
        let day = || When::AllDay(Days::from_date(planned.slot.day.value));
        let original = planned.original.clone().map_or_else(day, |(original, _)| original);
        Some(Occurrence { uid, named, original, when, hours, overridden_by: Some(Box::new(change)) })
    }

    /// Resolves the time that an occurrence was moved to.
    fn moved(
        &mut self,
        moved: &Spanned<definition::MovedTo>,
        slot: &Slot<'_>,
        zone: &Zone,
    ) -> Option<(When, AnnouncedHours)> {
        let date = match moved.value.day {
            Some(day) => {
                report_weekday(day, &moved.span, self.problems);
                let day = Spanned { value: day.date, span: moved.span.clone() };
                self.report_odd_days(std::slice::from_ref(&day));
                day.value
            }
            None => slot.day.value,
        };
        let at = moved.value.at.clone();
        let at = at.map_or_else(|| slot.at.clone(), |at| Spanned { value: at, span: moved.span.clone() });
        let Some(time) = self.resolve_time(&at.value) else {
            self.report_missing_hours(&at);
            return None;
        };
        match self.resolve_when(date, &time, zone) {
            Ok(when) => Some(when),
            Err(fault) => {
                self.report(fault.problem(&moved.span));
                None
            }
        }
    }
}

/// Returns the series as calendars are given it, if Outlook and Exchange keep the rule and a VTIMEZONE covers all of
/// its instances. Otherwise every occurrence is an event of its own. clients.md F3, F4, E9
fn series(
    repeat: &Spanned<definition::RecurrenceRule>,
    planned: &[PlannedSlot<'_>],
    zone: &Zone,
    uid: &ResolvedUid,
) -> Option<Series> {
    // Some clients show the first instance despite EXDATE, so the series begins with the first one that was planned.
    let planned = &planned[planned.iter().position(|planned| !planned.is_skipped)?..];
    let ([first, .., last], true) = (planned, planned.len() > 1) else { return None };
    let mut rule = rule::client_safe(&repeat.value, first.slot.day.value)?;
    if let Some(RuleEnd::Count(count)) = &mut rule.end {
        *count = u32::try_from(planned.len()).unwrap_or(*count);
    }
    let originals: Vec<&(When, AnnouncedHours)> =
        planned.iter().map(|planned| planned.original.as_ref()).collect::<Option<_>>()?;
    let (first_when, hours) = first.original.clone()?;
    if !originals.iter().all(|(when, _)| fits_vtimezone(when, zone) && has_wall_clock_length(when)) {
        return None;
    }
    // Another session may end at another hour on each day.
    if matches!(hours, AnnouncedHours::After(_)) {
        return None;
    }
    if planned.iter().any(changes_all_day) || crosses_skipped_hour(&first_when, &last.original.as_ref()?.0) {
        return None;
    }
    // The completed rule must give the same days as the written one.
    let start = first_when.sort_key().0;
    let days: Vec<jiff::civil::Date> = planned.iter().map(|planned| planned.slot.day.value).collect();
    // One without an end goes on after the last day that is planned.
    let gives_days = |given: &[jiff::civil::Date]| {
        if rule.is_until_further_notice() { given.starts_with(&days) } else { given == days }
    };
    if !rule::days(&rule, start, zone).is_ok_and(|given| gives_days(&given)) {
        return None;
    }
    let skipped = planned.iter().filter(|planned| planned.is_skipped);
    Some(Series {
        uid: uid.uid.clone(),
        named: uid.named.clone(),
        rule,
        first: first_when,
        hours,
        last: last.original.clone()?.0,
        skipped: skipped.filter_map(|planned| Some(planned.original.clone()?.0)).collect(),
    })
}

/// Returns `true` if an occurrence was moved from whole days to an hour or back. Some clients then show both.
fn changes_all_day(planned: &PlannedSlot<'_>) -> bool {
    let is_all_day = |at: &TimeOfDay| matches!(at, TimeOfDay::Unknown | TimeOfDay::Until(_));
    let moved = planned.change.and_then(new_time).and_then(|moved| moved.value.at);
    moved.is_some_and(|at| is_all_day(&at) != is_all_day(&planned.slot.at.value))
}

/// Returns `true` if the clocks skip the hour of a series on any day between its first and last instance. Some
/// clients step from day to day, and are an hour late from there on.
fn crosses_skipped_hour(first: &When, last: &When) -> bool {
    let (When::Timed(first), When::Timed(last)) = (first, last) else { return false };
    let (zone, hour) = (first.zone(), first.start().wall.time());
    let changes = zone.transitions(first.start().instant, last.end().instant);
    changes
        .into_iter()
        .any(|change| zone.instant(zone.wall_clock(change).date().to_datetime(hour)) == Err(ClockChange::Skipped))
}

fn fits_vtimezone(when: &When, zone: &Zone) -> bool {
    match when {
        When::Timed(span) => zone.is_utc() || span.vtimezone().is_some(),
        When::AllDay(_) => true,
    }
}

/// Returns `true` if it lasts as long as the wall clock says. If the clocks change in between, some clients keep the
/// wall clock length for all instances and others the elapsed time.
fn has_wall_clock_length(when: &When) -> bool {
    match when {
        When::Timed(span) => {
            let passed = span.start().instant.duration_until(span.end().instant);
            span.start().wall.duration_until(span.end().wall) == passed
        }
        When::AllDay(_) => true,
    }
}
