//! Speed as ratios, in one run: `tests/load/speed` (which builds what it needs and starts this).
//!
//! convene, nginx with the same bytes, a second nginx to show the error of the measurement, and a bare hyper that returns a constant
//! answer the same requests in turn, for a feed of 40 kB and one of 400 kB: uncompressed, gzip, and 304. Then delegates' feeds
//! and feeds that readers picked, 100,000 different ones. Every response is checked. Prints the medians of several rounds:
//! processor time of the server per request, requests a second, and the 99th percentile of latency, each as a ratio.
//! All requests go to 127.0.0.1.

#![allow(
    unreachable_pub,
    dead_code,
    clippy::cast_precision_loss,
    reason = "a program has no users, shares its parts with others, and prints ratios"
)]

use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

mod client;
mod corpus;
mod process;

use client::{Answer, Connection, Exchange, Load, digest, run};
use process::Server;

/// Connections at a time.
const CONNECTIONS: usize = 32;

/// The measurements of one server in one case.
#[derive(Default)]
struct Measured {
    cpu: Vec<f64>,
    rate: Vec<f64>,
    p50: Vec<f64>,
    p99: Vec<f64>,
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Reads an environment variable.
fn setting(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    match arguments.get(1).map(String::as_str) {
        Some("write") => corpus::write(Path::new(&arguments[2]), 6, 15, setting("DELEGATES", 100_000)),
        Some("bare") => runtime.block_on(bare(Path::new(&arguments[2]), &arguments[3])),
        _ => tokio::task::LocalSet::new().block_on(&runtime, measure()),
    }
}

/// A hyper that returns a constant: the body of a file, or 304 for every request.
async fn bare(file: &Path, tag: &str) {
    use bytes::Bytes;
    use http_body_util::Full;
    use hyper::{Request, Response, StatusCode, body::Incoming, header};

    let body = Bytes::from(fs::read(file).expect("a body"));
    let is_known = tag == "304";
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("{}", listener.local_addr().expect("an address"));
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        let _ = stream.set_nodelay(true);
        let body = body.clone();
        tokio::task::spawn(async move {
            let service = hyper::service::service_fn(move |_: Request<Incoming>| {
                let mut response = Response::new(Full::new(if is_known { Bytes::new() } else { body.clone() }));
                if is_known {
                    *response.status_mut() = StatusCode::NOT_MODIFIED;
                }
                let form = header::HeaderValue::from_static("text/calendar; charset=utf-8");
                response.headers_mut().insert(header::CONTENT_TYPE, form);
                std::future::ready(Ok::<_, std::convert::Infallible>(response))
            });
            let connection = hyper_util::rt::TokioIo::new(stream);
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(connection, service).await;
        });
    }
}

/// Sends one request.
async fn ask(server: &Server, path: &str, headers: &str) -> Answer {
    let mut connection = Connection::open(server.address).await.expect("a connection");
    let exchange = Exchange::get(path, headers, 200, None);
    connection.ask(&exchange.request).await.expect("an answer")
}

/// One case: which servers answer which request.
struct Case<'a> {
    name: &'a str,
    servers: Vec<(&'a str, &'a Server, Rc<Vec<Exchange>>)>,
}

