//! Keeps the parts of the service alive: one that panics is begun anew, and that is counted and shown meanwhile.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;
use tracing::error;

/// A part of the service that runs as long as the service does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceTask {
    /// Keeps what is served up to date.
    Publisher,
    /// Accepts connections.
    Listener,
    /// Lets the clock tick, and closes idle connections.
    Clock,
    /// Serves health and metrics.
    Admin,
}

impl ServiceTask {
    const ALL: [Self; 4] = [Self::Publisher, Self::Listener, Self::Clock, Self::Admin];

    /// Its name in metrics and in what is said of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::Listener => "listener",
            Self::Clock => "clock",
            Self::Admin => "admin",
        }
    }
}

/// How the parts fare.
#[derive(Debug)]
pub struct TaskStates {
    is_down: [AtomicBool; ServiceTask::ALL.len()],
    restarts: [AtomicU64; ServiceTask::ALL.len()],
    /// How long a part is left alone after its first panic; longer after each that follows.
    first_pause: Duration,
    /// How long it is left alone at most; one that has run for so long is well again.
    longest_pause: Duration,
}

impl Default for TaskStates {
    fn default() -> Self {
        Self::with_pauses(Duration::from_secs(1), Duration::from_secs(30))
    }
}

impl TaskStates {
    /// Parts that are left alone for so long after their first panic, and for so long at most.
    pub fn with_pauses(first_pause: Duration, longest_pause: Duration) -> Self {
        Self { is_down: Default::default(), restarts: Default::default(), first_pause, longest_pause }
    }

    /// The parts that are down: they panicked, and have not been well again since.
    pub fn down(&self) -> impl Iterator<Item = ServiceTask> {
        ServiceTask::ALL.into_iter().filter(|part| self.is_down[*part as usize].load(Ordering::Relaxed))
    }

    /// How often each part was begun anew.
    pub fn restarts(&self) -> impl Iterator<Item = (ServiceTask, u64)> {
        ServiceTask::ALL.into_iter().map(|part| (part, self.restarts[part as usize].load(Ordering::Relaxed)))
    }

    /// Runs a part until it ends by itself. After a panic it is begun anew; it is down until it has run for a while, longer
    /// after each panic.
    pub async fn supervise<F>(&self, part: ServiceTask, mut begin: impl FnMut() -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let is_down = &self.is_down[part as usize];
        let mut pause = self.first_pause;
        loop {
            // Dropped with this, the part ends.
            let mut task = JoinSet::new();
            task.spawn(begin());
            let started = Instant::now();
            let ended = loop {
                match tokio::time::timeout(pause, task.join_next()).await {
                    Ok(ended) => break ended,
                    Err(_) => is_down.store(false, Ordering::Relaxed),
                }
            };
            if ended.is_none_or(|ended| ended.is_ok()) {
                is_down.store(false, Ordering::Relaxed);
                return;
            }
            is_down.store(true, Ordering::Relaxed);
            if started.elapsed() > self.longest_pause {
                pause = self.first_pause;
            }
            self.restarts[part as usize].fetch_add(1, Ordering::Relaxed);
            error!(part = part.name(), "a part of convene ended because of a fault; it is begun again");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(self.longest_pause);
        }
    }
}
