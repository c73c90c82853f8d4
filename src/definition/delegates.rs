//! `delegates.yaml`: who follows what, as written.

use super::decode::{Located, OneOrMany};
use super::record::record;
use super::scalars::{CancelledForMe, Key, Lead, Qualified};
use crate::body::Id;
use crate::text::Language;

record! {
    /// A delegate: a reader with a private feed.
    Delegate is "a delegate" {
        /// Unique in the file; part of the private address.
        required id "id": Located<Id>,
        /// The bodies followed, with their study groups.
        required follows "follows": OneOrMany<Located<Qualified>>,
        /// The audiences that the delegate belongs to, with their study groups.
        optional audiences "audiences": OneOrMany<Located<Qualified>>,
        /// The language of the feed; each study group's first one if left out.
        optional language "language": Located<Language>,
        /// How long before sessions and deadlines the calendar reminds; not at all if left out.
        optional reminders "reminders": Reminders,
        /// What becomes of cancelled events: `mark` keeps them, `hide` removes them. `mark` if left out.
        optional cancelled "cancelled": Located<CancelledForMe>,
        /// Raised to revoke the old address; 1 if left out.
        optional key "key": Located<Key>,
    }
}

record! {
    /// How long before an event a delegate is reminded.
    Reminders is "reminders" {
        /// Before each session.
        optional sessions "sessions": OneOrMany<Located<Lead>>,
        /// Before each deadline; whole days before one without an hour, at nine in the morning.
        optional deadlines "deadlines": OneOrMany<Located<Lead>>,
    }
}
