//! A feed put together from fragments: its digest before its bytes, which a reader who has them is not sent.

use std::ops::Deref;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::fragment::Fragment;
use super::head;
use crate::feed::Feed;
use crate::ledger::{Print, Revision, Wishes};

/// A feed whose bytes are known, and not yet put into one piece.
pub struct Assembly<'s> {
    /// Everything before the first event.
    head: String,
    parts: Vec<Part<'s>>,
}

/// What stands behind the last event.
const TAIL: &str = "END:VCALENDAR\r\n";

/// One event of a feed.
pub(super) struct Part<'s> {
    fragment: Held<'s>,
    /// Its stamps, where a delegate's wishes make them other than the fragment's.
    stamps: Option<Revision>,
    /// What stands before its end.
    reminders: Vec<Arc<str>>,
}

enum Held<'s> {
    Shared(&'s Fragment),
    Own(Box<Fragment>),
}

impl Deref for Held<'_> {
    type Target = Fragment;

    fn deref(&self) -> &Fragment {
        match self {
            Self::Shared(fragment) => fragment,
            Self::Own(fragment) => fragment,
        }
    }
}

impl<'s> Part<'s> {
    /// An event of the shelf's.
    pub(super) fn shared(fragment: &'s Fragment, wishes: Option<&Wishes>, reminders: Vec<Arc<str>>) -> Self {
        Self { stamps: fragment.raised(wishes), fragment: Held::Shared(fragment), reminders }
    }

    /// An event of this feed's own.
    pub(super) fn own(fragment: Fragment, wishes: Option<&Wishes>, reminders: Vec<Arc<str>>) -> Self {
        Self { stamps: fragment.raised(wishes), fragment: Held::Own(Box::new(fragment)), reminders }
    }

    /// How many octets it has.
    pub(super) fn len(&self) -> usize {
        let reminders = self.reminders.iter().map(|reminder| reminder.len());
        self.fragment.len_with(self.stamps) + reminders.sum::<usize>()
    }
}

impl<'s> Assembly<'s> {
    /// That of a feed whose events these are.
    pub(super) fn of(feed: &Feed<'_>, parts: Vec<Part<'s>>) -> Self {
        let mut head = String::with_capacity(2_000);
        head::write(&mut head, feed);
        // clients.md E4: exactly one VTIMEZONE for every TZID used, before the events
        let mut zones: Vec<&(&'static str, Arc<str>)> = Vec::new();
        for zone in parts.iter().flat_map(|part| &part.fragment.zones) {
            if !zones.iter().any(|(name, _)| *name == zone.0) {
                zones.push(zone);
            }
        }
        zones.sort_by_key(|(name, _)| *name);
        for (_, zone) in zones {
            head.push_str(zone);
        }
        Self { head, parts }
    }

    /// A digest that tells its bytes from all others.
    pub fn print(&self) -> Print {
        let mut hash = Sha256::new();
        let mut seen = Vec::with_capacity(32 * self.parts.len());
        for Part { fragment, stamps, reminders } in &self.parts {
            // First what follows, so that each event is told from the next.
            let follows = [u8::from(stamps.is_some()), u8::try_from(reminders.len()).unwrap_or(u8::MAX)];
            seen.extend_from_slice(&follows);
            seen.extend_from_slice(&fragment.print.0);
            if let Some(Revision { sequence, modified, .. }) = stamps {
                seen.extend_from_slice(&sequence.to_be_bytes());
                seen.extend_from_slice(&modified.as_second().to_be_bytes());
            }
            for reminder in reminders {
                seen.extend_from_slice(&reminder.len().to_be_bytes());
                seen.extend_from_slice(reminder.as_bytes());
            }
        }
        hash.update(self.head.len().to_be_bytes());
        hash.update(self.head.as_bytes());
        hash.update(&seen);
        let mut print = [0; 16];
        print.copy_from_slice(&hash.finalize()[..16]);
        Print(print)
    }

    /// How many octets it has.
    pub fn octets(&self) -> usize {
        self.head.len() + self.parts.iter().map(Part::len).sum::<usize>() + TAIL.len()
    }

    /// Its bytes, each line ended by CRLF.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.octets());
        out.extend_from_slice(self.head.as_bytes());
        for Part { fragment, stamps, reminders } in &self.parts {
            fragment.write(&mut out, *stamps, reminders);
        }
        out.extend_from_slice(TAIL.as_bytes());
        out
    }
}
