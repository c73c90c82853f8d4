//! Instances that were taken out of a published series: they stay in it as cancelled, so that calendars do not lose them
//! without a word. The rule goes on to the last one that was published. clients.md F9

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::timetable::{Cancellation, Occurrence, Override, Series, Session, When};

/// Adds to a session, as cancelled, the instances that its series had in the previous release and that are ahead at
/// `instant`. Those that had no reason of their own have the one that is given; none if their meeting was cancelled and
/// has it. Returns `None` if there are none, or if the dates of the series are others, so that no rule gives both.
pub(super) fn with_instances_taken_out(
    now: &Session,
    before: &Session,
    otherwise: Option<&Cancellation>,
    instant: Timestamp,
) -> Option<Session> {
    let otherwise = otherwise.cloned();
    let series = before.series.as_ref()?;
    let days: BTreeSet<Date> = now.occurrences.iter().map(day).collect();
    let is_kept = |occurrence: &&Occurrence| {
        let is_known = before.cancelled(occurrence) == Some(&Cancellation::Gone);
        !days.contains(&day(occurrence)) && (is_known || occurrence.when.end() > instant)
    };
    let taken_out: Vec<&Occurrence> = before.occurrences.iter().filter(is_kept).collect();
    let first = now.occurrences.first().filter(|_| !taken_out.is_empty())?;
    let out: BTreeSet<Date> = taken_out.iter().map(|occurrence| day(occurrence)).collect();
    let base = base_series(now, before, series, &out)?;
    let all = planned_days(base.session, base.series);
    let with_hours = now.series.as_ref().map_or(&first.original, |series| &series.first);
    let planned = |day: Date| with_hours.on_day(day);
    let cancelled = |occurrence: &&Occurrence| {
        Some(Occurrence {
            uid: first.uid.clone(),
            named: first.named.clone(),
            original: planned(day(occurrence))?,
            // Also if the series is at other hours now.
            when: occurrence.when.clone(),
            hours: occurrence.hours,
            overridden_by: match before.cancelled(occurrence).cloned().or_else(|| otherwise.clone()) {
                None => occurrence.overridden_by.clone(),
                cancelled => Some(Box::new(Override {
                    details: before.details(occurrence).clone(),
                    moved: occurrence.overridden_by.as_ref().and_then(|change| change.moved),
                    cancelled,
                    reason: None,
                })),
            },
        })
    };
    let cancelled: Vec<Occurrence> = taken_out.iter().map(cancelled).collect::<Option<_>>()?;
    let skipped = all.keys().filter(|day| !days.contains(day) && !out.contains(day)).copied();
    let mut session = now.clone();
    session.series = Some(Series {
        uid: first.uid.clone(),
        named: first.named.clone(),
        rule: base.series.rule.clone(),
        first: planned(*all.keys().next()?)?,
        hours: now.series.as_ref().map_or(first.hours, |series| series.hours),
        last: planned(*all.keys().next_back()?)?,
        skipped: skipped.map(planned).collect::<Option<_>>()?,
    });
    session.occurrences.extend(cancelled);
    session.occurrences.sort_by(|a, b| (a.when.sort_key(), &a.uid).cmp(&(b.when.sort_key(), &b.uid)));
    Some(session)
}

fn day(occurrence: &Occurrence) -> Date {
    occurrence.original.first_day()
}

/// A series whose rule gives all instances, with its session.
struct BaseSeries<'s> {
    session: &'s Session,
    series: &'s Series,
}

/// Returns the series of today if its rule gives the days that were taken out, else the one before if it gives the days
/// of today.
fn base_series<'s>(
    now: &'s Session,
    before: &'s Session,
    series: &'s Series,
    out: &BTreeSet<Date>,
) -> Option<BaseSeries<'s>> {
    if let Some(series) = &now.series {
        let planned = planned_days(now, series);
        if out.iter().all(|day| planned.contains_key(day)) {
            return Some(BaseSeries { session: now, series });
        }
    }
    let planned = planned_days(before, series);
    // Some clients show both if an instance of whole days has an hour now, or the other way round.
    let is_given = |occurrence: &Occurrence| {
        let known = planned.get(&day(occurrence));
        known.is_some_and(|known| matches!(known, When::Timed(_)) == matches!(occurrence.original, When::Timed(_)))
    };
    now.occurrences.iter().all(is_given).then_some(BaseSeries { session: before, series })
}

/// Returns the times that the rule of a series gives, by day, including skipped ones.
fn planned_days<'s>(session: &'s Session, series: &'s Series) -> BTreeMap<Date, &'s When> {
    let occurrences = session.occurrences.iter().map(|occurrence| &occurrence.original);
    occurrences.chain(&series.skipped).map(|when| (when.first_day(), when)).collect()
}
