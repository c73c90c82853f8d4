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

use crate::pages::{MissingReason, PageRequest};
use crate::server::net::client::{Client, TrustedProxies};
use crate::server::net::connection_pool::ConnectionSlot;
use crate::server::net::connection_service::{ConnectionService, ResponseFuture, ResponseProgress};
use crate::server::response::answer::{Answer, ResponseBody};
use crate::server::response::answer_kind::AnswerKind;
use crate::server::response::body_file::StoredBody;
use crate::server::response::fixed::{self, something_went_wrong};
use crate::server::response::worker_pool::{Work, WorkerPool};
use crate::server::routes::checks;
use crate::server::routes::label::label;
use crate::server::routes::missing;
use crate::server::routes::page::{self, Page};
use crate::server::routes::request_info::{RequestInfo, last_part};
use crate::server::routes::target::{CachedDocument, OnDemandFeed, RequestTarget};
use crate::server::state::ServerState;
use crate::server::state::metrics::Route;
use crate::server::state::site::Site;

/// How long a request waits for the first release while it is being loaded.
const START_TIMEOUT: Duration = Duration::from_secs(5);

/// The service. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    state: Arc<ServerState>,
    worker_pool: Arc<WorkerPool>,
    trusted: Arc<TrustedProxies>,
}

/// How a request is answered.
pub(in crate::server) enum Execution {
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
    pub fn new(state: Arc<ServerState>) -> Self {
        let worker_pool = WorkerPool::start(std::thread::available_parallelism().map_or(1, NonZero::get));
        Self { state, worker_pool: Arc::new(worker_pool), trusted: Arc::default() }
    }

    /// Sets the proxies that are trusted to name the client.
    #[must_use]
    pub fn with_trusted_proxies(self, trusted: TrustedProxies) -> Self {
        Self { trusted: Arc::new(trusted), ..self }
    }

    /// Returns the service for a connection.
    pub(in crate::server) fn for_connection(&self, slot: Arc<ConnectionSlot>) -> ConnectionService {
        ConnectionService { service: self.clone(), slot }
    }

    /// Returns the state of the server.
    pub(in crate::server) fn state(&self) -> &Arc<ServerState> {
        &self.state
    }

    /// Answers a request without a connection. Its body is ignored.
    pub fn answer<B>(&self, request: &Request<B>) -> ResponseFuture {
        self.answer_to(Client::default(), request)
    }

    /// Returns the client of a request from a peer.
    pub(in crate::server) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Client {
        self.trusted.client(peer, headers)
    }

    pub(in crate::server) fn answer_to<B>(&self, client: Client, request: &Request<B>) -> ResponseFuture {
        let started = Instant::now();
        let (route, execution) = self.execution_or_error(request);
        let mut stored = None;
        let mut progress = match execution {
            Execution::Immediate(response) => ResponseProgress::Ready(Some(response)),
            Execution::FromFile(response, body) => {
                stored = Some(body);
                ResponseProgress::Ready(Some(response))
            }
            Execution::Background(work) => ResponseProgress::Pending(self.worker_pool.submit(client, work)),
            Execution::Later => ResponseProgress::Pending(self.answer_later(client, request)),
        };
        if let ResponseProgress::Ready(Some(response)) = &mut progress {
            self.state.metrics().count_answer(route, response, started.elapsed());
        }
        ResponseFuture { progress, state: Arc::clone(&self.state), route, started, stored }
    }

