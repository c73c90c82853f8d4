//! Compressed bodies by what they are of, from release to release: what an edit does not change is not compressed again.

use bytes::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::coding::{Coding, compressed};
use crate::ledger::Fingerprint;

/// Octets of compressed bodies that are kept at most.
const MAX_FILE_BYTES: u64 = 64_000_000;
/// How many of them are expected in that.
const BODIES: usize = 20_000;

/// Compressed bodies, as far as there is room for them.
pub(super) struct CompressionCache(Cache<(Fingerprint, Coding), Bytes, BodyWeight>);

impl Default for CompressionCache {
    fn default() -> Self {
        Self(Cache::with_weighter(BODIES, MAX_FILE_BYTES, BodyWeight))
    }
}

impl CompressionCache {
    /// Octets of them all.
    pub(super) fn weight(&self) -> u64 {
        self.0.weight()
    }

    /// A body in a coding, if it is there.
    pub(super) fn known(&self, print: Fingerprint, coding: Coding) -> Option<Bytes> {
        self.0.get(&(print, coding))
    }

    /// A body in a coding, which is made if it is not there.
    pub(super) fn compress(&self, print: Fingerprint, body: &[u8], coding: Coding) -> Bytes {
        // Somebody else may have had it made meanwhile.
        self.known(print, coding).unwrap_or_else(|| {
            let body = compressed(body, coding);
            self.0.insert((print, coding), body.clone());
            body
        })
    }
}

/// What a body weighs.
#[derive(Clone)]
struct BodyWeight;

impl Weighter<(Fingerprint, Coding), Bytes> for BodyWeight {
    fn weight(&self, _: &(Fingerprint, Coding), body: &Bytes) -> u64 {
        const AROUND: usize = 200;
        u64::try_from(body.len() + AROUND).unwrap_or(u64::MAX)
    }
}
