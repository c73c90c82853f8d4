//! Exceptions: which of a session's slots a change or a skip refers to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::context::MeetingContext;
use super::slots::{Slot, report_weekday};
use crate::definition::{self, Change, OccurrenceRef, Skip, Spanned};
use crate::problem::{Problem, Span};
use crate::timetable::SkippedDay;

/// The exceptions of a session's slots, by their index.
#[derive(Default)]
pub(super) struct Exceptions<'t> {
    /// The slots that were never planned.
    pub(super) skipped: BTreeSet<usize>,
    /// The days that were never planned with a reason, in order.
    pub(super) reasons: Vec<SkippedDay>,
    /// The slots that are different.
    pub(super) changed: BTreeMap<usize, &'t Change>,
}

impl MeetingContext<'_> {
    /// Resolves the exceptions of a session. Reports a change or skip that matches no slot, or several.
    pub(super) fn exceptions<'t>(&mut self, raw: &'t definition::Session, slots: &[Slot<'_>]) -> Exceptions<'t> {
        let mut exceptions = Exceptions::default();
        // Errors in the days, the hours or the rule have been reported.
        let is_known = raw.days.as_ref().is_none_or(|days| days.is_complete)
            && raw.at.as_ref().is_none_or(|at| at.is_complete)
            && (raw.repeat.is_some() || !raw.has("repeat"));
        if slots.is_empty() || !is_known {
            return exceptions;
        }
        let mut by_day: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
        slots.iter().enumerate().for_each(|(index, slot)| by_day.entry(slot.day.value).or_default().push(index));
        if self.report_if_none_match(raw, &by_day) {
            return exceptions;
        }
        let mut spans: BTreeMap<usize, Span> = BTreeMap::new();
        for skip in raw.skip.iter().flat_map(|skip| &skip.values) {
            let Some(on) = skip.on() else { continue };
            for hit in self.matching_slots(on, slots, &by_day) {
                if self.mark_excepted(hit, &on.span, &mut spans) {
                    exceptions.skipped.insert(hit);
                }
            }
            let reason = self.reason(skip.reason());
            exceptions.reasons.extend(reason.map(|reason| SkippedDay { date: on.value.day.date, reason }));
        }
        exceptions.reasons.sort_by_key(|skipped| skipped.date);
        for change in raw.changes.iter().flatten() {
            for on in change.on.iter().flat_map(|on| &on.values) {
                let matching_slots = self.matching_slots(on, slots, &by_day);
                match matching_slots[..] {
                    [] => {}
                    [hit] => {
                        if self.mark_excepted(hit, &on.span, &mut spans) {
                            exceptions.changed.insert(hit, change);
                        }
                    }
                    _ => self.report(
                        Problem::error(&on.span, "ambiguous occurrence")
                            .label("expected the part of the day or the starting hour after the day")
                            .help(format!("known here: {}", list_times(&matching_slots, slots))),
                    ),
                }
            }
        }
        exceptions
    }

    /// Reports, once, that no skip and no change matches a day of the session: the days themselves have shifted.
    /// Returns whether it did.
    fn report_if_none_match(&mut self, raw: &definition::Session, by_day: &BTreeMap<Date, Vec<usize>>) -> bool {
        let skips = raw.skip.iter().flat_map(|skip| &skip.values).filter_map(Skip::on);
        let changes = raw.changes.iter().flatten().filter_map(|change| change.on.as_ref()).flat_map(|on| &on.values);
        let all: Vec<&Spanned<OccurrenceRef>> = skips.chain(changes).collect();
        let ([first, _, ..], Some(day)) = (&all[..], by_day.keys().next()) else { return false };
        if all.iter().any(|occurrence| by_day.contains_key(&occurrence.value.day.date)) {
            return false;
        }
        let typed_days = raw.day.as_ref().map(|day| &day.span).or(raw.days.as_ref().map(|days| &days.span));
        let span = typed_days.unwrap_or(&raw.span);
        self.report(
            Problem::error(span, "no skip and no change of this session matches one of its days")
                .label(format!("its first day is {day}"))
                .related(&first.span, format!("the first of {} that do not match", all.len()))
                .help(
                    "correct the day or the rule if it was mistyped, or the skips and changes if the session was moved",
                ),
        );
        true
    }

    /// Marks a slot as excepted, or reports it if it already is. Returns `true` if it was marked.
    fn mark_excepted(&mut self, hit: usize, span: &Span, spans: &mut BTreeMap<usize, Span>) -> bool {
        if let Some(first) = spans.get(&hit) {
            let problem = Problem::error(span, "duplicate change or skip of one occurrence")
                .label("expected each occurrence once")
                .related(first, "first here")
                .help("merge the two into one change");
            self.report(problem);
            return false;
        }
        spans.insert(hit, span.clone());
        true
    }

    /// Returns the slots that a reference matches, at least one unless a problem was reported.
    fn matching_slots(
        &mut self,
        occurrence: &Spanned<OccurrenceRef>,
        slots: &[Slot<'_>],
        by_day: &BTreeMap<Date, Vec<usize>>,
    ) -> Vec<usize> {
        report_weekday(occurrence.value.day, &occurrence.span, self.problems);
        let of_day = by_day.get(&occurrence.value.day.date).map(Vec::as_slice).unwrap_or_default();
        let is_meant = |index: &&usize| {
            let wanted = occurrence.value.part_or_hour.as_ref();
            wanted.is_none_or(|wanted| slots[**index].at.value.part_or_hour() == *wanted)
        };
        let matching_slots: Vec<usize> = of_day.iter().filter(is_meant).copied().collect();
        if matching_slots.is_empty() {
            let help = if of_day.is_empty() {
                format!("the session's days are: {}", list_days(occurrence.value.day.date, by_day))
            } else {
                format!("on that day: {}", list_times(of_day, slots))
            };
            self.report(
                Problem::error(&occurrence.span, "unknown occurrence")
                    .label("expected the original day and the part of the day or starting hour of an occurrence")
                    .help(help),
            );
        }
        matching_slots
    }
}

/// Lists the parts and hours of some slots, for messages.
fn list_times(indices: &[usize], slots: &[Slot<'_>]) -> String {
    indices.iter().map(|index| slots[*index].at.value.part_or_hour()).collect::<Vec<_>>().join(", ")
}

/// Lists the days next to a day that does not exist, for messages.
fn list_days(wanted: Date, by_day: &BTreeMap<Date, Vec<usize>>) -> String {
    const MOST: usize = 8;
    if by_day.len() <= MOST {
        return by_day.keys().map(Date::to_string).collect::<Vec<_>>().join(", ");
    }
    let before = by_day.range(..wanted).next_back().map(|(day, _)| day);
    let after = by_day.range(wanted..).next().map(|(day, _)| day);
    let next: Vec<String> = before.into_iter().chain(after).map(Date::to_string).collect();
    format!("… {} …", next.join(", "))
}
