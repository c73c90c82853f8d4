//! A clock that costs nothing to read: it is set a few times a second, and is no more exact than that.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// The time as it was set last.
pub(super) struct Clock(AtomicU64);

/// How often it is set.
pub(super) const TICK: Duration = Duration::from_millis(200);

impl Default for Clock {
    fn default() -> Self {
        let clock = Self(AtomicU64::new(0));
        clock.set();
        clock
    }
}

impl Clock {
    /// Sets it to the time of the system.
    pub(super) fn set(&self) {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        self.0.store(u64::try_from(now.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Milliseconds since 1970.
    pub(super) fn milliseconds(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Seconds since 1970.
    pub(super) fn second(&self) -> u32 {
        u32::try_from(self.milliseconds() / 1000).unwrap_or(u32::MAX)
    }
}
