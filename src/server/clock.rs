//! A clock that costs nothing to read: it ticks a few times a second, and is no more exact than that.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

/// The time as it was at the last tick.
pub(super) struct CoarseClock {
    ticks: AtomicU64,
    second: AtomicU32,
    /// Whether it shows the same time for ever, whatever it measures.
    stands: bool,
}

/// How often it ticks.
pub(super) const TICK: Duration = Duration::from_millis(200);

impl Default for CoarseClock {
    fn default() -> Self {
        let clock = Self { ticks: AtomicU64::new(0), second: AtomicU32::new(0), stands: false };
        clock.tick();
        clock
    }
}

impl CoarseClock {
    /// One that shows the same time for ever.
    pub(super) fn standing(at: Timestamp) -> Self {
        let second = u32::try_from(at.as_second()).unwrap_or(u32::MAX);
        Self { ticks: AtomicU64::new(0), second: AtomicU32::new(second), stands: true }
    }

    /// The time that it shows.
    pub(super) fn now(&self) -> Timestamp {
        Timestamp::from_second(i64::from(self.second())).unwrap_or_default()
    }

    /// Goes on by one tick. How many there were.
    pub(super) fn tick(&self) -> u64 {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        if !self.stands {
            self.second.store(u32::try_from(now.as_secs()).unwrap_or(u32::MAX), Ordering::Relaxed);
        }
        self.ticks.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Ticks up to now. They measure how long something lasts: the system's clock may be put forward or back, and a process that
    /// stood still has given nobody any time.
    pub(super) fn ticks(&self) -> u64 {
        self.ticks.load(Ordering::Relaxed)
    }

    /// Seconds since 1970.
    pub(super) fn second(&self) -> u32 {
        self.second.load(Ordering::Relaxed)
    }
}
