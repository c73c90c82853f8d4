//! Restarts the tasks of the service after a panic, and reports which are down.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;
use tracing::error;

/// A task that runs as long as the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceTask {
    /// Keeps the served release up to date.
    Publisher,
    /// Accepts connections.
    Listener,
    /// Ticks the clock, and closes idle connections.
    Clock,
    /// Serves health and metrics.
    Admin,
}

impl ServiceTask {
    const ALL: [Self; 4] = [Self::Publisher, Self::Listener, Self::Clock, Self::Admin];

    /// Returns its name in metrics and log lines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::Listener => "listener",
            Self::Clock => "clock",
            Self::Admin => "admin",
        }
    }
}

/// The states of all tasks.
#[derive(Debug)]
pub struct TaskStates {
    is_down: [AtomicBool; ServiceTask::ALL.len()],
    restarts: [AtomicU64; ServiceTask::ALL.len()],
    /// How long a task stays down after its first panic. The pause doubles with each further panic.
    first_pause: Duration,
    /// The longest pause. A task that has run for longer is healthy again.
    longest_pause: Duration,
}

impl Default for TaskStates {
    fn default() -> Self {
        Self::with_pauses(Duration::from_secs(1), Duration::from_secs(30))
    }
}

impl TaskStates {
    /// Sets the first and the longest pause after a panic.
    pub fn with_pauses(first_pause: Duration, longest_pause: Duration) -> Self {
        Self { is_down: Default::default(), restarts: Default::default(), first_pause, longest_pause }
    }

    /// Returns the tasks that are down: they panicked and have not recovered.
    pub fn down(&self) -> impl Iterator<Item = ServiceTask> {
        ServiceTask::ALL.into_iter().filter(|part| self.is_down[*part as usize].load(Ordering::Relaxed))
    }

    /// Returns how often each task was restarted.
    pub fn restarts(&self) -> impl Iterator<Item = (ServiceTask, u64)> {
        ServiceTask::ALL.into_iter().map(|part| (part, self.restarts[part as usize].load(Ordering::Relaxed)))
    }

    /// Runs a task until it ends. After a panic the task is restarted; it counts as down until it has run for a
    /// while, longer after each panic.
    pub async fn supervise<F>(&self, part: ServiceTask, mut begin: impl FnMut() -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let is_down = &self.is_down[part as usize];
        let mut pause = self.first_pause;
        loop {
            // Dropping the set ends the task.
            let mut task = JoinSet::new();
            task.spawn(begin());
            let started = Instant::now();
            let count_ended = loop {
                match tokio::time::timeout(pause, task.join_next()).await {
                    Ok(count_ended) => break count_ended,
                    Err(_) => is_down.store(false, Ordering::Relaxed),
                }
            };
            if count_ended.is_none_or(|count_ended| count_ended.is_ok()) {
                is_down.store(false, Ordering::Relaxed);
                return;
            }
            is_down.store(true, Ordering::Relaxed);
            if started.elapsed() > self.longest_pause {
                pause = self.first_pause;
            }
            self.restarts[part as usize].fetch_add(1, Ordering::Relaxed);
            error!(part = part.name(), "a task of convene panicked; it is restarted");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(self.longest_pause);
        }
    }
}