impl Case<'_> {
    /// Measures and prints it, if its name contains the environment variable `ONLY`.
    async fn run(&self, rounds: usize, seconds: f64) {
        if self.name.contains(&std::env::var("ONLY").unwrap_or_default()) {
            let all = self.measure(rounds, seconds).await;
            self.print(&all);
        }
    }

    /// Measures all servers in turn, in every round in another order.
    async fn measure(&self, rounds: usize, seconds: f64) -> Vec<Measured> {
        let mut all: Vec<Measured> = self.servers.iter().map(|_| Measured::default()).collect();
        for round in 0..=rounds {
            for turn in 0..self.servers.len() {
                let index = (turn + round) % self.servers.len();
                let (name, server, exchanges) = &self.servers[index];
                let before = server.cpu();
                // The first round is not counted: it fills caches.
                let time = Duration::from_secs_f64(if round == 0 { seconds / 4.0 } else { seconds });
                let load = Load { connections: CONNECTIONS, duration: time, offset: round * 7_919, ..Load::default() };
                let report = run(server.address, exchanges, load).await;
                assert!(report.faults.is_empty(), "{} of {name}: {:?}", self.name, report.faults);
                if round > 0 {
                    let measured = &mut all[index];
                    measured.cpu.push((server.cpu() - before) * 1e6 / report.answers as f64);
                    measured.rate.push(report.rate());
                    measured.p50.push(f64::from(report.latency(500)));
                    measured.p99.push(f64::from(report.latency(990)));
                }
            }
        }
        all
    }

    /// Prints what was measured, each as a ratio to the first server.
    fn print(&self, all: &[Measured]) {
        let of = |measured: &Measured| {
            (median(&measured.cpu), median(&measured.rate), median(&measured.p50), median(&measured.p99))
        };
        let (cpu_ruler, rate_ruler, _, p99_ruler) = of(&all[0]);
        for ((name, ..), measured) in self.servers.iter().zip(all) {
            let (cpu, rate, p50, p99) = of(measured);
            println!(
                "{:<18} {name:<10} {cpu:>8.2} {:>6.2} {rate:>9.0} {:>6.2} {p50:>8.0} {p99:>8.0} {:>6.2}",
                self.name,
                cpu / cpu_ruler,
                rate / rate_ruler,
                p99 / p99_ruler
            );
        }
    }
}

