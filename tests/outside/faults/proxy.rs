//! A connection to PostgreSQL that fails on demand: a proxy that counts batches of messages and makes some of them fail.
//!
//! A batch is what the server answers with one `ReadyForQuery`: a Query, or everything up to a Sync.
//! Source: <https://www.postgresql.org/docs/15/protocol-message-formats.html>

use std::collections::VecDeque;
use std::io::{Error, Read, Result, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::spawn;
use std::time::Duration;

/// How long a late batch is held back if nobody waits for it.
const LATE: Duration = Duration::from_secs(1);

/// What happens to a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WireFault {
    /// The server raises this SQLSTATE instead. A COMMIT that fails ends its transaction, as a real one does.
    Error(&'static str),
    /// The session is terminated before it.
    Terminated,
    /// The connection is closed before it reaches the server.
    LostBefore,
    /// The server runs it, and the connection is closed before the answer.
    LostAfter,
    /// The connection is closed, and the server runs it later: when another session wants to publish, or once healed.
    Late,
    /// The transaction fails before it without an error. PostgreSQL then answers COMMIT with `ROLLBACK`.
    RolledBack,
}

/// A proxy in front of a server, ended when dropped.
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    /// The socket of the server.
    server: PathBuf,
    plan: Mutex<Plan>,
    changed: Condvar,
}

/// Which batches fail.
#[derive(Default)]
struct Plan {
    fault: Option<WireFault>,
    /// Whether only COMMIT counts.
    only_commits: bool,
    first: u64,
    count: u64,
    seen: u64,
    hit: u64,
    /// Whether late batches are run now.
    is_late_due: bool,
    is_over: bool,
}

impl Proxy {
    /// Starts a proxy for the server with this socket.
    pub fn new(server: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared { server, plan: Mutex::default(), changed: Condvar::new() });
        let accepting = Arc::clone(&shared);
        spawn(move || {
            for client in listener.incoming() {
                if accepting.plan().is_over {
                    return;
                }
                let shared = Arc::clone(&accepting);
                if let Ok(client) = client {
                    spawn(move || serve(client, &shared));
                }
            }
        });
        Self { address, shared }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Makes a number of batches fail, beginning with `first`.
    pub fn fail(&self, fault: WireFault, first: u64, count: u64) {
        let mut plan = self.shared.plan();
        *plan = Plan { fault: Some(fault), first, count, ..Plan::default() };
    }

    /// Makes every COMMIT fail.
    pub fn fail_commits(&self, fault: WireFault) {
        let mut plan = self.shared.plan();
        *plan = Plan { fault: Some(fault), only_commits: true, first: 1, count: u64::MAX, ..Plan::default() };
    }

    /// Makes everything succeed again. Returns the number of batches that failed.
    pub fn heal(&self) -> u64 {
        let mut plan = self.shared.plan();
        plan.fault = None;
        plan.is_late_due = true;
        self.shared.changed.notify_all();
        plan.hit
    }

    /// Returns the number of batches that have failed.
    pub fn hit(&self) -> u64 {
        self.shared.plan().hit
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.plan().is_over = true;
        let _ = TcpStream::connect(self.address);
    }
}

impl Shared {
    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().expect("nobody panics with it")
    }

    /// Counts a batch, and returns what happens to it.
    fn next(&self, batch: &[u8]) -> Option<WireFault> {
        let mut plan = self.plan();
        if contains(batch, b"UPDATE publisher") {
            plan.is_late_due = true;
            self.changed.notify_all();
        }
        if plan.only_commits && !is_commit(batch) {
            return None;
        }
        plan.seen += 1;
        let is_hit = plan.seen >= plan.first && plan.seen - plan.first < plan.count;
        let fault = plan.fault.filter(|_| is_hit);
        plan.hit += u64::from(fault.is_some());
        fault
    }

    fn wait_until_late(&self) {
        let plan = self.plan();
        drop(self.changed.wait_timeout_while(plan, LATE, |plan| !plan.is_late_due));
    }
}

/// What happens to the answer to a batch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Handling {
    Pass,
    Swallow,
    SwallowThenClose,
}

type Handlings = Arc<Mutex<VecDeque<Handling>>>;

/// One session, until either side ends it.
fn serve(mut client: TcpStream, shared: &Shared) -> Result<()> {
    client.set_nodelay(true)?;
    let mut server = UnixStream::connect(&shared.server)?;
    let startup = startup(&mut client)?;
    let handlings: Handlings = Arc::new(Mutex::new(VecDeque::from([Handling::Pass])));
    let answering = (server.try_clone()?, client.try_clone()?, Arc::clone(&handlings));
    spawn(move || {
        let (mut server, mut client, handlings) = answering;
        let _ = pass_answers(&mut server, &mut client, &handlings);
        let _ = client.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
    });
    server.write_all(&startup)?;
    let is_closed_by_answer = pass_batches(&mut client, &mut server, &handlings, shared).unwrap_or(false);
    if !is_closed_by_answer {
        let _ = client.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
    }
    Ok(())
}

