//! Finds what changed in the instances of a series.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::differences::{ComparedFields, compare};
use crate::ledger::Difference;
use crate::timetable::{Details, Occurrence, Session, When};

/// The largest number of instances of a series that are listed one by one.
const MAX_INSTANCES: usize = 6;

/// Returns the times on the first day that the rules of both give.
pub(super) fn same_day<'a>(then: &'a Session, now: &'a Session) -> Option<(&'a When, &'a When)> {
    let days: BTreeMap<Date, &When> = then.planned_times().map(|when| (when.first_day(), when)).collect();
    let both = now.planned_times().filter_map(|when| Some((*days.get(&when.first_day())?, when)));
    both.min_by_key(|(_, when)| when.sort_key())
}

/// Returns the instance of a series that was planned for a day, if it was not skipped.
fn instance(session: &Session, day: Date) -> Option<&Occurrence> {
    session.occurrences.iter().find(|occurrence| occurrence.original.first_day() == day)
}

/// Adds the instances of a series that differ: the first few one by one, else that the dates differ.
pub(super) fn compare_instances(then: &Session, now: &Session, found: &mut Vec<Difference>) {
    // By day, because all hours of the series may be others.
    let originals = now.planned_times().chain(then.planned_times()).map(|original| (original.first_day(), original));
    let originals: BTreeMap<Date, &When> = originals.collect();
    let mut instances = Vec::new();
    for (day, original) in originals {
        let difference = match (instance(then, day), instance(now, day)) {
            // A cancelled one may leave the series.
            (Some(one), None) if then.cancelled(one).is_some() => continue,
            (Some(_), None) => Difference::Gone,
            (None, Some(_)) => Difference::New,
            (Some(one), Some(other)) if differs_from_series(one, other) => {
                let mut fields = ComparedFields::from_instance(then, one);
                let fields_now = ComparedFields::from_instance(now, other);
                if moves_with_series(one, other) {
                    fields.when = fields_now.when;
                }
                let mut of_it = Vec::new();
                compare(&fields, &fields_now, &mut of_it);
                // A difference of the whole series is told for the series.
                match of_it.into_iter().find(|difference| !found.contains(difference)) {
                    Some(Difference::Moved(_)) => Difference::MovedTo(other.when.clone()),
                    Some(difference) => difference,
                    None if has_details_of_its_own(then, one, now, other) => Difference::Details,
                    None => continue,
                }
            }
            _ => continue,
        };
        // Readers know an instance by what they were shown before.
        let shown = instance(then, day).map_or(original, |one| &one.when);
        instances.push(Difference::Instance(shown.clone(), Box::new(difference)));
    }
    let has_more = instances.len() > MAX_INSTANCES;
    found.extend(instances.into_iter().take(MAX_INSTANCES));
    if has_more {
        found.push(Difference::Dates);
    }
}

/// Returns `true` if an instance is as much earlier or later than before as its series.
fn moves_with_series(then: &Occurrence, now: &Occurrence) -> bool {
    let shift = |one: &When, other: &When| match (one, other) {
        (When::Timed(one), When::Timed(other)) => {
            let (starts, ends) = ((one.start(), other.start()), (one.end(), other.end()));
            Some([starts, ends].map(|(one, other)| other.instant.duration_since(one.instant)))
        }
        _ => None,
    };
    shift(&then.when, &now.when).is_some_and(|shifted| shift(&then.original, &now.original) == Some(shifted))
}

/// Returns `true` if an instance has another note, other links or another reason than before, and not with its series.
fn has_details_of_its_own(then: &Session, one: &Occurrence, now: &Session, other: &Occurrence) -> bool {
    let rest = |session: &Session, occurrence: &Occurrence| {
        let change = occurrence.overridden_by.as_ref();
        let reason = change.and_then(|change| change.reason.clone());
        (reason, session.cancelled(occurrence).cloned(), change.and_then(|change| change.moved))
    };
    let details = |details: &Details| (details.note.clone(), details.links.clone());
    let (details_then, details_now) = (details(then.details(one)), details(now.details(other)));
    let follows_series = details(&then.details) == details_then && details(&now.details) == details_now;
    rest(then, one) != rest(now, other) || (details_then != details_now && !follows_series)
}

/// Replaces what is told of each instance of a series that was removed while it ran.
pub(super) fn tell_once_that_series_went(found: &mut Vec<Difference>) {
    let why = found.iter().find_map(|difference| match difference {
        Difference::Instance(_, what) => {
            Some(&**what).filter(|what| matches!(what, Difference::Gone | Difference::Replaced))
        }
        _ => None,
    });
    if let Some(why) = why.cloned() {
        found.retain(|difference| !matches!(difference, Difference::Instance(..) | Difference::Dates));
        found.push(why);
    }
}

/// Returns `true` if an instance may differ in another way than its series.
fn differs_from_series(then: &Occurrence, now: &Occurrence) -> bool {
    let is_plain = then.overridden_by.is_none() && now.overridden_by.is_none();
    !is_plain && (then.overridden_by != now.overridden_by || then.when != now.when)
}
