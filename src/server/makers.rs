//! The threads that make documents for whoever asks: fairly between clients, and beside the threads that answer what is ready.
//!
//! Start-time fair queueing: each client has a clock of its own that runs while work is done for it, and whose clock is
//! furthest behind comes next. Whoever has asked for nothing lately is before everybody who has, however many those are and
//! however much they ask for. Source: P. Goyal, H. Vin, H. Cheng, "Start-time Fair Queuing", 1996.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use hyper::Response;
use tokio::sync::oneshot;

use super::answer::Body;
use super::client::Client;
use super::short::something_went_wrong;

/// What is done for a request.
pub(super) type Work = Box<dyn FnOnce() -> Response<Body> + Send>;

/// What work is expected to take before anything is known of it, in nanoseconds.
const FIRST_COST: u64 = 1_000_000;
/// Clients that are remembered when there is nothing to do for them, before those whose clocks say nothing are forgotten.
const MOST_IDLE: usize = 4_096;
/// How much less than the threads that answer what is ready these get where processors are scarce. Source: sched(7)
const NICENESS: i32 = 10;

/// The threads, which end when this is dropped.
pub(super) struct Makers {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

/// One piece of work, and where its outcome goes.
struct Job {
    work: Work,
    outcome: oneshot::Sender<Response<Body>>,
}

/// What is to be done, in the order in which it is.
#[derive(Default)]
struct Queue {
    clients: HashMap<Client, Backlog>,
    /// Those for whom something is to be done, by their clocks; and by a number, where two are equal.
    order: BTreeMap<(u64, u64), Client>,
    /// Clock of the client whose work was begun last.
    now: u64,
    next: u64,
    is_closed: bool,
}

/// What is to be done for one client.
struct Backlog {
    jobs: VecDeque<Job>,
    /// Nanoseconds of work that were done for it, and those that were done for others while it asked for nothing.
    clock: u64,
    /// Where it stands in the order, if it does.
    place: Option<(u64, u64)>,
    /// What its work took last.
    cost: u64,
}

impl Makers {
    /// So many threads. Without any, should the system have none to give, work is never done.
    pub(super) fn start(threads: usize) -> Self {
        let shared = Arc::new(Shared::default());
        for number in 0..threads.max(1) {
            let shared = Arc::clone(&shared);
            let _ = std::thread::Builder::new().name(format!("maker-{number}")).spawn(move || {
                // Not every system has threads that are nicer than others.
                let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICENESS);
                shared.work();
            });
        }
        Self { shared }
    }

    /// Has something done for a client. What comes of it; nothing if nobody can do it. Dropped, it need not be begun.
    pub(super) fn have_done(&self, client: Client, work: Work) -> oneshot::Receiver<Response<Body>> {
        let (outcome, receiver) = oneshot::channel();
        self.shared.queue().push(client, Job { work, outcome });
        self.shared.changed.notify_one();
        receiver
    }
}

impl Drop for Makers {
    fn drop(&mut self) {
        self.shared.queue().is_closed = true;
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        while let Some((client, job, expected)) = self.wait() {
            let begun = Instant::now();
            if !job.outcome.is_closed() {
                let done = catch_unwind(AssertUnwindSafe(job.work));
                let _ = job.outcome.send(done.unwrap_or_else(|_| something_went_wrong()));
            }
            let took = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
            self.queue().correct(client, expected, took);
        }
    }

    /// The next piece of work, for whom it is, and what it was expected to take; none at the end.
    fn wait(&self) -> Option<(Client, Job, u64)> {
        let mut queue = self.queue();
        loop {
            if queue.is_closed {
                return None;
            }
            if let Some(next) = queue.pop() {
                return Some(next);
            }
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Queue {
    fn push(&mut self, client: Client, job: Job) {
        if self.clients.len() > MOST_IDLE + self.order.len() {
            let now = self.now;
            self.clients.retain(|_, backlog| !backlog.jobs.is_empty() || backlog.clock > now);
        }
        let now = self.now;
        let backlog = self.clients.entry(client).or_insert_with(|| Backlog {
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

    /// Gives a client that has work a place in the order.
    fn enter(&mut self, client: Client) {
        let Some(backlog) = self.clients.get_mut(&client).filter(|backlog| !backlog.jobs.is_empty()) else { return };
        let place = (backlog.clock, self.next);
        self.next += 1;
        backlog.place = Some(place);
        self.order.insert(place, client);
    }

    fn pop(&mut self) -> Option<(Client, Job, u64)> {
        let ((clock, _), client) = self.order.pop_first()?;
        self.now = self.now.max(clock);
        let backlog = self.clients.get_mut(&client)?;
        let job = backlog.jobs.pop_front()?;
        let expected = backlog.cost;
        backlog.clock = backlog.clock.saturating_add(expected);
        backlog.place = None;
        self.enter(client);
        Some((client, job, expected))
    }

    /// Puts a client's clock right once it is known what its work took.
    fn correct(&mut self, client: Client, expected: u64, took: u64) {
        let Some(backlog) = self.clients.get_mut(&client) else { return };
        backlog.clock = backlog.clock.saturating_sub(expected).saturating_add(took);
        backlog.cost = took;
        if let Some(place) = backlog.place.take() {
            self.order.remove(&place);
            self.enter(client);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Client, FIRST_COST, Job, MOST_IDLE, Queue, oneshot, something_went_wrong};

    fn client(number: u8) -> Client {
        Client::from(std::net::IpAddr::from([127, 0, 0, number]))
    }

    fn job() -> Job {
        Job { work: Box::new(something_went_wrong), outcome: oneshot::channel().0 }
    }

    /// Whose work is done, one after the other, each taking so many nanoseconds.
    fn done(queue: &mut Queue, steps: usize, took: impl Fn(Client) -> u64) -> Vec<Client> {
        let mut order = Vec::new();
        for _ in 0..steps {
            let Some((client, _, expected)) = queue.pop() else { break };
            queue.correct(client, expected, took(client));
            order.push(client);
        }
        order
    }

    #[test]
    fn who_comes_anew_is_served_before_all_who_have_asked_for_much() {
        let mut queue = Queue::default();
        (0..1_000).for_each(|_| queue.push(client(1), job()));
        done(&mut queue, 10, |_| FIRST_COST);
        (0..100).for_each(|_| queue.push(client(2), job()));
        queue.push(client(3), job());
        let order = done(&mut queue, 3, |_| FIRST_COST);
        assert!(order.contains(&client(3)), "{order:?}");
    }

    #[test]
    fn everybody_gets_the_same_time_whatever_their_work_takes() {
        let mut queue = Queue::default();
        for number in 1..=4 {
            (0..10_000).for_each(|_| queue.push(client(number), job()));
        }
        // The work of the first takes as long as that of all others together, and there is less of it done.
        let took = |of: Client| if of == client(1) { 3_000_000 } else { 1_000_000 };
        let order = done(&mut queue, 3_000, took);
        let count = |of: Client| order.iter().filter(|done| **done == of).count();
        assert!((280..=320).contains(&count(client(1))), "{}", count(client(1)));
        assert!((2..=4).all(|number| (880..=920).contains(&count(client(number)))));
    }

    #[test]
    fn what_is_idle_for_long_is_forgotten() {
        let mut queue = Queue::default();
        for number in 0..100_000_u32 {
            queue.push(Client::from(std::net::IpAddr::from(number.to_be_bytes())), job());
            done(&mut queue, 1, |_| FIRST_COST);
        }
        assert!(queue.clients.len() <= MOST_IDLE + 2, "{}", queue.clients.len());
    }
}
