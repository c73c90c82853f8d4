//! Finds what changed in the instances of a series.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::differences::{ComparedFields, compare};
use crate::feed::Entry;
use crate::ledger::Difference;
use crate::timetable::{Details, Occurrence, Session, When};

/// The largest number of instances of a series that are listed one by one.
const MAX_INSTANCES: usize = 6;

/// Returns the planned times of both on one day, by which all hours of a series are compared: the first day on which both
/// have an instance ahead and the hours differ, else the first on which both have one, else the first that both rules give.
pub(super) fn same_day<'a>(then: &'a Session, now: &'a Session, instant: Timestamp) -> Option<(&'a When, &'a When)> {
    let live = |session: &'a Session| {
        let live = session.occurrences.iter().filter(|occurrence| session.cancelled(occurrence).is_none());
        live.map(|occurrence| &occurrence.original).collect::<Vec<_>>()
    };
    let both = |then: Vec<&'a When>, now: Vec<&'a When>| {
        let days: BTreeMap<Date, &When> = then.into_iter().map(|when| (when.first_day(), when)).collect();
        let both = now.into_iter().filter_map(|when| Some((*days.get(&when.first_day())?, when)));
        let mut both: Vec<(&When, &When)> = both.collect();
        both.sort_by_key(|(_, when)| when.sort_key());
        both
    };
    let shown = both(live(then), live(now));
    let ahead = || shown.iter().filter(|(then, now)| then.end().max(now.end()) > instant);
    let differs = |(then, now): &&(&When, &When)| has_other_instants(then, now);
    let planned = || both(then.planned_times().collect(), now.planned_times().collect()).first().copied();
    ahead().find(differs).or_else(|| ahead().next()).or(shown.first()).copied().or_else(planned)
}

/// Returns `true` if the rules of both give one day.
pub(super) fn have_same_day(then: &Session, now: &Session) -> bool {
    let days: BTreeSet<Date> = then.planned_times().map(When::first_day).collect();
    now.planned_times().any(|when| days.contains(&when.first_day()))
}

/// Returns the time of a series that is compared with that of a single day: that of the instance on this day, else of the
/// first one ahead that takes place.
pub(super) fn time_beside(session: &Session, day: Date, instant: Timestamp) -> Option<&When> {
    let live = || session.occurrences.iter().filter(|occurrence| session.cancelled(occurrence).is_none());
    let on_the_day = live().find(|occurrence| occurrence.when.first_day() == day);
    let ahead = || live().find(|occurrence| occurrence.when.end() > instant);
    on_the_day.or_else(ahead).or_else(|| live().next()).map(|occurrence| &occurrence.when)
}

fn has_other_instants(then: &When, now: &When) -> bool {
    match (then, now) {
        (When::Timed(one), When::Timed(other)) => {
            (one.start().instant, one.end().instant) != (other.start().instant, other.end().instant)
        }
        _ => then != now,
    }
}

/// Returns the instance of a series that was planned for a day, if it was not skipped.
fn instance(session: &Session, day: Date) -> Option<&Occurrence> {
    session.occurrences.iter().find(|occurrence| occurrence.original.first_day() == day)
}

/// Adds the instances of a series that differ and are not over: the first few one by one, else that the dates differ.
pub(super) fn compare_instances(
    before: &Entry<'_>,
    after: &Entry<'_>,
    instant: Timestamp,
    found: &mut Vec<Difference>,
) {
    let (Some(then), Some(now)) = (before.session(), after.session()) else { return };
    // By day, because all hours of the series may be others.
    let originals = now.planned_times().chain(then.planned_times()).map(|original| (original.first_day(), original));
    let originals: BTreeMap<Date, &When> = originals.collect();
    let mut instances: Vec<Vec<Difference>> = Vec::new();
    let mut has_other_cancelled = false;
    let today = Offset::UTC.to_datetime(instant).date();
    for (day, original) in originals {
        if then.is_beyond_plans(day, today) && now.is_beyond_plans(day, today) {
            break;
        }
        let (one, other) = (instance(then, day), instance(now, day));
        if one.into_iter().chain(other).all(|occurrence| occurrence.when.end() <= instant) {
            continue;
        }
        let differences = match (one, other) {
            // A cancelled one may leave the series, and one that was never there may be cancelled from the beginning.
            (Some(one), None) if then.cancelled(one).is_some() => {
                has_other_cancelled = true;
                continue;
            }
            (None, Some(other)) if now.cancelled(other).is_some() => {
                has_other_cancelled = true;
                continue;
            }
            (Some(_), None) => vec![Difference::Gone],
            (None, Some(_)) => vec![Difference::New],
            (Some(one), Some(other)) if differs_from_series(one, other) => {
                compare_instance((before, one), (after, other), found)
            }
            _ => continue,
        };
        // Readers know an instance by what they were shown before, or are shown now if it did not take place.
        let was_not_there =
            differences.iter().any(|difference| is_restoration(difference) || *difference == Difference::New);
        let shown = if was_not_there { other.or(one) } else { one };
        let shown = shown.map_or(original, |occurrence| &occurrence.when);
        let told = differences.into_iter().map(|what| Difference::Instance(shown.clone(), Box::new(what)));
        instances.push(told.collect());
    }
    instances.retain(|told| !told.is_empty());
    let has_more = instances.len() > MAX_INSTANCES;
    found.extend(instances.into_iter().take(MAX_INSTANCES).flatten());
    if (has_more && !found.contains(&Difference::Dates)) || (has_other_cancelled && found.is_empty()) {
        found.push(Difference::Dates);
    }
}

/// Returns what differs in one instance, beyond what is told of the whole series.
fn compare_instance(
    before: (&Entry<'_>, &Occurrence),
    after: (&Entry<'_>, &Occurrence),
    found: &[Difference],
) -> Vec<Difference> {
    let ((before, one), (after, other)) = (before, after);
    let (Some(then), Some(now)) = (before.session(), after.session()) else { return Vec::new() };
    let mut fields = ComparedFields::from_instance(before, then, one);
    let fields_now = ComparedFields::from_instance(after, now, other);
    if moves_with_series(one, other) {
        fields.when = fields_now.when;
    }
    let mut of_it = Vec::new();
    compare(&fields, &fields_now, &mut of_it);
    of_it.retain(|difference| !found.contains(difference));
    // The time at which it takes place after all says enough.
    if of_it.iter().any(is_restoration) {
        of_it.retain(|difference| !difference.is_move() && !matches!(difference, Difference::Until(_)));
    }
    for difference in &mut of_it {
        if difference.is_move() {
            *difference = Difference::MovedTo(other.when.clone());
        }
    }
    if of_it.is_empty() && has_details_of_its_own(then, one, now, other) {
        of_it.push(Difference::Details);
    }
    of_it
}

/// Returns `true` if it says that what was cancelled takes place now.
fn is_restoration(difference: &Difference) -> bool {
    matches!(difference, Difference::Restored | Difference::Back)
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
        (reason, session.cancelled(occurrence).cloned(), occurrence.moved_from().is_some())
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
