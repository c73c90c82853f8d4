//! The arithmetic of one event: from what is remembered of it and what readers would see now to what is remembered next.

use jiff::{SignedDuration, Timestamp};

use crate::ledger::{Fingerprints, Record, Revision};

/// What an event is in a release that is being made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// What its UID means.
    pub meaning: String,
    /// What readers of each language see of it.
    pub prints: Fingerprints,
    /// Whether it was private and is no longer: what was told of its last change is not for its new readers.
    pub is_opened: bool,
}

/// What a new release makes of the record of an event that is in it. Its differences are for the caller to find, where
/// [`Revised::is_new_revision`] says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revised {
    /// The record from now on.
    pub record: Record,
    /// Whether readers see something else than before, so that the stamps have moved.
    pub is_new_revision: bool,
}

/// The record of an event that is in a release made at `instant`. An event that nobody knows begins with `first_sequence`.
/// clients.md D1 to D4
pub fn revised(known: Option<&Record>, sight: Sight, instant: Timestamp, first_sequence: u32) -> Revised {
    let Some(known) = known else {
        let revision = Revision { sequence: first_sequence, created: instant, modified: instant };
        let Sight { meaning, prints, is_opened: _ } = sight;
        let record =
            Record { meaning, revision, since: instant, is_published: true, fingerprints: prints, change: Vec::new() };
        return Revised { record, is_new_revision: true };
    };
    // A language that nobody could read it in before makes no revision for those who read the others.
    let reads_the_same = sight
        .prints
        .iter()
        .all(|(language, print)| known.fingerprints.get(language).is_none_or(|known| known == print));
    let tells_too_much = sight.is_opened && !known.change.is_empty();
    let is_new_revision = !(known.is_published && reads_the_same) || tells_too_much;
    let mut record = known.clone();
    record.meaning = sight.meaning;
    record.fingerprints.extend(sight.prints);
    if !known.is_published {
        (record.is_published, record.since) = (true, instant);
    }
    if is_new_revision {
        let sequence = next_sequence(known.revision.sequence);
        record.revision =
            Revision { sequence, modified: later_than(known.revision.modified, instant), ..known.revision };
        record.change.clear();
    }
    Revised { record, is_new_revision }
}

/// The LAST-MODIFIED of a revision made at `instant`: later than the one before, also where that was stamped by a clock that
/// was ahead of time. clients.md D3
pub fn later_than(before: Timestamp, instant: Timestamp) -> Timestamp {
    instant.max(before.saturating_add(SignedDuration::from_secs(1)).unwrap_or(before))
}

/// The SEQUENCE of the next revision. RFC 5545 3.3.8: an INTEGER is a signed one of 32 bits. clients.md D5
pub fn next_sequence(sequence: u32) -> u32 {
    sequence.saturating_add(1).min(i32::MAX.unsigned_abs())
}
