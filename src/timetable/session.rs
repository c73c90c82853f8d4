//! Sessions: who meets, when, and what is different in single occurrences.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

use super::concerns;
use super::{
    AnnouncedHours, AudienceIndex, BodyIndex, Cancellation, DayPart, Group, Link, NamedUids, RecurrenceRule,
    SessionKind, SessionOrder, Status, TimedSpan, Uid, Venue, When, WrittenName,
};
use crate::id::Id;
use crate::text::{Language, Prose, Text};

/// A session with one or more occurrences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its part of an address.
    pub id: Id,
    /// Its earlier ids, whose addresses lead to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Id>,
    /// The kind of session.
    pub kind: SessionKind,
    /// The bodies of its own study group that it concerns, in the order of the group.
    pub bodies: Vec<BodyIndex>,
    /// The bodies of other study groups that it concerns, by study group. There is at least one body in total.
    pub guests: Vec<GuestBodies>,
    /// How the bodies share it.
    pub order: Option<SessionOrder>,
    /// The only audiences that it is meant for; empty for everybody.
    pub audience: Vec<AudienceIndex>,
    /// Whether it is in the feeds of its bodies although it is for an audience.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_in_feeds_of_bodies: bool,
    /// Whether it is only in the feeds of delegates.
    pub is_private: bool,
    /// Whether calendars show its time as free.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_free: bool,
    /// The languages in which it is held; empty if unspecified.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    /// The interpretation, if any.
    pub interpretation: Option<Interpretation>,
    /// The details of every occurrence without an override.
    pub details: Details,
    /// Why it does not take place.
    pub cancelled: Option<Cancellation>,
    /// The occurrences in order of time, at least one.
    pub occurrences: Vec<Occurrence>,
    /// The recurrence rule, if calendars are given one. All occurrences then share its UID.
    pub series: Option<Series>,
    /// The days that were never planned, as far as the reason is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<SkippedDay>,
}

/// A day that was never planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedDay {
    /// The day.
    pub date: Date,
    /// The reason.
    pub reason: Text,
}

/// What may be different in one occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The title, if it has its own.
    pub title: Option<Text>,
    /// The room.
    pub room: Option<Text>,
    /// Where it is, if not where its meeting is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Box<SessionPlace>>,
    /// Who chairs it.
    pub chair: Option<Text>,
    /// How certain it is.
    pub status: Status,
    /// The link for remote participation.
    pub join: Option<JoinLink>,
    /// What else to know.
    pub note: Option<Text<Prose>>,
    /// Where to read on.
    pub links: Vec<Link>,
}

/// Where a session is that is not where its meeting is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionPlace {
    /// At a venue.
    Venue(Venue),
    /// In a city.
    City(Text),
    /// Nowhere but at its link.
    Online,
}

/// Bodies of another study group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestBodies {
    /// The study group.
    pub group: Id,
    /// Its bodies, in its order.
    pub bodies: Vec<BodyIndex>,
    /// The names as people write them.
    pub written: Vec<WrittenName>,
}

/// A link for remote participation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinLink {
    /// The URL.
    pub url: Url,
    /// The only audiences that are given it; empty for everybody.
    pub audience: Vec<AudienceIndex>,
}

/// Interpretation at a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpretation {
    /// The languages; empty if unspecified.
    pub languages: Vec<Language>,
    /// Only on request.
    pub on_request: bool,
}

/// One occurrence of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// The UID.
    pub uid: Uid,
    /// The UIDs of its names, if they are others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named: Option<Box<NamedUids>>,
    /// When it was first planned. Identifies the occurrence in a series (RECURRENCE-ID).
    pub original: When,
    /// When it is.
    pub when: When,
    /// Which of its hours are announced.
    pub hours: AnnouncedHours,
    /// What is different in this occurrence.
    #[serde(rename = "change")]
    pub overridden_by: Option<Box<Override>>,
}

/// When a moved occurrence was planned, as far as that was announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnnouncedTime<'o> {
    /// Start and end.
    Span(&'o TimedSpan),
    /// A part of a day.
    DayPart(Date, DayPart),
    /// A day.
    Day(Date),
}

impl Override {
    /// Creates an override in which nothing is different. `details` are those of the session.
    pub fn new(details: Details) -> Self {
        Self { details, moved: None, shown: None, cancelled: None, reason: None }
    }
}

impl Occurrence {
    /// Returns the time from which it was moved, with its announced hours; `None` if it was not moved.
    pub fn former_time(&self) -> Option<(&When, &AnnouncedHours)> {
        let change = self.overridden_by.as_ref()?;
        let shown = change.shown.as_ref().map(|shown| (&shown.when, &shown.hours));
        shown.or_else(|| Some((&self.original, change.moved.as_ref()?)))
    }

