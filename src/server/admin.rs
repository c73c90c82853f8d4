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

use super::answer::ResponseBody;
use super::live::ServerState;
use super::meter::{counter, counters, gauge};
use super::short;
use super::status::Outage;

/// How long a connection may take in all.
const PATIENCE: Duration = Duration::from_secs(10);
/// The number of connections that may be open at once.
const CONNECTIONS: usize = 64;

/// Serves `/healthz`, `/readyz` and `/metrics` for as long as it is polled.
pub async fn serve_admin(listener: Arc<TcpListener>, live: Arc<ServerState>) {
    let places = Arc::new(tokio::sync::Semaphore::new(CONNECTIONS));
    loop {
        let place = Arc::clone(&places).acquire_owned().await;
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let live = Arc::clone(&live);
        tokio::spawn(async move {
            let service = service_fn(|request| std::future::ready(Ok::<_, Infallible>(answer(&request, &live))));
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(PATIENCE).keep_alive(false);
            let _ = tokio::time::timeout(PATIENCE, http.serve_connection(TokioIo::new(stream), service)).await;
            drop(place);
        });
    }
}

fn answer<B>(request: &Request<B>, live: &Arc<ServerState>) -> Response<ResponseBody> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return short::method_not_allowed();
    }
    match request.uri().path() {
        // The process runs and answers.
        "/healthz" => short::short(StatusCode::OK, "ok\n"),
        "/readyz" => match not_ready(live) {
            None => short::short(StatusCode::OK, "ready\n"),
            Some(why) => short::short(StatusCode::SERVICE_UNAVAILABLE, why),
        },
        "/metrics" => metrics(live),
        _ => short::not_found(),
    }
}

/// Returns why this server is not ready, if so: it has nothing to serve, or has a fault of its own.
fn not_ready(live: &ServerState) -> Option<&'static str> {
    let concerns = live.concerns();
    match () {
        () if live.site().is_none() => Some("nothing has been published yet\n"),
        () if concerns.contains(&Outage::Secret) => Some("the secret is not that of the publisher\n"),
        () if concerns.contains(&Outage::Stale) => Some("what is served is not kept up to date\n"),
        () if concerns.contains(&Outage::Part) => Some("a part of convene ended because of a fault\n"),
        () => None,
    }
}

fn metrics(live: &Arc<ServerState>) -> Response<ResponseBody> {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(MetricsSnapshot(Arc::clone(live))));
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = encode(&mut text, &registry);
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
        let live = &self.0;
        let status = live.status();
        let encoder = &mut encoder;
        gauge(encoder, "convene_release", "Number of the release that is served", u64::from(status.release))?;
        counter(encoder, "convene_releases", "Releases activated since the start", live.taken_up())?;
        let second = |instant: jiff::Timestamp| u64::try_from(instant.as_second()).unwrap_or(0);
        let published = status.published.map_or(0, second);
        gauge(encoder, "convene_release_published_seconds", "When it was published, since 1970", published)?;
        let age = status.published.map_or(0, |at| u64::from(live.clock().second()).saturating_sub(second(at)));
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
        let faults = u64::try_from(live.concerns().len()).unwrap_or(u64::MAX);
        gauge(encoder, "convene_faults", "Faults of the folder, of the ledger and of tasks of the service", faults)?;
        let restarts = live.parts().restarts().map(|(part, number)| ([("part", part.name())], number));
        counters(encoder, "convene_restarts", "Tasks of the service restarted after a panic, by task", restarts)?;
        counter(encoder, "convene_log_lines_lost", "Lines of the log that could not be written", live.lost_lines())?;
        gauge(
            encoder,
            "convene_compressed_bytes",
            "Bytes of compressed bodies in the cache",
            live.compressed().weight(),
        )?;
        live.meter().encode(encoder)
    }
}
