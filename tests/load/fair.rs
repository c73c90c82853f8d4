//! Whether the load of one client slows down the others: started by `tests/load/fair`.
//!
//! A flood of 1,000 connections sends requests as fast as they are answered, in five alternating phases:
//!
//! - A: prepared feeds, from one address, a third of them uncompressed, a third with gzip and a third with Brotli. This is what
//!   the other phases are measured against.
//! - B: feeds of `follow/…` that nobody has requested before, from one address, with the same codings.
//! - C: the same with Atom, JSON, pages in six languages and scripts.
//! - D: B, with each connection from an address of its own.
//! - E: B without compression: less work and many more bytes.
//!
//! Probes from another address are sent at a steady rate. The latency of a probe counts from the moment it was due, so a late response
//! does not hide the probes behind it. Afterwards slow readers take all connections, and new clients must be answered soon.
//!
//! A ratio is of all rounds together; the median of the ratios of single rounds is printed beside it. As root, all of this has
//! a higher priority than other processes, and the probes the highest, so that figures are stable during a build.
//!
//! `PHASES=BE` measures these phases and A alone; `S` stands for the slow readers.
//!
//! With `--proxy` everything but health goes through an nginx with the lines of docs/proxy.md. Two more probes measure what the
//! proxy itself costs: its own redirect, and a prepared feed from the service directly.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::net::{TcpSocket, TcpStream};
use tokio::task::{LocalSet, spawn_local};

use super::check;
use super::corpus;
use super::process::{self, Server, free_address};

/// Connections of the flood.
const FLOOD: usize = 1_000;
/// The number of rounds of all phases.
const ROUNDS: usize = 3;
/// How long probes are sent in each phase of a round.
const TURN: Duration = Duration::from_millis(2_500);
/// How long the flood lasts before the first probe.
const WARM_UP: Duration = Duration::from_millis(500);
/// How long a probe waits for its response.
const PATIENCE: Duration = Duration::from_secs(8);

/// Most that p99 of a probe beside rendered documents may be, as a multiple of p99 beside prepared feeds.
const MAX_RATIO: f64 = 2.0;
/// How long a rendered document may take.
const MAX_FOR_MADE: Duration = Duration::from_secs(1);
/// How long a newcomer may wait beside slow readers.
const MAX_FOR_NEWCOMER: Duration = Duration::from_secs(3);

/// Slow readers: more than there are connections, so that those that are closed are replaced at once.
const SLOW: usize = 1_300;
/// Files that the service may open while there are slow readers, which gives it about 1,000 connections.
const FILES_BESIDE_SLOW: u32 = 1_124;
/// How long newcomers come, one each second.
const NEWCOMERS: u32 = 30;

/// Where the flood and the slow readers come from.
const CROWD: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
/// Where the probes and the newcomers come from.
const OTHERS: Ipv4Addr = Ipv4Addr::LOCALHOST;

/// The feed that slow readers ask for.
const LARGE: &str = "/sg99/all.ics";

/// Meetings of the two study groups of the corpus.
const MEETINGS: [(usize, u64); 2] = [(98, 6), (99, 15)];

/// Measures, and returns whether all limits were kept.
pub fn fair(through_proxy: bool) -> bool {
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    // What was started from one terminal shares its part of the processors. Source: sched(7), autogroup
    let _ = std::fs::write("/proc/self/autogroup", "-15");
    let is_good = measure(through_proxy);
    let _ = std::fs::write("/proc/self/autogroup", "0");
    is_good
}

fn measure(through_proxy: bool) -> bool {
    let place = tempfile::tempdir().expect("a folder");
    let meetings = place.path().join("meetings");
    corpus::write(&meetings, 6, 15, 100);
    let requests = Requests::default();
    let mut all = true;
    {
        let service = Served::start(place.path(), None, through_proxy);
        if !through_proxy {
            costs(&service, &requests);
        }
        all &= check(is_fetch_noted(service.service.address, "s1"), "a page says who has fetched its feed");
        all &= phases(&service, &requests);
        let number = requests.made.load(Ordering::Relaxed);
        let still = format!("the same after {number} different documents");
        all &= check(is_fetch_noted(service.service.address, "s2"), &still);
    }
    if !wanted().contains('S') {
        return all;
    }
    let service = Served::start(place.path(), Some(FILES_BESIDE_SLOW), through_proxy);
    all & beside_slow_readers(&service)
}

/// The letters of the phases that are measured.
fn wanted() -> String {
    std::env::var("PHASES").unwrap_or_else(|_| "ABCDES".to_owned())
}

/// The service, and the proxy before it where there is one.
struct Served {
    service: Server,
    /// With the address at which it redirects. Dropped after the service: it has nothing to hand on by then.
    proxy: Option<(Server, SocketAddr)>,
    admin: SocketAddr,
}

impl Served {
    fn start(place: &Path, files: Option<u32>, through_proxy: bool) -> Self {
        let admin = free_address();
        let admin_listen = admin.to_string();
        let mut arguments = vec!["--admin-listen", &admin_listen];
        if through_proxy {
            if process::knows("--trusted-proxy") {
                arguments.extend(["--trusted-proxy", "127.0.0.1"]);
            } else {
                println!("      the service has no `--trusted-proxy`: all clients have the proxy's address");
            }
        }
        let (meetings, state, log) = (place.join("meetings"), place.join("state"), place.join("log"));
        let service = Server::convene_with_files(files, &meetings, &state, &arguments, &log);
        let proxy = through_proxy.then(|| Server::proxy(&place.join("nginx"), service.address));
        Self { service, proxy, admin }
    }

