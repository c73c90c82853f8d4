//! One prepared answer, and the HTTP response made of it for a request. Source: RFC 9110, clients.md H.

use std::time::{Duration, SystemTime};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::private::hexadecimal;

/// A body with everything that its headers say.
pub(super) struct Answer {
    body: Bytes,
    kind: Kind,
    /// A file name of ASCII letters, digits, dots, hyphens and underscores; none for pages.
    file_name: Option<String>,
    etag: String,
    /// When it last changed; none for what changes with the service itself.
    modified: Option<SystemTime>,
}

/// What sort of thing an answer is, which decides most of its headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A feed that anybody may read.
    Feed,
    /// A delegate's feed.
    PrivateFeed,
    /// What changed in a feed that anybody may read.
    Atom,
    /// What changed in a delegate's feed.
    PrivateAtom,
    /// A page.
    Page,
    /// How the service fares, as a page.
    Status,
    /// How the service fares, as JSON.
    StatusJson,
    /// A style sheet.
    Style,
    /// A script.
    Script,
    /// Plain text.
    Text,
}

impl Kind {
    fn media_type(self) -> &'static str {
        match self {
            // clients.md H1
            Self::Feed | Self::PrivateFeed => "text/calendar; charset=utf-8",
            Self::Atom | Self::PrivateAtom => "application/atom+xml; charset=utf-8",
            Self::Page | Self::Status => "text/html; charset=utf-8",
            Self::StatusJson => "application/json",
            Self::Style => "text/css; charset=utf-8",
            Self::Script => "text/javascript; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    /// The headers that depend on nothing else. clients.md H10, H17
    fn headers(self) -> &'static [(&'static str, &'static str)] {
        const PUBLIC: (&str, &str) = ("cache-control", "public, max-age=300");
        const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; \
                              form-action 'none'; frame-ancestors 'none'";
        match self {
            Self::Feed | Self::Atom => &[PUBLIC, ("access-control-allow-origin", "*")],
            Self::PrivateFeed | Self::PrivateAtom => &[
                ("cache-control", "private, max-age=300"),
                ("referrer-policy", "no-referrer"),
                ("x-robots-tag", "noindex"),
            ],
            Self::Status | Self::StatusJson => &[("cache-control", "no-cache"), ("content-security-policy", POLICY)],
            Self::Page => &[PUBLIC, ("content-security-policy", POLICY)],
            Self::Style | Self::Script | Self::Text => &[PUBLIC],
        }
    }
}

impl Answer {
    /// An answer that changed last at `modified`. clients.md H8: a strong entity tag over the exact body
    pub(super) fn of(kind: Kind, body: String, modified: Timestamp) -> Self {
        let etag = format!("\"{}\"", hexadecimal(&Sha256::digest(body.as_bytes())[..16]));
        let seconds = u64::try_from(modified.as_second()).unwrap_or(0);
        let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let modified = (!matches!(kind, Kind::Status | Kind::StatusJson)).then_some(modified);
        Self { body: body.into(), kind, file_name: None, etag, modified }
    }

    /// Gives the name under which it is saved.
    #[must_use]
    pub(super) fn named(mut self, file_name: &str) -> Self {
        self.file_name = Some(file_name.to_owned());
        self
    }

    /// The response to a GET with these headers, or to a HEAD: the same without the body. clients.md H2
    pub(super) fn respond(&self, asked: &HeaderMap, is_head: bool) -> Response {
        let is_known = self.is_known(asked);
        let mut response =
            Response::new(if is_known || is_head { Body::empty() } else { Body::from(self.body.clone()) });
        *response.status_mut() = if is_known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
        let headers = response.headers_mut();
        let mut set = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        set(header::ETAG, &self.etag);
        if let Some(modified) = self.modified {
            set(header::LAST_MODIFIED, &httpdate::fmt_http_date(modified));
        }
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        self.kind.headers().iter().for_each(|(name, value)| set(HeaderName::from_static(name), value));
        if is_known {
            return response;
        }
        set(header::CONTENT_TYPE, self.kind.media_type());
        // clients.md H13; a HEAD says the length of the body that a GET would have
        set(header::CONTENT_LENGTH, &self.body.len().to_string());
        if let Some(name) = &self.file_name {
            // clients.md H12
            set(header::CONTENT_DISPOSITION, &format!("inline; filename=\"{name}\""));
        }
        response
    }

    /// Whether the reader has this very body. RFC 9110 13.2.2: If-None-Match first, and If-Modified-Since only where
    /// there is none of it.
    fn is_known(&self, asked: &HeaderMap) -> bool {
        let tags: Vec<&[u8]> = asked.get_all(header::IF_NONE_MATCH).iter().map(HeaderValue::as_bytes).collect();
        if !tags.is_empty() {
            return tags.iter().any(|list| names(list, &self.etag));
        }
        let since = asked.get(header::IF_MODIFIED_SINCE).and_then(|value| value.to_str().ok());
        // The very date, not a later one: where a file is gone, the newest of those that are left is older than before,
        // and the reader has what is no more. clients.md H9
        since.and_then(|date| httpdate::parse_http_date(date).ok()).is_some_and(|date| Some(date) == self.modified)
    }
}

/// Whether a list of entity tags names this one, `W/` before it or not. RFC 9110 8.8.3.2: weak comparison
fn names(list: &[u8], etag: &str) -> bool {
    let Ok(list) = std::str::from_utf8(list) else { return false };
    list.trim() == "*" || list.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag)
}

/// A short answer in words. Every answer has a length.
pub(super) fn short(status: StatusCode, words: &'static str) -> Response {
    let mut response = Response::new(Body::from(words));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(words.len()));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// The one answer to every address that is not there, private or not.
pub(super) fn not_found() -> Response {
    short(StatusCode::NOT_FOUND, "There is nothing at this address.\n")
}

/// The answer while nothing has been published yet.
pub(super) fn not_yet() -> Response {
    let mut response = short(StatusCode::SERVICE_UNAVAILABLE, "Nothing has been published here yet.\n");
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
    response
}

/// The answer to a method that nothing here has.
pub(super) fn method_not_allowed() -> Response {
    let mut response = short(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are possible here.\n");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}
