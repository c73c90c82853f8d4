//! The accept loop around hyper. It bounds everything that a client may use.
//!
//! Each event loop has a thread of its own. A connection stays with its event loop, so that answering never
//! crosses threads.

use std::future::{Future, poll_fn};
use std::io;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use hyper::server::conn::http1;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::time::MissedTickBehavior;

use crate::server::net::connection_pool::{ConnectionPool, ConnectionSlot};
use crate::server::net::socket::Socket;
use crate::server::routes::service::Service;
use crate::server::state::clock::{CoarseClock, TICK};
use crate::server::state::tasks::ServiceTask;

/// The limits for clients.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How long sending the headers of a request may take, and how long a connection may be idle.
    pub idle: Duration,
    /// How long a client may take to read an answer that it does not read as fast as it is sent.
    pub answer_read: Duration,
    /// How long requests in flight may take after shutdown begins.
    pub drain: Duration,
    /// The maximum number of open connections. A further one evicts the one that has been idle longest. If none is
    /// idle, it waits in the system's accept queue.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(10),
            answer_read: Duration::from_secs(60),
            drain: Duration::from_secs(10),
            connections: 16_000,
        }
    }
}

/// The maximum size of a request's headers.
const MAX_HEADER_BYTES: usize = 16 * 1024;
/// Idle connections are closed once a second.
const TICKS_BETWEEN_LOOKS: u64 = 5;
/// How long to wait if the system has no file descriptor for a connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The threads that serve connections.
#[derive(Clone)]
pub struct EventLoops(Arc<[Handle]>);

impl EventLoops {
    /// Starts this many threads, at least one. They end with the process.
    ///
    /// # Errors
    ///
    /// The system cannot start a thread.
    pub fn start(threads: usize) -> io::Result<Self> {
        let mut event_loops = Vec::new();
        for number in 0..threads.max(1) {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            event_loops.push(runtime.handle().clone());
            let name = format!("event-loop-{number}");
            std::thread::Builder::new().name(name).spawn(move || runtime.block_on(std::future::pending::<()>()))?;
        }
        Ok(Self(event_loops.into()))
    }

    /// Returns the current event loop.
    pub fn here() -> Self {
        Self(Arc::new([Handle::current()]))
    }
}

/// Serves until `end` is ready, then lets requests in flight finish.
pub async fn serve(
    listener: TcpListener,
    service: Service,
    event_loops: EventLoops,
    limits: Limits,
    end: impl Future<Output = ()>,
) {
    let state = Arc::clone(service.state());
    let clock = Arc::clone(state.clock());
    let pool = Arc::new(ConnectionPool::new(limits.connections, Arc::clone(state.metrics()), Arc::clone(&clock)));
    let mut http = http1::Builder::new();
    // Idle connections are found by a periodic scan instead of a timer per request.
    http.header_read_timeout(None).max_buf_size(MAX_HEADER_BYTES);
    let listener = Arc::new(listener);
    let acceptor = Acceptor { listener, pool: Arc::clone(&pool), http, service, event_loops, limits: limits.clone() };
    let accept = move || acceptor.clone().accept();
    let tick = || keep_time(Arc::clone(&clock), Arc::clone(&pool), limits.idle);
    let serving = async {
        tokio::select! {
            () = state.tasks().supervise(ServiceTask::Listener, accept) => {}
            () = end => {}
        }
        // The listener was dropped with the acceptor.
        pool.close();
        if tokio::time::timeout(limits.drain, pool.empty()).await.is_err() {
            pool.abort_all();
        }
    };
    // The clock runs until the last connection has ended.
    tokio::select! {
        () = serving => {}
        () = state.tasks().supervise(ServiceTask::Clock, tick) => {}
    }
}

/// Accepts connections.
#[derive(Clone)]
struct Acceptor {
    listener: Arc<TcpListener>,
    pool: Arc<ConnectionPool>,
    http: http1::Builder,
    service: Service,
    event_loops: EventLoops,
    limits: Limits,
}

impl Acceptor {
    async fn accept(self) {
        let Self { listener, pool, http, service, event_loops, limits } = self;
        let mut next_event_loop = event_loops.0.iter().cycle();
        loop {
            let accepted = listener.accept().await;
            pool.wait_for_slot().await;
            let Ok((stream, peer)) = accepted else {
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            };
            // Send an answer at once, without Nagle's algorithm.
            let _ = stream.set_nodelay(true);
            let Ok(stream) = stream.into_std() else { continue };
            let Some(event_loop) = next_event_loop.next() else { break };
            let slot = ConnectionPool::take(&pool, peer.ip());
            let connection = Connection { stream, slot: Arc::clone(&slot), service: service.clone() };
            let (http, reading) = (http.clone(), limits.answer_read);
            let task = event_loop.spawn(async move { connection.serve(&http, reading).await });
            slot.set_task(task.abort_handle());
        }
    }
}

/// Ticks the clock, and closes connections that have been idle for too long.
async fn keep_time(clock: Arc<CoarseClock>, pool: Arc<ConnectionPool>, patience: Duration) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if clock.tick().is_multiple_of(TICKS_BETWEEN_LOOKS) {
            pool.close_idle(patience);
        }
    }
}

/// A connection that was accepted.
struct Connection {
    stream: std::net::TcpStream,
    slot: Arc<ConnectionSlot>,
    service: Service,
}

impl Connection {
    async fn serve(self, http: &http1::Builder, reading: Duration) {
        let Self { stream, slot, service } = self;
        // Register the socket with the event loop of the connection.
        let Ok(stream) = TcpStream::from_std(stream) else { return };
        let socket = Socket::new(stream, Arc::clone(&slot), reading);
        let service = service.for_connection(Arc::clone(&slot));
        let mut connection = std::pin::pin!(http.serve_connection(socket, service));
        let mut is_told_to_close = false;
        // A client that disconnects is no error, and its address is not logged.
        let _ = poll_fn(|context| {
            slot.register_task(context);
            // Answer what was already received first.
            let mut polled = connection.as_mut().poll(context);
            if polled.is_pending() && !is_told_to_close && slot.is_closing() {
                is_told_to_close = true;
                connection.as_mut().graceful_shutdown();
                polled = connection.as_mut().poll(context);
            }
            match slot.close_reason() {
                Some(reason) if polled.is_pending() => {
                    slot.count_close(reason);
                    Poll::Ready(Ok(()))
                }
                _ => polled,
            }
        })
        .await;
    }
}