    /// Where clients connect.
    fn address(&self) -> SocketAddr {
        self.proxy.as_ref().map_or(self.service.address, |(proxy, _)| proxy.address)
    }

    fn addresses(&self) -> Addresses {
        let behind_proxy = self.proxy.as_ref().map(|(_, redirecting)| (self.service.address, *redirecting));
        Addresses { clients: self.address(), admin: self.admin, behind_proxy }
    }
}

// Requests

/// The next request of each kind, for all threads. No number of a rendered document is used twice, so none is requested twice.
#[derive(Default, Clone)]
struct Requests {
    made: Arc<AtomicU64>,
    prepared: Arc<AtomicU64>,
    kind: Arc<AtomicU64>,
}

/// The bodies of a study group of the corpus and its audience, in the order in which an address names them.
const NAMES: [&str; 16] =
    ["wp1", "wp2", "wp3", "wp4", "wp5", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "editors"];

fn names(mask: u64) -> String {
    let picked: Vec<&str> =
        NAMES.into_iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, name)| name).collect();
    picked.join("_")
}

/// The languages of the pages; the first stands for none in the address.
const LANGUAGES: [&str; 7] = ["", "zh", "fr", "es", "ar", "ru", "en"];
const CODINGS: [&str; 3] = ["", "Accept-Encoding: gzip\r\n", "Accept-Encoding: gzip, br\r\n"];

/// A number of a rendered document as a study group, the names of bodies, a language, a meeting and a coding.
struct Picked {
    group: usize,
    names: String,
    language: &'static str,
    meeting: u64,
    coding: &'static str,
}

impl Requests {
    /// Whether there were more requests than documents, so that some were requested twice.
    fn are_exhausted(&self) -> bool {
        self.made.load(Ordering::Relaxed) >= 2 * LANGUAGES.len() as u64 * 0x1_0000
    }

    /// What was never picked before.
    fn pick(&self) -> Picked {
        loop {
            let number = self.made.fetch_add(1, Ordering::Relaxed);
            let (group, meetings) = MEETINGS[usize::from(number % 2 == 1)];
            let number = number / 2;
            // An odd factor takes every mask once before any comes again, then in another language.
            let mask = number.wrapping_mul(40_503) & 0xffff;
            let round = usize::try_from(number >> 16).unwrap_or(0);
            if mask != 0 {
                // Languages differ within the first round as well.
                let language = LANGUAGES[(round + usize::try_from(number % 7).unwrap_or(0)) % LANGUAGES.len()];
                let coding = CODINGS[usize::try_from(number % 3).unwrap_or(0)];
                return Picked { group, names: names(mask), language, meeting: number % meetings, coding };
            }
        }
    }

    /// A prepared feed.
    fn prepared(&self) -> Vec<u8> {
        let number = self.prepared.fetch_add(1, Ordering::Relaxed);
        let (group, language) = (98 + number / 10 % 2, if number / 20 % 4 == 3 { ".zh" } else { "" });
        let coding = CODINGS[usize::try_from(number % 3).unwrap_or(0)];
        get(&format!("/sg{group}/q{}{language}.ics", number % 10 + 1), coding)
    }

    /// A feed of `follow/…` that nobody has requested.
    fn follow(&self, may_be_compressed: bool) -> Vec<u8> {
        let picked = self.pick();
        get(&picked.feed(".ics"), if may_be_compressed { picked.coding } else { "" })
    }

    /// Any rendered document that nobody has requested.
    fn any(&self) -> Vec<u8> {
        let picked = self.pick();
        let kind = DOCUMENTS[usize::try_from(self.kind.fetch_add(1, Ordering::Relaxed)).unwrap_or(0) % DOCUMENTS.len()];
        get(&picked.path(kind), picked.coding)
    }
}

/// Kinds of rendered documents.
const DOCUMENTS: [&str; 8] = [
    "follow feed",
    "follow atom",
    "follow json",
    "follow page",
    "part of a meeting",
    "embedded page",
    "script",
    "builder",
];

impl Picked {
    fn feed(&self, ending: &str) -> String {
        let tag = if self.language.is_empty() { String::new() } else { format!(".{}", self.language) };
        format!("/sg{}/follow/{}{tag}{ending}", self.group, self.names)
    }

    fn path(&self, kind: &str) -> String {
        let Self { group, names, language, meeting, .. } = self;
        let prefix = if language.is_empty() { String::new() } else { format!("/{language}") };
        match kind {
            "follow feed" => self.feed(".ics"),
            "follow atom" => self.feed(".atom"),
            "follow json" => self.feed(".json"),
            "part of a meeting" => format!("{prefix}/sg{group}/m{meeting:04}/for/{names}/"),
            "embedded page" => format!("{prefix}/embed/sg{group}/follow/{names}"),
            "script" => format!("{prefix}/embed/sg{group}/follow/{names}.js"),
            "builder" => format!("{prefix}/embed/sg{group}/follow/{names}/"),
            _ => format!("{prefix}/sg{group}/follow/{names}/"),
        }
    }
}

fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: calendars.example.org\r\n{headers}\r\n").into_bytes()
}

// Connections

