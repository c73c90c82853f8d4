//! From a request to its answer. Looks up, and computes next to nothing; what takes longer is done beside the connections.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Request, Response, StatusCode};
use jiff::Timestamp;
use jiff::tz::Offset;
use tokio::task::JoinHandle;

use super::answer::{self, Answer, Body};
use super::asked::Asked;
use super::clock::Clock;
use super::depot::Stored;
use super::kind::Kind;
use super::live::Live;
use super::meter::{Meter, Route};
use super::page::{self, Page};
use super::places::Place;
use super::site::Site;
use super::target::{Document, Target};
use crate::pages::Setting;

/// The service over what is served at each moment. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    live: Arc<Live>,
}

/// The answer to a request: there already, or under way.
pub struct Reply {
    state: State,
    live: Arc<Live>,
    route: Route,
    begun: Instant,
    /// The body, where it is in a file too.
    stored: Option<Arc<Stored>>,
}

enum State {
    Ready(Option<Response<Body>>),
    UnderWay(JoinHandle<Response<Body>>),
}

/// What is done beside the connections, because it takes longer than a look-up.
type Work = Box<dyn FnOnce() -> Response<Body> + Send>;

/// How a request is answered.
enum Way {
    Now(Response<Body>),
    /// The same, with the body in a file too.
    FromFile(Response<Body>, Arc<Stored>),
    Beside(Work),
}

impl Service {
    /// The service over this.
    pub fn of(live: Arc<Live>) -> Self {
        Self { live }
    }

    /// The service for a connection that has this place.
    pub(super) fn for_connection(&self, place: Arc<Place>) -> ConnectionService {
        ConnectionService { service: self.clone(), place }
    }

    /// The clock by which connections are silent.
    pub(super) fn clock(&self) -> Arc<Clock> {
        Arc::clone(self.live.clock())
    }

    /// What is counted.
    pub(super) fn meter(&self) -> Arc<Meter> {
        Arc::clone(self.live.meter())
    }

    /// Answers a request. Its body is not looked at.
    pub fn answer<B>(&self, request: &Request<B>) -> Reply {
        let begun = Instant::now();
        // A fault of ours ends neither the connection nor the service.
        let answered = catch_unwind(AssertUnwindSafe(|| self.way(request)));
        let (route, way) = answered.unwrap_or_else(|_| (Route::Other, Way::Now(something_went_wrong())));
        let mut stored = None;
        let mut state = match way {
            Way::Now(response) => State::Ready(Some(response)),
            Way::FromFile(response, body) => {
                stored = Some(body);
                State::Ready(Some(response))
            }
            Way::Beside(work) => State::UnderWay(tokio::task::spawn_blocking(work)),
        };
        if let State::Ready(Some(response)) = &mut state {
            self.live.meter().answered(route, response, begun.elapsed());
        }
        Reply { state, live: Arc::clone(&self.live), route, begun, stored }
    }

    fn way<B>(&self, request: &Request<B>) -> (Route, Way) {
        let path = request.uri().path();
        let asked = Asked {
            headers: request.headers(),
            is_head: request.method() == Method::HEAD,
            is_download: request.uri().query().is_some_and(is_download),
        };
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        let now = |route, response| (route, Way::Now(response));
        if let Some(answer) = self.status(path) {
            let respond = || answer.respond(&asked, answer.coding(&asked));
            return now(Route::Status, if is_read { respond() } else { answer::method_not_allowed() });
        }
        let site = self.live.served();
        let Some(site) = &*site else { return now(Route::Other, answer::not_yet()) };
        let at = self.live.clock().now();
        if let Some(query) = request.uri().query().filter(|_| is_read && path.ends_with("/follow/"))
            && let Some(ticked) = page::ticked(&site.release().timetable, path, query)
        {
            return (Route::Page, self.ticked(site, ticked, &asked));
        }
        let target = site.target(path, at);
        let route = route(&target, path);
        let way = match target {
            Target::Nothing => Way::Now(to_folder(site, path, at, is_read).unwrap_or_else(answer::not_found)),
            _ if !is_read => Way::Now(answer::method_not_allowed()),
            Target::Revoked => Way::Now(answer::revoked()),
            Target::Moved(path) => {
                let location = format!("{}{path}", site.release().base_url);
                Way::Now(answer::moved(&location, StatusCode::MOVED_PERMANENTLY))
            }
            Target::Ready(answer) => self.ready(site, answer, &asked),
            Target::Personal(personal) => {
                let answer = site.personal(path, personal, self.live.seen());
                self.ready(site, answer, &asked)
            }
            Target::Document(document, key) => self.document(site, key, document, &asked),
        };
        (route, way)
    }

