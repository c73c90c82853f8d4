//! A feed put together from fragments. Its fingerprint is known before its bytes, which are not sent to a client that
//! has them.

use std::ops::Deref;
use std::sync::Arc;

use super::fragment::Fragment;
use super::head;
use crate::feed::Feed;
use crate::ledger::{Fingerprint, Revision};
use crate::revision::StampOffset;

/// A feed that is rendered, but not yet copied into one buffer.
pub struct RenderedFeed<'s> {
    /// Everything before the first event.
    head: String,
    events: FeedEvents<'s>,
    /// The size of the events, in bytes.
    event_bytes: usize,
}

/// Everything after the last event.
const TAIL: &str = "END:VCALENDAR\r\n";

/// The events of a feed, in order.
pub(super) struct FeedEvents<'s> {
    pub(super) fragments: Vec<FragmentRef<'s>>,
    /// The reminders of each event, which are inserted before its end. Empty if there are none at all.
    pub(super) reminders: Vec<Vec<Arc<Reminder>>>,
    /// The offset of the delegate's stamps.
    pub(super) offset: Option<StampOffset>,
}

/// A rendered reminder, with its fingerprint.
pub(super) struct Reminder {
    text: Box<str>,
    fingerprint: Fingerprint,
}

impl Reminder {
    pub(super) fn new(text: String) -> Self {
        Self { fingerprint: Fingerprint::from_bytes(text.as_bytes()), text: text.into() }
    }
}

/// A fragment of the cache, or of this feed alone.
pub(super) enum FragmentRef<'s> {
    Shared(&'s Fragment),
    Own(Box<Fragment>),
}

impl Deref for FragmentRef<'_> {
    type Target = Fragment;

    fn deref(&self) -> &Fragment {
        match self {
            Self::Shared(fragment) => fragment,
            Self::Own(fragment) => fragment,
        }
    }
}

impl FeedEvents<'_> {
    /// Returns the size of each event, in bytes.
    pub(super) fn sizes(&self) -> impl Iterator<Item = usize> {
        self.iter().map(|(fragment, stamps, reminders)| {
            let reminders = reminders.iter().map(|reminder| reminder.text.len());
            fragment.len_with_stamps(stamps) + reminders.sum::<usize>()
        })
    }

    /// Iterates over the events, each with its stamps, if they differ from the fragment's, and its reminders.
    fn iter(&self) -> impl Iterator<Item = (&Fragment, Option<Revision>, &[Arc<Reminder>])> {
        self.fragments.iter().enumerate().map(|(index, fragment)| {
            let reminders = self.reminders.get(index).map(Vec::as_slice).unwrap_or_default();
            (&**fragment, fragment.stamps_with_offset(self.offset), reminders)
        })
    }
}

impl<'s> RenderedFeed<'s> {
    /// Puts a feed together from its events, which have `bytes` bytes in total.
    pub(super) fn new(feed: &Feed<'_>, parts: FeedEvents<'s>, bytes: usize) -> Self {
        let mut head = String::with_capacity(2_000);
        head::write(&mut head, feed);
        // clients.md E4: exactly one VTIMEZONE for every TZID used, before the events
        let mut zones: Vec<&(&'static str, Arc<str>)> = Vec::new();
        for zone in parts.fragments.iter().flat_map(|fragment| fragment.zones.iter().flatten()) {
            if !zones.iter().any(|(name, _)| std::ptr::eq(*name, zone.0) || *name == zone.0) {
                zones.push(zone);
            }
        }
        zones.sort_by_key(|(name, _)| *name);
        for (_, zone) in zones {
            head.push_str(zone);
        }
        Self { head, events: parts, event_bytes: bytes }
    }

    /// Returns a fingerprint of the bytes.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut digest = FingerprintDigest::default();
        digest.add(u128::from_be_bytes(Fingerprint::from_bytes(self.head.as_bytes()).0));
        for (fragment, stamps, reminders) in self.events.iter() {
            digest.add(u128::from_be_bytes(fragment.fingerprint().0));
            if let Some(Revision { sequence, modified, .. }) = stamps {
                let seconds = u128::from(modified.as_second().unsigned_abs());
                digest.add((1 << 127) | (u128::from(sequence) << 64) | seconds);
            }
            for reminder in reminders {
                digest.add(u128::from_be_bytes(reminder.fingerprint.0).wrapping_add(1));
            }
        }
        Fingerprint(digest.0.to_be_bytes())
    }

    /// Returns the size in bytes.
    pub fn byte_count(&self) -> usize {
        self.head.len() + self.event_bytes + TAIL.len()
    }

    /// Returns the bytes, with CRLF at the end of each line.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.byte_count());
        out.extend_from_slice(self.head.as_bytes());
        for (fragment, stamps, reminders) in self.events.iter() {
            fragment.write(&mut out, stamps, reminders.iter().map(|reminder| &*reminder.text));
        }
        out.extend_from_slice(TAIL.as_bytes());
        out
    }
}

/// A digest of fingerprints: a polynomial of them, modulo 2^128. Fingerprints are as good as random, so that two
/// lists collide no more often than two random numbers.
#[derive(Default)]
struct FingerprintDigest(u128);

impl FingerprintDigest {
    fn add(&mut self, fingerprint: u128) {
        /// Any odd number of this size: the first digits of the golden ratio.
        const FACTOR: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;
        self.0 = self.0.wrapping_mul(FACTOR).wrapping_add(fingerprint).wrapping_add(1);
    }
}
