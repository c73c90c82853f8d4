//! Meetings: when and where a study group meets, with its documents, deadlines and sessions.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{BodyIndex, Cancellation, ConcernedBodies, Days, Deadline, GuestBodies, NamedUids, Session, Status, Uid};
use crate::id::Id;
use crate::text::{Line, Prose, Text};
use crate::zone::Zone;

/// A meeting of a study group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its part of an address: `2025-01-geneva`.
    pub id: Id,
    /// Its earlier ids, whose addresses lead to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Id>,
    /// The UID of the event that covers its days.
    pub uid: Uid,
    /// The UIDs of its names, if they are others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named: Option<Box<NamedUids>>,
    /// Whether it is over, or a part of it, and the definitions no longer contain it. It is in no list and in no feed of
    /// several meetings. Its own addresses show it as it last was.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_archived: bool,
    /// The bodies whose meeting it is.
    #[serde(default, skip_serializing_if = "ConcernedBodies::is_empty")]
    pub concerns: ConcernedBodies,
    /// What it is called.
    pub title: Text,
    /// Its days; `None` for a file of e-meetings.
    pub days: Option<Days>,
    /// What is known of its days.
    #[serde(default, skip_serializing_if = "KnownDates::is_complete")]
    pub known_dates: KnownDates,
    /// Where it takes place.
    pub venue: Option<Venue>,
    /// The city, if the meeting itself has one.
    pub place: Option<Text>,
    /// The time zone of its city, if the definitions say which it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
    /// How certain its dates are.
    pub status: Status,
    /// Why the meeting does not take place.
    pub cancelled: Option<Cancellation>,
    /// The days that were announced, if the definitions no longer have any.
    pub former_days: Option<Days>,
    /// The collective letter.
    pub letter: Option<Letter>,
    /// The document number of the agenda.
    pub agenda: Option<Line>,
    /// The document number of the timetable, which is kept up to date.
    pub timetable: Option<Line>,
    /// What every reader of its sessions should know.
    pub note: Option<Text<Prose>>,
    /// Where to read on.
    pub links: Vec<Link>,
    /// Its deadlines by date, then by id.
    pub deadlines: Vec<Deadline>,
    /// Its sessions, in the order of the file.
    pub sessions: Vec<Session>,
    /// The bodies without a session, each with the UID of the notice that says so. A body has a session if one names
    /// it or its working party. Empty for a meeting without days or sessions.
    pub without_session: Vec<(BodyIndex, Uid)>,
}

impl Meeting {
    /// Returns why none of its entries take place, if they are cancelled with it. Those of a meeting that was removed each
    /// have a reason of their own, unless they took place before.
    pub fn cancelled_entries(&self) -> Option<&Cancellation> {
        self.cancelled.as_ref().filter(|cancelled| **cancelled != Cancellation::Gone)
    }

    /// Iterates over the UIDs of its sessions and deadlines. All instances of a series have the same one.
    pub fn entry_uids(&self) -> impl Iterator<Item = &Uid> {
        let occurrences = self.sessions.iter().flat_map(|session| &session.occurrences);
        occurrences.map(|occurrence| &occurrence.uid).chain(self.deadlines.iter().map(|deadline| &deadline.uid))
    }

    /// Iterates over the bodies of other study groups that its sessions and deadlines, or the meeting itself, concern.
    pub fn guests(&self) -> impl Iterator<Item = &GuestBodies> {
        let of_sessions = self.sessions.iter().flat_map(|session| &session.guests);
        let of_deadlines = self.deadlines.iter().flat_map(|deadline| &deadline.concerns.guests);
        of_sessions.chain(of_deadlines).chain(&self.concerns.guests)
    }

    /// Returns the meeting without its sessions, deadlines and notices.
    #[must_use]
    pub fn without_entries(&self) -> Self {
        // Not copied first, because there may be very many.
        let Self {
            id,
            former,
            uid,
            named,
            is_archived,
            concerns,
            title,
            days,
            known_dates,
            venue,
            place,
            zone,
            status,
            ..
        } = self;
        let Self { cancelled, former_days, letter, agenda, timetable, note, links, .. } = self;
        Self {
            id: id.clone(),
            former: former.clone(),
            uid: uid.clone(),
            named: named.clone(),
            is_archived: *is_archived,
            concerns: concerns.clone(),
            title: title.clone(),
            days: *days,
            known_dates: *known_dates,
            venue: venue.clone(),
            place: place.clone(),
            zone: zone.clone(),
            status: *status,
            cancelled: cancelled.clone(),
            former_days: *former_days,
            letter: letter.clone(),
            agenda: agenda.clone(),
            timetable: timetable.clone(),
            note: note.clone(),
            links: links.clone(),
            deadlines: Vec::new(),
            sessions: Vec::new(),
            without_session: Vec::new(),
        }
    }

    /// Returns its days, if the first and the last one are known.
    pub fn whole_days(&self) -> Option<Days> {
        self.days.filter(|_| self.known_dates.is_complete())
    }

    /// Returns the city.
    pub fn city(&self) -> Option<&Text> {
        self.place.as_ref().or_else(|| self.venue.as_ref().and_then(|venue| venue.place.as_ref()))
    }

    /// Returns the city after which readers know a time zone: `Geneva time`.
    pub fn city_in_zone(&self, zone: &Zone) -> Option<&Text> {
        self.city().filter(|_| self.zone.as_ref() == Some(zone))
    }
}

/// What is known of the days of a meeting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum KnownDates {
    /// The first and the last one.
    #[default]
    All,
    /// The first one: its days are that one.
    FirstDay,
    /// The month: its days are all of that month.
    Month,
}

impl KnownDates {
    /// Returns `true` if the first and the last day are known.
    pub fn is_complete(&self) -> bool {
        *self == Self::All
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
    /// Latitude and longitude in degrees, as written.
    pub geo: Option<(String, String)>,
}

/// A collective letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Its number: `1/12`.
    pub number: Line,
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
