//! The days of a meeting, and what is known of them.

use jiff::ToSpan;

use crate::definition::{self, MeetingStart};
use crate::problem::{Problem, Problems};
use crate::timetable::{Days, KnownDates};

/// The days of a meeting.
#[derive(Default)]
pub(super) struct MeetingDates {
    /// The days: all of the month if only that is known, and the first one if only that is known. `None` for e-meetings.
    pub(super) days: Option<Days>,
    /// What is known of them.
    pub(super) known: KnownDates,
}

/// Resolves `starts` and `ends`.
pub(super) fn meeting_dates(raw: &definition::Meeting, problems: &mut Problems) -> MeetingDates {
    match (&raw.starts, &raw.ends) {
        (Some(starts), Some(ends)) => match starts.value {
            MeetingStart::Day(first) => {
                let days = Days::new(first, ends.value);
                if days.is_none() {
                    problems.push(
                        Problem::error(&ends.span, "the meeting ends before it starts")
                            .label(format!("expected {first} or later, found {}", ends.value))
                            .related(&starts.span, "starts here"),
                    );
                }
                MeetingDates { days, known: KnownDates::All }
            }
            MeetingStart::Month(_) => {
                problems.push(
                    Problem::error(&starts.span, "the last day is written, and only the month of the first")
                        .label("expected the first day")
                        .help("write `starts: 2025-01-14`, or remove `ends` if only the month is known"),
                );
                MeetingDates::default()
            }
        },
        (Some(starts), None) if !raw.has("ends") => match starts.value {
            MeetingStart::Day(first) => {
                MeetingDates { days: Some(Days::from_date(first)), known: KnownDates::FirstDay }
            }
            MeetingStart::Month(first) => {
                let last = first.saturating_add(1.month()).saturating_sub(1.day());
                MeetingDates { days: Days::new(first, last), known: KnownDates::Month }
            }
        },
        (None, Some(ends)) if !raw.has("starts") => {
            problems.push(
                Problem::error(&ends.span, "missing key `starts` in a meeting with `ends`")
                    .label("expected a line `starts: …` as well")
                    .help("a file of e-meetings has neither of them"),
            );
            MeetingDates::default()
        }
        _ => MeetingDates::default(),
    }
}
