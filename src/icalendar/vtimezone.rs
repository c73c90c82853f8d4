//! VTIMEZONE: writes the last rule of a zone in the one form that every client understands.
//!
//! An event that this form does not cover is in UTC. That is decided for each event, so that it has the same bytes in
//! every feed. Source: RFC 5545 3.6.5, clients.md E4 to E10.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use ::icalendar::Property;
use jiff::civil::{Date, DateTime, Weekday};

use super::content_line;
use crate::zone::{Observance, Onset, Zone};

/// Returns the VTIMEZONE of a zone, which is rendered once.
pub fn text(zone: &Zone) -> Arc<str> {
    static TEXTS: LazyLock<Mutex<BTreeMap<&'static str, Arc<str>>>> = LazyLock::new(Mutex::default);
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    let text = texts.entry(zone.name()).or_insert_with(|| {
        let mut text = String::new();
        write(&mut text, zone);
        text.into()
    });
    Arc::clone(text)
}

/// Writes the VTIMEZONE of a zone whose last rule fits one.
pub fn write(out: &mut String, zone: &Zone) {
    let Some(rule) = zone.last_rule() else { return };
    content_line::begin(out, "VTIMEZONE");
    content_line::write(out, &Property::new("TZID", zone.name()));
    if let Some(daylight) = &rule.daylight {
        observance(out, "DAYLIGHT", daylight);
    }
    // clients.md E8: always a STANDARD
    observance(out, "STANDARD", &rule.standard);
    content_line::end(out, "VTIMEZONE");
}

fn observance(out: &mut String, kind: &str, observance: &Observance) {
    content_line::begin(out, kind);
    let mut line = |key: &str, value: String| content_line::write(out, &Property::new(key, value));
    line("DTSTART", first_onset(observance.onset.as_ref()).strftime("%Y%m%dT%H%M%S").to_string());
    if let Some(Onset::Weekday { month, weekday, nth, .. }) = observance.onset {
        let day = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"][usize::try_from(weekday).unwrap_or(0) % 7];
        line("RRULE", format!("FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{day}"));
    }
    line("TZOFFSETFROM", offset(observance.offset_before));
    line("TZOFFSETTO", offset(observance.offset));
    line("TZNAME", observance.abbreviation.clone());
    content_line::end(out, kind);
}

/// Returns the first onset in 1970, on the wall clock before it. clients.md E7: the 1970 form, aligned with its RRULE
fn first_onset(onset: Option<&Onset>) -> DateTime {
    let new_year = jiff::civil::date(1970, 1, 1);
    let Some(Onset::Weekday { month, weekday, nth, seconds }) = onset else {
        return new_year.to_datetime(jiff::civil::Time::midnight());
    };
    let on_weekday = || {
        let weekday = Weekday::from_sunday_zero_offset(*weekday).ok()?;
        Date::new(1970, *month, 1).ok()?.nth_weekday_of_month(*nth, weekday).ok()
    };
    let day = on_weekday().unwrap_or(new_year).to_datetime(jiff::civil::Time::midnight());
    day.saturating_add(jiff::Span::new().seconds(i64::from(*seconds)))
}

/// Formats an offset. RFC 5545 3.3.14: hours and minutes, seconds only if there are any. clients.md E10
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes, rest) = (seconds.abs() / 3600, seconds.abs() / 60 % 60, seconds.abs() % 60);
    let rest = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{hours:02}{minutes:02}{rest}")
}