/// The outcome of a request.
enum Outcome {
    /// Status and bytes of the body; whether the connection stays open.
    Answered { status: u16, bytes: usize, stays_open: bool },
    /// The connection ended before the response did.
    Lost,
}

/// A response as far as it has arrived. Only its head is kept.
#[derive(Default)]
struct Incoming {
    head: Vec<u8>,
    status: u16,
    stays_open: bool,
    length: usize,
    missing: Option<usize>,
}

impl Incoming {
    /// Takes what has arrived. Returns whether the response is complete.
    fn take(&mut self, bytes: &[u8]) -> Result<bool, ()> {
        let body = if self.missing.is_some() {
            bytes.len()
        } else {
            let before = self.head.len();
            self.head.extend_from_slice(&bytes[..bytes.len().min(4_096)]);
            let Some(end) = self.head.windows(4).position(|four| four == b"\r\n\r\n") else {
                return if self.head.len() > 8_192 { Err(()) } else { Ok(false) };
            };
            let head = std::str::from_utf8(&self.head[..end]).map_err(|_| ())?;
            self.status = head.get(9..12).and_then(|code| code.parse().ok()).ok_or(())?;
            self.stays_open = true;
            let mut length = None;
            for (name, value) in head.lines().filter_map(|line| line.split_once(": ")) {
                if name.eq_ignore_ascii_case("content-length") {
                    length = value.parse().ok();
                } else if name.eq_ignore_ascii_case("connection") && value.eq_ignore_ascii_case("close") {
                    self.stays_open = false;
                }
            }
            self.length = if self.status == 304 { 0 } else { length.ok_or(())? };
            self.missing = Some(self.length);
            bytes.len() - (end + 4 - before)
        };
        let missing = self.missing.unwrap_or(0).checked_sub(body).ok_or(())?;
        self.missing = Some(missing);
        Ok(missing == 0)
    }
}

thread_local! {
    /// All connections of a thread read into this, one after the other: bodies are not looked at.
    static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; 256 * 1024]);
}

async fn open(from: Ipv4Addr, to: SocketAddr) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::new(IpAddr::V4(from), 0))?;
    let stream = socket.connect(to).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn write(stream: &TcpStream, mut bytes: &[u8]) -> std::io::Result<()> {
    while !bytes.is_empty() {
        stream.writable().await?;
        match stream.try_write(bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Sends a request, and reads the response to its end.
async fn ask(stream: &TcpStream, request: &[u8]) -> Outcome {
    if write(stream, request).await.is_err() {
        return Outcome::Lost;
    }
    let mut incoming = Incoming::default();
    loop {
        if stream.readable().await.is_err() {
            return Outcome::Lost;
        }
        let is_whole = BUFFER.with_borrow_mut(|buffer| match stream.try_read(buffer) {
            Ok(0) => Err(()),
            Ok(read) => incoming.take(&buffer[..read]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(false),
            Err(_) => Err(()),
        });
        match is_whole {
            Ok(false) => {}
            Ok(true) => {
                let Incoming { status, length, stays_open, .. } = incoming;
                return Outcome::Answered { status, bytes: length, stays_open };
            }
            Err(()) => return Outcome::Lost,
        }
    }
}

/// Runs something on an event loop of its own, on a thread of its own.
fn on_a_thread<T: Send + 'static, F: Future<Output = T>>(work: impl FnOnce() -> F + Send + 'static) -> JoinHandle<T> {
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        LocalSet::new().block_on(&runtime, async move { work().await })
    })
}

// What was measured

/// Statuses that are no refusal. 301 is the proxy's own.
const GOOD: [u16; 3] = [200, 301, 304];

/// The results of requests of one kind.
#[derive(Default, Clone)]
struct Tally {
    /// Microseconds.
    latencies: Vec<u32>,
    statuses: BTreeMap<u16, u64>,
    bytes: u64,
    /// Requests whose connection ended before the response did.
    lost: u64,
    /// Requests that were not answered in time.
    late: u64,
}

impl Tally {
    fn count(&mut self, outcome: &Outcome, took: Duration) {
        match outcome {
            Outcome::Answered { status, bytes, .. } => {
                self.latencies.push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
                *self.statuses.entry(*status).or_default() += 1;
                self.bytes += u64::try_from(*bytes).unwrap_or(0);
            }
            Outcome::Lost => self.lost += 1,
        }
    }

    fn add(&mut self, other: &Self) {
        self.latencies.extend(&other.latencies);
        for (status, number) in &other.statuses {
            *self.statuses.entry(*status).or_default() += number;
        }
        self.bytes += other.bytes;
        self.lost += other.lost;
        self.late += other.late;
    }

    /// A percentile of the latency, in milliseconds. A request that was not answered in time counts as long as the client
    /// waited for it.
    fn latency(&self, thousandth: usize) -> f64 {
        let mut sorted = self.latencies.clone();
        let patience = u32::try_from(PATIENCE.as_micros()).unwrap_or(u32::MAX);
        sorted.extend(std::iter::repeat_n(patience, usize::try_from(self.late).unwrap_or(0)));
        sorted.sort_unstable();
        let index = (sorted.len() * thousandth / 1000).min(sorted.len().saturating_sub(1));
        f64::from(sorted.get(index).copied().unwrap_or(0)) / 1000.0
    }

    /// Requests that were refused, lost or late.
    fn refused(&self) -> u64 {
        let refused = self.statuses.iter().filter(|(status, _)| !GOOD.contains(status));
        refused.map(|(_, number)| number).sum::<u64>() + self.lost + self.late
    }

    fn faults(&self) -> String {
        let mut faults: Vec<String> = Vec::new();
        for (status, number) in self.statuses.iter().filter(|(status, _)| !GOOD.contains(status)) {
            faults.push(format!("{number} × {status}"));
        }
        if self.lost > 0 {
            faults.push(format!("{} lost", self.lost));
        }
        if self.late > 0 {
            faults.push(format!("{} not within {PATIENCE:?}", self.late));
        }
        faults.join(", ")
    }
}

// The flood

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Prepared,
    Follow,
    Mixture,
    ManyAddresses,
    Uncompressed,
}

