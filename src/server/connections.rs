//! Connections: our own accept loop around hyper, with the wait for headers, the number of connections and the end
//! bounded. A reader who does not read is not cut off yet.
//!
//! axum's own loop has neither a time limit for headers nor `TCP_NODELAY`. clients.md H13

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// What a client may take.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How long the headers of a request may take, and a connection be idle.
    pub headers: Duration,
    /// How long answers under way may take once the service ends.
    pub drain: Duration,
    /// How many connections may be open at once; more wait in the system's queue.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { headers: Duration::from_secs(10), drain: Duration::from_secs(10), connections: 10_000 }
    }
}

/// Octets of a request's headers that are read before it is refused.
const MOST_HEADER_OCTETS: usize = 16 * 1024;

/// How long to wait when the system has no connection to give, for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves until `end` comes, then lets answers under way finish.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, end: impl Future<Output = ()>) {
    let connections = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(limits.connections));
    let service = TowerToHyperService::new(router);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.headers).max_buf_size(MOST_HEADER_OCTETS);
    let mut end = std::pin::pin!(end);
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut end => break,
        };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        // An answer goes out at once, not when the kernel has gathered enough.
        let _ = stream.set_nodelay(true);
        let connection = http.serve_connection(TokioIo::new(stream), service.clone());
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            // A client that goes away is no fault of ours, and its address is nobody's business.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(limits.drain, connections.shutdown()).await;
}
