//! The operator's port: health and metrics. Readers never use it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::DescriptorEncoder;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::MetricType;
use prometheus_client::registry::Registry;
use tokio::net::TcpListener;

use crate::server::response::answer::ResponseBody;
use crate::server::response::fixed;
use crate::server::state::ServerState;
use crate::server::state::metrics::{counter, counters, gauge};
use crate::server::state::status::Outage;

/// How long a connection may take in all.
const ADMIN_TIMEOUT: Duration = Duration::from_secs(10);
/// The number of connections that may be open at once.
const CONNECTIONS: usize = 64;

/// Serves `/healthz`, `/readyz` and `/metrics` for as long as it is polled.
pub async fn serve_admin(listener: Arc<TcpListener>, state: Arc<ServerState>) {
    let slots = Arc::new(tokio::sync::Semaphore::new(CONNECTIONS));
    loop {
        let slot = Arc::clone(&slots).acquire_owned().await;
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let state = Arc::clone(&state);
        tokio::spawn(async move {
            let service = service_fn(|request| std::future::ready(Ok::<_, Infallible>(answer(&request, &state))));
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(ADMIN_TIMEOUT).keep_alive(false);
            let _ = tokio::time::timeout(ADMIN_TIMEOUT, http.serve_connection(TokioIo::new(stream), service)).await;
            drop(slot);
        });
    }
}

fn answer<B>(request: &Request<B>, state: &Arc<ServerState>) -> Response<ResponseBody> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return fixed::method_not_allowed();
    }
    match request.uri().path() {
        // The process runs and answers.
        "/healthz" => fixed::text(StatusCode::OK, "ok\n"),
        "/readyz" => match not_ready(state) {
            None => fixed::text(StatusCode::OK, "ready\n"),
            Some(why) => fixed::text(StatusCode::SERVICE_UNAVAILABLE, why),
        },
        "/metrics" => metrics(state),
        _ => fixed::not_found(),
    }
}

/// Returns why this server is not ready, if so: it has nothing to serve, or has a fault of its own.
fn not_ready(state: &ServerState) -> Option<&'static str> {
    let outages = state.outages();
    match () {
        () if state.site().is_none() => Some("nothing has been published yet\n"),
        () if outages.contains(&Outage::Secret) => Some("the secret is not the publisher's\n"),
        () if outages.contains(&Outage::Stale) => Some("the served release is not kept up to date\n"),
        () if outages.contains(&Outage::Part) => Some("a task of convene panicked\n"),
        () => None,
    }
}

fn metrics(state: &Arc<ServerState>) -> Response<ResponseBody> {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(MetricsSnapshot(Arc::clone(state))));
    let mut text = String::new();
    encode(&mut text, &registry).expect("writing to a string does not fail");
    let mut response = Response::new(Full::new(Bytes::from(text)));
    let form = HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, form);
    response
}

/// The metrics at the time of a request.
struct MetricsSnapshot(Arc<ServerState>);

impl std::fmt::Debug for MetricsSnapshot {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Metrics")
    }
}

impl Collector for MetricsSnapshot {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let state = &self.0;
        let status = state.status();
        let encoder = &mut encoder;
        gauge(encoder, "convene_release", "Number of the release that is served", u64::from(status.release))?;
        counter(encoder, "convene_releases", "Releases activated since the start", state.activations())?;
        let second = |instant: jiff::Timestamp| u64::try_from(instant.as_second()).unwrap_or(0);
        let published = status.published.map_or(0, second);
        gauge(encoder, "convene_release_published_seconds", "When it was published, since 1970", published)?;
        let age = status.published.map_or(0, |at| u64::from(state.clock().second()).saturating_sub(second(at)));
        gauge(encoder, "convene_release_age_seconds", "How long ago it was published", age)?;
        let definitions = status.definitions.clone().unwrap_or_default();
        let errors = u64::try_from(definitions.errors).unwrap_or(u64::MAX);
        gauge(encoder, "convene_definition_errors", "Errors that keep the definitions from being published", errors)?;
        let mut places = encoder.encode_descriptor(
            "convene_definition_error_place",
            "Where the errors are, but for those of delegates.yaml",
            None,
            MetricType::Gauge,
        )?;
        for place in &definitions.places {
            places.encode_family(&[("place", place.as_str())])?.encode_gauge(&1_i64)?;
        }
        let faults = u64::try_from(state.outages().len()).unwrap_or(u64::MAX);
        gauge(encoder, "convene_faults", "Faults of the folder, of the ledger and of tasks of the service", faults)?;
        let restarts = state.tasks().restarts().map(|(part, number)| ([("part", part.name())], number));
        counters(encoder, "convene_restarts", "Tasks of the service restarted after a panic, by task", restarts)?;
        counter(encoder, "convene_log_lines_lost", "Lines of the log that could not be written", state.lost_lines())?;
        gauge(
            encoder,
            "convene_compressed_bytes",
            "Bytes of compressed bodies in the cache",
            state.compressed().weight(),
        )?;
        state.metrics().encode(encoder)
    }
}
