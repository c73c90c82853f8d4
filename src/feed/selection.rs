//! What each kind of feed includes: the table of docs/feeds.md, as code.

use std::sync::Arc;

use jiff::civil::Date;

use super::indexed_entry::{EntryCategory, EntryClass, EntryPosition, IndexedEntry};
use super::mask::{MaskLayout, overlap};
use crate::id::{BodyName, Id};
use crate::text::Language;
use crate::timetable::{BodyIndex, Delegate, Follows, Group, Meeting, Timetable};

/// What a feed selects.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Selection {
    /// The sessions of a body, of bodies that contain it and of those inside it, and the deadlines.
    Body {
        /// The study group.
        group: Id,
        /// The body.
        body: BodyIndex,
    },
    /// The same, under a former name of the body.
    Former {
        /// The study group.
        group: Id,
        /// The body.
        body: BodyIndex,
        /// The former name.
        former: BodyName,
    },
    /// Everything public.
    All(Id),
    /// The study group's own sessions and the deadlines.
    Plenaries(Id),
    /// The deadlines.
    Deadlines(Id),
    /// The days of whole meetings.
    Meetings(Id),
    /// One meeting: its sessions and deadlines.
    Meeting {
        /// The study group.
        group: Id,
        /// The meeting.
        meeting: Id,
    },
    /// One session or deadline of a meeting, with all its occurrences.
    Event {
        /// The study group.
        group: Id,
        /// The meeting.
        meeting: Id,
        /// The session or deadline.
        event: Id,
    },
    /// Bodies and audiences that a reader combines.
    Follow(Follows),
    /// The same for one meeting: a part of its timetable. Only pages have it, and it has no address.
    Part {
        /// The bodies and audiences.
        follows: Follows,
        /// The meeting.
        meeting: Id,
    },
    /// What a delegate follows.
    Delegate(Arc<Delegate>),
}

impl Selection {
    /// Returns the study groups that it selects from, in order.
    pub fn groups<'t>(&self, timetable: &'t Timetable) -> Vec<&'t Group> {
        match self {
            Self::Body { group, .. }
            | Self::Former { group, .. }
            | Self::All(group)
            | Self::Plenaries(group)
            | Self::Deadlines(group)
            | Self::Meetings(group)
            | Self::Meeting { group, .. }
            | Self::Event { group, .. } => timetable.group(group.as_str()).into_iter().collect(),
            Self::Follow(_) | Self::Part { .. } | Self::Delegate(_) => {
                let follows = self.follows().iter();
                follows.filter_map(|follows| timetable.group(follows.group.as_str())).collect()
            }
        }
    }

    /// Returns what a reader follows in each study group, if the selection is a reader's.
    pub fn follows(&self) -> &[Follows] {
        match self {
            Self::Follow(follows) | Self::Part { follows, .. } => std::slice::from_ref(follows),
            Self::Delegate(delegate) => &delegate.follows,
            _ => &[],
        }
    }

    /// Returns the language of a feed whose address names none.
    ///
    /// ```
    /// # use convene::definition::{DefinitionFile, read};
    /// # use convene::resolve::resolve;
    /// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
    /// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
    /// # let (definitions, mut problems) = read("meetings", files);
    /// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
    /// use convene::feed::Selection;
    /// use convene::id::Id;
    ///
    /// let all = Selection::All(Id::parse("sg12").expect("an id"));
    /// assert_eq!(all.own_language(&timetable).tag(), "en");
    /// ```
    pub fn own_language(&self, timetable: &Timetable) -> Language {
        if let Self::Delegate(delegate) = self {
            return delegate.feed_language(timetable);
        }
        self.groups(timetable).first().map_or_else(Language::english, |group| group.first_language().clone())
    }

    /// Returns the meeting that it is limited to, which it includes however long ago it was.
    pub(super) fn meeting(&self) -> Option<&Id> {
        match self {
            Self::Meeting { meeting, .. } | Self::Event { meeting, .. } | Self::Part { meeting, .. } => Some(meeting),
            _ => None,
        }
    }

    /// Returns what it includes of a study group with these masks.
    pub(super) fn inclusion_rules(&self, group: &Group, mask_layout: &MaskLayout) -> InclusionRules {
        let follows = || self.follows().iter().find(|follows| follows.group == group.id);
        let followed = || {
            follows()
                .map_or_else(|| mask_layout.none(), |follows| mask_layout.exactly(&follows.bodies, &follows.audiences))
        };
        let wanted = |sessions, mask| InclusionRules { sessions, mask, ..InclusionRules::defaults() };
        match self {
            Self::Body { body, .. } | Self::Former { body, .. } => {
                InclusionRules { is_of_bodies: true, ..wanted(Include::Some, mask_layout.exactly(&[*body], &[])) }
            }
            Self::All(_) | Self::Meeting { .. } => wanted(Include::All, mask_layout.none()),
            Self::Plenaries(_) => wanted(Include::Some, mask_layout.study_group()),
            Self::Deadlines(_) => {
                InclusionRules { dates_alone: Include::None, ..wanted(Include::None, mask_layout.none()) }
            }
            Self::Meetings(_) => InclusionRules {
                deadlines: Include::None,
                deadlines_for: Include::None,
                spans: Include::All,
                ..wanted(Include::None, mask_layout.none())
            },
            // One of these has the id.
            Self::Event { .. } => {
                InclusionRules { dates_alone: Include::None, ..wanted(Include::All, mask_layout.none()) }
            }
            Self::Follow(_) | Self::Part { .. } => {
                InclusionRules { is_of_bodies: true, ..wanted(Include::Some, followed()) }
            }
            Self::Delegate(delegate) => InclusionRules {
                private_sessions: Include::Some,
                deadlines_for: Include::Some,
                hides_cancelled: delegate.hides_cancelled,
                is_of_bodies: true,
                ..wanted(Include::Some, followed())
            },
        }
    }

    /// Returns `true` if it is for a single session or deadline, and this entry belongs to another one.
    pub(super) fn excludes(&self, line: &IndexedEntry, meeting: &Meeting) -> bool {
        let Self::Event { event: id, .. } = self else { return false };
        match line.at {
            EntryPosition::Session(session, _) | EntryPosition::Series(session, _) => {
                meeting.sessions[session].id != *id
            }
            EntryPosition::Deadline(deadline) => meeting.deadlines[deadline].id != *id,
            EntryPosition::Span | EntryPosition::NoSession(_) => true,
        }
    }

    /// Returns the body and the day on which it was closed, if it is the feed of a closed body.
    pub(super) fn closed(&self, group: &Group) -> Option<(BodyIndex, Date)> {
        match self {
            Self::Body { body, .. } | Self::Former { body, .. } => Some((*body, group.bodies[*body].closed?)),
            _ => None,
        }
    }

    /// Returns `true` if it is for a single session or deadline.
    pub(super) fn is_event(&self) -> bool {
        matches!(self, Self::Event { .. })
    }

    /// Returns the delegate, if it is a delegate's selection.
    pub fn delegate(&self) -> Option<&Delegate> {
        match self {
            Self::Delegate(delegate) => Some(delegate),
            _ => None,
        }
    }
}

