//! Compares two timetables: which study groups and meetings are the same in both.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::{Group, Meeting, Timetable, Uid};
use crate::id::Id;

/// A reference to a meeting: the position of its study group, and its own in the study group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeetingRef {
    /// The study group.
    pub group: usize,
    /// The meeting.
    pub meeting: usize,
}

/// An earlier and a later timetable, compared once for all who need to know what is the same.
pub struct TimetableDiff<'a> {
    earlier: &'a Timetable,
    later: &'a Timetable,
    /// The study groups of both timetables.
    groups: BTreeMap<&'a Id, GroupDiff>,
    /// The UIDs of the unchanged meetings, found when they are first needed.
    unchanged: OnceCell<HashSet<&'a Uid>>,
}

/// A study group that both timetables have.
struct GroupDiff {
    /// Its position in the earlier timetable.
    earlier: usize,
    /// Whether it is the same, apart from its meetings.
    is_same: bool,
    /// The positions of its meetings in the earlier timetable.
    meetings: HashMap<Uid, usize>,
}

impl<'a> TimetableDiff<'a> {
    /// Compares two timetables.
    ///
    /// ```
    /// # use convene::definition::{DefinitionFile, read};
    /// # use convene::resolve::resolve;
    /// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
    /// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
    /// # let (definitions, mut problems) = read("meetings", files);
    /// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
    /// use convene::timetable::TimetableDiff;
    ///
    /// let mut later = timetable.clone();
    /// std::sync::Arc::make_mut(&mut later.groups[0].meetings[0]).sessions.clear();
    /// let diff = TimetableDiff::between(&timetable, &later);
    /// assert!(diff.is_same_except_meetings(&later.groups[0].id));
    /// assert!(!diff.is_unchanged(&later.groups[0].meetings[0]));
    /// ```
    pub fn between(earlier: &'a Timetable, later: &'a Timetable) -> Self {
        let mut groups = BTreeMap::new();
        for (position, group) in earlier.groups.iter().enumerate() {
            if let Some(now) = later.group(group.id.as_str()) {
                let is_same = group.same_except_meetings(now);
                let compared = GroupDiff { earlier: position, is_same, meetings: group.meeting_positions() };
                groups.insert(&group.id, compared);
            }
        }
        Self { earlier, later, groups, unchanged: OnceCell::new() }
    }

    fn unchanged(&self) -> HashSet<&'a Uid> {
        // Looking at every session of every meeting takes long, and study groups seldom change.
        let are_groups_same = self.later.groups.iter().all(|group| self.is_same_except_meetings(&group.id));
        let mut unchanged = HashSet::new();
        for group in self.later.groups.iter().filter(|group| self.is_same_except_meetings(&group.id)) {
            let has_same_guests = |meeting: &Meeting| {
                are_groups_same || meeting.guests().all(|guest| self.is_same_except_meetings(&guest.group))
            };
            let is_same = |meeting: &&Arc<Meeting>| {
                self.earlier_meeting(&group.id, &meeting.uid) == Some(meeting) && has_same_guests(meeting)
            };
            unchanged.extend(group.meetings.iter().filter(is_same).map(|meeting| &meeting.uid));
        }
        unchanged
    }

    /// Returns `true` if both timetables have a study group, and it is the same apart from its meetings.
    pub fn is_same_except_meetings(&self, group: &Id) -> bool {
        self.groups.get(group).is_some_and(|group| group.is_same)
    }

    /// Returns `true` if no byte that readers see of a meeting can differ: the meeting is the same, and so are its
    /// study group and those of its guests, apart from other meetings.
    pub fn is_unchanged(&self, meeting: &Meeting) -> bool {
        self.unchanged.get_or_init(|| self.unchanged()).contains(&meeting.uid)
    }

    /// Returns where the earlier timetable has a meeting of a study group.
    pub fn earlier_position(&self, group: &Id, meeting: &Uid) -> Option<MeetingRef> {
        let group = self.groups.get(group)?;
        Some(MeetingRef { group: group.earlier, meeting: *group.meetings.get(meeting)? })
    }

    /// Returns a meeting of a study group as the earlier timetable has it.
    pub fn earlier_meeting(&self, group: &Id, meeting: &Uid) -> Option<&'a Arc<Meeting>> {
        let MeetingRef { group, meeting } = self.earlier_position(group, meeting)?;
        Some(&self.earlier.groups[group].meetings[meeting])
    }

    /// Returns the meetings that only the earlier timetable has in a study group of the later one.
    pub fn removed_meetings(&self, later: &Group) -> Vec<&'a Arc<Meeting>> {
        let Some(group) = self.groups.get(&later.id) else { return Vec::new() };
        let kept: HashSet<&Uid> = later.meetings.iter().map(|meeting| &meeting.uid).collect();
        let earlier = &self.earlier.groups[group.earlier].meetings;
        earlier.iter().filter(|meeting| !kept.contains(&meeting.uid)).collect()
    }
}
