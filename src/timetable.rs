//! What was meant: study groups, bodies, meetings, sessions, deadlines and delegates, without a fault.
//!
//! Whoever has a [`Timetable`] may render it without `Result`. Knows nothing of YAML, of feeds or of bytes. What is kept
//! of it beside the ledger is read back through the same constructors, and is as faultless as it was.

mod cancellation;
mod deadline;
mod delegate;
mod delegates;
mod session;
mod uid;
mod when;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

pub use crate::definition::{Cancelled, Frequency, Kind, Limit, OnWeekday, Order, Part, Repeat, Status};
pub use cancellation::Cancellation;
pub use deadline::{DateSource, Deadline};
pub use delegate::{Delegate, Follows};
pub use delegates::Delegates;
pub use session::{Change, Details, Guest, Interpretation, Join, Occurrence, Planned, Series, Session};
pub use uid::Uid;
pub use when::{Days, Hours, Moment, TimedSpan, When};

use crate::body::{BodyName, Id};
use crate::text::{Language, Text};
use crate::zone::Zone;

/// Everything that the definitions of one folder mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timetable {
    /// The study groups, in the order of their ids.
    pub groups: Vec<Group>,
    /// The delegates, in the order of their ids.
    pub delegates: Arc<Delegates>,
}

impl Timetable {
    /// Takes what is the same in another timetable from there: what is one piece of memory is kept once, and is equal at a
    /// glance, as `Arc` compares what is `Eq`.
    pub fn share(&mut self, other: &Self) {
        for group in &mut self.groups {
            let others = other.group(group.id.as_str()).map(|other| &other.meetings[..]).unwrap_or_default();
            let known: HashMap<&Uid, &Arc<Meeting>> = others.iter().map(|meeting| (&meeting.uid, meeting)).collect();
            for meeting in &mut group.meetings {
                if let Some(known) = known.get(&meeting.uid).filter(|known| **known == meeting) {
                    *meeting = Arc::clone(known);
                }
            }
        }
        if self.delegates == other.delegates {
            self.delegates = Arc::clone(&other.delegates);
        }
    }

    /// Every language in which somebody may read it: those of the study groups, because a delegate may follow several, and
    /// those in which convene has words.
    pub fn languages(&self) -> BTreeSet<Language> {
        self.groups.iter().flat_map(|group| group.languages.iter().cloned()).chain(Language::spoken()).collect()
    }

    /// The study group of this id.
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
    /// Its homepage.
    pub homepage: Option<Url>,
    /// Whom to write to.
    pub contact: Option<String>,
    /// Its languages, at least one; the first is the one others fall back to.
    pub languages: Vec<Language>,
    /// The domain of its UIDs.
    pub uid_domain: String,
    /// The zone of what says no other.
    pub zone: Zone,
    /// What becomes of cancelled events.
    pub cancelled: Cancelled,
    /// The study group itself, then its working parties and its Questions, in the order of group.yaml.
    pub bodies: Vec<Body>,
    /// The kinds of delegate that something may be meant for, in the order of group.yaml.
    pub audiences: Vec<Audience>,
    /// Its meetings by first day, those without days last, then by id. They are kept one by one.
    #[serde(skip)]
    pub meetings: Vec<Arc<Meeting>>,
}

/// The index of a body in [`Group::bodies`].
pub type BodyIndex = usize;
/// The index of an audience in [`Group::audiences`].
pub type AudienceIndex = usize;
/// The index of the study group itself in [`Group::bodies`].
pub const STUDY_GROUP: BodyIndex = 0;

impl Group {
    /// What stands before summaries: `SG12`.
    pub fn short(&self) -> &str {
        self.bodies[STUDY_GROUP].name.as_str()
    }

    /// The first of the languages.
    pub fn first_language(&self) -> &Language {
        &self.languages[0]
    }

    /// Whether one of the two bodies is the other, or above or below it.
    pub fn in_line(&self, one: BodyIndex, other: BodyIndex) -> bool {
        self.is_within(one, other) || self.is_within(other, one)
    }

    /// Whether `inner` is `outer` or below it.
    pub fn is_within(&self, inner: BodyIndex, outer: BodyIndex) -> bool {
        let mut at = Some(inner);
        while let Some(index) = at {
            if index == outer {
                return true;
            }
            at = self.bodies[index].above;
        }
        false
    }

