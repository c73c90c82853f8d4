//! VALARM: what reminds a delegate who asked for it. Source: RFC 5545 3.6.6, RFC 9074 4, clients.md G5.

use ::icalendar::{Alarm, Component, Event, Property};
use chrono::Duration;

use super::content_line;
use crate::feed::{Entry, What};
use crate::text::Language;
use crate::timetable::{Delegate, Uid, When};
use crate::wording;

/// The reminders that a delegate asked for.
pub(super) fn add(event: &mut Event, entry: &Entry<'_>, delegate: &Delegate, summary: &str) {
    for lead in leads(entry, delegate) {
        event.append_component(alarm(entry, *lead, summary));
    }
}

/// How many minutes before an event a delegate is reminded of it, in order. Nobody is of what is cancelled. clients.md G1
pub(super) fn leads<'d>(entry: &Entry<'_>, delegate: &'d Delegate) -> &'d [i32] {
    match &entry.what {
        _ if entry.cancelled().is_some() => &[],
        // An hour that nobody knows is nothing to be reminded of.
        What::Session(..) | What::Series(..) if matches!(entry.when(), When::Timed(_)) => &delegate.session_reminders,
        What::Deadline(_) => &delegate.deadline_reminders,
        _ => &[],
    }
}

/// A reminder as it stands in an event.
pub(super) fn text(entry: &Entry<'_>, lead: i32, language: &Language) -> String {
    let mut text = String::new();
    content_line::component(&mut text, &alarm(entry, lead, &wording::summary(entry, language)));
    text
}

fn alarm(entry: &Entry<'_>, lead: i32, summary: &str) -> Alarm {
    let trigger = trigger(lead, entry.when());
    let instance = entry.exception().map(|original| format!("/{}", original.sort_key().0)).unwrap_or_default();
    let uid = Uid::from_path(&entry.group.uid_domain, &format!("{}{instance}/alarm{trigger}", entry.uid().as_str()));
    let mut alarm = Alarm::display(summary, -Duration::minutes(i64::from(lead)));
    // The crate would write it in seconds, with a parameter that says what is so anyway.
    alarm.append_property(Property::new("TRIGGER", trigger));
    alarm.append_property(("UID", uid.as_str()));
    alarm
}

/// So long before the start. Before a whole day it is nine in the morning, so many days before: midnight is no time to
/// be reminded of anything.
fn trigger(minutes: i32, when: &When) -> String {
    const DAY: i32 = 24 * 60;
    const NINE: i32 = 9 * 60;
    let before = match when {
        When::AllDay(_) if minutes % DAY == 0 => minutes - NINE,
        _ => minutes,
    };
    let (days, rest) = (before / DAY, before % DAY);
    let days = if days > 0 { format!("{days}D") } else { String::new() };
    let (hours, minutes) = (rest / 60, rest % 60);
    let hours = if hours > 0 { format!("{hours}H") } else { String::new() };
    let minutes = if minutes > 0 { format!("{minutes}M") } else { String::new() };
    let time = if rest > 0 { format!("T{hours}{minutes}") } else { String::new() };
    format!("-P{days}{time}")
}
