//! A feed put together from fragments: its digest before its bytes, which a reader who has them is not sent.

use std::ops::Deref;
use std::sync::Arc;

use super::fragment::Fragment;
use super::head;
use crate::feed::Feed;
use crate::ledger::{Fingerprint, Revision};
use crate::revision::StampOffset;

/// A feed whose bytes are known, and not yet put into one piece.
pub struct Assembly<'s> {
    /// Everything before the first event.
    head: String,
    parts: Parts<'s>,
    /// How many octets the events have.
    octets: usize,
}

/// What stands behind the last event.
const TAIL: &str = "END:VCALENDAR\r\n";

/// The events of a feed, in order.
pub(super) struct Parts<'s> {
    pub(super) fragments: Vec<Held<'s>>,
    /// What stands before the end of each, where somebody is reminded.
    pub(super) reminders: Vec<Vec<Arc<Reminder>>>,
    /// What makes the stamps of all of them other than the fragments'.
    pub(super) raise: Option<StampOffset>,
}

/// A reminder as it stands in an event, with a digest of it.
pub(super) struct Reminder {
    text: Box<str>,
    print: Fingerprint,
}

impl Reminder {
    pub(super) fn of(text: String) -> Self {
        Self { print: Fingerprint::from_bytes(text.as_bytes()), text: text.into() }
    }
}

/// A fragment of the shelf's, or of this feed's own.
pub(super) enum Held<'s> {
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

impl Parts<'_> {
    /// How many octets each event has.
    pub(super) fn octets(&self) -> impl Iterator<Item = usize> {
        self.all().map(|(fragment, stamps, reminders)| {
            let reminders = reminders.iter().map(|reminder| reminder.text.len());
            fragment.octets_with(stamps) + reminders.sum::<usize>()
        })
    }

    /// Each event with its stamps, where they are other than the fragment's, and its reminders.
    fn all(&self) -> impl Iterator<Item = (&Fragment, Option<Revision>, &[Arc<Reminder>])> {
        self.fragments.iter().enumerate().map(|(index, fragment)| {
            let reminders = self.reminders.get(index).map(Vec::as_slice).unwrap_or_default();
            (&**fragment, fragment.raised(self.raise), reminders)
        })
    }
}

impl<'s> Assembly<'s> {
    /// That of a feed whose events these are, with so many octets.
    pub(super) fn of(feed: &Feed<'_>, parts: Parts<'s>, octets: usize) -> Self {
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
        Self { head, parts, octets }
    }

    /// A digest that tells its bytes from all others.
    pub fn print(&self) -> Fingerprint {
        let mut digest = Digest::default();
        digest.add(u128::from_be_bytes(Fingerprint::from_bytes(self.head.as_bytes()).0));
        for (fragment, stamps, reminders) in self.parts.all() {
            digest.add(u128::from_be_bytes(fragment.print.0));
            if let Some(Revision { sequence, modified, .. }) = stamps {
                let seconds = u128::from(modified.as_second().unsigned_abs());
                digest.add((1 << 127) | (u128::from(sequence) << 64) | seconds);
            }
            for reminder in reminders {
                digest.add(u128::from_be_bytes(reminder.print.0).wrapping_add(1));
            }
        }
        Fingerprint(digest.0.to_be_bytes())
    }

    /// How many octets it has.
    pub fn octets(&self) -> usize {
        self.head.len() + self.octets + TAIL.len()
    }

    /// Its bytes, each line ended by CRLF.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.octets());
        out.extend_from_slice(self.head.as_bytes());
        for (fragment, stamps, reminders) in self.parts.all() {
            fragment.write(&mut out, stamps, reminders.iter().map(|reminder| &*reminder.text));
        }
        out.extend_from_slice(TAIL.as_bytes());
        out
    }
}

/// A digest of digests: a polynomial of them, modulo 2^128. Those of SHA-256 are as good as random, so that two lists of them
/// come to the same number no more often than two random numbers are the same.
#[derive(Default)]
struct Digest(u128);

impl Digest {
    fn add(&mut self, print: u128) {
        /// Any odd number of this size: the beginning of the golden ratio's digits.
        const FACTOR: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;
        self.0 = self.0.wrapping_mul(FACTOR).wrapping_add(print).wrapping_add(1);
    }
}
