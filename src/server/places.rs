//! The open connections, and which of them closes when there is no room for another.

mod room;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::task::Context;
use std::time::Duration;

use futures_util::task::AtomicWaker;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use super::body_file::StoredBody;
use super::clock::{CoarseClock, TICK};
use super::meter::{CloseReason, Metrics};

/// The open connections.
pub(super) struct ConnectionPool {
    limit: usize,
    taken: Mutex<HashMap<u64, Weak<ConnectionSlot>>>,
    freed: Notify,
    /// Whether no further request is answered.
    is_closing: AtomicBool,
    next: AtomicU64,
    clock: Arc<CoarseClock>,
    meter: Arc<Metrics>,
}

/// The slot of one connection. Dropping it frees the slot.
pub(super) struct ConnectionSlot {
    number: u64,
    places: Arc<ConnectionPool>,
    /// The address of the peer.
    peer: IpAddr,
    task: OnceLock<AbortHandle>,
    /// Wakes the connection's task when something changes for it.
    waker: AtomicWaker,
    /// The tick since which the connection has been idle; [`BUSY`] while a request is answered.
    silent: AtomicU64,
    /// The idle time for which a close was requested, by the tick of its start. A new request cancels it.
    notice: AtomicU64,
    /// Whether the close was requested to make room for another connection.
    is_to_make_room: AtomicBool,
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
/// No close was requested: no idle time begins at this tick.
const NONE: u64 = BUSY - 1;
/// How long to wait for a slot before looking for idle connections again.
const PAUSE: Duration = Duration::from_millis(100);

impl ConnectionPool {
    pub(super) fn new(limit: usize, meter: Arc<Metrics>, clock: Arc<CoarseClock>) -> Self {
        let limit = limit.max(1);
        Self {
            limit,
            taken: Mutex::default(),
            freed: Notify::new(),
            is_closing: AtomicBool::new(false),
            next: AtomicU64::new(0),
            clock,
            meter,
        }
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<u64, Weak<ConnectionSlot>>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes every connection that has been idle for longer than `patience`. One scan of all connections costs less
    /// than a timer per request.
    pub(super) fn end_the_silent(&self, patience: Duration) {
        // An idle time may begin just before a tick: round up, so that nobody gets less time.
        let patience = u64::try_from(patience.as_millis().div_ceil(TICK.as_millis()) + 1).unwrap_or(u64::MAX);
        let now = self.clock.ticks();
        for (since, place) in silent(&self.all()).filter(|(since, _)| now.saturating_sub(*since) >= patience) {
            place.give_notice(since, false);
        }
    }

    /// Returns all slots in use. None of them may be dropped while the map is locked.
    fn all(&self) -> Vec<Arc<ConnectionSlot>> {
        self.taken().values().filter_map(Weak::upgrade).collect()
    }

    /// Takes a slot for a new connection.
    pub(super) fn take(places: &Arc<Self>, peer: IpAddr) -> Arc<ConnectionSlot> {
        let number = places.next.fetch_add(1, Ordering::Relaxed);
        let silent = AtomicU64::new(places.clock.ticks());
        let place = Arc::new(ConnectionSlot {
            number,
            places: Arc::clone(places),
            peer,
            task: OnceLock::new(),
            waker: AtomicWaker::new(),
            silent,
            notice: AtomicU64::new(NONE),
            is_to_make_room: AtomicBool::new(false),
            stalled: AtomicU64::new(BUSY),
            is_evicted: AtomicBool::new(false),
            stored: Mutex::default(),
        });
        places.taken().insert(number, Arc::downgrade(&place));
        places.meter.accepted();
        place
    }

    /// Tells every connection that the service shuts down after the requests in flight.
    pub(super) fn close(&self) {
        self.is_closing.store(true, Ordering::SeqCst);
        self.all().iter().for_each(|place| place.waker.wake());
    }

    /// Waits until all slots are free.
    pub(super) async fn empty(&self) {
        loop {
            let freed = self.freed.notified();
            if self.taken().is_empty() {
                return;
            }
            freed.await;
        }
    }

    /// Aborts every connection.
    pub(super) fn abort_all(&self) {
        self.all().iter().filter_map(|place| place.task.get()).for_each(AbortHandle::abort);
    }
}

impl ConnectionSlot {
    /// Sets the task that serves the connection.
    pub(super) fn set_task(&self, task: AbortHandle) {
        let _ = self.task.set(task);
    }

