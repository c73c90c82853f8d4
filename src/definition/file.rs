//! A file of a folder of definitions, before anybody looks into it.

use std::fmt;
use std::io;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use sha2::{Digest, Sha256};

/// One file of a folder of definitions. Copies share its octets.
#[derive(Clone)]
pub struct File {
    /// Its path below the folder, with `/` between the parts: `sg12/group.yaml`.
    pub path: String,
    octets: Octets,
    digest: Arc<OnceLock<[u8; 32]>>,
}

/// What reads octets.
type Read = dyn Fn() -> io::Result<Vec<u8>> + Send + Sync;

/// Where the octets of a file are.
#[derive(Clone)]
enum Octets {
    Here(Bytes),
    /// They are read again if need be.
    Elsewhere(Arc<Read>),
}

impl File {
    /// The file of a path, with its octets.
    pub fn of(path: impl Into<String>, octets: impl Into<Bytes>) -> Self {
        Self { path: path.into(), octets: Octets::Here(octets.into()), digest: Arc::default() }
    }

    /// This file without its octets, which are read again if need be.
    #[must_use]
    pub fn left_elsewhere(self, read: impl Fn() -> io::Result<Vec<u8>> + Send + Sync + 'static) -> Self {
        self.digest();
        Self { octets: Octets::Elsewhere(Arc::new(read)), ..self }
    }

    /// Its octets, if they are in memory.
    pub fn at_hand(&self) -> Option<&Bytes> {
        match &self.octets {
            Octets::Here(octets) => Some(octets),
            Octets::Elsewhere(_) => None,
        }
    }

    /// Its octets.
    ///
    /// # Errors
    ///
    /// They are elsewhere, and cannot be read or are others by now.
    pub fn octets(&self) -> io::Result<Bytes> {
        let read = match &self.octets {
            Octets::Here(octets) => return Ok(octets.clone()),
            Octets::Elsewhere(read) => read,
        };
        let octets = Bytes::from(read()?);
        if self.digest() == <[u8; 32]>::from(Sha256::digest(&octets)) {
            Ok(octets)
        } else {
            Err(io::Error::other(format!("`{}` was changed while it was looked at", self.path)))
        }
    }

    /// A digest of its octets, computed once for all copies: SHA-256.
    pub fn digest(&self) -> [u8; 32] {
        // What was left elsewhere has one.
        *self.digest.get_or_init(|| Sha256::digest(self.at_hand().map_or(&[][..], |octets| octets)).into())
    }

    /// Whether it is about one reader alone, and nobody else's business: `delegates.yaml`.
    pub fn is_private(&self) -> bool {
        !self.path.contains('/')
    }
}

impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.digest() == other.digest()
    }
}

impl Eq for File {}

impl fmt::Debug for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "File({})", self.path)
    }
}
