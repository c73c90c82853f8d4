//! The revision arithmetic of one event: from its record and what readers would see now to its next record.

use jiff::{SignedDuration, Timestamp};

use crate::ledger::{Fingerprints, Record, Revision};

/// An event as it is in a new release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// What its UID means.
    pub meaning: String,
    /// The fingerprints of what readers of each language see.
    pub fingerprints: Fingerprints,
    /// Whether it was private and is public now. Its new readers were not told of its last change.
    pub became_public: bool,
}

/// The result of revising an event. If it `is_new_revision`, the caller adds the differences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revised {
    /// The new record.
    pub record: Record,
    /// Whether readers see a difference, so that the stamps have changed.
    pub is_new_revision: bool,
}

/// Computes the next record of an event that is in a release made at `instant`. A new event begins with
/// `first_sequence`. clients.md D1 to D4
///
/// ```
/// use convene::ledger::Fingerprint;
/// use convene::revision::{Observation, revise};
/// use convene::text::Language;
///
/// let seen = |text: &str| Observation {
///     meaning: "session sg12/2025-01-geneva/opening-plenary".to_owned(),
///     fingerprints: [(Language::english(), Fingerprint::from_bytes(text.as_bytes()))].into(),
///     became_public: false,
/// };
/// let instant = |text: &str| text.parse().expect("an instant");
/// let first = revise(None, seen("room K"), instant("2025-01-10T09:00:00Z"), 0);
/// let same = revise(Some(&first.record), seen("room K"), instant("2025-01-11T09:00:00Z"), 0);
/// assert!(!same.is_new_revision);
/// let moved = revise(Some(&first.record), seen("room L"), instant("2025-01-12T09:00:00Z"), 0);
/// assert_eq!(moved.record.revision.sequence, 1);
/// ```
pub fn revise(known: Option<&Record>, observation: Observation, instant: Timestamp, first_sequence: u32) -> Revised {
    let Some(known) = known else {
        let revision = Revision { sequence: first_sequence, created: instant, modified: instant };
        let Observation { meaning, fingerprints, became_public: _ } = observation;
        let record = Record {
            meaning,
            revision,
            since: instant,
            is_published: true,
            fingerprints,
            change: Vec::new(),
            told: instant,
        };
        return Revised { record, is_new_revision: true };
    };
    // A new language is not a revision for those who read the others.
    let reads_the_same = observation
        .fingerprints
        .iter()
        .all(|(language, fingerprint)| known.fingerprints.get(language).is_none_or(|known| known == fingerprint));
    let tells_too_much = observation.became_public && !known.change.is_empty();
    let is_new_revision = !(known.is_published && reads_the_same) || tells_too_much;
    let mut record = known.clone();
    record.meaning = observation.meaning;
    record.fingerprints.extend(observation.fingerprints);
    if !known.is_published {
        (record.is_published, record.since) = (true, instant);
    }
    if is_new_revision {
        let sequence = next_sequence(known.revision.sequence);
        record.revision =
            Revision { sequence, modified: next_modified(known.revision.modified, instant), ..known.revision };
        record.change.clear();
        record.told = record.revision.modified;
    }
    Revised { record, is_new_revision }
}

/// Returns the LAST-MODIFIED of a revision made at `instant`: later than the previous one, even if that was stamped
/// by a clock that was fast. clients.md D3
///
/// ```
/// use convene::revision::next_modified;
///
/// let instant = |text: &str| text.parse().expect("an instant");
/// let before = instant("2025-01-10T09:00:00Z");
/// // A clock that was ahead: the stamp still rises.
/// assert_eq!(next_modified(before, instant("2025-01-10T08:00:00Z")), instant("2025-01-10T09:00:01Z"));
/// ```
pub fn next_modified(before: Timestamp, instant: Timestamp) -> Timestamp {
    instant.max(before.saturating_add(SignedDuration::from_secs(1)).unwrap_or(before))
}

/// Returns the SEQUENCE of the next revision. RFC 5545 3.3.8: an INTEGER is a signed 32-bit number. clients.md D5
pub fn next_sequence(sequence: u32) -> u32 {
    sequence.saturating_add(1).min(i32::MAX.unsigned_abs())
}
