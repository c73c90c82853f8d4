//! The order of jobs, with many clients.

use super::{Client, Duration, FIRST_COST, Instant, Job, JobQueue, MAX_IDLE, MAX_WAIT, oneshot, something_went_wrong};

fn client(number: u8) -> Client {
    Client::from(std::net::IpAddr::from([127, 0, 0, number]))
}

fn job() -> Job {
    Job { since: Instant::now(), work: Box::new(something_went_wrong), outcome: oneshot::channel().0 }
}

/// Does some jobs, each at this cost in nanoseconds. Returns their clients, in order.
fn done(queue: &mut JobQueue, steps: usize, took: impl Fn(Client) -> u64) -> Vec<Client> {
    let mut order = Vec::new();
    for _ in 0..steps {
        let Some((client, _, expected)) = queue.pop(Instant::now()) else { break };
        queue.correct(client, expected, Some(took(client)));
        order.push(client);
    }
    order
}

#[test]
fn who_comes_anew_is_served_before_all_who_have_asked_for_much() {
    let mut queue = JobQueue::default();
    (0..1_000).for_each(|_| queue.push(client(1), job()));
    done(&mut queue, 10, |_| FIRST_COST);
    (0..100).for_each(|_| queue.push(client(2), job()));
    queue.push(client(3), job());
    let order = done(&mut queue, 3, |_| FIRST_COST);
    assert!(order.contains(&client(3)), "{order:?}");
}

#[test]
fn everybody_gets_the_same_time_whatever_their_work_takes() {
    let mut queue = JobQueue::default();
    for number in 1..=4 {
        (0..10_000).for_each(|_| queue.push(client(number), job()));
    }
    // One job of the first client costs as much as one of each other client together, so fewer are done.
    let took = |of: Client| if of == client(1) { 3_000_000 } else { 1_000_000 };
    let order = done(&mut queue, 3_000, took);
    let count = |of: Client| order.iter().filter(|done| **done == of).count();
    assert!((280..=320).contains(&count(client(1))), "{}", count(client(1)));
    assert!((2..=4).all(|number| (880..=920).contains(&count(client(number)))));
}

/// A thousand clients that each ask again as soon as they are answered, and one that asks for more than its share.
#[test]
fn nobody_waits_much_longer_than_everybody_does() {
    const STEP: Duration = Duration::from_millis(1);
    let mut queue = JobQueue::default();
    let mut instant = Instant::now();
    let address = |number: u32| Client::from(std::net::IpAddr::from(number.to_be_bytes()));
    let at = |since: Instant| Job { since, ..job() };
    (1..=1_000).for_each(|number| queue.push(address(number), at(instant)));
    let busy = address(0);
    let mut longest = Duration::ZERO;
    queue.push(busy, at(instant));
    for _ in 0..20_000 {
        let (client, job, expected) = queue.pop(instant).expect("work");
        instant += STEP;
        queue.correct(client, expected, Some(1_000_000));
        if client == busy {
            longest = longest.max(instant - job.since);
        }
        queue.push(client, at(instant));
    }
    // All waiting jobs together take one second.
    assert!(longest < Duration::from_secs(1) + MAX_WAIT, "{longest:?}");
}

#[test]
fn what_is_idle_for_long_is_forgotten() {
    let mut queue = JobQueue::default();
    for number in 0..20_000_u32 {
        queue.push(Client::from(std::net::IpAddr::from(number.to_be_bytes())), job());
        done(&mut queue, 1, |_| FIRST_COST);
    }
    assert!(queue.clients.len() <= MAX_IDLE + 2, "{}", queue.clients.len());
}