/// Reads the message that begins a session. Refuses a request for encryption before it.
fn startup(client: &mut TcpStream) -> Result<Vec<u8>> {
    const SSL_REQUEST: [u8; 4] = 80_877_103_u32.to_be_bytes();
    loop {
        let mut message = vec![0; 4];
        client.read_exact(&mut message)?;
        read_rest(client, &mut message)?;
        if message[4..] != SSL_REQUEST {
            return Ok(message);
        }
        client.write_all(b"N")?;
    }
}

/// Reads the rest of a message after its length, which includes itself.
fn read_rest(from: &mut impl Read, message: &mut Vec<u8>) -> Result<()> {
    let begin = message.len() - 4;
    let length: [u8; 4] = message[begin..].try_into().map_err(Error::other)?;
    let length = usize::try_from(u32::from_be_bytes(length)).map_err(Error::other)?;
    message.resize(begin + length, 0);
    from.read_exact(&mut message[begin + 4..])
}

/// Reads a message that begins with its type and its length.
fn read_message(from: &mut impl Read) -> Result<Vec<u8>> {
    let mut message = vec![0; 5];
    from.read_exact(&mut message)?;
    read_rest(from, &mut message)?;
    Ok(message)
}

/// Passes a message of the client to the server. Returns whether the session continues until the answer.
fn pass_batches(
    client: &mut TcpStream,
    server: &mut UnixStream,
    handlings: &Handlings,
    shared: &Shared,
) -> Result<bool> {
    let mut batch = Vec::new();
    loop {
        let message = read_message(client)?;
        batch.extend_from_slice(&message);
        match message[0] {
            b'X' => {
                server.write_all(&batch)?;
                return Ok(false);
            }
            b'Q' | b'S' => {
                let mut send = |bytes: &[u8], handling: Handling| {
                    handlings.lock().map_err(|_| Error::other("poisoned"))?.push_back(handling);
                    server.write_all(bytes)
                };
                match shared.next(&batch) {
                    None => send(&batch, Handling::Pass)?,
                    Some(WireFault::Error(code)) => {
                        if is_commit(&batch) {
                            send(&query("ROLLBACK"), Handling::Swallow)?;
                        }
                        send(&raise(code), Handling::Pass)?;
                    }
                    Some(WireFault::Terminated) => {
                        send(&query(TERMINATE), Handling::Pass)?;
                    }
                    Some(WireFault::LostBefore) => return Ok(false),
                    Some(WireFault::LostAfter) => {
                        send(&batch, Handling::SwallowThenClose)?;
                        return Ok(true);
                    }
                    Some(WireFault::Late) => {
                        client.shutdown(Shutdown::Both)?;
                        shared.wait_until_late();
                        send(&batch, Handling::SwallowThenClose)?;
                        return Ok(true);
                    }
                    Some(WireFault::RolledBack) => {
                        send(&fail_quietly(), Handling::Swallow)?;
                        send(&batch, Handling::Pass)?;
                    }
                }
                batch.clear();
            }
            _ => {}
        }
    }
}

/// Passes messages of the server to the client.
fn pass_answers(server: &mut UnixStream, client: &mut TcpStream, handlings: &Handlings) -> Result<()> {
    loop {
        let message = read_message(server)?;
        let is_ready = message[0] == b'Z';
        // Messages that belong to no batch.
        let is_aside = matches!(message[0], b'A' | b'N' | b'S');
        let handling = {
            let mut handlings = handlings.lock().map_err(|_| Error::other("poisoned"))?;
            if is_ready { handlings.pop_front() } else { handlings.front().copied() }
        };
        match handling {
            Some(Handling::SwallowThenClose) if is_ready => return Ok(()),
            Some(Handling::Swallow | Handling::SwallowThenClose) if !is_aside => {}
            _ => client.write_all(&message)?,
        }
    }
}

/// Ends its own session, which notices that in the second call.
const TERMINATE: &str = "DO $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(60); END $$";

fn query(statement: &str) -> Vec<u8> {
    let length = u32::try_from(statement.len() + 5).expect("a short statement");
    let mut message = vec![b'Q'];
    message.extend(length.to_be_bytes());
    message.extend(statement.as_bytes());
    message.push(0);
    message
}

fn raise(code: &str) -> Vec<u8> {
    query(&format!("DO $$ BEGIN RAISE EXCEPTION 'made to fail' USING ERRCODE = '{code}'; END $$"))
}

/// Makes a transaction fail and leaves everything else unchanged: an unknown prepared statement is refused.
fn fail_quietly() -> Vec<u8> {
    const NAME_QUERY_AND_NO_TYPES: &[u8] = b"made_to_fail\0SELECT made_to_fail\0\0\0";
    let length = u32::try_from(NAME_QUERY_AND_NO_TYPES.len() + 4).expect("a short statement");
    let sync = [b'S', 0, 0, 0, 4];
    [&b"P"[..], &length.to_be_bytes(), NAME_QUERY_AND_NO_TYPES, &sync].concat()
}

fn is_commit(batch: &[u8]) -> bool {
    batch.len() > 11 && batch[0] == b'Q' && batch[5..11].eq_ignore_ascii_case(b"COMMIT")
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
