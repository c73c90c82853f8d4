//! `delegates.yaml`: who follows what, as written.

use std::sync::Arc;

use super::File;
use super::decode::{Decode, Located, OneOrMany};
use super::record::record;
use super::scalars::{CancelledForMe, Key, Lead, Qualified};
use super::tree::{self, Value};
use crate::body::Id;
use crate::problem::{Place, Problem, Problems};
use crate::text::Language;

/// The file of the delegates. It is read entry by entry: there may be hundreds of thousands.
#[derive(Debug)]
pub struct DelegatesFile {
    file: File,
    number: usize,
}

impl DelegatesFile {
    pub(super) fn of(file: File, number: usize) -> Self {
        Self { file, number }
    }

    /// Its number among the sources.
    pub fn number(&self) -> usize {
        self.number
    }

    /// A digest of its octets.
    pub fn digest(&self) -> [u8; 32] {
        self.file.digest()
    }

    /// Shows each delegate that could be read. The text, for whom problems are shown to, and whether its form holds to the
    /// end: where it breaks, that alone is wrong with it, and what was shown is not to be used.
    pub fn for_each(&self, problems: &mut Problems, mut show: impl FnMut(Delegate, &mut Problems)) -> (Arc<str>, bool) {
        let text: Arc<str> = match self.file.octets() {
            Ok(octets) => String::from_utf8_lossy(&octets).into(),
            Err(error) => {
                let begin = Place { file: self.number, start: 0, end: 0 };
                problems.push(Problem::error(&begin, "this file cannot be read").label(error.to_string()));
                return (Arc::default(), false);
            }
        };
        let mut found = Problems::default();
        let mut read = |node: &tree::Node| {
            if let Some(delegate) = Delegate::decode(node, &mut found) {
                show(delegate, &mut found);
            }
        };
        match tree::entries(&text, self.number, &mut read) {
            Ok((node, warnings)) => {
                found.extend(warnings);
                // The file is optional, and so is everything in it.
                if node.value != Value::Nothing {
                    // All that is left is whether it is a list.
                    let _: Option<Vec<Delegate>> = Decode::decode(&node, &mut found);
                }
                problems.absorb(&found);
                (text, true)
            }
            Err(problem) => {
                problems.push(*problem);
                (text, false)
            }
        }
    }
}

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
