//! Chooses the metrics label of a request.

use crate::server::routes::target::RequestTarget;
use crate::server::state::metrics::Route;

/// Returns the metrics label of a request.
pub(in crate::server) fn label(target: &RequestTarget, path: &str) -> Route {
    let by_ending = || match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("ics") => Route::Feed,
        Some("atom") => Route::Atom,
        Some("json") => Route::Json,
        Some("css" | "js" | "txt") => Route::Asset,
        _ => Route::Page,
    };
    match target {
        RequestTarget::Nothing => Route::Other,
        RequestTarget::Revoked => Route::Delegate,
        _ if path.starts_with("/delegate/") => Route::Delegate,
        // The second part is never a meeting: the word is reserved.
        _ if path.split('/').nth(2) == Some("follow") && path.ends_with(".ics") => Route::Follow,
        _ => by_ending(),
    }
}