impl Phase {
    const ALL: [Self; 5] = [Self::Prepared, Self::Follow, Self::Mixture, Self::ManyAddresses, Self::Uncompressed];

    fn name(self) -> &'static str {
        match self {
            Self::Prepared => "A prepared feeds",
            Self::Follow => "B follow feeds, all different",
            Self::Mixture => "C all kinds of documents, all different",
            Self::ManyAddresses => "D follow feeds from 1,000 addresses",
            Self::Uncompressed => "E follow feeds, all different, without compression",
        }
    }

    fn request(self, requests: &Requests) -> Vec<u8> {
        match self {
            Self::Prepared => requests.prepared(),
            Self::Follow | Self::ManyAddresses => requests.follow(true),
            Self::Uncompressed => requests.follow(false),
            Self::Mixture => requests.any(),
        }
    }

    fn source(self, connection: usize) -> Ipv4Addr {
        let octet = |number: usize| u8::try_from(number).unwrap_or(0);
        match self {
            Self::ManyAddresses => Ipv4Addr::new(127, 0, octet(1 + connection / 250), octet(1 + connection % 250)),
            _ => CROWD,
        }
    }
}

/// A flood under way.
struct Flood {
    thread: JoinHandle<Flooded>,
    is_over: Arc<AtomicBool>,
}

/// The results of a flood.
#[derive(Default, Clone)]
struct Flooded {
    tally: Tally,
    took: Duration,
    /// Longest that a request had been waiting at the end.
    longest_wait: Duration,
    /// Fewest and most answers to one connection.
    fewest: u64,
    most: u64,
}

/// One connection's part in a flood.
#[derive(Clone, Copy)]
struct Part {
    answers: u64,
    since: Instant,
}

impl Flood {
    /// Opens the connections, and returns once all are open.
    fn start(phase: Phase, to: SocketAddr, requests: &Requests) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let (ready, all_ready) = mpsc::channel();
        let (is_over_for_it, requests) = (Arc::clone(&is_over), requests.clone());
        let thread = on_a_thread(move || async move {
            let mut streams = Vec::new();
            for connection in 0..FLOOD {
                streams.push(open(phase.source(connection), to).await.expect("a connection of the flood"));
            }
            let _ = ready.send(());
            let begun = Instant::now();
            let tally = Rc::new(RefCell::new(Tally::default()));
            let parts = Rc::new(RefCell::new(vec![Part { answers: 0, since: begun }; FLOOD]));
            for (connection, stream) in streams.into_iter().enumerate() {
                let (tally, parts, requests) = (Rc::clone(&tally), Rc::clone(&parts), requests.clone());
                spawn_local(async move {
                    let mut stream = stream;
                    loop {
                        let request = phase.request(&requests);
                        let asked = Instant::now();
                        parts.borrow_mut()[connection].since = asked;
                        let outcome = ask(&stream, &request).await;
                        tally.borrow_mut().count(&outcome, asked.elapsed());
                        parts.borrow_mut()[connection].answers += 1;
                        if !matches!(outcome, Outcome::Answered { stays_open: true, .. }) {
                            match open(phase.source(connection), to).await {
                                Ok(again) => stream = again,
                                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
                            }
                        }
                    }
                });
            }
            while !is_over_for_it.load(Ordering::Relaxed) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            let (parts, took) = (parts.borrow(), begun.elapsed());
            Flooded {
                tally: tally.take(),
                took,
                longest_wait: parts.iter().map(|part| part.since.elapsed()).max().unwrap_or_default(),
                fewest: parts.iter().map(|part| part.answers).min().unwrap_or(0),
                most: parts.iter().map(|part| part.answers).max().unwrap_or(0),
            }
        });
        let _ = all_ready.recv();
        Self { thread, is_over }
    }

    fn end(self) -> Flooded {
        self.is_over.store(true, Ordering::Relaxed);
        self.thread.join().expect("the flood")
    }
}

impl Flooded {
    fn add(&mut self, other: &Self) {
        self.tally.add(&other.tally);
        self.took += other.took;
        self.longest_wait = self.longest_wait.max(other.longest_wait);
        self.fewest += other.fewest;
        self.most += other.most;
    }
}

// The probes

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Probe {
    Prepared,
    PreparedOverNew,
    Status,
    Health,
    /// A prepared feed from the service itself, where the others go through the proxy.
    PastProxy,
    /// An answer of the proxy's own, which never reaches the service: what of the latency is the proxy's.
    ProxyItself,
    /// A rendered document of this kind.
    Made(usize),
}

