//! Instances that were taken out of a published series: they stay in it as cancelled, so that calendars do not lose them
//! without a word. The rule goes on to the last one that was published. Where no rule gives both, they are events of their
//! own. clients.md F9

use std::collections::{BTreeSet, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::timetable::{
    Cancellation, Meeting, Occurrence, Override, RecurrenceRule, RuleEnd, Series, Session, Uid, When,
};

/// Instances that were taken out of a series.
pub(super) enum TakenOut {
    /// The session with them, as cancelled, and with the rule that was published.
    InSeries(Session),
    /// A session of their own, cancelled: the dates of the series are others, so that no rule gives both.
    OnTheirOwn(Session),
}

/// What becomes of a meeting's instances that were taken out of series.
#[derive(Default)]
pub(super) struct Shortened {
    /// The sessions of today, by index, with these instances.
    pub(super) longer: Vec<(usize, Session)>,
    /// Sessions of these instances alone.
    pub(super) on_their_own: Vec<Session>,
}

impl Shortened {
    /// Adds a session of instances that are on their own, without those that the meeting of the previous release had
    /// already.
    pub(super) fn add_on_their_own(&mut self, mut session: Session, before: &Meeting) {
        let known: HashSet<&Uid> = before.entry_uids().collect();
        session.occurrences.retain(|occurrence| !known.contains(&occurrence.uid));
        self.on_their_own.extend(Some(session).filter(|session| !session.occurrences.is_empty()));
    }
}

/// Returns the instances, as cancelled, that the series of a session had in the previous release and that are ahead at
/// `instant`; `None` if nothing becomes of the session. Those that had no reason of their own have the one that is given;
/// none if their meeting was cancelled and has it. UIDs of their own are in `domain`.
pub(super) fn taken_out_of_series(
    now: &Session,
    before: &Session,
    otherwise: Option<&Cancellation>,
    instant: Timestamp,
    domain: &str,
) -> Option<TakenOut> {
    let ended = (!now.is_until_further_notice())
        .then(|| before.with_end(instant, now.planned_times().map(When::first_day).max()));
    let before = ended.as_ref().unwrap_or(before);
    let series = before.series.as_ref()?;
    let days: BTreeSet<Date> = now.occurrences.iter().map(day).collect();
    let today = Offset::UTC.to_datetime(instant).date();
    let is_ahead =
        |occurrence: &&Occurrence| occurrence.when.end() > instant && !before.is_beyond_plans(day(occurrence), today);
    let is_kept = |occurrence: &&Occurrence| {
        let is_known = before.cancelled(occurrence) == Some(&Cancellation::Gone);
        !days.contains(&day(occurrence)) && (is_known || is_ahead(occurrence))
    };
    let taken_out: Vec<&Occurrence> = before.occurrences.iter().filter(is_kept).collect();
    if taken_out.is_empty() {
        return with_published_rule(now, before, series).map(TakenOut::InSeries);
    }
    if let Some(session) = with_instances(now, before, series, &taken_out, otherwise) {
        return Some(TakenOut::InSeries(session));
    }
    let on_its_own = |occurrence: &Occurrence| {
        let mut occurrence = occurrence.clone();
        occurrence.uid = series.uid.instance(domain, day(&occurrence));
        occurrence.named = None;
        if let Some(change) = &mut occurrence.overridden_by
            && change.cancelled.as_ref().is_some_and(Cancellation::is_removal)
        {
            change.cancelled = None;
        }
        occurrence
    };
    let ahead = taken_out.into_iter().filter(is_ahead).map(on_its_own);
    let occurrences: Vec<Occurrence> = ahead.collect();
    let cancelled = before.cancelled.clone().or_else(|| otherwise.cloned());
    let session = Session { id: now.id.clone(), occurrences, series: None, cancelled, ..before.clone() };
    (!session.occurrences.is_empty()).then_some(TakenOut::OnTheirOwn(session))
}

/// Returns a session whose series was removed, as cancelled. Instances that took place stay as they were. `why` gives the
/// reason for an instance that has none; none if its meeting has it.
pub(super) fn series_as_cancelled(
    session: &Session,
    why: impl Fn(&Occurrence) -> Option<Cancellation>,
    instant: Timestamp,
) -> Session {
    let mut session = session.clone();
    session.occurrences.iter_mut().filter(|occurrence| occurrence.when.end() > instant).for_each(forget_postponed);
    let cancelled = session.cancelled.clone().filter(|cancelled| !cancelled.is_postponed());
    let is_ahead = |occurrence: &Occurrence| {
        occurrence.when.end() > instant && cancelled.is_none() && !is_cancelled_itself(occurrence)
    };
    let Some(reason) = session.occurrences.iter().find(|occurrence| is_ahead(occurrence)).map(&why) else {
        return session;
    };
    let is_whole = |occurrence: &Occurrence| {
        is_cancelled_itself(occurrence) || (is_ahead(occurrence) && why(occurrence) == reason)
    };
    if session.occurrences.iter().all(is_whole) {
        session.cancelled = reason;
        return session;
    }
    let details = session.details.clone();
    for occurrence in session.occurrences.iter_mut().filter(|occurrence| is_ahead(occurrence)) {
        let cancelled = why(occurrence);
        let plain = || Box::new(Override::new(details.clone()));
        occurrence.overridden_by.get_or_insert_with(plain).cancelled = cancelled;
    }
    session
}

/// Returns a session of which nothing was postponed.
pub(super) fn without_postponed(mut session: Session) -> Session {
    session.cancelled = session.cancelled.filter(|cancelled| !cancelled.is_postponed());
    session.occurrences.iter_mut().for_each(forget_postponed);
    session
}

/// Removes that an occurrence was postponed: what is no longer announced will not take place at another time.
pub(super) fn forget_postponed(occurrence: &mut Occurrence) {
    if let Some(change) = &mut occurrence.overridden_by {
        change.cancelled = change.cancelled.take().filter(|cancelled| !cancelled.is_postponed());
    }
}

/// Returns `true` if an instance has a reason of its own.
fn is_cancelled_itself(occurrence: &Occurrence) -> bool {
    occurrence.overridden_by.as_ref().is_some_and(|change| change.cancelled.is_some())
}

/// Returns `true` if an occurrence is an instance that was taken out of the series of another one and is on its own.
pub(super) fn is_instance(on_its_own: &Occurrence, other: &Occurrence, domain: &str) -> bool {
    day(other) == day(on_its_own) && other.uid.instance(domain, day(other)) == on_its_own.uid
}

/// Returns `true` if a session is of instances that were taken out of the series of another one and are on their own.
pub(super) fn is_taken_out_of(session: &Session, other: &Session, domain: &str) -> bool {
    let (own, uid) = (&session.occurrences[0], &other.occurrences[0].uid);
    session.series.is_none() && uid.instance(domain, day(own)) == own.uid
}

/// Adds instances to the series of a session, as cancelled. Returns `None` if no rule gives all days.
fn with_instances(
    now: &Session,
    before: &Session,
    series: &Series,
    taken_out: &[&Occurrence],
    otherwise: Option<&Cancellation>,
) -> Option<Session> {
    let days: BTreeSet<Date> = now.occurrences.iter().map(day).collect();
    let first = now.occurrences.first()?;
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
            hours: occurrence.hours.clone(),
            overridden_by: match before.cancelled(occurrence).or(otherwise) {
                Some(cancelled) if !is_cancelled_itself(occurrence) => {
                    let known = occurrence.overridden_by.as_deref().cloned();
                    let change = known.unwrap_or_else(|| Override::new(before.details.clone()));
                    Some(Box::new(Override { cancelled: Some(cancelled.clone()), reason: None, ..change }))
                }
                _ => occurrence.overridden_by.clone(),
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
        hours: now.series.as_ref().map_or(&first.hours, |series| &series.hours).clone(),
        last: planned(*all.last()?)?,
        skipped: skipped.map(planned).collect::<Option<_>>()?,
    });
    session.occurrences.extend(cancelled);
    session.occurrences.sort_by(|a, b| (a.when.sort_key(), &a.uid).cmp(&(b.when.sort_key(), &b.uid)));
    Some(session)
}

