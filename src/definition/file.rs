//! A file of a definitions folder, before it is parsed.

use std::fmt;
use std::io;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use sha2::{Digest, Sha256};

/// One file of a definitions folder. Clones share its bytes.
#[derive(Clone)]
pub struct DefinitionFile {
    /// The path below the folder, with `/` as the separator: `sg12/group.yaml`.
    pub path: String,
    bytes: Content,
    digest: Arc<OnceLock<[u8; 32]>>,
}

/// Reads the bytes of a file.
type ReadBytes = dyn Fn() -> io::Result<Vec<u8>> + Send + Sync;

/// The bytes of a file, or how to read them again.
#[derive(Clone)]
enum Content {
    Loaded(Bytes),
    /// Read again when they are needed.
    Unloaded(Arc<ReadBytes>),
}

impl DefinitionFile {
    /// Creates a file from a path and its bytes.
    ///
    /// ```
    /// use convene::definition::DefinitionFile;
    ///
    /// assert!(DefinitionFile::new("delegates.yaml", "").is_private());
    /// assert!(!DefinitionFile::new("sg12/group.yaml", "short: SG12").is_private());
    /// ```
    pub fn new(path: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self { path: path.into(), bytes: Content::Loaded(bytes.into()), digest: Arc::default() }
    }

    /// Drops the bytes of this file from memory. `read` reads them again when they are needed.
    #[must_use]
    pub fn unload(self, read: impl Fn() -> io::Result<Vec<u8>> + Send + Sync + 'static) -> Self {
        self.digest();
        Self { bytes: Content::Unloaded(Arc::new(read)), ..self }
    }

    /// Returns the bytes, if they are in memory.
    pub fn loaded_bytes(&self) -> Option<&Bytes> {
        match &self.bytes {
            Content::Loaded(bytes) => Some(bytes),
            Content::Unloaded(_) => None,
        }
    }

    /// Returns the bytes.
    ///
    /// # Errors
    ///
    /// Returns an error if they are not in memory, and cannot be read or have changed.
    pub fn bytes(&self) -> io::Result<Bytes> {
        let read = match &self.bytes {
            Content::Loaded(bytes) => return Ok(bytes.clone()),
            Content::Unloaded(read) => read,
        };
        let bytes = Bytes::from(read()?);
        if self.digest() == <[u8; 32]>::from(Sha256::digest(&bytes)) {
            Ok(bytes)
        } else {
            Err(io::Error::other(format!("`{}` was changed while it was looked at", self.path)))
        }
    }

    /// Returns the SHA-256 of the bytes, which is computed once for all clones.
    pub fn digest(&self) -> [u8; 32] {
        // Computed before the bytes were unloaded.
        *self.digest.get_or_init(|| Sha256::digest(self.loaded_bytes().map_or(&[][..], |bytes| bytes)).into())
    }

    /// Returns `true` if the file is private: `delegates.yaml`.
    pub fn is_private(&self) -> bool {
        !self.path.contains('/')
    }
}

impl PartialEq for DefinitionFile {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.digest() == other.digest()
    }
}

impl Eq for DefinitionFile {}

impl fmt::Debug for DefinitionFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "File({})", self.path)
    }
}
