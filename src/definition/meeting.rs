//! A meeting's file: its dates, documents, deadlines and sessions, as written.

use jiff::civil::Date;
use url::Url;

use super::decode::{Located, OneOrMany, record};
use super::group::TypedText;
use super::scalars::{At, Day, DayRange, Due, Kind, Order, Status, Words};
use crate::body::{BodyName, Id};
use crate::text::Language;

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
        /// The collective letter.
        optional letter "letter": Letter,
        /// The documents that say more.
        optional documents "documents": Documents,
        /// What every reader of its sessions should know.
        optional note "note": TypedText,
        /// Where to read on.
        optional links "links": Vec<Link>,
        /// Its own deadlines, and changes to those it inherits.
        optional deadlines "deadlines": Vec<Deadline>,
        /// Its timetable.
        optional sessions "sessions": Vec<Session>,
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

record! {
    /// A deadline of this meeting, or a change to one that it inherits.
    Deadline is "a deadline" {
        /// Unique in the file. That of an inherited one changes it.
        required id "id": Located<Id>,
        /// What is due.
        optional title "title": TypedText,
        /// When.
        optional due "due": Located<Due>,
        /// The date that the letter prints. It wins over `due`.
        optional printed "printed": Located<Date>,
        /// Whom it concerns; everybody if left out.
        optional audience "audience": OneOrMany<Located<Id>>,
        /// Advice, not an obligation.
        optional recommended "recommended": Located<bool>,
        /// How to do it.
        optional how "how": TypedText,
        /// Where to do it.
        optional url "url": Located<Url>,
        /// Whom to write to about it.
        optional contact "contact": Located<Words>,
        /// What else to know.
        optional note "note": TypedText,
    }
}

record! {
    /// A session: one event, or one per day and part of the day.
    Session is "a session" {
        /// Unique in the file; part of the UID.
        required id "id": Located<Id>,
        /// What sort of session it is.
        required kind "kind": Located<Kind>,
        /// What it is called; made from the kind and the bodies if left out.
        optional title "title": TypedText,
        /// The bodies concerned; the study group if left out.
        optional bodies "for": OneOrMany<Located<BodyName>>,
        /// Its only day.
        optional day "day": Located<Day>,
        /// Its days.
        optional days "days": OneOrMany<Located<DayRange>>,
        /// Its hours or parts of the day.
        required at "at": OneOrMany<Located<At>>,
        /// How the bodies share it.
        optional order "order": Located<Order>,
        /// The room.
        optional room "room": TypedText,
        /// Whom it is meant for alone.
        optional audience "audience": OneOrMany<Located<Id>>,
        /// How sure it is.
        optional status "status": Located<Status>,
        /// What else to know.
        optional note "note": TypedText,
        /// Where to read on.
        optional links "links": Vec<Link>,
        /// Into which languages it is interpreted.
        optional interpretation "interpretation": Interpretation,
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