impl Probe {
    /// Those that are sent all the time, with how often. All but the last may not have a p99 that grows.
    const STEADY: [(Self, Duration); 6] = [
        (Self::Prepared, Duration::from_millis(5)),
        (Self::PreparedOverNew, Duration::from_millis(20)),
        (Self::Status, Duration::from_millis(5)),
        (Self::Health, Duration::from_millis(5)),
        (Self::PastProxy, Duration::from_millis(20)),
        (Self::ProxyItself, Duration::from_millis(20)),
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Prepared => "prepared feed",
            Self::PreparedOverNew => "prepared, new connection",
            Self::Status => "/status.json",
            Self::Health => "/healthz (admin port)",
            Self::PastProxy => "prepared, past the proxy",
            Self::ProxyItself => "redirect by the proxy",
            Self::Made(kind) => DOCUMENTS[kind],
        }
    }

    fn request(self, requests: &Requests) -> Vec<u8> {
        match self {
            Self::Prepared | Self::PreparedOverNew | Self::PastProxy => requests.prepared(),
            Self::ProxyItself => get("/", ""),
            Self::Status => get("/status.json", ""),
            Self::Health => get("/healthz", ""),
            Self::Made(kind) => {
                let picked = requests.pick();
                get(&picked.path(DOCUMENTS[kind]), picked.coding)
            }
        }
    }
}

/// Where probes are sent.
#[derive(Clone, Copy)]
struct Addresses {
    /// Where clients connect.
    clients: SocketAddr,
    admin: SocketAddr,
    /// The service itself, and where the proxy redirects, if there is a proxy.
    behind_proxy: Option<(SocketAddr, SocketAddr)>,
}

impl Addresses {
    /// Returns where a probe is sent; `None` for those of a missing proxy.
    fn address_for(&self, probe: Probe) -> Option<SocketAddr> {
        match probe {
            Probe::Health => Some(self.admin),
            Probe::PastProxy => self.behind_proxy.map(|(service, _)| service),
            Probe::ProxyItself => self.behind_proxy.map(|(_, redirecting)| redirecting),
            _ => Some(self.clients),
        }
    }
}

/// How often a rendered document is requested.
const BETWEEN_MADE: Duration = Duration::from_millis(100);

type Probed = BTreeMap<Probe, Tally>;

/// Sends probes at a steady rate for some time, then waits for the last of them.
///
/// They have a thread of their own, with a higher priority than the flood's where the system allows it: the work of the flood
/// itself is not latency of the service.
fn probe(places: Addresses, requests: &Requests) -> Probed {
    let requests = requests.clone();
    let thread = on_a_thread(move || async move {
        run_this_thread_first();
        let probed = Rc::new(RefCell::new(Probed::new()));
        // Open connections that nobody uses at the moment.
        let idle: Rc<RefCell<Vec<TcpStream>>> = Rc::default();
        let under_way = Rc::new(Cell::new(0_usize));
        let begun = Instant::now();
        let made = (Probe::Made(0), BETWEEN_MADE);
        let steady = Probe::STEADY.into_iter().filter(|(probe, _)| places.address_for(*probe).is_some());
        let schedules = steady.chain([made]).enumerate().map(|(number, (probe, every))| {
            let offset = Duration::from_micros(900 * u64::try_from(number).unwrap_or(0));
            let (probed, idle, under_way, requests) =
                (Rc::clone(&probed), Rc::clone(&idle), Rc::clone(&under_way), requests.clone());
            spawn_local(async move {
                for turn in 0_u32.. {
                    let due = begun + offset + every * turn;
                    if due >= begun + TURN {
                        break;
                    }
                    tokio::time::sleep_until(due.into()).await;
                    let probe = match probe {
                        Probe::Made(_) => Probe::Made(usize::try_from(turn).unwrap_or(0) % DOCUMENTS.len()),
                        steady => steady,
                    };
                    let Some(address) = places.address_for(probe) else { break };
                    let request = probe.request(&requests);
                    let (probed, idle, under_way) = (Rc::clone(&probed), Rc::clone(&idle), Rc::clone(&under_way));
                    under_way.set(under_way.get() + 1);
                    spawn_local(async move {
                        let is_fresh = !matches!(probe, Probe::Prepared | Probe::Status | Probe::Made(_));
                        let sent = send(address, &request, &idle, is_fresh);
                        let outcome = tokio::time::timeout_at((due + PATIENCE).into(), sent).await;
                        let mut probed = probed.borrow_mut();
                        let tally = probed.entry(probe).or_default();
                        match outcome {
                            Ok(outcome) => tally.count(&outcome, due.elapsed()),
                            Err(_) => tally.late += 1,
                        }
                        under_way.set(under_way.get() - 1);
                    });
                }
            })
        });
        let schedules: Vec<_> = schedules.collect();
        for schedule in schedules {
            schedule.await.expect("a schedule");
        }
        while under_way.get() > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        probed.take()
    });
    thread.join().expect("the probes")
}

/// Sends one probe, over a connection that is open or over one of its own.
async fn send(to: SocketAddr, request: &[u8], idle: &RefCell<Vec<TcpStream>>, is_fresh: bool) -> Outcome {
    let kept = if is_fresh { None } else { idle.borrow_mut().pop() };
    let stream = match kept {
        Some(stream) => stream,
        None => match open(OTHERS, to).await {
            Ok(stream) => stream,
            Err(_) => return Outcome::Lost,
        },
    };
    let outcome = ask(&stream, request).await;
    if !is_fresh && matches!(outcome, Outcome::Answered { stays_open: true, .. }) {
        idle.borrow_mut().push(stream);
    }
    outcome
}

