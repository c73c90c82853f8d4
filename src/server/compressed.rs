//! Cache of compressed bodies, across releases: a body that an edit did not change is not compressed again.

use bytes::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::coding::{Coding, compressed};
use crate::ledger::Fingerprint;

/// The size of all compressed bodies together.
const MAX_FILE_BYTES: u64 = 64_000_000;
/// The expected number of bodies.
const BODIES: usize = 20_000;

/// Compressed bodies, by the fingerprint of the body and the coding.
pub(super) struct CompressionCache(Cache<(Fingerprint, Coding), Bytes, BodyWeight>);

impl Default for CompressionCache {
    fn default() -> Self {
        Self(Cache::with_weighter(BODIES, MAX_FILE_BYTES, BodyWeight))
    }
}

impl CompressionCache {
    /// Returns the bytes of all bodies.
    pub(super) fn weight(&self) -> u64 {
        self.0.weight()
    }

    /// Returns a body in a coding, if it is in the cache.
    pub(super) fn known(&self, print: Fingerprint, coding: Coding) -> Option<Bytes> {
        self.0.get(&(print, coding))
    }

    /// Returns a body in a coding, from the cache or newly compressed.
    pub(super) fn compress(&self, print: Fingerprint, body: &[u8], coding: Coding) -> Bytes {
        // Another request may have compressed it meanwhile.
        self.known(print, coding).unwrap_or_else(|| {
            let body = compressed(body, coding);
            self.0.insert((print, coding), body.clone());
            body
        })
    }
}

/// The weight of a body in the cache.
#[derive(Clone)]
struct BodyWeight;

impl Weighter<(Fingerprint, Coding), Bytes> for BodyWeight {
    fn weight(&self, _: &(Fingerprint, Coding), body: &Bytes) -> u64 {
        const AROUND: usize = 200;
        u64::try_from(body.len() + AROUND).unwrap_or(u64::MAX)
    }
}