    /// An answer that is there, in the coding that is asked for.
    fn ready(&self, site: &Site, answer: Arc<Answer>, asked: &Asked<'_>) -> Way {
        answer.note(asked.headers, site.release().number, self.live.clock().second());
        let coding = answer.coding(asked);
        if answer.is_soon_ready(coding, self.live.compressed()) {
            let response = answer.respond(asked, coding);
            let is_sent = response.status() == StatusCode::OK && !asked.is_head;
            return match is_sent.then(|| answer.stored(coding)).flatten() {
                Some(stored) => Way::FromFile(response, stored),
                None => Way::Now(response),
            };
        }
        if let Some(response) = answer.without_body(asked, coding) {
            return Way::Now(response);
        }
        let (headers, is_head, is_download) = (asked.kept_headers(), asked.is_head, asked.is_download);
        let live = Arc::clone(&self.live);
        Way::Beside(Box::new(move || {
            answer.prepare(coding, live.compressed());
            answer.respond(&Asked { headers: &headers, is_head, is_download }, coding)
        }))
    }

    /// A document that is made beside, and kept.
    fn document(&self, site: &Arc<Site>, key: String, document: Document, asked: &Asked<'_>) -> Way {
        let (site, live) = (Arc::clone(site), Arc::clone(&self.live));
        let (headers, is_head, is_download) = (asked.kept_headers(), asked.is_head, asked.is_download);
        Way::Beside(Box::new(move || {
            let asked = Asked { headers: &headers, is_head, is_download };
            let answer = site.document(&key, &document, live.seen());
            answer.note(&headers, site.release().number, live.clock().second());
            let coding = answer.coding(&asked);
            answer.prepare(coding, live.compressed());
            answer.respond(&asked, coding)
        }))
    }

    /// What the form of the builder asks for: the page of what is ticked has an address of its own.
    fn ticked(&self, site: &Arc<Site>, ticked: Result<String, Page>, asked: &Asked<'_>) -> Way {
        match ticked {
            Ok(names) => Way::Now(answer::moved(&format!("{names}/"), StatusCode::SEE_OTHER)),
            Err(page) => self.document(site, String::new(), Document::Page(page), asked),
        }
    }

    /// How the service fares, if that is at a path.
    fn status(&self, path: &str) -> Option<Answer> {
        Some(if path == "/status.json" {
            Answer::of(Kind::StatusJson, self.live.status().json(), None)
        } else {
            let parts = path.ends_with("/status").then(|| page::parts(path)).flatten();
            let (language, below) = parts.filter(|(_, below)| *below == "status")?;
            let day = Offset::UTC.to_datetime(self.live.clock().now()).date();
            let setting = Setting { path: below, language: language.as_ref(), day, links: self.live.links() };
            Answer::of(Kind::LivePage, self.live.status().page(&setting), None)
        })
    }
}

/// Nobody waits for it any more: what has not begun need not be done.
impl Drop for Reply {
    fn drop(&mut self) {
        if let State::UnderWay(work) = &self.state {
            work.abort();
        }
    }
}

impl Future for Reply {
    type Output = Result<Response<Body>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let response = match &mut self.state {
            State::Ready(response) => return Poll::Ready(Ok(response.take().unwrap_or_else(something_went_wrong))),
            State::UnderWay(work) => match Pin::new(work).poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(done) => done.unwrap_or_else(|_| something_went_wrong()),
            },
        };
        self.live.meter().answered(self.route, &response, self.begun.elapsed());
        Poll::Ready(Ok(response))
    }
}

/// The service as one connection has it.
pub(super) struct ConnectionService {
    service: Service,
    place: Arc<Place>,
}

impl<B> hyper::service::Service<Request<B>> for ConnectionService {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Reply;

    fn call(&self, request: Request<B>) -> Reply {
        self.place.is_busy();
        let mut reply = self.service.answer(&request);
        self.place.sends(reply.stored.take());
        reply
    }
}

fn something_went_wrong() -> Response<Full<Bytes>> {
    answer::short(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here.\n")
}

/// `?download`, with or without a value.
fn is_download(query: &str) -> bool {
    query.split('&').any(|part| part.split('=').next() == Some("download"))
}

/// A folder without its slash. The target is relative: a proxy may serve convene below a path of its own.
fn to_folder(site: &Site, path: &str, at: Timestamp, is_read: bool) -> Option<Response<Body>> {
    let is_page = !path.ends_with('/') && !matches!(site.target(&format!("{path}/"), at), Target::Nothing);
    if !is_page || path.starts_with("/delegate/") {
        return None;
    }
    if !is_read {
        return Some(answer::method_not_allowed());
    }
    let location = format!("{}/", path.rsplit('/').next().unwrap_or_default());
    Some(answer::moved(&location, StatusCode::PERMANENT_REDIRECT))
}

/// What a request is counted as.
fn route(target: &Target, path: &str) -> Route {
    let by_ending = || match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("ics") => Route::Feed,
        Some("atom") => Route::Atom,
        Some("json") => Route::Json,
        Some("css" | "js" | "txt") => Route::Asset,
        _ => Route::Page,
    };
    match target {
        Target::Nothing => Route::Other,
        Target::Revoked => Route::Delegate,
        _ if path.starts_with("/delegate/") => Route::Delegate,
        // The second part of a path is no meeting's: the word is kept for this.
        _ if path.split('/').nth(2) == Some("follow") && path.ends_with(".ics") => Route::Follow,
        _ => by_ending(),
    }
}
