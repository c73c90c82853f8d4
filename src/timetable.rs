//! The model: study groups, bodies, meetings, sessions, deadlines and delegates, as meant and without faults.
//!
//! A [`Timetable`] can be rendered without `Result`. Knows nothing of YAML, feeds or bytes. What the ledger's
//! database keeps of it is read back through the same constructors, and is as valid as it was.

mod body;
mod cancellation;
mod concerns;
mod deadline;
mod delegate;
mod delegates;
mod diff;
mod further_notice;
mod hours;
mod meeting;
mod session;
mod uid;
mod when;
mod written_name;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use url::Url;

pub use crate::definition::{
    CancellationStyle, DayPart, Frequency, RecurrenceRule, RuleEnd, SessionKind, SessionOrder, Status, WeekdayNum,
};
pub use body::{
    Audience, AudienceIndex, Body, BodyIndex, BodyKind, KindName, STUDY_GROUP, are_bodies_related, find_later_body,
    is_body_within,
};
pub use cancellation::Cancellation;
pub use concerns::ConcernedBodies;
pub use deadline::{DateSource, Deadline};
pub use delegate::{Delegate, Follows};
pub use delegates::PackedDelegates;
pub use diff::{MeetingRef, TimetableDiff};
pub use hours::{AnnouncedHours, ZonedHour};
pub use meeting::{KnownDates, Letter, Link, Meeting, Venue};
pub use session::{
    AnnouncedTime, Details, FormerTime, GuestBodies, Interpretation, JoinLink, Occurrence, Override, Series, Session,
    SessionPlace, SkippedDay,
};
pub use uid::{NamedUids, Uid};
pub use when::{DateAndHour, Days, Moment, TimedSpan, When};
pub use written_name::WrittenName;

use crate::id::Id;
use crate::text::{Language, Line, Text};
use crate::zone::Zone;

/// Everything that the definitions of one folder mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timetable {
    /// The study groups, in the order of their ids.
    pub groups: Vec<Group>,
    /// The delegates, in the order of their ids.
    pub delegates: Arc<PackedDelegates>,
}

impl Timetable {
    /// Replaces every meeting that is equal in `other` by a shared reference to it. Shared memory is kept once and
    /// compares quickly, because `Arc` compares pointers first.
    pub fn reuse_unchanged_from(&mut self, other: &Self) {
        for group in &mut self.groups {
            let Some(other) = other.group(group.id.as_str()) else { continue };
            let positions = other.meeting_positions();
            for meeting in &mut group.meetings {
                let known = positions.get(&meeting.uid).map(|position| &other.meetings[*position]);
                if let Some(known) = known.filter(|known| *known == meeting) {
                    *meeting = Arc::clone(known);
                }
            }
        }
        if self.delegates == other.delegates {
            self.delegates = Arc::clone(&other.delegates);
        }
    }

    /// Returns every language that a reader may choose: those of the study groups, because a delegate may follow
    /// several, and those of convene's own texts.
    pub fn languages(&self) -> BTreeSet<Language> {
        self.groups.iter().flat_map(|group| group.languages.iter().cloned()).chain(Language::ui_languages()).collect()
    }

    /// Returns the study group with an id.
    ///
    /// ```
    /// # use convene::definition::{DefinitionFile, read};
    /// # use convene::resolve::resolve;
    /// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
    /// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
    /// # let (definitions, mut problems) = read("meetings", files);
    /// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
    /// assert_eq!(timetable.group("sg12").map(|group| group.short()), Some("SG12"));
    /// assert!(timetable.group("sg13").is_none());
    /// ```
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id.as_str() == id)
    }
}

/// A study group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The first part of its addresses: `sg12`.
    pub id: Id,
    /// Its full name.
    pub name: Text,
    /// The short name in other languages than the first, where it differs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub short_translations: BTreeMap<Language, Line>,
    /// The homepage.
    pub homepage: Option<Url>,
    /// The contact address.
    pub contact: Option<Line>,
    /// The languages, at least one. The others fall back to the first.
    pub languages: Vec<Language>,
    /// The domain part of its UIDs.
    pub uid_domain: String,
    /// The time zone, unless a meeting has another.
    pub zone: Zone,
    /// How cancelled events are published.
    pub cancelled: CancellationStyle,
    /// The study group itself, then its working parties and its Questions, in the order of group.yaml.
    pub bodies: Vec<Body>,
    /// The audiences, in the order of group.yaml.
    pub audiences: Vec<Audience>,
    /// The meetings by first day, those without days last, then by id. They are stored separately.
    #[serde(skip)]
    pub meetings: Vec<Arc<Meeting>>,
}

impl Group {
    /// Returns what summaries begin with in its first language: `SG12`.
    pub fn short(&self) -> &str {
        self.bodies[STUDY_GROUP].name.as_str()
    }

    /// Returns what summaries begin with in a language.
    pub fn short_in(&self, language: &Language) -> &str {
        self.short_translations.get(language).map_or(self.short(), |short| short)
    }

