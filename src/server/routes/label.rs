//! Chooses the metrics label of a request.

use crate::server::routes::path::{Ending, Path};
use crate::server::routes::target::RequestTarget;
use crate::server::state::metrics::Route;

/// Returns the metrics label of a request.
pub(in crate::server) fn label(target: &RequestTarget, path: &str) -> Route {
    let by_ending = || {
        let file = path.rsplit('/').next().unwrap_or_default();
        match Path::parse(path).map(|path| path.ending) {
            Some(Ending::Calendar) => Route::Feed,
            Some(Ending::Atom) => Route::Atom,
            Some(Ending::Json) => Route::Json,
            None if file.contains('.') => Route::Asset,
            None => Route::Page,
        }
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
