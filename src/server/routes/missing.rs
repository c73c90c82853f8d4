//! Answers for an address at which there is nothing: with a page for people, with a line of text for programs.

use std::sync::Arc;

use hyper::header::HeaderName;
use jiff::tz::Offset;

use crate::pages::{self, MissingReason, PageRequest};
use crate::server::response::answer_kind::AnswerKind;
use crate::server::response::fixed;
use crate::server::routes::page;
use crate::server::routes::request_info::RequestInfo;
use crate::server::routes::service::Execution;
use crate::server::state::ServerState;
use crate::server::state::site::Site;

/// The largest number of slashes in an address that is answered with a page.
const MAX_DEPTH: usize = 16;

/// Returns the answer. Private addresses, valid once or never, are not in the page.
pub(in crate::server) fn answer(
    state: &Arc<ServerState>,
    site: &Arc<Site>,
    path: &str,
    reason: MissingReason,
    info: &RequestInfo<'_>,
) -> Execution {
    let is_private = path.starts_with("/delegate/");
    let text = match reason {
        MissingReason::Unknown => fixed::not_found(),
        MissingReason::Revoked => fixed::revoked(),
    };
    // Each link of a page repeats the depth of its address.
    if !info.accepts_pages() || path.matches('/').count() > MAX_DEPTH {
        return Execution::Immediate(text);
    }
    let (state, site, own) = (Arc::clone(state), Arc::clone(site), info.preferred_language());
    let path = if is_private { "/delegate/".to_owned() } else { path.to_owned() };
    Execution::Background(Box::new(move || {
        let (language, below) = page::split_language(&path).unwrap_or((None, ""));
        let day = Offset::UTC.to_datetime(state.clock().now()).date();
        let page_request = PageRequest { path: below, language: language.as_ref(), day, links: state.links() };
        let page = pages::missing(site.release(), reason, &own, &page_request);
        let own_headers: &[(HeaderName, &str)] = if is_private { AnswerKind::PrivateFeed.headers() } else { &[] };
        fixed::missing(text.status(), own_headers, page)
    }))
}