    /// Whether all of it but the meetings is the same.
    pub fn has_header_of(&self, other: &Self) -> bool {
        fn header(group: &Group) -> impl PartialEq + '_ {
            let Group { id, name, homepage, contact, languages, uid_domain, zone, .. } = group;
            let Group { cancelled, bodies, audiences, meetings: _, .. } = group;
            ((id, name, homepage, contact, languages), (uid_domain, zone, cancelled, bodies, audiences))
        }
        header(self) == header(other)
    }

    /// Puts the meetings in order.
    pub fn sort_meetings(&mut self) {
        // One that is gone may have had the id that another one has now.
        self.meetings
            .sort_by(|a, b| (a.days.is_none(), a.days, &a.id, &a.uid).cmp(&(b.days.is_none(), b.days, &b.id, &b.uid)));
    }

    /// The meeting of this id.
    pub fn meeting(&self, id: &Id) -> Option<&Meeting> {
        self.meetings.iter().map(|meeting| &**meeting).find(|meeting| meeting.id == *id)
    }

    /// The meeting with the latest first day.
    pub fn latest_meeting(&self) -> Option<&Meeting> {
        let meetings = self.meetings.iter().map(|meeting| &**meeting);
        meetings.filter(|meeting| meeting.days.is_some()).max_by_key(|meeting| meeting.days)
    }
}

/// A study group, a working party or a Question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// What sort of body it is.
    pub rank: Rank,
    /// Its short name: `WP1`.
    pub name: BodyName,
    /// Its name as people write it: `WP1/12`.
    pub written: String,
    /// Its title.
    pub title: Text,
    /// The body that it belongs to; none for the study group.
    pub above: Option<BodyIndex>,
    /// Its earlier names.
    pub former: Vec<BodyName>,
    /// The last day on which it existed.
    pub closed: Option<Date>,
    /// What readers of a closed or renamed body's feed should know.
    pub note: Option<Text>,
}

impl Body {
    /// Whether it is what an earlier body was: the study group itself, or one of the same name, renamed since or not.
    pub fn continues(&self, earlier: &Self) -> bool {
        (self.above.is_none() && earlier.above.is_none())
            || self.name == earlier.name
            || self.former.contains(&earlier.name)
    }
}

/// What sort of body a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rank {
    /// The study group itself.
    StudyGroup,
    /// A working party.
    WorkingParty,
    /// A Question.
    Question,
}

/// A kind of delegate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// Its part of an address.
    pub id: Id,
    /// What it is called.
    pub name: Text,
}

/// A gathering of a study group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its part of an address: `2025-01-geneva`.
    pub id: Id,
    /// Its earlier ids, whose addresses lead to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Id>,
    /// The UID of its span of days.
    pub uid: Uid,
    /// What it is called.
    pub title: Text,
    /// Its days; none for a file of e-meetings.
    pub days: Option<Days>,
    /// Where it takes place.
    pub venue: Option<Venue>,
    /// The city, where that is said of the meeting itself.
    pub place: Option<Text>,
    /// How sure its dates are.
    pub status: Status,
    /// Why the whole of it does not take place.
    pub cancelled: Option<Cancellation>,
    /// The days that were announced of it, where the definitions no longer name any.
    pub former_days: Option<Days>,
    /// The collective letter.
    pub letter: Option<Letter>,
    /// The number of the agenda.
    pub agenda: Option<String>,
    /// The number of the timetable that is kept up to date.
    pub timetable: Option<String>,
    /// What every reader of its sessions should know.
    pub note: Option<Text>,
    /// Where to read on.
    pub links: Vec<Link>,
    /// Its deadlines by date, then by id.
    pub deadlines: Vec<Deadline>,
    /// Its sessions, in the order of the file.
    pub sessions: Vec<Session>,
    /// The bodies that none of its sessions names, nor their working party, each with the UID of the notice that
    /// says so. Empty for a meeting without days or without sessions.
    pub without_session: Vec<(BodyIndex, Uid)>,
}

impl Meeting {
    /// The city.
    pub fn city(&self) -> Option<&Text> {
        self.place.as_ref().or_else(|| self.venue.as_ref().and_then(|venue| venue.place.as_ref()))
    }
}

/// A place where a study group meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Venue {
    /// Its name.
    pub name: Text,
    /// Its postal address.
    pub address: Option<Text>,
    /// The city.
    pub place: Option<Text>,
    /// Latitude and longitude in degrees, as typed.
    pub geo: Option<(String, String)>,
}

/// A collective letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Its number: `1/12`.
    pub number: String,
    /// Its date.
    pub date: Option<Date>,
    /// Where it can be read.
    pub url: Option<Url>,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it leads to.
    pub label: Text,
    /// Its address.
    pub url: Url,
}
