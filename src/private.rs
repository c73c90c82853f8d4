//! Private addresses: from a delegate and the server's secret to a token that nobody can guess.
//!
//! Nothing is stored: the same secret gives the same token on every machine, and raising a delegate's key gives
//! another one. Knows nothing of files or HTTP.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::timetable::Delegate;

/// The server's secret. Whoever has it can make every private address; it is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Fewest octets of a secret.
    pub const LEAST_OCTETS: usize = 32;

    /// The secret of these octets, or `None` where they are fewer than [`Self::LEAST_OCTETS`].
    pub fn from_octets(octets: &[u8]) -> Option<Self> {
        (octets.len() >= Self::LEAST_OCTETS).then(|| Self(octets.to_vec()))
    }

    /// The token of a delegate's private address: 40 characters from 0 to 9 and a to f. Source: RFC 2104
    ///
    /// # Panics
    ///
    /// Never: HMAC takes a secret of any length.
    pub fn token(&self, delegate: &Delegate) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a secret of any length");
        mac.update(format!("convene delegate 1/{}/{}", delegate.id, delegate.key).as_bytes());
        hexadecimal(&mac.finalize().into_bytes()[..20])
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret")
    }
}

/// What is compared in place of a token, so that the time an answer takes tells nothing of how much of it was right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TokenDigest([u8; 32]);

impl TokenDigest {
    /// The digest of a token as it was sent.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }
}

/// Octets as characters from 0 to 9 and a to f.
pub fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().fold(String::with_capacity(2 * octets.len()), |mut written, octet| {
        let _ = write!(written, "{octet:02x}");
        written
    })
}