/// Asks the system to run this thread as soon as it has something to do, which it grants only to root.
fn run_this_thread_first() {
    let thread = std::fs::read_link("/proc/thread-self").ok();
    let Some(id) = thread.as_deref().and_then(Path::file_name) else { return };
    let _ = std::process::Command::new("chrt").args(["--rr", "--pid", "1"]).arg(id).output();
}

// The phases

/// What was measured in one phase, over all its turns.
#[derive(Default, Clone)]
struct Measured {
    flooded: Flooded,
    /// All rounds together.
    probed: Probed,
    rounds: Vec<Probed>,
    /// Processors that the service used.
    processor: f64,
    /// Connections to anything on this machine that found the queue of its listener full. The client tries again after 1 s.
    overflows: u64,
}

impl Measured {
    /// The ratio of a probe's p99 to that in another phase: the median of the rounds.
    fn median_ratio(&self, probe: Probe, other: &Self) -> f64 {
        let p99 = |round: &Probed| round.get(&probe).map_or(0.0, |tally| tally.latency(990)).max(0.001);
        let mut ratios: Vec<f64> =
            self.rounds.iter().zip(&other.rounds).map(|(own, other)| p99(own) / p99(other)).collect();
        ratios.sort_by(f64::total_cmp);
        ratios.get(ratios.len() / 2).copied().unwrap_or(0.0)
    }
}

fn phases(served: &Served, requests: &Requests) -> bool {
    let wanted = wanted();
    let is_wanted = |phase: &Phase| *phase == Phase::Prepared || wanted.contains(&phase.name()[..1]);
    let mut measured: BTreeMap<Phase, Measured> = BTreeMap::new();
    for round in 0..ROUNDS {
        let mut turn: Vec<Phase> = Phase::ALL.into_iter().filter(is_wanted).collect();
        if round % 2 == 1 {
            turn.reverse();
        }
        for phase in turn {
            let overflows = listen_overflows();
            let flood = Flood::start(phase, served.address(), requests);
            std::thread::sleep(WARM_UP);
            let (before, begun) = (served.service.cpu(), Instant::now());
            let probed = probe(served.addresses(), requests);
            let processor = (served.service.cpu() - before) / begun.elapsed().as_secs_f64();
            let flooded = flood.end();
            let all = measured.entry(phase).or_default();
            all.flooded.add(&flooded);
            all.processor += processor / ROUNDS as f64;
            all.overflows += listen_overflows() - overflows;
            for (probe, tally) in &probed {
                all.probed.entry(*probe).or_default().add(tally);
            }
            all.rounds.push(probed);
            // Wait until the work of this flood is over before the next phase.
            std::thread::sleep(Duration::from_millis(500));
        }
    }
    println!("      memory of the service: {} MB", served.service.memory() / 1_000_000);
    let mut all = check(!requests.are_exhausted(), "no rendered document was requested twice");
    let beside = measured[&Phase::Prepared].clone();
    for (phase, measured) in &measured {
        all &= report(*phase, measured, &beside);
    }
    all
}

/// How often a connection found the queue of a listener full, on this machine. Source: `/proc/net/netstat`
fn listen_overflows() -> u64 {
    let text = std::fs::read_to_string("/proc/net/netstat").unwrap_or_default();
    let mut lines = text.lines().filter(|line| line.starts_with("TcpExt:"));
    let (names, values) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let mut pairs = names.split_whitespace().zip(values.split_whitespace());
    pairs.find(|(name, _)| *name == "ListenOverflows").and_then(|(_, value)| value.parse().ok()).unwrap_or(0)
}

fn report(phase: Phase, measured: &Measured, beside: &Measured) -> bool {
    println!("\n{}", phase.name());
    let Flooded { tally, took, longest_wait, fewest, most } = &measured.flooded;
    let seconds = took.as_secs_f64();
    println!(
        "      flood: {:.0} answers and {:.1} MB a second; p50 {:.0} ms, p99 {:.0} ms, longest wait {:.0} ms; {fewest} to {most} \
         answers for each connection; {:.2} processors; {} times a full queue",
        tally.latencies.len() as f64 / seconds,
        tally.bytes as f64 / seconds / 1e6,
        tally.latency(500),
        tally.latency(990),
        tally.latency(1000).max(longest_wait.as_secs_f64() * 1000.0),
        measured.processor,
        measured.overflows,
    );
    println!(
        "      {:<26} {:>7} {:>9} {:>9} {:>9} {:>7} {:>7}",
        "ms", "number", "p50", "p99", "most", "ratio", "median"
    );
    let line = |name: &str, tally: &Tally, ratio: String| {
        println!(
            "      {name:<26} {:>7} {:>9.1} {:>9.1} {:>9.1} {ratio:>15} {}",
            tally.latencies.len(),
            tally.latency(500),
            tally.latency(990),
            tally.latency(1000),
            tally.faults()
        );
    };
    let mut all = true;
    let mut broken = Vec::new();
    for (probe, _) in Probe::STEADY {
        let Some(tally) = measured.probed.get(&probe) else { continue };
        let ratio = tally.latency(990) / beside.probed[&probe].latency(990).max(0.001);
        let median = measured.median_ratio(probe, beside);
        let ratios = if phase == Phase::Prepared { String::new() } else { format!("{ratio:>7.2} {median:>7.2}") };
        line(probe.name(), tally, ratios);
        if ratio > MAX_RATIO && probe != Probe::ProxyItself {
            broken.push(format!("{} {ratio:.2}", probe.name()));
        }
    }
    let mut made = Tally::default();
    for (probe, tally) in measured.probed.iter().filter(|(probe, _)| matches!(probe, Probe::Made(_))) {
        line(probe.name(), tally, String::new());
        made.add(tally);
    }
    line("all rendered documents", &made, String::new());
    if phase != Phase::Prepared {
        all &= check(broken.is_empty(), &format!("p99 is at most {MAX_RATIO} times that of A {}", broken.join(", ")));
    }
    let slowest = made.latency(1000);
    if phase == Phase::ManyAddresses {
        // A thousand clients with one request each: none of them comes before another.
        println!("      a rendered document took at most {slowest:.0} ms (no limit: a thousand clients are before it)");
    } else {
        let is_soon = slowest <= MAX_FOR_MADE.as_secs_f64() * 1000.0;
        all &= check(is_soon, &format!("a rendered document took at most {slowest:.0} ms"));
    }
    let refused: u64 = measured.probed.values().map(Tally::refused).sum();
    all &= check(refused == 0, &format!("{refused} probes were refused, lost or late"));
    let refused = tally.refused();
    all & check(refused == 0, &format!("{refused} requests of the flood were refused or lost {}", tally.faults()))
}

