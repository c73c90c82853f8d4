//! Sessions: who meets, when, and what is different for single occurrences.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    AudienceIndex, BodyIndex, Cancellation, Hours, Kind, Link, Order, Part, Repeat, Status, TimedSpan, Uid, When,
};
use crate::body::Id;
use crate::text::{Language, Text};

/// A session: one occurrence or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its part of an address.
    pub id: Id,
    /// Its earlier ids, whose addresses lead to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Id>,
    /// What sort of session it is.
    pub kind: Kind,
    /// The bodies of its own study group that are concerned, in the order of the group.
    pub bodies: Vec<BodyIndex>,
    /// The bodies of other study groups that are concerned, by study group. There is at least one body in all.
    pub guests: Vec<Guest>,
    /// How the bodies share it.
    pub order: Option<Order>,
    /// Whom it is meant for alone; everybody if empty.
    pub audience: Vec<AudienceIndex>,
    /// Whether it is in the feeds of delegates alone.
    pub is_private: bool,
    /// Into which languages it is interpreted.
    pub interpretation: Option<Interpretation>,
    /// What holds for every occurrence that does not say otherwise.
    pub details: Details,
    /// Why it does not take place, if it does not.
    pub cancelled: Option<Cancellation>,
    /// When it takes place, in order of time; at least once.
    pub occurrences: Vec<Occurrence>,
    /// The rule that gives its occurrences, where calendars are given the rule. All have its UID then.
    pub series: Option<Series>,
}

/// What may be different for one occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// What it is called, if anything.
    pub title: Option<Text>,
    /// The room.
    pub room: Option<Text>,
    /// Who chairs it.
    pub chair: Option<Text>,
    /// How sure it is.
    pub status: Status,
    /// Where to take part from afar.
    pub join: Option<Join>,
    /// What else to know.
    pub note: Option<Text>,
    /// Where to read on.
    pub links: Vec<Link>,
}

/// Bodies of another study group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// The study group.
    pub group: Id,
    /// Its bodies, in its order.
    pub bodies: Vec<BodyIndex>,
    /// Their names as people write them.
    pub written: Vec<String>,
}

/// Where to take part from afar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// The address.
    pub url: Url,
    /// Who alone is given it; everybody if empty.
    pub audience: Vec<AudienceIndex>,
}

/// Interpretation of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpretation {
    /// Into these languages; not said if empty.
    pub languages: Vec<Language>,
    /// Only if somebody asks for it.
    pub on_request: bool,
}

/// One occurrence of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// Its identity in every calendar.
    pub uid: Uid,
    /// When it was planned first: what it is known by in a series.
    pub original: When,
    /// When it is.
    pub when: When,
    /// Which of its hours a document announces.
    pub hours: Hours,
    /// What is different for it.
    pub change: Option<Box<Change>>,
}

/// When an occurrence was to be before it was moved, as far as a document announced that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planned<'o> {
    /// At an hour.
    At(&'o TimedSpan),
    /// In a part of a day.
    In(Date, Part),
    /// On a day.
    On(Date),
}

impl Occurrence {
    /// From when it was moved; none if it was not.
    pub fn moved_from(&self) -> Option<Planned<'_>> {
        Some(match (&self.original, self.change.as_ref()?.moved?) {
            (When::Timed(span), Hours::Announced | Hours::StartAnnounced(_)) => Planned::At(span),
            (when, Hours::Usual(part)) => Planned::In(when.first_day(), part),
            (when, _) => Planned::On(when.first_day()),
        })
    }
}

/// What is different for one occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What holds for it: all of it, not the differences alone.
    pub details: Details,
    /// Which of the hours before it was moved a document announced, where it was moved.
    pub moved: Option<Hours>,
    /// Why it does not take place, if it does not.
    pub cancelled: Option<Cancellation>,
    /// Why it was moved or changed.
    pub reason: Option<Text>,
}

/// A rule of repetition, in the zone of its first instance. Source: RFC 5545 3.3.10
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Its identity in every calendar.
    pub uid: Uid,
    /// The rule with everything said that its first instance implies.
    pub rule: Repeat,
    /// Its first instance as the rule gives it.
    pub first: When,
    /// Which of its hours a document announces.
    pub hours: Hours,
    /// Its last instance.
    pub last: When,
    /// The instances that were never planned.
    pub skipped: Vec<When>,
}

impl Session {
    /// What holds for an occurrence of it.
    pub fn details<'s>(&'s self, occurrence: &'s Occurrence) -> &'s Details {
        occurrence.change.as_ref().map_or(&self.details, |change| &change.details)
    }

    /// Why an occurrence of it does not take place, if it does not.
    pub fn cancelled<'s>(&'s self, occurrence: &'s Occurrence) -> Option<&'s Cancellation> {
        let own = occurrence.change.as_ref().and_then(|change| change.cancelled.as_ref());
        own.or(self.cancelled.as_ref())
    }

    /// The bodies of a study group that are concerned; `home` is the session's own study group.
    pub fn bodies_of(&self, group: &Id, home: &Id) -> &[BodyIndex] {
        if group == home {
            return &self.bodies;
        }
        let guest = self.guests.iter().find(|guest| guest.group == *group);
        guest.map(|guest| &guest.bodies[..]).unwrap_or_default()
    }
}
