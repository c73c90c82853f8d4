//! `delegates.yaml` as written: who follows what.

use std::sync::Arc;

use super::DefinitionFile;
use super::decode::{Decode, OneOrMany, Spanned};
use super::node::{Node, Value};
use super::record::record;
use super::scalars::{AddressNumber, CancelledPreference, LeadTime, QualifiedName};
use super::yaml;
use crate::id::Id;
use crate::problem::{Problem, Problems, Span};
use crate::text::Language;

/// The file of the delegates. It is decoded entry by entry, because there may be hundreds of thousands.
#[derive(Debug)]
pub struct DelegatesFile {
    file: DefinitionFile,
    index: usize,
}

impl DelegatesFile {
    pub(super) fn new(file: DefinitionFile, number: usize) -> Self {
        Self { file, index: number }
    }

    /// Returns the file's index among the sources.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Returns the SHA-256 of the file's bytes.
    pub fn digest(&self) -> [u8; 32] {
        self.file.digest()
    }

    /// Calls `show` for each delegate that could be decoded. Returns the text of the file for problem reports, and
    /// whether its YAML syntax is valid to the end. If it is not, that is the only problem, and the delegates shown
    /// must be discarded.
    pub fn for_each(&self, problems: &mut Problems, mut show: impl FnMut(Delegate, &mut Problems)) -> (Arc<str>, bool) {
        let text: Arc<str> = match self.file.bytes() {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into(),
            Err(error) => {
                let begin = Span { file: self.index, start: 0, end: 0 };
                problems.push(Problem::error(&begin, "this file cannot be read").label(error.to_string()));
                return (Arc::default(), false);
            }
        };
        let mut found = Problems::default();
        let mut read = |node: &Node| {
            if let Some(delegate) = Delegate::decode(node, &mut found) {
                show(delegate, &mut found);
            }
        };
        match yaml::parse_entries(&text, self.index, &mut read) {
            Ok((node, warnings)) => {
                found.extend(warnings);
                // The file is optional, and may be empty.
                if node.value != Value::Nothing {
                    // The entries are read; what remains to check is that they are a list.
                    let _: Option<Vec<Delegate>> = Decode::decode(&node, &mut found);
                }
                problems.merge(&found);
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
        required id "id": Spanned<Id>,
        /// The bodies followed, with their study groups.
        required follows "follows": OneOrMany<Spanned<QualifiedName>>,
        /// The audiences that the delegate belongs to, with their study groups.
        optional audiences "audiences": OneOrMany<Spanned<QualifiedName>>,
        /// The language of the feed; the first language of each study group if left out.
        optional language "language": Spanned<Language>,
        /// How long before sessions and deadlines the calendar reminds; never if left out.
        optional reminders "reminders": Reminders,
        /// What happens to cancelled events: `mark` keeps them, `hide` removes them. `mark` if left out.
        optional cancelled "cancelled": Spanned<CancelledPreference>,
        /// Raised to revoke the old address; 1 if left out.
        optional key "key": Spanned<AddressNumber>,
    }
}

record! {
    /// How long before an event a delegate is reminded.
    Reminders is "reminders" {
        /// Before each session.
        optional sessions "sessions": OneOrMany<Spanned<LeadTime>>,
        /// Before each deadline. For a deadline without an hour: whole days, at nine in the morning.
        optional deadlines "deadlines": OneOrMany<Spanned<LeadTime>>,
    }
}
