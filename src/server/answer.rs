//! One answer, and the HTTP response made of it for a request. Source: RFC 9110, clients.md H.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Response, StatusCode};
use jiff::Timestamp;

use super::asked::RequestInfo;
use super::body_file::{BodyFile, StoredBody};
use super::coding::{Coding, compressed};
use super::compressed::CompressionCache;
use super::conditions::{Precondition, Validators};
use super::kind::AnswerKind;
use super::seen::LastFetched;
use super::short::{precondition_failed, response};
use crate::ledger::Fingerprint;

/// What every response here has for a body: one piece of memory with a length.
pub type ResponseBody = Full<Bytes>;

/// What is known of an answer before its body is.
pub(super) struct AnswerMeta {
    pub(super) kind: AnswerKind,
    /// The name of a feed's file, of ASCII letters, digits, dots, hyphens and underscores. All others are called as the last
    /// part of their path when they are saved.
    pub(super) file_name: Option<String>,
    /// What tells its body from all others.
    pub(super) print: Fingerprint,
    /// When it last changed; none for what changes with the service itself.
    pub(super) modified: Option<Timestamp>,
    /// Its content security policy, where that is not the one of its kind.
    pub(super) policy: Option<HeaderValue>,
}

/// An answer with its body, in every coding that somebody asked for.
pub(super) struct Answer {
    about: AnswerMeta,
    body: Bytes,
    codings: [OnceLock<EncodedAnswer>; 3],
    /// Who fetched the feed last, where it is one.
    seen: Option<LastFetched>,
    /// Where its large bodies are put, once it is known that it is asked for more than once.
    file: OnceLock<Arc<BodyFile>>,
}

/// An answer in one coding.
struct EncodedAnswer {
    body: Bytes,
    validators: Validators,
    headers: HeaderMap,
    /// Those of an answer that says that nothing has changed.
    headers_of_304: HeaderMap,
    /// The body in a file, where it is large.
    stored: OnceLock<Option<Arc<StoredBody>>>,
}

impl EncodedAnswer {
    fn encode(about: &AnswerMeta, body: Bytes, coding: Coding) -> Self {
        let validators = about.validators(coding);
        let (headers, headers_of_304) =
            (about.headers(&validators, coding, body.len()), about.headers_of_304(&validators));
        Self { body, validators, headers, headers_of_304, stored: OnceLock::new() }
    }
}

impl AnswerMeta {
    /// What conditions are compared with. clients.md H8: a strong entity tag over the exact body, another for each coding
    pub(super) fn validators(&self, coding: Coding) -> Validators {
        Validators::new(&format!("\"{}{}\"", self.print, coding.suffix()), self.modified)
    }

    /// The headers of a response with the body.
    pub(super) fn headers(&self, validators: &Validators, coding: Coding, length: usize) -> HeaderMap {
        let mut headers = self.headers_of_304(validators);
        if let Some(date) = validators.last_modified() {
            headers.insert(header::LAST_MODIFIED, date);
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind.media_type()));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        // clients.md H13; a HEAD says the length of the body that a GET would have
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        if let Some(name) = coding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        if self.file_name.is_some() {
            headers.insert(header::CONTENT_DISPOSITION, self.disposition("inline", ""));
        }
        headers
    }

    /// The headers of a response that says that nothing has changed: nothing in them is of the body but its tag. RFC
    /// 9110 15.4.5
    pub(super) fn headers_of_304(&self, validators: &Validators) -> HeaderMap {
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

    /// How a body is to be shown, and the name of its file: its own, or one made of the last part of its path. clients.md H12
    fn disposition(&self, how: &str, part: &str) -> HeaderValue {
        let made = || format!("{part}.{}", self.kind.extension());
        let name = self.file_name.clone().unwrap_or_else(made);
        HeaderValue::from_str(&format!("{how}; filename=\"{name}\""))
            .unwrap_or_else(|_| HeaderValue::from_static("attachment"))
    }
}

impl Answer {
    /// An answer of text.
    pub(super) fn new(kind: AnswerKind, body: impl Into<Bytes>, modified: Option<Timestamp>) -> Self {
        let body = body.into();
        let about = AnswerMeta { kind, file_name: None, print: Fingerprint::from_bytes(&body), modified, policy: None };
        Self::from_parts(about, body, None)
    }

    /// The same, with a content security policy of its own.
    pub(super) fn under(self, policy: HeaderValue) -> Self {
        Self { about: AnswerMeta { policy: Some(policy), ..self.about }, ..self }
    }

    /// An answer of which everything is known.
    pub(super) fn from_parts(about: AnswerMeta, body: Bytes, seen: Option<LastFetched>) -> Self {
        Self { about, body, codings: Default::default(), seen, file: OnceLock::new() }
    }

