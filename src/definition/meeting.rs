//! A meeting's file: its dates, documents, deadlines and sessions, as written.

use std::sync::Arc;

use jiff::civil::Date;
use url::Url;

use super::decode::{Decode, Located, OneOrMany};
use super::group::{Allow, TypedText, deadline_record};
use super::record::record;
use super::scalars::{
    At, BodyReference, Day, DayRange, Due, DueDate, ForeignUid, Kind, Moved, Occasion, Order, Repeat, Status, Was,
    Words,
};
use super::strays;
use crate::body::Id;
use crate::problem::{Place, Problems};
use crate::text::Language;

/// The file of a meeting.
#[derive(Debug)]
pub struct MeetingFile {
    /// The file's name.
    pub id: Id,
    place: Place,
    text: Arc<str>,
    digest: [u8; 32],
}

impl MeetingFile {
    pub(super) fn of(id: Id, text: Arc<str>, digest: [u8; 32], place: Place) -> Self {
        Self { id, place, text, digest }
    }

    /// Where the file begins.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// A digest of its octets.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// What it says.
    pub fn meeting(&self, problems: &mut Problems) -> Option<Meeting> {
        let node = super::node(&self.text, self.place.file, problems)?;
        Meeting::decode(&strays::put_right(node, problems), problems)
    }
}

record! {
    /// A meeting.
    Meeting is "a meeting" {
        /// What it is called; the study group's short name and "meeting" if left out.
        optional title "title": TypedText,
        /// The first day.
        optional starts "starts": Located<Date>,
        /// The last day.
        optional ends "ends": Located<Date>,
        /// One of the study group's venues.
        optional venue "venue": Located<Id>,
        /// The city, where no more is known or there is no venue.
        optional place_name "place": TypedText,
        /// The IANA time zone of its hours; that of the venue or the study group if left out.
        optional zone "zone" or "timezone": Located<Words>,
        /// How sure its dates are; `tentative` for a meeting without sessions if left out.
        optional status "status": Located<Status>,
        /// Why the whole meeting does not take place.
        optional cancelled "cancelled": TypedText,
        /// The collective letter.
        optional letter "letter": Letter,
        /// The documents that say more.
        optional documents "documents": Documents,
        /// What every reader of its sessions should know.
        optional note "note": TypedText,
        /// Where to read on.
        optional links "links": Vec<Link>,
        /// Where to take part from afar in its sessions, unless they say otherwise.
        optional join "join": Located<Url>,
        /// Who alone is given that link.
        optional join_audience "join-audience": OneOrMany<Located<Id>>,
        /// The name that this file had before: its events keep their UIDs.
        optional was "was": Located<Id>,
        /// Its own deadlines, and changes to those it inherits.
        optional deadlines "deadlines": Vec<Deadline>,
        /// Its timetable.
        optional sessions "sessions": Vec<Session>,
        /// Warnings about this file that are accepted, each with the reason.
        optional allow "allow": Allow,
    }
}

record! {
    /// A collective letter.
    Letter is "a letter" {
        /// Its number: `1/12`.
        required number "number": Located<Words>,
        /// Its date.
        optional date "date": Located<Date>,
        /// Where it can be read.
        optional url "url": Located<Url>,
    }
}

record! {
    /// The documents of a meeting, by number.
    Documents is "documents" {
        /// The agenda: `SG12-TD1`.
        optional agenda "agenda": Located<Words>,
        /// The timetable, kept up to date: `SG12-TD2`.
        optional timetable "timetable": Located<Words>,
    }
}

record! {
    /// A link.
    Link is "a link" {
        /// What it leads to.
        required label "label": TypedText,
        /// Its address.
        required url "url": Located<Url>,
    }
}

deadline_record! {
    /// A deadline of this meeting, or a change to one that it inherits.
    Deadline is "a deadline" {
        /// Unique in the file; part of the UID. That of an inherited one changes it.
        required id "id": Located<Id>,
        /// What is due.
        optional title "title": TypedText,
        /// When: a date, or so long before or after the meeting's first day, its `end` or a session; `none` drops an
        /// inherited one.
        optional due "due": Located<Due>,
        /// The date that the letter prints. It wins over `due`.
        optional printed "printed": Located<DueDate>,
        /// An earlier id, whose UID it keeps.
        optional was "was": Located<Was>,
        /// The UID that it had in another system.
        optional uid "uid": Located<ForeignUid>,
    }
}

