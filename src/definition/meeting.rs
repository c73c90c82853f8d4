//! A meeting's file as written: its dates, documents, deadlines and sessions.

use std::sync::Arc;

use jiff::civil::Date;
use url::Url;

use super::decode::{Decode, Entries, OneOrMany, Spanned};
use super::group::{Allow, LocalizedText, deadline_record};
use super::misplaced;
use super::record::record;
use super::scalars::{
    BodyReference, DayPart, DayRange, Due, DueDate, ForeignUid, FormerId, HourRange, Length, MeetingStart, MovedTo,
    NonEmptyText, OccurrenceRef, RecurrenceRule, SessionKind, SessionOrder, Status, TimeOfDay, WrittenDate,
};
use super::skip::Skip;
use crate::id::Id;
use crate::problem::{Problems, Span};
use crate::text::Language;

/// The file of a meeting. It is decoded on demand.
#[derive(Debug)]
pub struct MeetingFile {
    /// The file's name, without `.yaml`.
    pub id: Id,
    span: Span,
    text: Arc<str>,
    digest: [u8; 32],
}

impl MeetingFile {
    pub(super) fn new(id: Id, text: Arc<str>, digest: [u8; 32], span: Span) -> Self {
        Self { id, span, text, digest }
    }

    /// Returns where the file begins.
    pub fn span(&self) -> &Span {
        &self.span
    }

    /// Returns the SHA-256 of the file's bytes.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Decodes the file.
    pub fn decode(&self, problems: &mut Problems) -> Option<Meeting> {
        let node = super::parse_tree(&self.text, self.span.file, problems)?;
        Meeting::decode(&misplaced::relocate(node, problems), problems)
    }
}

record! {
    /// A meeting.
    Meeting is "a meeting" {
        /// What it is called; the study group's short name and "meeting" if left out.
        optional title "title": LocalizedText,
        /// The bodies whose meeting it is; the whole study group if left out.
        optional bodies "for": OneOrMany<Spanned<BodyReference>>,
        /// The first day, or the month if no more is known.
        optional starts "starts": Spanned<MeetingStart>,
        /// The last day; left out if it is not known yet.
        optional ends "ends": Spanned<Date>,
        /// One of the study group's venues.
        optional venue "venue": Spanned<Id>,
        /// The city, if no more is known or there is no venue.
        optional place "place": LocalizedText,
        /// The IANA time zone of its hours; that of the venue or the study group if left out.
        optional zone "zone" or "timezone": Spanned<NonEmptyText>,
        /// The hours of the parts of the day as they are announced for this meeting; the usual ones for parts that are left
        /// out.
        optional hours "hours": Entries<DayPart, Spanned<HourRange>>,
        /// How long its sessions take whose start alone is announced.
        optional usual_length "usual-length": Spanned<Length>,
        /// How certain its dates are; `tentative` for a meeting without sessions if left out.
        optional status "status": Spanned<Status>,
        /// Why the meeting does not take place; `true` if no reason was given.
        optional cancelled "cancelled": LocalizedText,
        /// Why the meeting does not take place on these dates, if its new dates are not known yet; `true` if no reason was
        /// given.
        optional postponed "postponed": LocalizedText,
        /// The collective letter.
        optional letter "letter": Letter,
        /// The documents that say more.
        optional documents "documents": Documents,
        /// What every reader of its sessions should know.
        optional note "note": LocalizedText,
        /// The languages of its letter, if they are others than those of the study group; the first is what the others fall
        /// back to in this file.
        optional languages "languages": OneOrMany<Spanned<Language>>,
        /// Where to read on.
        optional links "links": Vec<Link>,
        /// The link for remote participation in its sessions, unless they have their own.
        optional join "join": Spanned<Url>,
        /// The only audiences that are given the link, and the links of sessions that name none themselves.
        optional join_audience "join-audience": OneOrMany<Spanned<Id>>,
        /// The name that this file had before: its events keep their UIDs.
        optional was "was": Spanned<Id>,
        /// Its own deadlines, and changes to those it inherits.
        optional deadlines "deadlines": Vec<Deadline>,
        /// Its timetable.
        optional sessions "sessions": Vec<Session>,
        /// Waived warnings of this file, each with the reason.
        optional allow "allow": Allow,
    }
}

record! {
    /// A collective letter.
    Letter is "a letter" {
        /// Its number: `1/12`.
        required number "number": Spanned<NonEmptyText>,
        /// Its date.
        optional date "date": Spanned<Date>,
        /// Where it can be read.
        optional url "url": Spanned<Url>,
    }
}

record! {
    /// The documents of a meeting, by number.
    Documents is "documents" {
        /// The agenda: `SG12-TD1`.
        optional agenda "agenda": Spanned<NonEmptyText>,
        /// The timetable, kept up to date: `SG12-TD2`.
        optional timetable "timetable": Spanned<NonEmptyText>,
    }
}

record! {
    /// A link.
    Link is "a link" {
        /// What it leads to.
        required label "label": LocalizedText,
        /// Its address.
        required url "url": Spanned<Url>,
    }
}

deadline_record! {
    /// A deadline of this meeting, or a change to one that it inherits.
    Deadline is "a deadline" {
        /// Unique in the file; part of the UID. The id of an inherited deadline changes that one.
        required id "id": Spanned<Id>,
        /// What is due.
        optional title "title": LocalizedText,
        /// When it is due: a date, or a number of days, weeks or months before or after the meeting's first day, its
        /// `end` or a session; `none` drops an inherited one.
        optional due "due": Spanned<Due>,
        /// The date that the letter prints. It takes precedence over `due`.
        optional printed "printed": Spanned<DueDate>,
        /// The recurrence rule (RFC 5545) of a deadline that repeats from its date on, which must end: COUNT or UNTIL.
        optional repeat "repeat": Spanned<RecurrenceRule>,
        /// An earlier id, whose UID the deadline keeps.
        optional was "was": Spanned<FormerId>,
        /// The UID that it had in another system.
        optional uid "uid": Spanned<ForeignUid>,
    }
}

