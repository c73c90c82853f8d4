//! Cache of compressed bodies, across releases: a body that an edit did not change is not compressed again.

use bytes::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::ledger::Fingerprint;
use crate::server::response::coding::{Coding, compressed};

/// The size of all compressed bodies together.
const MAX_BYTES: u64 = 64_000_000;
/// The expected number of bodies.
const BODIES: usize = 20_000;

/// Compressed bodies, by the fingerprint of the body and the coding.
pub(in crate::server) struct CompressionCache(Cache<(Fingerprint, Coding), Bytes, BodyWeight>);

impl Default for CompressionCache {
    fn default() -> Self {
        Self(Cache::with_weighter(BODIES, MAX_BYTES, BodyWeight))
    }
}

impl CompressionCache {
    /// Returns the bytes of all bodies.
    pub(in crate::server) fn weight(&self) -> u64 {
        self.0.weight()
    }

    /// Returns a body in a coding, if it is in the cache.
    pub(in crate::server) fn known(&self, fingerprint: Fingerprint, coding: Coding) -> Option<Bytes> {
        self.0.get(&(fingerprint, coding))
    }

    /// Returns a body in a coding, from the cache or newly compressed.
    pub(in crate::server) fn compress(&self, fingerprint: Fingerprint, body: &[u8], coding: Coding) -> Bytes {
        // Another request may have compressed it meanwhile.
        self.known(fingerprint, coding).unwrap_or_else(|| {
            let body = compressed(body, coding);
            self.0.insert((fingerprint, coding), body.clone());
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
