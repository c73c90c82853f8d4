//! The part of a request that an answer depends on, besides its path.

use hyper::header::{self, HeaderMap, HeaderName};

/// The part of a request that an answer depends on, besides its path.
#[derive(Debug, Clone)]
pub(in crate::server) struct RequestInfo<'r> {
    pub(in crate::server) headers: &'r HeaderMap,
    /// Whether the method is HEAD.
    pub(in crate::server) is_head: bool,
    /// The last part of the path, if the answer is to be saved as a file.
    pub(in crate::server) download: Option<String>,
    /// The time of the answer, in seconds since 1970.
    pub(in crate::server) second: u32,
}

/// Returns the last part of a path, reduced to characters that are safe in a file name. A private address is replaced
/// by a fixed name: file names end up in download folders.
pub(in crate::server) fn last_part(path: &str) -> String {
    let part = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let stem = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
    let is_safe = |letter: &char| letter.is_ascii_alphanumeric() || "._-".contains(*letter);
    let safe: String = stem.chars().filter(is_safe).take(100).collect();
    if safe.is_empty() || path.starts_with("/delegate/") { "convene".to_owned() } else { safe }
}

impl RequestInfo<'_> {
    /// Copies the headers that an answer may depend on, for work on another thread.
    pub(in crate::server) fn copy_headers(&self) -> HeaderMap {
        const KEPT: [HeaderName; 6] = [
            header::ACCEPT_ENCODING,
            header::IF_MATCH,
            header::IF_UNMODIFIED_SINCE,
            header::IF_NONE_MATCH,
            header::IF_MODIFIED_SINCE,
            header::USER_AGENT,
        ];
        let mut kept = HeaderMap::new();
        for name in KEPT {
            for value in self.headers.get_all(&name) {
                kept.append(name.clone(), value.clone());
            }
        }
        kept
    }
}
