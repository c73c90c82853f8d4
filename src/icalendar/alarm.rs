//! VALARM: reminders for a delegate who wants them. Source: RFC 5545 3.6.6, RFC 9074 4, clients.md G5.

use ::icalendar::{Alarm, Component, Property};
use chrono::Duration;

use super::content_line;
use crate::feed::{Entry, EntryKind};
use crate::text::Language;
use crate::timetable::{Delegate, Uid, When};
use crate::wording;

/// Returns the reminders of an entry that a delegate wants, in minutes before it, in order. Cancelled entries have
/// none. clients.md G1
pub(super) fn lead_times<'d>(entry: &Entry<'_>, delegate: &'d Delegate) -> &'d [i32] {
    match &entry.kind {
        _ if entry.cancelled().is_some() => &[],
        // There is no hour to be reminded of.
        EntryKind::Session(..) | EntryKind::Series(..) if matches!(entry.when(), When::Timed(_)) => {
            &delegate.session_reminders
        }
        EntryKind::Deadline(_) => &delegate.deadline_reminders,
        _ => &[],
    }
}

/// Renders a reminder.
pub(super) fn text(entry: &Entry<'_>, lead: i32, language: &Language) -> String {
    let mut text = String::new();
    content_line::component(&mut text, &alarm(entry, lead, &wording::summary(entry, language)));
    text
}

fn alarm(entry: &Entry<'_>, lead: i32, summary: &str) -> Alarm {
    let is_deadline = matches!(entry.kind, EntryKind::Deadline(_));
    // Counted from the hour of a deadline, not from the half hour before it.
    let before_start = if is_deadline && matches!(entry.when(), When::Timed(_)) { lead - 30 } else { lead };
    let trigger = trigger(before_start, entry.when());
    let instance =
        entry.overridden_instance().map(|original| format!("/{}", original.sort_key().0)).unwrap_or_default();
    let uid = Uid::from_path(&entry.group.uid_domain, &format!("{}{instance}/alarm{trigger}", entry.uid().as_str()));
    let mut alarm = Alarm::display(summary, -Duration::minutes(i64::from(lead)));
    // The crate would write seconds, and a parameter with the default value.
    alarm.append_property(Property::new("TRIGGER", trigger));
    alarm.append_property(("UID", uid.as_str()));
    alarm
}

/// Returns the trigger for a number of minutes before the start. For whole days, it is nine in the morning, that many
/// days before, because midnight is no time for a reminder.
fn trigger(minutes: i32, when: &When) -> String {
    const DAY: i32 = 24 * 60;
    const NINE: i32 = 9 * 60;
    let before = match when {
        When::AllDay(_) if minutes % DAY == 0 => minutes - NINE,
        _ => minutes,
    };
    let sign = if before > 0 { "-" } else { "" };
    let before = before.abs();
    let (days, rest) = (before / DAY, before % DAY);
    let days = if days > 0 { format!("{days}D") } else { String::new() };
    let (hours, minutes) = (rest / 60, rest % 60);
    let hours = if hours > 0 { format!("{hours}H") } else { String::new() };
    let minutes = if minutes > 0 { format!("{minutes}M") } else { String::new() };
    let time = match rest {
        0 if days.is_empty() => "T0S".to_owned(),
        0 => String::new(),
        _ => format!("T{hours}{minutes}"),
    };
    format!("{sign}P{days}{time}")
}
