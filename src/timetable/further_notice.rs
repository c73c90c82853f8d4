//! Series that go on until further notice: how far ahead they are looked at, and how they end.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::{RuleEnd, Series, Session, When};

impl Session {
    /// Returns `true` if it is a series that goes on until further notice.
    pub fn is_until_further_notice(&self) -> bool {
        self.series.as_ref().is_some_and(|series| series.rule.is_until_further_notice())
    }

    /// Returns `true` if a day is so far ahead of `from` that nobody has planned it: the session only goes on until then
    /// for want of an end.
    pub fn is_beyond_plans(&self, day: Date, from: Date) -> bool {
        self.is_until_further_notice() && day > last_planned(from)
    }

    /// Returns a session whose series goes on until further notice as one that ends: with the last instance that is
    /// planned at `instant`, or on a later day that is given.
    #[must_use]
    pub fn with_end(&self, instant: Timestamp, later: Option<Date>) -> Self {
        let last = last_planned(Offset::UTC.to_datetime(instant).date());
        let last = later.map_or(last, |later| later.max(last));
        let is_kept = |when: &When| when.first_day() <= last;
        let mut ended = self.clone();
        let is_known = ended.occurrences.iter().any(|occurrence| is_kept(&occurrence.original));
        let Some(series) = ended.series.as_mut().filter(|series| series.rule.is_until_further_notice() && is_known)
        else {
            return ended;
        };
        ended.occurrences.retain(|occurrence| is_kept(&occurrence.original));
        series.skipped.retain(is_kept);
        let originals = ended.occurrences.iter().map(|occurrence| &occurrence.original).chain(&series.skipped);
        let (count, last) = (originals.clone().count(), originals.max_by_key(|when| when.sort_key()).cloned());
        let Series { rule, last: shown, .. } = series;
        rule.end = u32::try_from(count).ok().map(RuleEnd::Count);
        *shown = last.unwrap_or_else(|| shown.clone());
        ended
    }
}

/// Returns the last day that is looked at from a day on.
fn last_planned(from: Date) -> Date {
    const DAYS: i64 = 400;
    from.saturating_add(DAYS.days())
}
