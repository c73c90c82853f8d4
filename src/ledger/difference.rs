//! What may change in an event, each with how it was before.

use serde::{Deserialize, Serialize};

use crate::text::Text;
use crate::timetable::{Status, When};

/// One thing that a revision changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// It was not announced before.
    New,
    /// It was announced before, and is again.
    Back,
    /// The definitions no longer have it.
    Gone,
    /// The definitions have it under another identity.
    Replaced,
    /// It does not take place.
    Cancelled,
    /// It was cancelled, and takes place after all.
    Restored,
    /// It was at another time.
    Moved(When),
    /// It began at the same time, and ended at another.
    Until(When),
    /// One instance of a series: it is at this time now.
    MovedTo(When),
    /// It was in another room, or in none that was named.
    Room(Option<Text>),
    /// It was in another place.
    Place(Option<Text>),
    /// It had another title, or none of its own.
    Title(Option<Text>),
    /// Somebody else chaired it, or nobody was named.
    Chair(Option<Text>),
    /// It was more or less sure.
    Status(Status),
    /// It was for these bodies.
    Bodies(Vec<String>),
    /// Its hours were the usual ones or unknown, and are announced now.
    Hours,
    /// The link by which to take part.
    Link,
    /// The dates of the series.
    Dates,
    /// It is in other feeds than before.
    Feeds,
    /// Anything else that its readers see.
    Details,
    /// One instance of a series, by when the series has it.
    Instance(When, Box<Difference>),
}
