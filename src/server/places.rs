//! Places: how many connections are open, and which of them is to go when there is no room for another.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::AbortHandle;

use super::clock::Clock;
use super::depot::Stored;
use super::meter::{Cut, Meter};

/// The places that there are.
pub(super) struct Places {
    limit: usize,
    taken: Mutex<HashMap<u64, Weak<Place>>>,
    freed: Notify,
    next: AtomicU64,
    clock: Arc<Clock>,
    meter: Arc<Meter>,
}

/// The place of one connection; it is free again when it is dropped.
pub(super) struct Place {
    number: u64,
    places: Arc<Places>,
    task: OnceLock<AbortHandle>,
    /// Since when it has been silent, in milliseconds since 1970; [`BUSY`] while it is answered.
    silent: AtomicU64,
    /// The body that is being sent, where it is in a file too.
    stored: Mutex<Option<Arc<Stored>>>,
}

const BUSY: u64 = u64::MAX;
/// How long to wait for a place before looking again who is silent.
const PAUSE: Duration = Duration::from_millis(100);

impl Places {
    pub(super) fn of(limit: usize, meter: Arc<Meter>, clock: Arc<Clock>) -> Self {
        let limit = limit.max(1);
        Self { limit, taken: Mutex::default(), freed: Notify::new(), next: AtomicU64::new(0), clock, meter }
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
        let places: Vec<Arc<Place>> = self.taken().values().filter_map(Weak::upgrade).collect();
        let silent = places.iter().map(|place| (place.silent.load(Ordering::Relaxed), place));
        let most = silent.filter(|(since, _)| *since != BUSY).min_by_key(|(since, _)| *since);
        if let Some(task) = most.and_then(|(_, place)| place.task.get()) {
            self.meter.cut(Cut::Crowded);
            task.abort();
        }
    }

    /// Takes a place.
    pub(super) fn take(places: &Arc<Self>) -> Arc<Place> {
        let number = places.next.fetch_add(1, Ordering::Relaxed);
        let silent = AtomicU64::new(places.now());
        let place = Arc::new(Place {
            number,
            places: Arc::clone(places),
            task: OnceLock::new(),
            silent,
            stored: Mutex::default(),
        });
        places.taken().insert(number, Arc::downgrade(&place));
        places.meter.accepted();
        place
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
        let places: Vec<Arc<Place>> = self.taken().values().filter_map(Weak::upgrade).collect();
        places.iter().filter_map(|place| place.task.get()).for_each(AbortHandle::abort);
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

    /// The body that is being sent, where it is in a file too.
    pub(super) fn stored(&self) -> Option<Arc<Stored>> {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says which body is going to be sent.
    pub(super) fn sends(&self, stored: Option<Arc<Stored>>) {
        *self.stored.lock().unwrap_or_else(PoisonError::into_inner) = stored;
    }

    /// A request is being answered.
    pub(super) fn is_busy(&self) {
        self.silent.store(BUSY, Ordering::Relaxed);
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