    /// Returns the time that readers were shown before it was moved; `None` if it was not moved.
    pub fn moved_from(&self) -> Option<AnnouncedTime<'_>> {
        Some(match self.former_time()? {
            (When::Timed(span), hours) if hours.has_start() => AnnouncedTime::Span(span),
            (when, hours) => match hours.usual_part() {
                Some(part) => AnnouncedTime::DayPart(when.first_day(), part),
                None => AnnouncedTime::Day(when.first_day()),
            },
        })
    }
}

/// A time at which an occurrence was, as readers were shown it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerTime {
    /// When it was.
    pub when: When,
    /// Which of its hours were announced.
    pub hours: AnnouncedHours,
}

impl FormerTime {
    /// Returns `true` if something that is at another time now was moved: it is on another day, or its start was
    /// announced and is another one. Hours that are announced for a part of a day, or no longer are, do not move it as
    /// long as they share an hour with that part.
    pub fn is_left_for(&self, when: &When, hours: &AnnouncedHours) -> bool {
        if self.when.first_day() != when.first_day() {
            return true;
        }
        let (When::Timed(then), When::Timed(now)) = (&self.when, when) else { return false };
        match (&self.hours, hours) {
            (then, now) if [then, now].iter().any(|hours| matches!(hours, AnnouncedHours::After(_))) => false,
            (then_hours, hours)
                if matches!(then_hours, AnnouncedHours::About | AnnouncedHours::AboutStart)
                    || then_hours.usual_part().or(hours.usual_part()).is_some() =>
            {
                now.start().instant >= then.end().instant || then.start().instant >= now.end().instant
            }
            _ => then.start().instant != now.start().instant,
        }
    }
}

/// What is different in one occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// All details of the occurrence, not only the differences.
    pub details: Details,
    /// Which of the original hours were announced, if it was moved from there. Only in releases that earlier versions of
    /// convene made.
    pub moved: Option<AnnouncedHours>,
    /// The time that readers were shown, if it was moved from there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Box<FormerTime>>,
    /// Why it does not take place.
    pub cancelled: Option<Cancellation>,
    /// Why it was moved or changed.
    pub reason: Option<Text>,
}

/// A recurring series, in the zone of its first instance. Source: RFC 5545 3.3.10
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The UID.
    pub uid: Uid,
    /// The UIDs of its names, if they are others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named: Option<Box<NamedUids>>,
    /// The rule, with the parts that its first instance implies.
    pub rule: RecurrenceRule,
    /// The first instance that the rule gives.
    pub first: When,
    /// Which of its hours are announced.
    pub hours: AnnouncedHours,
    /// Its last instance.
    pub last: When,
    /// The instances that were never planned (EXDATE).
    pub skipped: Vec<When>,
}

impl Session {
    /// Iterates over the bodies that it concerns, as people write them. `group` is its own study group.
    pub fn body_names<'s>(&'s self, group: &'s Group) -> impl Iterator<Item = &'s WrittenName> {
        concerns::names(&self.bodies, &self.guests, group)
    }

    /// Returns `true` if it is in the feeds of its bodies: one for an audience is so only if it says so.
    pub fn is_for_bodies(&self) -> bool {
        self.audience.is_empty() || self.is_in_feeds_of_bodies
    }

    /// Iterates over the times at which it was first planned, including the skipped ones of a series.
    pub fn planned_times(&self) -> impl Iterator<Item = &When> {
        let skipped = self.series.iter().flat_map(|series| &series.skipped);
        self.occurrences.iter().map(|occurrence| &occurrence.original).chain(skipped)
    }

    /// Returns the details of an occurrence.
    pub fn details<'s>(&'s self, occurrence: &'s Occurrence) -> &'s Details {
        occurrence.overridden_by.as_ref().map_or(&self.details, |change| &change.details)
    }

    /// Returns why an occurrence does not take place, if it does not.
    pub fn cancelled<'s>(&'s self, occurrence: &'s Occurrence) -> Option<&'s Cancellation> {
        let own = occurrence.overridden_by.as_ref().and_then(|change| change.cancelled.as_ref());
        own.or(self.cancelled.as_ref())
    }

    /// Returns the bodies of a study group that the session concerns. `home` is the session's own study group.
    pub fn bodies_in(&self, group: &Id, home: &Id) -> &[BodyIndex] {
        if group == home { &self.bodies } else { concerns::guests_in(&self.guests, group) }
    }
}
