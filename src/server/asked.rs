//! What a request asks for beside its path.

use hyper::header::{self, HeaderMap, HeaderName};

/// What a request asks for beside its path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'r> {
    pub(super) headers: &'r HeaderMap,
    /// Whether it is a HEAD.
    pub(super) is_head: bool,
    /// Whether it is to be saved as a file.
    pub(super) is_download: bool,
}

impl Asked<'_> {
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
