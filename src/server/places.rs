//! Places: how many connections are open, and which of them is to go when there is no room for another.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::task::Context;
use std::time::Duration;

use futures_util::task::AtomicWaker;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use super::clock::{Clock, TICK};
use super::depot::Stored;
use super::meter::{Cut, Meter};

/// The places that there are.
pub(super) struct Places {
    limit: usize,
    taken: Mutex<HashMap<u64, Weak<Place>>>,
    freed: Notify,
    /// Whether no further request is answered.
    is_closing: AtomicBool,
    next: AtomicU64,
    clock: Arc<Clock>,
    meter: Arc<Meter>,
}

/// The place of one connection; it is free again when it is dropped.
pub(super) struct Place {
    number: u64,
    places: Arc<Places>,
    task: OnceLock<AbortHandle>,
    /// Wakes it when the service ends.
    closing: AtomicWaker,
    /// Since when it has been silent, in milliseconds since 1970; [`BUSY`] while it is answered, [`ENDED`] from when the
    /// service ends it.
    silent: AtomicU64,
    /// The body that is being sent, where it is in a file too.
    stored: Mutex<Option<Arc<Stored>>>,
}

const BUSY: u64 = u64::MAX;
const ENDED: u64 = BUSY - 1;
/// How long to wait for a place before looking again who is silent.
const PAUSE: Duration = Duration::from_millis(100);

impl Places {
    pub(super) fn of(limit: usize, meter: Arc<Meter>, clock: Arc<Clock>) -> Self {
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

    fn taken(&self) -> MutexGuard<'_, HashMap<u64, Weak<Place>>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is room for one more, and makes some if somebody is silent.
    pub(super) async fn room(&self) {
        loop {
            let freed = self.freed.notified();
            if self.taken().len() < self.limit {
                return;
            }
            self.end_the_most_silent();
            // Where all were being answered, one that is silent since is found a little later.
            let _ = tokio::time::timeout(PAUSE, freed).await;
        }
    }

    fn end_the_most_silent(&self) {
        let most = self.silent().min_by_key(|(since, _)| *since);
        if let Some((since, place)) = most {
            place.end(since, Cut::Crowded);
        }
    }

    /// Ends every connection that has been silent for longer than this: one look at all of them costs less than a timer for
    /// each request.
    pub(super) fn end_the_silent(&self, patience: Duration) {
        // The clock may be behind by a tick when a silence begins: nobody has less time than was said.
        let patience = u64::try_from((patience + TICK).as_millis()).unwrap_or(u64::MAX);
        let now = self.now();
        for (since, place) in self.silent().filter(|(since, _)| now.saturating_sub(*since) > patience) {
            place.end(since, Cut::Silent);
        }
    }

    /// The places of those who are silent, and since when.
    fn silent(&self) -> impl Iterator<Item = (u64, Arc<Place>)> + use<> {
        let silent = self.all().into_iter().map(|place| (place.silent.load(Ordering::Relaxed), place));
        silent.filter(|(since, _)| *since < ENDED)
    }

    /// All places that are taken. None of them is to be let go while the list is locked.
    fn all(&self) -> Vec<Arc<Place>> {
        self.taken().values().filter_map(Weak::upgrade).collect()
    }

    /// Takes a place.
    pub(super) fn take(places: &Arc<Self>) -> Arc<Place> {
        let number = places.next.fetch_add(1, Ordering::Relaxed);
        let silent = AtomicU64::new(places.now());
        let place = Arc::new(Place {
            number,
            places: Arc::clone(places),
            task: OnceLock::new(),
            closing: AtomicWaker::new(),
            silent,
            stored: Mutex::default(),
        });
        places.taken().insert(number, Arc::downgrade(&place));
        places.meter.accepted();
        place
    }

    /// Tells every connection that the service ends: answers under way are the last.
    pub(super) fn close(&self) {
        self.is_closing.store(true, Ordering::SeqCst);
        self.all().iter().for_each(|place| place.closing.wake());
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

    fn now(&self) -> u64 {
        self.clock.milliseconds()
    }
}

impl Place {
    /// Says which task serves it.
    pub(super) fn is_served_by(&self, task: AbortHandle) {
        let _ = self.task.set(task);
    }

    /// Whether the service ends. The task of this context is woken when it does.
    pub(super) fn is_closing(&self, context: &Context<'_>) -> bool {
        self.closing.register(context.waker());
        self.places.is_closing.load(Ordering::SeqCst)
    }

    /// The body that is being sent, where it is in a file too.
    pub(super) fn stored(&self) -> Option<Arc<Stored>> {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says which body is going to be sent.
    pub(super) fn sends(&self, stored: Option<Arc<Stored>>) {
        *self.stored.lock().unwrap_or_else(PoisonError::into_inner) = stored;
    }

    /// A request is being answered. Whether it may be: not where the connection is being ended.
    pub(super) fn is_busy(&self) -> bool {
        self.silent.swap(BUSY, Ordering::Relaxed) != ENDED
    }

    /// Ends a connection that has been silent since then, unless a request came meanwhile.
    fn end(&self, since: u64, why: Cut) {
        let Some(task) = self.task.get() else { return };
        if self.silent.compare_exchange(since, ENDED, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            self.is_cut(why);
            task.abort();
        }
    }

    /// An answer was sent.
    pub(super) fn is_silent(&self) {
        if self.silent.load(Ordering::Relaxed) == BUSY {
            self.silent.store(self.places.now(), Ordering::Relaxed);
        }
    }

    /// Counts that the service ends it.
    pub(super) fn is_cut(&self, why: Cut) {
        self.places.meter.cut(why);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.taken().remove(&self.number);
        self.places.meter.ended();
        self.places.freed.notify_one();
    }
}