// What documents cost

/// Prints what each kind of document costs, requested one after the other over one connection.
fn costs(served: &Served, requests: &Requests) {
    /// How many of each kind are counted.
    const NUMBER: u32 = 100;
    /// How many are requested before, so that what all documents in a language share has been prepared.
    const BEFORE: u32 = 28;
    println!("what a document costs, one at a time");
    println!("      {:<32} {:>9} {:>9} {:>9} {:>9}", "", "ms", "most", "CPU ms", "kB");
    let address = served.address();
    let kinds = std::iter::once("prepared feed").chain(DOCUMENTS);
    for kind in kinds {
        for (group, _) in MEETINGS {
            for coding in CODINGS {
                let requests = requests.clone();
                let service = served.service.id();
                let thread = on_a_thread(move || async move {
                    let stream = open(OTHERS, address).await.expect("a connection");
                    let mut tally = Tally::default();
                    let mut processor = 0.0;
                    for number in 0..BEFORE + NUMBER {
                        if number == BEFORE {
                            tally = Tally::default();
                            processor = process::cpu(service);
                        }
                        let picked = loop {
                            let picked = requests.pick();
                            if picked.group == group {
                                break picked;
                            }
                        };
                        let request = match kind {
                            "prepared feed" => get(&format!("/sg{group}/q{}.ics", picked.meeting % 10 + 1), coding),
                            _ => get(&picked.path(kind), coding),
                        };
                        let asked = Instant::now();
                        let outcome = ask(&stream, &request).await;
                        tally.count(&outcome, asked.elapsed());
                    }
                    (tally, process::cpu(service) - processor)
                });
                let (tally, processor) = thread.join().expect("a client");
                let mean = tally.latencies.iter().copied().map(f64::from).sum::<f64>() / 1000.0 / f64::from(NUMBER);
                let coding = coding.trim().rsplit(' ').next().unwrap_or_default();
                println!(
                    "      {:<32} {mean:>9.2} {:>9.2} {:>9.1} {:>9.0} {}",
                    format!("sg{group} {kind} {coding}"),
                    tally.latency(1000),
                    processor * 1000.0 / f64::from(NUMBER),
                    tally.bytes as f64 / 1000.0 / f64::from(NUMBER),
                    tally.faults()
                );
            }
        }
    }
}

// Slow readers

/// The results of slow readers.
#[derive(Default)]
struct Slow {
    opened: AtomicU64,
    /// Connections that the service closed, or did not accept.
    ended: AtomicU64,
    is_over: AtomicBool,
}

