//! The kinds of warnings, each with its name and what it warns of.

/// Declares the kinds of warnings. The first list may be waived, the second may not.
macro_rules! warnings {
    (
        waivable { $($variant:ident = $name:literal: $about:literal,)* }
        others { $($other:ident = $other_name:literal: $other_about:literal,)* }
    ) => {
        /// A kind of warning.
        ///
        /// ```
        /// use convene::problem::Warning;
        ///
        /// assert_eq!(Warning::RoomClash.name(), "room-clash");
        /// assert_eq!(Warning::WAIVABLE.iter().find(|kind| kind.name() == "weekend"), Some(&Warning::Weekend));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Warning {
            $(#[doc = $about] $variant,)*
            $(#[doc = $other_about] $other,)*
        }

        impl Warning {
            /// The warnings that may be waived, by name.
            pub const WAIVABLE: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the name, by which `allow:` waives it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    $(Self::$other => $other_name,)*
                }
            }

            /// Returns what it warns of, as a clause.
            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$variant => $about,)*
                    $(Self::$other => $other_about,)*
                }
            }
        }
    };
}

warnings! {
    waivable {
        AfterStart = "after-start": "a deadline falls after the meeting starts",
        BodyClash = "body-clash": "a body meets in two places at once",
        ChairClash = "chair-clash": "a chair is in two places at once",
        ClosedBody = "closed-body": "a session is held by a body that was closed before",
        FirstOfSeries = "first-of-series": "a deadline is counted from the first instance of a series",
        FollowsCancelled = "follows-cancelled": "a session follows one that does not take place",
        LargeFeed = "large-feed": "a feed is so large that calendars may not take all of it",
        LostText = "lost-text": "a number sign cuts off a text, or an ampersand its first word",
        Nobody = "nobody": "a session of Questions or working parties does not name them",
        OutsideMeeting = "outside-meeting": "a day is outside the meeting's dates",
        PrintedDate = "printed-date": "the date that the letter prints differs from the rule",
        PublicPassword = "public-password": "a link that everybody sees has a password in it",
        RoomClash = "room-clash": "a room is booked twice at a time",
        Translation = "translation": "a text, or a text of convene's own, is missing in a language",
        Weekend = "weekend": "a day is on a weekend",
    }
    others {
        LikelyRename = "likely-rename": "an entry seems to have been renamed without `was:`",
        ShiftedHours = "shifted-hours": "events keep their hours on another clock",
        ReplacedEvents = "replaced-events": "events of a session become others",
        TakenAddress = "taken-address": "a body takes over the address of another one",
        IdleWaiver = "idle-waiver": "a waiver waives nothing",
    }
}