    /// Answers a request that arrived before the first release was loaded, so that calendars do not notice a restart.
    fn answer_later<B>(&self, client: Client, request: &Request<B>) -> oneshot::Receiver<Response<ResponseBody>> {
        let (mut outcome, receiver) = oneshot::channel();
        let mut copy = Request::new(());
        (*copy.method_mut(), *copy.uri_mut()) = (request.method().clone(), request.uri().clone());
        (*copy.version_mut(), *copy.headers_mut()) = (request.version(), request.headers().clone());
        let service = self.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = service.state.started(START_TIMEOUT) => {}
                () = outcome.closed() => return,
            }
            let response = match service.execution_or_error(&copy).1 {
                Execution::Immediate(response) | Execution::FromFile(response, _) => response,
                Execution::Background(work) => {
                    service.worker_pool.submit(client, work).await.unwrap_or_else(|_| something_went_wrong())
                }
                Execution::Later => fixed::not_yet(),
            };
            let _ = outcome.send(response);
        });
        receiver
    }

    fn execution_or_error<B>(&self, request: &Request<B>) -> (Route, Execution) {
        // A panic ends neither the connection nor the service.
        let execution = catch_unwind(AssertUnwindSafe(|| self.execution(request)));
        execution.unwrap_or_else(|_| (Route::Other, Execution::Immediate(something_went_wrong())))
    }

    fn execution<B>(&self, request: &Request<B>) -> (Route, Execution) {
        let now = |route, response| (route, Execution::Immediate(response));
        if let Err(words) = checks::check(request) {
            return now(Route::Other, fixed::bad_request(words));
        }
        let path = checks::normalize_path(request.uri().path());
        let path = &*path;
        let query = request.uri().query();
        let info = RequestInfo {
            headers: request.headers(),
            is_head: request.method() == Method::HEAD,
            download: query.is_some_and(is_download).then(|| last_part(path)),
            second: self.state.clock().second(),
        };
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        let is_options = request.method() == Method::OPTIONS;
        if is_options && path == "*" {
            return now(Route::Other, fixed::options(false));
        }
        if let Some(answer) = self.status(path) {
            return now(
                Route::Status,
                match () {
                    () if is_read => answer.response_in(&info, answer.coding(&info)),
                    () if is_options => fixed::options(answer.meta().kind.is_for_other_origins()),
                    () => fixed::method_not_allowed(),
                },
            );
        }
        let site = self.state.served();
        let Some(site) = &*site else {
            let execution =
                if self.state.is_starting() { Execution::Later } else { Execution::Immediate(fixed::not_yet()) };
            return (Route::Other, execution);
        };
        let at = self.state.clock().now();
        if let Some(query) = query.filter(|_| is_read && path.ends_with("/follow/"))
            && let Some(builder_query) = page::builder_query(&site.release().timetable, path, query)
        {
            return (Route::Page, self.builder_query(site, builder_query, &info));
        }
        let target = site.target(path, at);
        let route = label(&target, path);
        let execution = match target {
            RequestTarget::Nothing => match redirect_to_page(site, path, at, request.method()) {
                Some(response) => Execution::Immediate(response),
                None => missing::answer(&self.state, site, path, MissingReason::Unknown, &info),
            },
            target if is_options => Execution::Immediate(fixed::options(target.is_for_other_origins())),
            _ if !is_read => Execution::Immediate(fixed::method_not_allowed()),
            RequestTarget::Revoked => missing::answer(&self.state, site, path, MissingReason::Revoked, &info),
            RequestTarget::Moved(path) => {
                let location = format!("{}{path}", site.release().base_url);
                Execution::Immediate(fixed::moved(&location, StatusCode::MOVED_PERMANENTLY))
            }
            RequestTarget::Ready(answer) => self.respond_with(site, answer, &info),
            RequestTarget::OnDemand(on_demand) => self.on_demand(site, path.to_owned(), *on_demand, &info),
            RequestTarget::Document(document, key) => self.document(site, key, document, &info),
        };
        (route, execution)
    }

    /// Responds with a prepared answer.
    fn respond_with(&self, site: &Site, answer: Arc<Answer>, info: &RequestInfo<'_>) -> Execution {
        answer.record_fetch(info.headers, site.release().number, self.state.clock().second());
        let coding = answer.coding(info);
        if answer.prepare_from_cache(coding, self.state.compressed()) {
            let response = answer.response_in(info, coding);
            let is_sent = response.status() == StatusCode::OK && !info.is_head;
            return match is_sent.then(|| answer.stored(coding)).flatten() {
                Some(stored) => Execution::FromFile(response, stored),
                None => Execution::Immediate(response),
            };
        }
        if let Some(response) = answer.without_body(info, coding) {
            return Execution::Immediate(response);
        }
        self.render_in_background(info, move |_| answer)
    }

    /// Renders a feed for this request.
    fn on_demand(&self, site: &Arc<Site>, path: String, on_demand: OnDemandFeed, info: &RequestInfo<'_>) -> Execution {
        let (site, headers) = (Arc::clone(site), info.copy_headers());
        self.render_in_background(info, move |state| {
            let answer = site.on_demand(&path, on_demand, state.seen());
            answer.record_fetch(&headers, site.release().number, state.clock().second());
            answer
        })
    }

    /// Renders a document and caches it.
    fn document(&self, site: &Arc<Site>, key: String, document: CachedDocument, info: &RequestInfo<'_>) -> Execution {
        let (site, headers) = (Arc::clone(site), info.copy_headers());
        self.render_in_background(info, move |state| {
            let answer = site.document(&key, &document, state.seen());
            answer.record_fetch(&headers, site.release().number, state.clock().second());
            answer
        })
    }

    /// Has the worker pool make an answer, and responds with it.
    fn render_in_background(
        &self,
        info: &RequestInfo<'_>,
        make: impl FnOnce(&ServerState) -> Arc<Answer> + Send + 'static,
    ) -> Execution {
        let state = Arc::clone(&self.state);
        let headers = info.copy_headers();
        let (is_head, download, second) = (info.is_head, info.download.clone(), info.second);
        Execution::Background(Box::new(move || {
            let answer = make(&state);
            let info = RequestInfo { headers: &headers, is_head, download, second };
            let coding = answer.coding(&info);
            answer.prepare(coding, state.compressed());
            answer.response_in(&info, coding)
        }))
    }

    /// Answers the builder's form: the page of the checked items has an address of its own.
    fn builder_query(
        &self,
        site: &Arc<Site>,
        builder_query: Result<String, Page>,
        info: &RequestInfo<'_>,
    ) -> Execution {
        match builder_query {
            Ok(names) => Execution::Immediate(fixed::moved(&format!("{names}/"), StatusCode::SEE_OTHER)),
            Err(page) => self.document(site, String::new(), CachedDocument::Page(page), info),
        }
    }

    /// Returns the status page or the status as JSON, if the path is one of theirs.
    fn status(&self, path: &str) -> Option<Answer> {
        Some(if path == "/status.json" {
            Answer::new(AnswerKind::StatusJson, self.state.status_json(), None)
        } else {
            let parts = path.ends_with("/status").then(|| page::split_language(path)).flatten();
            let (language, below) = parts.filter(|(_, below)| *below == "status")?;
            let day = Offset::UTC.to_datetime(self.state.clock().now()).date();
            let page_request = PageRequest { path: below, language: language.as_ref(), day, links: self.state.links() };
            Answer::new(AnswerKind::LivePage, self.state.status_page(&page_request), None)
        })
    }
}

/// Returns whether a query has `download`, with or without a value.
fn is_download(query: &str) -> bool {
    query.split('&').any(|part| part.split('=').next() == Some("download"))
}

/// Redirects to a page whose final slash is missing. The target is relative, because a proxy may add a path prefix.
fn redirect_to_page(site: &Site, path: &str, at: Timestamp, method: &Method) -> Option<Response<ResponseBody>> {
    let is_page = !path.ends_with('/') && !matches!(site.target(&format!("{path}/"), at), RequestTarget::Nothing);
    if !is_page || path.starts_with("/delegate/") {
        return None;
    }
    match *method {
        Method::GET | Method::HEAD => {}
        Method::OPTIONS => return Some(fixed::options(false)),
        _ => return Some(fixed::method_not_allowed()),
    }
    let location = format!("{}/", path.rsplit('/').next().unwrap_or_default());
    Some(fixed::moved(&location, StatusCode::PERMANENT_REDIRECT))
}
