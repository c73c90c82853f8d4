//! `group.yaml`: a study group, its bodies, venues, usual hours and deadline rules, as written.

use url::Url;

use super::decode::{Decode, Entries, Located, OneOrMany, record, unexpected};
use super::scalars::{Degrees, Domain, Due, HourRange, Part, Words};
use super::tree::{Node, Value};
use crate::body::{BodyName, Id};
use crate::problem::{Place, Problems};
use crate::text::Language;

/// A text as typed: one wording for all, or one per language.
#[derive(Debug, Clone, PartialEq)]
pub enum TypedText {
    /// The same for every reader.
    Same(Located<Words>),
    /// A map from language to wording, and where it stands.
    PerLanguage(Entries<Language, Located<Words>>, Place),
}

impl TypedText {
    /// Where it stands.
    pub fn place(&self) -> &Place {
        match self {
            Self::Same(words) => &words.place,
            Self::PerLanguage(_, place) => place,
        }
    }
}

impl Decode for TypedText {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        match &node.value {
            Value::Scalar(_) => Located::decode(node, problems).map(Self::Same),
            Value::Map(_) => {
                Entries::decode(node, problems).map(|entries| Self::PerLanguage(entries, node.place.clone()))
            }
            _ => {
                problems.push(unexpected(node, "a text, or a map from language to text ({en: …, zh: …})"));
                None
            }
        }
    }
}

record! {
    /// A study group.
    Group is "a study group" {
        /// What stands before summaries: `SG12`.
        required short "short": Located<BodyName>,
        /// What follows the names of its bodies: `/12`.
        optional suffix "suffix": Located<Words>,
        /// Its full name.
        required name "name": TypedText,
        /// Its homepage.
        optional homepage "homepage": Located<Url>,
        /// Whom to write to.
        optional contact "contact": Located<Words>,
        /// The IANA time zone of its meetings.
        required timezone "timezone": Located<Words>,
        /// Its languages; the first is what the others fall back to.
        required languages "languages": OneOrMany<Located<Language>>,
        /// Part of every UID.
        required uid_domain "uid-domain": Located<Domain>,
        /// The usual hours of the parts of the day.
        optional hours "hours": Entries<Part, Located<HourRange>>,
        /// The places where it meets.
        optional venues "venues": Entries<Id, Venue>,
        /// Its working parties.
        optional working_parties "working-parties": Entries<BodyName, WorkingParty>,
        /// Its Questions, those in no working party too.
        optional questions "questions": Entries<BodyName, Question>,
        /// The kinds of delegate that something may be meant for.
        optional audiences "audiences": Entries<Id, Audience>,
        /// The deadlines that every meeting inherits.
        optional deadlines "deadlines": Entries<Id, DeadlineRule>,
    }
}

record! {
    /// A place where a study group meets.
    Venue is "a venue" {
        /// Its name.
        required name "name": TypedText,
        /// Its postal address.
        optional address "address": TypedText,
        /// The city.
        optional place_name "place": TypedText,
        /// Latitude and longitude in degrees, north and east positive.
        optional geo "geo": OneOrMany<Located<Degrees>>,
    }
}

record! {
    /// A working party.
    WorkingParty is "a working party" {
        /// Its title.
        required name "name": TypedText,
        /// Its Questions.
        optional questions "questions": OneOrMany<Located<BodyName>>,
    }
}

record! {
    /// A Question.
    Question is "a Question" {
        /// Its title.
        required name "name": TypedText,
    }
}

record! {
    /// A kind of delegate.
    Audience is "an audience" {
        /// What it is called.
        required name "name": TypedText,
    }
}

record! {
    /// A deadline that every meeting inherits.
    DeadlineRule is "a deadline" {
        /// What is due.
        required title "title": TypedText,
        /// When.
        required due "due": Located<Due>,
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
