//! Choices of a few words: parts of the day, kinds of session, how sure it is.

use serde::{Deserialize, Serialize};

use super::Scalar;

/// Declares a choice of a few words.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident, $expected:literal { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$word_doc])* $variant,)* }

        impl $name {
            /// The words, as they are written in definitions.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word, as it is written in definitions.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl Scalar for $name {
            const EXPECTED: &'static str = $expected;
            const PATTERN: &'static str = "";

            fn schema() -> serde_json::Value {
                serde_json::json!({ "enum": Self::WORDS })
            }

            fn from_typed(typed: &str) -> Result<Self, Option<String>> {
                match typed {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(crate::problem::suggestion(typed, Self::WORDS)),
                }
            }
        }
    };
}

choice! {
    /// A part of the day whose hours a study group is used to.
    Part, "a part of the day: morning, afternoon or evening" {
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
    Kind, "a kind of session" {
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
        /// Anything else.
        Other = "other",
    }
}

choice! {
    /// How several bodies share one session, where the document says no more.
    Order, "parallel or sequential" {
        /// At the same time, in rooms or slots that are not announced.
        Parallel = "parallel",
        /// One after the other, in slots that are not announced.
        Sequential = "sequential",
    }
}

choice! {
    /// What becomes of a cancelled event where calendars hide what is cancelled.
    Cancelled, "status or title" {
        /// It is marked as cancelled, and some calendars remove it.
        Status = "status",
        /// Only its title says so, which every calendar shows.
        Title = "title",
    }
}

choice! {
    /// Whether a delegate's feed keeps what is cancelled.
    CancelledForMe, "mark or hide" {
        /// It stays, and says so.
        Mark = "mark",
        /// It goes.
        Hide = "hide",
    }
}

choice! {
    /// How sure it is that a session takes place.
    Status, "confirmed or tentative" {
        /// Takes place.
        Confirmed = "confirmed",
        /// May take place.
        Tentative = "tentative",
    }
}
