//! HTTP: routes and headers over answers that were prepared when the release was taken up.
//!
//! Looks up, and computes next to nothing. The listener and the end of the service are parameters. Source: clients.md H.

mod answer;
mod connections;
mod live;
mod site;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use axum::routing::any;
use tower_http::catch_panic::CatchPanicLayer;

pub use connections::{Limits, serve};
pub use live::{Definitions, Live, Status};
pub use site::Site;

use answer::{Answer, Kind};

/// The routes over what is served at each moment.
pub fn router(live: Arc<Live>) -> Router {
    Router::new()
        .route("/status", any(status))
        .route("/status.json", any(status_json))
        .route("/delegate/{file}", any(delegate))
        .route("/{group}/follow/{file}", any(follow))
        .fallback(prepared)
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            answer::short(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here.\n")
        }))
        .with_state(live)
}

/// Whatever was prepared for this very path: percent signs are not resolved, so that each feed has one spelling.
async fn prepared(State(live): State<Arc<Live>>, request: Request) -> Response {
    let Some(site) = live.site() else { return answer::not_yet() };
    let path = request.uri().path();
    match site.public(path) {
        Some(answer) => reply(&request, answer),
        None if site.public(&format!("{path}/")).is_none() => answer::not_found(),
        None if matches!(*request.method(), Method::GET | Method::HEAD) => to_folder(path),
        None => answer::method_not_allowed(),
    }
}

/// A feed that a reader picked. It is put together now, and has the same headers as a prepared one.
async fn follow(State(live): State<Arc<Live>>, request: Request) -> Response {
    let Some(site) = live.site() else { return answer::not_yet() };
    // The path as sent: percent signs are not resolved, so that each feed has one spelling.
    let picked = request.uri().path().trim_start_matches('/').split_once("/follow/");
    match picked.and_then(|(group, file)| site.follow(group, file)) {
        Some(answer) => reply(&request, &answer),
        None => answer::not_found(),
    }
}

/// A private feed. One that is unknown is answered exactly like any unknown address.
async fn delegate(State(live): State<Arc<Live>>, request: Request) -> Response {
    let Some(site) = live.site() else { return answer::not_yet() };
    let file = request.uri().path().strip_prefix("/delegate/").unwrap_or_default();
    match site.delegate(file) {
        Some(answer) => reply(&request, answer),
        None => answer::not_found(),
    }
}

/// How the service fares, for people.
async fn status(State(live): State<Arc<Live>>, request: Request) -> Response {
    let status = live.status();
    reply(&request, &Answer::of(Kind::Status, status.page(), status.published.unwrap_or_default()))
}

/// How the service fares, for machines.
async fn status_json(State(live): State<Arc<Live>>, request: Request) -> Response {
    let status = live.status();
    reply(&request, &Answer::of(Kind::StatusJson, status.json(), status.published.unwrap_or_default()))
}

fn reply(request: &Request, answer: &Answer) -> Response {
    match *request.method() {
        Method::GET => answer.respond(request.headers(), false),
        Method::HEAD => answer.respond(request.headers(), true),
        // clients.md H2: never 401 or 403
        _ => answer::method_not_allowed(),
    }
}

/// A folder without its slash. The target is relative: a proxy may serve convene below a path of its own.
fn to_folder(path: &str) -> Response {
    let mut response = answer::short(StatusCode::PERMANENT_REDIRECT, "This page has a slash at its end.\n");
    if let Ok(location) = HeaderValue::from_str(&format!("{}/", path.rsplit('/').next().unwrap_or_default())) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}
