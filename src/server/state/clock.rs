//! A clock that is almost free to read: it ticks five times a second, and is no more precise than that.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

/// The time at the last tick.
pub(in crate::server) struct CoarseClock {
    ticks: AtomicU64,
    second: AtomicU32,
    /// Whether it always shows the same time; it still counts ticks.
    is_fixed: bool,
}

/// The time between two ticks.
pub(in crate::server) const TICK: Duration = Duration::from_millis(200);

impl Default for CoarseClock {
    fn default() -> Self {
        let clock = Self { ticks: AtomicU64::new(0), second: AtomicU32::new(0), is_fixed: false };
        clock.tick();
        clock
    }
}

impl CoarseClock {
    /// Returns a clock that always shows the same time.
    pub(in crate::server) fn fixed(at: Timestamp) -> Self {
        let second = u32::try_from(at.as_second()).unwrap_or(u32::MAX);
        Self { ticks: AtomicU64::new(0), second: AtomicU32::new(second), is_fixed: true }
    }

    /// Returns the time.
    pub(in crate::server) fn now(&self) -> Timestamp {
        Timestamp::from_second(i64::from(self.second())).unwrap_or_default()
    }

    /// Advances by one tick. Returns the number of ticks so far.
    pub(in crate::server) fn tick(&self) -> u64 {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        if !self.is_fixed {
            self.second.store(u32::try_from(now.as_secs()).unwrap_or(u32::MAX), Ordering::Relaxed);
        }
        self.ticks.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Returns the number of ticks so far. Durations are measured in ticks: the system's clock may be changed, and a
    /// process that was suspended has given its clients no time.
    pub(in crate::server) fn ticks(&self) -> u64 {
        self.ticks.load(Ordering::Relaxed)
    }

    /// Returns the seconds since 1970.
    pub(in crate::server) fn second(&self) -> u32 {
        self.second.load(Ordering::Relaxed)
    }
}
