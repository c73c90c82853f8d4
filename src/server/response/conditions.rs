//! Conditional requests. Source: RFC 9110 13.

use std::time::{Duration, SystemTime};

use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;

/// The validators of an answer, with which conditions are compared.
pub(in crate::server) struct Validators {
    /// A strong entity tag.
    pub(in crate::server) etag: HeaderValue,
    modified: Option<SystemTime>,
}

/// The outcome of a request's conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Precondition {
    /// The body is sent.
    Unknown,
    /// The client has the body already: 304.
    Known,
    /// The client expects another body: 412.
    Failed,
}

impl Validators {
    pub(in crate::server) fn new(etag: &str, modified: Option<Timestamp>) -> Self {
        let seconds = |modified: Timestamp| u64::try_from(modified.as_second()).unwrap_or(0);
        Self {
            etag: HeaderValue::from_str(etag).unwrap_or_else(|_| HeaderValue::from_static("\"\"")),
            modified: modified.map(|modified| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds(modified))),
        }
    }

    /// Returns the value of Last-Modified.
    pub(in crate::server) fn last_modified(&self) -> Option<HeaderValue> {
        self.modified.and_then(|modified| HeaderValue::from_str(&httpdate::fmt_http_date(modified)).ok())
    }

    /// Returns the current date if the last modification is later than it. `second`, a recent time in seconds since
    /// 1970, answers most calls without reading the system's clock.
    pub(in crate::server) fn date_before(&self, second: u32) -> Option<HeaderValue> {
        let modified = self.modified?;
        if modified <= SystemTime::UNIX_EPOCH + Duration::from_secs(u64::from(second)) {
            return None;
        }
        let now = SystemTime::now();
        let is_ahead = modified > now;
        is_ahead.then(|| HeaderValue::from_str(&httpdate::fmt_http_date(now)).ok()).flatten()
    }

    /// Evaluates the conditions of a request. RFC 9110 13.2.2: If-Match before If-Unmodified-Since, then
    /// If-None-Match before If-Modified-Since; a date counts only if there is no tag. Ranges are not supported, so
    /// If-Range is ignored.
    pub(in crate::server) fn condition(&self, info: &HeaderMap) -> Precondition {
        if let Some(is_named) = self.matches_etag(info, &header::IF_MATCH, false) {
            if !is_named {
                return Precondition::Failed;
            }
        } else if let Some((since, modified)) = date(info, &header::IF_UNMODIFIED_SINCE).zip(self.modified)
            && modified > since
        {
            return Precondition::Failed;
        }
        let is_known = match self.matches_etag(info, &header::IF_NONE_MATCH, true) {
            Some(is_named) => is_named,
            // The exact date, not a later one: if an entry is removed, the feed may have an older date than before,
            // and the client has what is gone. clients.md H9
            None => date(info, &header::IF_MODIFIED_SINCE).is_some_and(|since| Some(since) == self.modified),
        };
        if is_known { Precondition::Known } else { Precondition::Unknown }
    }

    /// Returns whether a header names this entity tag; `None` if there is no such header. RFC 9110 8.8.3.2: a weak
    /// comparison ignores `W/`; a strong one never matches a weak tag.
    fn matches_etag(&self, info: &HeaderMap, name: &HeaderName, is_weak: bool) -> Option<bool> {
        let mut lists = info.get_all(name).iter().peekable();
        lists.peek()?;
        Some(lists.any(|list| names(list.as_bytes(), self.etag.as_bytes(), is_weak)))
    }
}

fn names(list: &[u8], etag: &[u8], is_weak: bool) -> bool {
    let list = list.trim_ascii();
    // Our tags contain no comma.
    list == b"*"
        || list.split(|byte| *byte == b',').any(|tag| {
            let tag = tag.trim_ascii();
            tag == etag || (is_weak && tag.strip_prefix(b"W/") == Some(etag))
        })
}

fn date(info: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    let value = info.get(name)?.to_str().ok()?;
    httpdate::parse_http_date(value.trim()).ok()
}