/// Returns a session with the rule of its series in the previous release, if its own one is only another way to give the
/// same instances: by their number, or by the last day.
fn with_published_rule(now: &Session, before: &Session, published: &Series) -> Option<Session> {
    let series = now.series.as_ref()?;
    let gives_the_same = series.rule.is_same_except_end(&published.rule)
        && now.planned_times().eq(before.planned_times())
        && now.is_until_further_notice() == before.is_until_further_notice();
    (gives_the_same && series.rule != published.rule).then(|| {
        let series = Series { rule: published.rule.clone(), ..series.clone() };
        Session { series: Some(series), ..now.clone() }
    })
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
            let end = match today.rule.end {
                Some(RuleEnd::FurtherNotice) => RuleEnd::FurtherNotice,
                _ => RuleEnd::Count(u32::try_from(days.len()).ok()?),
            };
            let end = Some(end);
            let given = GivenDays { rule: RecurrenceRule { end, ..today.rule }, days };
            return is_same_form(now, before).then_some(given);
        }
    }
    let is_given = |occurrence: &Occurrence| then.days.contains(&day(occurrence));
    // A rule without an end would give its days for ever.
    let has_end = !before.is_until_further_notice();
    (has_end && now.occurrences.iter().all(is_given) && is_same_form(now, before)).then_some(then)
}

/// Returns `true` if both have hours, or neither. Some clients show both if an instance of whole days has an hour now, or
/// the other way round.
fn is_same_form(now: &Session, before: &Session) -> bool {
    let is_timed = |session: &Session| matches!(session.occurrences[0].original, When::Timed(_));
    is_timed(now) == is_timed(before)
}
