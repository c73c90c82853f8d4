//! Responses that do not depend on the release: short texts, or no body.

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};

use crate::server::response::answer::ResponseBody;
use crate::server::response::answer_kind::AnswerKind;

/// Returns a response with these headers.
pub(in crate::server) fn response(status: StatusCode, headers: HeaderMap, body: Bytes) -> Response<ResponseBody> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// Returns a short text. Every response has a Content-Length.
pub(in crate::server) fn text(status: StatusCode, words: &'static str) -> Response<ResponseBody> {
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(words.len()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response(status, headers, Bytes::from_static(words.as_bytes()))
}

/// Returns the response to a request that made convene fail.
pub(in crate::server) fn something_went_wrong() -> Response<ResponseBody> {
    text(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here.\n")
}

/// Returns the response to an invalid request.
pub(in crate::server) fn bad_request(words: &'static str) -> Response<ResponseBody> {
    text(StatusCode::BAD_REQUEST, words)
}

/// Returns the response for every address that does not exist, private or not.
pub(in crate::server) fn not_found() -> Response<ResponseBody> {
    text(StatusCode::NOT_FOUND, "There is nothing at this address.\n")
}

/// Returns the response for a revoked private address. clients.md H14: 410 only for what is gone for good
pub(in crate::server) fn revoked() -> Response<ResponseBody> {
    let mut response =
        text(StatusCode::GONE, "This private address is no longer valid. Ask the secretariat for the new one.\n");
    for (name, value) in AnswerKind::PrivateFeed.headers() {
        response.headers_mut().insert(name.clone(), HeaderValue::from_static(value));
    }
    response
}

/// Returns the page of an address at which there is nothing. It depends on the reader's language, and is not cached.
pub(in crate::server) fn missing(
    status: StatusCode,
    own_headers: &[(HeaderName, &'static str)],
    page: String,
) -> Response<ResponseBody> {
    let mut response = response(status, HeaderMap::with_capacity(12), Bytes::new());
    let headers = response.headers_mut();
    for (name, value) in AnswerKind::LivePage.headers().iter().chain(own_headers) {
        headers.insert(name.clone(), HeaderValue::from_static(value));
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(AnswerKind::LivePage.media_type()));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(page.len()));
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-language"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    *response.body_mut() = Full::new(Bytes::from(page));
    response
}

/// Returns a redirect.
pub(in crate::server) fn moved(location: &str, status: StatusCode) -> Response<ResponseBody> {
    let mut response = text(status, "This has another address now.\n");
    if let Ok(location) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    // Scripts of other origins follow the redirect of a feed. clients.md H17
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

/// Returns the response while nothing has been published.
pub(in crate::server) fn not_yet() -> Response<ResponseBody> {
    let mut response = text(StatusCode::SERVICE_UNAVAILABLE, "Nothing has been published here yet.\n");
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
    response
}

/// Returns the response to a method that no address supports. clients.md H2: never 401 or 403
pub(in crate::server) fn method_not_allowed() -> Response<ResponseBody> {
    let mut response = text(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are possible here.\n");
    response.headers_mut().insert(header::ALLOW, METHODS);
    response
}

/// The supported methods.
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");

/// Returns the response to OPTIONS. If other origins may read the answer, their pages may also revalidate and reload
/// it. Source: <https://fetch.spec.whatwg.org/#cors-preflight-fetch>
pub(in crate::server) fn options(is_for_other_origins: bool) -> Response<ResponseBody> {
    let mut response = response(StatusCode::NO_CONTENT, HeaderMap::with_capacity(8), Bytes::new());
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, METHODS);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    if is_for_other_origins {
        let info = "accept, cache-control, if-modified-since, if-none-match, pragma";
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(info));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    }
    response
}

pub(in crate::server) fn precondition_failed() -> Response<ResponseBody> {
    text(StatusCode::PRECONDITION_FAILED, "This is not what it was when you read it.\n")
}
