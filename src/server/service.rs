//! Finds the answer to a request. Connection threads only look up; anything slower goes to the worker pool.

use std::net::IpAddr;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use jiff::Timestamp;
use jiff::tz::Offset;
use tokio::sync::oneshot;

use super::answer::{Answer, ResponseBody};
use super::asked::{RequestInfo, last_part};
use super::body_file::StoredBody;
use super::client::{Client, TrustedProxies};
use super::kind::AnswerKind;
use super::live::ServerState;
use super::makers::{Work, WorkerPool};
use super::meter::Route;
use super::page::{self, Page};
use super::places::ConnectionSlot;
use super::reply::{ConnectionService, Reply, ReplyState};
use super::request;
use super::route::route;
use super::short::{self, something_went_wrong};
use super::site::Site;
use super::target::{CachedDocument, OnDemandFeed, RequestTarget};
use crate::pages::PageRequest;

/// How long a request waits for the first release while it is being loaded.
const PATIENCE_AT_START: Duration = Duration::from_secs(5);

/// The service. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    live: Arc<ServerState>,
    makers: Arc<WorkerPool>,
    trusted: Arc<TrustedProxies>,
}

/// How a request is answered.
enum Execution {
    Immediate(Response<ResponseBody>),
    /// The same, with a body that is also in a file.
    FromFile(Response<ResponseBody>, Arc<StoredBody>),
    /// By the worker pool, because it takes longer than a lookup.
    Background(Work),
    /// Once the first release is loaded.
    Later,
}

impl Service {
    /// Creates the service, with one worker thread per processor.
    pub fn new(live: Arc<ServerState>) -> Self {
        let makers = WorkerPool::start(std::thread::available_parallelism().map_or(1, NonZero::get));
        Self { live, makers: Arc::new(makers), trusted: Arc::default() }
    }

    /// Sets the proxies that are trusted to name the client.
    #[must_use]
    pub fn behind(self, trusted: TrustedProxies) -> Self {
        Self { trusted: Arc::new(trusted), ..self }
    }

    /// Returns the service for a connection.
    pub(super) fn for_connection(&self, place: Arc<ConnectionSlot>) -> ConnectionService {
        ConnectionService { service: self.clone(), place }
    }

    /// Returns the state of the server.
    pub(super) fn live(&self) -> &Arc<ServerState> {
        &self.live
    }

    /// Answers a request without a connection. Its body is ignored.
    pub fn answer<B>(&self, request: &Request<B>) -> Reply {
        self.answer_to(Client::default(), request)
    }

    /// Returns the client of a request from a peer.
    pub(super) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Client {
        self.trusted.client(peer, headers)
    }

    pub(super) fn answer_to<B>(&self, client: Client, request: &Request<B>) -> Reply {
        let begun = Instant::now();
        let (route, way) = self.way_or_fault(request);
        let mut stored = None;
        let mut state = match way {
            Execution::Immediate(response) => ReplyState::Ready(Some(response)),
            Execution::FromFile(response, body) => {
                stored = Some(body);
                ReplyState::Ready(Some(response))
            }
            Execution::Background(work) => ReplyState::UnderWay(self.makers.submit(client, work)),
            Execution::Later => ReplyState::UnderWay(self.answer_later(client, request)),
        };
        if let ReplyState::Ready(Some(response)) = &mut state {
            self.live.meter().answered(route, response, begun.elapsed());
        }
        Reply { state, live: Arc::clone(&self.live), route, begun, stored }
    }

