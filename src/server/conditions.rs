//! Conditional requests: whether a reader has the body already, or wants another one than there is. Source: RFC 9110 13.

use std::time::{Duration, SystemTime};

use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;

/// What conditions are compared with.
pub(super) struct Validators {
    /// A strong entity tag.
    pub(super) etag: HeaderValue,
    modified: Option<SystemTime>,
}

/// What becomes of a request with conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Precondition {
    /// It is answered with the body.
    Unknown,
    /// The reader has the body.
    Known,
    /// The reader wants another body than there is.
    Failed,
}

impl Validators {
    pub(super) fn new(etag: &str, modified: Option<Timestamp>) -> Self {
        let seconds = |modified: Timestamp| u64::try_from(modified.as_second()).unwrap_or(0);
        Self {
            etag: HeaderValue::from_str(etag).unwrap_or_else(|_| HeaderValue::from_static("\"\"")),
            modified: modified.map(|modified| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds(modified))),
        }
    }

    /// The date of the last change as it stands in a header.
    pub(super) fn last_modified(&self) -> Option<HeaderValue> {
        self.modified.and_then(|modified| HeaderValue::from_str(&httpdate::fmt_http_date(modified)).ok())
    }

    /// The date of now, where the last change is said to be later than that. A second since 1970 that is not long past tells
    /// without a look at the system's clock that it is not.
    pub(super) fn date_before(&self, second: u32) -> Option<HeaderValue> {
        let modified = self.modified?;
        if modified <= SystemTime::UNIX_EPOCH + Duration::from_secs(u64::from(second)) {
            return None;
        }
        let now = SystemTime::now();
        let is_ahead = modified > now;
        is_ahead.then(|| HeaderValue::from_str(&httpdate::fmt_http_date(now)).ok()).flatten()
    }

    /// What becomes of a request with these headers. RFC 9110 13.2.2: If-Match before If-Unmodified-Since, then
    /// If-None-Match before If-Modified-Since; a date counts only where there are no tags. Ranges are not served, and
    /// If-Range is passed over with them.
    pub(super) fn condition(&self, asked: &HeaderMap) -> Precondition {
        if let Some(is_named) = self.matches_etag(asked, &header::IF_MATCH, false) {
            if !is_named {
                return Precondition::Failed;
            }
        } else if let Some((since, modified)) = date(asked, &header::IF_UNMODIFIED_SINCE).zip(self.modified)
            && modified > since
        {
            return Precondition::Failed;
        }
        let is_known = match self.matches_etag(asked, &header::IF_NONE_MATCH, true) {
            Some(is_named) => is_named,
            // The very date, not a later one: where a file is gone, the newest of those that are left is older than before,
            // and the reader has what is no more. clients.md H9
            None => date(asked, &header::IF_MODIFIED_SINCE).is_some_and(|since| Some(since) == self.modified),
        };
        if is_known { Precondition::Known } else { Precondition::Unknown }
    }

    /// Whether a header names this entity tag; none where there is no such header. RFC 9110 8.8.3.2: in a weak comparison
    /// `W/` before a tag does not matter, in a strong one such a tag is none of ours.
    fn matches_etag(&self, asked: &HeaderMap, name: &HeaderName, is_weak: bool) -> Option<bool> {
        let mut lists = asked.get_all(name).iter().peekable();
        lists.peek()?;
        Some(lists.any(|list| names(list.as_bytes(), self.etag.as_bytes(), is_weak)))
    }
}

fn names(list: &[u8], etag: &[u8], is_weak: bool) -> bool {
    let list = list.trim_ascii();
    // No tag of ours has a comma in it.
    list == b"*"
        || list.split(|octet| *octet == b',').any(|tag| {
            let tag = tag.trim_ascii();
            tag == etag || (is_weak && tag.strip_prefix(b"W/") == Some(etag))
        })
}

fn date(asked: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    let value = asked.get(name)?.to_str().ok()?;
    httpdate::parse_http_date(value.trim()).ok()
}