/// Which entries of a category a feed includes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Include {
    /// None of them.
    None,
    /// Those whose mask overlaps with the feed's.
    Some,
    /// All of them.
    All,
}

/// What a feed includes of a study group.
pub(super) struct InclusionRules {
    sessions: Include,
    private_sessions: Include,
    deadlines: Include,
    deadlines_for: Include,
    dates_alone: Include,
    spans: Include,
    notices: Include,
    /// The mask of those whom the feed is for.
    mask: Vec<u64>,
    /// Whether cancelled entries are left out.
    hides_cancelled: bool,
    /// Whether the feed is of some bodies.
    is_of_bodies: bool,
}

impl InclusionRules {
    /// Returns what most feeds include besides their sessions.
    fn defaults() -> Self {
        Self {
            sessions: Include::Some,
            private_sessions: Include::None,
            deadlines: Include::All,
            deadlines_for: Include::All,
            dates_alone: Include::All,
            spans: Include::None,
            notices: Include::Some,
            mask: Vec::new(),
            hides_cancelled: false,
            is_of_bodies: false,
        }
    }

    /// Returns `true` if it includes an entry of this class with this audience mask.
    #[inline]
    pub(super) fn includes(&self, class: EntryClass, mask: &[u64]) -> bool {
        let take = match class.category {
            EntryCategory::Session => self.sessions,
            EntryCategory::PrivateSession => self.private_sessions,
            EntryCategory::Deadline => self.deadlines,
            EntryCategory::DeadlineFor => self.deadlines_for,
            EntryCategory::DatesAlone => self.dates_alone,
            EntryCategory::Span => self.spans,
            EntryCategory::Notice => self.notices,
        };
        // What concerns some bodies is in the feeds of these alone, and in those of the whole study group.
        let take = if class.is_of_bodies && self.is_of_bodies && take == Include::All { Include::Some } else { take };
        let is_taken = match take {
            Include::None => false,
            Include::Some => overlap(mask, &self.mask),
            Include::All => true,
        };
        is_taken && class.visibility.is_visible(self.hides_cancelled)
    }
}
