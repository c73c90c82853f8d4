//! An answer, and the HTTP response made from it for a request. Source: RFC 9110, clients.md H.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Response, StatusCode};
use jiff::Timestamp;

use crate::ledger::Fingerprint;
use crate::server::response::answer_kind::AnswerKind;
use crate::server::response::body_file::{BodyFile, StoredBody};
use crate::server::response::coding::{Coding, compressed};
use crate::server::response::compression_cache::CompressionCache;
use crate::server::response::conditions::{Precondition, Validators};
use crate::server::response::fixed::{precondition_failed, response};
use crate::server::routes::request_info::RequestInfo;
use crate::server::state::fetch_log::LastFetched;

/// The body of every response: one block of memory with a known length.
pub type ResponseBody = Full<Bytes>;

/// The properties of an answer other than its body.
pub(in crate::server) struct AnswerMeta {
    pub(in crate::server) kind: AnswerKind,
    /// The file name of a feed: ASCII letters, digits, dots, hyphens and underscores. Other answers are saved under
    /// the last part of their path.
    pub(in crate::server) file_name: Option<String>,
    /// The fingerprint of the body, which makes the entity tag.
    pub(in crate::server) fingerprint: Fingerprint,
    /// When it last changed; `None` for what changes with the state of the service.
    pub(in crate::server) modified: Option<Timestamp>,
    /// A content security policy other than that of its kind.
    pub(in crate::server) policy: Option<HeaderValue>,
}

/// An answer with its body, in every content coding that was requested so far.
pub(in crate::server) struct Answer {
    meta: AnswerMeta,
    body: Bytes,
    codings: [OnceLock<EncodedAnswer>; 3],
    /// When the feed was last fetched; `None` for anything else.
    seen: Option<LastFetched>,
    /// The file for large bodies, set once the answer is requested more than once.
    file: OnceLock<Arc<BodyFile>>,
}

/// An answer in one content coding.
struct EncodedAnswer {
    body: Bytes,
    validators: Validators,
    headers: HeaderMap,
    /// The headers of a 304 response.
    headers_of_304: HeaderMap,
    /// The body in a file, if it is large.
    stored: OnceLock<Option<Arc<StoredBody>>>,
}

impl EncodedAnswer {
    fn encode(meta: &AnswerMeta, body: Bytes, coding: Coding) -> Self {
        let validators = meta.validators(coding);
        let (headers, headers_of_304) =
            (meta.headers(&validators, coding, body.len()), meta.headers_of_304(&validators));
        Self { body, validators, headers, headers_of_304, stored: OnceLock::new() }
    }
}

impl AnswerMeta {
    /// Returns the validators. clients.md H8: a strong entity tag over the exact body, a different one for each
    /// coding
    pub(in crate::server) fn validators(&self, coding: Coding) -> Validators {
        Validators::new(&format!("\"{}{}\"", self.fingerprint, coding.suffix()), self.modified)
    }

    /// Returns the headers of a response with the body.
    pub(in crate::server) fn headers(&self, validators: &Validators, coding: Coding, length: usize) -> HeaderMap {
        let mut headers = self.headers_of_304(validators);
        if let Some(date) = validators.last_modified() {
            headers.insert(header::LAST_MODIFIED, date);
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind.media_type()));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        // clients.md H13; HEAD returns the length of the body of a GET
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        if let Some(name) = coding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        if self.file_name.is_some() {
            headers.insert(header::CONTENT_DISPOSITION, self.disposition("inline", ""));
        }
        headers
    }

    /// Returns the headers of a 304 response, which say nothing about the body except its tag. RFC 9110 15.4.5
    pub(in crate::server) fn headers_of_304(&self, validators: &Validators) -> HeaderMap {
        let mut headers = HeaderMap::with_capacity(16);
        headers.insert(header::ETAG, validators.etag.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        for (name, value) in self.kind.headers() {
            headers.insert(name.clone(), HeaderValue::from_static(value));
        }
        if let Some(policy) = &self.policy {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
        }
        headers
    }

    /// Returns the Content-Disposition, with the answer's own file name or one made from the last part of its path.
    /// clients.md H12
    fn disposition(&self, how: &str, part: &str) -> HeaderValue {
        let from_path = || format!("{part}.{}", self.kind.extension());
        let name = self.file_name.clone().unwrap_or_else(from_path);
        HeaderValue::from_str(&format!("{how}; filename=\"{name}\""))
            .unwrap_or_else(|_| HeaderValue::from_static("attachment"))
    }
}

impl Answer {
    /// Returns an answer made of text.
    pub(in crate::server) fn new(kind: AnswerKind, body: impl Into<Bytes>, modified: Option<Timestamp>) -> Self {
        let body = body.into();
        let meta =
            AnswerMeta { kind, file_name: None, fingerprint: Fingerprint::from_bytes(&body), modified, policy: None };
        Self::from_parts(meta, body, None)
    }

    /// Returns the answer with another content security policy.
    pub(in crate::server) fn with_policy(self, policy: HeaderValue) -> Self {
        Self { meta: AnswerMeta { policy: Some(policy), ..self.meta }, ..self }
    }

