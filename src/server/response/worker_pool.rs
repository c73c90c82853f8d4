//! Threads that render documents, with fair shares for clients, apart from the threads that serve prepared answers.
//!
//! Start-time fair queueing: each client has a virtual clock, which advances by the time spent on its work. The
//! client with the lowest clock is served next. A client that has asked for nothing lately therefore comes first, no
//! matter how many others wait. Source: P. Goyal, H. Vin, H. Cheng, "Start-time Fair Queuing", 1996.
//!
//! With very many clients, the share of each is so small that its second document would take long. Every other job is
//! therefore that of the client that has waited longest, once it has waited half a second.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hyper::Response;
use tokio::sync::oneshot;

use crate::server::net::client::Client;
use crate::server::response::answer::ResponseBody;
use crate::server::response::fixed::something_went_wrong;

/// A job: makes a response.
pub(in crate::server) type Work = Box<dyn FnOnce() -> Response<ResponseBody> + Send>;

/// The expected cost of a client's first job, in nanoseconds.
const FIRST_COST: u64 = 1_000_000;
/// How long a client waits before it is served by waiting time.
const MAX_WAIT: Duration = Duration::from_millis(500);
/// The number of clients without jobs that are remembered before those with an uninformative clock are dropped.
const MAX_IDLE: usize = 4_096;
/// The nice value of these threads, so that the serving threads come first on a busy machine. Source: sched(7)
const NICENESS: i32 = 10;

/// The threads. They end when the pool is dropped.
pub(in crate::server) struct WorkerPool {
    state: Arc<PoolState>,
    has_threads: bool,
}

#[derive(Default)]
struct PoolState {
    queue: Mutex<JobQueue>,
    changed: Condvar,
}

/// A job, and where its response goes.
struct Job {
    /// When it was submitted.
    since: Instant,
    work: Work,
    outcome: oneshot::Sender<Response<ResponseBody>>,
}

/// The jobs, in the order in which they are done.
#[derive(Default)]
struct JobQueue {
    clients: HashMap<Client, ClientJobs>,
    /// The clients with jobs, by their virtual clocks; a serial number breaks ties.
    order: BTreeMap<(u64, u64), Client>,
    /// The same clients by waiting time.
    waiting: BTreeMap<(Instant, u64), Client>,
    /// Whether the next job is chosen by virtual clock alone.
    is_turn_of_clocks: bool,
    /// The virtual clock of the client that was served last.
    now: u64,
    next: u64,
    is_closed: bool,
}

/// The jobs of one client.
struct ClientJobs {
    jobs: VecDeque<Job>,
    /// Nanoseconds of work done for it, raised to the pool's clock when it comes back after a pause.
    clock: u64,
    /// Its key in the order and the time since it waits, if it has jobs.
    key: Option<((u64, u64), Instant)>,
    /// The cost of its last job.
    cost: u64,
}

impl WorkerPool {
    /// Starts this many threads. If the system cannot start any, jobs are done by the caller.
    pub(in crate::server) fn start(threads: usize) -> Self {
        let state = Arc::new(PoolState::default());
        let mut has_threads = false;
        for number in 0..threads.max(1) {
            let state = Arc::clone(&state);
            let thread = std::thread::Builder::new().name(format!("worker-{number}")).spawn(move || {
                // Some systems have no priority per thread.
                let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICENESS);
                state.work();
            });
            has_threads |= thread.is_ok();
        }
        Self { state, has_threads }
    }

    /// Submits a job for a client. If the receiver is dropped before the job begins, the job is skipped.
    pub(in crate::server) fn submit(&self, client: Client, work: Work) -> oneshot::Receiver<Response<ResponseBody>> {
        let (outcome, receiver) = oneshot::channel();
        if !self.has_threads {
            let _ = outcome.send(done(work));
            return receiver;
        }
        self.state.queue().push(client, Job { since: Instant::now(), work, outcome });
        self.state.changed.notify_one();
        receiver
    }
}

impl Drop for WorkerPool {
    fn drop(&mut self) {
        self.state.queue().is_closed = true;
        self.state.changed.notify_all();
    }
}

