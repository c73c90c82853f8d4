//! The open connections, and which of them closes when there is no room for another.

mod eviction;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::task::Context;
use std::time::Duration;

use futures_util::task::AtomicWaker;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use crate::server::response::body_file::StoredBody;
use crate::server::state::clock::{CoarseClock, TICK};
use crate::server::state::metrics::{CloseReason, Metrics};

/// The open connections.
pub(in crate::server) struct ConnectionPool {
    limit: usize,
    taken: Mutex<HashMap<u64, Weak<ConnectionSlot>>>,
    freed: Notify,
    /// Whether no further request is answered.
    is_closing: AtomicBool,
    next: AtomicU64,
    clock: Arc<CoarseClock>,
    metrics: Arc<Metrics>,
}

/// The slot of one connection. Dropping it frees the slot.
pub(in crate::server) struct ConnectionSlot {
    number: u64,
    pool: Arc<ConnectionPool>,
    /// The address of the peer.
    peer: IpAddr,
    task: OnceLock<AbortHandle>,
    /// Wakes the connection's task when something changes for it.
    waker: AtomicWaker,
    /// The tick since which the connection has been idle; [`BUSY`] while a request is answered.
    idle_since: AtomicU64,
    /// The value of `idle_since` when a close was requested. If `idle_since` differs now, a request has arrived, and the
    /// connection stays open.
    close_requested: AtomicU64,
    /// Whether the close was requested to make room for another connection.
    is_close_for_room: AtomicBool,
    /// The tick since which the peer has not read what was sent; [`BUSY`] while it reads.
    stalled: AtomicU64,
    /// Whether it must close during an answer, because the peer does not read.
    is_evicted: AtomicBool,
    /// The body that is being sent, if it is also in a file.
    stored: Mutex<Option<Arc<StoredBody>>>,
}

/// How long a peer may stop reading while others wait for a slot, in ticks.
const TICKS_OF_SLOW_READERS: u64 = 3;
/// How long a new connection may take to send a request while others wait for a slot, in ticks.
const TICKS_OF_NEW: u64 = 3;
const BUSY: u64 = u64::MAX;
/// The value of `close_requested` if no close was requested.
const NONE: u64 = BUSY - 1;
/// How long to wait for a slot before looking for idle connections again.
const PAUSE: Duration = Duration::from_millis(100);

impl ConnectionPool {
    pub(in crate::server) fn new(limit: usize, metrics: Arc<Metrics>, clock: Arc<CoarseClock>) -> Self {
        let limit = limit.max(1);
        Self {
            limit,
            taken: Mutex::default(),
            freed: Notify::new(),
            is_closing: AtomicBool::new(false),
            next: AtomicU64::new(0),
            clock,
            metrics,
        }
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<u64, Weak<ConnectionSlot>>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes every connection that has been idle for longer than `patience`. One scan of all connections costs less
    /// than a timer per request.
    pub(in crate::server) fn close_idle(&self, patience: Duration) {
        // An idle time may begin just before a tick: round up, so that nobody gets less time.
        let patience = u64::try_from(patience.as_millis().div_ceil(TICK.as_millis()) + 1).unwrap_or(u64::MAX);
        let now = self.clock.ticks();
        for (since, slot) in idle(&self.all()).filter(|(since, _)| now.saturating_sub(*since) >= patience) {
            slot.request_close(since, false);
        }
    }

    /// Returns all slots in use. None of them may be dropped while the map is locked.
    fn all(&self) -> Vec<Arc<ConnectionSlot>> {
        self.taken().values().filter_map(Weak::upgrade).collect()
    }

    /// Takes a slot for a new connection.
    pub(in crate::server) fn take(pool: &Arc<Self>, peer: IpAddr) -> Arc<ConnectionSlot> {
        let number = pool.next.fetch_add(1, Ordering::Relaxed);
        let idle_since = AtomicU64::new(pool.clock.ticks());
        let slot = Arc::new(ConnectionSlot {
            number,
            pool: Arc::clone(pool),
            peer,
            task: OnceLock::new(),
            waker: AtomicWaker::new(),
            idle_since,
            close_requested: AtomicU64::new(NONE),
            is_close_for_room: AtomicBool::new(false),
            stalled: AtomicU64::new(BUSY),
            is_evicted: AtomicBool::new(false),
            stored: Mutex::default(),
        });
        pool.taken().insert(number, Arc::downgrade(&slot));
        pool.metrics.count_accepted();
        slot
    }

    /// Tells every connection that the service shuts down after the requests in flight.
    pub(in crate::server) fn close(&self) {
        self.is_closing.store(true, Ordering::SeqCst);
        self.all().iter().for_each(|slot| slot.waker.wake());
    }

    /// Waits until all slots are free.
    pub(in crate::server) async fn empty(&self) {
        loop {
            let freed = self.freed.notified();
            if self.taken().is_empty() {
                return;
            }
            freed.await;
        }
    }

    /// Aborts every connection.
    pub(in crate::server) fn abort_all(&self) {
        self.all().iter().filter_map(|slot| slot.task.get()).for_each(AbortHandle::abort);
    }
}

impl ConnectionSlot {
    /// Sets the task that serves the connection.
    pub(in crate::server) fn set_task(&self, task: AbortHandle) {
        let _ = self.task.set(task);
    }