    /// Returns an answer from all its parts.
    pub(in crate::server) fn from_parts(meta: AnswerMeta, body: Bytes, seen: Option<LastFetched>) -> Self {
        Self { meta, body, codings: Default::default(), seen, file: OnceLock::new() }
    }

    /// Marks the answer as requested more than once: large bodies are now also written to the file, if there is one.
    pub(in crate::server) fn attach_file(&self, file: Option<&Arc<BodyFile>>) {
        if let Some(file) = file {
            self.file.get_or_init(|| Arc::clone(file));
        }
    }

    /// Returns the body in the file, in a coding that is ready.
    pub(in crate::server) fn stored(&self, coding: Coding) -> Option<Arc<StoredBody>> {
        let file = self.file.get()?;
        let prepared = self.prepared(coding);
        prepared.stored.get_or_init(|| file.store(&prepared.body)).clone()
    }

    /// Returns the properties of the answer.
    pub(in crate::server) fn meta(&self) -> &AnswerMeta {
        &self.meta
    }

    /// Returns the bytes that the answer takes in memory once it was requested in every coding.
    pub(in crate::server) fn memory_bytes(&self) -> usize {
        const HEADERS: usize = 2_000;
        let codings = Coding::all_for(self.body.len()).len();
        self.body.len() + 2 * self.body.len() / 5 + codings * HEADERS + size_of::<Self>()
    }

    /// Returns the coding in which a request is answered.
    pub(in crate::server) fn coding(&self, info: &RequestInfo<'_>) -> Coding {
        Coding::chosen(info.headers, self.body.len())
    }

    /// Returns whether the answer is ready to be sent in a coding.
    pub(in crate::server) fn is_ready(&self, coding: Coding) -> bool {
        coding == Coding::Identity || self.codings[coding as usize].get().is_some()
    }

    fn prepared(&self, coding: Coding) -> &EncodedAnswer {
        self.prepared_from(coding, || compressed(&self.body, coding))
    }

    /// Returns the answer in a coding. `compressed` makes the compressed body if it is needed.
    fn prepared_from(&self, coding: Coding, compressed: impl FnOnce() -> Bytes) -> &EncodedAnswer {
        self.codings[coding as usize].get_or_init(|| {
            let body = if coding == Coding::Identity { self.body.clone() } else { compressed() };
            EncodedAnswer::encode(&self.meta, body, coding)
        })
    }

    /// Prepares the answer in a coding if the cache has the compressed body. Returns whether the answer is then
    /// ready.
    pub(in crate::server) fn prepare_from_cache(&self, coding: Coding, compressed: &CompressionCache) -> bool {
        if !self.is_ready(coding)
            && let Some(body) = compressed.known(self.meta.fingerprint, coding)
        {
            self.prepared_from(coding, || body);
        }
        self.is_ready(coding)
    }

    /// Prepares the answer in a coding.
    pub(in crate::server) fn prepare(&self, coding: Coding, compressed: &CompressionCache) {
        self.prepared_from(coding, || compressed.compress(self.meta.fingerprint, &self.body, coding));
    }

    /// Prepares the answer in every coding.
    pub(in crate::server) fn prepare_all(&self, compressed: &CompressionCache) {
        for coding in Coding::all_for(self.body.len()) {
            self.prepare(*coding, compressed);
        }
    }

    /// Returns the response if it has no body, whether the body is ready or not.
    pub(in crate::server) fn without_body(
        &self,
        info: &RequestInfo<'_>,
        coding: Coding,
    ) -> Option<Response<ResponseBody>> {
        let validators = self.meta.validators(coding);
        match validators.condition(info.headers) {
            Precondition::Failed => Some(precondition_failed()),
            Precondition::Known => {
                Some(response(StatusCode::NOT_MODIFIED, self.meta.headers_of_304(&validators), Bytes::new()))
            }
            Precondition::Unknown => None,
        }
    }

    /// Returns the response in a coding.
    pub(in crate::server) fn response_in(&self, info: &RequestInfo<'_>, coding: Coding) -> Response<ResponseBody> {
        let prepared = self.prepared(coding);
        match prepared.validators.condition(info.headers) {
            Precondition::Failed => precondition_failed(),
            Precondition::Known => response(StatusCode::NOT_MODIFIED, prepared.headers_of_304.clone(), Bytes::new()),
            Precondition::Unknown => {
                let mut headers = prepared.headers.clone();
                if let Some(part) = &info.download {
                    headers.insert(header::CONTENT_DISPOSITION, self.meta.disposition("attachment", part));
                }
                // The clock may have been ahead at publication. RFC 9110 8.8.2.1: never later than Date
                if let Some(now) = prepared.validators.date_before(info.second) {
                    headers.insert(header::LAST_MODIFIED, now);
                }
                let body = if info.is_head { Bytes::new() } else { prepared.body.clone() };
                response(StatusCode::OK, headers, body)
            }
        }
    }

    /// Records that the feed was fetched.
    pub(in crate::server) fn record_fetch(&self, headers: &HeaderMap, release: u32, at: u32) {
        if let Some(seen) = &self.seen {
            seen.record_fetch(headers, release, at);
        }
    }
}
