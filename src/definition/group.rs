//! `group.yaml` as written: a study group with its bodies, venues, usual hours and deadline rules.

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use url::Url;

use super::decode::{Decode, Entries, OneOrMany, Scalar, Spanned, unexpected};
use super::node::{Node, Value};
use super::record::record;
use super::scalars::{
    BodyReference, CancellationStyle, DayPart, Degrees, Domain, Due, HourRange, Length, NonEmptyText, Reason,
};
use crate::id::{BodyName, Id};
use crate::problem::{Problems, Span, Warning};
use crate::text::Language;

/// Something that is written once for all languages, or once per language.
#[derive(Debug, Clone, PartialEq)]
pub enum Localized<T> {
    /// The same for every reader.
    Same(Spanned<T>),
    /// A map from language to wording.
    PerLanguage(Entries<Language, Spanned<T>>),
}

/// A text as written.
pub type LocalizedText = Localized<NonEmptyText>;

/// The short name of a study group as written.
pub type LocalizedName = Localized<BodyName>;

impl<T> Localized<T> {
    /// Returns where it is written.
    pub fn span(&self) -> &Span {
        match self {
            Self::Same(words) => &words.span,
            Self::PerLanguage(entries) => &entries.span,
        }
    }

    /// Iterates over what is written.
    pub fn values(&self) -> impl Iterator<Item = &Spanned<T>> {
        let (one, several) = match self {
            Self::Same(words) => (Some(words), &[][..]),
            Self::PerLanguage(entries) => (None, &entries.list[..]),
        };
        one.into_iter().chain(several.iter().filter_map(|(_, words)| words.as_ref()))
    }
}

impl<T: Scalar> Decode for Localized<T> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        match &node.value {
            Value::Scalar(_) => Spanned::decode(node, problems).map(Self::Same),
            Value::Map(_) => Entries::decode(node, problems).map(Self::PerLanguage),
            _ => {
                let what = T::NAME;
                problems
                    .push(unexpected(node, &format!("a {what}, or a map from language to {what} ({{en: …, zh: …}})")));
                None
            }
        }
    }
}

impl<T: Scalar> JsonSchema for Localized<T> {
    fn inline_schema() -> bool {
        false
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        let mut name = T::NAME.to_owned();
        name[..1].make_ascii_uppercase();
        name.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let same = generator.subschema_for::<Spanned<T>>();
        let per_language = generator.subschema_for::<Entries<Language, Spanned<T>>>();
        super::schema::either(&same, &per_language)
    }
}

/// Waived warnings, each with the reason.
pub type Allow = Entries<Warning, Spanned<Reason>>;

record! {
    /// A study group.
    Group is "a study group" {
        /// What summaries begin with: `SG12`.
        required short "short": LocalizedName,
        /// What follows the names of its bodies: `/12`.
        optional suffix "suffix": LocalizedText,
        /// Its full name.
        required name "name": LocalizedText,
        /// Its homepage.
        optional homepage "homepage": Spanned<Url>,
        /// Whom to write to.
        optional contact "contact": Spanned<NonEmptyText>,
        /// The IANA time zone of its meetings.
        required timezone "timezone" or "zone": Spanned<NonEmptyText>,
        /// Its languages; the first is what the others fall back to.
        required languages "languages": OneOrMany<Spanned<Language>>,
        /// Part of every UID.
        required uid_domain "uid-domain": Spanned<Domain>,
        /// The usual hours of the parts of the day.
        optional hours "hours": Entries<DayPart, Spanned<HourRange>>,
        /// How long a session takes whose start alone is announced.
        optional usual_length "usual-length": Spanned<Length>,
        /// The places where it meets.
        optional venues "venues": Entries<Id, Venue>,
        /// Its working parties.
        optional working_parties "working-parties": Entries<BodyName, WorkingParty>,
        /// Its Questions, including those of no working party.
        optional questions "questions": Entries<BodyName, Question>,
        /// Its bodies, if it has others than working parties and Questions, as deep as they are.
        optional bodies "bodies": Entries<BodyName, Body>,
        /// What the kinds of `bodies` are called.
        optional kinds "kinds": Entries<Id, Kind>,
        /// The audiences: kinds of delegate that something may be meant for.
        optional audiences "audiences": Entries<Id, Audience>,
        /// The deadlines that every meeting inherits.
        optional deadlines "deadlines": Entries<Id, DeadlineRule>,
        /// How cancelled events are published: `status` marks them as cancelled, and Google Calendar then hides them;
        /// `title` only says so in the title, which every calendar shows. `status` if left out.
        optional cancelled "cancelled": Spanned<CancellationStyle>,
        /// Waived warnings of this file, each with the reason.
        optional allow "allow": Allow,
    }
}

