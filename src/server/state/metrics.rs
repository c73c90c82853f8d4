//! Counts requests and connections, and encodes the counters for Prometheus.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hyper::body::Body as _;
use hyper::{Response, StatusCode};
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, NoLabelSet};
use prometheus_client::metrics::MetricType;

use crate::server::response::answer::ResponseBody;

/// The label under which a request is counted. Never a path: private addresses are paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Route {
    /// A public feed.
    Feed,
    /// A feed that a reader combined.
    Follow,
    /// A delegate's feed.
    Delegate,
    /// The changes of a public feed.
    Atom,
    /// A public feed as JSON.
    Json,
    /// A page.
    Page,
    /// A style sheet, a script, robots.txt.
    Asset,
    /// The status of the service.
    Status,
    /// Nothing that exists.
    Other,
}

const ROUTES: [&str; 9] = ["feed", "follow", "delegate", "atom", "json", "page", "asset", "status", "other"];
/// The statuses that are counted separately; all others count as the last one.
const STATUSES: [StatusCode; 13] = [
    StatusCode::OK,
    StatusCode::NO_CONTENT,
    StatusCode::NOT_MODIFIED,
    StatusCode::MOVED_PERMANENTLY,
    StatusCode::SEE_OTHER,
    StatusCode::PERMANENT_REDIRECT,
    StatusCode::BAD_REQUEST,
    StatusCode::NOT_FOUND,
    StatusCode::METHOD_NOT_ALLOWED,
    StatusCode::GONE,
    StatusCode::PRECONDITION_FAILED,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::INTERNAL_SERVER_ERROR,
];
/// The upper bounds of the latency buckets, in nanoseconds.
const BUCKETS: [u64; 10] =
    [10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000, 25_000_000, 100_000_000, 1_000_000_000];

/// Why the service closed a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum CloseReason {
    /// It sent nothing, or not all of a request, for too long.
    Idle,
    /// It did not read an answer.
    SlowReader,
    /// The connection limit was reached, and it had been idle longest.
    Evicted,
}

const CLOSE_REASONS: [&str; 3] = ["silent", "unread", "crowded"];

/// The counters.
#[derive(Default)]
pub(in crate::server) struct Metrics {
    requests: [[AtomicU64; STATUSES.len()]; ROUTES.len()],
    bytes: [AtomicU64; ROUTES.len()],
    latency: [AtomicU64; BUCKETS.len() + 1],
    latency_sum: AtomicU64,
    accepted: AtomicU64,
    ended: AtomicU64,
    closed: [AtomicU64; CLOSE_REASONS.len()],
}

impl Metrics {
    /// Counts an answer.
    pub(in crate::server) fn count_answer(&self, route: Route, response: &Response<ResponseBody>, took: Duration) {
        let add = |number: &AtomicU64, more: u64| number.fetch_add(more, Ordering::Relaxed);
        let status = STATUSES.iter().position(|known| *known == response.status()).unwrap_or(STATUSES.len() - 1);
        add(&self.requests[route as usize][status], 1);
        add(&self.bytes[route as usize], response.body().size_hint().lower());
        let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        let bucket = BUCKETS.iter().position(|end| nanoseconds <= *end).unwrap_or(BUCKETS.len());
        add(&self.latency[bucket], 1);
        add(&self.latency_sum, nanoseconds);
    }

    /// Counts a connection that was accepted.
    pub(in crate::server) fn count_accepted(&self) {
        self.accepted.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a connection that has ended.
    pub(in crate::server) fn count_ended(&self) {
        self.ended.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a connection that the service closes.
    pub(in crate::server) fn count_close(&self, why: CloseReason) {
        self.closed[why as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// Encodes all counters for Prometheus.
    pub(in crate::server) fn encode(&self, encoder: &mut DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let read = |number: &AtomicU64| number.load(Ordering::Relaxed);
        let mut family = encoder.encode_descriptor(
            "convene_requests",
            "Requests answered, by route and status",
            None,
            MetricType::Counter,
        )?;
        for (route, statuses) in ROUTES.iter().zip(&self.requests) {
            for (status, number) in STATUSES.iter().zip(statuses).filter(|(_, number)| read(number) > 0) {
                let labels = [("route", *route), ("status", status.as_str())];
                family.encode_family(&labels)?.encode_counter::<NoLabelSet, _, f64>(&read(number), None)?;
            }
        }
        let of_route = ROUTES.iter().zip(&self.bytes).map(|(route, number)| ([("route", *route)], read(number)));
        counters(encoder, "convene_response_bytes", "Bytes of bodies sent, by route", of_route)?;
        let count: u64 = self.latency.iter().map(read).sum();
        let ends = BUCKETS.iter().map(|end| seconds(*end)).chain([f64::INFINITY]);
        let buckets: Vec<(f64, u64)> = ends.zip(self.latency.iter().map(read)).collect();
        encoder
            .encode_descriptor(
                "convene_request_duration_seconds",
                "Time from a request to its answer, without sending it",
                None,
                MetricType::Histogram,
            )?
            .encode_histogram::<NoLabelSet>(seconds(read(&self.latency_sum)), count, &buckets, None)?;
        counter(encoder, "convene_connections", "Connections accepted", read(&self.accepted))?;
        let open = read(&self.accepted).saturating_sub(read(&self.ended));
        gauge(encoder, "convene_connections_open", "Connections that are open", open)?;
        let closed = CLOSE_REASONS.iter().zip(&self.closed).map(|(why, number)| ([("reason", *why)], read(number)));
        counters(encoder, "convene_connections_cut", "Connections closed by the service, by reason", closed)
    }
}

fn seconds(nanoseconds: u64) -> f64 {
    Duration::from_nanos(nanoseconds).as_secs_f64()
}

/// Encodes a counter.
pub(in crate::server) fn counter(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    value: u64,
) -> Result<(), std::fmt::Error> {
    encoder.encode_descriptor(name, help, None, MetricType::Counter)?.encode_counter::<NoLabelSet, _, f64>(&value, None)
}

/// Encodes a counter with labels.
pub(in crate::server) fn counters<L: EncodeLabelSet>(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    values: impl Iterator<Item = (L, u64)>,
) -> Result<(), std::fmt::Error> {
    let mut family = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
    for (labels, value) in values {
        family.encode_family(&labels)?.encode_counter::<NoLabelSet, _, f64>(&value, None)?;
    }
    Ok(())
}

/// Encodes a gauge.
pub(in crate::server) fn gauge(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    value: u64,
) -> Result<(), std::fmt::Error> {
    let value = i64::try_from(value).unwrap_or(i64::MAX);
    encoder.encode_descriptor(name, help, None, MetricType::Gauge)?.encode_gauge(&value)
}
