//! `group.yaml`: a study group, its bodies, venues, usual hours and deadline rules, as written.

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use url::Url;

use super::decode::{Decode, Entries, Located, OneOrMany, unexpected};
use super::record::record;
use super::scalars::{Cancelled, Degrees, Domain, Due, HourRange, Part, Reason, WarningName, Words};
use super::tree::{Node, Value};
use crate::body::{BodyName, Id};
use crate::problem::{Place, Problems};
use crate::text::Language;

/// A text as typed: one wording for all, or one per language.
#[derive(Debug, Clone, PartialEq)]
pub enum TypedText {
    /// The same for every reader.
    Same(Located<Words>),
    /// A map from language to wording.
    PerLanguage(Entries<Language, Located<Words>>),
}

impl TypedText {
    /// Where it stands.
    pub fn place(&self) -> &Place {
        match self {
            Self::Same(words) => &words.place,
            Self::PerLanguage(entries) => &entries.place,
        }
    }
}

impl Decode for TypedText {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        match &node.value {
            Value::Scalar(_) => Located::decode(node, problems).map(Self::Same),
            Value::Map(_) => Entries::decode(node, problems).map(Self::PerLanguage),
            _ => {
                problems.push(unexpected(node, "a text, or a map from language to text ({en: …, zh: …})"));
                None
            }
        }
    }
}

impl JsonSchema for TypedText {
    fn inline_schema() -> bool {
        false
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let same = generator.subschema_for::<Located<Words>>();
        let per_language = generator.subschema_for::<Entries<Language, Located<Words>>>();
        super::schema::either(&same, &per_language)
    }
}

/// Warnings that are waived, each with the reason.
pub type Allow = Entries<WarningName, Located<Reason>>;

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
        required timezone "timezone" or "zone": Located<Words>,
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
        /// What becomes of a cancelled event: `status` marks it as cancelled, and Google Calendar then removes it;
        /// `title` says so in its title alone, which every calendar shows. `status` if left out.
        optional cancelled "cancelled": Located<Cancelled>,
        /// Warnings about this file that are accepted, each with the reason.
        optional allow "allow": Allow,
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
        /// The IANA time zone of its clocks; the study group's if left out.
        optional zone "zone" or "timezone": Located<Words>,
    }
}

record! {
    /// A working party.
    WorkingParty is "a working party" {
        /// Its title.
        required name "name": TypedText,
        /// Its Questions.
        optional questions "questions": OneOrMany<Located<BodyName>>,
        /// Its earlier names, whose addresses it keeps.
        optional was "was": OneOrMany<Located<BodyName>>,
        /// The last day on which it existed; its address stays.
        optional closed "closed": Located<Date>,
        /// What readers of a closed or renamed body's feed should know.
        optional note "note": TypedText,
    }
}

record! {
    /// A Question.
    Question is "a Question" {
        /// Its title.
        required name "name": TypedText,
        /// Its earlier names, whose addresses it keeps.
        optional was "was": OneOrMany<Located<BodyName>>,
        /// The last day on which it existed; its address stays.
        optional closed "closed": Located<Date>,
        /// What readers of a closed or renamed body's feed should know.
        optional note "note": TypedText,
    }
}

record! {
    /// A kind of delegate.
    Audience is "an audience" {
        /// What it is called.
        required name "name": TypedText,
    }
}

/// Declares a record of deadlines: its own keys, then those that all deadlines have.
macro_rules! deadline_record {
    ($(#[$($doc:tt)*])* $name:ident is $what:literal { $($own:tt)* }) => {
        $crate::definition::record::record! {
            $(#[$($doc)*])*
            $name is $what {
                $($own)*
                /// The IANA time zone of its hour; that of the meeting if left out.
                optional zone "zone" or "timezone": Located<Words>,
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
                /// Warnings about it that are accepted, each with the reason.
                optional allow "allow": Allow,
            }
        }
    };
}
pub(super) use deadline_record;

deadline_record! {
    /// A deadline that every meeting inherits.
    DeadlineRule is "a deadline" {
        /// What is due.
        required title "title": TypedText,
        /// When: so long before or after the meeting's first day, its `end` or a session.
        required due "due": Located<Due>,
    }
}