    /// Registers the task to be woken when something changes for the connection. Call it before the checks.
    pub(super) fn wakes(&self, context: &Context<'_>) {
        self.waker.register(context.waker());
    }

    /// Returns whether the service shuts down.
    pub(super) fn is_closing(&self) -> bool {
        self.places.is_closing.load(Ordering::SeqCst)
    }

    /// Returns the address of the peer.
    pub(super) fn peer(&self) -> IpAddr {
        self.peer
    }

    /// Records that the peer does not read for now.
    pub(super) fn mark_stalled(&self) {
        let _ = self.stalled.compare_exchange(BUSY, self.places.clock.ticks(), Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Records that the peer has read everything.
    pub(super) fn mark_read(&self) {
        self.stalled.store(BUSY, Ordering::Relaxed);
    }

    /// Returns whether it must close during an answer.
    pub(super) fn is_evicted(&self) -> bool {
        self.is_evicted.load(Ordering::Relaxed)
    }

    /// Returns the tick since which the peer has not read; [`BUSY`] while it reads.
    fn stalled(&self) -> u64 {
        self.stalled.load(Ordering::Relaxed)
    }

    /// Returns whether no request is being answered.
    fn is_silent(&self) -> bool {
        self.silent.load(Ordering::Relaxed) != BUSY
    }

    /// Returns the tick since which it has been idle or has not read.
    fn since(&self) -> u64 {
        self.silent.load(Ordering::Relaxed).min(self.stalled())
    }

    /// Closes the connection to make room: at once if the peer does not read, otherwise unless a request arrives
    /// first.
    fn make_room(&self) {
        match self.silent.load(Ordering::Relaxed) {
            BUSY if self.stalled() != BUSY => {
                self.is_evicted.store(true, Ordering::Relaxed);
                self.waker.wake();
            }
            // A request has arrived meanwhile.
            BUSY => {}
            since => self.give_notice(since, true),
        }
    }

    /// Returns whether the connection must close, and counts it if so.
    pub(super) fn has_to_go(&self) -> bool {
        if self.is_evicted() {
            self.close(CloseReason::Evicted);
            return true;
        }
        let has_to = self.is_given_notice();
        if has_to {
            let for_room = self.is_to_make_room.load(Ordering::Relaxed);
            self.close(if for_room { CloseReason::Evicted } else { CloseReason::Idle });
        }
        has_to
    }

    fn is_given_notice(&self) -> bool {
        let notice = self.notice.load(Ordering::Acquire);
        notice < NONE && notice == self.silent.load(Ordering::Relaxed)
    }

    /// Requests a close unless a request arrives: the connection has been idle since this tick.
    fn give_notice(&self, since: u64, is_to_make_room: bool) {
        self.is_to_make_room.store(is_to_make_room, Ordering::Relaxed);
        self.notice.store(since, Ordering::Release);
        self.waker.wake();
    }

    /// Returns the body that is being sent, if it is also in a file.
    pub(super) fn stored(&self) -> Option<Arc<StoredBody>> {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets the body that is being sent.
    pub(super) fn sends(&self, stored: Option<Arc<StoredBody>>) {
        *self.stored.lock().unwrap_or_else(PoisonError::into_inner) = stored;
    }

    /// Records that a request is being answered.
    pub(super) fn mark_busy(&self) {
        self.silent.store(BUSY, Ordering::Relaxed);
    }

    /// Records that an answer was sent.
    pub(super) fn mark_silent(&self) {
        if self.silent.load(Ordering::Relaxed) == BUSY {
            self.silent.store(self.places.clock.ticks(), Ordering::Relaxed);
        }
    }

    /// Counts that the service closes the connection.
    pub(super) fn close(&self, why: CloseReason) {
        self.places.meter.cut(why);
    }
}

/// Returns the idle connections, with the tick since when.
fn silent(places: &[Arc<ConnectionSlot>]) -> impl Iterator<Item = (u64, &Arc<ConnectionSlot>)> {
    places.iter().map(|place| (place.silent.load(Ordering::Relaxed), place)).filter(|(since, _)| *since != BUSY)
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        self.places.taken().remove(&self.number);
        self.places.meter.ended();
        self.places.freed.notify_one();
    }
}
