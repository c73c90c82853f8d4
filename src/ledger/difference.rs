//! The kinds of differences, each with the previous value.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::Text;
use crate::timetable::{DayPart, Status, When, WrittenName};

/// One difference that a revision made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// It is new.
    New,
    /// It was published before, was removed, and is back.
    Back,
    /// The definitions no longer contain it.
    Gone,
    /// The definitions have it under another UID.
    Replaced,
    /// It was cancelled.
    Cancelled,
    /// It was postponed, and its new date is not known yet.
    Postponed,
    /// It was cancelled or postponed, and takes place after all.
    Restored,
    /// The time was this one.
    Moved(When),
    /// It was in this part of this day, without announced hours.
    MovedFromPart(Date, DayPart),
    /// The start is the same, and the end was this one.
    Until(When),
    /// The instants are the same, and were shown on this clock.
    Zone(When),
    /// One instance of a series is at this time now.
    MovedTo(When),
    /// The room was this one, or none.
    Room(Option<Text>),
    /// The place was this one.
    Place(Option<Text>),
    /// The title was this one, or none of its own.
    Title(Option<Text>),
    /// The chair was this one, or none.
    Chair(Option<Text>),
    /// The status was this one, confirmed or tentative, and is the other. Only in releases that earlier versions of
    /// convene made.
    Status(Status),
    /// The status is this one now.
    StatusNow(Status),
    /// The bodies were these.
    Bodies(Vec<WrittenName>),
    /// One of the bodies has another name.
    BodyName {
        /// What it was called, as people write it.
        before: WrittenName,
        /// What it is called.
        now: WrittenName,
    },
    /// The only audiences were these; empty for everybody.
    Audience(Vec<Text>),
    /// Of its days the month alone was known.
    DaysKnown,
    /// Of its days the first alone was known.
    LastDayKnown,
    /// The hours were usual or unknown, and are announced now.
    Hours,
    /// The start was announced, and the end is now, too.
    EndAnnounced,
    /// Start and end were announced, and only the start is now.
    EndUnannounced,
    /// The end alone was announced, and the start is now, too.
    StartAnnounced,
    /// The end alone is announced now.
    EndAlone,
    /// The end alone is announced, and was this hour, in this zone.
    UntilHour(String, String),
    /// The hours shown are an assumption, and were others.
    Assumed,
    /// The hours were approximate, and are exact now.
    Exact,
    /// The hours were exact, and are approximate now.
    About,
    /// The hours were announced, and are usual or unknown now.
    Unannounced,
    /// The hours were unknown, and are the usual ones now.
    Usual,
    /// The hours were the usual ones, and are unknown now.
    Unknown,
    /// The link for remote participation is different.
    Link,
    /// The dates of the series are different.
    Dates,
    /// The event is in other feeds.
    Feeds,
    /// Anything else that readers see is different.
    Details,
    /// The difference of one instance of a series, which is identified by its original time.
    Instance(When, Box<Difference>),
}

impl Difference {
    /// Returns `true` if it says from where something was moved.
    pub fn is_move(&self) -> bool {
        matches!(self, Self::Moved(_) | Self::MovedFromPart(..))
    }

    /// Returns `true` if it says when something was.
    pub fn is_of_time(&self) -> bool {
        self.is_move() || matches!(self, Self::Until(_) | Self::Zone(_))
    }
}