    /// Registers the task to be woken when something changes for the connection. Call it before the checks.
    pub(in crate::server) fn register_task(&self, context: &Context<'_>) {
        self.waker.register(context.waker());
    }

    /// Returns whether the service shuts down.
    pub(in crate::server) fn is_closing(&self) -> bool {
        self.pool.is_closing.load(Ordering::SeqCst)
    }

    /// Returns the address of the peer.
    pub(in crate::server) fn peer(&self) -> IpAddr {
        self.peer
    }

    /// Records that the peer does not read for now.
    pub(in crate::server) fn mark_stalled(&self) {
        let _ = self.stalled.compare_exchange(BUSY, self.pool.clock.ticks(), Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Records that the peer has read everything.
    pub(in crate::server) fn mark_read(&self) {
        self.stalled.store(BUSY, Ordering::Relaxed);
    }

    /// Returns whether it must close during an answer.
    pub(in crate::server) fn is_evicted(&self) -> bool {
        self.is_evicted.load(Ordering::Relaxed)
    }

    /// Returns the tick since which the peer has not read; [`BUSY`] while it reads.
    fn stalled(&self) -> u64 {
        self.stalled.load(Ordering::Relaxed)
    }

    /// Returns whether no request is being answered.
    fn is_idle(&self) -> bool {
        self.idle_since.load(Ordering::Relaxed) != BUSY
    }

    /// Returns the tick since which it has been idle or has not read.
    fn since(&self) -> u64 {
        self.idle_since.load(Ordering::Relaxed).min(self.stalled())
    }

    /// Closes the connection to make room: at once if the peer does not read, otherwise unless a request arrives
    /// first.
    fn make_room(&self) {
        match self.idle_since.load(Ordering::Relaxed) {
            BUSY if self.stalled() != BUSY => {
                self.is_evicted.store(true, Ordering::Relaxed);
                self.waker.wake();
            }
            // A request has arrived meanwhile.
            BUSY => {}
            since => self.request_close(since, true),
        }
    }

    /// Returns why the connection must close, if it must.
    pub(in crate::server) fn close_reason(&self) -> Option<CloseReason> {
        match () {
            () if self.is_evicted() => Some(CloseReason::Evicted),
            () if !self.is_close_requested() => None,
            () if self.is_close_for_room.load(Ordering::Relaxed) => Some(CloseReason::Evicted),
            () => Some(CloseReason::Idle),
        }
    }

    fn is_close_requested(&self) -> bool {
        let close_requested = self.close_requested.load(Ordering::Acquire);
        close_requested < NONE && close_requested == self.idle_since.load(Ordering::Relaxed)
    }

    /// Requests a close unless a request arrives: the connection has been idle since this tick.
    fn request_close(&self, since: u64, is_close_for_room: bool) {
        self.is_close_for_room.store(is_close_for_room, Ordering::Relaxed);
        self.close_requested.store(since, Ordering::Release);
        self.waker.wake();
    }

    /// Returns the body that is being sent, if it is also in a file.
    pub(in crate::server) fn stored(&self) -> Option<Arc<StoredBody>> {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets the body that is being sent.
    pub(in crate::server) fn set_stored(&self, stored: Option<Arc<StoredBody>>) {
        *self.stored.lock().unwrap_or_else(PoisonError::into_inner) = stored;
    }

    /// Records that a request is being answered.
    pub(in crate::server) fn mark_busy(&self) {
        self.idle_since.store(BUSY, Ordering::Relaxed);
    }

    /// Records that an answer was sent.
    pub(in crate::server) fn mark_idle(&self) {
        if self.idle_since.load(Ordering::Relaxed) == BUSY {
            self.idle_since.store(self.pool.clock.ticks(), Ordering::Relaxed);
        }
    }

    /// Counts that the service closes the connection.
    pub(in crate::server) fn count_close(&self, why: CloseReason) {
        self.pool.metrics.count_close(why);
    }
}

/// Returns the idle connections, with the tick since when.
fn idle(slots: &[Arc<ConnectionSlot>]) -> impl Iterator<Item = (u64, &Arc<ConnectionSlot>)> {
    slots.iter().map(|slot| (slot.idle_since.load(Ordering::Relaxed), slot)).filter(|(since, _)| *since != BUSY)
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        self.pool.taken().remove(&self.number);
        self.pool.metrics.count_ended();
        self.pool.freed.notify_one();
    }
}
