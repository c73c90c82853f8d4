//! Digests of definitions, by which a release identifies what it was made from.

use sha2::{Digest, Sha256};

use crate::definition::DefinitionFile;
use crate::private::to_hex;

/// The prefix of a digest of the files' digests. Earlier digests are of their bytes.
const OF_DIGESTS: &str = "2:";

/// Returns `true` if a digest is that of these files.
///
/// ```
/// use convene::definition::DefinitionFile;
/// use convene::store::{digest, is_digest_of};
///
/// let files = [DefinitionFile::new("sg12/group.yaml", "short: SG12\n")];
/// assert!(is_digest_of(&digest(&files), &files));
/// assert!(!is_digest_of(&digest(&files), &[]));
/// ```
pub fn is_digest_of(digest: &str, files: &[DefinitionFile]) -> bool {
    if digest.starts_with(OF_DIGESTS) {
        digest == self::digest(files)
    } else {
        digest_of_bytes(files).is_some_and(|known| known == digest)
    }
}

/// Returns the digest of files, which does not depend on their order.
pub fn digest(files: &[DefinitionFile]) -> String {
    let mut hash = Sha256::new();
    for file in by_path(files) {
        hash.update((file.path.len() as u64).to_be_bytes());
        hash.update(&file.path);
        hash.update(file.digest());
    }
    format!("{OF_DIGESTS}{}", to_hex(&hash.finalize()[..16]))
}

/// Returns the digest of files as earlier versions computed it; `None` if their bytes cannot be read.
fn digest_of_bytes(files: &[DefinitionFile]) -> Option<String> {
    let mut hash = Sha256::new();
    for file in by_path(files) {
        for part in [file.path.as_bytes(), &file.bytes().ok()?] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    Some(to_hex(&hash.finalize()[..16]))
}

fn by_path(files: &[DefinitionFile]) -> Vec<&DefinitionFile> {
    let mut files: Vec<&DefinitionFile> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}