    /// Says that it is asked for more than once: bodies that are large are put into a file too, where there is one.
    pub(super) fn attach_file(&self, file: Option<&Arc<BodyFile>>) {
        if let Some(file) = file {
            self.file.get_or_init(|| Arc::clone(file));
        }
    }

    /// Its body in a file, in a coding that is ready.
    pub(super) fn stored(&self, coding: Coding) -> Option<Arc<StoredBody>> {
        let file = self.file.get()?;
        let prepared = self.prepared(coding);
        prepared.stored.get_or_init(|| file.store(&prepared.body)).clone()
    }

    /// What is known of it.
    pub(super) fn about(&self) -> &AnswerMeta {
        &self.about
    }

    /// Octets that it takes once somebody has asked for it in every coding.
    pub(super) fn octets(&self) -> usize {
        const HEADERS: usize = 2_000;
        let codings = Coding::all_for(self.body.len()).len();
        self.body.len() + 2 * self.body.len() / 5 + codings * HEADERS + size_of::<Self>()
    }

    /// The coding in which a request is answered.
    pub(super) fn coding(&self, asked: &RequestInfo<'_>) -> Coding {
        Coding::chosen(asked.headers, self.body.len())
    }

    /// Whether an answer in a coding is ready to be sent.
    pub(super) fn is_ready(&self, coding: Coding) -> bool {
        coding == Coding::Identity || self.codings[coding as usize].get().is_some()
    }

    fn prepared(&self, coding: Coding) -> &EncodedAnswer {
        self.prepared_from(coding, || compressed(&self.body, coding))
    }

    /// The answer in a coding, with the compressed body where it has to be made.
    fn prepared_from(&self, coding: Coding, compressed: impl FnOnce() -> Bytes) -> &EncodedAnswer {
        self.codings[coding as usize].get_or_init(|| {
            let body = if coding == Coding::Identity { self.body.clone() } else { compressed() };
            EncodedAnswer::encode(&self.about, body, coding)
        })
    }

    /// Makes the answer in a coding, unless its body has to be compressed for it. Whether it is ready then.
    pub(super) fn is_soon_ready(&self, coding: Coding, compressed: &CompressionCache) -> bool {
        if !self.is_ready(coding)
            && let Some(body) = compressed.known(self.about.print, coding)
        {
            self.prepared_from(coding, || body);
        }
        self.is_ready(coding)
    }

    /// Makes the answer in a coding.
    pub(super) fn prepare(&self, coding: Coding, compressed: &CompressionCache) {
        self.prepared_from(coding, || compressed.compress(self.about.print, &self.body, coding));
    }

    /// Makes the answer in every coding.
    pub(super) fn prepare_all(&self, compressed: &CompressionCache) {
        for coding in Coding::all_for(self.body.len()) {
            self.prepare(*coding, compressed);
        }
    }

    /// The response to a request that is not sent the body, whether that is ready or not.
    pub(super) fn without_body(&self, asked: &RequestInfo<'_>, coding: Coding) -> Option<Response<ResponseBody>> {
        let validators = self.about.validators(coding);
        match validators.condition(asked.headers) {
            Precondition::Failed => Some(precondition_failed()),
            Precondition::Known => {
                Some(response(StatusCode::NOT_MODIFIED, self.about.headers_of_304(&validators), Bytes::new()))
            }
            Precondition::Unknown => None,
        }
    }

    /// The response to a request that is answered in this coding.
    pub(super) fn respond(&self, asked: &RequestInfo<'_>, coding: Coding) -> Response<ResponseBody> {
        let prepared = self.prepared(coding);
        match prepared.validators.condition(asked.headers) {
            Precondition::Failed => precondition_failed(),
            Precondition::Known => response(StatusCode::NOT_MODIFIED, prepared.headers_of_304.clone(), Bytes::new()),
            Precondition::Unknown => {
                let mut headers = prepared.headers.clone();
                if let Some(part) = &asked.download {
                    headers.insert(header::CONTENT_DISPOSITION, self.about.disposition("attachment", part));
                }
                // A clock may have been ahead of time. RFC 9110 8.8.2.1: never later than Date
                if let Some(now) = prepared.validators.date_before(asked.second) {
                    headers.insert(header::LAST_MODIFIED, now);
                }
                let body = if asked.is_head { Bytes::new() } else { prepared.body.clone() };
                response(StatusCode::OK, headers, body)
            }
        }
    }

    /// Notes that somebody fetched it.
    pub(super) fn note(&self, headers: &HeaderMap, release: u32, at: u32) {
        if let Some(seen) = &self.seen {
            seen.note(headers, release, at);
        }
    }
}