    /// Returns the first language.
    pub fn first_language(&self) -> &Language {
        &self.languages[0]
    }

    /// Returns the positions of the meetings in the list, by UID.
    pub fn meeting_positions(&self) -> HashMap<Uid, usize> {
        self.meetings.iter().enumerate().map(|(position, meeting)| (meeting.uid.clone(), position)).collect()
    }

    /// Returns the bodies, each with its index; the study group itself is the first.
    pub fn indexed_bodies(&self) -> impl Iterator<Item = (BodyIndex, &Body)> {
        self.bodies.iter().enumerate().map(|(position, body)| (BodyIndex::new(position), body))
    }

    /// Returns the audiences, each with its index.
    pub fn indexed_audiences(&self) -> impl Iterator<Item = (AudienceIndex, &Audience)> {
        self.audiences.iter().enumerate().map(|(position, audience)| (AudienceIndex::new(position), audience))
    }

    /// Returns `true` if the bodies are the same, or one contains the other.
    pub fn are_related(&self, one: BodyIndex, other: BodyIndex) -> bool {
        are_bodies_related(&self.bodies, one, other)
    }

    /// Returns `true` if `inner` is `outer` or inside it.
    ///
    /// ```
    /// # use convene::definition::{DefinitionFile, read};
    /// # use convene::resolve::resolve;
    /// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
    /// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
    /// # let (definitions, mut problems) = read("meetings", files);
    /// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
    /// use convene::timetable::STUDY_GROUP;
    ///
    /// let group = timetable.group("sg12").expect("SG12");
    /// let body = |name: &str| group.indexed_bodies().find(|(_, body)| body.written.first() == name).expect("a body").0;
    /// assert!(group.is_within(body("WP1/12"), STUDY_GROUP));
    /// assert!(!group.is_within(body("WP1/12"), body("WP2/12")));
    /// ```
    pub fn is_within(&self, inner: BodyIndex, outer: BodyIndex) -> bool {
        is_body_within(&self.bodies, inner, outer)
    }

    /// Returns `true` if everything but the meetings is the same.
    pub fn same_except_meetings(&self, other: &Self) -> bool {
        fn header(group: &Group) -> impl PartialEq + '_ {
            let Group { id, name, homepage, contact, languages, uid_domain, zone, .. } = group;
            let Group { cancelled, bodies, audiences, short_translations, meetings: _, .. } = group;
            (
                (id, name, short_translations, homepage, contact, languages),
                (uid_domain, zone, cancelled, bodies, audiences),
            )
        }
        header(self) == header(other)
    }

    /// Returns the group with the bodies and audiences of its later state, to which the indices of later sessions refer,
    /// and without meetings.
    #[must_use]
    pub fn with_bodies_of(&self, later: &Self) -> Self {
        let Self { id, name, homepage, contact, languages, uid_domain, zone, cancelled, .. } = self;
        Self {
            id: id.clone(),
            name: name.clone(),
            short_translations: self.short_translations.clone(),
            homepage: homepage.clone(),
            contact: contact.clone(),
            languages: languages.clone(),
            uid_domain: uid_domain.clone(),
            zone: zone.clone(),
            cancelled: *cancelled,
            bodies: later.bodies.clone(),
            audiences: later.audiences.clone(),
            meetings: Vec::new(),
        }
    }

    /// Sorts the meetings.
    pub fn sort_meetings(&mut self) {
        // A removed meeting may have the id of a new one.
        self.meetings
            .sort_by(|a, b| (a.days.is_none(), a.days, &a.id, &a.uid).cmp(&(b.days.is_none(), b.days, &b.id, &b.uid)));
    }

    /// Iterates over the meetings that are listed: all but archived ones.
    pub fn listed_meetings(&self) -> impl Iterator<Item = &Meeting> {
        self.meetings.iter().map(|meeting| &**meeting).filter(|meeting| !meeting.is_archived)
    }

    /// Returns the meeting with an id; an archived one if no other has it.
    pub fn meeting(&self, id: &Id) -> Option<&Meeting> {
        let archived = || self.meetings.iter().map(|meeting| &**meeting).find(|meeting| meeting.id == *id);
        self.listed_meetings().find(|meeting| meeting.id == *id).or_else(archived)
    }

    /// Returns the meeting with the latest first day.
    ///
    /// ```
    /// # use convene::definition::{DefinitionFile, read};
    /// # use convene::resolve::resolve;
    /// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
    /// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
    /// # let (definitions, mut problems) = read("meetings", files);
    /// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
    /// let meeting = timetable.groups[0].latest_meeting().expect("a meeting");
    /// assert_eq!(meeting.id.as_str(), "2025-01-geneva");
    /// ```
    pub fn latest_meeting(&self) -> Option<&Meeting> {
        self.listed_meetings().filter(|meeting| meeting.days.is_some()).max_by_key(|meeting| meeting.days)
    }
}
