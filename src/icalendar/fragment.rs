//! Fragments: the bytes of one event in one language, rendered once and copied into every feed that has it.
//!
//! What differs between readers is at known positions: the stamps, to which preferences add an offset, and the end,
//! before which reminders are inserted.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::content_line;
use super::event::{self, EventOptions, format_utc};
use super::vtimezone;
use crate::feed::Entry;
use crate::ledger::{Fingerprint, Revision};
use crate::revision::{Release, StampOffset};
use crate::text::Language;

/// The bytes of one event.
pub(super) struct Fragment {
    text: Box<str>,
    /// The fingerprint of the bytes, computed when it is first needed.
    fingerprint: OnceLock<Fingerprint>,
    /// The zones that it uses, each with its VTIMEZONE.
    pub(super) zones: [Option<(&'static str, Arc<str>)>; 2],
    revision: Revision,
    /// The positions of its stamps: DTSTAMP, LAST-MODIFIED, SEQUENCE.
    stamps: [Range<u32>; 3],
    /// The position of its last line.
    end: u32,
}

/// The line before which reminders are inserted.
const END: &str = "END:VEVENT\r\n";

impl Fragment {
    /// Renders the event of an entry for a reader of a language.
    pub(super) fn new(entry: &Entry<'_>, release: &Release, language: &Language) -> Self {
        let options = EventOptions { language, release: Some(release) };
        let mut text = String::with_capacity(1024);
        content_line::component(&mut text, &event::event(entry, &options));
        let zones = super::zones(std::slice::from_ref(entry));
        let mut named = zones.into_iter().map(|(name, zone)| (name, vtimezone::text(zone)));
        // The zone of its times, and the zone of the instance that it overrides.
        let zones = [named.next(), named.next()];
        let stamps = ["DTSTAMP", "LAST-MODIFIED", "SEQUENCE"].map(|name| value(&text, name));
        Self {
            fingerprint: OnceLock::new(),
            zones,
            revision: release.revision(entry.ledger_uid()),
            stamps,
            end: position(text.len() - END.len()),
            text: text.into(),
        }
    }

    /// Returns the fingerprint of the bytes.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        *self.fingerprint.get_or_init(|| Fingerprint::from_bytes(self.text.as_bytes()))
    }

    /// Returns the size in bytes with these stamps, if any, and without reminders.
    pub(super) fn len_with_stamps(&self, stamps: Option<Revision>) -> usize {
        let digits = |sequence: u32| sequence.checked_ilog10().unwrap_or(0) as usize;
        let sequence = stamps.map_or(self.revision.sequence, |stamps| stamps.sequence);
        self.text.len() - digits(self.revision.sequence) + digits(sequence)
    }

    /// Returns the stamps with an offset, if they differ from its own.
    pub(super) fn stamps_with_offset(&self, offset: Option<StampOffset>) -> Option<Revision> {
        let raised = offset?.apply(self.revision);
        (raised != self.revision).then_some(raised)
    }

    /// Writes the event with these stamps, if any, and with reminders.
    pub(super) fn write<'r>(
        &self,
        out: &mut Vec<u8>,
        stamps: Option<Revision>,
        reminders: impl Iterator<Item = &'r str>,
    ) {
        let bytes = self.text.as_bytes();
        let end = self.end as usize;
        match stamps {
            None => out.extend_from_slice(&bytes[..end]),
            Some(revision) => {
                let modified = format_utc(revision.modified);
                let [dtstamp, last_modified, sequence] =
                    self.stamps.clone().map(|range| range.start as usize..range.end as usize);
                out.extend_from_slice(&bytes[..dtstamp.start]);
                out.extend_from_slice(modified.as_bytes());
                out.extend_from_slice(&bytes[dtstamp.end..last_modified.start]);
                out.extend_from_slice(modified.as_bytes());
                out.extend_from_slice(&bytes[last_modified.end..sequence.start]);
                out.extend_from_slice(revision.sequence.to_string().as_bytes());
                out.extend_from_slice(&bytes[sequence.end..end]);
            }
        }
        for reminder in reminders {
            out.extend_from_slice(reminder.as_bytes());
        }
        out.extend_from_slice(&bytes[end..]);
    }
}

/// Returns the position of a property's value. Lines of folded text begin with a space, so that text is not taken for
/// a property.
fn value(text: &str, name: &str) -> Range<u32> {
    let line = format!("\r\n{name}:");
    let start = text.find(&line).map_or(0, |at| at + line.len());
    let length = text[start..].find("\r\n").unwrap_or(0);
    position(start)..position(start + length)
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or_else(|_| unreachable!("an event has no four gigabytes"))
}
