//! Finds what need not be compared: unchanged meetings in unchanged study groups.

use crate::revision::Release;
use crate::timetable::{Group, Meeting, TimetableDiff};

/// What is the same in two releases, so that no byte of its events can differ.
pub(super) struct Unchanged<'a> {
    /// `None` if everything is compared.
    diff: Option<&'a TimetableDiff<'a>>,
    has_same_instant: bool,
}

impl<'a> Unchanged<'a> {
    /// Compares two releases. `diff` is that of their timetables.
    pub(super) fn between(before: &Release, after: &Release, diff: &'a TimetableDiff<'a>, compares_all: bool) -> Self {
        let has_other_languages = before.timetable.languages() != after.timetable.languages();
        let diff = (!compares_all && !has_other_languages).then_some(diff);
        Self { diff, has_same_instant: before.instant == after.instant }
    }

    /// Returns `true` if the notices of a study group are the same. The notice of empty feeds has the day of the
    /// release.
    pub(super) fn has_notices(&self, group: &Group) -> bool {
        self.has_same_instant && self.diff.is_some_and(|diff| diff.is_same_except_meetings(&group.id))
    }

    /// Returns `true` if a meeting is the same.
    pub(super) fn has_meeting(&self, meeting: &Meeting) -> bool {
        self.diff.is_some_and(|diff| diff.is_unchanged(meeting))
    }
}