    /// Answers a request that arrived before the first release was loaded, so that calendars do not notice a restart.
    fn answer_later<B>(&self, client: Client, request: &Request<B>) -> oneshot::Receiver<Response<ResponseBody>> {
        let (mut outcome, receiver) = oneshot::channel();
        let mut again = Request::new(());
        (*again.method_mut(), *again.uri_mut()) = (request.method().clone(), request.uri().clone());
        (*again.version_mut(), *again.headers_mut()) = (request.version(), request.headers().clone());
        let service = self.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = service.live.started(PATIENCE_AT_START) => {}
                () = outcome.closed() => return,
            }
            let response = match service.way_or_fault(&again).1 {
                Execution::Immediate(response) | Execution::FromFile(response, _) => response,
                Execution::Background(work) => {
                    service.makers.submit(client, work).await.unwrap_or_else(|_| something_went_wrong())
                }
                Execution::Later => short::not_yet(),
            };
            let _ = outcome.send(response);
        });
        receiver
    }

    fn way_or_fault<B>(&self, request: &Request<B>) -> (Route, Execution) {
        // A panic ends neither the connection nor the service.
        let way = catch_unwind(AssertUnwindSafe(|| self.way(request)));
        way.unwrap_or_else(|_| (Route::Other, Execution::Immediate(something_went_wrong())))
    }

    fn way<B>(&self, request: &Request<B>) -> (Route, Execution) {
        let now = |route, response| (route, Execution::Immediate(response));
        if let Err(words) = request::check(request) {
            return now(Route::Other, short::bad_request(words));
        }
        let path = request::path(request.uri().path());
        let path = &*path;
        let query = request.uri().query();
        let asked = RequestInfo {
            headers: request.headers(),
            is_head: request.method() == Method::HEAD,
            download: query.is_some_and(is_download).then(|| last_part(path)),
            second: self.live.clock().second(),
        };
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        let is_options = request.method() == Method::OPTIONS;
        if is_options && path == "*" {
            return now(Route::Other, short::options(false));
        }
        if let Some(answer) = self.status(path) {
            return now(
                Route::Status,
                match () {
                    () if is_read => answer.respond(&asked, answer.coding(&asked)),
                    () if is_options => short::options(answer.about().kind.is_for_other_origins()),
                    () => short::method_not_allowed(),
                },
            );
        }
        let site = self.live.served();
        let Some(site) = &*site else {
            let way = if self.live.is_starting() { Execution::Later } else { Execution::Immediate(short::not_yet()) };
            return (Route::Other, way);
        };
        let at = self.live.clock().now();
        if let Some(query) = query.filter(|_| is_read && path.ends_with("/follow/"))
            && let Some(ticked) = page::ticked(&site.release().timetable, path, query)
        {
            return (Route::Page, self.ticked(site, ticked, &asked));
        }
        let target = site.target(path, at);
        let route = route(&target, path);
        let way = match target {
            RequestTarget::Nothing => {
                Execution::Immediate(to_folder(site, path, at, request.method()).unwrap_or_else(short::not_found))
            }
            target if is_options => Execution::Immediate(short::options(target.is_for_other_origins())),
            _ if !is_read => Execution::Immediate(short::method_not_allowed()),
            RequestTarget::Revoked => Execution::Immediate(short::revoked()),
            RequestTarget::Moved(path) => {
                let location = format!("{}{path}", site.release().base_url);
                Execution::Immediate(short::moved(&location, StatusCode::MOVED_PERMANENTLY))
            }
            RequestTarget::Ready(answer) => self.ready(site, answer, &asked),
            RequestTarget::Personal(personal) => self.personal(site, path.to_owned(), *personal, &asked),
            RequestTarget::Document(document, key) => self.document(site, key, document, &asked),
        };
        (route, way)
    }

    /// Responds with a prepared answer.
    fn ready(&self, site: &Site, answer: Arc<Answer>, asked: &RequestInfo<'_>) -> Execution {
        answer.note(asked.headers, site.release().number, self.live.clock().second());
        let coding = answer.coding(asked);
        if answer.is_soon_ready(coding, self.live.compressed()) {
            let response = answer.respond(asked, coding);
            let is_sent = response.status() == StatusCode::OK && !asked.is_head;
            return match is_sent.then(|| answer.stored(coding)).flatten() {
                Some(stored) => Execution::FromFile(response, stored),
                None => Execution::Immediate(response),
            };
        }
        if let Some(response) = answer.without_body(asked, coding) {
            return Execution::Immediate(response);
        }
        self.made(asked, move |_| answer)
    }

    /// Renders a feed for this request.
    fn personal(&self, site: &Arc<Site>, path: String, personal: OnDemandFeed, asked: &RequestInfo<'_>) -> Execution {
        let (site, headers) = (Arc::clone(site), asked.kept_headers());
        self.made(asked, move |live| {
            let answer = site.personal(&path, personal, live.seen());
            answer.note(&headers, site.release().number, live.clock().second());
            answer
        })
    }

    /// Renders a document and caches it.
    fn document(&self, site: &Arc<Site>, key: String, document: CachedDocument, asked: &RequestInfo<'_>) -> Execution {
        let (site, headers) = (Arc::clone(site), asked.kept_headers());
        self.made(asked, move |live| {
            let answer = site.document(&key, &document, live.seen());
            answer.note(&headers, site.release().number, live.clock().second());
            answer
        })
    }

    /// Has the worker pool make an answer, and responds with it.
    fn made(
        &self,
        asked: &RequestInfo<'_>,
        make: impl FnOnce(&ServerState) -> Arc<Answer> + Send + 'static,
    ) -> Execution {
        let live = Arc::clone(&self.live);
        let headers = asked.kept_headers();
        let (is_head, download, second) = (asked.is_head, asked.download.clone(), asked.second);
        Execution::Background(Box::new(move || {
            let answer = make(&live);
            let asked = RequestInfo { headers: &headers, is_head, download, second };
            let coding = answer.coding(&asked);
            answer.prepare(coding, live.compressed());
            answer.respond(&asked, coding)
        }))
    }

    /// Answers the builder's form: the page of the checked items has an address of its own.
    fn ticked(&self, site: &Arc<Site>, ticked: Result<String, Page>, asked: &RequestInfo<'_>) -> Execution {
        match ticked {
            Ok(names) => Execution::Immediate(short::moved(&format!("{names}/"), StatusCode::SEE_OTHER)),
            Err(page) => self.document(site, String::new(), CachedDocument::Page(page), asked),
        }
    }

    /// Returns the status page or the status as JSON, if the path is one of theirs.
    fn status(&self, path: &str) -> Option<Answer> {
        Some(if path == "/status.json" {
            Answer::new(AnswerKind::StatusJson, self.live.status_json(), None)
        } else {
            let parts = path.ends_with("/status").then(|| page::parts(path)).flatten();
            let (language, below) = parts.filter(|(_, below)| *below == "status")?;
            let day = Offset::UTC.to_datetime(self.live.clock().now()).date();
            let setting = PageRequest { path: below, language: language.as_ref(), day, links: self.live.links() };
            Answer::new(AnswerKind::LivePage, self.live.status_page(&setting), None)
        })
    }
}

/// Returns whether a query has `download`, with or without a value.
fn is_download(query: &str) -> bool {
    query.split('&').any(|part| part.split('=').next() == Some("download"))
}

/// Redirects to a page whose final slash is missing. The target is relative, because a proxy may add a path prefix.
fn to_folder(site: &Site, path: &str, at: Timestamp, method: &Method) -> Option<Response<ResponseBody>> {
    let is_page = !path.ends_with('/') && !matches!(site.target(&format!("{path}/"), at), RequestTarget::Nothing);
    if !is_page || path.starts_with("/delegate/") {
        return None;
    }
    match *method {
        Method::GET | Method::HEAD => {}
        Method::OPTIONS => return Some(short::options(false)),
        _ => return Some(short::method_not_allowed()),
    }
    let location = format!("{}/", path.rsplit('/').next().unwrap_or_default());
    Some(short::moved(&location, StatusCode::PERMANENT_REDIRECT))
}