impl PoolState {
    fn queue(&self) -> MutexGuard<'_, JobQueue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        while let Some((client, job, expected)) = self.wait() {
            let started = Instant::now();
            let is_wanted = !job.outcome.is_closed();
            if is_wanted {
                let _ = job.outcome.send(done(job.work));
            }
            let took = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
            self.queue().correct(client, expected, is_wanted.then_some(took));
        }
    }

    /// Waits for the next job. Returns it with its client and its expected cost, or `None` at the end.
    fn wait(&self) -> Option<(Client, Job, u64)> {
        let mut queue = self.queue();
        loop {
            if queue.is_closed {
                return None;
            }
            if let Some(next) = queue.pop(Instant::now()) {
                return Some(next);
            }
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Does a job. A panic ends neither the thread nor the service.
fn done(work: Work) -> Response<ResponseBody> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| something_went_wrong())
}

impl JobQueue {
    fn push(&mut self, client: Client, job: Job) {
        if self.clients.len() > MAX_IDLE + self.order.len() {
            let now = self.now;
            self.clients.retain(|_, jobs_of_client| !jobs_of_client.jobs.is_empty() || jobs_of_client.clock > now);
            if self.clients.len() > 2 * MAX_IDLE + self.order.len() {
                self.clients.retain(|_, jobs_of_client| !jobs_of_client.jobs.is_empty());
            }
        }
        let now = self.now;
        let jobs_of_client = self.clients.entry(client).or_insert_with(|| ClientJobs {
            jobs: VecDeque::new(),
            clock: now,
            key: None,
            cost: FIRST_COST,
        });
        jobs_of_client.jobs.push_back(job);
        if jobs_of_client.key.is_none() {
            // A client that was idle has saved nothing up.
            jobs_of_client.clock = jobs_of_client.clock.max(now);
            self.enter(client);
        }
    }

    /// Puts a client into the order, if it has jobs.
    fn enter(&mut self, client: Client) {
        let Some(jobs_of_client) =
            self.clients.get_mut(&client).filter(|jobs_of_client| !jobs_of_client.jobs.is_empty())
        else {
            return;
        };
        let since = jobs_of_client.jobs.front().map_or_else(Instant::now, |job| job.since);
        let key = (jobs_of_client.clock, self.next);
        self.next += 1;
        jobs_of_client.key = Some((key, since));
        self.order.insert(key, client);
        self.waiting.insert((since, key.1), client);
    }

    /// Takes a client out of the order. Returns its jobs.
    fn leave(&mut self, client: Client) -> Option<&mut ClientJobs> {
        let jobs_of_client = self.clients.get_mut(&client)?;
        let (key, since) = jobs_of_client.key.take()?;
        self.order.remove(&key);
        self.waiting.remove(&(since, key.1));
        Some(jobs_of_client)
    }

    fn pop(&mut self, instant: Instant) -> Option<(Client, Job, u64)> {
        let (clock, client) = self.order.first_key_value().map(|((clock, _), client)| (*clock, *client))?;
        let waiting =
            self.waiting.first_key_value().filter(|((since, _), _)| instant.duration_since(*since) >= MAX_WAIT);
        let by_patience = waiting.map(|(_, client)| *client).filter(|_| !self.is_turn_of_clocks);
        self.is_turn_of_clocks = by_patience.is_some();
        if by_patience.is_none() {
            self.now = self.now.max(clock);
        }
        let client = by_patience.unwrap_or(client);
        let jobs_of_client = self.leave(client)?;
        let job = jobs_of_client.jobs.pop_front()?;
        let expected = jobs_of_client.cost;
        jobs_of_client.clock = jobs_of_client.clock.saturating_add(expected);
        self.enter(client);
        Some((client, job, expected))
    }

    /// Corrects a client's clock once the cost of a job is known; `None` for a job that was skipped.
    fn correct(&mut self, client: Client, expected: u64, took: Option<u64>) {
        let Some(jobs_of_client) = self.clients.get_mut(&client) else { return };
        jobs_of_client.clock = jobs_of_client.clock.saturating_sub(expected).saturating_add(took.unwrap_or(0));
        jobs_of_client.cost = took.unwrap_or(jobs_of_client.cost);
        if self.order.is_empty() {
            // If nobody waits, nobody is behind.
            self.now = self.now.max(jobs_of_client.clock);
        } else if self.leave(client).is_some() {
            self.enter(client);
        }
    }
}

#[cfg(test)]
mod tests;
