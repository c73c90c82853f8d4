//! `delegates.yaml`: who follows what, as written.

use super::decode::{Located, OneOrMany, record};
use super::scalars::{Key, Qualified};
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
        /// Raised to revoke the old address; 1 if left out.
        optional key "key": Located<Key>,
    }
}