record! {
    /// A place where a study group meets.
    Venue is "a venue" {
        /// Its name.
        required name "name": LocalizedText,
        /// Its postal address.
        optional address "address": LocalizedText,
        /// The city.
        optional place "place": LocalizedText,
        /// Its usual hours of the parts of the day; those of the study group for parts that are left out.
        optional hours "hours": Entries<DayPart, Spanned<HourRange>>,
        /// Latitude and longitude in degrees, north and east positive.
        optional geo "geo": OneOrMany<Spanned<Degrees>>,
        /// The IANA time zone of its clocks; the study group's if left out.
        optional zone "zone" or "timezone": Spanned<NonEmptyText>,
    }
}

/// Declares a record of bodies: the title, its own keys, then those that all bodies share.
macro_rules! body_record {
    ($(#[$($doc:tt)*])* $name:ident is $what:literal { $($own:tt)* }) => {
        record! {
            $(#[$($doc)*])*
            $name is $what {
                /// Its title.
                required name "name": LocalizedText,
                $($own)*
                /// How people write its name in languages in which it is another one: `{fr: GT 1/12}`.
                optional written_as "written": LocalizedName,
                /// Its part of an address; made from its short name if left out.
                optional address "address": Spanned<Id>,
                /// Its earlier names, whose addresses it keeps.
                optional was "was": OneOrMany<Spanned<BodyName>>,
                /// The last day on which it existed; its address stays.
                optional closed "closed": Spanned<Date>,
                /// What readers of a closed or renamed body's feed should know.
                optional note "note": LocalizedText,
            }
        }
    };
}

body_record! {
    /// A working party.
    WorkingParty is "a working party" {
        /// Its Questions.
        optional questions "questions": OneOrMany<Spanned<BodyName>>,
    }
}

body_record! {
    /// A Question.
    Question is "a Question" {}
}

body_record! {
    /// A body.
    Body is "a body" {
        /// What kind of body it is: one of `kinds`.
        optional kind "kind": Spanned<Id>,
        /// The body that it belongs to; the study group if left out.
        optional under "under": Spanned<BodyName>,
    }
}

record! {
    /// What a kind of body is called.
    Kind is "a kind of body" {
        /// One body of this kind: `Committee`.
        required one "one": LocalizedText,
        /// Several of them: `Committees`.
        required many "many": LocalizedText,
    }
}

record! {
    /// A kind of delegate.
    Audience is "an audience" {
        /// What it is called.
        required name "name": LocalizedText,
    }
}

/// Declares a record of deadlines: its own keys, then those that all deadlines share.
macro_rules! deadline_record {
    ($(#[$($doc:tt)*])* $name:ident is $what:literal { $($own:tt)* }) => {
        $crate::definition::record::record! {
            $(#[$($doc)*])*
            $name is $what {
                $($own)*
                /// The IANA time zone of its hour; that of the meeting if left out.
                optional zone "zone" or "timezone": Spanned<NonEmptyText>,
                /// The bodies concerned, as for sessions; those of the meeting, else all, if left out.
                optional bodies "for": OneOrMany<Spanned<BodyReference>>,
                /// Whom it concerns; everybody if left out.
                optional audience "audience": OneOrMany<Spanned<Id>>,
                /// Advice, not an obligation.
                optional recommended "recommended": Spanned<bool>,
                /// How to do it.
                optional how "how": LocalizedText,
                /// Where to do it.
                optional url "url": Spanned<Url>,
                /// Whom to write to about it.
                optional contact "contact": Spanned<NonEmptyText>,
                /// What else to know.
                optional note "note": LocalizedText,
                /// Waived warnings of this deadline, each with the reason.
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
        required title "title": LocalizedText,
        /// When it is due: a number of days, weeks or months before or after the meeting's first day, its `end` or a
        /// session.
        required due "due": Spanned<Due>,
    }
}