record! {
    /// A session: one event, one per day and part of the day, or a series.
    Session is "a session" {
        /// Unique in the file; part of the UID.
        required id "id": Located<Id>,
        /// What sort of session it is.
        required kind "kind": Located<Kind>,
        /// What it is called; made from the kind and the bodies if left out.
        optional title "title": TypedText,
        /// The bodies concerned; the study group if left out. Those of other study groups carry its name: `SG9/Q2`.
        optional bodies "for": OneOrMany<Located<BodyReference>>,
        /// Its only day, or the first of a series.
        optional day "day": Located<Day>,
        /// Its days.
        optional days "days": OneOrMany<Located<DayRange>>,
        /// Its hours or parts of the day, or `unknown`.
        required at "at": OneOrMany<Located<At>>,
        /// The IANA time zone of its hours; that of the meeting if left out.
        optional zone "zone" or "timezone": Located<Words>,
        /// The rule by which it comes again (RFC 5545), with an end: COUNT or UNTIL.
        optional repeat "repeat": Located<Repeat>,
        /// Occurrences that were never planned.
        optional skip "skip": OneOrMany<Located<Occasion>>,
        /// What is different for single occurrences.
        optional changes "changes": Vec<Change>,
        /// Why it does not take place. It was announced, and stays visible with this reason.
        optional cancelled "cancelled": TypedText,
        /// How the bodies share it.
        optional order "order": Located<Order>,
        /// The room.
        optional room "room": TypedText,
        /// Who chairs it.
        optional chair "chair": TypedText,
        /// Whom it is meant for alone.
        optional audience "audience": OneOrMany<Located<Id>>,
        /// Whether it is in the feeds of delegates of its audience alone.
        optional private "private": Located<bool>,
        /// How sure it is.
        optional status "status": Located<Status>,
        /// Where to take part from afar.
        optional join "join": Located<Url>,
        /// Who alone is given that link.
        optional join_audience "join-audience": OneOrMany<Located<Id>>,
        /// What else to know.
        optional note "note": TypedText,
        /// Where to read on.
        optional links "links": Vec<Link>,
        /// Into which languages it is interpreted.
        optional interpretation "interpretation": Interpretation,
        /// An earlier id, or one occurrence of a session that is now split: it keeps the UID.
        optional was "was": Located<Was>,
        /// The UID that it had in another system.
        optional uid "uid": Located<ForeignUid>,
        /// Warnings about it that are accepted, each with the reason.
        optional allow "allow": Allow,
    }
}

record! {
    /// What is different for one occurrence of a session.
    Change is "a change" {
        /// The occurrence, by its original day and part or starting hour; or several that are all different in the same way.
        required on "on": OneOrMany<Located<Occasion>>,
        /// The day, the time or both that it was moved to.
        optional moved "moved": Located<Moved>,
        /// Why it does not take place. It was announced, and stays visible with this reason.
        optional cancelled "cancelled": TypedText,
        /// Why it was moved or changed.
        optional reason "reason": TypedText,
        /// What it is called.
        optional title "title": TypedText,
        /// The room.
        optional room "room": TypedText,
        /// Who chairs it.
        optional chair "chair": TypedText,
        /// How sure it is.
        optional status "status": Located<Status>,
        /// Where to take part from afar.
        optional join "join": Located<Url>,
        /// What else to know.
        optional note "note": TypedText,
        /// Where to read on.
        optional links "links": Vec<Link>,
    }
}

record! {
    /// Interpretation of a session.
    Interpretation is "interpretation" {
        /// Into these languages; not said if left out.
        optional languages "languages": OneOrMany<Located<Language>>,
        /// Only if somebody asks for it.
        optional on_request "on-request": Located<bool>,
    }
}
