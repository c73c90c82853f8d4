//! What a request asks for beside its path.

use hyper::header::{self, HeaderMap, HeaderName};

/// What a request asks for beside its path.
#[derive(Debug, Clone)]
pub(super) struct RequestInfo<'r> {
    pub(super) headers: &'r HeaderMap,
    /// Whether it is a HEAD.
    pub(super) is_head: bool,
    /// The last part of the path, where the answer is to be saved as a file.
    pub(super) download: Option<String>,
    /// The second of the answer, since 1970.
    pub(super) second: u32,
}

/// The last part of a path, as far as it may stand in the name of a file. That of a private address is nobody's business: it
/// ends up in folders of downloads.
pub(super) fn last_part(path: &str) -> String {
    let part = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let stem = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
    let is_safe = |letter: &char| letter.is_ascii_alphanumeric() || "._-".contains(*letter);
    let safe: String = stem.chars().filter(is_safe).take(100).collect();
    if safe.is_empty() || path.starts_with("/delegate/") { "convene".to_owned() } else { safe }
}

impl RequestInfo<'_> {
    /// The headers that an answer may depend on, for what is made beside the connection.
    pub(super) fn kept_headers(&self) -> HeaderMap {
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