/// Opens more connections than the service accepts, which request a large feed and hardly read, and measures how long newcomers wait.
fn beside_slow_readers(served: &Served) -> bool {
    println!("\n{SLOW} slow readers from one address; the service may open {FILES_BESIDE_SLOW} files");
    let (to, admin) = (served.address(), served.admin);
    let slow = Arc::new(Slow::default());
    let readers = {
        let slow = Arc::clone(&slow);
        on_a_thread(move || async move {
            for number in 0..SLOW {
                let slow = Arc::clone(&slow);
                spawn_local(async move {
                    while !slow.is_over.load(Ordering::Relaxed) {
                        read_slowly(to, number % 2 == 1, &slow).await;
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                });
            }
            while !slow.is_over.load(Ordering::Relaxed) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        })
    };
    std::thread::sleep(Duration::from_secs(2));
    println!(
        "      after 2 s {} connections were opened, the service has {}",
        slow.opened.load(Ordering::Relaxed),
        metric(admin, "convene_connections_open")
    );
    let tallies = newcomers(to, admin);
    println!(
        "      in the end {} connections were opened and {} ended; the service has {}, its memory is {} MB",
        slow.opened.load(Ordering::Relaxed),
        slow.ended.load(Ordering::Relaxed),
        metric(admin, "convene_connections_open"),
        served.service.memory() / 1_000_000
    );
    for reason in ["silent", "unread", "crowded"] {
        let number = metric(admin, &format!("convene_connections_cut_total{{reason=\"{reason}\"}}"));
        println!("      cut for being {reason}: {number}");
    }
    slow.is_over.store(true, Ordering::Relaxed);
    let _ = readers.join();
    let mut all = true;
    for (name, tally) in tallies {
        let is_soon = tally.latency(1000) <= MAX_FOR_NEWCOMER.as_secs_f64() * 1000.0 && tally.refused() == 0;
        let waits: Vec<String> = tally.latencies.iter().map(|wait| (wait / 1000).to_string()).collect();
        println!("      {name}: ms of each: {}", waits.join(" "));
        all &= check(
            is_soon,
            &format!(
                "a newcomer had {name} after {:.1} ms (p50), {:.0} ms at most {}",
                tally.latency(500),
                tally.latency(1000),
                tally.faults()
            ),
        );
    }
    all
}

/// Lets newcomers come, each over a connection of its own, and returns how long they waited.
fn newcomers(to: SocketAddr, admin: SocketAddr) -> BTreeMap<&'static str, Tally> {
    let newcomers = on_a_thread(move || async move {
        run_this_thread_first();
        let begun = Instant::now();
        let tallies: Rc<RefCell<BTreeMap<&'static str, Tally>>> = Rc::default();
        let mut under_way = Vec::new();
        for second in 0..NEWCOMERS {
            tokio::time::sleep_until((begun + Duration::from_secs(1) * second).into()).await;
            for (name, path, address) in [
                ("prepared feed", "/sg98/q1.ics", to),
                ("/status.json", "/status.json", to),
                ("/healthz", "/healthz", admin),
            ] {
                let tallies = Rc::clone(&tallies);
                under_way.push(spawn_local(async move {
                    let asked = Instant::now();
                    let none = RefCell::default();
                    let request = get(path, "");
                    let outcome = tokio::time::timeout(PATIENCE, send(address, &request, &none, true)).await;
                    let mut tallies = tallies.borrow_mut();
                    let tally = tallies.entry(name).or_default();
                    match outcome {
                        Ok(outcome) => tally.count(&outcome, asked.elapsed()),
                        Err(_) => tally.late += 1,
                    }
                }));
            }
        }
        for newcomer in under_way {
            let _ = newcomer.await;
        }
        tallies.take()
    });
    newcomers.join().expect("the newcomers")
}

/// Opens a connection that requests a large feed many times and reads nothing, or a kilobyte twice a second, until it ends.
async fn read_slowly(to: SocketAddr, reads_a_little: bool, slow: &Slow) {
    let connect = async {
        let socket = TcpSocket::new_v4()?;
        // A small window: what is not read waits in the service.
        socket.set_recv_buffer_size(4_096)?;
        socket.bind(SocketAddr::new(IpAddr::V4(CROWD), 0))?;
        socket.connect(to).await
    };
    let Ok(Ok(stream)) = tokio::time::timeout(PATIENCE, connect).await else { return };
    slow.opened.fetch_add(1, Ordering::Relaxed);
    let request = get(LARGE, "").repeat(10);
    let mut is_open = write(&stream, &request).await.is_ok();
    let mut turn = 0_u64;
    while is_open && !slow.is_over.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(500)).await;
        turn += 1;
        if reads_a_little {
            let mut bytes = [0; 1_024];
            is_open = match stream.try_read(&mut bytes) {
                Ok(read) => read > 0,
                Err(error) => error.kind() == ErrorKind::WouldBlock,
            };
        }
        // What was sent and not read stays in the system; that the connection is over shows when something is sent.
        if let Err(error) = stream.try_write(if turn.is_multiple_of(2) { b"\r\n" } else { b"" })
            && error.kind() != ErrorKind::WouldBlock
        {
            is_open = false;
        }
    }
    slow.ended.fetch_add(u64::from(!is_open), Ordering::Relaxed);
}

/// Whether the page of a feed says so once somebody has fetched it.
fn is_fetch_noted(service: SocketAddr, event: &str) -> bool {
    let page = get(&format!("/sg98/m0001/{event}/"), "Connection: close\r\n");
    let agent = "User-Agent: Google-Calendar-Importer\r\nConnection: close\r\n";
    let before = [fetch(service, &page), fetch(service, &page)].map(|reply| body(&reply));
    let feed = fetch(service, &get(&format!("/sg98/m0001/{event}.ics"), agent));
    feed.starts_with("HTTP/1.1 200") && before[0] == before[1] && body(&fetch(service, &page)) != before[0]
}

fn body(reply: &str) -> String {
    reply.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
}

/// Sends one request over a connection that the server closes, and returns the whole response.
fn fetch(address: SocketAddr, request: &[u8]) -> String {
    use std::io::{Read, Write};
    let mut bytes = Vec::new();
    if let Ok(mut stream) = std::net::TcpStream::connect(address) {
        let _ = stream.set_read_timeout(Some(PATIENCE));
        let _ = stream.write_all(request);
        let _ = stream.read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A metric.
fn metric(admin: SocketAddr, name: &str) -> String {
    let text = fetch(admin, &get("/metrics", ""));
    let found = text.lines().find_map(|line| line.strip_prefix(name));
    found.map_or_else(|| "no number".to_owned(), |value| value.trim().to_owned())
}
