//! Deadlines in pages: by date, with the number of days left.

use jiff::civil::Date;

use super::cancelled_mark::CancelledMark;
use super::cell::page_of;
use super::layout::{Layout, MarkedText};
use crate::feed::{Entry, EntryKind};
use crate::timetable::{AudienceIndex, Deadline};
use crate::wording::{self, DateFormat};

/// The deadlines in the future, and the past ones.
#[derive(Default)]
pub(super) struct DeadlineLists {
    pub(super) ahead: Vec<DeadlineRow>,
    pub(super) past: Vec<DeadlineRow>,
}

/// A deadline.
pub(super) struct DeadlineRow {
    pub(super) title: MarkedText,
    pub(super) href: String,
    pub(super) exact: String,
    pub(super) date: String,
    /// The hour, with its time zone.
    pub(super) hour: Option<String>,
    /// The number of days left.
    pub(super) left: String,
    /// Whether it is due within a week.
    pub(super) is_soon: bool,
    pub(super) is_recommended: bool,
    pub(super) audiences: Vec<MarkedText>,
    pub(super) cancelled: Option<CancelledMark>,
}

impl DeadlineLists {
    /// Collects the deadlines among entries.
    pub(super) fn new<'r>(entries: impl Iterator<Item = Entry<'r>>, layout: &Layout) -> Self {
        let mut lists = Self::default();
        for entry in entries {
            let EntryKind::Deadline(deadline) = &entry.kind else { continue };
            let due = due(&entry, deadline, layout);
            if deadline.date() < layout.day { &mut lists.past } else { &mut lists.ahead }.push(due);
        }
        lists
    }
}

fn due(entry: &Entry<'_>, deadline: &Deadline, layout: &Layout) -> DeadlineRow {
    let date = deadline.date();
    let left = days_between(layout.day, date);
    let audience = |audience: &AudienceIndex| layout.text(&entry.group.audiences[*audience].name, entry.group);
    DeadlineRow {
        title: layout.text(&deadline.title, entry.group),
        href: page_of(entry, layout),
        exact: date.to_string(),
        date: layout.date(date, DateFormat::WithWeekday),
        hour: wording::due_time(entry, &layout.language),
        left: if left < 0 { layout.say("due-past") } else { layout.messages.format_count("due-left", left, &[]) },
        is_soon: (0..=7).contains(&left),
        is_recommended: deadline.recommended,
        audiences: deadline.audience.iter().map(audience).collect(),
        cancelled: CancelledMark::from_entry(entry, layout),
    }
}

/// Returns the number of days from one date to another.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}
