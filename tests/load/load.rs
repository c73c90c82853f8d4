//! Load trials of the service: `tests/load/bounded`, `fair`, `full-disk`, `memory` and `soak` start this. All requests go to
//! 127.0.0.1 and are bounded.
//!
//! `bounded`: silent connections, headers that drip, readers that do not read, malformed requests, while a good client
//! goes on; then SIGTERM, once and twice. Prints the outcome of each, the latency of the good client and the memory of the
//! service, and exits with 1 if one of them is wrong.
//!
//! `fair`: whether a flood of requests by some clients slows down others; with `--proxy`, through nginx.
//!
//! `full-disk`: edits while the disk is full at times.
//!
//! `memory`: the memory that delegates cost.
//!
//! `soak`: mixed load for some minutes with an edit every second. Prints errors, of which there must be none, and memory.

#![allow(
    unreachable_pub,
    dead_code,
    clippy::cast_precision_loss,
    reason = "a program has no users, shares its parts with others, and prints ratios"
)]

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::spawn_local;

mod client;
mod corpus;
#[path = "../support/edits.rs"]
mod edits;
mod fair;
mod full_disk;
mod memory;
mod process;
#[path = "../support/seen.rs"]
mod seen;

use client::{Exchange, Load, Report, run};
use process::Server;

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let what = std::env::args().nth(1).unwrap_or_default();
    let minutes = std::env::args().nth(2).and_then(|minutes| minutes.parse().ok()).unwrap_or(30.0);
    let is_good = tokio::task::LocalSet::new().block_on(&runtime, async {
        match what.as_str() {
            "bounded" => bounded().await,
            "soak" => soak(Duration::from_secs_f64(60.0 * minutes)).await,
            "memory" => memory::memory(),
            "fair" => fair::fair(std::env::args().any(|argument| argument == "--proxy")),
            "full-disk" => full_disk::full_disk(Path::new(&std::env::args().nth(2).expect("a folder"))).await,
            _ => panic!("expected `bounded`, `fair`, `full-disk FOLDER`, `memory`, or `soak MINUTES`"),
        }
    });
    std::process::exit(i32::from(!is_good));
}

/// The load of the good client for some seconds.
fn good_load(seconds: u64) -> Load {
    Load { connections: 4, duration: Duration::from_secs(seconds), ..Load::default() }
}

/// Prints and returns whether something is as it should be.
fn check(is_good: bool, what: &str) -> bool {
    println!("{} {what}", if is_good { "good " } else { "WRONG" });
    is_good
}

fn started(place: &Path, delegates: usize) -> Server {
    let meetings = place.join("meetings");
    corpus::write(&meetings, 6, 15, delegates);
    Server::convene(&meetings, &place.join("state"), &[], &place.join("log"))
}

/// A connection that the service ends, after how long.
async fn ended(mut stream: TcpStream, within: Duration) -> Option<Duration> {
    let begun = Instant::now();
    let mut buffer = vec![0; 64 * 1024];
    let read = async { while matches!(stream.read(&mut buffer).await, Ok(read) if read > 0) {} };
    tokio::time::timeout(within, read).await.ok().map(|()| begun.elapsed())
}

const PATH: &str = "/sg98/wp1.ics";
const LARGE: &str = "/sg99/all.ics";

