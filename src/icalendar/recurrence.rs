//! RRULE, EXDATE and RECURRENCE-ID: a series and its overrides, all in the form of its DTSTART.
//!
//! Source: RFC 5545 3.8.4.4 and 3.8.5, clients.md F.

use ::icalendar::{Component, Event, Property};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::event::format_utc;
use super::parameter;
use crate::feed::SeriesInstances;
use crate::timetable::{Moment, RuleEnd, Series, TimedSpan, When};
use crate::zone::Zone;

/// Adds the rule of a series, with the instances that this feed leaves out.
pub(super) fn add_rule(event: &mut Event, series: &Series, instances: &SeriesInstances<'_>) {
    let end = match (series.rule.end, &series.last) {
        (Some(RuleEnd::FurtherNotice), _) => None,
        (Some(RuleEnd::Count(_)), _) => Some(format!("COUNT={}", instances.count)),
        // clients.md F2: the form of DTSTART decides
        (_, When::Timed(span)) => Some(format!("UNTIL={}", format_utc(until(span)))),
        (_, When::AllDay(days)) => Some(format!("UNTIL={}", days.first().strftime("%Y%m%d"))),
    };
    // clients.md F3: a rule with one instance is not a rule
    if instances.count > 1 {
        event.append_property(("RRULE", series.rule.to_rrule(end.as_deref()).as_str()));
    }
    // clients.md F6: one line for each
    for when in &instances.left_out {
        event.append_multi_property(instance("EXDATE", when));
    }
}

/// clients.md F8: the start that the instance would have without the override
pub(super) fn add_recurrence_id(event: &mut Event, original: &When) {
    event.append_property(instance("RECURRENCE-ID", original));
}

fn instance(key: &str, when: &When) -> Property {
    match when {
        When::Timed(span) => moment(key, span.start(), span.vtimezone()),
        When::AllDay(days) => date(key, days.first()),
    }
}

/// Creates a property with a time: in the zone if a VTIMEZONE covers it, else in UTC. clients.md E2
pub(super) fn moment(key: &str, moment: Moment, zone: Option<&Zone>) -> Property {
    match zone {
        Some(zone) => parameter(key, &moment.wall.strftime("%Y%m%dT%H%M%S").to_string(), "TZID", zone.name()),
        None => Property::new(key, format_utc(moment.instant)),
    }
}

/// Creates a property with a date.
pub(super) fn date(key: &str, date: Date) -> Property {
    parameter(key, &date.strftime("%Y%m%d").to_string(), "VALUE", "DATE")
}

/// Returns the UNTIL of a rule, given its last instance. Some clients read UNTIL as a wall clock time. The later of
/// both readings of the last start ends the rule correctly in either, because no zone is a day away from UTC.
fn until(last: &TimedSpan) -> Timestamp {
    let start = last.start();
    let as_if_utc = Offset::UTC.to_timestamp(start.wall).unwrap_or(start.instant);
    start.instant.max(as_if_utc)
}
