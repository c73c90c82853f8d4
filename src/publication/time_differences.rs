//! Differences of times, and of what is known of hours: nothing is told of an hour that nobody announced.

use super::differences::ComparedFields;
use crate::ledger::Difference;
use crate::timetable::{AnnouncedHours, Days, KnownDates, When};

/// What is known of the hours, whichever part of the day they are in. Deadlines and days of meetings have no hours to
/// announce.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KnownHours {
    Announced,
    StartAnnounced,
    EndAtLatest,
    Approximate,
    Usual,
    Follows,
    EndAlone,
    Unknown,
}

/// Returns what is told of a difference of two times: of hours that nobody announced no hour is told.
pub(super) fn told_difference(
    difference: Difference,
    is_moved: bool,
    then: &ComparedFields<'_>,
    now: &ComparedFields<'_>,
) -> Option<Difference> {
    let first = then.when.first_day();
    let is_time = matches!(difference, Difference::Moved(_) | Difference::Until(_));
    match (then.known_dates, now.known_dates) {
        (KnownDates::Month, KnownDates::All | KnownDates::FirstDay)
            if now.when.first_day() <= then.when.last_day() && now.when.first_day() >= first =>
        {
            return Some(Difference::DaysKnown);
        }
        (KnownDates::FirstDay, KnownDates::All) if now.when.first_day() == first => {
            return Some(Difference::LastDayKnown);
        }
        _ => {}
    }
    match (&difference, then.hours, now.hours) {
        (Difference::Moved(_), Some(hours), _) if is_moved && hours.usual_part().is_some() => {
            hours.usual_part().map(|part| Difference::MovedFromPart(first, part))
        }
        (Difference::Moved(_), Some(AnnouncedHours::After(_)), _) if is_moved => {
            let is_other_day = first != now.when.first_day();
            is_other_day.then(|| Difference::Moved(When::AllDay(Days::from_date(first))))
        }
        (_, _, Some(AnnouncedHours::After(_))) if is_time && !is_moved => Some(match now.when {
            When::Timed(_) => Difference::Assumed,
            When::AllDay(_) => Difference::Unknown,
        }),
        (_, _, Some(hours)) if is_time && !is_moved && hours.usual_part().is_some() => Some(Difference::Assumed),
        // Nobody announced the end.
        (Difference::Until(_), _, Some(hours)) if hours.is_end_assumed() && !is_moved => None,
        _ => Some(difference),
    }
}

/// Returns the difference of what is known of the hours.
pub(super) fn hours_difference(then: KnownHours, now: KnownHours) -> Option<Difference> {
    let is_announced = |hours: KnownHours| {
        matches!(hours, KnownHours::Announced | KnownHours::StartAnnounced | KnownHours::EndAtLatest)
    };
    let has_hours = |hours: KnownHours| is_announced(hours) || hours == KnownHours::Approximate;
    match (then, now) {
        (one, other) if one == other => None,
        (KnownHours::StartAnnounced | KnownHours::EndAtLatest, KnownHours::Announced) => Some(Difference::EndAnnounced),
        (KnownHours::Announced, KnownHours::StartAnnounced | KnownHours::EndAtLatest) => {
            Some(Difference::EndUnannounced)
        }
        (one, other) if is_announced(one) && is_announced(other) => None,
        (KnownHours::Approximate, now) if is_announced(now) => Some(Difference::Exact),
        (then, KnownHours::Approximate) if is_announced(then) => Some(Difference::About),
        (KnownHours::EndAlone, now) if has_hours(now) => Some(Difference::StartAnnounced),
        (_, KnownHours::EndAlone) => Some(Difference::EndAlone),
        (_, now) if has_hours(now) => Some(Difference::Hours),
        (KnownHours::EndAlone, KnownHours::Unknown) => Some(Difference::Unannounced),
        (then, _) if has_hours(then) => Some(Difference::Unannounced),
        (_, KnownHours::Usual) => Some(Difference::Usual),
        (_, KnownHours::Unknown) => Some(Difference::Unknown),
        _ => None,
    }
}

impl KnownHours {
    pub(super) fn from_fields(fields: &ComparedFields<'_>) -> Self {
        match fields.hours {
            None | Some(AnnouncedHours::Announced) => Self::Announced,
            Some(AnnouncedHours::StartAnnounced(_) | AnnouncedHours::StartAlone) => Self::StartAnnounced,
            Some(AnnouncedHours::Usual(_) | AnnouncedHours::UsualAtVenue(_)) => Self::Usual,
            Some(AnnouncedHours::AtLatest) => Self::EndAtLatest,
            Some(AnnouncedHours::About | AnnouncedHours::AboutStart) => Self::Approximate,
            Some(AnnouncedHours::Until(_)) => Self::EndAlone,
            Some(AnnouncedHours::After(_)) => Self::Follows,
            Some(AnnouncedHours::Unknown) => Self::Unknown,
        }
    }
}

/// Returns the difference of two times, by their instants: a clock that shows the same hour in another zone shows
/// another instant.
pub(super) fn time_difference(then: &When, now: &When) -> Option<Difference> {
    let (is_start_same, is_end_same) = match (then, now) {
        _ if then == now => return None,
        (When::Timed(one), When::Timed(other)) => {
            (one.start().instant == other.start().instant, one.end().instant == other.end().instant)
        }
        (When::AllDay(one), When::AllDay(other)) => (one.first() == other.first(), false),
        _ => (false, false),
    };
    let difference = match (is_start_same, is_end_same) {
        (true, true) => Difference::Zone,
        (true, false) => Difference::Until,
        (false, _) => Difference::Moved,
    };
    Some(difference(then.clone()))
}
