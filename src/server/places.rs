//! Places: how many connections are open, and which of them is to go when there is no room for another.

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

/// The places that there are.
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

/// The place of one connection; it is free again when it is dropped.
pub(super) struct ConnectionSlot {
    number: u64,
    places: Arc<ConnectionPool>,
    /// The address that connected.
    peer: IpAddr,
    task: OnceLock<AbortHandle>,
    /// Wakes it when it is told something.
    waker: AtomicWaker,
    /// Since which tick of the clock it has been silent; [`BUSY`] while it is answered.
    silent: AtomicU64,
    /// The silence for which it has to go, by the tick since when: it is over once a request comes.
    notice: AtomicU64,
    /// Whether that is to make room.
    is_to_make_room: AtomicBool,
    /// Since which tick it has not read what it was sent; [`BUSY`] while it reads.
    stalled: AtomicU64,
    /// Whether it has to go though it is being answered, because it does not read.
    is_evicted: AtomicBool,
    /// The body that is being sent, where it is in a file too.
    stored: Mutex<Option<Arc<StoredBody>>>,
}

/// How long a peer may not read, where others wait for its place, in ticks.
const TICKS_OF_SLOW_READERS: u64 = 3;
/// How long one that came just now has to ask for something, where others wait for its place, in ticks.
const TICKS_OF_NEW: u64 = 3;
const BUSY: u64 = u64::MAX;
/// No notice: no silence begins at this tick, and nobody is found to have to go.
const NONE: u64 = BUSY - 1;
/// How long to wait for a place before looking again who is silent.
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

    /// Ends every connection that has been silent for longer than this: one look at all of them costs less than a timer for
    /// each request.
    pub(super) fn end_the_silent(&self, patience: Duration) {
        // A silence may begin just before a tick: nobody has less time than was said.
        let patience = u64::try_from(patience.as_millis().div_ceil(TICK.as_millis()) + 1).unwrap_or(u64::MAX);
        let now = self.clock.ticks();
        for (since, place) in silent(&self.all()).filter(|(since, _)| now.saturating_sub(*since) >= patience) {
            place.give_notice(since, false);
        }
    }

    /// All places that are taken. None of them is to be let go while the list is locked.
    fn all(&self) -> Vec<Arc<ConnectionSlot>> {
        self.taken().values().filter_map(Weak::upgrade).collect()
    }

    /// Takes a place for whoever connected.
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

    /// Tells every connection that the service ends: answers under way are the last.
    pub(super) fn close(&self) {
        self.is_closing.store(true, Ordering::SeqCst);
        self.all().iter().for_each(|place| place.waker.wake());
    }

    /// Waits until nobody has a place.
    pub(super) async fn empty(&self) {
        loop {
            let freed = self.freed.notified();
            if self.taken().is_empty() {
                return;
            }
            freed.await;
        }
    }

    /// Ends every connection at once.
    pub(super) fn abort_all(&self) {
        self.all().iter().filter_map(|place| place.task.get()).for_each(AbortHandle::abort);
    }
}

impl ConnectionSlot {
    /// Says which task serves it.
    pub(super) fn set_task(&self, task: AbortHandle) {
        let _ = self.task.set(task);
    }

    /// The task of this context is woken when the place is told something. To be called before one asks what.
    pub(super) fn wakes(&self, context: &Context<'_>) {
        self.waker.register(context.waker());
    }

    /// Whether the service ends.
    pub(super) fn is_closing(&self) -> bool {
        self.places.is_closing.load(Ordering::SeqCst)
    }

    /// The address that connected.
    pub(super) fn peer(&self) -> IpAddr {
        self.peer
    }

    /// Notes that the peer does not read what it is sent for now.
    pub(super) fn mark_stalled(&self) {
        let _ = self.stalled.compare_exchange(BUSY, self.places.clock.ticks(), Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Notes that the peer has read everything that it was sent.
    pub(super) fn mark_read(&self) {
        self.stalled.store(BUSY, Ordering::Relaxed);
    }

    /// Whether it has to go though it is being answered.
    pub(super) fn is_evicted(&self) -> bool {
        self.is_evicted.load(Ordering::Relaxed)
    }

    /// Since which tick it has not read what it was sent; later than any while it reads.
    fn stalled(&self) -> u64 {
        self.stalled.load(Ordering::Relaxed)
    }

    /// Whether nobody is answered there.
    fn is_silent(&self) -> bool {
        self.silent.load(Ordering::Relaxed) != BUSY
    }

    /// Since which tick it has been silent, or has not read.
    fn since(&self) -> u64 {
        self.silent.load(Ordering::Relaxed).min(self.stalled())
    }

    /// Ends the connection because others wait: at once where the peer does not read what it was sent, else unless a request
    /// has come meanwhile.
    fn make_room(&self) {
        match self.silent.load(Ordering::Relaxed) {
            BUSY if self.stalled() != BUSY => {
                self.is_evicted.store(true, Ordering::Relaxed);
                self.waker.wake();
            }
            // A request has come meanwhile.
            BUSY => {}
            since => self.give_notice(since, true),
        }
    }

    /// Whether the connection has to be ended, which is counted.
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

    /// Says that it has to go unless a request has come: it has been silent since that tick.
    fn give_notice(&self, since: u64, is_to_make_room: bool) {
        self.is_to_make_room.store(is_to_make_room, Ordering::Relaxed);
        self.notice.store(since, Ordering::Release);
        self.waker.wake();
    }

    /// The body that is being sent, where it is in a file too.
    pub(super) fn stored(&self) -> Option<Arc<StoredBody>> {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says which body is going to be sent.
    pub(super) fn sends(&self, stored: Option<Arc<StoredBody>>) {
        *self.stored.lock().unwrap_or_else(PoisonError::into_inner) = stored;
    }

    /// A request is being answered.
    pub(super) fn mark_busy(&self) {
        self.silent.store(BUSY, Ordering::Relaxed);
    }

    /// Notes that an answer was sent.
    pub(super) fn mark_silent(&self) {
        if self.silent.load(Ordering::Relaxed) == BUSY {
            self.silent.store(self.places.clock.ticks(), Ordering::Relaxed);
        }
    }

    /// Counts that the service ends it.
    pub(super) fn close(&self, why: CloseReason) {
        self.places.meter.cut(why);
    }
}

/// Those who are silent, and since when.
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
