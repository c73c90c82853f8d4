//! The threads that make documents for whoever asks: fairly between clients, and beside the threads that answer what is ready.
//!
//! Start-time fair queueing: each client has a clock of its own that runs while work is done for it, and whose clock is
//! furthest behind comes next. Whoever has asked for nothing lately is before everybody who has, however many those are and
//! however much they ask for. Source: P. Goyal, H. Vin, H. Cheng, "Start-time Fair Queuing", 1996.
//!
//! Where very many clients ask at once, the share of each is so small that a second document would be long in coming: every
//! other time the client comes next that has waited longest, once that is half a second.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hyper::Response;
use tokio::sync::oneshot;

use super::answer::ResponseBody;
use super::client::Client;
use super::short::something_went_wrong;

/// What is done for a request.
pub(super) type Work = Box<dyn FnOnce() -> Response<ResponseBody> + Send>;

/// What work is expected to take before anything is known of it, in nanoseconds.
const FIRST_COST: u64 = 1_000_000;
/// How long a client waits for its turn before it comes by the time that it has waited.
const PATIENCE: Duration = Duration::from_millis(500);
/// Clients that are remembered when there is nothing to do for them, before those whose clocks say nothing are forgotten.
const MOST_IDLE: usize = 4_096;
/// How much less than the threads that answer what is ready these get where processors are scarce. Source: sched(7)
const NICENESS: i32 = 10;

/// The threads, which end when this is dropped.
pub(super) struct WorkerPool {
    shared: Arc<PoolState>,
    has_threads: bool,
}

#[derive(Default)]
struct PoolState {
    queue: Mutex<JobQueue>,
    changed: Condvar,
}

/// One piece of work, and where its outcome goes.
struct Job {
    /// Since when it waits.
    since: Instant,
    work: Work,
    outcome: oneshot::Sender<Response<ResponseBody>>,
}

/// What is to be done, in the order in which it is.
#[derive(Default)]
struct JobQueue {
    clients: HashMap<Client, ClientJobs>,
    /// Those for whom something is to be done, by their clocks; and by a number, where two are equal.
    order: BTreeMap<(u64, u64), Client>,
    /// The same clients by the time that they have waited.
    waiting: BTreeMap<(Instant, u64), Client>,
    /// Whether the next one comes by its clock, whoever has waited long.
    is_turn_of_clocks: bool,
    /// Clock of the client whose work was begun last.
    now: u64,
    next: u64,
    is_closed: bool,
}

/// What is to be done for one client.
struct ClientJobs {
    jobs: VecDeque<Job>,
    /// Nanoseconds of work that were done for it, and those that were done for others while it asked for nothing.
    clock: u64,
    /// Where it stands in the order, if it does, and since when it waits.
    place: Option<((u64, u64), Instant)>,
    /// What its work took last.
    cost: u64,
}

impl WorkerPool {
    /// So many threads. Should the system have none to give, work is done by whoever asks for it.
    pub(super) fn start(threads: usize) -> Self {
        let shared = Arc::new(PoolState::default());
        let mut has_threads = false;
        for number in 0..threads.max(1) {
            let shared = Arc::clone(&shared);
            let thread = std::thread::Builder::new().name(format!("maker-{number}")).spawn(move || {
                // Not every system has threads that are nicer than others.
                let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICENESS);
                shared.work();
            });
            has_threads |= thread.is_ok();
        }
        Self { shared, has_threads }
    }

    /// Has something done for a client. What comes of it; if that is dropped, it need not be begun.
    pub(super) fn submit(&self, client: Client, work: Work) -> oneshot::Receiver<Response<ResponseBody>> {
        let (outcome, receiver) = oneshot::channel();
        if !self.has_threads {
            let _ = outcome.send(done(work));
            return receiver;
        }
        self.shared.queue().push(client, Job { since: Instant::now(), work, outcome });
        self.shared.changed.notify_one();
        receiver
    }
}

impl Drop for WorkerPool {
    fn drop(&mut self) {
        self.shared.queue().is_closed = true;
        self.shared.changed.notify_all();
    }
}

