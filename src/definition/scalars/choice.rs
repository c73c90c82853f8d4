//! Choices between a few words: parts of the day, kinds of session, status.

use serde::{Deserialize, Serialize};

use super::Scalar;

/// Declares an enum whose variants are written as words.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident, $noun:literal, $expected:literal { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$word_doc])* $variant,)* }

        impl $name {
            /// The words of all variants, as definitions write them.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// Returns the word of this variant, as definitions write it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl Scalar for $name {
            const NAME: &'static str = $noun;
            const EXPECTED: &'static str = $expected;
            const PATTERN: &'static str = "";

            fn schema() -> serde_json::Value {
                serde_json::json!({ "enum": Self::WORDS })
            }

            fn from_text(text: &str) -> Result<Self, Option<String>> {
                match text {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(crate::definition::meant::word(text).or_else(|| crate::problem::suggestion(text, Self::WORDS))),
                }
            }
        }
    };
}

choice! {
    /// A part of the day that has usual hours.
    DayPart, "part of the day", "a part of the day: morning, afternoon or evening" {
        /// Before lunch.
        Morning = "morning",
        /// After lunch.
        Afternoon = "afternoon",
        /// After the afternoon.
        Evening = "evening",
    }
}

choice! {
    /// What sort of session it is.
    SessionKind, "kind", "a kind of session" {
        /// A session of a whole body.
        Plenary = "plenary",
        /// Of working parties.
        WorkingParty = "working-party",
        /// Of Questions.
        Question = "question",
        /// Set up during the meeting.
        AdHoc = "ad-hoc",
        /// Of the management team.
        Management = "management",
        /// Registration of delegates.
        Registration = "registration",
        /// An introduction for newcomers.
        Newcomers = "newcomers",
        /// A workshop.
        Workshop = "workshop",
        /// A social event.
        Social = "social",
        /// A meeting of bodies of any kind.
        Meeting = "meeting",
        /// A break.
        Break = "break",
        /// Anything else.
        Other = "other",
    }
}

choice! {
    /// How several bodies share one session, if the document says no more.
    SessionOrder, "order", "parallel or sequential" {
        /// At the same time, in rooms that are not announced.
        Parallel = "parallel",
        /// One after the other, at times that are not announced.
        Sequential = "sequential",
    }
}

choice! {
    /// How cancelled events are published.
    CancellationStyle, "value", "status or title" {
        /// With `STATUS:CANCELLED`: some calendars hide the event.
        Status = "status",
        /// Only in the title, which every calendar shows.
        Title = "title",
    }
}

choice! {
    /// Whether a delegate's feed includes cancelled events.
    CancelledPreference, "value", "mark or hide" {
        /// They are included and marked.
        Mark = "mark",
        /// They are left out.
        Hide = "hide",
    }
}

choice! {
    /// How certain it is that a session takes place. RFC 5545 3.8.1.11
    Status, "status", "confirmed, provisional or tentative" {
        /// It takes place.
        Confirmed = "confirmed",
        /// It takes place, but its time may change.
        Provisional = "provisional",
        /// It may not take place.
        Tentative = "tentative",
    }
}