#[expect(clippy::too_many_lines, reason = "one story from beginning to end")]
async fn measure() {
    let (rounds, seconds) = (setting("ROUNDS", 7), setting("TENTHS", 15) as f64 / 10.0);
    let (threads, delegates) = (setting("THREADS", 1), setting("DELEGATES", 100_000));
    let place = tempfile::tempdir().expect("a folder");
    let place = place.path();
    let (meetings, state, root) = (place.join("meetings"), place.join("state"), place.join("root"));
    corpus::write(&meetings, 6, 15, delegates);
    println!("convene reads {delegates} delegates …");
    let count = threads.to_string();
    let convene = Server::convene(&meetings, &state, &["--threads", &count], &place.join("log"));
    println!("{threads} worker(s) each, {CONNECTIONS} connections, {rounds} rounds of {seconds} s, medians");
    println!("case               server     CPU µs  ratio  answers/s  ratio   p50 µs   p99 µs  ratio");
    fs::create_dir_all(root.join("sg98")).expect("a folder");
    fs::create_dir_all(root.join("sg99")).expect("a folder");
    for (name, path) in [("40 kB", "/sg98/wp1.ics"), ("400 kB", "/sg99/all.ics")] {
        let (plain, gzip) = (ask(&convene, path, "").await, ask(&convene, path, "Accept-Encoding: gzip\r\n").await);
        assert_eq!((plain.status, gzip.header("content-encoding")), (200, Some("gzip")));
        let file = root.join(&path[1..]);
        fs::write(&file, &plain.body).expect("a file");
        let gzip_file = root.join(format!("{}.gz", &path[1..]));
        fs::write(&gzip_file, &gzip.body).expect("a file");
        let (nginx, second) =
            (Server::nginx(&root, &place.join("one"), threads), Server::nginx(&root, &place.join("two"), threads));
        let of_nginx = ask(&nginx, path, "").await;
        let bodies = [
            ("identity", &file, "", 200),
            ("gzip", &gzip_file, "Accept-Encoding: gzip\r\n", 200),
            ("304", &file, "", 304),
        ];
        for (coding, body_file, headers, status) in bodies {
            let bare = Server::own(&["bare", &body_file.display().to_string(), coding]);
            let body = if status == 304 { digest(b"") } else { digest(&fs::read(body_file).expect("a body")) };
            let exchanges = |answer: &Answer| {
                let tag = format!("If-None-Match: {}\r\n", answer.header("etag").unwrap_or_default());
                let headers = if status == 304 { tag.as_str() } else { headers };
                Rc::new(vec![Exchange::get(path, headers, status, Some(body))])
            };
            let case = format!("{name} ({}) {coding}", fs::metadata(body_file).expect("a body").len() / 1000);
            let case = Case {
                name: &case,
                servers: vec![
                    ("nginx", &nginx, exchanges(&of_nginx)),
                    ("nginx 2", &second, exchanges(&of_nginx)),
                    ("hyper", &bare, exchanges(&of_nginx)),
                    ("convene", &convene, exchanges(&plain)),
                ],
            };
            case.run(rounds, seconds).await;
        }
    }
    let output = std::process::Command::new(process::convene())
        .arg("delegates")
        .arg(&meetings)
        .arg("--state")
        .arg(&state)
        .output();
    let output = String::from_utf8(output.expect("convene delegates").stdout).expect("UTF-8");
    let tokens: Vec<String> = output
        .lines()
        .filter_map(|line| line.split("/delegate/").nth(1))
        .map(|file| format!("/delegate/{}", file.trim()))
        .collect();
    assert_eq!(tokens.len(), delegates, "{}", &output[..output.len().min(300)]);
    let picked: Vec<String> = picked(delegates);
    let prepared = ask(&convene, "/sg98/wp1.ics", "").await;
    for (name, headers) in [("identity", ""), ("gzip", "Accept-Encoding: gzip\r\n")] {
        let exchange = |path: &String| Exchange::get(path, headers, 200, None);
        let known = async |paths: &[String]| {
            // Each is requested once; from then on the response must be the same.
            let mut connection = Connection::open(convene.address).await.expect("a connection");
            let mut exchanges: Vec<Exchange> = paths.iter().map(exchange).collect();
            for exchange in &mut exchanges {
                let answer = connection.ask(&exchange.request).await.expect("an answer");
                assert_eq!(answer.status, 200);
                exchange.body = Some(digest(&answer.body));
            }
            Rc::new(exchanges)
        };
        let count = if name == "gzip" { tokens.len().min(5_000) } else { tokens.len() };
        let one = ask(&convene, "/sg98/wp1.ics", headers).await;
        let prepared_exchange = Rc::new(vec![Exchange::get("/sg98/wp1.ics", headers, 200, Some(digest(&one.body)))]);
        let (of_delegates, of_readers) =
            (known(&tokens[..count]).await, known(&picked[..count.min(picked.len())]).await);
        let case = Case {
            name: &format!("personal {name}"),
            servers: vec![
                ("prepared", &convene, prepared_exchange),
                ("delegate", &convene, of_delegates),
                ("follow", &convene, of_readers),
            ],
        };
        case.run(rounds, seconds).await;
    }
    let sizes = async |paths: &[String]| {
        let mut total = 0;
        for path in paths.iter().take(200) {
            total += ask(&convene, path, "").await.body.len();
        }
        total / paths.len().clamp(1, 200)
    };
    println!(
        "bytes: prepared {}, delegates {} on average, picked {} on average",
        prepared.body.len(),
        sizes(&tokens).await,
        sizes(&picked).await
    );
    println!("memory of convene at the end: {} MB", convene.memory() / 1_000_000);
}

/// Returns the paths of at most `most` feeds of two Questions and the audience, in each language.
fn picked(most: usize) -> Vec<String> {
    let mut all = Vec::new();
    for one in 1..=10 {
        for other in one + 1..=10 {
            for ending in ["", "_editors"] {
                for language in ["", ".en", ".zh"] {
                    all.push(format!("/sg98/follow/q{one}_q{other}{ending}{language}.ics"));
                }
            }
        }
    }
    all.truncate(most);
    all
}