impl PoolState {
    fn queue(&self) -> MutexGuard<'_, JobQueue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        while let Some((client, job, expected)) = self.wait() {
            let begun = Instant::now();
            let is_wanted = !job.outcome.is_closed();
            if is_wanted {
                let _ = job.outcome.send(done(job.work));
            }
            let took = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
            self.queue().correct(client, expected, is_wanted.then_some(took));
        }
    }

    /// The next piece of work, for whom it is, and what it was expected to take; none at the end.
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

/// What comes of work. A fault of ours ends neither the thread nor the service.
fn done(work: Work) -> Response<ResponseBody> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| something_went_wrong())
}

impl JobQueue {
    fn push(&mut self, client: Client, job: Job) {
        if self.clients.len() > MOST_IDLE + self.order.len() {
            let now = self.now;
            self.clients.retain(|_, backlog| !backlog.jobs.is_empty() || backlog.clock > now);
            if self.clients.len() > 2 * MOST_IDLE + self.order.len() {
                self.clients.retain(|_, backlog| !backlog.jobs.is_empty());
            }
        }
        let now = self.now;
        let backlog = self.clients.entry(client).or_insert_with(|| ClientJobs {
            jobs: VecDeque::new(),
            clock: now,
            place: None,
            cost: FIRST_COST,
        });
        backlog.jobs.push_back(job);
        if backlog.place.is_none() {
            // Who asked for nothing meanwhile has saved nothing up.
            backlog.clock = backlog.clock.max(now);
            self.enter(client);
        }
    }

    /// Gives a client a place in the order, if it has work.
    fn enter(&mut self, client: Client) {
        let Some(backlog) = self.clients.get_mut(&client).filter(|backlog| !backlog.jobs.is_empty()) else { return };
        let since = backlog.jobs.front().map_or_else(Instant::now, |job| job.since);
        let place = (backlog.clock, self.next);
        self.next += 1;
        backlog.place = Some((place, since));
        self.order.insert(place, client);
        self.waiting.insert((since, place.1), client);
    }

    /// Takes a client out of the order. What is to be done for it.
    fn leave(&mut self, client: Client) -> Option<&mut ClientJobs> {
        let backlog = self.clients.get_mut(&client)?;
        let (place, since) = backlog.place.take()?;
        self.order.remove(&place);
        self.waiting.remove(&(since, place.1));
        Some(backlog)
    }

    fn pop(&mut self, instant: Instant) -> Option<(Client, Job, u64)> {
        let (clock, client) = self.order.first_key_value().map(|((clock, _), client)| (*clock, *client))?;
        let waiting =
            self.waiting.first_key_value().filter(|((since, _), _)| instant.duration_since(*since) >= PATIENCE);
        let by_patience = waiting.map(|(_, client)| *client).filter(|_| !self.is_turn_of_clocks);
        self.is_turn_of_clocks = by_patience.is_some();
        if by_patience.is_none() {
            self.now = self.now.max(clock);
        }
        let client = by_patience.unwrap_or(client);
        let backlog = self.leave(client)?;
        let job = backlog.jobs.pop_front()?;
        let expected = backlog.cost;
        backlog.clock = backlog.clock.saturating_add(expected);
        self.enter(client);
        Some((client, job, expected))
    }

    /// Puts a client's clock right once it is known what its work took; nothing for work that nobody waited for any more.
    fn correct(&mut self, client: Client, expected: u64, took: Option<u64>) {
        let Some(backlog) = self.clients.get_mut(&client) else { return };
        backlog.clock = backlog.clock.saturating_sub(expected).saturating_add(took.unwrap_or(0));
        backlog.cost = took.unwrap_or(backlog.cost);
        if self.order.is_empty() {
            // Where nobody waits nobody is behind.
            self.now = self.now.max(backlog.clock);
        } else if self.leave(client).is_some() {
            self.enter(client);
        }
    }
}

#[cfg(test)]
mod tests;
