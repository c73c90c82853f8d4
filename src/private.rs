//! Private addresses: a token from a delegate and the server's secret, which nobody can guess.
//!
//! Nothing is stored: the same secret gives the same token on every machine, and raising a delegate's key gives
//! another one. Knows nothing of files or HTTP.

use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::timetable::{Delegate, PackedDelegates};

/// The server's secret, from which every private address can be computed. It is never shown.
///
/// ```
/// use convene::private::Secret;
///
/// assert!(Secret::from_bytes(b"too short").is_none());
/// let secret = Secret::from_bytes(&[7; 32]).expect("32 bytes");
/// assert_eq!(secret.fingerprint().len(), 32);
/// assert_eq!(format!("{secret:?}"), "Secret");
/// ```
#[derive(Clone)]
pub struct Secret {
    bytes: Vec<u8>,
    /// The keyed hash with which tokens are made.
    mac: Hmac<Sha256>,
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Secret {}

impl Secret {
    /// The smallest length of a secret, in bytes.
    pub const MIN_BYTES: usize = 32;

    /// Creates a secret, or returns `None` if it is shorter than [`Self::MIN_BYTES`].
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let keyed = Hmac::<Sha256>::new_from_slice(bytes).ok()?;
        (bytes.len() >= Self::MIN_BYTES).then(|| Self { bytes: bytes.to_vec(), mac: keyed })
    }

    /// Returns a fingerprint that distinguishes secrets and does not reveal them: 32 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        let mut mac = self.mac.clone();
        mac.update(b"convene fingerprint 1");
        to_hex(&mac.finalize().into_bytes()[..16])
    }

    /// Returns the token of a delegate's private address: 40 hexadecimal digits. Source: RFC 2104
    pub fn token(&self, delegate: &Delegate) -> String {
        self.token_with_key(delegate.id.as_str(), delegate.key)
    }

    /// Returns the token that a delegate has, or had, with a key.
    fn token_with_key(&self, id: &str, key: u32) -> String {
        let mut mac = self.mac.clone();
        mac.update(format!("convene delegate 1/{id}/{key}").as_bytes());
        to_hex(&mac.finalize().into_bytes()[..20])
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret")
    }
}

/// The digest of a token. Comparing digests takes the same time however much of a token is right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct TokenDigest([u8; 32]);

impl TokenDigest {
    /// Computes the digest of a token.
    fn new(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    fn prefix(&self) -> u64 {
        self.0[..8].iter().fold(0, |number, byte| (number << 8) | u64::from(*byte))
    }
}

/// Returns bytes as lower case hexadecimal digits.
///
/// ```
/// assert_eq!(convene::private::to_hex(&[10, 255]), "0aff");
/// ```
pub fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// Who owns a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenOwner {
    /// The delegate at this index.
    Delegate(usize),
    /// Nobody any more: it was valid until a delegate's key was raised.
    Revoked,
}

/// An index of the tokens of all delegates, with 16 bytes each. A token is looked up by the beginning of its digest,
/// then computed again and compared as a whole.
#[derive(Debug)]
pub struct TokenIndex {
    secret: Secret,
    delegates: Arc<PackedDelegates>,
    /// The beginning of each token's digest, the delegate, and how many keys ago it was valid. Sorted.
    tokens: Vec<(u64, u32, u32)>,
}

/// The largest number of former keys whose tokens are answered as revoked.
const MAX_REVOKED: u32 = 1_000;

impl TokenIndex {
    /// Computes the tokens of all delegates.
    pub fn new(secret: &Secret, delegates: &Arc<PackedDelegates>) -> Self {
        let mut tokens = Vec::with_capacity(delegates.len());
        let numbered = (0_u32..).zip((0..delegates.len()).filter_map(|number| delegates.id_and_key(number)));
        for (index, (id, key)) in numbered {
            for ago in 0..key.min(1 + MAX_REVOKED) {
                let token = secret.token_with_key(id, key - ago);
                tokens.push((TokenDigest::new(&token).prefix(), index, ago));
            }
        }
        tokens.sort_unstable();
        tokens.shrink_to_fit();
        Self { secret: secret.clone(), delegates: Arc::clone(delegates), tokens }
    }

    /// Returns `true` if it is the index for this secret and these delegates.
    pub fn is_for(&self, secret: &Secret, delegates: &Arc<PackedDelegates>) -> bool {
        self.secret == *secret && Arc::ptr_eq(&self.delegates, delegates)
    }

    /// Returns the owner of a token. The time this takes does not depend on how much of the token is right.
    pub fn owner(&self, token: &str) -> Option<TokenOwner> {
        let sent = TokenDigest::new(token);
        let prefix = sent.prefix();
        let first = self.tokens.partition_point(|(token, ..)| *token < prefix);
        let alike = self.tokens[first..].iter().take_while(|(token, ..)| *token == prefix);
        alike.copied().find_map(|(_, index, ago)| {
            let (id, key) = self.delegates.id_and_key(index as usize)?;
            let is_it = TokenDigest::new(&self.secret.token_with_key(id, key - ago)) == sent;
            let holder = if ago == 0 { TokenOwner::Delegate(index as usize) } else { TokenOwner::Revoked };
            is_it.then_some(holder)
        })
    }
}