#[expect(clippy::too_many_lines, reason = "one story from beginning to end")]
async fn bounded() -> bool {
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    let place = tempfile::tempdir().expect("a folder");
    let mut server = started(place.path(), 1_000);
    let address = server.address;
    let good = Rc::new(vec![
        Exchange::get(PATH, "", 200, None),
        Exchange::get("/sg98/", "Accept-Encoding: br\r\n", 200, None),
    ]);
    let quiet = run(address, &good, good_load(2)).await;
    let memory = server.memory();
    println!(
        "      by itself: {:.0} answers a second, p99 {} µs, {} MB",
        quiet.rate(),
        quiet.latency(990),
        memory / 1_000_000
    );
    let mut all = check(quiet.faults.is_empty(), "a good client is served");

    // 10,000 silent connections.
    let mut idle = Vec::new();
    for _ in 0..10_000 {
        match TcpStream::connect(address).await {
            Ok(stream) => idle.push(stream),
            Err(error) => {
                println!("      {error}");
                break;
            }
        }
    }
    let beside = run(address, &good, good_load(3)).await;
    let with_idle = server.memory();
    println!(
        "      {} silent connections: {} MB more, {} bytes each",
        idle.len(),
        with_idle.saturating_sub(memory) / 1_000_000,
        with_idle.saturating_sub(memory) / 10_000
    );
    all &= check(
        beside.faults.is_empty() && idle.len() == 10_000,
        &format!("beside 10,000 silent connections it is served, p99 {} µs", beside.latency(990)),
    );

    // Headers that drip, and readers that do not read.
    let dripping: Vec<_> = (0..200).map(|_| spawn_local(drip(address))).collect();
    let unread: Vec<_> = (0..200).map(|_| spawn_local(read_nothing(address))).collect();
    let beside = run(address, &good, good_load(20)).await;
    all &= check(
        beside.faults.is_empty(),
        &format!("beside dripping headers and readers that do not read it is served, p99 {} µs", beside.latency(990)),
    );
    let waiting: Vec<_> = idle.into_iter().map(|stream| spawn_local(ended(stream, Duration::from_secs(5)))).collect();
    let mut closed = 0;
    for stream in waiting {
        closed += usize::from(stream.await.ok().flatten().is_some());
    }
    all &= check(closed == 10_000, &format!("{closed} of 10,000 silent connections were closed after 10 s"));
    let mut cut = Vec::new();
    for connection in dripping {
        cut.extend(connection.await.ok().flatten());
    }
    cut.sort_unstable();
    let (least, most) = (cut.first().copied().unwrap_or_default(), cut.last().copied().unwrap_or_default());
    all &= check(
        cut.len() == 200 && most < Duration::from_secs(15),
        &format!("{} of 200 dripping connections were cut after {least:.1?} to {most:.1?}", cut.len()),
    );
    let in_the_middle = server.memory();
    let mut cut = Vec::new();
    for connection in unread {
        cut.extend(connection.await.ok().flatten());
    }
    cut.sort_unstable();
    let (least, most) = (cut.first().copied().unwrap_or_default(), cut.last().copied().unwrap_or_default());
    all &= check(
        cut.len() == 200 && most < Duration::from_secs(90),
        &format!("{} of 200 readers that do not read were cut after {least:.1?} to {most:.1?}", cut.len()),
    );

    // Malformed requests, many times.
    let wrong = wrong();
    let mut answered = [0; 6];
    for round in 0..200 {
        for request in &wrong {
            let Ok(mut stream) = TcpStream::connect(address).await else { continue };
            let _ = stream.write_all(request).await;
            let _ = stream.shutdown().await;
            let mut reply = Vec::new();
            let _ = tokio::time::timeout(Duration::from_secs(15), stream.read_to_end(&mut reply)).await;
            let class = reply.get(9).map_or(0, |digit| usize::from(digit.saturating_sub(b'0')).min(5));
            if round == 0 && class == 5 && !reply.starts_with(b"HTTP/1.1 505") {
                println!(
                    "      {:?} -> {:?}",
                    String::from_utf8_lossy(&request[..request.len().min(60)]),
                    String::from_utf8_lossy(&reply[..reply.len().min(60)])
                );
            }
            answered[class] += 1;
        }
    }
    println!(
        "      {} malformed requests: {} closed, {} refused (4xx), {} answered (2xx, 3xx), {} (5xx)",
        200 * wrong.len(),
        answered[0],
        answered[4],
        answered[2] + answered[3],
        answered[5]
    );
    let after = run(address, &good, good_load(3)).await;
    all &= check(
        after.faults.is_empty(),
        &format!("after {} malformed requests it is served, p99 {} µs", 200 * wrong.len(), after.latency(990)),
    );
    let end = server.memory();
    println!(
        "      memory: {} MB at first, {} with silent connections, {} with readers that do not read, {} at the end",
        memory / 1_000_000,
        with_idle / 1_000_000,
        in_the_middle / 1_000_000,
        end / 1_000_000
    );
    all &= check(end < memory + 60_000_000, "memory is bounded");

    // SIGTERM while a response is being sent.
    let mut slow = TcpStream::connect(address).await.expect("a connection");
    slow.write_all(format!("GET {LARGE} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).await.expect("to send");
    let mut bytes = vec![0; 1_000];
    slow.read_exact(&mut bytes).await.expect("a beginning");
    server.signal("TERM");
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest).await;
    all &= check(rest.ends_with(b"END:VCALENDAR\r\n"), "SIGTERM: a response that has begun is sent to its end");
    all &= check(server.ended(Duration::from_secs(12)) == Some(0), "and it exits with 0");
    let mut server =
        Server::convene(&place.path().join("meetings"), &place.path().join("state"), &[], &place.path().join("log"));
    let stuck = TcpStream::connect(server.address).await.expect("a connection");
    let mut stuck = stuck;
    stuck.write_all(b"GET /sg98/wp1.ics HTTP/1.1\r\nHost: x").await.expect("to send");
    server.signal("TERM");
    tokio::time::sleep(Duration::from_millis(300)).await;
    let signalled_again = Instant::now();
    server.signal("TERM");
    let code = server.ended(Duration::from_secs(5));
    all &= check(
        code == Some(0) && signalled_again.elapsed() < Duration::from_secs(1),
        &format!("a second SIGTERM ends it at once: {:.1?}", signalled_again.elapsed()),
    );
    all
}

/// Sends a header byte by byte, and returns after how long the service closed the connection.
async fn drip(address: SocketAddr) -> Option<Duration> {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(b"GET /sg98/wp1.ics HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.ok()?;
    let mut byte = [0; 1];
    while begun.elapsed() < Duration::from_secs(40) {
        tokio::select! {
            read = stream.read(&mut byte) => {
                if read.unwrap_or(0) == 0 { return Some(begun.elapsed()) }
                // A refusal, then the end.
            }
            () = tokio::time::sleep(Duration::from_millis(500)) => {
                if stream.write_all(b"a").await.is_err() { return Some(begun.elapsed()) }
            }
        }
    }
    None
}

/// Requests a large feed many times and reads nothing, and returns after how long the service closed the connection.
async fn read_nothing(address: SocketAddr) -> Option<Duration> {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address).await.ok()?;
    let request = format!("GET {LARGE} HTTP/1.1\r\nHost: x\r\n\r\n").repeat(20);
    stream.write_all(request.as_bytes()).await.ok()?;
    while begun.elapsed() < Duration::from_secs(100) {
        tokio::time::sleep(Duration::from_secs(1)).await;
        // What was sent and not read stays in the system; that the connection is over shows when writing to it.
        if stream.write_all(b" ").await.is_err() {
            return Some(begun.elapsed());
        }
    }
    None
}

/// Requests that are wrong in every way.
fn wrong() -> Vec<Vec<u8>> {
    let long = |length: usize| "x".repeat(length);
    let mut all: Vec<Vec<u8>> = [
        "GET\r\n\r\n".to_owned(),
        "\r\n\r\n\r\n\r\n".to_owned(),
        "GET / HTTP/0.9\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        "GET  / HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
        "GET /\u{7f} HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
        "get / http/1.1\r\nhost: x\r\n\r\n".to_owned(),
        format!("{} / HTTP/1.1\r\nHost: x\r\n\r\n", long(5_000)),
        format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", long(100_000)),
        format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", long(100_000)),
        format!("GET / HTTP/1.1\r\nHost: x\r\n{}\r\n", "X: y\r\n".repeat(500)),
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab".to_owned(),
        "POST /sg98/wp1.ics HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzzzz\r\n\r\n".to_owned(),
        format!("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n{}", long(200_000)),
        "GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\n folded: x\r\n\r\n".to_owned(),
        "CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
        "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
        "GET http://other.example/sg98/wp1.ics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
        "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
        "GET /sg98/wp1.ics HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n".to_owned(),
        "GET /sg98/wp1.ics HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n".to_owned(),
        "GET /sg98/wp1.ics HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip;q=x, br;q=9, *;q=-1\r\nConnection: close\r\n\r\n".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
    ]
    .into_iter()
    .map(String::into_bytes)
    .collect();
    all.push(vec![0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]);
    all.push((0..=255).collect());
    all.push(b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n".to_vec());
    all
}

/// What each reader waits between its requests under mixed load: some thousand requests a second in all.
const PAUSE: Duration = Duration::from_millis(3);

/// Mixed load with an edit every second.
async fn soak(duration: Duration) -> bool {
    let place = tempfile::tempdir().expect("a folder");
    let server = started(place.path(), 5_000);
    let mixed = Rc::new(mixed(place.path()));
    let _ =
        run(server.address, &mixed, Load { connections: 8, duration: Duration::from_secs(5), pause: PAUSE, offset: 0 })
            .await;
    let first = server.memory();
    let begun = Instant::now();
    let editing = spawn_local(edit(place.path().join("meetings/sg98/m0003.yaml"), duration));
    let mut all = Report::default();
    let mut most = first;
    let mut offset = 0;
    while begun.elapsed() < duration {
        let turn = Duration::from_secs(30).min(duration.saturating_sub(begun.elapsed()));
        let report = run(server.address, &mixed, Load { connections: 8, duration: turn, pause: PAUSE, offset }).await;
        offset += 104_729;
        most = most.max(server.memory());
        all.answers += report.answers;
        all.faults.extend(report.faults.iter().cloned());
        let (minutes, memory) = (begun.elapsed().as_secs_f64() / 60.0, server.memory() / 1_000_000);
        println!(
            "{minutes:5.1} min: {:.0} answers a second, p99 {} µs, {memory} MB, {} errors",
            report.rate(),
            report.latency(990),
            all.faults.len()
        );
    }
    let edits = editing.await.unwrap_or(0);
    let log = fs::read_to_string(place.path().join("log")).unwrap_or_default();
    let releases = log.matches(" is served").count();
    let troubles = log.lines().filter(|line| line.contains("WARN ") || line.contains("ERROR ")).count();
    println!("{} answers, {edits} edits, {releases} releases, {troubles} warnings and errors in the log", all.answers);
    println!(
        "memory: {} MB at first, {} MB at most, {} MB at the end",
        first / 1_000_000,
        most / 1_000_000,
        server.memory() / 1_000_000
    );
    println!("errors: {:?}", all.faults);
    all.faults.is_empty() && releases > 1 && troubles == 0
}

/// Saves another room of a session every second. How often.
async fn edit(file: std::path::PathBuf, duration: Duration) -> usize {
    let begun = Instant::now();
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    let mut edits = 0;
    while begun.elapsed() < duration {
        ticks.tick().await;
        edits += 1;
        let draft = file.with_extension("draft");
        fs::write(&draft, corpus::meeting(3, edits)).expect("to write");
        fs::rename(&draft, &file).expect("to put it in its place");
    }
    edits
}

/// What readers of all kinds ask for.
fn mixed(place: &Path) -> Vec<Exchange> {
    let output = std::process::Command::new(process::convene())
        .arg("delegates")
        .arg(place.join("meetings"))
        .arg("--state")
        .arg(place.join("state"))
        .output();
    let output = String::from_utf8(output.expect("convene delegates").stdout).expect("UTF-8");
    let tokens = output
        .lines()
        .filter_map(|line| line.split("/delegate/").nth(1))
        .map(|file| format!("/delegate/{}", file.trim()));
    let mut all = Vec::new();
    for (number, token) in tokens.enumerate() {
        let question = number % 10 + 1;
        let coding = ["", "Accept-Encoding: gzip\r\n", "Accept-Encoding: gzip, br\r\n"][number % 3];
        all.push(Exchange::get(&token, coding, 200, None));
        all.push(Exchange::get(&format!("/sg98/q{question}.ics"), coding, 200, None));
        all.push(Exchange::get(&format!("/sg98/q{question}.zh.ics"), "If-None-Match: *\r\n", 304, None));
        all.push(Exchange::get(&format!("/sg99/follow/q{question}_editors.ics"), coding, 200, None));
        all.push(match number % 8 {
            0 => Exchange::get("/sg99/all.ics", coding, 200, None),
            1 => Exchange::get(&format!("/sg98/m{:04}.ics", number % 6), coding, 200, None),
            2 => Exchange::get(&format!("/sg98/m{:04}/s{}.ics", number % 6, number % 50), "", 200, None),
            3 => Exchange::get(&format!("/sg98/q{question}.json"), coding, 200, None),
            4 => Exchange::get(&format!("/sg98/q{question}.atom"), coding, 200, None),
            5 => Exchange::get("/sg98/", coding, 200, None),
            6 => Exchange::get(&format!("/sg98/q{question}/"), "", 200, None),
            _ => Exchange::get("/sg98/none.ics", "", 404, None),
        });
    }
    all
}
