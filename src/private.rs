//! Private addresses: from a delegate and the server's secret to a token that nobody can guess.
//!
//! Nothing is stored: the same secret gives the same token on every machine, and raising a delegate's key gives
//! another one. Knows nothing of files or HTTP.

use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::timetable::{Delegate, PackedDelegates};

/// The server's secret. Whoever has it can make every private address; it is never shown.
#[derive(Clone)]
pub struct Secret {
    octets: Vec<u8>,
    /// What tokens are made with, ready to be used.
    keyed: Hmac<Sha256>,
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.octets == other.octets
    }
}

impl Eq for Secret {}

impl Secret {
    /// Fewest octets of a secret.
    pub const LEAST_OCTETS: usize = 32;

    /// The secret of these octets, or `None` where they are fewer than [`Self::LEAST_OCTETS`].
    pub fn from_octets(octets: &[u8]) -> Option<Self> {
        let keyed = Hmac::<Sha256>::new_from_slice(octets).ok()?;
        (octets.len() >= Self::LEAST_OCTETS).then(|| Self { octets: octets.to_vec(), keyed })
    }

    /// What tells this secret from others and does not give it away: 32 characters from 0 to 9 and a to f.
    pub fn fingerprint(&self) -> String {
        let mut mac = self.keyed.clone();
        mac.update(b"convene fingerprint 1");
        hexadecimal(&mac.finalize().into_bytes()[..16])
    }

    /// The token of a delegate's private address: 40 characters from 0 to 9 and a to f. Source: RFC 2104
    pub fn token(&self, delegate: &Delegate) -> String {
        self.token_of(delegate.id.as_str(), delegate.key)
    }

    /// The token that a delegate has, or had, with this key.
    fn token_of(&self, id: &str, key: u32) -> String {
        let mut mac = self.keyed.clone();
        mac.update(format!("convene delegate 1/{id}/{key}").as_bytes());
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
struct TokenDigest([u8; 32]);

impl TokenDigest {
    /// The digest of a token as it was sent.
    fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    fn beginning(&self) -> u64 {
        self.0[..8].iter().fold(0, |number, octet| (number << 8) | u64::from(*octet))
    }
}

/// Octets as characters from 0 to 9 and a to f.
pub fn hexadecimal(octets: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = octets.iter().flat_map(|octet| [octet >> 4, octet & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// What somebody's token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// The delegate of this index.
    Delegate(usize),
    /// One that was valid until a delegate's key was raised.
    Revoked,
}

/// The tokens of all delegates, in 16 octets each: what a token begins with is looked up, and the whole of it is made again
/// and compared.
#[derive(Debug)]
pub struct Register {
    secret: Secret,
    delegates: Arc<PackedDelegates>,
    /// The beginning of each token's digest, the delegate, and how many keys ago it was valid; sorted.
    tokens: Vec<(u64, u32, u32)>,
}

/// Most keys of before whose tokens are answered as revoked.
const MOST_REVOKED: u32 = 1_000;

impl Register {
    /// The tokens that a secret gives delegates.
    pub fn of(secret: &Secret, delegates: &Arc<PackedDelegates>) -> Self {
        let mut tokens = Vec::with_capacity(delegates.len());
        let numbered = (0_u32..).zip((0..delegates.len()).filter_map(|number| delegates.id_and_key(number)));
        for (index, (id, key)) in numbered {
            for ago in 0..key.min(1 + MOST_REVOKED) {
                let token = secret.token_of(id, key - ago);
                tokens.push((TokenDigest::of(&token).beginning(), index, ago));
            }
        }
        tokens.sort_unstable();
        tokens.shrink_to_fit();
        Self { secret: secret.clone(), delegates: Arc::clone(delegates), tokens }
    }

    /// Whether it is of these very delegates.
    pub fn is_of(&self, secret: &Secret, delegates: &Arc<PackedDelegates>) -> bool {
        self.secret == *secret && Arc::ptr_eq(&self.delegates, delegates)
    }

    /// The number of the first token whose digest begins with this or more. Digests lie evenly: it is looked for near the
    /// place where it should be.
    fn first_from(&self, beginning: u64) -> usize {
        let number = self.tokens.len();
        let is_before = |at: usize| self.tokens[at].0 < beginning;
        let near = usize::try_from((u128::from(beginning) * number as u128) >> 64).unwrap_or(0);
        let (mut low, mut high, mut step) = (near, near, 16);
        while low > 0 && !is_before(low.min(number - 1)) {
            low = low.saturating_sub(step);
            step *= 2;
        }
        while high < number && is_before(high) {
            high = (high + step).min(number);
            step *= 2;
        }
        low + self.tokens[low..high].partition_point(|(token, ..)| *token < beginning)
    }

    /// Whose token this is. How long that takes tells nothing of how much of it was right.
    pub fn holder(&self, token: &str) -> Option<Holder> {
        let sent = TokenDigest::of(token);
        let first = self.first_from(sent.beginning());
        let alike = self.tokens[first..].iter().take_while(|(beginning, ..)| *beginning == sent.beginning());
        alike.copied().find_map(|(_, index, ago)| {
            let (id, key) = self.delegates.id_and_key(index as usize)?;
            let is_it = TokenDigest::of(&self.secret.token_of(id, key - ago)) == sent;
            let holder = if ago == 0 { Holder::Delegate(index as usize) } else { Holder::Revoked };
            is_it.then_some(holder)
        })
    }
}