record! {
    /// A session: one event, one per day and part of the day, or a recurring series.
    Session is "a session" {
        /// Unique in the file; part of the UID.
        required id "id": Spanned<Id>,
        /// What sort of session it is.
        required kind "kind": Spanned<SessionKind>,
        /// What it is called; made from the kind and the bodies if left out.
        optional title "title": LocalizedText,
        /// The bodies concerned; those of the meeting, else the study group, if left out. A body of another study group is
        /// written with its name: `SG9/Q2`.
        optional bodies "for": OneOrMany<Spanned<BodyReference>>,
        /// Its only day, or the first of a series.
        optional day "day": Spanned<WrittenDate>,
        /// Its days.
        optional days "days": OneOrMany<Spanned<DayRange>>,
        /// Its hours or parts of the day, or `unknown`.
        required at "at": OneOrMany<Spanned<TimeOfDay>>,
        /// The IANA time zone of its hours; that of the meeting if left out.
        optional zone "zone" or "timezone": Spanned<NonEmptyText>,
        /// How long it takes, if its start alone is announced.
        optional usual_length "usual-length": Spanned<Length>,
        /// The recurrence rule (RFC 5545), with its end: COUNT, UNTIL or `until further notice`.
        optional repeat "repeat": Spanned<RecurrenceRule>,
        /// Occurrences that were never planned, each by its day or with the reason (`{on: …, reason: …}`).
        optional skip "skip": OneOrMany<Skip>,
        /// What is different in single occurrences.
        optional changes "changes": Vec<Change>,
        /// Why the session does not take place; `true` if no reason was given. It stays visible.
        optional cancelled "cancelled": LocalizedText,
        /// Why the session does not take place then, if its new date is not known yet; `true` if no reason was given.
        optional postponed "postponed": LocalizedText,
        /// How the bodies share the session.
        optional order "order": Spanned<SessionOrder>,
        /// The room.
        optional room "room": LocalizedText,
        /// Another venue than the meeting's.
        optional venue "venue": Spanned<Id>,
        /// Another place than the meeting's: the city, or `online`.
        optional place "place": LocalizedText,
        /// Who chairs it.
        optional chair "chair": LocalizedText,
        /// The audiences that it is meant for. Without `for`, it is in the feeds of no body.
        optional audience "audience": OneOrMany<Spanned<Id>>,
        /// Whether it is only in the feeds of delegates of its audience.
        optional private "private": Spanned<bool>,
        /// How certain it is.
        optional status "status": Spanned<Status>,
        /// Whether calendars show its time as busy; registration, breaks, newcomers' and social events are free if left
        /// out.
        optional busy "busy": Spanned<bool>,
        /// The link for remote participation.
        optional join "join": Spanned<Url>,
        /// The only audiences that are given the link.
        optional join_audience "join-audience": OneOrMany<Spanned<Id>>,
        /// What else to know.
        optional note "note": LocalizedText,
        /// Where to read on.
        optional links "links": Vec<Link>,
        /// The languages in which it is held.
        optional languages "language" or "languages": OneOrMany<Spanned<Language>>,
        /// Into which languages it is interpreted.
        optional interpretation "interpretation": Interpretation,
        /// An earlier id, or one occurrence of a session that was split: the session keeps that UID.
        optional was "was": Spanned<FormerId>,
        /// The UID that it had in another system.
        optional uid "uid": Spanned<ForeignUid>,
        /// Waived warnings of this session, each with the reason.
        optional allow "allow": Allow,
    }
}

record! {
    /// What is different in one occurrence of a session.
    Change is "a change" {
        /// The occurrence, by its original day and part or starting hour; or several with the same differences.
        required on "on": OneOrMany<Spanned<OccurrenceRef>>,
        /// Its hours: announced for a part of the day, or others than those of the rest.
        optional at "at": Spanned<TimeOfDay>,
        /// The day, the time or both that it was moved to, if it was announced otherwise.
        optional moved "moved": Spanned<MovedTo>,
        /// Why the occurrence does not take place; `true` if no reason was given. It stays visible.
        optional cancelled "cancelled": LocalizedText,
        /// Why the occurrence does not take place then, if its new date is not known yet; `true` if no reason was given.
        optional postponed "postponed": LocalizedText,
        /// Why it was moved or changed.
        optional reason "reason": LocalizedText,
        /// What it is called.
        optional title "title": LocalizedText,
        /// The room.
        optional room "room": LocalizedText,
        /// The venue.
        optional venue "venue": Spanned<Id>,
        /// The place: the city, or `online`.
        optional place "place": LocalizedText,
        /// Who chairs it.
        optional chair "chair": LocalizedText,
        /// How certain it is.
        optional status "status": Spanned<Status>,
        /// The link for remote participation.
        optional join "join": Spanned<Url>,
        /// What else to know.
        optional note "note": LocalizedText,
        /// Where to read on.
        optional links "links": Vec<Link>,
    }
}

record! {
    /// Interpretation at a session.
    Interpretation is "interpretation" {
        /// The languages; unspecified if left out.
        optional languages "languages": OneOrMany<Spanned<Language>>,
        /// Only on request.
        optional on_request "on-request": Spanned<bool>,
    }
}
