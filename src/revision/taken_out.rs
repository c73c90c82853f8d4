//! Instances that were taken out of a published series: they stay in it as cancelled, so that calendars do not lose them
//! without a word. The rule goes on to the last one that was published. clients.md F9

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::timetable::{Cancellation, Occurrence, Override, RecurrenceRule, RuleEnd, Series, Session, When};

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
    let GivenDays { rule, days: all } = given_days(now, before, series, &out)?;
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
    let skipped = all.iter().filter(|day| !days.contains(day) && !out.contains(day)).copied();
    let mut session = now.clone();
    session.series = Some(Series {
        uid: first.uid.clone(),
        named: first.named.clone(),
        rule,
        first: planned(*all.first()?)?,
        hours: now.series.as_ref().map_or(first.hours, |series| series.hours),
        last: planned(*all.last()?)?,
        skipped: skipped.map(planned).collect::<Option<_>>()?,
    });
    session.occurrences.extend(cancelled);
    session.occurrences.sort_by(|a, b| (a.when.sort_key(), &a.uid).cmp(&(b.when.sort_key(), &b.uid)));
    Some(session)
}

fn day(occurrence: &Occurrence) -> Date {
    occurrence.original.first_day()
}

/// The days that a rule gives.
struct GivenDays {
    rule: RecurrenceRule,
    days: BTreeSet<Date>,
}

/// Returns a rule that gives the days of today and those that were taken out: that of today, the one before, or the
/// same rule from the first day of the two to the last.
fn given_days(now: &Session, before: &Session, series: &Series, out: &BTreeSet<Date>) -> Option<GivenDays> {
    let given = |session: &Session, series: &Series| GivenDays {
        rule: series.rule.clone(),
        days: session.planned_times().map(When::first_day).collect(),
    };
    let then = given(before, series);
    let today = now.series.as_ref().map(|series| given(now, series));
    if let Some(today) = today {
        if today.days.is_superset(out) {
            return Some(today);
        }
        let (first, first_before) = (*today.days.first()?, *then.days.first()?);
        // The days of both are those of one rule if they overlap.
        if today.rule.is_same_except_end(&then.rule)
            && (then.days.contains(&first) || today.days.contains(&first_before))
        {
            let days: BTreeSet<Date> = today.days.union(&then.days).copied().collect();
            let end = Some(RuleEnd::Count(u32::try_from(days.len()).ok()?));
            let given = GivenDays { rule: RecurrenceRule { end, ..today.rule }, days };
            return is_same_form(now, before).then_some(given);
        }
    }
    let is_given = |occurrence: &Occurrence| then.days.contains(&day(occurrence));
    (now.occurrences.iter().all(is_given) && is_same_form(now, before)).then_some(then)
}

/// Returns `true` if both have hours, or neither. Some clients show both if an instance of whole days has an hour now, or
/// the other way round.
fn is_same_form(now: &Session, before: &Session) -> bool {
    let is_timed = |session: &Session| matches!(session.occurrences[0].original, When::Timed(_));
    is_timed(now) == is_timed(before)
}
